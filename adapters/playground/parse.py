"""What somebody did, with the rows it concerns → an Event. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from adapters.playground.render import REALM, plain
from adapters.playground.rows import BOT_NAME, Channel, ChatMessage, Person, Reaction
from adapters.playground.rules import Refused
from bot.events import (
    ButtonPressed,
    ChoicesAsked,
    CommandUsed,
    Envelope,
    FormSubmitted,
    MessagePosted,
    ReactionChanged,
    ReadMessage,
    ShortcutUsed,
)
from bot.messages import Action
from bot.people import Role
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef, emoji


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, where and when; `key` names this one delivery of it, `handle` is how they
    can be answered later."""

    connection: str
    key: str | None
    at: datetime
    person: Person
    roles: frozenset[Role]
    channel: Channel
    handle: str | None = None


def _envelope(deed: Deed) -> Envelope:
    channel = deed.channel
    return {
        "key": deed.key,
        "at": deed.at,
        "account": AccountRef(REALM, deed.person.id),
        "name": deed.person.name,
        "channel": ChannelRef(deed.connection, channel.id),
        "private": channel.private,
        "roles": deed.roles,
        "handle": deed.handle,
    }


def command(deed: Deed, typed: str) -> CommandUsed:
    """`/suggest dark mode`; Refused for what has no name after the slash."""
    name, _, text = typed.strip().removeprefix("/").partition(" ")
    if not typed.strip().startswith("/") or not name:
        raise Refused("A command starts with a slash and a name, such as /suggest.")
    linked = _linked(deed.connection, text)
    return CommandUsed(**_envelope(deed), command=name.lower(), text=text.strip(), linked=linked)


_PERMALINK = re.compile(r"(?:^|\s|https?://[^\s/]+)/#([^\s/]+)/(\d{1,12})(?!\S)", re.ASCII)


def _linked(connection: str, text: str) -> MessageRef | None:
    """The first message that a permalink names, with or without the page's address in front."""
    found = _PERMALINK.search(text)
    channel = unquote(found[1]) if found else ""
    return MessageRef(connection, channel, f"{int(found[2]):06}") if found and channel else None


def press(deed: Deed, action: str, message: ChatMessage | None) -> ButtonPressed:
    """A button of a message, or of a private notice when there is no message."""
    ref = message_ref(deed.connection, message) if message else None
    return ButtonPressed(**_envelope(deed), action=Action.parse(action), message=ref)


def submit(deed: Deed, action: Action, values: Mapping[str, str]) -> FormSubmitted:
    """A form with what was typed."""
    return FormSubmitted(**_envelope(deed), action=action, values=dict(values))


def shortcut(deed: Deed, name: str, message: ReadMessage) -> ShortcutUsed:
    """A choice in a message's menu."""
    return ShortcutUsed(**_envelope(deed), shortcut=name, message=message)


def choices(deed: Deed, action: Action, typed: str) -> ChoicesAsked:
    """Typing in a field that completes."""
    return ChoicesAsked(**_envelope(deed), action=action, typed=typed)


def reaction(deed: Deed, given: Reaction, message: ChatMessage) -> ReactionChanged:
    """A reaction: like Discord's it has no delivery id, and like both it carries no text."""
    return ReactionChanged(
        **_envelope(replace(deed, key=None)),
        emoji=emoji(given.emoji),
        message=message_ref(deed.connection, message),
        added=given.added,
    )


_MENTION = re.compile(rf"\s*@{re.escape(BOT_NAME)}\b[\s,:]*", re.IGNORECASE)


def posted(deed: Deed, message: ChatMessage, *, under_bot: bool) -> MessagePosted:
    """A message; `under_bot`: it replies in a thread that the bot began."""
    text = plain(message.content)
    mentioned = f"@{BOT_NAME}".lower() in text.lower()
    return MessagePosted(
        **_envelope(deed),
        message=message_ref(deed.connection, message),
        thread=thread_ref(deed.connection, message) if message.root else None,
        text=_without_mention(text),
        to_bot=under_bot or mentioned or deed.channel.direct_to is not None,
        permalink=message.permalink,
    )


def _without_mention(text: str) -> str:
    """Text that may begin with the bot's name, without it."""
    begins = _MENTION.match(text)
    return text[begins.end() :] if begins else text


def read(connection: str, message: ChatMessage, channel: Channel, author_name: str) -> ReadMessage:
    """A message as it is now."""
    return ReadMessage(
        ref=message_ref(connection, message),
        thread=thread_ref(connection, message),
        author=AccountRef(REALM, message.author),
        author_name=author_name,
        text=_without_mention(plain(message.content)),
        permalink=message.permalink,
        posted_at=message.at,
        private=channel.private,
    )


def message_ref(connection: str, message: ChatMessage) -> MessageRef:
    """A message's identity."""
    return MessageRef(connection, message.channel, message.id)


def thread_ref(connection: str, message: ChatMessage) -> ThreadRef:
    """The thread a message is in, or would begin."""
    return ThreadRef(connection, message.channel, message.root or message.id)
