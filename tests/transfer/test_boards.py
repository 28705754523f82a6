"""What other boards hold, as it is here. The samples are made up: docs/import.md says from what."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.ideas import Idea, IdeaStatus
from bot.people import Role, Viewer
from bot.refs import AccountRef
from bot.store import AuditEntry
from bot.transfer.boards.board import BoardIdea, BoardVote, Item, Source
from bot.transfer.boards.boards import BOARDS
from bot.transfer.boards.documents import objects
from bot.transfer.problems import Problem, Unreadable
from storage.database import SqlDatabase
from tests.storage.board import Board
from tests.transfer.moving import SAMPLES, how_many, moved_from, text_of

TEAM = Viewer("community", roles=frozenset({Role.PRODUCT, Role.MODERATOR}))
ARCHIVES = {"fider": "fider-backup", "quackback": "quackback"}
FILES = {
    "fider": "fider.csv",
    "canny": "canny.csv",
    "quackback": "quackback.csv",
    "suggestions-bot": "suggestions-bot.json",
    "suggester": "suggester.json",
}
IN_BETA = {"in beta": IdeaStatus.IN_PROGRESS}


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[str], Path]:
    def zipped(board: str) -> Path:
        """A board's sample folder as the archive it gives out, inside a folder."""
        file = tmp_path / f"{board}.zip"
        with ZipFile(file, "w") as made:
            for sample in sorted((SAMPLES / ARCHIVES[board]).iterdir()):
                made.write(sample, f"export/{sample.name}")
        return file

    return zipped


@dataclass(frozen=True)
class There:
    """What can be seen of an idea."""

    title: str
    status: str
    votes: int
    merged_into: int | None = None
    answer: str = ""


async def _all(database: SqlDatabase) -> list[There]:
    found = []
    async with database.reading() as store:
        number = 1
        while idea := await store.idea(number):
            decision = await store.last_decision(number)
            answer = decision.reason if decision else ""
            found.append(
                There(idea.wording.title, idea.status, idea.votes, idea.merged_into, answer)
            )
            number += 1
    return found


async def _idea(database: SqlDatabase, number: int) -> tuple[Idea, list[AuditEntry]]:
    async with database.reading() as store:
        idea = await store.idea(number)
        assert idea
        return idea, await store.story(number)


async def test_fiders_csv_brings_statuses_answers_duplicates_and_counted_votes(
    database: SqlDatabase,
) -> None:
    counts, heard = await moved_from(database, "fider", SAMPLES / FILES["fider"], areas=("Editor",))
    assert heard.said == []
    assert await _all(database) == [
        There("Dark mode", "planned", 5, None, "We start in May"),
        There("Night theme", "new", 2, 1),
        There("Export to paper", "declined", 1, None, "Paper is expensive"),
        There("Faster search", "new", 0),
    ]
    assert counts.new == 4 + 1 + 6
    idea, story = await _idea(database, 1)
    assert (idea.author, idea.connection, idea.audience) == (None, "community", "everyone")
    assert idea.wording.body == "My eyes hurt at night.\nPlease, a darker one."
    assert idea.wording.area == "Editor"
    assert idea.created_at.isoformat() == "2025-03-01T10:15:00+00:00"
    assert (story[-1].verb, story[-1].detail) == ("imported", "fider 1")


async def test_fiders_backup_knows_who_voted_and_leaves_out_what_was_deleted(
    database: SqlDatabase, archive: Callable[[str], Path]
) -> None:
    _, heard = await moved_from(database, "fider", archive("fider"))
    assert heard.said == ["4: A vote is for no post in this backup, or by nobody."]
    assert await _all(database) == [
        There("Dark mode", "planned", 2, None, "We start in May"),
        There("2024", "new", 1, 1),
        There("Waiting for approval", "held", 0),
    ]
    async with database.reading() as store:
        ben = await store.find_account(AccountRef("import:fider", "102"))
        assert ben
        assert (ben.name, ben.connection) == ("Ben", "import:fider")
        assert await store.supports(2, ben.member)
    _, story = await _idea(database, 1)
    assert "2025-03-05 09:00:00.123456+00:00 voted" in [f"{e.at} {e.verb}" for e in story]


async def test_canny_says_which_of_its_statuses_we_do_not_know(database: SqlDatabase) -> None:
    _, heard = await moved_from(database, "canny", SAMPLES / FILES["canny"], areas=("Editor",))
    assert heard.said == [
        '4: This post has the status "In Beta". Say what it means with --status "In Beta=planned".'
    ]
    _, heard = await moved_from(database, "canny", SAMPLES / FILES["canny"], statuses=IN_BETA)
    assert heard.said == []
    assert await _all(database) == [
        There("Dark mode", "in_progress", 3),
        There("Export to paper", "declined", 1),
        There("Ribbons in the app", "in_progress", 2),
    ]
    idea, _ = await _idea(database, 1)
    assert idea.wording.area == "Editor"


async def test_quackbacks_csv_brings_counted_votes(database: SqlDatabase) -> None:
    _, heard = await moved_from(database, "quackback", SAMPLES / FILES["quackback"])
    assert heard.said == []
    assert await _all(database) == [
        There("Dark mode", "under_review", 2),
        There("Export to paper", "shipped", 1),
    ]


async def test_quackbacks_archive_brings_each_vote_and_no_address(
    database: SqlDatabase, archive: Callable[[str], Path]
) -> None:
    _, heard = await moved_from(database, "quackback", archive("quackback"))
    assert heard.said == []
    assert [there.votes for there in await _all(database)] == [3, 1]
    assert (await how_many(database))["accounts"] == 3
    assert b"example.com" not in await text_of(database)


async def test_suggestions_bots_messages_bring_verdicts_answers_and_votes(
    database: SqlDatabase,
) -> None:
    _, heard = await moved_from(database, "suggestions-bot", SAMPLES / FILES["suggestions-bot"])
    assert heard.said == []
    assert await _all(database) == [
        There("A darker theme, please", "new", 2),
        There("A weekly quiz", "planned", 5, None, "Starts in May"),
        There("No more Mondays", "declined", 0),
        There("Old times, when votes were reactions", "new", 2),
    ]
    idea, _ = await _idea(database, 2)
    assert idea.wording.body == "A weekly quiz\n\n**Response**\nYes, said nobody"


async def test_an_author_whom_we_know_on_discord_is_the_author(database: SqlDatabase) -> None:
    board = Board(database)
    await board.join("102", realm="discord")
    await moved_from(database, "suggestions-bot", SAMPLES / FILES["suggestions-bot"])
    authors = [(await _idea(database, number))[0].author for number in (1, 2, 3, 4)]
    assert authors == [None, board.member("102"), None, board.member("102")]


async def test_suggesters_messages_bring_statuses_and_reactions(database: SqlDatabase) -> None:
    board = Board(database)
    await board.join("101", realm="discord")
    _, heard = await moved_from(database, "suggester", SAMPLES / FILES["suggester"])
    assert heard.said == []
    assert await _all(database) == [
        There("A darker theme, please", "under_review", 3),
        There("A weekly quiz", "shipped", 2),
        There("No more Mondays", "declined", 2),
    ]
    async with database.reading() as store:
        assert await store.supports(2, board.member("101"))
        ben = await store.find_account(AccountRef("discord", "102"))
        assert ben
        assert (ben.name, ben.connection) == ("Ben", "community")


@pytest.mark.parametrize("board", FILES)
async def test_the_same_board_again_changes_nothing(database: SqlDatabase, board: str) -> None:
    first, _ = await moved_from(database, board, SAMPLES / FILES[board], statuses=IN_BETA)
    before = await text_of(database)
    again, heard = await moved_from(database, board, SAMPLES / FILES[board], statuses=IN_BETA)
    assert (again.new, again.same, heard.said) == (0, first.new, [])
    assert await text_of(database) == before
    assert "queue" not in await how_many(database)


async def test_what_people_did_since_is_not_undone(database: SqlDatabase) -> None:
    await moved_from(database, "fider", SAMPLES / FILES["fider"])
    board = Board(database)
    mo = await board.join("Mo")
    idea, _ = await _idea(database, 2)
    async with database.transaction() as store:
        await store.set_merged(2, None, mo.member, idea.created_at)
        await store.set_status(3, IdeaStatus.PLANNED, IdeaStatus.PLANNED)
    _, heard = await moved_from(database, "fider", SAMPLES / FILES["fider"])
    assert heard.said == []
    assert await _all(database) == [
        There("Dark mode", "planned", 3, None, "We start in May"),
        There("Night theme", "new", 2),
        There("Export to paper", "planned", 1, None, "Paper is expensive"),
        There("Faster search", "new", 0),
    ]


async def test_another_board_of_the_same_make_is_noticed(
    database: SqlDatabase, tmp_path: Path
) -> None:
    await moved_from(database, "fider", SAMPLES / FILES["fider"])
    other = tmp_path / "other.csv"
    other.write_text("number,title,status,created_at\n1,Something else,open,2021-01-01T00:00:00Z\n")
    _, heard = await moved_from(database, "fider", other)
    (said,) = heard.said
    assert said == (
        "2: fider 1 was brought in before, as #1, and was made on 2025-03-01 then. "
        "Is this another board?"
    )


def _read(board: str, text: str) -> list[Item | Problem]:
    return list(BOARDS[board](io.BytesIO(text.encode()), Source(board, "community")))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,,open,,,", "has no title"),
        ("1,Dark mode,open,lots,,", 'has "lots" votes; a number up to 10,000 is possible'),
        ("1,Dark mode,open,10001,,", 'has "10001" votes; a number up to 10,000 is possible'),
        ("1,Dark mode,open,1,soon,", 'has "soon" where a time should be'),
        ("1,Dark mode,brewing,1,,",
         'has the status "brewing". Say what it means with --status "brewing=planned"'),
    ],
)  # fmt: skip
def test_a_bad_post_is_told_and_left_out(row: str, said: str) -> None:
    header = "number,title,status,votes_count,created_at,original_number"
    good = "2,Night theme,open,1,,"
    problem, idea, vote = _read("fider", f"{header}\n{row}\n{good}\n")
    assert problem == Problem(2, f"This post {said}.")
    assert isinstance(idea, BoardIdea)
    assert isinstance(vote, BoardVote)


async def test_a_duplicate_of_nothing_and_of_each_other_is_told(
    database: SqlDatabase, tmp_path: Path
) -> None:
    file = tmp_path / "fider.csv"
    rows = ["1,One,duplicate,2", "2,Two,duplicate,1", "3,Three,duplicate,99"]
    file.write_text("\n".join(["number,title,status,original_number", *rows]))
    _, heard = await moved_from(database, "fider", file)
    assert heard.said == [
        "3: It and 1 are duplicates of each other.",
        "4: It is a duplicate of 99, which is not here.",
    ]
    assert [there.merged_into for there in await _all(database)] == [2, None, None]


def test_a_title_that_is_too_long_is_told_in_the_text() -> None:
    title = "Please " * 40
    (idea,) = _read("canny", f"title,details,status\n{title},At night,open\n")
    assert isinstance(idea, BoardIdea)
    assert len(idea.wording.title) <= 120
    assert idea.wording.body == f"{title.strip()}\n\nAt night"


@pytest.mark.parametrize("board", FILES)
@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "[1", '{"messages": [{"embeds"', "PK\x03\x04"])
def test_a_file_of_something_else_is_refused_or_empty(board: str, text: str) -> None:
    try:
        assert _read(board, text) == []
    except Unreadable as problem:
        assert str(problem).endswith((".", "?"))  # noqa: PT017 - either is right


def test_messages_that_are_no_suggestions_are_passed_over() -> None:
    odd = [
        {"embeds": "none"}, {"embeds": [3, {"footer": "sID: x"}]}, {}, 3,
        {"embeds": [{"footer": {"text": "sID: x"}, "description": "Hello"}]},
        {"embeds": [{"footer": {"text": "Suggestion ID: 3"}, "description": "x", "title": "Log"}]},
    ]  # fmt: skip
    for board in ("suggestions-bot", "suggester"):
        assert _read(board, json.dumps(odd)) == []


def test_a_long_list_is_read_piece_by_piece() -> None:
    file = io.BytesIO(json.dumps([{"text": "x" * 70_000}] * 50).encode())
    places = []
    for place, _ in objects(file):
        places.append(place)
        assert file.tell() < (place + 3) * 140_000
    assert places == [*range(1, 51)]
