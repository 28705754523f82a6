"""Lines → Discord's Markdown. Pure.

Every part is written so that it ends by itself: no text of people opens or closes markup.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from adapters.discord.limits import LIMITS
from adapters.discord.text import BREAK, bold, code, escape
from adapters.fitting import Room, Writing
from bot.messages import Bold, ChannelName, Code, Inline, Line, Link, Mention
from bot.reading.clean import harmless, one_line
from bot.refs import AccountRef, ChannelRef

REALM = "discord"

_ID = re.compile("[0-9]{1,20}")
_ADDRESS = re.compile(r"https?://[^\s/?#<>|]+([/?#]\S*)?")
_INVITE = re.compile(r"discord(app)?\.", re.IGNORECASE)
_ENCODED = {sign: f"%{ord(sign):02X}" for sign in "<>()[]|\\`*"}


def user_id(account: AccountRef) -> str | None:
    """What Discord calls the account, if it is one of Discord's."""
    return account.user if account.realm == REALM and _ID.fullmatch(account.user) else None


def channel_id(channel: ChannelRef) -> str | None:
    """What Discord calls the channel, if it is one of Discord's."""
    return channel.channel if _ID.fullmatch(channel.channel) else None


def address(url: str) -> str | None:
    """A URL that may be a link: on the web, not too long, and with nothing that ends a link early;
    None for any other. Invites are none: Discord makes a card with a button of each."""
    fits = len(url) <= LIMITS.url and _ADDRESS.fullmatch(url) and harmless(url) == url
    if not fits or (_INVITE.search(url) and not _is_message(url)):
        return None
    return "".join(_ENCODED.get(sign, sign) for sign in url)


def _is_message(url: str) -> bool:
    """A permalink of Discord's: it leads to a message or a channel."""
    return re.fullmatch(r"https://discord\.com/channels/[0-9@me/]+", url) is not None


@dataclass(slots=True)
class Markdown:
    """A text being written; a new line for each line. `users` are those whom it mentions."""

    text: str = ""
    users: list[str] = field(default_factory=list)

    def add(self, lines: Sequence[Line], room: Room, limit: int) -> None:
        """As much of the lines as `limit` and the room allow."""
        part = room.part(limit)
        for number, line in enumerate(lines):
            if part.full:
                break
            begun = bool(number or self.text)
            if begun and not part.spend(1):
                self.text += "\n" + part.end()
                break
            self.text += "\n" * begun
            for inline in line:
                self._inline(inline, part)
        room.close(part, limit)

    def _inline(self, part: Inline, room: Room) -> None:
        match part:
            case str():
                self._write(part, room, escape)
            case Bold(text=text):
                self._write(text, room, bold)
            case Code(text=text):
                self._write(text, room, code)
            case Link():
                self._link(part, room)
            case Mention(account=account, name=name):
                user = user_id(account)
                if user and room.spend(len(user) + 3):
                    self.users.append(user)
                    self.text += f"<@{user}>"
                else:
                    self._write(harmless(name).strip() or account.user, room, escape)
            case ChannelName(channel=channel):
                known = channel_id(channel)
                if known and room.spend(len(known) + 3):
                    self.text += f"<#{known}>"
                else:
                    self._write(f"#{channel.channel}", room, escape)

    def _link(self, link: Link, room: Room) -> None:
        """A link; one that leads nowhere or has no room becomes text that shows where it leads.
        Discord draws none whose label looks like an address, and no preview of one in `<>`."""
        url, label = address(link.url), one_line(link.label)
        if url is None:
            self._write(f"{label} ({link.url})", room, escape)
        elif "://" in label or not label:
            self._bare(label.replace(link.url, ""), url, room)
        elif room.spend(len(url) + 6):
            shown = room.fit(label, write=escape)
            self.text += f"[{shown}](<{url}>)" if shown else ""
        else:
            self._write(f"{label} ({link.url})", room, escape)

    def _bare(self, label: str, url: str, room: Room) -> None:
        """The address itself, after what else the label says."""
        self._write(f"{label} " if label else "", room, escape)
        if room.spend(len(url) + 2):
            self.text += f"<{url}>"
        else:
            self._write(url, room, escape)

    def _write(self, text: str, room: Room, write: Writing) -> None:
        """A text; markup that touches markup is kept apart, or they would be read as one."""
        shown = harmless(text)
        touching = self.text[-1:] in ("*", "`") and write(shown)[:1] == self.text[-1:]
        if touching and not room.spend(len(BREAK)):
            shown = ""
        self.text += BREAK * bool(touching and shown) + room.fit(shown, write=write)
