"""A new community begins to live: talk from the first moment, then ideas and votes by its people.

The ideas go the way everybody's do, through the bot. How far it got is stored after each step, and
a step repeated after a crash has the same key and changes nothing.
"""

from dataclasses import asdict, replace
from datetime import timedelta

import structlog

from adapters.playground import parse
from adapters.playground.community import Community
from adapters.playground.interactions import Interactions, Place
from adapters.playground.render import Json, actions, plain, said
from adapters.playground.rows import BOT, ChatMessage, Reaction
from adapters.playground.sample import CAST, IDEAS, TALK, VOTES, Idea, Vote
from bot.events import ButtonPressed, FormSubmitted
from bot.messages import Action

log = structlog.get_logger()
_FACT = "seed"
_STEPS: tuple[Idea | Vote, ...] = (*IDEAS, *VOTES)
_DONE = str(len(_STEPS))


async def found(community: Community, *, sample: bool) -> None:
    """The cast; with `sample`, a new chat also gets its talk, and ideas to come."""
    chat = community.chat
    if await chat.fact(_FACT) is not None:
        return
    for person in CAST:
        await chat.add_person(person)
    if sample:
        await _talk(community)
    await chat.set_fact(_FACT, "0" if sample else _DONE)


async def _talk(community: Community) -> None:
    """The talk, as if it had happened during the last hours; what was said is not said again."""
    chat, now = community.chat, community.clock.now()
    channels = [channel.id for channel in await chat.channels()]
    spoken = {plain(m.content): m.id for m in await chat.history(channels, len(TALK))}
    for line in TALK:
        if line.text in spoken or line.channel not in channels:
            continue
        at = now - timedelta(minutes=line.minutes_ago)
        root = spoken.get(line.under)
        spoken[line.text] = await chat.say(line.person, line.channel, root, said(line.text), at)
        for emoji, people in line.reactions:
            for person in people:
                await chat.react(spoken[line.text], Reaction(person, emoji, True, at))


async def grow(community: Community, interactions: Interactions) -> None:
    """Suggest and vote, from where the last run stopped; the rest waits for the next start when
    the bot could not take a step."""
    chat = community.chat
    start = int(await chat.fact(_FACT) or _DONE)
    for number, step in enumerate(_STEPS[start:], start):
        key = f"seed-{await chat.fact('workspace')}-{number}"
        match step:
            case Idea():
                answer = await _suggest(community, interactions, step, key)
            case Vote():
                answer = await _vote(community, interactions, step, key)
        if answer["kind"] in {"error", "invalid"}:
            log.warning("sample_stopped", step=number)
            return
        await chat.set_fact(_FACT, str(number + 1))


async def _suggest(community: Community, interactions: Interactions, idea: Idea, key: str) -> Json:
    person = await community.person(idea.person)
    board = community.settings.board or next(iter(community.settings.listen), "")
    channel = await community.channel(person, board)
    values = asdict(idea)
    del values["person"]
    deed = replace(community.deed(person, channel), key=key)
    event: FormSubmitted = parse.submit(deed, Action("suggest"), values)
    return await interactions.ask(event, Place(person.id, channel.id))


async def _vote(community: Community, interactions: Interactions, vote: Vote, key: str) -> Json:
    person = await community.person(vote.person)
    card, action = await _card(community, vote)
    message, channel = await community.message(person, card.id)
    deed = replace(community.deed(person, channel), key=key)
    event: ButtonPressed = parse.press(deed, action, message)
    place = Place(person.id, channel.id, message.root, message=message.id)
    return await interactions.ask(event, place)


async def _card(community: Community, vote: Vote) -> tuple[ChatMessage, str]:
    """The idea's card and the action of its vote button, as soon as the bot has posted it."""
    while True:
        changed = community.chat.changed
        channels = [channel.id for channel in await community.channels_of(vote.person)]
        for message in await community.chat.history(channels, 1_000):
            button = _vote_button(message)
            if button and vote.title in plain(message.content):
                return message, button
        await changed.wait()


def _vote_button(message: ChatMessage) -> str | None:
    found = sorted(actions(message.content)) if message.author == BOT else []
    return next((action for action in found if action.startswith("vote:")), None)
