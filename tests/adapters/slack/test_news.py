"""What people do on Slack without a command, as the bot hears of it: once, and from people only."""

import pytest

from bot.events import (
    HomeOpened,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionChanged,
)
from bot.ports import SendReaction
from bot.refs import Emoji, ThreadRef, emoji
from tests.adapters.slack.office import HOME, Office
from tests.slack import events
from tests.slack.failures import Failure


async def test_what_the_bot_does_comes_back_and_is_ignored(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "Dark mode?")
    office.heard.clear()
    await office.send(office.post())
    await office.send(office.direct(office.ana))
    await office.send(SendReaction(office.ref(message), emoji("👍")))
    await office.workspace.settled()
    assert len(office.workspace.deliveries) == 4
    assert office.heard == []
    assert not office.workspace.called("users.info")


async def test_other_bots_are_ignored(office: Office) -> None:
    robo = office.workspace.add_user("Robo", is_bot=True)
    await office.workspace.invite(office.general, robo)
    await office.connect()
    message = await robo.say(office.general, "@soundingboard help")
    await robo.react(message, "+1")
    await robo.say_directly("help")
    assert office.heard == []


async def test_a_plain_message_asks_slack_for_nothing(office: Office) -> None:
    await office.connect()
    calls = len(office.workspace.calls)
    opening = await office.ana.say(office.general, "Dark mode?")
    reply = await office.mo.say(office.general, "Please, @Ana!", opening)
    first, second = office.of(MessagePosted)
    assert (first.message, first.thread, first.to_bot) == (office.ref(opening), None, False)
    assert second.message == office.ref(reply)
    assert second.thread == ThreadRef(HOME, office.general.id, opening.ts)
    assert second.permalink == office.workspace.permalink(reply)
    assert (first.private, second.account) == (False, office.account(office.mo))
    assert len(office.workspace.calls) == calls


async def test_a_mention_is_meant_for_the_bot_once(office: Office) -> None:
    await office.connect()
    opening = await office.ana.say(office.general, "Dark mode?")
    office.heard.clear()
    await office.mo.say(office.general, "@soundingboard: what says @Ana?", opening)
    assert [one.name for one in office.workspace.deliveries][-2:] == ["message", "app_mention"]
    (mention,) = (one for one in office.of(MessagePosted) if one.to_bot)
    assert (mention.text, mention.name) == ("what says @Ana?", "Mo")
    assert mention.thread == ThreadRef(HOME, office.general.id, opening.ts)
    assert len({one.key for one in office.of(MessagePosted)}) == 2


async def test_a_direct_message_is_meant_for_the_bot_and_private(office: Office) -> None:
    await office.connect()
    looked = len(office.workspace.called("conversations.info"))
    await office.ana.say_directly("@soundingboard help")
    (direct,) = office.of(MessagePosted)
    assert (direct.to_bot, direct.private, direct.name) == (True, True, "Ana")
    assert direct.text == "help"
    assert len(office.workspace.called("conversations.info")) == looked


async def test_an_answer_under_the_bots_message_is_meant_for_it(office: Office) -> None:
    await office.connect()
    question = await office.send(office.post())
    assert question
    await office.ana.say(office.general, "Because of my eyes", question.message)
    await office.mo.say(office.general, "@soundingboard mine too", question.message)
    heard = [(one.text, one.to_bot) for one in office.of(MessagePosted)]
    assert [text for text, to_bot in heard if to_bot] == ["Because of my eyes", "mine too"]


async def test_an_author_changes_their_words(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "Dark mode")
    await office.ana.edit(message, "Dark mode & more, @Mo")
    (edited,) = office.of(MessageEdited)
    assert (edited.message, edited.text) == (office.ref(message), "Dark mode & more, @Mo")
    assert edited.account == office.account(office.ana)
    assert edited.key == office.workspace.deliveries[-1].payload["event_id"]


async def test_the_preview_of_a_link_changes_no_words(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "See https://example.org/dark")
    await office.workspace.unfurl(message)
    await office.ana.edit(message, "See https://example.org/darker")
    await office.workspace.unfurl(message)
    assert [one.text for one in office.of(MessageEdited)] == ["See https://example.org/darker"]


async def test_what_slack_itself_changes_is_nobodys_edit(office: Office) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "See https://example.org/dark")
    before = message.shown() | {"text": "See example.org/dark"}
    await office.workspace.announce(events.changed(before, message, office.general, message.ts))
    assert office.workspace.deliveries[-1].state == "acknowledged"
    assert office.of(MessageEdited) == []


async def test_a_message_is_gone_with_or_without_answers(office: Office) -> None:
    await office.connect()
    alone = await office.ana.say(office.general, "Dark mode?")
    opening = await office.ana.say(office.general, "Bigger letters?")
    await office.mo.say(office.general, "Please!", opening)
    for message in (alone, opening):
        await office.ana.delete(message)
    gone = [one.message for one in office.of(MessageDeleted)]
    assert gone == [office.ref(alone), office.ref(opening)]
    assert office.of(MessageEdited) == []


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("+1", "👍"),
        ("thumbsup::skin-tone-3", "👍"),
        ("bulb", "💡"),
        ("heart", "❤"),
        ("party_parrot", ":party_parrot:"),
    ],
)
async def test_a_reaction_is_one_sign_whatever_slack_calls_it(
    office: Office, name: str, sign: Emoji
) -> None:
    await office.connect()
    message = await office.ana.say(office.general, "Dark mode?")
    await office.mo.react(message, name)
    await office.mo.unreact(message, name)
    given, taken = office.of(ReactionChanged)
    assert (given.emoji, given.added, taken.emoji, taken.added) == (sign, True, sign, False)
    assert (given.message, given.account) == (office.ref(message), office.account(office.mo))
    assert given.key
    assert given.key != taken.key


async def test_only_the_home_tab_is_the_bots_own_page(office: Office) -> None:
    await office.connect()
    await office.ana.open_home("messages")
    assert office.heard == []
    await office.ana.open_home()
    (opened,) = office.of(HomeOpened)
    assert (opened.account, opened.name) == (office.account(office.ana), "Ana")


async def test_what_the_bot_does_not_know_is_acknowledged(office: Office) -> None:
    await office.connect()
    office.workspace.team.app.events = None
    await office.workspace.announce({"type": "team_rename", "name": "Clients"})
    await office.workspace.announce({"type": "pin_added", "channel_id": office.general.id})
    assert [(one.state, one.attempts) for one in office.workspace.deliveries] == [
        ("acknowledged", 1)
    ] * 2
    assert office.heard == []


@pytest.mark.parametrize("outsiders", [False, True])
async def test_people_of_other_companies_are_heard_only_where_the_channel_says_so(
    office: Office, outsiders: bool
) -> None:
    zoe = office.workspace.add_user("Zoe", outsider_of="T0OTHER")
    partners = office.workspace.add_channel("partners", [office.ana, zoe], shared=True)
    allowed = f"[connections.{HOME}.channels.{partners.id}]\noutsiders = {str(outsiders).lower()}"
    await office.connect(rest=allowed)
    await office.ana.say(partners, "Dark mode?")
    assert len(office.of(MessagePosted)) == 1
    await zoe.say(partners, "@soundingboard help")
    assert len(office.of(MessagePosted)) == (3 if outsiders else 1)
    assert all(one.private for one in office.of(MessagePosted))


async def test_a_mention_is_heard_later_when_slack_does_not_say_where_it_is(
    office: Office,
) -> None:
    await office.connect()
    other = office.workspace.add_channel("other", [office.ana])
    office.server.rules.ack_seconds = 0.1
    office.server.fail_next("conversations.info", Failure.CRASH, times=2)
    await office.ana.say(other, "@soundingboard help")
    (mention,) = (one for one in office.of(MessagePosted) if one.to_bot)
    assert (mention.text, mention.private) == ("help", False)
    assert {one.attempts for one in office.workspace.deliveries} == {2}
