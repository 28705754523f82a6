"""A long thread in short: asked for in any of three ways, read by a job, shared on purpose."""

from dataclasses import replace

from bot.board.submit import channel_of, is_listened
from bot.board.summaries import answer, ask, idea_above, is_kept_out, keep, redraw, share
from bot.errors import Gone, NotNow
from bot.events import (
    ButtonPressed,
    CommandUsed,
    JobDone,
    MessagePosted,
    ShortcutUsed,
)
from bot.messages import Action
from bot.ports import Turn
from bot.reading.requests import asks_for_summary, length_after
from bot.refs import emoji
from bot.results import Job, React, Result, Subject, Update, Whisper
from bot.summaries import Length, StoredSummary, Thread
from handlers.arguments import number
from handlers.views import summaries

READING = emoji("👀")


async def command(event: CommandUsed, turn: Turn) -> Result:
    """`/summarize LINK [line | paragraph | full]`. How long the thread is would tell that it
    exists, so it is not said."""
    if event.linked is None:
        raise NotNow("no_link")
    length = length_after(event.text)
    job = ask(turn, event, message=event.linked, length=length)
    return Result(Whisper(summaries.reading(None)), (job,))


async def from_menu(event: ShortcutUsed, turn: Turn) -> Result:
    """*Summarise thread* in a message's menu."""
    thread = event.message.thread
    if is_kept_out(turn, thread):
        raise NotNow("thread_kept_out")
    known = await turn.store.thread_at(thread)
    return Result(Whisper(summaries.reading(known)), (ask(turn, event, thread=thread),))


async def mentioned(event: MessagePosted, turn: Turn) -> Result:
    """A mention in a thread that says "summarise", perhaps "in a line". A message has no private
    answer, so 👀 says that it was heard, and the summary comes as a direct message."""
    length = asks_for_summary(event.text)
    if event.thread is None or length is None:
        return Result()
    heard = React(event.message, event.channel, READING)
    return Result(None, (heard, ask(turn, event, thread=event.thread, length=length)))


async def offered(event: ButtonPressed, turn: Turn) -> Result:
    """*Summarise* below a thread that was offered to the moderators."""
    thread = await _offered(event, turn)
    return Result(Whisper(summaries.reading(thread)), (ask(turn, event, thread=thread.ref),))


async def capture(event: ButtonPressed, turn: Turn) -> Result:
    """*Capture as idea* there: as the capture emoji on the thread's first message."""
    thread = await _offered(event, turn)
    if not is_listened(turn.config, channel_of(thread.ref)):
        raise Gone
    message = thread.ref.opening
    if known := await turn.store.idea_at(message):
        raise NotNow("captured_already", known.number)
    row = await turn.store.set_mark(message, turn.who.id, "capture", True, turn.now)
    if row is None:
        raise NotNow("capturing_already")
    return Result(Whisper(summaries.capturing()), (Job("read", row, message=message),))


async def in_length(event: ButtonPressed, turn: Turn) -> Result:
    """*In a line*, *In a paragraph* and *In full* below a summary: the thread is read again."""
    stored = await turn.store.summary(number(event.action))
    length = _length(event.action)
    if stored is None or stored.summary.thread.connection != event.channel.connection:
        raise Gone
    job = ask(turn, event, thread=stored.summary.thread, length=length)
    return Result(Whisper(summaries.reading(None)), (job,))


async def done(event: JobDone, turn: Turn) -> Result:
    """The thread was read, as far as whoever asked may see it."""
    if event.gave_up:
        return Result(None, await answer(turn, event, Subject("thread_unread", 0)))
    if event.summary is not None:
        row, shown = await keep(turn, event.summary, event.permalink)
        return Result(None, (*await answer(turn, event, Subject("summary", row)), *shown))
    if event.thread is None:
        return Result(None, await answer(turn, event, Subject("thread_gone", 0)))
    if is_kept_out(turn, event.thread):
        return Result(None, await answer(turn, event, Subject("thread_kept_out", 0)))
    told = await answer(turn, event, Subject("thread_short", 0))
    emptied = await turn.store.empty_summary(event.thread)
    return Result(None, (*told, *await redraw(turn, emptied)))


async def post(event: ButtonPressed, turn: Turn) -> Result:
    """*Post to thread*."""
    stored, outgoing = await share(turn, number(event.action), "posted")
    return Result(await _note(turn, replace(stored, posted=True)), outgoing)


async def send(event: ButtonPressed, turn: Turn) -> Result:
    """*Send to product*."""
    stored, outgoing = await share(turn, number(event.action), "sent")
    return Result(await _note(turn, replace(stored, sent=True)), outgoing)


def _length(action: Action) -> Length:
    try:
        return Length(action.args[1])
    except (IndexError, ValueError) as error:
        raise Gone from error


async def _note(turn: Turn, stored: StoredSummary) -> Update:
    idea = await idea_above(turn.store, stored)
    return Update(summaries.note(stored, turn.config, idea))


async def _offered(event: ButtonPressed, turn: Turn) -> Thread:
    thread = await turn.store.thread(number(event.action))
    if thread is None or thread.ref.connection != event.channel.connection:
        raise Gone
    return thread
