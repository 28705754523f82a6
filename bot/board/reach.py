"""Where to speak to people about an idea."""

from bot.config import Config
from bot.ideas import Idea
from bot.people import Account, Viewer
from bot.ports import Turn
from bot.postings import Posting, PostingKind
from bot.refs import AccountRef, ChannelRef, ThreadRef
from bot.results import Outgoing, Post, Subject


async def where_it_began(
    turn: Turn, idea: Idea, subject: Subject, mention: AccountRef | None
) -> tuple[Outgoing, ...]:
    """A post in the thread an idea came from, else under its card; nothing if neither is there."""
    if idea.origin and not idea.origin.deleted_at:
        thread = idea.origin.thread
        channel = ChannelRef(thread.connection, thread.channel)
        return (Post(channel, subject, thread, mention),)
    card = await turn.store.posting(idea.number, PostingKind.CARD)
    return (under(card, subject, mention),) if card else ()


async def post_of(turn: Turn, idea: Idea) -> ThreadRef | None:
    """The forum's post that an idea came from: its card stands in the thread itself, or will."""
    card = await turn.store.posting(idea.number, PostingKind.CARD)
    if card is None:
        kept = await turn.store.place_of(idea.number)
        return kept[1] if kept else None
    thread = idea.origin.thread if idea.origin else None
    return thread if thread and card.message.container == thread.root else None


def under(posting: Posting, subject: Subject, mention: AccountRef | None = None) -> Post:
    """A post in the thread of a card."""
    channel = posting.channel
    thread = ThreadRef(channel.connection, channel.channel, posting.message.message)
    return Post(channel, subject, thread, mention)


async def author_here(turn: Turn, idea: Idea) -> AccountRef | None:
    """The author's account on the idea's own connection, the only one a post there can mention."""
    if idea.author is None:
        return None
    account = await turn.store.reach(idea.author, idea.connection)
    return account.ref if account and account.connection == idea.connection else None


def member_of(config: Config, connection: str, account: Account | None = None) -> Viewer:
    """How any member of a connection sees things: what is sent unasked shows no more."""
    settings = config.connections.get(connection)
    return Viewer(connection, account, shows_all=bool(settings and settings.show == "all"))
