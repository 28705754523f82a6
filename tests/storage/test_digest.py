"""What a digest counts, against numbers worked out by hand; and that it is prepared once."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.board.digest import gather
from bot.config import Config, parse, playground_config
from bot.digests import Digest, Entry, Figures, Listed, Section
from bot.ideas import Audience, Idea, IdeaStatus, Origin
from bot.people import Role, Viewer
from bot.periods import Period, weeks
from bot.postings import Posting, PostingKind
from bot.refs import ChannelRef, ThreadRef
from bot.results import Post, Subject
from bot.scheduler import Prepared, prepare
from bot.summaries import Heard, Part, Quote, Summary
from storage import schema
from storage.database import SqlDatabase, open_database
from tests.community import FixedClock
from tests.storage.board import INBOX, NOON, Board, message

DAY = timedelta(days=1)
UTC_ZONE = ZoneInfo("UTC")
WEEK = Period(NOON - 7 * DAY, NOON)
BEFORE = WEEK.before(UTC_ZONE)
TEAM = Viewer("company", None, frozenset({Role.PRODUCT}), shows_all=True)
ANYBODY = Viewer("community", None, shows_all=True)
LIST = ChannelRef("playground", "product-inbox")
IN_THE_OPEN = """
[connections.playground]
platform = "playground"
listen = ["general"]
[connections.playground.channels.general]
audience = "everyone"
[product]
inbox = "playground/product-inbox"
"""


def ago(days: float) -> datetime:
    return NOON - days * DAY


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return playground_config(tmp_path)


async def figures(board: Board, viewer: Viewer = TEAM) -> tuple[Figures, Figures]:
    async with board.database.reading() as store:
        numbers = await store.numbers(viewer, (WEEK, BEFORE), weeks(NOON, UTC_ZONE, 8))
    return numbers.now, numbers.before


async def digest(board: Board, config: Config, viewer: Viewer = TEAM) -> Digest:
    async with board.database.reading() as store:
        return await gather(store, config, viewer, WEEK)


async def decide(
    board: Board, idea: Idea, status: IdeaStatus, reason: str, at: datetime, by: str = "Pia"
) -> int:
    async with board.database.transaction() as store:
        row = await store.add_decision(idea, status, reason, board.member(by), False, at)
        if status is not idea.status:
            await store.set_status(idea.number, status, status)
    return row


async def ask(board: Board, idea: Idea, at: datetime) -> int:
    async with board.database.transaction() as store:
        return await store.add_question(idea.number, "How often?", board.member("Pia"), at)


def numbers_of(found: Digest, section: Section) -> list[int]:
    return [entry.idea for entry in found.sections.get(section, Listed()).entries]


# ── the figures ──
Answers = list[tuple[float | None, str]]
ANSWERED_AFTER: dict[str, tuple[Answers, float | None, float | None]] = {
    "nothing at all": ([], None, None),
    "one after a day": ([(24, "reason")], 24.0, 1.0),
    "an odd number: the middle one": ([(1, "reason"), (5, "question"), (30, "answer")], 5.0, 1.0),
    "an even number: between the two": ([(2, "reason"), (8, "reason")], 5.0, 1.0),
    "under review is none": ([(3, "under review"), (10, "reason")], 10.0, 0.5),
    "planned without a word is none": ([(3, "planned"), (9, "question")], 9.0, 0.5),
    "taken back is none": ([(3, "undone"), (9, "reason")], 9.0, 0.5),
    "never": ([(None, ""), (None, "")], None, 0.0),
    "one of three": ([(None, ""), (None, ""), (4, "answer")], 4.0, 1 / 3),
}


@pytest.mark.parametrize("case", ANSWERED_AFTER)
async def test_the_median_and_the_share_are_as_by_hand(board: Board, case: str) -> None:
    answers, hours, share = ANSWERED_AFTER[case]
    for after, how in answers:
        await _answer(board, await board.idea(at=ago(6)), how, after or 0)
    now, before = await figures(board)
    assert now.answer_hours == pytest.approx(hours)
    assert now.answered == pytest.approx(share)
    assert (before.answer_hours, before.answered) == (None, None)


async def _answer(board: Board, idea: Idea, how: str, hours: float) -> None:
    at = idea.created_at + timedelta(hours=hours)
    match how:
        case "question":
            await ask(board, idea, at)
        case "under review":
            await decide(board, idea, IdeaStatus.UNDER_REVIEW, "", at)
        case "planned":
            await decide(board, idea, IdeaStatus.PLANNED, "", at)
        case "answer":
            await decide(board, idea, idea.status, "We look into it", at)
        case "reason" | "undone":
            row = await decide(board, idea, IdeaStatus.DECLINED, "Because", at)
            if how == "undone":
                async with board.database.transaction() as store:
                    await store.undo_decision(row, at)
        case _:
            assert not how


async def test_only_the_first_answer_counts_and_only_if_it_was_given_in_the_week(
    board: Board,
) -> None:
    twice = await board.idea(at=ago(5))
    await ask(board, twice, ago(4))
    await decide(board, twice, IdeaStatus.DECLINED, "Because", ago(1))
    long_answered = await board.idea(at=ago(13))
    await ask(board, long_answered, ago(10))
    await decide(board, long_answered, IdeaStatus.DECLINED, "Because", ago(2))
    old = await board.idea(at=ago(13))
    await decide(board, old, IdeaStatus.DECLINED, "Because", ago(3))
    now, before = await figures(board)
    assert now.answer_hours == pytest.approx((24 + 240) / 2)
    assert now.answered == 1.0
    assert before.answer_hours == pytest.approx(72)
    assert before.answered == 0.5


async def test_ideas_votes_and_people_of_both_weeks(board: Board) -> None:
    first, second = await board.idea(at=ago(10)), await board.idea(by="Ben", at=ago(2))
    await board.idea(at=ago(1), status=IdeaStatus.WITHDRAWN)
    await board.vote(first, "Chloé", at=ago(9))
    await board.vote(first, "Ben", at=ago(6))
    await board.vote(second, "Chloé", at=ago(1))
    await board.vote(second, "Chloé", source="reaction", at=ago(1))
    await board.vote(second, "Dmitri", at=ago(1))
    await board.vote(second, "Dmitri", False, at=ago(0.5))
    now, before = await figures(board)
    assert (now.ideas, now.votes, now.people) == (1, 2, 2)
    assert (before.ideas, before.votes, before.people) == (1, 1, 2)


async def test_a_reaction_alone_is_a_vote_and_linked_accounts_are_one_person(board: Board) -> None:
    idea = await board.idea(at=ago(20))
    await board.join("Ben on Discord", realm="discord")
    await board.link("Ben on Discord", "Ben")
    await board.vote(idea, "Ben", source="reaction", at=ago(2))
    await board.vote(idea, "Ben on Discord", at=ago(1))
    now, _ = await figures(board)
    assert (now.votes, now.people) == (2, 1)


async def test_weeks_are_counted_oldest_first(board: Board) -> None:
    for days in (55, 45, 8, 3, 1, 57):
        await board.vote(await board.idea(at=ago(days)), "Ben", at=ago(days))
    async with board.database.reading() as store:
        numbers = await store.numbers(TEAM, (WEEK, BEFORE), weeks(NOON, UTC_ZONE, 8))
    assert numbers.ideas_by_week == numbers.votes_by_week == (1, 1, 0, 0, 0, 0, 1, 2)


# ── the sections ──
async def test_what_waits_is_decided_first_by_votes_and_told_once(
    board: Board, config: Config
) -> None:
    wanted, small, silent = [await board.idea(at=ago(d)) for d in (20, 3, 30)]
    for who in ("Ben", "Chloé"):
        await board.vote(wanted, who, at=ago(2))
    await board.vote(small, "Ben", at=ago(2))
    found = await digest(board, config)
    assert numbers_of(found, Section.DECIDE) == [wanted.number, small.number]
    first = found.sections[Section.DECIDE].entries[0]
    assert (first.votes, first.gained, first.days, first.is_new) == (2, 2, 20, False)
    assert numbers_of(found, Section.WAITING) == [silent.number]
    assert found.sections.keys() == {Section.DECIDE, Section.WAITING, Section.VOICES}


async def test_an_open_question_waits_for_the_author_and_an_answered_one_for_the_team(
    board: Board, config: Config
) -> None:
    asked, replied = [await board.idea(at=ago(20)) for _ in range(2)]
    for idea in (asked, replied):
        await board.vote(idea, "Ben", at=ago(19))
        question = await ask(board, idea, ago(10))
    async with board.database.transaction() as store:
        await store.set_answer(question, "Every day", ago(9))
    assert numbers_of(await digest(board, config), Section.DECIDE) == [replied.number]


async def test_rising_counts_people_won_by_way_of_what_was_merged(
    board: Board, config: Config
) -> None:
    top, middle, low = [await board.idea(at=ago(40), status=IdeaStatus.PLANNED) for _ in range(3)]
    await board.vote(low, "Ben", at=ago(3))
    await board.vote(middle, "Ben", at=ago(3))
    await board.vote(top, "Chloé", at=ago(3))
    await board.vote(top, "Dmitri", at=ago(30))
    await board.merge(low, middle)
    await board.merge(middle, top)
    await board.votes(top)
    (entry,) = (await digest(board, config)).sections[Section.RISING].entries
    assert (entry.idea, entry.gained, entry.votes) == (top.number, 2, 3)


async def test_decisions_that_stand_are_told_shipped_ones_first(
    board: Board, config: Config
) -> None:
    declined, shipped, undone, review, old = [await board.idea(at=ago(40)) for _ in range(5)]
    await decide(board, declined, IdeaStatus.DECLINED, "No", ago(2))
    await decide(board, shipped, IdeaStatus.PLANNED, "", ago(4))
    await decide(board, await board.now(shipped), IdeaStatus.SHIPPED, "", ago(3))
    row = await decide(board, undone, IdeaStatus.PLANNED, "", ago(2))
    async with board.database.transaction() as store:
        await store.undo_decision(row, ago(2))
        await store.set_status(undone.number, IdeaStatus.NEW, IdeaStatus.NEW)
    await decide(board, review, IdeaStatus.UNDER_REVIEW, "", ago(2))
    await decide(board, old, IdeaStatus.SHIPPED, "", ago(9))
    found = await digest(board, config)
    assert numbers_of(found, Section.DECIDED) == [shipped.number, declined.number]


async def test_what_came_says_whether_it_has_an_answer(board: Board, config: Config) -> None:
    open_one, reviewed, asked, told = [await board.idea(at=ago(3)) for _ in range(4)]
    await decide(board, reviewed, IdeaStatus.UNDER_REVIEW, "", ago(2))
    await ask(board, asked, ago(2))
    await decide(board, told, IdeaStatus.NEW, "It is in the settings.", ago(1))
    arrived = (await digest(board, config)).sections[Section.NEW].entries
    assert {entry.idea: entry.answered for entry in arrived} == {
        open_one.number: False,
        reviewed.number: False,
        asked.number: True,
        told.number: True,
    }


async def test_a_merge_is_told_while_it_stands(board: Board, config: Config) -> None:
    kept, taken_back, target = [await board.idea(at=ago(40)) for _ in range(3)]
    for idea in (kept, taken_back):
        async with board.database.transaction() as store:
            await store.set_merged(idea.number, target.number, board.member("Mo"), ago(2))
    await board.merge(taken_back, None)
    assert numbers_of(await digest(board, config), Section.MERGED) == [kept.number]


async def test_a_channel_of_members_hears_of_nothing_they_may_not_see(
    board: Board, config: Config
) -> None:
    secret = await board.idea(at=ago(3), audience=Audience.INBOX)
    inside = await board.idea(at=ago(30), status=IdeaStatus.PLANNED, public=IdeaStatus.NEW)
    for idea in (secret, inside):
        await board.vote(idea, "Ben", at=ago(2))
    team, anybody = await digest(board, config), await digest(board, config, ANYBODY)
    assert numbers_of(team, Section.DECIDE) == [secret.number]
    assert numbers_of(anybody, Section.DECIDE) == [inside.number]
    assert secret.number not in {
        entry.idea for listed in anybody.sections.values() for entry in listed.entries
    }
    assert (team.numbers.now.ideas, team.numbers.now.votes) == (1, 2)
    assert (anybody.numbers.now.ideas, anybody.numbers.now.votes) == (0, 1)


async def test_long_threads_of_the_week_are_for_those_who_may_read_them(
    board: Board, config: Config
) -> None:
    threads = {
        "long": Heard(ThreadRef("playground", "general", "1"), 60, ago(2), "/#general/1"),
        "longer": Heard(ThreadRef("playground", "general", "2"), 90, ago(1), "/#general/2"),
        "short": Heard(ThreadRef("playground", "general", "3"), 3, ago(1), "/#general/3"),
        "old": Heard(ThreadRef("playground", "general", "4"), 60, ago(9), "/#general/4"),
        "elsewhere": Heard(ThreadRef("gone", "general", "5"), 60, ago(1), "https://gone/5"),
    }
    async with board.database.transaction() as store:
        await store.hear(tuple(threads.values()))
    listed = (await digest(board, config)).sections[Section.THREADS]
    assert [entry.messages for entry in listed.entries] == [91, 61]
    here = Viewer("playground", None, shows_all=True)
    assert Section.THREADS not in (await digest(board, config, here)).sections


async def test_a_threads_idea_is_named_to_those_who_may_see_it(
    board: Board, tmp_path: Path
) -> None:
    config = parse(IN_THE_OPEN, {}, tmp_path)
    thread = ThreadRef("playground", "general", "1")
    secret = await board.idea(
        at=ago(20), audience=Audience.INBOX, origin=Origin(thread.opening, thread, "")
    )
    async with board.database.transaction() as store:
        await store.hear((Heard(thread, 60, ago(2), "/#general/1"),))
    here = Viewer("playground", None, shows_all=True)
    for viewer, named in ((TEAM, secret.number), (here, 0)):
        (entry,) = (await digest(board, config, viewer)).sections[Section.THREADS].entries
        assert (entry.thread, entry.idea) == (1, named)


# ── prepared once ──
async def test_a_digest_is_read_as_it_was_written(board: Board, config: Config) -> None:
    idea = await board.idea(at=ago(20))
    await board.vote(idea, "Ben", at=ago(2))
    made = await digest(board, config)
    async with board.database.transaction() as store:
        row = await store.add_digest(made, LIST, NOON)
        assert row is not None
        read = await store.digest(row)
    assert read is not None
    assert (read.id, read.destination) == (row, LIST)
    assert (read.period, read.sections, read.numbers) == (made.period, made.sections, made.numbers)


async def test_digests_that_name_somebodys_words_are_known(board: Board, config: Config) -> None:
    anas, bens, merged = [await board.idea(by=who, at=ago(20)) for who in ("Ana", "Ben", "Chloé")]
    thread = Heard(ThreadRef("playground", "general", "1"), 60, ago(2), "/#general/1")
    async with board.database.transaction() as store:
        await store.set_merged(merged.number, anas.number, board.member("Mo"), ago(2))
        await store.hear((thread,))
        quote = Quote(Part.OPENING, message("1"), board.accounts["Dmitri"].ref, "", "Hello", "")
        summary = Summary(thread.thread, (quote,), 60, 5, ago(3), ago(2))
        authors = {quote.author: board.accounts["Dmitri"].id}
        row = await store.keep_summary(summary, authors, "/#general/1", ago(1))
        entries = {
            Section.WAITING: Entry(idea=bens.number),
            Section.MERGED: Entry(idea=merged.number),
            Section.THREADS: Entry(thread=1),
        }
        for days, (section, entry) in enumerate(entries.items()):
            period = Period(ago(7 + days), ago(days))
            made = Digest(period, {section: Listed((entry,), 1)})
            assert await store.add_digest(made, LIST, NOON) == days + 1
        assert await store.digests_naming(board.member("Ben"), []) == [1]
        assert await store.digests_naming(board.member("Ana"), []) == [2]
        assert await store.digests_naming(None, [row]) == [3]
        assert await store.digests_naming(board.member("Mo"), []) == []
        assert (await store.threads_of([1]))[1][1] == "Hello"
    async with board.database.reader.connect() as connection:
        versions = await connection.execute(select(schema.digests.c.version))
    assert [version for (version,) in versions] == [1, 1, 1]


async def test_a_digest_sent_while_its_words_were_taken_back_is_shown_anew(board: Board) -> None:
    idea = await board.idea(at=ago(20))
    made = Digest(WEEK, {Section.DECIDE: Listed((Entry(idea=idea.number),), 1)})
    async with board.database.transaction() as store:
        await store.add_digest(made, INBOX, NOON)
    await board.enqueue(Post(INBOX, Subject("digest", 1)))
    row = await board.took()
    async with board.database.transaction() as store:
        await store.digests_naming(board.member("Ana"), [])
    await board.database.queue.sent(row, message("head", INBOX), NOON)
    again = await board.took()
    assert again.work == Posting(1, PostingKind.DIGEST, message("head", INBOX), INBOX)


async def test_of_two_processes_at_once_one_prepares(
    board: Board, config: Config, database_url: str
) -> None:
    idea = await board.idea(at=ago(20))
    await board.vote(idea, "Ben", at=ago(2))
    other, clock = await open_database(database_url), FixedClock()
    came = await asyncio.gather(
        *(
            prepare(database, config, LIST, WEEK, clock)
            for _ in range(5)
            for database in (board.database, other)
        )
    )
    await other.close()
    assert sorted(one.value for one in came) == ["before"] * 9 + ["posted"]
    assert await _count(board.database, schema.digests) == 1
    assert await _count(board.database, schema.queue) == 3


async def test_a_silent_week_keeps_its_row_and_posts_nothing(board: Board, config: Config) -> None:
    clock = FixedClock()
    assert await prepare(board.database, config, LIST, WEEK, clock) is Prepared.SILENT
    assert await prepare(board.database, config, LIST, WEEK, clock) is Prepared.BEFORE
    assert await _count(board.database, schema.digests) == 1
    assert await _count(board.database, schema.queue) == 0
    async with board.database.reading() as store:
        assert await store.past_digests(5) == []


async def test_a_post_hangs_under_an_earlier_one_once_that_is_there(board: Board) -> None:
    first, rest = Subject("digest", 1), Subject("digest_numbers", 1)
    async with board.database.transaction() as store:
        await store.add_digest(Digest(WEEK, {}), INBOX, NOON)
    await board.enqueue(Post(INBOX, first), Post(INBOX, rest, under=first))
    row = await board.took()
    async with board.database.reading() as store:
        assert await store.posted(INBOX, first) is None
    await board.database.queue.sent(row, message("head", INBOX), NOON)
    async with board.database.reading() as store:
        assert await store.posted(INBOX, first) == message("head", INBOX)
        assert await store.posted(INBOX, rest) is None
    assert (await board.took()).work == Post(INBOX, rest, under=first)


async def _count(database: SqlDatabase, table: object) -> int:
    async with database.reader.connect() as connection:
        counted: int = (
            await connection.execute(select(func.count()).select_from(table))  # type: ignore[arg-type]
        ).scalar_one()
    return counted
