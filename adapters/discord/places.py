"""Whether the configured channels are there, and what the bot may do in them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.discord.facts import ChannelFacts
from adapters.discord.needs import BOARD, DIGEST, INBOX, LISTEN, MODERATORS, SETTINGS, Needs
from adapters.discord.standing import missing, words
from bot.config import ChannelSettings, Connection
from bot.findings import Finding, Verdict

TEXT, NEWS, FORUM, MEDIA = 0, 5, 15, 16
_POSTS = (FORUM, MEDIA)
_ID_HELP = "To copy an id, switch on Developer Mode under Advanced and right-click the channel."


@dataclass(frozen=True, slots=True)
class Guide:
    """What the findings about a channel are made from; `role` is what the bot is called."""

    connection: str
    settings: Connection
    needs: Needs
    role: str

    def verdict(self, channel: str) -> Verdict:
        """How bad it is that the bot cannot work there: not very, when it only has settings."""
        return Verdict.LOOK if self.needs.channels[channel] == SETTINGS else Verdict.MEND


def absence(guide: Guide, channel: str) -> Finding:
    """A channel that is on none of the bot's servers."""
    why = guide.needs.channels[channel]
    text = f"there is no such channel on the bot's servers; named by {why}. {_ID_HELP}"
    return Finding(f"{guide.connection}/{channel}", guide.verdict(channel), text)


def findings(guide: Guide, facts: ChannelFacts) -> Iterator[Finding]:
    """What is wrong with a channel, or that nothing is."""
    part = f"{guide.connection}/{facts.id}"
    troubles = [*_troubles(guide, facts)]
    for verdict, text in troubles:
        yield Finding(part, verdict, f"#{facts.name}: {text}")
    if not troubles:
        kind = "hidden from @everyone, " if facts.closed else ""
        why = guide.needs.channels[facts.id]
        yield Finding(
            part, Verdict.RIGHT, f"#{facts.name}: {kind}the bot may work there; for {why}"
        )


def _troubles(guide: Guide, facts: ChannelFacts) -> Iterator[tuple[Verdict, str]]:
    keys = guide.needs.channels[facts.id].split("; ")
    yield from _kind(guide, facts, keys)
    wanted = guide.needs.permissions_in(facts.id, forum=facts.kind in _POSTS)
    lacking = missing(wanted, facts.allowed)
    if lacking:
        named = ", ".join(f"{words(one)} ({wanted[one]})" for one in lacking)
        text = (
            f"the bot lacks {named}. Open Edit Channel, Permissions, and allow it to the role "
            f"{guide.role}."
        )
        yield guide.verdict(facts.id), text
    if LISTEN in keys and facts.closed:
        yield from _listened(guide, facts)
    if facts.id in guide.needs.team_channels and not facts.closed:
        text = (
            "everybody sees it, so it makes nobody the product team. Hide it from @everyone, or "
            "name people or roles in `product_team`."
        )
        yield Verdict.MEND, text
    elif facts.id in guide.needs.inside and not facts.closed:
        yield Verdict.LOOK, "everybody sees what arrives here. Hide it from @everyone."


def _kind(guide: Guide, facts: ChannelFacts, keys: list[str]) -> Iterator[tuple[Verdict, str]]:
    """A forum takes posts by members only; a category or a stage takes nothing."""
    if facts.kind not in (TEXT, NEWS, *_POSTS):
        yield guide.verdict(facts.id), "is neither a text channel nor a forum. Name another one."
    ours = [key for key in (BOARD, MODERATORS, INBOX, DIGEST) if key in keys]
    if facts.kind in _POSTS and ours:
        text = f"is a forum, and {' and '.join(ours)} takes messages. Name a text channel."
        yield Verdict.MEND, text


def _listened(guide: Guide, facts: ChannelFacts) -> Iterator[tuple[Verdict, str]]:
    """As `bot.board.submit.audience_of` treats it, unless it is opted in."""
    own = guide.settings.channels.get(facts.id) or ChannelSettings()
    if own.audience is None:
        text = (
            "is hidden from @everyone, so its ideas go to the product inbox only. To say "
            f'otherwise, or that this is right, write `audience = "…"` under '
            f"[connections.{guide.connection}.channels.{facts.id}]."
        )
        yield Verdict.LOOK, text
