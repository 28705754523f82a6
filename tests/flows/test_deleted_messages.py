"""Somebody deletes a message: its idea goes with it, unless others have built on it."""

import pytest

from bot.events import ReadMessage, SourcesAsked
from bot.ports import SendEdit
from bot.refs import MessageRef
from bot.results import Sources
from tests.community import Community, buttons, labels, said

GONE = "Its message was deleted where it was written."
LINK = "Read it where it was said"


async def _captured(community: Community, text: str = "We need a dark mode") -> ReadMessage:
    """A message of Ana's, made an idea and sent to the product team by Mo."""
    message = community.write("ana", text)
    await _react_and_settle(community, message)
    return message


async def _react_and_settle(community: Community, message: ReadMessage) -> None:
    await community.react("mo", "💡", message.ref)
    await community.react("mo", "🚀", message.ref)
    await community.settle()


def _inbox(community: Community, number: int = 1) -> str:
    return community.shown(community.card_of(number, "product-inbox"))


async def test_with_its_message_the_idea_is_withdrawn_and_the_inbox_card_says_so(
    community: Community,
) -> None:
    message = await _captured(community)
    assert LINK in _inbox(community)
    await community.delete(message.ref)
    await community.later(10)
    assert "This idea was withdrawn." in community.shown(community.card_of(1))
    inbox = _inbox(community)
    assert "Status: Withdrawn" in inbox
    assert GONE in inbox
    assert LINK not in inbox
    assert "withdrew this" not in inbox
    assert labels(community.latest(community.card_of(1, "product-inbox"))) == []


async def test_author_and_followers_hear_of_it_with_the_reason(community: Community) -> None:
    message = await _captured(community)
    await community.press("ben", "follow:1")
    await community.delete(message.ref)
    await community.later(60)
    for who in ("ana", "ben"):
        told = community.directs(who)[-1]
        assert "#1 “We need a dark mode” was withdrawn." in told
        assert GONE in told
        assert "Where it began" not in told
    assert community.posts("general") == []


@pytest.mark.parametrize("who", ["ana", "mo"])
async def test_the_author_or_a_moderator_may_bring_it_back_and_then_it_stays(
    community: Community, who: str
) -> None:
    message = await _captured(community)
    await community.delete(message.ref)
    await community.later(60)
    offered = [button.label for button in buttons(await community.press(who, "more:1"))]
    assert "Bring it back" in offered
    assert "back on the board" in said(await community.press(who, "restore:1"))
    await community.delete(message.ref)
    await community.later(60)
    assert "We need a dark mode" in community.shown(community.card_of(1))
    assert GONE in _inbox(community)
    assert "Status: New" in _inbox(community)


async def test_nobody_else_may_bring_it_back(community: Community) -> None:
    message = await _captured(community)
    await community.delete(message.ref)
    await community.settle()
    assert "cannot find idea #1" in said(await community.press("ben", "restore:1"))
    assert "for others here to do" in said(await community.press("pia", "restore:1"))


async def test_what_a_moderator_withdrew_before_stays_theirs_to_bring_back(
    community: Community,
) -> None:
    message = await _captured(community)
    await community.submit("mo", "withdraw:1", {"reason": "Off topic"})
    await community.delete(message.ref)
    await community.settle()
    assert "for others here to do" in said(await community.press("ana", "restore:1"))


async def test_what_is_decided_stays_and_its_card_says_what_is_gone(community: Community) -> None:
    message = await _captured(community)
    await community.press("pia", "decide:1:planned:new")
    await community.later(60)
    await community.delete(message.ref)
    await community.later(10)
    inbox = _inbox(community)
    assert "Status: Planned" in inbox
    assert GONE in inbox
    assert "Pia planned this." in inbox
    assert LINK not in inbox


async def test_news_of_what_stays_goes_under_its_card_then(community: Community) -> None:
    message = await _captured(community)
    await community.press("pia", "decide:1:planned:new")
    await community.delete(message.ref)
    await community.later(60)
    assert community.posts("general") == []
    (news,) = [post for post in community.posts("ideas") if post.thread]
    assert news.thread == community.card_of(1)


async def test_ideas_that_count_together_stay(community: Community) -> None:
    first = await _captured(community)
    second = await _captured(community, "Please keep my place when I come back")
    await community.submit("mo", "merge:2", {"into": "1"})
    await community.settle()
    for message in (first, second):
        await community.delete(message.ref)
    await community.later(10)
    assert "Status: New" in _inbox(community, 1)
    assert "Status: Merged" in _inbox(community, 2)
    assert GONE in _inbox(community, 1)
    assert GONE in _inbox(community, 2)


async def test_a_message_that_was_no_idea_can_go_unnoticed(community: Community) -> None:
    await _captured(community)
    other = community.write("ana", "Lunch at noon?")
    before = len(community.adapter.sent)
    await community.delete(other.ref)
    await community.later(60)
    assert len(community.adapter.sent) == before


async def test_what_is_deleted_while_it_is_captured_becomes_no_idea(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")

    async def delete() -> None:
        await community.delete(message.ref)

    community.adapter.meanwhile = delete
    await _react_and_settle(community, message)
    assert "Nothing here yet." in said(await community.command("ben", "/ideas new"))


async def test_a_card_that_was_deleted_is_edited_no_more(community: Community) -> None:
    number = await community.suggest("ana", "Dark mode")
    card = community.card_of(number)
    await community.press("ben", f"vote:{number}")
    await community.delete(card)
    await community.press("chloé", f"vote:{number}")
    await community.later(60)
    assert [s for s in community.adapter.sent if isinstance(s, SendEdit)] == []
    assert await community.database.queue.counts() == {
        "waiting": 0, "sent": 1, "dropped": 1, "dead": 0,
    }  # fmt: skip
    assert "2 votes" in said(await community.command("dmitri", f"/ideas {number}"))


async def test_its_other_card_is_kept_up_to_date(community: Community) -> None:
    await _captured(community)
    await community.delete(community.card_of(1))
    await community.press("ben", "vote:1")
    await community.later(10)
    assert "Votes: 1" in _inbox(community)


async def test_after_a_gap_the_messages_of_undecided_ideas_are_worth_another_look(
    community: Community,
) -> None:
    message = await _captured(community)
    await community.suggest("ben", "Export as CSV")

    async def asked() -> tuple[MessageRef, ...]:
        now, name = community.clock.now(), message.ref.connection
        answer = await community.receive(SourcesAsked(key=None, at=now, connection=name))
        assert isinstance(answer, Sources)
        return answer.messages

    assert await asked() == (message.ref,)
    community.clock.advance(15 * 24 * 3600)
    assert await asked() == ()
