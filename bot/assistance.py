"""The model within its limits: time, a daily allowance, and rest when it is in trouble."""

import asyncio
import time
from datetime import date, datetime, timedelta
from hashlib import sha256

import structlog

from bot.config import Config
from bot.errors import NoAnswer
from bot.meter import NO_METER, Meter
from bot.ports import Assistant, Clock, Database
from bot.prompts import Prompt, Reply

TROUBLES_IN_A_ROW = 3
"""So many failures of the model's own, and it is left alone for a while."""
FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(minutes=30)
_TROUBLE = frozenset(("slow", "busy", "unreachable", "misconfigured"))
_UNASKED = frozenset(("busy", "unreachable", "misconfigured", "too_long"))
"""Failures that used no tokens."""
_LARGEST_TOKEN = 8
"""Bytes, on average: a model that read fewer tokens than that makes was not shown all."""

log = structlog.get_logger()


class Assistance:
    """Asks the model, or says why not."""

    def __init__(
        self,
        assistant: Assistant,
        config: Config,
        database: Database,
        clock: Clock,
        meter: Meter = NO_METER,
    ) -> None:
        if config.assistant is None:
            raise ValueError("there is no [assistant]")
        self._assistant = assistant
        self._settings = config.assistant
        self._zone = config.zone
        self._database = database
        self._clock = clock
        self._meter = meter
        self._troubles = 0
        self._resting_until: datetime | None = None
        self._told_spent: date | None = None

    @property
    def model(self) -> str:
        """Its name."""
        return self._settings.model

    @property
    def context_tokens(self) -> int:
        """How much it may read and write at once."""
        return self._settings.context_tokens

    async def ask(self, prompt: Prompt) -> str:
        """Its answer, the kept one where it was asked before; NoAnswer when there is none. No
        transaction may be open."""
        key = _key(self.model, prompt)
        async with self._database.reading() as store:
            known = await store.kept_answer(key)
        if known is not None:
            return known
        text = await self._asked(prompt)
        async with self._database.transaction() as store:
            if not await store.opted_out({one.author for one in prompt.shown}):
                await store.keep_answer(key, text, prompt.shown, self._clock.now())
        return text

    async def forget(self, prompt: Prompt) -> None:
        """An answer that was of no use is not given again."""
        async with self._database.transaction() as store:
            await store.drop_answer(_key(self.model, prompt))

    async def _asked(self, prompt: Prompt) -> str:
        now = self._clock.now()
        if self._resting_until and now < self._resting_until:
            raise NoAnswer("resting")
        day = now.astimezone(self._zone).date()
        reserved = prompt.asked_tokens + prompt.answer_tokens
        await self._reserve(day, reserved)
        used = reserved
        log.info("assistant_asked", what=prompt.name, messages=len(prompt.shown))
        try:
            reply = await self._timed(prompt)
            used = _used(reply, prompt)
        except NoAnswer as failure:
            used = 0 if failure.why in _UNASKED else reserved
            self._fail(failure, now)
            raise
        except asyncio.CancelledError:  # whoever asked waits no longer
            self._fail(NoAnswer("slow"), now)
            raise
        finally:
            await self._settle(day, used - reserved)
        self._troubles, self._resting_until = 0, None
        if reply.read is not None and reply.read < len(prompt.material.encode()) // _LARGEST_TOKEN:
            # Ollama cuts what is too long without a word:
            # https://github.com/ollama/ollama/blob/main/docs/context-length.mdx
            log.warning("assistant_was_shown_a_part", read=reply.read, asked=prompt.asked_tokens)
            raise NoAnswer("too_long", "cut")
        return reply.text

    async def _reserve(self, day: date, tokens: int) -> None:
        async with self._database.transaction() as store:
            granted = await store.reserve_tokens(day, tokens, self._settings.daily_tokens)
        if granted:
            return
        if self._told_spent != day:
            self._told_spent = day
            log.warning("assistant_allowance_spent", daily_tokens=self._settings.daily_tokens)
        self._meter.asked("spent", 0.0, 0, 0)
        raise NoAnswer("spent")

    async def _settle(self, day: date, difference: int) -> None:
        if difference:
            async with self._database.transaction() as store:
                await store.settle_tokens(day, difference)

    async def _timed(self, prompt: Prompt) -> Reply:
        started = time.perf_counter()
        outcome, read, written = "failed", 0, 0
        try:
            async with asyncio.timeout(self._settings.timeout):
                reply = await self._assistant.ask(prompt)
            outcome, read, written = "answered", reply.read or 0, reply.written or 0
        except TimeoutError:
            outcome = "slow"
            raise NoAnswer("slow") from None
        except asyncio.CancelledError:
            outcome = "slow"
            raise
        except NoAnswer as failure:
            outcome = failure.why
            raise
        finally:
            self._meter.asked(outcome, time.perf_counter() - started, read, written)
        return reply

    def _fail(self, failure: NoAnswer, now: datetime) -> None:
        log.warning("assistant_failed", why=failure.why, code=failure.code)
        if failure.why not in _TROUBLE:
            return
        self._troubles += 1
        asked_for = failure.retry_after
        if asked_for is None and failure.why != "misconfigured":
            if self._troubles < TROUBLES_IN_A_ROW:
                return
            asked_for = FIRST_REST.total_seconds() * 2 ** (self._troubles - TROUBLES_IN_A_ROW)
        rest = min(LONGEST_REST, max(FIRST_REST, timedelta(seconds=min(asked_for or 0, 86_400))))
        self._resting_until = now + rest
        log.warning("assistant_rests", seconds=rest.total_seconds())


def _used(reply: Reply, prompt: Prompt) -> int:
    """What it says it used; what was set aside, as far as it says nothing."""
    read = prompt.asked_tokens if reply.read is None else reply.read
    return read + (prompt.answer_tokens if reply.written is None else reply.written)


def _key(model: str, prompt: Prompt) -> str:
    asked = "\0".join((model, prompt.name, prompt.instructions, prompt.material))
    return sha256(asked.encode(errors="replace")).hexdigest()
