"""What everybody on both platforms has in front of them, and how their connections break."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

from tests.adapters.discord.company import Company, words_of
from tests.discord.drawn import read
from tests.discord.person import Person
from tests.slack.person import Person as Colleague

Break = Callable[[Company], Awaitable[None]]
Told = tuple[str, list[str]]


async def nothing(_company: Company) -> None:
    """All goes well."""


async def restart(company: Company) -> None:
    """The bot ends, and another one begins with what was kept."""
    await company.restart()


async def resume(company: Company) -> None:
    """Every connection is cut; Discord's session goes on."""
    sockets = company.office.sockets
    old = [*sockets.open]
    resumes = _resumes(company)
    await sockets.disconnect("refresh_requested")
    company.server.gateway.kill()
    await company.server.until(lambda: _resumes(company) > resumes)
    await company.server.connected()
    await company.office.until(lambda: len([one for one in sockets.open if one not in old]) == 2)


async def begin_again(company: Company) -> None:
    """Discord's session is invalid: what happened meanwhile is not told."""
    gateway = company.server.gateway
    identifies = gateway.identifies
    company.discord.current.clear()
    gateway.invalidate()
    await company.server.until(lambda: gateway.identifies > identifies)
    await company.caught_up()


def _resumes(company: Company) -> int:
    return sum(session.resumes for session in company.server.gateway.sessions.values())


def seen_by(company: Company, *colleagues: Colleague) -> dict[str, list[str]]:
    """What the bot says, by where it stands: a channel, somebody's direct messages, or their
    screen. Places where it says nothing are left out, and people are pinged by name."""
    fans = (company.ana, company.ben, company.mo, company.dora)
    names = {fan.id: f"@{fan.user.shown_name}" for fan in fans}
    names |= {f"<@{one.id}>": f"@{one.user.name}" for one in colleagues}
    return {
        place: [_named(text, names) for text in texts]
        for place, texts in (*_on_discord(company, fans), *_on_slack(company, colleagues))
        if texts
    }


def _on_discord(company: Company, fans: Sequence[Person]) -> Iterator[Told]:
    for channel in company.fans.guild.channels.values():
        posts = [one for one in company.server.messages(channel) if one.author.bot]
        yield f"Discord #{channel.name}", [read(words_of(one)) for one in posts]
    for fan in fans:
        yield f"Discord, to {fan.user.shown_name}", [*map(read, company.directs(fan))]
        notices = [read(words_of(one)) for one in fan.screen.ephemerals]
        yield f"Discord, {fan.user.shown_name} alone", notices


def _on_slack(company: Company, colleagues: Sequence[Colleague]) -> Iterator[Told]:
    for there in (company.inbox, company.wishes):
        posts = [one for one in there.room.messages.values() if one.bot_id]
        yield f"Slack #{there.name}", [one.text for one in posts]
    for one in colleagues:
        directs = [direct.text for direct in company.office.directs(one)]
        yield f"Slack, to {one.user.name}", directs
        yield f"Slack, {one.user.name} alone", [notice.text for notice in one.screen.ephemerals]


def _named(text: str, names: Mapping[str, str]) -> str:
    for mention, name in names.items():
        text = text.replace(mention, name)
    return text
