"""A moderator's reaction makes an idea of a message, or sends one to the product team."""

from dataclasses import replace

from bot.board.decide import decide
from bot.board.escalate import enter_inbox, leave_inbox
from bot.board.review import let_in
from bot.board.source import follow_edit
from bot.board.submit import DONE, add_message, is_listened
from bot.events import JobDone, ReactionChanged
from bot.ideas import Audience, Idea, IdeaStatus
from bot.ports import Turn
from bot.results import Job, Outgoing, React, Result
from bot.store import Mark


async def reacted(event: ReactionChanged, turn: Turn) -> Result:
    """The capture emoji on a message; taken back, it undoes what it did."""
    return await _marked(event, turn, "capture")


async def escalated(event: ReactionChanged, turn: Turn) -> Result:
    """The escalation emoji on a message or a card; a message is captured first."""
    return await _marked(event, turn, "escalate")


async def _marked(event: ReactionChanged, turn: Turn, mark: Mark) -> Result:
    row = await turn.store.set_mark(event.message, turn.who.id, mark, event.added, turn.now)
    if row is None:
        return Result()
    idea = await turn.store.idea_at(event.message, lock=True)
    if idea is None:
        is_new = event.added and is_listened(turn.config, event.channel)
        return Result(None, (Job("read", row, message=event.message),) if is_new else ())
    if event.added and not idea.visible_to(turn.viewer):
        return Result()
    if mark == "escalate":
        return Result(None, await _escalate(event, turn, idea))
    change = _recapture if event.added else _uncapture
    return Result(None, await change(event, turn, idea))


async def _escalate(event: ReactionChanged, turn: Turn, idea: Idea) -> tuple[Outgoing, ...]:
    """✅ says that it worked. What waited for a moderator has had one's look."""
    if not event.added:
        return await leave_inbox(turn, idea)
    outgoing: tuple[Outgoing, ...] = ()
    if idea.waits:
        outgoing += await let_in(turn, idea)
        idea = replace(idea, status=IdeaStatus.NEW)
    outgoing += await enter_inbox(turn, idea, turn.who.member)
    return (*outgoing, React(event.message, event.channel, DONE)) if outgoing else ()


async def _recapture(event: ReactionChanged, turn: Turn, idea: Idea) -> tuple[Outgoing, ...]:
    """It lets in what waited for a moderator; given again, it brings back what this moderator's
    reaction took off the board."""
    if idea.waits:
        return await let_in(turn, idea)
    last = await turn.store.last_decision(idea.number)
    if idea.status is not IdeaStatus.WITHDRAWN or last is None or last.by != turn.who.person:
        return ()
    held = last.previous is IdeaStatus.HELD
    _, outgoing = await decide(turn, idea, IdeaStatus.HELD if held else IdeaStatus.NEW, "")
    return outgoing


async def _uncapture(event: ReactionChanged, turn: Turn, idea: Idea) -> tuple[Outgoing, ...]:
    """Only what this account captured, and only while nothing has come of it."""
    by_itself = idea.audience is Audience.INBOX
    untouched = not idea.votes and (by_itself or not idea.escalated)
    captor = idea.captured_by == turn.who.person and idea.status is IdeaStatus.NEW
    if not (untouched and captor and idea.origin and idea.origin.message == event.message):
        return ()
    last = await turn.store.last_decision(idea.number)
    if last is not None and last.by != turn.who.person:
        return ()
    if any(mark == "capture" for mark, _ in await turn.store.marks(event.message)):
        return ()
    _, outgoing = await decide(turn, idea, IdeaStatus.WITHDRAWN, "")
    return outgoing


async def read(event: JobDone, turn: Turn) -> Result:
    """The message behind a reaction was read: it is an idea now, unless it was taken back. Read
    again, because it was edited meanwhile, it gives that its words. Suggested meanwhile by somebody
    else, it has had a moderator's look."""
    message = await turn.store.mark_message(event.subject)
    marks = await turn.store.marks(message) if message else []
    if event.message is None or not marks:
        return Result()
    idea = await turn.store.idea_at(event.message.ref, lock=True)
    outgoing: tuple[Outgoing, ...] = ()
    if idea is None:
        made = await add_message(turn, event.message, captured_by=marks[0][1], reviewed=True)
        if made is None:
            return Result()
        idea, outgoing = made
    else:
        author = await turn.store.find_account(event.message.author)
        outgoing = await follow_edit(turn, event.message.ref, author, event.message.text)
        if idea.waits:
            outgoing += await let_in(turn, idea, by=marks[0][1])
            idea = replace(idea, status=IdeaStatus.NEW)
    for mark, member in marks:
        if mark == "escalate":
            outgoing += await enter_inbox(turn, idea, member)
    return Result(None, outgoing)
