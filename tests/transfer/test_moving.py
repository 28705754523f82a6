"""A board goes out and comes in: the same on both databases, in both forms, however often."""

import json
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from bot.ideas import IdeaStatus, Wording
from bot.transfer.fields import Value
from bot.transfer.kinds import BY_NAME
from bot.transfer.records import Format, header, records, to_line
from storage import schema
from storage.database import SqlDatabase
from storage.transfer import finish, inward
from storage.transfer.counts import Counts
from storage.transfer.outward import exported
from tests.community import START
from tests.storage.board import Board, after
from tests.transfer.moving import how_many, moved, text_of
from tests.transfer.test_cells import HOSTILE, WORDS

FORMS: tuple[Format, ...] = ("json", "csv")


@pytest.mark.parametrize("form", FORMS)
async def test_out_in_and_out_again_gives_the_same_bytes(
    lively: SqlDatabase, empty: SqlDatabase, form: Format
) -> None:
    out = await text_of(lively, form)
    counts, heard = await moved(empty, out)
    assert (counts.same, counts.problems, heard.said) == (0, 0, [])
    assert await text_of(empty, form) == out
    for other in FORMS:
        assert await text_of(empty, other) == await text_of(lively, other)


async def test_everything_that_matters_comes_along(lively: SqlDatabase, empty: SqlDatabase) -> None:
    await moved(empty, await text_of(lively))
    there, here = await how_many(lively), await how_many(empty)
    assert {name: there[name] for name in there.keys() - here.keys()}.keys() == {"inbox", "queue"}
    assert here == {name: there[name] for name in here}
    assert len(here) == 16


async def test_an_import_queues_nothing_for_anybody(
    lively: SqlDatabase, empty: SqlDatabase
) -> None:
    before = await how_many(lively)
    await moved(empty, await text_of(lively))
    await moved(lively, await text_of(lively))
    assert "queue" not in await how_many(empty)
    assert await how_many(lively) == before


@pytest.mark.parametrize("form", FORMS)
async def test_the_same_import_again_changes_nothing(
    lively: SqlDatabase, empty: SqlDatabase, form: Format
) -> None:
    out = await text_of(lively, form)
    first, _ = await moved(empty, out)
    again, heard = await moved(empty, out)
    assert (again.new, again.same, heard.said) == (0, first.new, [])
    assert await text_of(empty, form) == out


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(titles=st.lists(WORDS | HOSTILE, min_size=1, max_size=6), form=st.sampled_from(FORMS))
async def test_whatever_people_write_comes_along(
    board: Board, empty: SqlDatabase, titles: list[str], form: Format
) -> None:
    for title in titles:
        await board.idea(title)
    out = await text_of(board.database, form)
    _, heard = await moved(empty, out)
    assert heard.said == []
    assert await text_of(empty, form) == out


async def test_tallies_and_search_are_made_again(board: Board, empty: SqlDatabase) -> None:
    dark, night = await board.idea("Dark mode"), await board.idea("Night theme")
    await board.vote(dark, "Ben")
    await board.vote(night, "Ben")
    await board.vote(night, "Chloé")
    await board.merge(night, dark)
    await board.votes(dark)
    await moved(empty, await text_of(board.database))
    async with empty.reading() as store:
        (found,) = await store.search(Wording("dark"), board.viewer("Ana"), 5)
        assert (found.idea.number, found.idea.votes) == (dark.number, 2)
        merged = await store.idea(night.number)
        assert merged
        assert (merged.merged_into, merged.votes) == (dark.number, 2)


async def test_linked_accounts_come_along_and_count_once(board: Board, empty: SqlDatabase) -> None:
    idea = await board.idea()
    await board.join("Ana on Discord", "fans", "discord")
    for who in ("Ana", "Ana on Discord"):
        await board.vote(idea, who)
    await board.link("Ana on Discord", to="Ana")
    await moved(empty, await text_of(board.database))
    there = Board(empty)
    assert (await there.now(idea)).votes == 1
    assert (await there.join("Ana on Discord", "fans", "discord")).person == board.member("Ana")
    await there.unlink("Ana on Discord")
    assert (await there.now(idea)).votes == 2


async def test_whoever_stands_for_a_person_stands_alone(empty: SqlDatabase) -> None:
    at = "2026-11-02T12:00:00+00:00"
    people = {1: None, 2: 1, 3: 2, 4: 3, 9: 9}
    rows = [
        {"kind": "member", "id": number, "joined_at": at, "person": person}
        for number, person in people.items()
    ]
    _, heard = await moved(empty, "\n".join(map(json.dumps, rows)).encode())
    assert heard.said == ["5: a member is the same person as a later member."]
    async with empty.reader.connect() as connection:
        members = schema.members
        found = await connection.scalars(select(members.c.person).order_by(members.c.id))
        assert found.all() == [None, 1, 1, 1]


async def test_tallies_in_the_file_are_for_reading_only(board: Board, empty: SqlDatabase) -> None:
    await board.vote(await board.idea(), "Ben")
    out = await text_of(board.database)
    await moved(empty, out.replace(b'"votes":1', b'"votes":1000'))
    assert await text_of(empty) == out


async def test_nobody_gets_a_number_that_was_somebody_elses(
    lively: SqlDatabase, empty: SqlDatabase
) -> None:
    out = await text_of(lively)
    erased = {json.loads(line)["member"] for line in out.splitlines() if b'"audit"' in line}
    await moved(empty, out)
    newcomer = await Board(empty).join("Newcomer", realm="playground:new")
    assert newcomer.member > max(number or 0 for number in erased) > 6
    assert newcomer.id > 6
    after_all = Board(empty, {"Ana": newcomer})
    assert (await after_all.idea("A new idea")).number == 6


async def test_the_next_number_is_never_lowered(board: Board) -> None:
    await board.idea()
    out = await text_of(board.database)
    gone = await board.join("Gone")
    async with board.database.transaction() as store:
        await store.erase(gone.member, False, after(1))
    await moved(board.database, out)
    assert (await board.join("Newcomer")).member > gone.member


async def test_rows_that_differ_stay_and_are_told(board: Board) -> None:
    idea = await board.idea("Dark mode")
    out = await text_of(board.database)
    async with board.database.transaction() as store:
        await store.set_status(idea.number, IdeaStatus.PLANNED, IdeaStatus.PLANNED)
    counts, heard = await moved(board.database, out)
    assert heard.said == [
        "13: idea 1 is here already with another status, public_status; it stays as it is."
    ]
    assert (counts.new, counts.same, counts.problems) == (0, 12, 1)
    assert (await board.now(idea)).status is IdeaStatus.PLANNED


async def test_votes_of_a_different_idea_are_not_given_to_this_one(
    board: Board, empty: SqlDatabase
) -> None:
    idea = await board.idea("Dark mode")
    await moved(empty, await text_of(board.database))
    async with empty.writer.begin() as connection:
        await connection.execute(schema.ideas.update().values(title="Another one"))
    await board.vote(idea, "Ben")
    _, heard = await moved(empty, await text_of(board.database))
    assert heard.said == [
        "13: idea 1 is here already with another title; it stays as it is.",
        "14: its idea is idea 1, which could not be brought in.",
    ]
    assert "votes" not in await how_many(empty)


async def test_bad_rows_are_told_by_line_and_the_rest_goes_on(
    board: Board, empty: SqlDatabase
) -> None:
    await board.vote(await board.idea(), "Ben")
    await board.post(await board.idea("Second"))
    lines = (await text_of(board.database)).splitlines(keepends=True)
    at = lines.index(next(line for line in lines if b'"vote"' in line))
    posting = next(line for line in lines if b'"posting"' in line)
    account = next(line for line in lines if b'"account","id":2' in line)
    lines[at:at] = [
        b"not json\n",
        lines[at].replace(b'"idea":1', b'"idea":99'),
        lines[at].replace(b"button", b"shouting"),
        posting.replace(b'"idea":2', b'"idea":98').replace(b"card", b"card2"),
        account.replace(b'"id":2', b'"id":97'),
    ]
    lines.append(lines[0])
    counts, heard = await moved(empty, b"".join(lines))
    assert heard.said == [
        f"{at + 1}: this is not JSON.",
        f"{at + 2}: its idea is idea 99, which is not here.",
        f'{at + 3}: the source of a vote is "shouting", which is none of button, reaction.',
        f'{at + 4}: the shows of a posting is "card2", which is none of card, inbox.',
        f"{at + 5}: another account has the same ref.",
    ]
    assert (counts.problems, counts.same) == (5, 1)
    assert await text_of(empty) == await text_of(board.database)


async def test_a_card_of_an_idea_that_is_not_here_is_told(board: Board, empty: SqlDatabase) -> None:
    await board.post(await board.idea())
    only = [line for line in (await text_of(board.database)).splitlines() if b'"posting"' in line]
    _, heard = await moved(empty, only[0])
    assert heard.said == ["1: its idea is idea 1, which is not here."]


async def test_decisions_nobody_was_told_of_are_named(board: Board, empty: SqlDatabase) -> None:
    idea = await board.idea()
    async with board.database.transaction() as store:
        pia = board.member("Pia")
        await store.add_decision(idea, IdeaStatus.UNDER_REVIEW, "", pia, False, after(1))
        await store.add_decision(idea, IdeaStatus.PLANNED, "Soon", pia, False, after(2))
    counts, _ = await moved(empty, await text_of(board.database))
    assert counts.untold == [15]


async def test_an_idea_let_in_of_which_its_author_does_not_know_yet_is_named(
    board: Board, empty: SqlDatabase
) -> None:
    idea = await board.idea(status=IdeaStatus.HELD)
    async with board.database.transaction() as store:
        mo = board.member("Mo")
        await store.add_decision(idea, IdeaStatus.NEW, "", mo, False, after(1))
    counts, _ = await moved(empty, await text_of(board.database))
    assert counts.untold == [14]


async def test_an_interrupted_import_goes_on_where_it_stopped(
    lively: SqlDatabase, empty: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inward, "AT_ONCE", 10)
    out = await text_of(lively)
    with pytest.raises(KeyboardInterrupt):
        await moved(empty, _until(out, 33))
    first, _ = await moved(empty, out)
    assert first.same == 30
    assert await text_of(empty) == out


def _until(out: bytes, lines: int) -> Iterator[bytes]:
    yield from out.splitlines(keepends=True)[:lines]
    raise KeyboardInterrupt


async def test_a_commit_is_never_more_than_500_rows(empty: SqlDatabase) -> None:
    counts, heard = await moved(empty, _members(1_201))
    assert (counts.new, heard.most) == (1_201, 500)


def _members(how_many: int) -> Iterator[bytes]:
    for number in range(1, how_many + 1):
        values: dict[str, Value] = {"id": number, "joined_at": START}
        yield to_line("json", BY_NAME["member"], values).encode()


async def _filled(database: SqlDatabase, ideas: int) -> None:
    """So many ideas, each with a longer text."""
    body = "A customer said so, at some length. " * 20
    row: dict[str, Any] = {
        "title": "Dark mode", "body": body, "status": IdeaStatus.NEW, "connection": "community",
        "public_status": IdeaStatus.NEW, "audience": "everyone", "created_at": START,
    }  # fmt: skip
    numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :ideas)"
    columns = "title, body, job, obstacle, area, status, public_status, connection, audience"
    async with database.writer.begin() as connection:
        await connection.execute(insert(schema.ideas).values(**row))
        copy = f"INSERT INTO ideas ({columns}, votes, version, created_at) {numbers} SELECT {columns}, 0, 0, created_at FROM ideas, n WHERE number = 1"  # noqa: E501, S608 - our own names
        await connection.execute(text(copy), {"ideas": ideas - 1})


async def _most_held(lines: AsyncIterator[Any]) -> tuple[int, int]:
    """How many there are, and the most memory in use while they passed by."""
    tracemalloc.start()
    try:
        count = 0
        async for _ in lines:
            count += 1
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def test_fifty_thousand_ideas_take_no_more_memory_than_two_thousand(
    board: Board, empty: SqlDatabase
) -> None:
    await _filled(empty, 2_000)
    await _filled(board.database, 50_000)
    _, few = await _most_held(exported(empty))
    count, most = await _most_held(exported(board.database))
    assert count == 50_012
    assert most < 1.5 * few


async def test_an_import_holds_a_few_hundred_rows_however_many_come(
    empty: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finish, "AT_ONCE", 100)
    taken = 0
    furthest = 0

    def counted() -> Iterator[bytes]:
        nonlocal taken
        for line in _members(3_000):
            taken += 1
            yield line

    def hear(counts: Counts, _problems: object) -> None:
        nonlocal furthest
        furthest = max(furthest, taken - counts.rows)

    await inward.bring(empty, records(counted()), hear)
    assert (taken, furthest) == (3_000, 0)


async def test_times_keep_their_microseconds(empty: SqlDatabase) -> None:
    at = datetime(2026, 11, 2, 9, 0, 0, 1, tzinfo=UTC)
    line = to_line("csv", BY_NAME["member"], {"id": 1, "joined_at": at})
    await moved(empty, (header("csv") + line).encode())
    async with empty.reader.connect() as connection:
        assert await connection.scalar(select(schema.members.c.joined_at)) == at
    assert await text_of(empty, "csv") == (header("csv") + line).encode()
