"""After a gap that Discord does not fill, what is there now: who reacted to open cards, and new
posts in listened forums. After an invalid session, as after a start, nothing is told a second time
(docs.discord.com/developers/events/gateway#resuming).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import discord
import structlog

from adapters.discord.calls import Json, Refused, SlowDown, Unreachable, call
from adapters.discord.community import Community, Place
from adapters.discord.emoji import emoji_of
from adapters.discord.parse import Deed, posted, reread
from adapters.discord.people import People
from adapters.discord.reading import Reading, is_a_persons, moment, name_of
from bot.board.submit import DONE
from bot.config import Config
from bot.ports import Clock, Sink
from bot.refs import AccountRef

LOOK_BACK = 100
"""Messages of a board, and posts of a forum, that are looked at again."""
_MESSAGES = "/channels/{channel_id}/messages"
_PAGE = 100

log = structlog.get_logger()


class CatchUp:
    """Looks again at one login's board and forums."""

    def __init__(
        self, community: Community, people: People, config: Config, sink: Sink, clock: Clock
    ) -> None:
        self._at = community
        self._people = people
        self._reading = Reading(community)
        self._voting = config.voting.emoji
        self._sink = sink
        self._clock = clock

    async def run(self, since: datetime | None) -> None:
        """`since`: when the gap began, as far as that is known. What cannot be read is left out."""
        for channel in self._channels():
            try:
                if isinstance(channel, discord.ForumChannel):
                    await self._forum(channel, since)
                else:
                    await self._cards(str(channel.id))
            except (Refused, SlowDown, Unreachable) as error:
                log.warning("not_caught_up", channel=str(channel.id), error=str(error))

    def _channels(self) -> Iterator[discord.abc.GuildChannel]:
        settings = self._at.settings
        named = (*([settings.board] if settings.board else []), *settings.listen)
        for name in dict.fromkeys(named):
            known = self._at.known(name)
            if known is not None and not isinstance(known, discord.Thread):
                yield known

    async def _forum(self, forum: discord.ForumChannel, since: datetime | None) -> None:
        """Its open posts, the latest. Which are new is known by our own mark on those that are not:
        what was there before the bot came is no news."""
        threads = sorted(forum.threads, key=lambda one: one.id, reverse=True)[:LOOK_BACK]
        read = [(thread, await self._read(str(thread.id))) for thread in threads]
        marked = [moment(thread.id) for thread, messages in read if _is_marked(thread, messages)]
        known = max(marked, default=None)
        begin = min((at for at in (known, since) if at), default=None)
        for thread, messages in reversed(read):
            opening = _opening(thread, messages)
            if opening is None:
                continue
            place = await self._at.place(thread.id)
            if begin and moment(thread.id) > begin and not _is_marked(thread, messages):
                await self._post(place, thread, opening)
            await self._reread(place, opening)
            for message in messages:
                if self._is_card(message):
                    await self._reread(place, message)

    async def _post(self, place: Place, thread: discord.Thread, opening: Json) -> None:
        if not is_a_persons(opening):
            return
        author = opening["author"]
        member = await self._at.member(thread.guild, author["id"])
        deed = Deed(
            community=self._at,
            key=None,
            at=moment(opening["id"]),
            user=str(author["id"]),
            name=name_of(opening),
            place=place,
            roles=await self._people.roles(member) if member else frozenset(),
        )
        text = self._reading.text(opening)
        await self._sink(posted(deed, thread.id, text, to_bot=True, title=thread.name))

    async def _cards(self, channel: str) -> None:
        place = await self._at.place(channel)
        for message in await self._read(channel, latest=True):
            if self._is_card(message):
                await self._reread(place, message)

    async def _reread(self, place: Place, message: Json) -> None:
        at, number = self._clock.now(), str(message["id"])
        people = await self._voters(place.id, message)
        await self._sink(reread(self._at, at, place, number, self._voting, people))

    async def _voters(self, channel: str, message: Json) -> dict[AccountRef, str]:
        """Everybody who gave the voting emoji, in any skin tone."""
        found: dict[AccountRef, str] = {}
        for given in message.get("reactions") or ():
            emoji = given["emoji"]
            if emoji_of(emoji) == self._voting:
                raw = f"{emoji['name']}:{emoji['id']}" if emoji.get("id") else emoji["name"]
                users = await self._who(channel, str(message["id"]), str(raw))
                found |= {
                    self._at.account(user["id"]): str(user.get("global_name") or user["username"])
                    for user in users
                    if not user.get("bot")
                }
        return found

    async def _who(self, channel: str, message: str, emoji: str) -> list[Json]:
        found: list[Json] = []
        while True:
            after = {"after": str(found[-1]["id"])} if found else {}
            page: list[Json] = await call(
                self._at.client,
                "GET",
                f"{_MESSAGES}/{{message_id}}/reactions/{{emoji}}",
                params={"limit": _PAGE, **after},
                channel_id=channel,
                message_id=message,
                emoji=emoji,
            )
            found += page
            if len(page) < _PAGE:
                return found

    async def _read(self, channel: str, *, latest: bool = False) -> list[Json]:
        """A channel's latest messages, or a post's first ones, where its card stands."""
        first: dict[str, Any] = {} if latest else {"after": "0"}
        page: list[Json] = await call(
            self._at.client,
            "GET",
            _MESSAGES,
            params={"limit": LOOK_BACK if latest else 10} | first,
            channel_id=channel,
        )
        return page

    def _is_card(self, message: Json) -> bool:
        """Ours, with a button to vote: one that is open."""
        buttons = (one for row in message.get("components") or () for one in row["components"])
        votes = any(str(one.get("custom_id", "")).startswith("vote:") for one in buttons)
        return votes and str(message["author"]["id"]) == self._at.bot


def _opening(thread: discord.Thread, messages: list[Json]) -> Json | None:
    return next((one for one in messages if int(one["id"]) == thread.id), None)


def _is_marked(thread: discord.Thread, messages: list[Json]) -> bool:
    """Whether our ✅ is on what it began with."""
    opening = _opening(thread, messages)
    given = (opening or {}).get("reactions") or ()
    return any(one["me"] and emoji_of(one["emoji"]) == DONE for one in given)
