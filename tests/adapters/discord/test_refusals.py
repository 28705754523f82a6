"""What Discord does not take: now, never, from us, or by this person."""

from pathlib import Path

import pytest

from bot.errors import DeliveryError, DirectRefused, NotConnected, PermanentDeliveryError
from bot.messages import Message
from bot.ports import SendDirect, SendEdit, SendFollowup, Sending, SendPost, SendReaction
from bot.refs import AccountRef, ChannelRef, MessageRef, emoji
from tests.adapters.discord.company import Company, open_company
from tests.discord.failures import Failure, Refusal
from tests.discord.person import Person

HELLO = Message((("Hello",),))
POSTS = "POST /channels/{channel}/messages"
ANSWERS = "POST /webhooks/{application}/{token}"
TALKS = "POST /users/@me/channels"
LONG = 37.0
"""Seconds that discord.py does not sleep, but tells."""


def to_board(company: Company) -> SendPost:
    return SendPost(ChannelRef("fans", company.ideas.id), HELLO)


def to(person: Person) -> SendDirect:
    return SendDirect(AccountRef("discord", person.id), HELLO)


async def refused(company: Company, sending: Sending, nonce: str = "sb1") -> DeliveryError:
    """How it fails."""
    with pytest.raises(DeliveryError) as caught:
        await company.discord.send(sending, nonce)
    return caught.value


async def test_a_busy_discord_says_when_to_try_again(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(POSTS, Failure.BUSY, retry_after=LONG)
        error = await refused(company, to_board(company))
        assert error.retry_after == pytest.approx(LONG, abs=1)
        assert not isinstance(error, PermanentDeliveryError)


async def test_so_it_does_of_private_answers(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.slash(company.talk, "ideas")
        (made,) = company.server.world.interactions.all.values()
        company.server.fail_next(ANSWERS, Failure.BUSY, retry_after=LONG)
        sending = SendFollowup(made.token, AccountRef("discord", company.ana.id), HELLO)
        error = await refused(company, sending)
        assert error.retry_after == pytest.approx(LONG, abs=1)


async def test_a_private_answer_that_is_refused_is_not_tried_again(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.slash(company.talk, "ideas")
        (made,) = company.server.world.interactions.all.values()
        company.server.fail_next(ANSWERS, Refusal(403, 50013))
        sending = SendFollowup(made.token, AccountRef("discord", company.ana.id), HELLO)
        assert isinstance(await refused(company, sending), PermanentDeliveryError)


async def test_an_address_that_is_shut_out_rests_for_ten_minutes(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(POSTS, Failure.BANNED)
        assert (await refused(company, to_board(company))).retry_after == 600


async def test_what_waited_for_its_time_comes_once_and_not_before(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(POSTS, Failure.BUSY, retry_after=LONG)
        seen = await company.ana.slash(company.talk, "suggest", {"title": "Dark mode"})
        await company.ana.submit(seen.modal)
        await company.pass_time(LONG - 2)
        assert not company.server.messages(company.ideas)
        await company.pass_time(10)
        assert len(company.server.messages(company.ideas)) == 1


async def tried(company: Company, sending: Sending, times: int) -> None:
    """Tried so often, each time anew."""
    for number in range(times):
        await refused(company, sending, f"sb{number}")


@pytest.mark.parametrize(
    "refusal",
    [Refusal(403, 50001), Refusal(403, 50013), Refusal(403, 40001), Refusal(404, 10003)],
    ids=lambda one: f"{one.status}-{one.code}",
)
async def test_a_channel_that_refuses_is_left_alone_after_a_handful(
    tmp_path: Path, refusal: Refusal
) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(POSTS, refusal, times=20)
        await tried(company, to_board(company), 9)
        assert len(company.server.called(POSTS)) == 5
        other = SendPost(ChannelRef("fans", company.lounge.id), HELLO)
        await tried(company, other, 1)
        assert len(company.server.called(POSTS)) == 6


async def test_a_channel_that_is_left_alone_is_tried_again_when_it_changes(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(POSTS, Refusal(403, 50013), times=5)
        await tried(company, to_board(company), 6)
        await company.fans.rename_channel(company.ideas, "wishes")
        assert await company.discord.send(to_board(company), "sb9")


async def test_what_is_refused_of_one_message_is_not_held_against_its_channel(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        gone = MessageRef("fans", company.ideas.id, "1190000000000000005")
        for sending in (SendEdit(gone, HELLO), SendReaction(gone, emoji("✅"))):
            for number in range(6):
                error = await refused(company, sending, f"sb{number}")
                assert isinstance(error, PermanentDeliveryError)
        assert await company.discord.send(to_board(company), "sb9")


async def test_a_token_that_is_refused_is_used_no_more(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(POSTS, Refusal(401, 0), times=20)
        with pytest.raises(NotConnected, match="Reset Token"):
            await company.discord.send(to_board(company), "sb1")
        await company.ended()
        with pytest.raises(NotConnected, match="not connected"):
            await company.discord.send(to_board(company), "sb1")
        assert len(company.server.called(POSTS)) == 1


async def test_a_closed_conversation_refuses_its_own_messages_only(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.ana.close_directs()
        for number in range(6):
            error = await refused(company, to(company.ana), f"sb{number}")
            assert isinstance(error, DirectRefused)
        company.ana.open_directs()
        assert await company.discord.send(to(company.ana), "sb9")
        assert await company.discord.send(to(company.ben), "sb10")


async def test_somebody_who_left_takes_no_direct_messages(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.fans.kick(company.ana)
        assert isinstance(await refused(company, to(company.ana)), DirectRefused)


async def test_conversations_opened_too_fast_rest_for_ten_minutes(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(TALKS, Refusal(400, 40003))
        error = await refused(company, to(company.ana))
        assert error.retry_after == 600
        assert not isinstance(error, PermanentDeliveryError)


async def ask_for_data(company: Company, people: list[Person]) -> None:
    for person in people:
        what = {company.option_of("sounding"): "data"}
        await person.slash(company.talk, "sounding", what)


async def test_direct_messages_leave_slowly_and_none_is_lost(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        people = [company.fans.add_user(f"Fan {number}") for number in range(23)]
        await ask_for_data(company, people)
        told = []
        for _ in range(3):
            await company.pass_time(55)
            told.append(sum(bool(company.directs(one)) for one in people))
            await company.pass_time(6)
        assert told == [10, 20, 23]


async def test_after_a_rest_direct_messages_come_all_the_same(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        company.server.fail_next(TALKS, Refusal(400, 40003))
        await ask_for_data(company, [company.ana, company.ben])
        await company.pass_time(500)
        assert len(company.server.called(TALKS)) == 1
        await company.pass_time(200)
        assert [len(company.directs(one)) for one in (company.ana, company.ben)] == [1, 1]
