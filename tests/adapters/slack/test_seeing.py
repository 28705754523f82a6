"""Who may see what: where Slack would show it to them, and nowhere else."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.slack.calls import Unreachable
from bot.refs import AccountRef, ChannelRef
from tests.adapters.slack.company import Company, open_company
from tests.adapters.slack.office import HOME, Office
from tests.slack.failures import Failure
from tests.slack.model import Channel
from tests.slack.person import Person


async def sees(office: Office, person: Person, channel: Channel) -> bool:
    return await office.adapter.can_see(office.account(person), office.channel(channel))


@pytest.mark.parametrize(
    ("private", "member", "seen"), [(False, False, True), (True, True, True), (True, False, False)]
)
async def test_a_colleague_sees_open_channels_and_their_own(
    office: Office, private: bool, member: bool, seen: bool
) -> None:
    members = [office.ana] if member else [office.mo]
    channel = office.workspace.add_channel("other", members, private=private)
    await office.connect()
    assert await sees(office, office.ana, channel) is seen


@pytest.mark.parametrize("member", [True, False])
async def test_a_guest_sees_what_they_are_in(office: Office, member: bool) -> None:
    guest = office.workspace.add_user("Gus", guest=True)
    channel = office.workspace.add_channel("open", [guest] if member else [office.ana])
    await office.connect()
    assert await sees(office, guest, channel) is member


async def test_somebody_of_another_company_sees_what_they_are_in(office: Office) -> None:
    zoe = office.workspace.add_user("Zoe", outsider_of="T0OTHER")
    partners = office.workspace.add_channel("partners", [office.ana, zoe], shared=True)
    await office.connect()
    assert await sees(office, zoe, partners)
    assert not await sees(office, zoe, office.general)


async def test_who_left_the_company_or_the_channel_sees_it_no_more(office: Office) -> None:
    channel = office.workspace.add_channel("secret", [office.ana, office.mo], private=True)
    await office.connect()
    assert await sees(office, office.ana, channel)
    await office.workspace.kick(channel, office.ana)
    assert not await sees(office, office.ana, channel)
    await office.mo.leave_company()
    assert not await sees(office, office.mo, office.workspace.add_channel("open", [office.ana]))


async def test_a_channel_that_was_closed_is_closed_from_then_on(office: Office) -> None:
    channel = office.workspace.add_channel("open", [office.mo])
    await office.connect()
    assert await sees(office, office.ana, channel)
    channel.kind = "group"
    await office.workspace.rename_channel(channel, "closed")
    assert not await sees(office, office.ana, channel)


async def test_nobody_sees_what_is_not_there_or_is_not_known(office: Office) -> None:
    hidden = office.workspace.add_channel("hidden", [office.ana], private=True, bot=False)
    await office.connect()
    ana, general = office.account(office.ana), office.channel()
    can_see = office.adapter.can_see
    assert await can_see(ana, general)
    assert not await sees(office, office.ana, hidden)
    assert not await can_see(ana, ChannelRef(HOME, "C0NOWHERE"))
    assert not await can_see(ana, replace(general, connection="office"))
    assert not await can_see(replace(ana, user="U0NOBODY"), general)
    assert not await can_see(AccountRef("slack:T0OTHER", office.ana.id), general)


async def test_while_slack_does_not_say_it_is_asked_again_later(office: Office) -> None:
    await office.connect()
    office.server.fail_next("users.info", Failure.CRASH)
    with pytest.raises(Unreachable):
        await sees(office, office.ana, office.general)
    assert await sees(office, office.ana, office.general)


async def summarized(company: Company, address: str) -> list[str]:
    """What Ben, who is in no private channel, is told of a thread."""
    seen = await company.ben.command(company.general, f"/summarize {address}")
    before = len(company.ben.screen.ephemerals)
    await company.pass_time()
    later = company.ben.screen.ephemerals[before:]
    return [one.text for one in (*seen.messages, *later)]


async def test_a_thread_one_may_not_see_is_answered_like_one_that_is_not_there(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        secret = company.customers.add_channel("secret", [company.ana, company.mo], private=True)
        opening = await company.ana.say(secret, "Our budget needs a dark mode.")
        for number in range(6):
            await company.mo.say(secret, f"That is true, for reason number {number}.", opening)
        hidden = company.customers.permalink(opening)
        nowhere = hidden.replace(opening.ts.replace(".", ""), "1700000000000000")
        elsewhere = hidden.replace(secret.id, "C0NOWHERE")
        told = await summarized(company, hidden)
        assert len(told) == 2
        assert told == await summarized(company, nowhere) == await summarized(company, elsewhere)
        assert company.customers.directs(company.ben) == []
        company.assert_clean()
