"""A forum's posts: their tags show what became of the idea, and a settled one may be closed."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
import structlog

from adapters.discord.community import Community
from adapters.discord.limits import Json
from bot.errors import PermanentDeliveryError
from bot.ideas import IdeaStatus
from bot.messages import Mark

Call = Callable[..., Awaitable[Any]]
MOST_TAGS = 5
"""Tags of one post (docs.discord.com/developers/resources/channel)."""
_CHANNEL = "/channels/{channel_id}"
_STATUSES = frozenset((*(status.value.replace("_", " ") for status in IdeaStatus), "merged"))

log = structlog.get_logger()


class Posts:
    """Posts and threads of one login, changed through `call`."""

    def __init__(self, community: Community, call: Call) -> None:
        self._at = community
        self._call = call

    async def is_closed(self, thread: str) -> bool:
        """Whether it is archived: discord.py remembers open ones only."""
        known = self._at.known(thread)
        return known.archived if isinstance(known, discord.Thread) else True

    async def open(self, thread: str) -> None:
        """Nothing changes in an archived one."""
        await self._change(thread, {"archived": False})

    async def close(self, thread: str) -> None:
        """Archived, and locked if it was. That it may not is no reason to fail: what was to be said
        there is said."""
        try:
            await self._change(thread, {"archived": True})
        except PermanentDeliveryError as error:
            log.warning("thread_not_closed", thread=thread, error=str(error))

    async def show(self, thread: str, mark: Mark) -> None:
        """Carry the mark, if it is a forum's post. That it may not is no reason to fail."""
        place = await self._at.place(thread)
        forum = self._at.known(place.parent)
        if not place.thread or not isinstance(forum, discord.ForumChannel):
            return
        try:
            await self._show(thread, forum, mark)
        except PermanentDeliveryError as error:
            log.warning("post_not_marked", post=thread, error=str(error))

    async def _show(self, thread: str, forum: discord.ForumChannel, mark: Mark) -> None:
        post: Json = await self._call(thread, "GET", _CHANNEL, channel_id=thread)
        state, worn = post["thread_metadata"], [str(tag) for tag in post.get("applied_tags", ())]
        wanted = _tags(forum, worn, mark)
        archived, locked = bool(state["archived"]), bool(state["locked"])
        close = mark.final and self._at.settings.close_posts
        reopen = not close and locked and self._at.settings.close_posts
        other = set(wanted) != set(worn)  # Discord may tell them in another order
        if other or reopen:
            body: Json = {"applied_tags": wanted}
            body |= {"archived": False} if archived else {}
            await self._change(thread, body | ({"locked": False} if reopen else {}))
            archived = archived and not reopen
        if close and not (locked and archived and not other):
            await self._change(thread, {"archived": True, "locked": True})
        elif archived and other:
            await self._change(thread, {"archived": True})

    async def _change(self, thread: str, body: Json) -> None:
        await self._call(thread, "PATCH", _CHANNEL, body, channel_id=thread)


def _tags(forum: discord.ForumChannel, worn: list[str], mark: Mark) -> list[str]:
    """The post's own tags, and of those for a status only the one that fits, if there is one."""
    names = {str(tag.id): tag.name.casefold() for tag in forum.available_tags}
    kept = [tag for tag in worn if names.get(tag) not in _STATUSES]
    fits = [tag for tag, name in names.items() if name == mark.label.casefold()]
    return (fits[:1] + kept)[:MOST_TAGS]
