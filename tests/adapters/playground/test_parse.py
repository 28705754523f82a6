"""Rows and requests into events, with nothing running."""

from dataclasses import replace

import pytest

from adapters.playground import parse
from adapters.playground.parse import Deed
from adapters.playground.render import said
from adapters.playground.rows import Channel, ChatMessage, Person, Reaction
from adapters.playground.rules import Refused
from bot.events import ButtonPressed, ReactionChanged
from bot.messages import Action
from bot.people import Role
from bot.refs import AccountRef, ChannelRef, Emoji, MessageRef, ThreadRef
from tests.adapters.playground.world import Hands

NOW = Hands().now()
MO = Person("mo", "Mo", "#6b46c1")
DEED = Deed("fun", "in1", NOW, MO, frozenset({Role.MODERATOR}), Channel("ideas", "ideas"))
ROOT = ChatMessage("000001", "ideas", None, "ana", NOW, False, said("Hello\n@Mo"), 1)
REPLY = replace(ROOT, id="000002", root="000001")


@pytest.mark.parametrize(
    ("typed", "command", "text"),
    [
        ("/suggest", "suggest", ""),
        ("  /Suggest  Dark mode ", "suggest", "Dark mode"),
        ("/ideas <b>*x*", "ideas", "<b>*x*"),
    ],
)
def test_a_command_has_a_name_and_the_rest(typed: str, command: str, text: str) -> None:
    event = parse.command(DEED, typed)

    assert (event.command, event.text) == (command, text)


@pytest.mark.parametrize("typed", ["", "/", "suggest", "/ suggest"])
def test_what_has_no_name_after_the_slash_is_no_command(typed: str) -> None:
    with pytest.raises(Refused):
        parse.command(DEED, typed)


def test_a_press_is_whole() -> None:
    assert parse.press(DEED, "decide:12:plan:new", ROOT) == ButtonPressed(
        key="in1",
        at=NOW,
        account=AccountRef("playground", "mo"),
        name="Mo",
        channel=ChannelRef("fun", "ideas"),
        private=False,
        roles=frozenset({Role.MODERATOR}),
        action=Action("decide", ("12", "plan", "new")),
        message=MessageRef("fun", "ideas", "000001"),
    )


def test_a_reaction_has_one_form_and_no_key() -> None:
    event = parse.reaction(DEED, Reaction("mo", "❤️", False, NOW), ROOT)

    assert isinstance(event, ReactionChanged)
    assert (event.key, event.emoji, event.added) == (None, Emoji("❤"), False)


def test_a_message_keeps_its_lines_and_names_its_thread() -> None:
    alone = parse.posted(DEED, ROOT, under_bot=False)
    reply = parse.posted(DEED, REPLY, under_bot=True)

    assert (alone.text, alone.thread, alone.to_bot) == ("Hello\n@Mo", None, False)
    assert (reply.thread, reply.to_bot) == (ThreadRef("fun", "ideas", "000001"), True)


@pytest.mark.parametrize(
    "channel", [Channel("x", "x", needs="product"), Channel("dm-mo", "x", direct_to="mo")]
)
def test_channels_that_shut_people_out_are_private(channel: Channel) -> None:
    deed = replace(DEED, channel=channel)

    assert parse.command(deed, "/suggest").private
    assert parse.read("fun", ROOT, channel, "Ana").private


def test_a_message_read_belongs_to_its_own_thread_or_its_roots() -> None:
    root = parse.read("fun", ROOT, DEED.channel, "Ana")
    reply = parse.read("fun", REPLY, DEED.channel, "Ana")

    assert root.thread == reply.thread == ThreadRef("fun", "ideas", "000001")
    assert reply.permalink == "/#ideas/000002"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("/summarize /#general/000012", MessageRef("fun", "general", "000012")),
        ("/summarize http://127.0.0.1:8787/#general/12", MessageRef("fun", "general", "000012")),
        ("/summarize this: https://x.y/#a%20b/7 and /#c/8", MessageRef("fun", "a b", "000007")),
        ("/summarize", None),
        ("/summarize /#general", None),
        ("/summarize /#general/twelve", None),
        ("/summarize see/#general/12", None),
        ("/summarize /#general/12345678901234567890", None),
    ],
)
def test_a_command_links_the_message_that_its_permalink_names(
    typed: str, message: MessageRef | None
) -> None:
    assert parse.command(DEED, typed).linked == message


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("@Sounding Board summarise", "summarise"),
        ("  @sounding board: summarise", "summarise"),
        ("Hello @Sounding Board", "Hello @Sounding Board"),
        ("@Sounding Boarders unite", "@Sounding Boarders unite"),
    ],
)
def test_a_message_to_the_bot_is_heard_without_its_name_in_front(text: str, heard: str) -> None:
    posted = parse.posted(DEED, replace(REPLY, content=said(text)), under_bot=False)

    assert posted.text == heard
    assert posted.permalink == "/#ideas/000002"
