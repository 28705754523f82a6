"""A form and a vote, from the event to the answer, beside their bare statements."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import aiosqlite
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.filling import duplicate
from bench.lab import Lab
from bench.table import Row, ratio
from bench.timing import took
from bot.events import ButtonPressed, FormSubmitted
from bot.messages import Action

_NOTE = "beside the same {} statements raw on aiosqlite, in one transaction; {:,} ideas"
_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")

Statement = tuple[str, Any, bool]


def form(lab: Lab) -> FormSubmitted:
    """A suggestion nobody made before."""
    words = lab.language.wording()
    values = {"title": words.title, "body": words.body, "job": words.job}
    return FormSubmitted(**lab.envelope(), action=Action("suggest"), values=values)


async def submitting(lab: Lab) -> Row:
    """A form submitted → committed answer."""
    return await _beside_raw(lab, "a form → committed answer", lambda _: form(lab))


async def voting(lab: Lab) -> Row:
    """A vote → committed answer; each by somebody else, or on another idea."""

    def vote(number: int) -> ButtonPressed:
        action = Action.of("vote", number % lab.scale.few + 1)
        return ButtonPressed(**lab.envelope(), action=action)

    return await _beside_raw(lab, "a vote → committed answer", vote)


async def _beside_raw(
    lab: Lab, work: str, made: Callable[[int], FormSubmitted | ButtonPressed]
) -> Row:
    shelf = await lab.shelf(lab.scale.few)
    await shelf.dispatch(made(0))
    copy = lab.folder / f"copy for {work[:6]}.sqlite"
    duplicate(shelf.file, copy)
    ours, base, statements = [], [], 0
    async with aiosqlite.connect(copy, isolation_level=None) as raw:
        for pragma in _PRAGMAS:
            await raw.execute(f"PRAGMA {pragma}")
        with _captured(shelf.database.writer) as captured:
            for number in range(1, lab.scale.rounds + 1):
                happened = made(number)
                ours.append(await took(shelf.dispatch(happened)))
                base.append(await took(_run(raw, captured)))
                statements = len(captured) - 1  # without BEGIN
                captured.clear()
    return ratio(work, ours, base, 4, 6, _NOTE.format(statements, lab.scale.few))


async def _run(raw: aiosqlite.Connection, statements: list[Statement]) -> None:
    """What was captured, on a copy that is in the same state: so each gives the same rows."""
    for statement, parameters, many in statements:
        if many:
            await raw.executemany(statement, parameters)
        else:
            await raw.execute_fetchall(statement, parameters)
    await raw.commit()


@contextmanager
def _captured(engine: AsyncEngine) -> Iterator[list[Statement]]:
    """Every statement that goes to the engine's driver meanwhile."""
    captured: list[Statement] = []

    def note(
        _connection: Connection,
        _cursor: object,
        statement: str,
        parameters: Any,  # noqa: ANN401 - as the driver takes them
        _context: object,
        executemany: bool,
    ) -> None:
        captured.append((statement, parameters, executemany))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield captured
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)
