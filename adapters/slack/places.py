"""Whether the configured channels are there, and what can be done in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import Refused, ask
from adapters.slack.facts import ChannelFacts
from adapters.slack.needs import Needs
from bot.config import ChannelSettings, Connection
from bot.findings import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Guide:
    """What the findings about a channel are made from; `handle` is what people call the bot."""

    connection: str
    settings: Connection
    needs: Needs
    handle: str

    def verdict(self, channel: str) -> Verdict:
        """How bad it is that the bot cannot work there: not very, when it only has settings."""
        return Verdict.LOOK if self.needs.channels[channel] == "channels" else Verdict.MEND


async def facts_of(web: AsyncWebClient, channel: str) -> ChannelFacts:
    """A channel as it is now; Refused with `channel_not_found` when there is none for the bot."""
    answer = await ask(web.conversations_info, channel=channel)
    return channel_facts(answer["channel"])


def channel_facts(channel: Mapping[str, Any]) -> ChannelFacts:
    """Slack's channel object in short. One that another company is invited to counts as shared."""
    return ChannelFacts(
        id=channel["id"],
        name=channel.get("name") or channel["id"],
        private=any(channel.get(key) for key in ("is_private", "is_group", "is_im", "is_mpim")),
        shared=any(channel.get(key) for key in ("is_ext_shared", "is_pending_ext_shared")),
        archived=bool(channel.get("is_archived")),
        member=bool(channel.get("is_member")),
    )


def absence(guide: Guide, channel: str, refused: Refused) -> Finding | None:
    """A channel that could not be looked at; a missing scope is told elsewhere."""
    if refused.code == "missing_scope":
        return None
    why = guide.needs.channels[channel]
    if refused.code != "channel_not_found":
        text = f"Slack does not show it ({refused.code}); named by {why}"
    elif channel[:1] not in ("C", "G"):
        text = f"is no channel's id, which starts with C; named by {why}. Channel details show it."
    else:
        text = (
            f"there is no such channel, or it is private and the bot is not in it; named by {why}. "
            f"Correct the id, or write `/invite @{guide.handle}` there."
        )
    return Finding(f"{guide.connection}/{channel}", guide.verdict(channel), text)


def findings(guide: Guide, facts: ChannelFacts) -> Iterator[Finding]:
    """What is wrong with a channel, or that nothing is."""
    part = f"{guide.connection}/{facts.id}"
    troubles = [*_troubles(guide, facts)]
    for verdict, text in troubles:
        yield Finding(part, verdict, f"#{facts.name}: {text}")
    if not troubles:
        kind = "private, " if facts.private else ""
        why = guide.needs.channels[facts.id]
        yield Finding(part, Verdict.RIGHT, f"#{facts.name}: {kind}the bot is in it; for {why}")


def _troubles(guide: Guide, facts: ChannelFacts) -> Iterator[tuple[Verdict, str]]:
    if facts.archived:
        yield guide.verdict(facts.id), "is archived. Unarchive it, or name another channel."
    elif not facts.member:
        yield (
            guide.verdict(facts.id),
            f"the bot is not in it. Write `/invite @{guide.handle}` there.",
        )
    if facts.id in guide.settings.listen:
        yield from _listened(guide, facts)
    if facts.id in guide.needs.inside and facts.shared:
        yield Verdict.LOOK, "is shared with another company, whose people read what arrives here."
    if facts.id in guide.needs.team_channels and not facts.private:
        text = (
            "is public, and its members are the product team: whoever joins may decide. Make it "
            "private, or name people in `product_team`."
        )
        yield Verdict.LOOK, text


def _listened(guide: Guide, facts: ChannelFacts) -> Iterator[tuple[Verdict, str]]:
    """As `bot.board.submit.audience_of` and the adapter treat them, unless they are opted in."""
    own = guide.settings.channels.get(facts.id) or ChannelSettings()
    key = f"[connections.{guide.connection}.channels.{facts.id}]"
    if (facts.private or facts.shared) and own.audience is None:
        kind = "shared" if facts.shared else "private"
        text = (
            f"is {kind}, so what is captured there goes to the product inbox only. To say "
            f'otherwise, or that this is right, write `audience = "…"` under {key}.'
        )
        yield Verdict.LOOK, text
    if facts.shared and not own.outsiders:
        text = (
            "is shared, and what people of other companies write is left alone. To include it, "
            f"write `outsiders = true` under {key}."
        )
        yield Verdict.LOOK, text
