"""`/sounding link` and `/sounding unlink`: one person's accounts on several platforms."""

from bot.board.link import link, linked_with, show_code, type_code, unlink
from bot.config import Config
from bot.events import ButtonPressed
from bot.ports import Turn
from bot.results import Result, Update, Whisper
from handlers.arguments import number
from handlers.views import links


async def asked(turn: Turn, typed: str) -> Result:
    """Without a code one is shown; with one, whose it is, before anything is linked."""
    if _places(turn.config) < 2:
        return Result(Whisper(links.one_place()))
    if not typed:
        return Result(Whisper(links.code(await show_code(turn), await linked_with(turn))))
    code = await type_code(turn, typed)
    return Result(Whisper(links.is_it_you(code) if code else links.wrong_code()))


async def confirmed(event: ButtonPressed, turn: Turn) -> Result:
    """*Yes, both are mine*: linked, and the other account told."""
    owner, outgoing = await link(turn, number(event.action))
    return Result(Update(links.linked(owner)), outgoing)


async def refused(event: ButtonPressed, turn: Turn) -> Result:
    """*No*: that code links nobody any more."""
    await turn.store.drop_code(number(event.action), turn.who.id)
    return Result(Update(links.not_linked()))


async def parted(turn: Turn) -> Result:
    """The account by itself again."""
    others, outgoing = await unlink(turn)
    return Result(Whisper(links.unlinked(others)), outgoing)


def _places(config: Config) -> int:
    """Where somebody may have an account: each Slack workspace, and Discord as a whole."""
    connections = config.connections.items()
    return len({name if c.platform == "slack" else c.platform for name, c in connections})
