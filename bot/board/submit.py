"""An idea comes in: from a form, from a draft nobody answered, or from a message."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.board.escalate import enter_inbox
from bot.board.review import is_reviewed, offer
from bot.board.titles import ask_for_title
from bot.config import Config
from bot.errors import NotNow
from bot.events import ReadMessage
from bot.ideas import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    Audience,
    Idea,
    IdeaStatus,
    NewIdea,
    Origin,
    Wording,
)
from bot.people import Role, Viewer
from bot.ports import Turn
from bot.reading.clean import clean, letters, one_line, shorten, title_of
from bot.reading.similar import OFFERED, OFFERED_SCORE, Match, is_telling
from bot.refs import AccountRef, ChannelRef, ThreadRef, emoji
from bot.results import Direct, Outgoing, Post, React, Subject
from bot.store import Store

DONE = emoji("✅")
_LIMITS = {"title": TITLE_LIMIT, "body": TEXT_LIMIT, "job": TEXT_LIMIT, "obstacle": TEXT_LIMIT}


def wording_of(values: Mapping[str, str]) -> Wording:
    """What was typed, cleaned."""
    text = {name: clean(values.get(name, "")) for name in ("body", "job", "obstacle")}
    return Wording(one_line(values.get("title", "")), area=one_line(values.get("area", "")), **text)


def problems(wording: Wording) -> tuple[tuple[str, str], ...]:
    """What must be mended before it can be an idea, as (field, kind) pairs."""
    found = [
        (name, "too_long") for name, limit in _LIMITS.items() if len(getattr(wording, name)) > limit
    ]
    if letters(wording.title) < 2:
        found.append(("title", "too_short"))
    return tuple(found)


async def look_alikes(turn: Turn, wording: Wording, but: int = 0) -> list[Match]:
    """Up to three ideas that say the same and that the viewer may see, without number `but`; better
    none than three wrong ones."""
    return await alike(turn.store, turn.viewer, wording, but)


async def alike(store: Store, viewer: Viewer, wording: Wording, but: int) -> list[Match]:
    """The same for any viewer."""
    if not is_telling(wording):
        return []
    found = await store.search(wording, viewer, OFFERED + 1, OFFERED_SCORE)
    return [match for match in found if match.idea.number != but][:OFFERED]


async def check_standing(turn: Turn) -> None:
    """NotNow when the viewer is blocked, or has suggested enough for a day; a moderator, who
    captures for others, never has."""
    blocked, asked = await turn.store.standing(turn.who.member, turn.now - timedelta(days=1))
    if blocked:
        raise NotNow("blocked")
    if asked >= turn.config.capture.daily_limit and not turn.viewer.has(Role.MODERATOR):
        raise NotNow("daily_limit", turn.config.capture.daily_limit)


async def add(
    turn: Turn,
    new: NewIdea,
    author: AccountRef,
    channel: ChannelRef,
    home: ThreadRef | None = None,
    *,
    reviewed: bool = False,
) -> tuple[Idea, tuple[Outgoing, ...]]:
    """Store an idea that came in through `channel`, and what others will see of it: its card stands
    on the board, or in its `home`, unless moderators look first; `reviewed`: one has."""
    board = channel if home else board_of(turn.config, channel)
    held = not reviewed and is_reviewed(turn, new.audience, channel, board)
    idea = await turn.store.add_idea(replace(new, held=held), turn.now)
    await turn.store.audit("suggested", idea.number, new.captured_by or new.author, turn.now)
    outgoing: tuple[Outgoing, ...] = ()
    if held:
        outgoing += await offer(turn, idea, board, home)
    elif board and idea.audience is not Audience.INBOX:
        outgoing += (Post(board, Subject("idea_card", idea.number), thread=home),)
    if new.origin:
        outgoing += (React(new.origin.message, channel, DONE), *_told(idea, author))
    if idea.audience is Audience.INBOX:
        outgoing += await enter_inbox(turn, idea, by=None)
    return idea, outgoing


def _told(idea: Idea, author: AccountRef) -> tuple[Outgoing, ...]:
    """What the author of a message hears of its idea: that somebody else made it one, or that it
    waits. ✅ says all the rest."""
    captured, held = idea.captured_by != idea.author, idea.status is IdeaStatus.HELD
    if idea.origin is None or not (captured or held):
        return ()
    told = Subject("captured" if captured else "held", idea.number)
    return (Direct(author, idea.connection, told, fallback=idea.origin.thread),)


async def add_message(
    turn: Turn,
    message: ReadMessage,
    captured_by: int,
    wording: Wording | None = None,
    home: ThreadRef | None = None,
    *,
    reviewed: bool = False,
) -> tuple[Idea, tuple[Outgoing, ...]] | None:
    """Make a message an idea of its author's, in their words or as the capturing member (a row)
    put it; None when it says too little or its author is blocked."""
    if letters(message.text) < 2 and wording is None:
        return None
    author = await turn.store.account(
        message.author, message.author_name, message.ref.connection, turn.now
    )
    blocked, _ = await turn.store.standing(author.member, turn.now)
    if blocked:
        return None
    channel = channel_of(message.thread)
    said = captured_wording(message.text)
    told = wording or said
    audience = audience_of(turn.config, channel, private=message.private)
    new = NewIdea(
        told,
        author.member,
        channel.connection,
        Audience.INBOX if message.invited else audience,
        Origin(message.ref, message.thread, message.permalink),
        captured_by,
        verbatim=(told.title, told.body) == (said.title, said.body),
    )
    idea, outgoing = await add(turn, new, author.ref, channel, home, reviewed=reviewed)
    asks = () if home else ask_for_title(turn.config, idea)
    return idea, (*outgoing, *asks)


def captured_wording(text: str) -> Wording:
    """A message as an idea: its first sentence is the title, which is not said twice."""
    title = title_of(text, TITLE_LIMIT)
    body = shorten(clean(text), TEXT_LIMIT)
    return Wording(title, "" if body.rstrip(".。 ") == title else body)


def audience_of(config: Config, channel: ChannelRef, *, private: bool) -> Audience:
    """Who may see what comes from a channel; a private one needs an opt-in of its own."""
    connection = config.connections[channel.connection]
    settings = connection.channels.get(channel.channel)
    if settings and settings.audience:
        return settings.audience
    return Audience.INBOX if private else connection.audience


def form_audience(config: Config, channel: ChannelRef, *, private: bool) -> Audience:
    """Who may see what is suggested by form: as its channel says by name, else as the board it
    goes to."""
    named = config.connections[channel.connection].channels.get(channel.channel)
    board = board_of(config, channel)
    if board is None or board == channel or (named and named.audience):
        return audience_of(config, channel, private=private)
    return audience_of(config, board, private=False)


def board_of(config: Config, channel: ChannelRef) -> ChannelRef | None:
    """Where the cards go of ideas from a channel: the board, else the channel if listened."""
    board = config.connections[channel.connection].board
    if board:
        return ChannelRef(channel.connection, board)
    return channel if is_listened(config, channel) else None


def is_listened(config: Config, channel: ChannelRef) -> bool:
    """Whether messages of this channel may become ideas."""
    return channel.channel in config.connections[channel.connection].listen


def listened_of(config: Config, connection: str) -> tuple[ChannelRef, ...]:
    """The channels of a connection whose messages may become ideas."""
    return tuple(ChannelRef(connection, name) for name in config.connections[connection].listen)


def channel_of(thread: ThreadRef) -> ChannelRef:
    """The channel a thread hangs in."""
    return ChannelRef(thread.connection, thread.channel)
