"""Doing something with the app, and waiting for what comes of it."""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.discord.events import plain
from tests.discord.interaction_payloads import payload
from tests.discord.interactions import Did, Interaction
from tests.discord.screen import Seen
from tests.discord.world import World

Json = dict[str, Any]
SILENCE = "The application did not respond"
"""What stands there when an interaction was not answered in time."""
WRONG = "Something went wrong. Try again."
"""The same for a form, which stays open."""
PATIENCE = 10.0
"""Seconds until a test that waits for an answer fails."""


async def ask(world: World, made: Interaction, data: Json) -> Seen:
    """Do it, and see what came of it. "… is thinking" is waited out."""
    screen = made.user.screen
    before, front = len(screen.ephemerals), screen.modal
    world.announce([plain("INTERACTION_CREATE", 0, payload(world, made, data))])
    error = await _answered(world, made)
    new = screen.modal if screen.modal is not front else None
    reply = made.original if made.original and not made.original.ephemeral else None
    reply = None if reply is made.source else reply
    return Seen(tuple(screen.ephemerals[before:]), reply, new, made.choices, error)


async def _answered(world: World, made: Interaction) -> str | None:
    """What is wrong once there is an answer, or its time is over: at once when the app has no
    session, and so nobody who might still come back and answer."""
    await _sooner(
        world,
        lambda: made.answer is not None or not world.gateway.sessions,
        made.at + world.rules.answer_seconds,
    )
    if made.answer is not None:
        await _sooner(world, lambda: not made.waiting, made.at + world.rules.token_seconds)
        if not made.waiting:
            return None
    made.given_up = True
    screen = made.user.screen
    screen.thinking = [one for one in screen.thinking if one is not made.original]
    error = WRONG if made.did is Did.MODAL else SILENCE
    screen.errors.append(error)
    world.changes.happened()
    return error


async def _sooner(world: World, done: Callable[[], bool], moment: float) -> None:
    """Return when it is so, or when it is so late."""
    late = asyncio.create_task(world.clock.reach(moment))
    late.add_done_callback(lambda _: world.changes.happened())
    try:
        await world.changes.until(lambda: done() or late.done(), PATIENCE)
    finally:
        late.cancel()
