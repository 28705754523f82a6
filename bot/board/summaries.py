"""A thread's summary: asked for, kept as the one there is, and shared on purpose."""

from bot.board.submit import channel_of, is_listened
from bot.errors import Gone, NotNow
from bot.events import HumanEvent, JobDone
from bot.ideas import Idea
from bot.ports import Turn
from bot.postings import DIGESTS, SUMMARIES
from bot.refs import MessageRef, ThreadRef
from bot.results import Direct, Edit, Followup, Job, Outgoing, Post, Subject
from bot.store import Share, Store
from bot.summaries import Length, StoredSummary, Summary


def ask(
    turn: Turn,
    event: HumanEvent,
    *,
    thread: ThreadRef | None = None,
    message: MessageRef | None = None,
    length: Length = Length.PARAGRAPH,
) -> Job:
    """Have a thread read for whoever acts, named by itself or by a message in it."""
    return Job(
        "summarize",
        0,
        message=message,
        thread=thread,
        account=turn.who.ref,
        handle=event.handle,
        length=length,
    )


def is_kept_out(turn: Turn, thread: ThreadRef) -> bool:
    """Whether the thread's channel is kept out of summaries."""
    return not turn.config.connections[thread.connection].summarizes(thread.channel)


async def answer(turn: Turn, done: JobDone, subject: Subject) -> tuple[Outgoing, ...]:
    """To whoever asked, privately: where they asked, if they can be answered there."""
    account = await turn.store.find_account(done.account) if done.account else None
    if account is None:
        return ()
    if done.handle is None:
        return (Direct(account.ref, account.connection, subject),)
    return (Followup(done.handle, account.ref, account.connection, subject),)


async def keep(turn: Turn, summary: Summary, permalink: str) -> tuple[int, tuple[Outgoing, ...]]:
    """Make it the thread's one summary of its length; its row, and what was shown of the one
    before."""
    told = summary.writing.statements if summary.writing else ()
    names = {quote.author: quote.author_name for quote in summary.quotes}
    names |= {one.author: one.author_name for statement in told for one in statement.citations}
    place = summary.thread.connection
    authors = {
        ref: (await turn.store.account(ref, name, place, turn.now)).id
        for ref, name in names.items()
    }
    row = await turn.store.keep_summary(summary, authors, permalink, turn.now)
    return row, (Edit(row, SUMMARIES),)


async def redraw(turn: Turn, changed: list[int]) -> tuple[Outgoing, ...]:
    """All that shows these summaries (rows), the digests that quote them included."""
    digests = await turn.store.digests_naming(None, changed) if changed else []
    shown = [Edit(row, SUMMARIES) for row in changed]
    return (*shown, *(Edit(row, DIGESTS) for row in digests))


async def share(turn: Turn, number: int, how: Share) -> tuple[StoredSummary, tuple[Outgoing, ...]]:
    """Post it in its thread or send it to the product team, once; NotNow when it cannot go there,
    or is there already."""
    stored = await turn.store.summary(number)
    if stored is None:
        raise Gone
    thread = stored.summary.thread
    if is_kept_out(turn, thread):
        raise NotNow("thread_kept_out")
    post = _posting(stored, thread) if how == "posted" else _sending(turn, stored, thread)
    if not await turn.store.share_summary(number, how, turn.now):
        raise NotNow(f"thread_{how}")
    verb = f"{how}_summary"
    await turn.store.audit(verb, None, turn.who.member, turn.now, f"summary {number}")
    return stored, (post, Edit(number, SUMMARIES))


async def idea_above(store: Store, stored: StoredSummary) -> Idea | None:
    """The idea whose card a thread hangs under. One that was captured from its opening is another
    matter: not everybody in the thread may know of it."""
    opening = stored.summary.thread.opening
    idea = await store.idea_at(opening)
    captured = idea and idea.origin and idea.origin.message == opening
    return None if captured else idea


def _posting(stored: StoredSummary, thread: ThreadRef) -> Post:
    return Post(channel_of(thread), Subject("thread_summary", stored.id), thread)


def _sending(turn: Turn, stored: StoredSummary, thread: ThreadRef) -> Post:
    inbox = turn.config.product.inbox
    if inbox is None:
        raise NotNow("no_inbox")
    if not is_listened(turn.config, channel_of(thread)):
        raise NotNow("thread_unlisted")
    return Post(inbox, Subject("thread_summary", stored.id))
