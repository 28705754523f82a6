"""Lines → a `rich_text` block. Pure.

Why not mrkdwn: a `text` piece is literal. `*stars*`, `:codes:` and `<!channel>` that people type
are shown and copied as typed, nothing needs escaping, and nothing but a `user` piece pings
(docs.slack.dev/reference/block-kit/blocks/rich-text-block).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.fitting import Room
from adapters.slack.limits import LIMITS
from bot.messages import Bold, ChannelName, Code, Inline, Line, Link, Mention
from bot.reading.clean import harmless
from bot.refs import AccountRef, ChannelRef

Json = dict[str, Any]

_ACCOUNT = re.compile("[UW][A-Z0-9]+")
_CHANNEL = re.compile("[CGD][A-Z0-9]+")
_ADDRESS = re.compile(r"https?://[^\s/?#<>|]+([/?#]\S*)?")
_ENCODED = {"|": "%7C", "<": "%3C", ">": "%3E"}


def account_id(account: AccountRef, realm: str) -> str | None:
    """What Slack calls the account, if it is one of this realm."""
    ours = account.realm == realm and _ACCOUNT.fullmatch(account.user)
    return account.user if ours else None


def channel_id(channel: ChannelRef) -> str | None:
    """What Slack calls the channel, if it is one of Slack's."""
    return channel.channel if _CHANNEL.fullmatch(channel.channel) else None


def address(url: str) -> str | None:
    """A URL that may be a link: on the web, not too long, and with nothing that ends a link early;
    None for any other."""
    fits = len(url) <= LIMITS.url and _ADDRESS.fullmatch(url) and harmless(url) == url
    return re.sub("[|<>]", lambda sign: _ENCODED[sign[0]], url) if fits else None


@dataclass(slots=True)
class RichText:
    """A block being written for the people of a realm; a new line for each line."""

    realm: str
    pieces: list[Json] = field(default_factory=list)

    def add(self, lines: Sequence[Line], room: Room, limit: int) -> None:
        """As much of the lines as `limit` and the room allow."""
        part = room.part(limit)
        for line in lines:
            if part.full:
                break
            if self.pieces and not part.spend(1):
                self._text("\n" + part.end())
                break
            self._text("\n" if self.pieces else "")
            for inline in line:
                self._inline(inline, part)
        room.close(part, limit)

    def block(self) -> Json | None:
        """The block, or None when it would show nothing: Slack refuses one without text."""
        if not any(piece.get("text", "x").strip() for piece in self.pieces):
            return None
        section = {"type": "rich_text_section", "elements": self.pieces}
        return {"type": "rich_text", "elements": [section]}

    def _inline(self, part: Inline, room: Room) -> None:
        match part:
            case str():
                self._text(room.fit(harmless(part)))
            case Bold(text=text):
                self._text(room.fit(harmless(text)), "bold")
            case Code(text=text):
                self._text(room.fit(harmless(text)), "code")
            case Link():
                self._link(part, room)
            case Mention(account=account, name=name):
                user = account_id(account, self.realm)
                if user and room.spend(len(user)):
                    self.pieces.append({"type": "user", "user_id": user})
                else:
                    self._text(room.fit(harmless(name).strip() or account.user))
            case ChannelName(channel=channel):
                known = channel_id(channel)
                if known and room.spend(len(known)):
                    self.pieces.append({"type": "channel", "channel_id": known})
                else:
                    self._text(room.fit(f"#{channel.channel}"))

    def _link(self, link: Link, room: Room) -> None:
        """A link; one that leads nowhere or has no room becomes text that shows where it leads."""
        url, label = address(link.url), harmless(link.label).strip()
        if url is None or not room.spend(len(url)):
            self._text(room.fit(f"{label} ({harmless(link.url)})"))
        elif text := room.fit(label or url):
            self.pieces.append({"type": "link", "url": url, "text": text})

    def _text(self, text: str, style: str | None = None) -> None:
        """A piece; bare text joins bare text before it."""
        last = self.pieces[-1] if self.pieces else {}
        if not text:
            return
        if style is None and last.keys() == {"type", "text"}:
            last["text"] += text
        else:
            piece = {"type": "text", "text": text}
            self.pieces.append(piece | ({"style": {style: True}} if style else {}))
