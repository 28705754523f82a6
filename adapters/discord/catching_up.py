"""After a gap that Discord does not fill, what is there now: who reacted to open cards, new posts
in listened forums, and what was done to messages. After an invalid session, as after a start,
nothing is told a second time (docs.discord.com/developers/events/gateway#resuming).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import discord
import structlog

from adapters.discord.again import AGAIN_SECONDS
from adapters.discord.calls import Refused, SlowDown, Unreachable, call
from adapters.discord.community import Community, Place
from adapters.discord.limits import Json
from adapters.discord.missed import Missed, is_done
from adapters.discord.parse import Deed, posted, reread
from adapters.discord.people import People
from adapters.discord.reacted import who_reacted
from adapters.discord.reading import Reading, is_a_persons, moment, name_of
from bot.config import Config
from bot.errors import Forgotten
from bot.ports import Clock, Sink

Look = Callable[[], Awaitable[None]]
LOOK_BACK = 100
"""Messages of a channel, and posts of a forum, that are looked at again."""
_MESSAGES = "/channels/{channel_id}/messages"

log = structlog.get_logger()


class CatchUp:
    """Looks again at one login's board, and at what it listens to."""

    def __init__(
        self,
        community: Community,
        people: People,
        config: Config,
        sink: Sink,
        clock: Clock,
        pauses: Sequence[float] = AGAIN_SECONDS,
    ) -> None:
        """`pauses` in seconds, after which what could not be looked up is tried again."""
        self._at = community
        self._people = people
        self._reading = Reading(community)
        self._missed = Missed(community, people, config, sink, clock)
        self._voting = config.voting.emoji
        self._sink = sink
        self._clock = clock
        self._pauses = pauses

    async def run(self, since: datetime | None) -> None:
        """`since`: when the gap began, if that is known. What may not be read is left out."""
        looks = [*self._looks(since)]
        for pause in self._pauses:
            looks = [look for look in looks if not await self._is_done(*look)]
            if not looks:
                return
            await asyncio.sleep(pause)
        for look in looks:
            await self._is_done(*look)

    def _looks(self, since: datetime | None) -> Iterator[tuple[str, Look]]:
        seen: set[str] = set()
        for channel in self._channels():
            where = str(channel.id)
            if isinstance(channel, discord.ForumChannel):
                yield where, partial(self._forum, channel, since, seen)
            else:
                yield where, partial(self._channel, where, since, seen)
        yield "", partial(self._missed.sources, seen, since)

    async def _is_done(self, channel: str, look: Look) -> bool:
        """What fails ends no connection: it would not be taken in after a new login either, which
        is one less."""
        try:
            await look()
        except (Refused, Forgotten) as error:
            log.warning("not_caught_up", channel=channel, error=str(error))
        except (SlowDown, Unreachable) as error:
            log.warning("not_caught_up", channel=channel, error=str(error))
            return False
        except Exception:
            log.exception("not_caught_up", channel=channel)
            return False
        return True

    def _channels(self) -> Iterator[discord.abc.GuildChannel]:
        settings = self._at.settings
        named = (*([settings.board] if settings.board else []), *settings.listen)
        for name in dict.fromkeys(named):
            known = self._at.known(name)
            if known is not None and not isinstance(known, discord.Thread):
                yield known

    async def _forum(
        self, forum: discord.ForumChannel, since: datetime | None, seen: set[str]
    ) -> None:
        """Its open posts, the latest. Which are new is known by our own mark on those that are not:
        what was there before the bot came is no news."""
        at = self._clock.now()
        threads = sorted(forum.threads, key=lambda one: one.id, reverse=True)[:LOOK_BACK]
        read = [(thread, await self._begun(thread)) for thread in threads]
        seen |= {str(one["id"]) for _, messages in read for one in messages}
        marked = [moment(thread.id) for thread, messages in read if _is_marked(thread, messages)]
        known = max(marked, default=None)
        begin = min((at for at in (known, since) if at), default=None)
        for thread, messages in reversed(read):
            opening = _opening(thread, messages)
            if opening is None:
                continue
            place = await self._at.place(thread.id)
            known_one = is_done(opening)
            is_new = bool(begin and moment(thread.id) > begin) and not known_one
            if is_new:
                await self._post(place, thread, opening)
            if is_new or known_one:
                await self._missed.edit(place, opening, since)
                await self._missed.marks(place, opening)
            await self._reread(place, opening, at)
            await self._cards(place, messages, at)

    async def _post(self, place: Place, thread: discord.Thread, opening: Json) -> None:
        if not is_a_persons(opening):
            return
        author = opening["author"]
        member = await self._people.member(thread.guild, author["id"])
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

    async def _channel(self, channel: str, since: datetime | None, seen: set[str]) -> None:
        """Its latest messages, from the first that bears our mark: what was there before the bot
        came is no news."""
        at, place = self._clock.now(), await self._at.place(channel)
        messages = await self._read(channel, latest=True)
        seen |= {str(one["id"]) for one in messages}
        await self._cards(place, messages, at)
        marked = [moment(one["id"]) for one in messages if is_done(one)]
        begin = min([*marked, *([since] if since else [])], default=None)
        for message in reversed(messages):
            if begin and moment(message["id"]) >= begin and is_a_persons(message):
                await self._missed.edit(place, message, since)
                await self._missed.marks(place, message)

    async def _cards(self, place: Place, messages: Sequence[Json], at: datetime) -> None:
        for message in messages:
            if self._is_card(message):
                await self._reread(place, message, at)
                await self._missed.marks(place, message)

    async def _reread(self, place: Place, message: Json, at: datetime) -> None:
        """Who reacts to a message since it was read, `at`, is heard of, and is not unsaid here."""
        number = str(message["id"])
        people = {
            self._at.account(user["id"]): str(user.get("global_name") or user["username"])
            for user in await who_reacted(self._at, message, self._voting)
        }
        await self._sink(reread(self._at, at, place, number, self._voting, people))

    async def _begun(self, thread: discord.Thread) -> list[Json]:
        """A post's first messages; none of one that is gone meanwhile, which stops no other."""
        try:
            return await self._read(str(thread.id))
        except Refused as refused:
            log.warning("not_caught_up", channel=str(thread.id), error=str(refused))
            return []

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
    """Whether what it began with bears our mark."""
    return is_done(_opening(thread, messages) or {})
