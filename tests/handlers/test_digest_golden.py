"""Whole digests beside the files in tests/golden; to read one, open its file."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import pytest

from bot.board.past import Shown
from bot.config import Config
from bot.digests import Digest, Entry, Figures, Listed, Numbers, Section
from bot.ideas import Audience, Decision, Idea, IdeaStatus, Origin, Wording
from bot.messages import Message
from bot.people import Role, Viewer
from bot.periods import Period
from bot.refs import IdeaNumber, MessageRef, ThreadRef
from bot.summaries import Thread
from handlers.views.digest.posts import brief, pages
from storage.database import SqlDatabase, open_database
from tests.handlers.golden import (
    NOW,
    Filled,
    ago,
    assert_whole,
    compare,
    config_in,
    digest_of,
    written,
)

pytest.importorskip("matplotlib", reason="the golden digests have a chart")

UTC_CONFIG = config_in("UTC")
BERLIN = config_in("Europe/Berlin")
HOSTILE = (
    "<!channel> <!here> <@U123> <https://evil.example|click>",
    "@everyone @here <@&1180000000000000020>",
    "*_~`[x](http://y)`~_* ||spoiler|| > quote # heading",
    "W" * 200,
    "👩‍👩‍👧‍👧" * 40,
    "Z" + "\u0301\u0327\u0334" * 60,
    "word " * 60,
    '=HYPERLINK("http://evil.example") \'; DROP TABLE ideas; --',
    "& < > \" ' &amp; <script>alert(1)</script>",
    "…",
)
LETTERS = (
    ("Тёмная тема для редактора", "Глаза болят по вечерам, а свет не выключить"),
    ("编辑器的深色模式", "晚上眼睛很痛。请加一个深色主题"),
    ("エディタのダークモード", "夜、目が痛いです"),
    ("편집기용 다크 모드", "밤에 눈이 아파요"),
    ("الوضع الداكن للمحرر", "عيناي تؤلمانني في الليل"),
    ("מצב כהה לעורך", "העיניים כואבות לי בלילה"),
    ("संपादक के लिए डार्क मोड", "रात में मेरी आँखें दुखती हैं"),
    ("โหมดมืดสำหรับโปรแกรมแก้ไข", "ตาของฉันเจ็บตอนกลางคืน"),
    ("მუქი რეჟიმი რედაქტორისთვის", "ღამით თვალები მტკივა"),
    ("ለአርታዒው ጨለማ ገጽታ", "ማታ ዓይኖቼ ያመኛሉ"),
    ("Σκοτεινό θέμα για τον επεξεργαστή", "Τη νύχτα πονάνε τα μάτια μου"),
    ("Chế độ tối cho trình soạn thảo", "Mắt tôi đau vào ban đêm"),
    ("Tryb ciemny – żółć, gęś, źdźbło", "Çok güzel, ığdır, ñandú, ærlig, þing, ßcharf"),
)


@pytest.fixture
async def board(tmp_path: Path) -> AsyncIterator[Filled]:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'soundingboard.sqlite'}")
    yield Filled(database)
    await database.close()


async def golden(
    name: str, database: SqlDatabase, now: datetime = NOW, config: Config = UTC_CONFIG
) -> Digest:
    shown = await digest_of(database, config, now)
    compare(name, await written(shown, config))
    return shown.digest


async def test_an_empty_week(board: Filled) -> None:
    await board.store()
    assert (await golden("empty-week", board.database)).is_silent


async def test_one_idea(board: Filled) -> None:
    board.idea("Dark mode", ago(3), "My eyes hurt at night", "Write after ten", "Everything glows")
    await board.store()
    await golden("one-idea", board.database)


async def test_ten_thousand_ideas_with_hostile_titles(board: Filled) -> None:
    board.names = [text[:80] for text in HOSTILE]
    for n, text in enumerate(islice(cycle(HOSTILE), 10_000)):
        long = text * 30
        number = board.idea(text, ago(n * 13 % 71 + 0.5), long, long, long)
        if n % 3 == 0:
            board.vote(number, n * 7 % 11, ago(n % 49 + 0.25))
    await board.store()
    digest = await golden("ten-thousand-hostile-ideas", board.database)
    assert digest.sections[Section.WAITING].total > 1_000


async def test_every_languages_letters(board: Filled) -> None:
    board.names = ("Łukasz Żółć", "王小明", "ألِف", "Şebnem Çağlar")
    for n, (title, words) in enumerate(LETTERS):
        number = board.idea(title, ago(n + 0.5), words, words, words)
        board.vote(number, n % 4, ago(0.4))
    await board.store()
    await golden("every-languages-letters", board.database)


@pytest.mark.parametrize(
    ("name", "now", "hours"),
    [
        ("spring-clock-change", datetime(2026, 3, 30, 7, 0, tzinfo=UTC), 167),
        ("autumn-clock-change", datetime(2026, 10, 26, 8, 0, tzinfo=UTC), 169),
    ],
)
async def test_the_weeks_in_which_clocks_change(
    board: Filled, name: str, now: datetime, hours: int
) -> None:
    """An idea in the week's first minute, one in its last, and one on either side of it."""
    length = timedelta(hours=hours)
    minute = timedelta(minutes=1)
    for title, at in (
        ("A minute before the week", now - length - minute),
        ("In its first minute", now - length),
        ("In its last minute", now - minute),
        ("The minute after", now),
    ):
        board.vote(board.idea(title, at), 2, at)
    await board.store()
    digest = await golden(name, board.database, now, BERLIN)
    assert (digest.numbers.now.ideas, digest.numbers.now.votes) == (2, 4)
    assert digest.period.end - digest.period.start == length


WIDE = "W" * 2_000
ENTRY = Entry(
    idea=2**31 - 1, decision=1, thread=1, votes=10**9, gained=10**9 - 1, days=10**4, messages=10**6
)


def _longest() -> Shown:
    """Every section full of the longest there can be."""
    numbers = [2**31 - 1 - n for n in range(40)]
    origin = Origin(MessageRef("c", "c", "m"), ThreadRef("c", "c", "m"), "https://" + "x" * 192)
    words = Wording(WIDE[:120], WIDE, WIDE, WIDE)
    ideas = {
        n: Idea(
            IdeaNumber(n), words, IdeaStatus.NEW, IdeaStatus.NEW, 1, WIDE[:80], "community",
            Audience.EVERYONE, origin, None, IdeaNumber(numbers[-1]) if 20 <= n - numbers[-1] < 25
            else None, 10**9, True, NOW,
        )
        for n in numbers
    }  # fmt: skip
    entries = {
        section: tuple(
            Entry(n, 1, 1, 10**9, 10**9 - 1, 10**4, messages=10**6)
            for n in numbers[5 * place : 5 * place + 5]
        )
        for place, section in enumerate(Section)
    }
    week = Figures(10**9, 10**9, 10**9, 47.4, 0.333)
    many = (10**9,) * 8
    decision = Decision(
        1, IdeaNumber(1), IdeaStatus.NEW, IdeaStatus.UNDER_REVIEW, WIDE, 1, "Pia", NOW, False, False
    )
    thread = Thread(1, ThreadRef("c", "c", "m"), 10**6, NOW, "https://" + "x" * 192)
    return Shown(
        Digest(
            Period(ago(7), NOW),
            {section: Listed(listed, 10**9) for section, listed in entries.items()},
            Numbers(week, week, many, many),
        ),
        Viewer("community", None, frozenset({Role.PRODUCT}), shows_all=True),
        ideas,
        {1: decision},
        {1: (thread, WIDE)},
    )


async def test_the_longest_digest_there_can_be_is_never_cut() -> None:
    shown = _longest()
    messages: list[Message] = await pages(shown, UTC_CONFIG)
    assert len(messages) == 5
    for message in (*messages, brief(shown, UTC_CONFIG)):
        assert_whole(message)
