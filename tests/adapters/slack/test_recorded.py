"""Payloads as Slack sends them, through the real Bolt, become the events that the bot knows."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.answers import Answers
from adapters.slack.channels import Channels
from adapters.slack.client import Web
from adapters.slack.facts import ChannelFacts, Identity
from adapters.slack.listener import Listener
from adapters.slack.needs import needs
from adapters.slack.people import People
from adapters.slack.reading import Reading
from adapters.slack.workspace import Workspace
from bot.events import (
    ButtonPressed,
    ChoicesAsked,
    CommandUsed,
    Event,
    FormSubmitted,
    HomeOpened,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionChanged,
    ShortcutUsed,
)
from bot.messages import Action
from bot.refs import AccountRef, ChannelRef, Emoji, MessageRef, ThreadRef
from tests.adapters.slack.configured import configured

PAYLOADS = Path(__file__).parents[2] / "payloads" / "slack"
NOW = datetime(2025, 11, 24, 10, 34, tzinfo=UTC)
TRIGGER = "7512034871.582301946.4f1c2b9a8d7e6f50"
MARISOL = AccountRef("slack:T0FICTION", "U0MARISOL")
FEEDBACK = ChannelRef("community", "C0FEEDBACK")
SITE = "https://lighthouse.slack.com/"


class Fixed:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


def recorded(name: str) -> dict[str, Any]:
    """A payload as Slack sends it."""
    body: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return body


@asynccontextmanager
async def workspace() -> AsyncIterator[Workspace]:
    """The workspace of the payloads, whose Web API is not there."""
    config = configured('listen = ["C0FEEDBACK"]')
    facts = ChannelFacts("C0FEEDBACK", "feedback", False, False, False, True)
    identity = Identity("T0FICTION", None, "U0BOTUSER", "B0SOUNDING", "A0SOUNDING", SITE)
    async with ClientSession() as session:
        web = Web(
            token="xoxb-1", base_url="http://127.0.0.1:1/", session=session, retry_handlers=[]
        )
        channels, wanted = Channels(web, [facts]), needs(config, "community")
        settings = config.connections["community"]
        people = People(web, settings, wanted, channels, identity)
        yield Workspace(
            "community",
            settings,
            frozenset(wanted.channels),
            identity,
            web,
            session,
            people,
            channels,
        )


async def received(body: dict[str, Any]) -> tuple[list[Event], BoltResponse]:
    """What the bot hears of a payload, and how it is acknowledged."""
    heard: list[Event] = []

    async def sink(event: Event) -> None:
        heard.append(event)

    async with workspace() as at:
        listener = Listener(at, Reading(at), Answers(at), sink, Fixed())
        request = AsyncBoltRequest(mode="socket_mode", body=body)
        response = await listener.app().async_dispatch(request)
        await listener.finish()
    return heard, response


def by_hand(private: bool = False, channel: ChannelRef = FEEDBACK) -> dict[str, Any]:
    """What an interaction of Marisol's carries."""
    return {
        "key": TRIGGER,
        "at": NOW,
        "account": MARISOL,
        "name": "marisol",
        "channel": channel,
        "private": private,
    }


def told(at: datetime, **others: object) -> dict[str, Any]:
    """What an event of Marisol's carries; her name could not be asked for."""
    envelope = by_hand() | {"key": "Ev0HAPPENED", "at": at, "name": ""}
    return envelope | others


def second(seconds: int, micro: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro)


def message(ts: str, channel: str = "C0FEEDBACK") -> MessageRef:
    return MessageRef("community", channel, ts)


HANDLE = "https://hooks.slack.example/actions/T0FICTION/7512034871/kQ3x"
HER_WORDS = "1763980311.402119"
SAID = second(1763980311, 402119)
VOTE = Action("vote", ("12",))

EVENTS: dict[str, Event] = {
    "command": CommandUsed(
        **by_hand(),
        handle="https://hooks.slack.example/commands/T0FICTION/7512034871/kQ3x",
        command="suggest",
        text="Dark mode for @Henrik & the night shift",
    ),
    "button_in_message": ButtonPressed(
        **by_hand(), handle=HANDLE, action=VOTE, message=message("1763980401.000219")
    ),
    "button_in_ephemeral": ButtonPressed(**by_hand(), handle=HANDLE, action=VOTE),
    "button_in_view": ButtonPressed(**by_hand(), action=VOTE),
    "button_in_home": ButtonPressed(**by_hand(), action=VOTE),
    "view_submission": FormSubmitted(
        **by_hand(), action=Action("suggest"), values={"title": "Dark mode", "area": "app"}
    ),
    "block_suggestion": ChoicesAsked(
        **by_hand() | {"key": None}, action=Action("suggest"), typed="dark"
    ),
    "event_message": MessagePosted(
        **told(SAID),
        message=message(HER_WORDS),
        thread=None,
        text="",
        permalink=f"{SITE}archives/C0FEEDBACK/p1763980311402119",
    ),
    "event_thread_reply": MessagePosted(
        **told(second(1763980355, 118034), account=AccountRef("slack:T0FICTION", "U0HENRIK0")),
        message=message("1763980355.118034"),
        thread=ThreadRef("community", "C0FEEDBACK", HER_WORDS),
        text="",
        permalink=f"{SITE}archives/C0FEEDBACK/p1763980355118034"
        f"?thread_ts={HER_WORDS}&cid=C0FEEDBACK",
    ),
    "event_file_share": MessagePosted(
        **told(SAID),
        message=message(HER_WORDS),
        thread=None,
        text="",
        permalink=f"{SITE}archives/C0FEEDBACK/p1763980311402119",
    ),
    "event_app_mention": MessagePosted(
        **told(SAID),
        message=message(HER_WORDS),
        thread=ThreadRef("community", "C0FEEDBACK", "1763980201.100000"),
        text="summarise",
        to_bot=True,
        permalink=f"{SITE}archives/C0FEEDBACK/p1763980311402119"
        "?thread_ts=1763980201.100000&cid=C0FEEDBACK",
    ),
    "event_direct_message": MessagePosted(
        **told(SAID, channel=ChannelRef("community", "D0MARISOL"), private=True),
        message=message(HER_WORDS, "D0MARISOL"),
        thread=None,
        text="Hello",
        to_bot=True,
        permalink=f"{SITE}archives/D0MARISOL/p1763980311402119",
    ),
    "event_message_changed": MessageEdited(
        **told(second(1763980402, 300)), message=message(HER_WORDS), text="A dark mode"
    ),
    "event_message_deleted": MessageDeleted(
        key="Ev0HAPPENED", at=second(1763980403, 400), message=message(HER_WORDS)
    ),
    "event_reaction_added": ReactionChanged(
        **told(second(1763980405, 500)),
        emoji=Emoji("🚀"),
        message=message(HER_WORDS),
        added=True,
    ),
    "event_home_opened": HomeOpened(
        **told(second(1763980406, 600), channel=ChannelRef("community", "U0MARISOL"), private=True)
    ),
}


@pytest.mark.parametrize("name", EVENTS)
async def test_what_people_do(name: str) -> None:
    heard, response = await received(recorded(name))
    assert heard == [EVENTS[name]]
    assert response.status == 200


async def test_a_messages_menu_brings_the_message_along() -> None:
    ((event,), response) = await received(recorded("message_shortcut"))
    assert isinstance(event, ShortcutUsed)
    assert event.shortcut == "turn_into_idea"
    assert event.message.author == AccountRef("slack:T0FICTION", "U0HENRIK0")
    assert event.message.text
    assert response.status == 200


OF_NO_MATTER = (
    "event_bot_message",
    "event_own_message",
    "event_channel_archive",
    "event_channel_join",
    "event_channel_left",
    "event_channel_rename",
    "event_channel_id_changed",
    "event_group_members",
    "event_member_joined",
    "event_tokens_revoked",
)


@pytest.mark.parametrize("name", OF_NO_MATTER)
async def test_what_nobody_did_is_acknowledged_and_no_event(name: str) -> None:
    heard, response = await received(recorded(name))
    assert not heard
    assert response.status == 200


async def test_a_kind_of_event_that_is_new_to_us_is_acknowledged() -> None:
    body = recorded("event_message") | {"event": {"type": "moon_rose", "event_ts": HER_WORDS}}
    heard, response = await received(body)
    assert not heard
    assert response.status == 200


async def test_every_recorded_payload_is_read_by_some_test() -> None:
    names = {path.stem for path in PAYLOADS.glob("*.json")}
    elsewhere = {"message_shortcut", "event_reaction_on_bot_message", "event_from_outside"}
    assert names == {*EVENTS, *OF_NO_MATTER} | elsewhere
