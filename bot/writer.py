"""Has the model write a thread in short, or an idea's title, and keeps what of it holds."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import structlog

from bot.assistance import Assistance
from bot.config import Config
from bot.errors import NoAnswer
from bot.events import ReadMessage
from bot.ideas import Idea
from bot.ports import Database
from bot.prompts import Prompt, Shown
from bot.reading.assisted.answers import Claim, claims, title
from bot.reading.assisted.asking import (
    TITLE_LENGTH,
    fitting,
    limits,
    merging_prompt,
    room_for_messages,
    summary_prompt,
    title_prompt,
)
from bot.reading.assisted.grounded import grounded, grounded_title
from bot.reading.assisted.numbered import Numbered, keeps_out, numbered, parts
from bot.reading.assisted.withheld import readable, unquoted
from bot.reading.summarize.sentences import size
from bot.refs import AccountRef, ChannelRef
from bot.summaries import Length, Statement, Summary, Writing

PATIENCE = 45.0
"""Seconds for one job: its lease is 60, and somebody waits."""
AT_ONCE = 2
"""Jobs that wait for the model at a time: others must go on."""
MOST_PARTS, PARTS_AT_ONCE = 16, 4
_LEAST_READ = 3
"""Messages of a thread the model must have."""
_LEAST_HELD = 0.5
"""Of an answer's sentences: with fewer, the rest is not to be trusted either."""

log = structlog.get_logger()


class Writer:
    """What the model helps with. It is given nothing from channels or people that keep out."""

    def __init__(self, assistance: Assistance, config: Config, database: Database) -> None:
        self._assistance = assistance
        self._config = config
        self._database = database
        self._free = asyncio.Semaphore(AT_ONCE)

    async def write(self, summary: Summary, messages: Sequence[ReadMessage]) -> Summary:
        """The summary with what the model wrote, or why it did not; as it is where no model may
        read."""
        channel = ChannelRef(summary.thread.connection, summary.thread.channel)
        if not self._may_read(channel):
            return summary
        opted_out = await self._opted_out({message.author for message in messages})
        room = room_for_messages(self._assistance.context_tokens)
        sent = numbered(await asyncio.to_thread(readable, messages, opted_out), room)
        model = self._assistance.model
        if len(sent) < _LEAST_READ:
            return summary
        try:
            told = await self._in_time(sent, summary.length)
        except NoAnswer as failure:
            return replace(summary, writing=Writing(model, why=failure.why))
        log.info("assistant_summarised", messages=len(sent), kept_back=len(messages) - len(sent))
        return replace(summary, writing=Writing(model, len(sent), told))

    async def title(self, idea: Idea) -> str:
        """A shorter title for an idea, or nothing."""
        said = idea.wording.body or idea.wording.title
        origin, text = idea.origin, unquoted(said)
        if origin is None or keeps_out(said):
            return ""
        if not self._may_read(ChannelRef(origin.thread.connection, origin.thread.channel)):
            return ""
        author = await self._allowing_author(idea)
        if author is None:
            return ""
        prompt = title_prompt(text, Shown(origin.message, author))
        try:
            async with asyncio.timeout(PATIENCE):
                found = title(await self._assistance.ask(prompt))
        except (NoAnswer, TimeoutError):
            return ""
        return grounded_title(found or "", text, TITLE_LENGTH)

    def _may_read(self, channel: ChannelRef) -> bool:
        connection = self._config.connections.get(channel.connection)
        return connection is not None and connection.lets_model_read(channel.channel)

    async def _opted_out(self, authors: set[AccountRef]) -> set[AccountRef]:
        async with self._database.reading() as store:
            return await store.opted_out(authors)

    async def _allowing_author(self, idea: Idea) -> AccountRef | None:
        """Its author; None when they keep out, or are gone."""
        if idea.author is None:
            return None
        async with self._database.reading() as store:
            author = await store.reach(idea.author, idea.connection)
            if author is None or await store.opted_out({author.ref}):
                return None
            return author.ref

    async def _in_time(self, sent: Sequence[Numbered], length: Length) -> tuple[Statement, ...]:
        if self._free.locked():
            raise NoAnswer("busy")
        try:
            async with self._free, asyncio.timeout(PATIENCE):
                return await self._statements(sent, length)
        except TimeoutError:
            raise NoAnswer("slow") from None

    async def _statements(self, sent: Sequence[Numbered], length: Length) -> tuple[Statement, ...]:
        """Of a thread that fits at once from its messages, of a longer one from notes on parts."""
        by_number = {one.number: one.message for one in sent}
        room = room_for_messages(self._assistance.context_tokens)
        stretches = parts(sent, room)
        if len(stretches) == 1:
            return await self._held(summary_prompt(sent, length), by_number, length)
        if len(stretches) > MOST_PARTS:
            raise NoAnswer("too_long")
        notes = fitting(await self._noted(stretches), room)
        if not notes:
            raise NoAnswer("too_long")
        cited = {number for note in notes for number in note.cites}
        known = {number: message for number, message in by_number.items() if number in cited}
        return await self._held(merging_prompt(notes, length, known.values()), known, length)

    async def _noted(self, stretches: Sequence[Sequence[Numbered]]) -> list[list[Claim]]:
        """Notes on each part, a few parts at a time; what was asked before a failure is kept."""
        noted: list[list[Claim]] = []
        for start in range(0, len(stretches), PARTS_AT_ONCE):
            asking = map(self._notes, stretches[start : start + PARTS_AT_ONCE])
            answers = await asyncio.gather(*asking, return_exceptions=True)
            for answer in answers:
                if isinstance(answer, BaseException):
                    raise answer
                noted.append(answer)
        return noted

    async def _notes(self, part: Sequence[Numbered]) -> list[Claim]:
        """What holds of the notes on a part: only that is carried on."""
        prompt = summary_prompt(part, Length.FULL)
        offered = await self._claims(prompt)
        known = {one.number: one.message for one in part}
        return [claim for claim in offered if grounded([claim], known)]

    async def _held(
        self, prompt: Prompt, messages: Mapping[int, ReadMessage], length: Length
    ) -> tuple[Statement, ...]:
        offered = await self._claims(prompt)
        held = grounded(offered, messages)
        told = _cut(held, length)
        if not told or len(held) < _LEAST_HELD * len(offered):
            await self._assistance.forget(prompt)
            log.warning("assistant_not_borne_out", offered=len(offered), held=len(held))
            raise NoAnswer("not_borne_out")
        return told

    async def _claims(self, prompt: Prompt) -> list[Claim]:
        offered = claims(await self._assistance.ask(prompt))
        if offered is None:
            await self._assistance.forget(prompt)
            raise NoAnswer("garbled")
        return offered


def _cut(told: tuple[Statement, ...], length: Length) -> tuple[Statement, ...]:
    """At most as many sentences and words as were asked for, a half more at a pinch."""
    most, words = limits(length)
    kept: list[Statement] = []
    left = words * 3 // 2
    for statement in told[: most * 2]:
        left -= size(statement.text)
        if left >= 0:
            kept.append(statement)
    return tuple(kept)
