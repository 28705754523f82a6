"""The whole way, both ways: suggested on one platform and like what was suggested on the other,
voted for on both, sent on by a moderator, decided on the other platform, told where it began; and
what is private stays where it belongs. Between what people do and what the bot then says,
everything breaks that can: nothing is lost, and nothing is said twice."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import discord
import pytest

from tests.adapters.discord.company import Company, open_company, words_of
from tests.adapters.discord.everywhere import (
    Break,
    begin_again,
    nothing,
    restart,
    resume,
    seen_by,
)
from tests.discord.permissions import Permission
from tests.slack.person import Person as Colleague
from tests.slack.screen import View

OLD, NEW, SECRET = "Dark mode", "Dark mode for the editor", "dark mode for the secret project"
REASON = "Not this year, sorry."
SECRET_CARD = (
    f"#2 · I would love a {SECRET}\nRead it where it was said\nStatus: New\nVotes: 0\n"
    "Asked for by Mo · fans"
)
DECLINED = f"#3 “{NEW}” will not be done.\n{REASON}"
BOARD_CARD = f"#3 · {NEW}\nMy eyes hurt at night.\n→ The team says: {REASON}\nStatus: Declined\n"
INBOX_CARD = (
    f"#3 · {NEW}\nMy eyes hurt at night.\n→ {{}} declined this: {REASON}\nStatus: Declined\n"
)
OLD_CARD = f"#1 · {OLD}\nFor the night.\nStatus: New\nSuggested by {{}} · 0 votes"
FOUND = f"#3 · {NEW}\nMy eyes hurt at night.\nStatus: New\nSuggested by {{}}"
COUNTS = f"Your vote for #3 “{NEW}” counts: {{}} now."
AGAIN = "You already support #3."
THANKS = "Thank you! Your idea is #{}. You will hear from us when it is decided."
TOLD_HERE = {
    "Discord #ideas": [f"{BOARD_CARD}Suggested by Ana · 3 votes", f"@Ana {DECLINED}"],
    "Discord, to Ana": [DECLINED],
    "Discord, Ana alone": [THANKS.format(3)],
    "Discord, Ben alone": [COUNTS.format("2 votes")],
    "Slack #inbox": [
        SECRET_CARD,
        f"{INBOX_CARD.format('Pia')}Votes: 3\nAsked for by Ana and 3 others · fans",
    ],
    "Slack #wishes": [OLD_CARD.format("Lea")],
    "Slack, lea alone": [FOUND.format("Ana · 0 votes"), COUNTS.format("1 vote"), AGAIN],
}
TOLD_THERE = {
    "Discord #ideas": [OLD_CARD.format("Ben")],
    "Discord #product": [
        SECRET_CARD,
        f"{INBOX_CARD.format('Dora')}Votes: 3\nAsked for by Lea and 3 others · office",
    ],
    "Discord, Ana alone": [FOUND.format("Lea · 0 votes"), COUNTS.format("1 vote"), AGAIN],
    "Discord, Ben alone": [THANKS.format(1)],
    "Discord, Dora alone": ["#3: Declined. Its author and followers hear of it in a minute."],
    "Slack #wishes": [f"{BOARD_CARD}Suggested by Lea · 3 votes", f"@lea {DECLINED}"],
    "Slack, to lea": [DECLINED],
    "Slack, tom alone": [COUNTS.format("2 votes")],
}
Step = Callable[["Scene"], Awaitable[None]]

breaks = pytest.mark.parametrize("break_", [nothing, restart, resume, begin_again])


class Scene:
    """A company with Lea and Tom, customers who are on Slack."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.lea, self.tom = (self._customer(name) for name in ("Lea", "Tom"))

    def _customer(self, name: str) -> Colleague:
        person = self.company.office.add_user(name)
        self.company.wishes.room.members.append(person.id)
        return person

    async def suggests(self, person: Colleague, title: str, body: str) -> View:
        """Somebody suggests it on Slack; what they see then."""
        office = self.company.office
        await person.command(self.company.wishes, f"/suggest {title}")
        await office.until(lambda: person.screen.view)
        assert person.screen.view
        await person.submit(person.screen.view, {"body": body})
        return person.screen.view

    async def play(self, steps: tuple[Step, ...], break_: Break) -> None:
        """Each step, then a break, and only then what the bot has to say."""
        for step in steps:
            await step(self)
            await break_(self.company)
            await self.company.pass_time(40)
        await self.company.pass_time(120)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Identify at once: discord.py waits for five seconds before it begins a session again."""

    async def at_once(_self: discord.Client, _shard: int | None, *, initial: bool = False) -> None:
        del initial

    monkeypatch.setattr(discord.Client, "before_identify_hook", at_once)


async def keep_a_secret(scene: Scene) -> None:
    """Something is said while #talk is hidden, and becomes an idea: the inbox alone gets it."""
    company, view = scene.company, Permission.VIEW_CHANNEL
    for somebody in (company.mo, company.fans.bot_role):
        await company.fans.overwrite(company.talk, somebody, allow=view)
    await company.fans.overwrite(company.talk, company.fans.everyone, deny=view)
    said = await company.mo.say(company.talk, f"I would love a {SECRET}.")
    await company.mo.react(said, "💡")
    await company.pass_time()
    await company.fans.overwrite(company.talk, company.fans.everyone)


async def secrets_are_kept(scene: Scene) -> None:
    """On neither platform does a member find #2, by its number or by its words."""
    company = scene.company
    find = company.option_of("ideas")
    for what in ("2", SECRET):
        here = await company.ben.slash(company.lounge, "ideas", {find: what})
        there = await scene.tom.command(company.wishes, f"/ideas {what}")
        assert here.message
        assert there.message
        assert "I would love" not in words_of(here.message)
        assert "I would love" not in there.message.text
    typing = await company.ben.autocomplete(company.lounge, "ideas", find, "dark mode")
    assert {choice["value"] for choice in typing.choices} == {"1", "3"}


# ── from Discord to the office and back ──


async def lea_suggests(scene: Scene) -> None:
    """The first of the two."""
    await scene.suggests(scene.lea, OLD, "For the night.")


async def ana_suggests(scene: Scene) -> None:
    """She is offered Lea's, and has another one in mind."""
    company = scene.company
    seen = await company.ana.slash(company.lounge, "suggest", {"title": NEW})
    offered = await company.ana.submit(seen.modal, {"body": "My eyes hurt at night."})
    assert offered.message
    assert f"“{OLD}”" in words_of(offered.message)
    assert SECRET not in words_of(offered.message)
    await company.ana.press(offered.message, "No, mine is new")


async def all_vote(scene: Scene) -> None:
    """By button on Slack, by button and by reaction on Discord; some of them twice."""
    company = scene.company
    found = await scene.lea.command(company.wishes, "/ideas 3")
    assert found.message
    for _ in range(2):
        await scene.lea.press(found.message, "Vote")
    card = company.card(company.ideas, NEW)
    await company.ben.press(card, "Vote")
    await company.ben.react(card, "👍")
    await company.dora.react(card, "👍🏽")


async def mo_escalates(scene: Scene) -> None:
    await scene.company.mo.react(scene.company.card(scene.company.ideas, NEW), "🚀")


async def pia_declines(scene: Scene) -> None:
    company = scene.company
    await company.pia.press(company.inbox_card(NEW), "Decline…")
    await company.pia.submit(await company.pias_form(), {"reason": REASON})


THERE = (lea_suggests, keep_a_secret, ana_suggests, all_vote, mo_escalates, pia_declines)


@breaks
async def test_from_discord_to_the_office_and_back(tmp_path: Path, break_: Break) -> None:
    async with open_company(tmp_path) as company:
        scene = Scene(company)
        await scene.play(THERE, break_)
        assert seen_by(company, company.pia, scene.lea, scene.tom) == TOLD_HERE
        await secrets_are_kept(scene)
        assert (await company.database.queue.counts())["dead"] == 0


# ── from Slack to Discord and back ──


async def ben_suggests(scene: Scene) -> None:
    """The first of the two."""
    company = scene.company
    seen = await company.ben.slash(company.lounge, "suggest", {"title": OLD})
    await company.ben.submit(seen.modal, {"body": "For the night."})


async def lea_has_another(scene: Scene) -> None:
    """She is offered Ben's, and has another one in mind."""
    offered = await scene.suggests(scene.lea, NEW, "My eyes hurt at night.")
    assert f"“{OLD}”" in str(offered.blocks)
    assert SECRET not in str(offered.blocks)
    await scene.lea.press(offered, "No, mine is new")


async def all_vote_there(scene: Scene) -> None:
    """By button on Discord, by button and by reaction on Slack; some of them twice."""
    company = scene.company
    found = await company.ana.slash(company.lounge, "ideas", {company.option_of("ideas"): "3"})
    assert found.message
    for _ in range(2):
        await company.ana.press(found.message, "Vote")
    card = company.wish_card(NEW)
    await scene.tom.press(card, "Vote")
    await scene.tom.react(card, "+1::skin-tone-3")
    await company.pia.react(card, "thumbsup")


async def pia_escalates(scene: Scene) -> None:
    await scene.company.pia.react(scene.company.wish_card(NEW), "rocket")


async def dora_declines(scene: Scene) -> None:
    """Whoever sees the hidden inbox is the product team."""
    company = scene.company
    form = await company.dora.press(company.card(company.product, NEW), "Decline…")
    await company.dora.submit(form.modal, {"reason": REASON})


BACK = (ben_suggests, keep_a_secret, lea_has_another, all_vote_there, pia_escalates, dora_declines)


@breaks
async def test_from_slack_to_discord_and_back(tmp_path: Path, break_: Break) -> None:
    async with open_company(tmp_path, other_way=True) as company:
        scene = Scene(company)
        await scene.play(BACK, break_)
        assert seen_by(company, company.pia, scene.lea, scene.tom) == TOLD_THERE
        await secrets_are_kept(scene)
        assert (await company.database.queue.counts())["dead"] == 0
