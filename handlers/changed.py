"""A message was edited or deleted: what was made of it follows."""

from bot.board.source import follow_deletion, follow_edit
from bot.board.summaries import redraw
from bot.events import MessageDeleted, MessageEdited
from bot.ports import Turn
from bot.results import Result


async def edited(event: MessageEdited, turn: Turn) -> Result:
    """An idea may follow, and nobody is quoted with words they took back."""
    quoting = await turn.store.drop_changed_quotes(event.message, event.text, turn.now)
    followed = await follow_edit(turn, event.message, event.text)
    return Result(None, (*followed, *await redraw(turn, quoting)))


async def deleted(event: MessageDeleted, turn: Turn) -> Result:
    """With a message go its idea and its quotes; one of our own is edited no more."""
    await turn.store.forget_posting(event.message, turn.now)
    quoting = await turn.store.drop_quotes(event.message)
    followed = await follow_deletion(turn, event.message)
    return Result(None, (*followed, *await redraw(turn, quoting)))
