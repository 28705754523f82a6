"""Whatever a thread holds, its summary fits every platform, and what is left out is counted."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from adapters.playground.checks import check_content
from adapters.playground.render import plain, render
from bot.config import playground_config
from bot.messages import Bold, Link, Message
from bot.refs import AccountRef, MessageRef, ThreadRef
from bot.summaries import (
    Citation,
    Length,
    Part,
    Quote,
    Statement,
    StoredSummary,
    Summary,
    Thread,
    Writing,
)
from handlers.views import summaries
from tests.flows.fits import assert_message_fits

CONFIG = playground_config(Path("/nowhere"))
THREAD = ThreadRef("playground", "general", "m1")
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
NASTY = st.text(st.characters(codec="utf-8"), max_size=80) | st.sampled_from(
    [
        "<!channel> @everyone",
        "[x](javascript:alert(1))",
        "\u202eevil",
        "👩‍👩‍👧‍👧" * 300,
        "\n" * 50,
        "x" * 9_000,
        "www.example.com",
        "https://example.com/" + "a" * 3_000,
    ]
)


@st.composite
def _quotes(draw: st.DrawFn) -> Quote:
    message = MessageRef("playground", "general", draw(st.sampled_from("abcdef")))
    permalink = draw(st.sampled_from(["", "/#general/000001", "https://x.example/" + "p" * 300]))
    author = AccountRef("playground", "ana")
    return Quote(draw(st.sampled_from(Part)), message, author, draw(NASTY), draw(NASTY), permalink)


@st.composite
def _writings(draw: st.DrawFn) -> Writing:
    quotes = draw(st.lists(st.lists(_quotes(), min_size=1, max_size=5), max_size=20))
    told = tuple(
        Statement(said[0].part, said[0].text, tuple(_cited(quote) for quote in said))
        for said in quotes if said[0].part is not Part.LINK
    )  # fmt: skip
    return Writing(draw(NASTY), draw(st.integers(0, 99)), told, draw(st.sampled_from(["", "x"])))


def _cited(quote: Quote) -> Citation:
    return Citation(quote.message, quote.author, quote.author_name, quote.permalink)


@st.composite
def _stored(draw: st.DrawFn) -> StoredSummary:
    quotes = tuple(draw(st.lists(_quotes(), max_size=60)))
    measures = draw(st.integers(0, 10**9)), draw(st.integers(0, 10**9))
    last = NOON + draw(st.timedeltas(timedelta(0), timedelta(days=4_000)))
    length, writing = draw(st.sampled_from(Length)), draw(st.none() | _writings())
    summary = Summary(THREAD, quotes, *measures, NOON, last, length, writing)
    return StoredSummary(2**31, summary, "/#general/1", draw(st.booleans()), draw(st.booleans()))


def _left_out(message: Message) -> int:
    """How many quotes it says that it leaves out."""
    lines = ["".join(str(i.label if isinstance(i, Link) else getattr(i, "text", i)) for i in line)
             for line in message.cards[0].body]  # fmt: skip
    return sum(int(found[1]) for line in lines if (found := re.fullmatch(r"\+(\d+) more", line)))


def _said(stored: StoredSummary) -> tuple[Statement, ...]:
    return stored.summary.writing.statements if stored.summary.writing else ()


@given(_stored())
def test_every_summary_fits_and_counts_what_it_leaves_out(stored: StoredSummary) -> None:
    for message in (summaries.note(stored, CONFIG), summaries.posted(stored, CONFIG)):
        assert_message_fits(message)
        content = render(message)
        check_content(content)
        assert all(node["t"] != "mention" for line in content["cards"][0]["body"] for node in line)
        if stored.summary.quotes:
            assert "Read it from the start" in plain(content), "nothing was cut by the renderer"
        assert 0 <= _left_out(message) <= len(stored.summary.quotes) + len(_said(stored))


def test_a_very_long_one_says_how_much_more_there_is() -> None:
    words = "People would like to keep their chapters on the device. " * 9
    quotes = tuple(
        Quote(part, MessageRef("playground", "general", f"{part}{n}"), AccountRef("p", "a"), "Ana",
              f"{n} {words}", "/#general/1")
        for part in Part if part is not Part.LINK for n in range(20)
    )  # fmt: skip
    summary = Summary(THREAD, quotes, 10_000, 500, NOON, NOON)
    message = summaries.posted(StoredSummary(1, summary, "", False, False), CONFIG)
    shown = sum(str(line).count("“") for line in message.cards[0].body)
    assert 0 < shown < 10
    assert shown + _left_out(message) == len(quotes)
    assert len(message.cards[0].body) < 40


def test_quotes_of_one_message_stand_on_one_line() -> None:
    message = MessageRef("playground", "general", "m1")
    quotes = tuple(
        Quote(Part.POINT, message, AccountRef("p", "a"), "Ana", text, "/#general/1")
        for text in ("It was dark.", "My eyes hurt.")
    )
    stored = StoredSummary(1, Summary(THREAD, quotes, 3, 2, NOON, NOON), "", False, False)
    _, line = summaries.posted(stored, CONFIG).cards[0].body
    assert line == ("“It was dark.” ", "“My eyes hurt.” ", Link("Ana", "/#general/1"))


MESSAGE = MessageRef("playground", "general", "m1")


def _noted(writing: Writing | None, length: Length = Length.PARAGRAPH) -> Message:
    quote = Quote(Part.POINT, MESSAGE, AccountRef("p", "a"), "Ana", "It was dark.", "/#general/1")
    summary = Summary(THREAD, (quote,), 9, 2, NOON, NOON, length, writing)
    return summaries.note(StoredSummary(1, summary, "", False, False), CONFIG)


def test_what_a_model_wrote_is_labelled_and_leads_to_the_messages() -> None:
    cited = Citation(MESSAGE, AccountRef("p", "a"), "Ana", "/#general/1")
    told = Statement(Part.POINT, "Ana finds it dark.", (cited, cited))
    label, _, heading, line = _noted(Writing("gpt-9", 9, (told,))).cards[0].body
    assert label == (
        Bold("Written by a model"), " (gpt-9). The names lead to the messages it is about.",
    )  # fmt: skip
    assert heading == (Bold("Points made"),)
    link = Link("Ana", "/#general/1")
    assert line == ("Ana finds it dark. (", link, ", ", link, ")")


def test_how_much_of_the_thread_the_model_read_is_said_when_it_was_not_all() -> None:
    cited = Citation(MESSAGE, AccountRef("p", "a"), "Ana", "")
    told = Statement(Part.POINT, "Ana finds it dark.", (cited,))
    assert "from 7 of the 9 messages" in str(_noted(Writing("gpt-9", 7, (told,))).cards[0].body[0])


def test_why_no_model_wrote_it_is_said_to_whoever_asked() -> None:
    assert _noted(None).lines == ()
    for whys, said in (
        (("spent",), "allowance for today is used up"),
        (("not_borne_out", "garbled", "refused"), "gave no answer that holds"),
        (("too_long",), "The thread is too long for the model"),
        (("slow", "busy", "resting", "unreachable", "misconfigured"), "cannot be reached just now"),
    ):
        for why in whys:
            (line,) = _noted(Writing("gpt-9", why=why)).lines
            assert said in str(line)
            assert "people's own words" in str(line)


def test_without_its_sentences_a_summary_is_quotes_again() -> None:
    (heading, line) = _noted(Writing("gpt-9", 9)).cards[0].body
    assert heading == (Bold("Points made"),)
    assert "“It was dark.”" in str(line)


def test_a_line_has_no_headings() -> None:
    assert len(_noted(None, Length.LINE).cards[0].body) == 1


@given(st.integers(0, 10**9), NASTY)
def test_every_offer_and_answer_fits(messages: int, permalink: str) -> None:
    thread = Thread(2**31, THREAD, messages, NOON, permalink)
    for message in (
        summaries.offer(thread),
        summaries.reading(thread),
        summaries.reading(None),
        summaries.capturing(),
        summaries.gone(),
        summaries.short(),
        summaries.kept_out(),
        summaries.unread(),
    ):
        assert_message_fits(message)
        check_content(render(message))
