"""What people did to messages while we were not told: moderators' reactions, edits and deletions.

Reactions have no time, and nothing says what was deleted: what is there now is told again, which
changes nothing where it was known.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from adapters.discord.calls import Refused, call
from adapters.discord.community import Community, Place
from adapters.discord.emoji import emoji_of
from adapters.discord.parse import Deed, deleted, edited, reaction
from adapters.discord.people import People
from adapters.discord.reacted import who_reacted
from adapters.discord.reading import Reading, is_a_persons
from bot.board.submit import DONE
from bot.config import Config
from bot.events import SourcesAsked
from bot.ports import Clock, Sink
from bot.refs import Emoji, MessageRef
from bot.results import Sources

Json = Mapping[str, Any]
_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_NO_CHANNEL, _GONE = 10003, 10008
_MOST = 100
"""People who gave a moderators' emoji, that are looked up: each is a call."""


def is_done(message: Json) -> bool:
    """Whether our ✅ is on it: the bot was there, and something came of it."""
    given = message.get("reactions") or ()
    return any(one["me"] and emoji_of(one["emoji"]) == DONE for one in given)


class Missed:
    """Tells again what is there now, of one login."""

    def __init__(
        self, community: Community, people: People, config: Config, sink: Sink, clock: Clock
    ) -> None:
        self._at = community
        self._people = people
        self._reading = Reading(community)
        self._capture, self._escalate = config.capture.emoji, config.escalation.emoji
        self._sink = sink
        self._clock = clock

    async def marks(self, place: Place, message: Json) -> None:
        """Moderators' reactions on a message or card; whether somebody is one is not asked here."""
        if not is_done(message):
            await self._marks(place, message, self._capture)
        await self._marks(place, message, self._escalate)

    async def edit(self, place: Place, message: Json, since: datetime | None) -> None:
        """Its author's latest words, if they were changed `since`. Without the message content
        intent there are none to see."""
        changed = message.get("edited_timestamp")
        if not (changed and message.get("content") and is_a_persons(message)):
            return
        at = datetime.fromisoformat(str(changed))
        if since is None or at >= since:
            deed = self._deed(place, str(message["author"]["id"]), at)
            await self._sink(edited(deed, int(message["id"]), self._reading.text(message)))

    async def sources(self, seen: set[str], since: datetime | None) -> None:
        """The messages that ideas follow, but for those just `seen`: edited, or gone."""
        now = self._clock.now()
        asked = SourcesAsked(key=None, at=now, connection=self._at.connection)
        answer = await self._sink(asked)
        for ref in answer.messages if isinstance(answer, Sources) else ():
            if ref.message not in seen:
                await self._source(ref, since)

    async def _source(self, ref: MessageRef, since: datetime | None) -> None:
        try:
            message: Json = await call(
                self._at.client,
                "GET",
                _MESSAGE,
                channel_id=ref.container,
                message_id=ref.message,
            )
        except Refused as refused:
            if self._is_gone(ref, refused.code):  # anything else may be mended
                now = self._clock.now()
                await self._sink(deleted(self._at, now, int(ref.container), int(ref.message)))
            return
        await self.edit(await self._at.place(ref.container), message, since)

    def _is_gone(self, ref: MessageRef, code: int) -> bool:
        """With a post that is deleted goes what it began with; with its whole forum no ideas go."""
        opens_post = ref.container == ref.message
        forums_are_there = all(map(self._at.known, self._at.settings.listen))
        return code == _GONE or (code == _NO_CHANNEL and opens_post and forums_are_there)

    async def _marks(self, place: Place, message: Json, emoji: Emoji) -> None:
        """What is heard while it is looked up is newer."""
        at, guild = self._clock.now(), self._at.client.get_guild(int(place.guild or 0))
        for user in (await who_reacted(self._at, message, emoji))[:_MOST]:
            member = await self._people.member(guild, user["id"]) if guild else None
            if member is not None:
                deed = self._deed(place, str(user["id"]), at)
                roles = await self._people.roles(member)
                deed = replace(deed, name=member.display_name, roles=roles)
                await self._sink(reaction(deed, emoji, int(message["id"]), added=True))

    def _deed(self, place: Place, user: str, at: datetime) -> Deed:
        return Deed(community=self._at, key=None, at=at, user=user, name="", place=place)
