"""Files: the picture of a message, and a person's data. Neither comes twice."""

import asyncio
from datetime import datetime

import structlog

from adapters.slack.calls import Refused, Unreachable, ask_once
from adapters.slack.render import render
from adapters.slack.traces import Traces
from adapters.slack.workspace import Workspace
from bot.messages import Attachment, Image, Message

PICTURE_SECONDS = 8.0
"""How long a picture may take: its message stands already, and is not to be forgotten for it."""

log = structlog.get_logger()


class Files:
    """Uploads to one workspace. `since` is when it was first tried; None: never."""

    def __init__(self, workspace: Workspace, traces: Traces) -> None:
        self._workspace = workspace
        self._traces = traces
        self._web = workspace.web

    async def illustrate(
        self, channel: str, root: str, image: Image, since: datetime | None
    ) -> None:
        """A picture in the thread of its message. One that cannot be had, at a second attempt
        either, is left out: its message stands, and it has to be remembered where."""
        try:
            async with asyncio.timeout(PICTURE_SECONDS):
                await self._add_picture(channel, root, image, since)
        except Refused as refused:
            log.warning("picture_left_out", error=refused.code)
        except (Unreachable, TimeoutError) as error:
            if since is None:
                raise Unreachable("the picture could not be added") from None
            log.warning("picture_left_out", error=type(error).__name__)

    async def _add_picture(
        self, channel: str, root: str, image: Image, since: datetime | None
    ) -> None:
        if since and await self._traces.has_file(channel, root, image.name, since):
            return
        await ask_once(
            self._web.files_upload_v2,
            channel=channel,
            thread_ts=root,
            content=image.png,
            filename=image.name,
            title=image.alt,
            alt_txt=image.alt,
        )

    async def hand_over(
        self, channel: str, message: Message, attachment: Attachment, since: datetime | None
    ) -> None:
        """A file, with the message as what is said about it; Slack does not tell where it is."""
        if since and await self._traces.has_file(channel, None, attachment.name, since):
            return
        await ask_once(
            self._web.files_upload_v2,
            channel=channel,
            content=attachment.content,
            filename=attachment.name,
            title=attachment.name,
            initial_comment=render(message, self._workspace.identity.realm)["text"],
        )
