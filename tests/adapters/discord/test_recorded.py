"""Payloads as Discord sends them, through the real discord.py, become the events the bot knows."""

from datetime import UTC, datetime
from typing import Any

import pytest
from discord.utils import snowflake_time
from structlog.testing import capture_logs

from bot.errors import PermanentDeliveryError
from bot.events import (
    ButtonPressed,
    ChoicesAsked,
    CommandUsed,
    Event,
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
from tests.adapters.discord.gateway_text import (
    DIRECT,
    FORUM,
    GUILD,
    NOW,
    PAYLOADS,
    TALK,
    listening,
    recorded,
)

MIRA, TOMAS = (AccountRef("discord", f"11900000000000000{end}") for end in ("11", "12"))
POST = "1190000000000000004"
SAID = "1190000000000000005"
SITE = f"https://discord.com/channels/{GUILD}"
WRITTEN = snowflake_time(int(SAID))
MODERATOR = frozenset({Role.MODERATOR})
THERE = {"channel": ChannelRef("fans", TALK), "private": True}
DIRECTLY = {"channel": ChannelRef("fans", DIRECT), "private": True}
IN_POST = {"channel": ChannelRef("fans", FORUM), "private": False}


def message(number: str = SAID, place: str = TALK) -> MessageRef:
    return MessageRef("fans", place, number)


def by_hand(**others: object) -> dict[str, Any]:
    """What an interaction of Mira's carries."""
    envelope: dict[str, Any] = {
        "key": "1190000000000000051",
        "at": snowflake_time(1190000000000000051),
        "account": MIRA,
        "name": "Mira Okafor",
        "roles": MODERATOR,
        "handle": "a-token-of-the-interaction",
    }
    return envelope | THERE | others


def told(**others: object) -> dict[str, Any]:
    """What any other event of Mira's carries."""
    envelope: dict[str, Any] = {"key": None, "at": NOW, "account": MIRA, "name": ""}
    envelope["roles"] = frozenset()
    return envelope | THERE | others


def felt(sign: str, **others: object) -> dict[str, Any]:
    """What a reaction of Tomas' carries."""
    envelope = told(account=TOMAS, name="Tomas", roles=MODERATOR)
    return envelope | {"emoji": Emoji(sign), "message": message(), "added": True} | others


TAKEN_BACK: dict[str, Any] = {"added": False, "name": "", "roles": frozenset()}
VOTE = Action("vote", ("12",))
FORM = {"title": "Dark mode", "body": "My eyes hurt\nat *night*.", "area": "Reader", "job": ""}

EVENTS: dict[str, Event] = {
    "interaction_slash": CommandUsed(
        **by_hand(),
        command="suggest",
        text="Dark mode for <@1190000000000000012> & the night shift",
    ),
    "interaction_slash_options": CommandUsed(
        **by_hand(),
        command="summarize",
        text=f"{SITE}/{TALK}/{SAID} full",
        linked=message(),
    ),
    "interaction_slash_direct": CommandUsed(**by_hand(**DIRECTLY), command="sounding", text="data"),
    "interaction_autocomplete": ChoicesAsked(**by_hand(), action=Action("ideas"), typed="dark"),
    "interaction_button": ButtonPressed(**by_hand(), action=VOTE, message=message()),
    "interaction_button_direct": ButtonPressed(
        **by_hand(**DIRECTLY), action=VOTE, message=message(place=DIRECT)
    ),
    "interaction_button_private": ButtonPressed(**by_hand(), action=VOTE),
    "interaction_message_menu": ShortcutUsed(
        **by_hand(),
        shortcut="turn_into_idea",
        message=ReadMessage(
            ref=message(),
            thread=ThreadRef("fans", TALK, SAID),
            author=TOMAS,
            author_name="Tomas",
            text="Could the reader have a dark mode?",
            permalink=f"{SITE}/{TALK}/{SAID}",
            posted_at=snowflake_time(int(SAID)),
            private=True,
        ),
    ),
    "interaction_modal": FormSubmitted(**by_hand(), action=Action("suggest"), values=FORM),
    "interaction_modal_direct": FormSubmitted(
        **by_hand(**DIRECTLY), action=Action("suggest"), values=FORM
    ),
    "message_create": MessagePosted(
        **told(name="Mira Okafor", at=WRITTEN, roles=MODERATOR),
        message=message(),
        thread=None,
        text="could the reader have a dark mode?",
        to_bot=True,
        permalink=f"{SITE}/{TALK}/{SAID}",
    ),
    "message_create_plain": MessagePosted(
        **told(at=WRITTEN),
        message=message(),
        thread=None,
        text="",
        permalink=f"{SITE}/{TALK}/{SAID}",
    ),
    "message_create_reply": MessagePosted(
        **told(account=TOMAS, name="Tomas", at=WRITTEN),
        message=message(),
        thread=None,
        text="Yes, since the last release.",
        to_bot=True,
        permalink=f"{SITE}/{TALK}/{SAID}",
    ),
    "message_create_direct": MessagePosted(
        **told(name="Mira Okafor", at=WRITTEN, roles=MODERATOR, **DIRECTLY),
        message=message(place=DIRECT),
        thread=None,
        text="Thank you!",
        to_bot=True,
        permalink=f"https://discord.com/channels/@me/{DIRECT}/{SAID}",
    ),
    "message_create_post": MessagePosted(
        **told(
            name="Mira Okafor",
            at=snowflake_time(int(POST)),
            roles=MODERATOR,
            **IN_POST,
        ),
        message=message(POST, POST),
        thread=ThreadRef("fans", FORUM, POST),
        text="My eyes **hurt** at night.",
        to_bot=True,
        permalink=f"{SITE}/{POST}/{POST}",
        title="Dark mode for the reader",
    ),
    "message_update": MessageEdited(
        **told(at=datetime(2026, 11, 20, 9, 32, 0, 456000, UTC)),
        message=message(),
        text="could the reader have a dark theme?",
    ),
    "message_delete": MessageDeleted(key=None, at=NOW, message=message()),
    "thread_delete": MessageDeleted(key=None, at=NOW, message=message(POST, POST)),
    "message_reaction_add": ReactionChanged(**felt("🚀")),
    "message_reaction_add_skin_tone": ReactionChanged(**felt("👍")),
    "message_reaction_add_custom": ReactionChanged(**felt(":shipit:")),
    "message_reaction_add_animated": ReactionChanged(**felt(":party:")),
    "message_reaction_add_post": ReactionChanged(
        **felt("👍", message=message(POST, POST), opening=True, **IN_POST)
    ),
    "message_reaction_add_direct": ReactionChanged(
        **felt("🚀", message=message(place=DIRECT), name="", roles=frozenset(), **DIRECTLY)
    ),
    "message_reaction_remove": ReactionChanged(**felt("🚀", **TAKEN_BACK)),
    "message_reaction_remove_unknown": ReactionChanged(
        **felt(":1190000000000000033:", **TAKEN_BACK)
    ),
    "message_reaction_remove_all": ReactionsRead(
        key=None,
        at=NOW,
        channel=ChannelRef("fans", TALK),
        message=message(),
        emoji=Emoji("👍"),
        people={},
    ),
}
ANSWERED = CommandUsed | ButtonPressed | ShortcutUsed | FormSubmitted


@pytest.mark.parametrize("name", EVENTS)
async def test_what_people_do(name: str) -> None:
    async with listening() as ear:
        await ear.hear(recorded(name))
    assert ear.heard == [EVENTS[name]]


async def test_several_messages_that_go_at_once_are_several_deletions() -> None:
    async with listening() as ear:
        await ear.hear(recorded("message_delete_bulk"))
    gone = [message(f"11900000000000000{end}") for end in ("71", "72")]
    assert ear.heard == [MessageDeleted(key=None, at=NOW, message=one) for one in gone]


@pytest.mark.parametrize(
    "name", [name for name, event in EVENTS.items() if isinstance(event, ANSWERED)]
)
async def test_whoever_acted_is_answered_once(name: str) -> None:
    async with listening() as ear:
        await ear.hear(recorded(name))
    (answer,) = ear.answered
    assert answer["type"] in (4, 6)


async def test_an_autocomplete_without_choices_is_answered_with_none() -> None:
    async with listening() as ear:
        await ear.hear(recorded("interaction_autocomplete"))
    assert ear.answered == [{"type": 8, "data": {"choices": []}}]


OF_NO_MATTER = (
    "message_create_webhook",
    "message_update_preview",
    "message_update_unreadable",
    "message_reaction_remove_emoji",
    "guild_member_update",
    "guild_delete_unavailable",
    "thread_create",
)
"""An outage among them: no reason to forget anything; and an emoji that is no vote."""
CHANGES = (
    "channel_update",
    "guild_role_update",
    "guild_role_delete",
    "thread_update",
    "thread_update_archived",
)
"""After these, what refused us may take us."""
GONE = {"channel_delete": "channel_deleted", "guild_delete": "bot_removed"}
"""What the operator is told."""


@pytest.mark.parametrize("name", [*OF_NO_MATTER, *CHANGES, *GONE])
async def test_what_nobody_said_or_felt_is_no_event(name: str) -> None:
    async with listening() as ear:
        await ear.hear(recorded(name))
    assert ear.heard == []


@pytest.mark.parametrize("name", CHANGES)
async def test_after_a_change_what_refused_is_tried_again(name: str) -> None:
    async with listening() as ear:
        for _ in range(5):
            ear.parked.refused(TALK)
        with pytest.raises(PermanentDeliveryError):
            ear.parked.check(TALK)
        await ear.hear(recorded(name))
        ear.parked.check(TALK)


@pytest.mark.parametrize("name", [*GONE, "guild_delete_unavailable"])
async def test_the_operator_is_told_what_is_gone_and_nothing_of_an_outage(name: str) -> None:
    async with listening() as ear:
        with capture_logs() as logs:
            await ear.hear(recorded(name))
    assert [entry["event"] for entry in logs] == ([GONE[name]] if name in GONE else [])


async def test_what_a_deleted_thread_was_is_not_remembered() -> None:
    async with listening() as ear:
        await ear.hear(recorded("thread_delete"))
        await ear.hear(recorded("message_delete"))
    assert ear.heard == [EVENTS["thread_delete"], EVENTS["message_delete"]]


async def test_every_recorded_payload_is_read_by_some_test() -> None:
    names = {path.stem for path in PAYLOADS.glob("*.json")}
    elsewhere = {"ready", "guild_create", "message_delete_bulk"}
    assert names == {*EVENTS, *OF_NO_MATTER, *CHANGES, *GONE} | elsewhere
