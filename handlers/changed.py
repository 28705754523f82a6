"""A message was edited or deleted: what was made of it follows."""

from datetime import timedelta

from bot.board.source import follow_deletion, follow_edit
from bot.board.summaries import redraw
from bot.events import MessageDeleted, MessageEdited, SourcesAsked
from bot.ports import Turn
from bot.results import Result, Sources

READ_AGAIN = timedelta(days=14)
MOST_READ_AGAIN = 100
"""Messages read again after a gap, at most: those of the latest ideas."""


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


async def sources(event: SourcesAsked, turn: Turn) -> Result:
    """The messages of the latest ideas that are not decided: those that a deletion or an edit may
    still change."""
    since = event.at - READ_AGAIN
    found = await turn.store.recent_origins(event.connection, since, MOST_READ_AGAIN)
    return Result(Sources(tuple(found)))
