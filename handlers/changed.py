"""A message was edited or deleted: what was made of it follows."""

from datetime import timedelta

from bot.board.source import follow_deletion, follow_edit
from bot.board.submit import is_listened
from bot.board.summaries import redraw
from bot.events import MessageDeleted, MessageEdited, SourcesAsked
from bot.ports import Turn
from bot.results import Job, Result, Sources
from bot.store import Store

READ_AGAIN = timedelta(days=14)
MOST_READ_AGAIN = 100
"""Messages read again after a gap, at most: those of the latest ideas."""


async def concerns(event: MessageEdited | MessageDeleted, store: Store) -> bool:
    """Of most messages nothing was made. A marked one may just be read to become an idea."""
    return await store.knows_message(event.message)


async def edited(event: MessageEdited, turn: Turn) -> Result:
    """An idea may follow, and nobody is quoted with words they took back."""
    quoting = await turn.store.drop_changed_quotes(event.message, event.text, turn.now)
    followed = await follow_edit(turn, event.message, turn.viewer.account, event.text)
    again = await _read_again(event, turn)
    return Result(None, (*followed, *again, *await redraw(turn, quoting)))


async def _read_again(event: MessageEdited, turn: Turn) -> tuple[Job, ...]:
    """Perhaps the marked message was read before it was edited, and is no idea yet."""
    if not is_listened(turn.config, event.channel) or await turn.store.idea_at(event.message):
        return ()
    mark = await turn.store.mark_on(event.message)
    return (Job("read", mark, message=event.message),) if mark else ()


async def deleted(event: MessageDeleted, turn: Turn) -> Result:
    """With a message go its idea and its quotes, and it becomes no idea any more; one of our own
    is edited no more."""
    is_ours = await turn.store.forget_posting(event.message, turn.now)
    quoting = await turn.store.drop_quotes(event.message)
    followed = await follow_deletion(turn, event.message)
    if not is_ours and not await turn.store.idea_at(event.message):
        await turn.store.drop_marks(event.message, turn.now)
    return Result(None, (*followed, *await redraw(turn, quoting)))


async def sources(event: SourcesAsked, turn: Turn) -> Result:
    """The messages of the latest ideas that are not decided: those that a deletion or an edit may
    still change."""
    since = event.at - READ_AGAIN
    found = await turn.store.recent_origins(event.connection, since, MOST_READ_AGAIN)
    return Result(Sources(tuple(found)))
