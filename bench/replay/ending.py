"""How a replay ends: its longest threads in short, and the digest of its last week.

Pia of the product team asks for the one, in each of the three ways there are, and the schedule
makes the other. Both are shown in the bot's own words for a terminal.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from adapters.playground.render import Json
from adapters.playground.render import plain as words_of
from adapters.playground.rows import BOT_NAME
from bench.playground import Playground, action
from bench.replay.record import Thread
from bench.replay.samples import REASONS, TEAM
from bench.replay.scene import Acted
from bot.board.digest import kinds
from bot.dispatch import menu_of
from bot.messages import Bold, Inline, Link, Message
from bot.periods import WEEK, latest_slot
from bot.reading.clean import one_line, shorten
from bot.results import Subject
from bot.summaries import Quote
from handlers.routes import ROUTES
from handlers.views.compose import compose
from handlers.views.plain import plain

_QUOTED = re.compile("“(.*)”", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """What Pia reads, and what should hold of it and whether it does."""

    text: str
    right: dict[str, bool]


async def summaries(playground: Playground, acted: Iterable[Acted]) -> Told:
    """The three longest threads, each asked for in another way."""
    longest = sorted(acted, key=lambda one: -len(one.thread.replies))
    texts: list[str] = []
    quotes: list[Quote] = []
    for ask, one in zip((_command, _menu, _mention), longest, strict=False):
        text, quoted = await _read(playground, await ask(playground, one))
        texts.append(f"── {shorten(one.thread.title, 64)} ──\n\n{text}")
        quotes += quoted
    stands = [await _stands(playground, quote) for quote in quotes]
    what = f"every quote of a summary stands so in its message ({len(quotes):,})"
    return Told("\n".join(("The longest threads in short\n", *texts)), {what: all(stands)})


async def _command(playground: Playground, one: Acted) -> Json:
    link = f"/summarize /#{one.channel}/{one.root}"
    async with playground.page(TEAM) as notices:
        await playground.do("command", TEAM, channel=one.channel, text=link)
        await playground.pass_time(5)
        return await anext(notices)


async def _menu(playground: Playground, one: Acted) -> Json:
    async with playground.page(TEAM) as notices:
        await playground.do("shortcut", TEAM, message=one.root, shortcut="summarize_thread")
        await playground.pass_time(5)
        return await anext(notices)


async def _mention(playground: Playground, one: Acted) -> Json:
    """A message has no private answer: a direct message comes."""
    await playground.say(TEAM, one.channel, f"@{BOT_NAME} summarise, please", one.root)
    await playground.pass_time(5)
    (told,) = await playground.chat.history((f"dm-{TEAM}",), 1)
    return {"content": told.content}


async def _read(playground: Playground, shown: Json) -> tuple[str, tuple[Quote, ...]]:
    """What was shown, as text, and the quotes in it."""
    button = action(shown, "post_summary:")
    if button is None:
        return words_of(shown["content"]) + "\n", ()
    row = int(button.rpartition(":")[2])
    async with playground.database.reading() as store:
        stored = await store.summary(row)
        message = await compose(
            playground.config, menu_of(ROUTES), store, Subject("summary", row), None
        )
    return plain(message or Message()), stored.summary.quotes if stored else ()


async def _stands(playground: Playground, quote: Quote) -> bool:
    said = await playground.chat.message(quote.message.message)
    return said is not None and quote.text in words_of(said.content)


async def digest(playground: Playground, record: Iterable[Thread]) -> Told:
    """The week goes on to its end, and the schedule strikes."""
    config, now = playground.config, playground.clock.now()
    end = latest_slot(config.digest.schedule, config.zone, now + WEEK)
    await playground.pass_time((end - now).total_seconds())
    await playground.look()
    await playground.pass_time(60)
    messages = await _posted(playground, end)
    said = _said(record)
    quotes = [quote for message in messages for quote in _quoted(message)]
    what = f"every quote of the digest stands so in the record ({len(quotes):,})"
    text = "\n".join(map(plain, messages)) or "There was nothing to say.\n"
    return Told(f"The digest of the last week\n\n{text}", {what: all(q in said for q in quotes)})


async def _posted(playground: Playground, end: datetime) -> list[Message]:
    """The digest of the period that has just ended, as it was posted."""
    async with playground.database.reading() as store:
        past = await store.past_digests(1)
        stored = await store.digest(past[0][0]) if past else None
        if stored is None or stored.period.end != end:
            return []
        subjects = [Subject(kind, stored.id) for kind in kinds(stored)]
        made = [
            await compose(playground.config, menu_of(ROUTES), store, subject, None)
            for subject in subjects
        ]
    return [message for message in made if message]


def _said(record: Iterable[Thread]) -> str:
    """Everything that could be quoted, each on a line."""
    texts = [
        text
        for thread in record
        for text in (thread.title, *(said.text for said in (thread.opening, *thread.replies)))
    ]
    return "\n".join(map(one_line, (*texts, *REASONS.values())))


def _quoted(message: Message) -> Iterator[str]:
    """What stands in quotation marks, as far as it was not cut off."""
    lines = [*message.lines, *(line for card in message.cards for line in card.body)]
    for found in (_QUOTED.search(_text(part)) for line in lines for part in line):
        if found:
            yield found[1].removesuffix("…")


def _text(part: Inline) -> str:
    match part:
        case str():
            return part
        case Link(label=text) | Bold(text=text):
            return text
        case _:
            return ""
