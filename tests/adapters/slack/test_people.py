"""Who people are and what they may do, as every event of theirs says."""

import pytest

from bot.events import ReactionChanged
from bot.people import Role
from tests.adapters.slack.office import HOME, Office
from tests.slack.failures import Failure
from tests.slack.model import Channel
from tests.slack.person import Person

MODERATOR, PRODUCT = frozenset({Role.MODERATOR}), frozenset({Role.PRODUCT})
NOTHING = frozenset[Role]()


async def reaction_of(office: Office, person: Person) -> ReactionChanged:
    """What the bot hears when somebody reacts."""
    if person.id not in office.general.room.members:
        office.general.room.members.append(person.id)
    message = office.workspace.messages(office.general)[0]
    await person.react(message, "tada")
    await person.unreact(message, "tada")
    return office.of(ReactionChanged)[-1]


async def roles_of(office: Office, person: Person) -> frozenset[Role]:
    return (await reaction_of(office, person)).roles


async def named_of(office: Office, person: Person) -> str:
    return (await reaction_of(office, person)).name


async def open_up(office: Office, more: str = "", rest: str = "") -> None:
    """A bot with these roles, and a message to react to."""
    await office.connect(more, rest)
    await office.ana.say(office.general, "Dark mode?")


def inbox_of(office: Office, *members: Person) -> tuple[Channel, str]:
    """An inbox in this workspace, and how a configuration ends that names it."""
    inbox = office.workspace.add_channel("inbox", members, private=True)
    return inbox, f'[product]\ninbox = "{HOME}/{inbox.id}"'


async def test_a_role_is_given_to_single_people(office: Office) -> None:
    await open_up(office, f'moderators = ["{office.mo.id}"]\nproduct_team = ["{office.mo.id}"]')
    assert await roles_of(office, office.mo) == MODERATOR | PRODUCT
    assert await roles_of(office, office.ana) == NOTHING
    assert not office.workspace.called("usergroups.users.list")


async def test_a_role_is_given_to_a_user_group_as_it_is_now(office: Office) -> None:
    group = office.workspace.add_group("mods", [office.mo])
    await open_up(office, f'moderators = ["{group.id}"]')
    assert await roles_of(office, office.mo) == MODERATOR
    assert await roles_of(office, office.ana) == NOTHING
    await office.workspace.set_group(group, [office.ana])
    assert await roles_of(office, office.mo) == NOTHING
    assert await roles_of(office, office.ana) == MODERATOR


async def test_a_user_group_is_read_once_and_not_for_every_event(office: Office) -> None:
    group = office.workspace.add_group("mods", [office.mo])
    await open_up(office, f'moderators = ["{group.id}"]\nproduct_team = ["{group.id}"]')
    looked = len(office.workspace.called("usergroups.users.list"))
    for _ in range(5):
        assert await roles_of(office, office.mo) == MODERATOR | PRODUCT
    assert len(office.workspace.called("usergroups.users.list")) == looked + 1


async def test_without_names_the_product_team_is_who_is_in_the_inbox(office: Office) -> None:
    inbox, rest = inbox_of(office, office.mo)
    await open_up(office, rest=rest)
    assert await roles_of(office, office.mo) == PRODUCT
    assert await roles_of(office, office.ana) == NOTHING
    await office.workspace.kick(inbox, office.mo)
    await office.workspace.invite(inbox, office.ana)
    assert await roles_of(office, office.mo) == NOTHING
    assert await roles_of(office, office.ana) == PRODUCT


async def test_with_names_being_in_the_inbox_gives_nothing(office: Office) -> None:
    _, rest = inbox_of(office, office.ana, office.mo)
    await open_up(office, f'product_team = ["{office.mo.id}"]', rest)
    assert await roles_of(office, office.ana) == NOTHING


async def somebody(office: Office, kind: str) -> Person:
    outsider_of = "T0OTHER" if kind == "stranger" else None
    person = office.workspace.add_user("Gus", guest=kind == "guest", outsider_of=outsider_of)
    person.user.deleted = kind == "deactivated"
    return person


@pytest.mark.parametrize("kind", ["guest", "stranger", "deactivated"])
async def test_who_is_no_colleague_has_no_role_however_they_are_named(
    office: Office, kind: str
) -> None:
    person = await somebody(office, kind)
    group = office.workspace.add_group("mods", [person])
    _, rest = inbox_of(office, person)
    await open_up(office, f'moderators = ["{person.id}", "{group.id}"]', rest)
    assert await roles_of(office, person) == NOTHING


async def test_a_plan_without_user_groups_gives_nobody_a_role_and_says_so_once(
    office: Office, logged: list[str]
) -> None:
    office.workspace.team.paid = False
    await open_up(office, f'moderators = ["S0MODS", "{office.mo.id}"]\nproduct_team = ["S0MODS"]')
    logged.clear()
    for person in (office.ana, office.ana, office.mo):
        await reaction_of(office, person)
    assert [line for line in logged if "plan_upgrade_required" in line] == logged
    assert len(logged) == 1
    assert await roles_of(office, office.mo) == MODERATOR
    assert await roles_of(office, office.ana) == NOTHING


@pytest.mark.parametrize("failure", [Failure.CRASH, Failure.HANG, "user_not_found"])
async def test_when_somebody_cannot_be_looked_up_the_event_goes_through_without_a_name(
    office: Office, failure: Failure | str
) -> None:
    await open_up(office, f'moderators = ["{office.mo.id}"]')
    office.server.fail_next("users.info", failure, times=3)
    message = office.workspace.messages(office.general)[0]
    await office.mo.react(message, "tada")
    (heard,) = office.of(ReactionChanged)
    assert (heard.account, heard.name, heard.roles) == (office.account(office.mo), "", NOTHING)
    assert all(one.attempts == 1 for one in office.workspace.deliveries)


async def test_the_next_event_has_the_name_again(office: Office) -> None:
    await open_up(office, f'moderators = ["{office.mo.id}"]')
    office.server.fail_next("users.info", Failure.CRASH, times=3)
    message = office.workspace.messages(office.general)[0]
    await office.mo.react(message, "tada")
    await office.workspace.until(lambda: office.of(ReactionChanged))
    heard = await reaction_of(office, office.mo)
    assert (heard.name, heard.roles) == ("Mo", MODERATOR)


async def test_somebody_is_looked_up_once_and_again_when_their_profile_changes(
    office: Office,
) -> None:
    await open_up(office)
    assert [await named_of(office, office.mo) for _ in range(3)] == ["Mo"] * 3
    assert len(office.workspace.called("users.info")) == 1
    await office.mo.rename("Momo")
    assert await named_of(office, office.mo) == "Momo"


async def test_without_a_display_name_people_are_called_by_their_real_one(office: Office) -> None:
    ben = office.workspace.add_user("Ben", display_name="")
    await open_up(office)
    assert await named_of(office, ben) == "Ben"
