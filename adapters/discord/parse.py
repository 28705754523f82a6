"""What Discord delivers → an Event. Pure: whatever had to be looked up is in the Deed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from adapters.discord.community import Community, Place
from bot.events import (
    ButtonPressed,
    ChoicesAsked,
    CommandUsed,
    FormSubmitted,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionChanged,
    ReactionsRead,
    ReadMessage,
    ShortcutUsed,
)
from bot.messages import Action
from bot.people import Role
from bot.refs import AccountRef, ChannelRef, Emoji, MessageRef, ThreadRef

Json = Mapping[str, Any]
_SUBCOMMANDS = (1, 2)
_LABEL = 18
_PERMALINK = re.compile(
    r"https://(?:(?:ptb|canary)\.)?discord(?:app)?\.com/channels/\d+/(\d+)/(\d+)"
)


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, where and when; `key` is the interaction's id, `handle` its token."""

    community: Community
    key: str | None
    at: datetime
    user: str
    name: str
    place: Place
    roles: frozenset[Role] = frozenset()
    handle: str | None = None


class _Envelope(TypedDict):
    key: str | None
    at: datetime
    account: AccountRef
    name: str
    channel: ChannelRef
    private: bool
    roles: frozenset[Role]
    handle: str | None


def _envelope(deed: Deed) -> _Envelope:
    return {
        "key": deed.key,
        "at": deed.at,
        "account": deed.community.account(deed.user),
        "name": deed.name,
        "channel": deed.community.channel(deed.place),
        "private": deed.place.closed,
        "roles": deed.roles,
        "handle": deed.handle,
    }


def command(deed: Deed, data: Json) -> CommandUsed:
    """A slash command; its text is what stands in its options, in order."""
    text = " ".join(_typed(data.get("options") or ()))
    return CommandUsed(
        **_envelope(deed), command=str(data["name"]), text=text, linked=_linked(deed, text)
    )


def _typed(options: Sequence[Json]) -> Iterator[str]:
    for option in options:
        if option["type"] in _SUBCOMMANDS:
            yield str(option["name"])
            yield from _typed(option.get("options") or ())
        elif str(option["value"]).strip():
            yield str(option["value"]).strip()


def _linked(deed: Deed, text: str) -> MessageRef | None:
    """The first message that a link names."""
    found = _PERMALINK.search(text)
    return deed.community.message(*found.groups()) if found else None


def focused(data: Json) -> tuple[str, str]:
    """The option in which somebody types, and what."""
    options = list(data.get("options") or ())
    while options and options[0]["type"] in _SUBCOMMANDS:
        options = list(options[0].get("options") or ())
    here: Json = next((one for one in options if one.get("focused")), {})
    return str(here.get("name", "")), str(here.get("value", ""))


def choices(deed: Deed, data: Json) -> ChoicesAsked:
    """Typing in an option that completes ideas; named by its command."""
    _, typed = focused(data)
    return ChoicesAsked(**_envelope(deed), action=Action(str(data["name"])), typed=typed)


def press(deed: Deed, data: Json, message: str | None) -> ButtonPressed:
    """A button; of a private notice when there is no message."""
    return ButtonPressed(
        **_envelope(deed),
        action=Action.parse(str(data["custom_id"])),
        message=deed.community.message(deed.place.id, message) if message else None,
    )


def submit(deed: Deed, data: Json) -> FormSubmitted:
    """A form with what was typed, by field; each opening of it had a name of its own."""
    action, _, _ = str(data["custom_id"]).partition("#")
    return FormSubmitted(
        **_envelope(deed), action=Action.parse(action), values=dict(_filled(data["components"]))
    )


def _filled(components: Sequence[Json]) -> Iterator[tuple[str, str]]:
    for component in components:
        if component["type"] == _LABEL:
            field = component["component"]
            chosen = next(iter(field.get("values") or ()), "")
            yield str(field["custom_id"]), str(field.get("value") or chosen)


def shortcut(deed: Deed, name: str, message: ReadMessage) -> ShortcutUsed:
    """A choice in a message's menu."""
    return ShortcutUsed(**_envelope(deed), shortcut=name, message=message)


def reaction(deed: Deed, emoji: Emoji, message: int, *, added: bool) -> ReactionChanged:
    """A reaction given or taken back; which message, but not what it says."""
    at, place = deed.community, deed.place
    return ReactionChanged(
        **_envelope(deed),
        emoji=emoji,
        message=at.message(place.id, message),
        added=added,
        opening=_opens(at, place, str(message)),
    )


def reread(
    community: Community,
    at: datetime,
    place: Place,
    message: str,
    emoji: Emoji,
    people: Mapping[AccountRef, str],
) -> ReactionsRead:
    """Who has an emoji on a message now."""
    return ReactionsRead(
        key=None,
        at=at,
        channel=community.channel(place),
        message=community.message(place.id, message),
        emoji=emoji,
        people=people,
        opening=_opens(community, place, message),
    )


def _opens(community: Community, place: Place, message: str) -> bool:
    """A forum's post has the id of the message it begins with."""
    return message == place.id and community.is_forum(place.parent)


def posted(
    deed: Deed, message: int, text: str, *, to_bot: bool, title: str = "", below: int | None = None
) -> MessagePosted:
    """A message; in a thread, the thread's. `below` is the message under which it was spoken to."""
    at, place = deed.community, deed.place
    return MessagePosted(
        **_envelope(deed),
        message=at.message(place.id, message),
        thread=at.thread(place) if place.thread else None,
        text=text,
        to_bot=to_bot,
        permalink=at.permalink(place, message),
        title=title,
        below=ThreadRef(at.connection, place.parent, str(below)) if below else None,
        invited=place.private_thread,
    )


def edited(deed: Deed, message: int, text: str) -> MessageEdited:
    """An author changed a message."""
    ref = deed.community.message(deed.place.id, message)
    return MessageEdited(**_envelope(deed), message=ref, text=text)


def deleted(community: Community, at: datetime, channel: int, message: int) -> MessageDeleted:
    """A message is gone; Discord does not say who did it."""
    return MessageDeleted(key=None, at=at, message=community.message(channel, message))
