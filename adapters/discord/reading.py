"""Reading messages and threads: only when asked for, and only people's words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from discord.utils import snowflake_time

from adapters.discord.calls import Refused, call
from adapters.discord.community import Community, Place
from adapters.discord.text import read_text, without_mention
from bot.events import ReadMessage
from bot.refs import MessageRef, ThreadRef

Json = Mapping[str, Any]
_PEOPLES = (0, 19)
"""Types of what people write: a message, and a reply
(docs.discord.com/developers/resources/message#message-object-message-types)."""
PAGE = 100
"""Messages that Discord shows at once."""
_GONE = (403, 404)


def is_a_persons(message: Json) -> bool:
    """Whether somebody wrote it: no bot, no webhook, not Discord itself."""
    by_bot = message["author"].get("bot") or message.get("webhook_id")
    return not by_bot and message["type"] in _PEOPLES


def name_of(message: Json) -> str:
    """What people call its author there."""
    member, author = message.get("member") or {}, message["author"]
    return str(member.get("nick") or author.get("global_name") or author["username"])


def moment(snowflake: str | int) -> datetime:
    """When something was made, by its id."""
    return snowflake_time(int(snowflake))


async def page(community: Community, channel: str, after: str) -> list[Json]:
    """Up to `PAGE` messages of a channel or thread after one of them, oldest first."""
    found: list[Json] = await call(
        community.client,
        "GET",
        "/channels/{channel_id}/messages",
        params={"limit": PAGE, "after": after},
        channel_id=channel,
    )
    return sorted(found, key=lambda one: int(one["id"]))


class Reading:
    """Messages as they are now."""

    def __init__(self, community: Community) -> None:
        self._at = community

    async def message(self, ref: MessageRef) -> ReadMessage | None:
        """A person's message, or None when it is gone or not to be read."""
        found = await self.raw(ref.container, ref.message)
        if found is None or not is_a_persons(found):
            return None
        place = await self._at.place(ref.container)
        return self.read(place, found) if self._counts(place) else None

    async def thread(self, thread: ThreadRef) -> tuple[ReadMessage, ...] | None:
        """People's messages, the opening first; None when there is no such thread. Who may see it
        is for `People` to say."""
        place = await self._at.place(thread.root)
        if not place.thread or not self._counts(place):
            return None
        found = [*await self._opening(place), *await self._all(place.id)]
        return tuple(self.read(place, one) for one in found if is_a_persons(one))

    def read(self, place: Place, message: Json) -> ReadMessage:
        """A message of Discord's as ours; without words when it is nobody's."""
        at, number = self._at, str(message["id"])
        own = Place(str(message["channel_id"]), place.parent, place.guild, place.closed, False)
        readable = is_a_persons(message)
        thread = ThreadRef(at.connection, place.parent, place.id if place.thread else number)
        return ReadMessage(
            ref=at.message(own.id, number),
            thread=thread,
            author=at.account(message["author"]["id"]),
            author_name=name_of(message) if readable else "",
            text=self.text(message) if readable else "",
            permalink=at.permalink(own, number),
            posted_at=moment(number),
            private=place.closed,
            invited=place.private_thread,
        )

    def text(self, message: Json) -> str:
        """What it says, with people's names instead of their ids."""
        names = {
            str(one["id"]): str(one.get("global_name") or one["username"])
            for one in message.get("mentions") or ()
        }
        return read_text(without_mention(str(message["content"]), self._at.bot), names)

    def _counts(self, place: Place) -> bool:
        return self._at.is_ours(int(place.guild) if place.guild else None)

    async def _opening(self, place: Place) -> list[Json]:
        """What a thread began with stands in the channel above, unless it is a forum's post."""
        if self._at.is_forum(place.parent):
            return []
        found = await self.raw(place.parent, place.id)
        return [found] if found else []

    async def raw(self, channel: str, message: str) -> Json | None:
        """A message as Discord shows it, or None when it is gone or not to be read."""
        path = "/channels/{channel_id}/messages/{message_id}"
        try:
            found: Json = await call(
                self._at.client, "GET", path, channel_id=channel, message_id=message
            )
        except Refused as refused:
            if refused.status in _GONE:
                return None
            raise
        return found

    async def _all(self, channel: str) -> list[Json]:
        """Everything in a thread, oldest first."""
        found: list[Json] = []
        after = "0"
        while True:
            more = await page(self._at, channel, after)
            found += more
            if len(more) < PAGE:
                return found
            after = str(found[-1]["id"])
