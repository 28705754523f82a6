"""Commands, buttons, forms and menus, through the real server."""

import pytest

from bot.errors import Forgotten
from bot.events import ButtonPressed, ChoicesAsked, CommandUsed, Event, FormSubmitted, ShortcutUsed
from bot.messages import Action, Button, Card, Message
from bot.people import Role
from bot.refs import AccountRef, ChannelRef
from bot.results import Choices, Invalid, Update, Whisper
from tests.adapters.playground.world import IDEAS, INBOX, NAME, World, form

NOTE = Message((("Only you see this",),), buttons=(Button("Vote", Action("vote", ("7",))),))


async def test_a_command_reaches_the_bot_with_who_and_where(world: World) -> None:
    answer = await world.do(
        "command", person="mo", channel="general", thread=None, text="/suggest dark  mode "
    )

    assert answer == {"kind": "nothing"}
    event = world.bot.last
    assert isinstance(event, CommandUsed)
    assert (event.command, event.text) == ("suggest", "dark  mode")
    assert event.account == AccountRef("playground", "mo")
    assert event.channel == ChannelRef(NAME, "general")
    assert event.roles == {Role.MODERATOR}
    assert event.name == "Mo"
    assert not event.private


async def test_every_use_has_a_key_of_its_own(world: World) -> None:
    for _ in range(2):
        await world.do("command", channel="general", text="/suggest")

    first, second = world.bot.heard
    assert first.key
    assert second.key
    assert first.key != second.key


async def test_slash_commands_do_not_work_in_threads(world: World) -> None:
    root = await world.say("Something hurts")

    status, answer = await world.post("command", channel="general", thread=root, text="/suggest")

    assert status == 400
    assert answer == {
        "kind": "error",
        "text": "Slash commands do not work in threads here. Use the message's menu instead.",
    }


async def test_an_unknown_command_is_refused_by_the_platform(world: World) -> None:
    status, answer = await world.post("command", channel="general", text="/shrug")

    assert (status, answer["kind"]) == (400, "error")
    assert world.bot.heard == []


async def test_a_whisper_comes_back_and_is_stored_nowhere(world: World) -> None:
    world.bot.answer = Whisper(NOTE)

    answer = await world.do("command", channel="general", text="/suggest")

    assert answer["kind"] == "whisper"
    assert (answer["channel"], answer["thread"]) == ("general", None)
    assert answer["content"]["lines"] == [[{"t": "text", "text": "Only you see this"}]]
    assert (await world.state())["messages"] == []


async def test_a_notices_button_can_be_pressed_and_updates_the_notice(world: World) -> None:
    world.bot.answer = Whisper(NOTE)
    notice = (await world.do("command", channel="ideas", text="/suggest"))["notice"]
    world.bot.answer = Update(Message((("Thank you",),)))

    answer = await world.do("press", action="vote:7", message=None, notice=notice, channel="ideas")

    event = world.bot.last
    assert isinstance(event, ButtonPressed)
    assert (event.action, event.message, event.channel) == (Action("vote", ("7",)), None, IDEAS)
    assert (answer["kind"], answer["notice"], answer["message"]) == ("update", notice, None)
    status, _ = await world.post("press", action="vote:7", message=None, notice=notice)
    assert status == 404


async def test_a_notice_is_forgotten_after_fifteen_minutes(world: World) -> None:
    world.bot.answer = Whisper(NOTE)
    notice = (await world.do("command", channel="ideas", text="/suggest"))["notice"]
    world.hands.seconds += 15 * 60

    status, answer = await world.post("press", action="vote:7", message=None, notice=notice)

    assert (status, answer["kind"]) == (410, "error")


async def test_somebody_elses_notice_cannot_be_pressed(world: World) -> None:
    world.bot.answer = Whisper(NOTE)
    notice = (await world.do("command", channel="ideas", text="/suggest"))["notice"]

    status, _ = await world.post("press", person="ben", action="vote:7", notice=notice)

    assert status == 410


async def test_a_press_names_its_message_and_an_update_replaces_it_for_everybody(
    world: World,
) -> None:
    card = await world.card("vote:12")
    world.bot.answer = Update(Message(cards=(Card("Now different"),)))

    answer = await world.do("press", action="vote:12", message=card.message, notice=None)

    assert world.bot.last.message == card
    assert (answer["kind"], answer["message"]) == ("update", card.message)
    (seen,) = (await world.state("ben"))["messages"]
    assert seen["content"]["cards"][0]["title"] == "Now different"
    assert seen["edited"]


async def test_only_a_button_that_is_there_can_be_pressed(world: World) -> None:
    card = await world.card("vote:12")

    status, _ = await world.post("press", action="decide:12:plan:new", message=card.message)

    assert status == 404
    assert world.bot.heard == []


async def test_a_form_opens_and_its_submission_reaches_the_bot(world: World) -> None:
    world.bot.answer = form(required=True, limit=120)
    opened = await world.do("command", channel="general", text="/suggest")
    world.bot.answer = None

    answer = await world.do("submit", form=opened["form"], values={"title": "Dark mode", "x": "y"})

    assert (opened["kind"], opened["title"]) == ("form", "Suggest an idea")
    assert answer == {"kind": "nothing"}
    event = world.bot.last
    assert isinstance(event, FormSubmitted)
    assert (event.action, event.values) == (Action("suggest"), {"title": "Dark mode"})
    assert event.channel == ChannelRef(NAME, "general")


async def test_a_form_is_submitted_once(world: World) -> None:
    world.bot.answer = form()
    handle = (await world.do("command", channel="general", text="/suggest"))["form"]
    world.bot.answer = None
    await world.do("submit", form=handle, values={"title": "Dark mode"})

    status, _ = await world.post("submit", form=handle, values={"title": "Dark mode"})

    assert status == 410
    assert len(world.bot.heard) == 2


async def test_a_form_with_mistakes_stays_open(world: World) -> None:
    world.bot.answer = form()
    handle = (await world.do("command", channel="general", text="/suggest"))["form"]
    world.bot.answer = Invalid((("title", "A little more, please."),), Action("retry", ("1",)))

    first = await world.do("submit", form=handle, values={"title": "x"})
    world.bot.answer = None
    second = await world.do("submit", form=handle, values={"title": "Dark mode"})

    assert first == {"kind": "invalid", "errors": {"title": "A little more, please."}}
    assert second == {"kind": "nothing"}


async def test_the_platform_itself_checks_what_a_form_says_it_needs(world: World) -> None:
    world.bot.answer = form(required=True, limit=5)
    handle = (await world.do("command", channel="general", text="/suggest"))["form"]

    empty = await world.do("submit", form=handle, values={})
    long = await world.do("submit", form=handle, values={"title": "Dark mode"})

    assert empty["errors"] == {"title": "Please fill this in."}
    assert long["errors"] == {"title": "Please use at most 5 characters; these are 9."}
    assert len(world.bot.heard) == 1


async def test_a_form_that_comes_after_three_seconds_does_not_open(world: World) -> None:
    async def dawdle(_event: Event) -> None:
        world.hands.seconds += 3.1

    world.bot.answer, world.bot.before = form(), dawdle

    answer = await world.do("command", channel="general", text="/suggest")

    assert answer["kind"] == "error"


async def test_a_form_never_answers_a_form(world: World) -> None:
    world.bot.answer = form()
    handle = (await world.do("command", channel="general", text="/suggest"))["form"]

    answer = await world.do("submit", form=handle, values={"title": "Dark mode"})

    assert answer["kind"] == "error"


async def test_a_whisper_that_answers_a_form_is_a_notice_where_it_was_opened(world: World) -> None:
    root = await world.say("It hurts", channel="ideas")
    world.bot.answer = form()
    reply = await world.say("It does", channel="ideas", thread=root)
    handle = (await world.do("shortcut", message=reply, shortcut="turn_into_idea"))["form"]
    world.bot.answer = Whisper(NOTE)

    answer = await world.do("submit", form=handle, values={"title": "Dark mode"})

    assert (answer["kind"], answer["channel"], answer["thread"]) == ("whisper", "ideas", root)


async def test_trouble_in_the_bot_becomes_a_kind_sentence_and_the_form_stays_open(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.bot.answer = form()
    handle = (await world.do("command", channel="general", text="/suggest"))["form"]

    async def fail(_event: Event) -> None:
        raise RuntimeError("about Dark mode")

    world.bot.before = fail
    answer = await world.do("submit", form=handle, values={"title": "Dark mode"})
    failed = world.bot.last
    world.bot.before, world.bot.answer = None, None
    again = await world.do("submit", form=handle, values={"title": "Dark mode"})

    assert answer == {
        "kind": "error",
        "text": "That did not work. Nothing was changed; please try again.",
    }
    assert again == {"kind": "nothing"}
    logged = capsys.readouterr().out
    assert failed.key in logged
    assert "Dark mode" not in logged


async def test_a_bot_that_is_stopping_is_away(world: World) -> None:
    async def stop(_event: Event) -> None:
        raise Forgotten("stopping")

    world.bot.before = stop

    answer = await world.do("command", channel="general", text="/suggest")

    assert answer["text"] == "Sounding Board is not here right now. Please try again in a moment."


async def test_a_message_menu_sends_the_message_along(world: World) -> None:
    root = await world.say("Sync loses my chapters", person="dmitri")

    await world.do("shortcut", message=root, shortcut="turn_into_idea")

    event = world.bot.last
    assert isinstance(event, ShortcutUsed)
    assert event.shortcut == "turn_into_idea"
    assert event.message.text == "Sync loses my chapters"
    assert event.message.author == AccountRef("playground", "dmitri")
    assert event.message.permalink == f"/#general/{root}"
    assert event.message.thread.root == root


async def test_completions_are_asked_for_the_form_that_is_open(world: World) -> None:
    world.bot.answer = form("merge", kind="ideas")
    handle = (await world.do("command", channel="general", text="/suggest"))["form"]
    world.bot.answer = Choices((("12", "#12 Dark mode"),))

    answer = await world.do("choices", form=handle, field="title", typed="dark")

    assert answer == {"kind": "choices", "options": [["12", "#12 Dark mode"]]}
    event = world.bot.last
    assert isinstance(event, ChoicesAsked)
    assert (event.action, event.typed) == (Action("merge"), "dark")


async def test_in_private_channels_events_say_so(world: World) -> None:
    await world.do("command", person="pia", channel="product-inbox", text="/suggest")
    await world.do("command", person="pia", channel="dm-pia", text="/suggest")

    inbox, direct = world.bot.heard
    assert getattr(inbox, "channel", None) == INBOX
    assert getattr(inbox, "private", False)
    assert getattr(direct, "private", False)
