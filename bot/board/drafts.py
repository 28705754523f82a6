"""What was submitted and waits for a word: kept at once, so that nothing is lost."""

from dataclasses import asdict
from datetime import datetime

from bot.board.submit import add, add_message, form_audience, wording_of
from bot.errors import Gone, NotNow
from bot.events import ReadMessage
from bot.ideas import Idea, NewIdea, Wording
from bot.messages import Action
from bot.people import Account, Role
from bot.ports import Turn
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef
from bot.results import Job, Outgoing
from bot.store import Draft

DRAFT_SECONDS = 15 * 60
"""How long the offer of similar ideas stands before the draft is posted as new."""


async def keep(
    turn: Turn, action: Action, wording: Wording, channel: ChannelRef, *, private: bool
) -> tuple[int, Job]:
    """Save a suggestion, to be posted as new if its author says nothing."""
    values = asdict(wording) | {"channel": str(channel), "private": "yes" if private else ""}
    if turn.viewer.has(Role.MODERATOR):
        values["reviewed"] = "yes"
    draft = await turn.store.save_draft(turn.who, str(action), values, turn.now)
    return draft, Job("draft", draft, DRAFT_SECONDS)


async def own(turn: Turn, number: int) -> Draft:
    """A draft of the viewer's; Gone when it is not, or no longer there."""
    draft = await turn.store.draft(number)
    if draft is None or draft.account.person != turn.viewer.person:
        raise Gone
    return draft


async def post(turn: Turn, draft: Draft) -> tuple[Idea, tuple[Outgoing, ...]]:
    """Post a kept suggestion as new; Gone when somebody acted on it first, NotNow when its author
    has been blocked since."""
    blocked, _ = await turn.store.standing(draft.account.member, turn.now)
    if blocked:
        raise NotNow("blocked")
    if not await turn.store.drop_draft(draft.id):
        raise Gone
    channel = ChannelRef.parse(draft.values["channel"])
    action = Action.parse(draft.kind)
    private, reviewed = (bool(draft.values.get(name)) for name in ("private", "reviewed"))
    return await create(
        turn,
        draft.account,
        action,
        wording_of(draft.values),
        channel,
        private=private,
        reviewed=reviewed,
    )


async def create(
    turn: Turn,
    account: Account,
    action: Action,
    wording: Wording,
    channel: ChannelRef,
    *,
    private: bool,
    reviewed: bool = False,
) -> tuple[Idea, tuple[Outgoing, ...]]:
    """A new idea in these words; the action's argument names the message it was made from."""
    if not action.args:
        audience = form_audience(turn.config, channel, private=private)
        new = NewIdea(wording, account.member, channel.connection, audience)
        return await add(turn, new, account.ref, channel, reviewed=reviewed)
    origin = await turn.store.draft(int(action.args[0]))
    if origin is None or not await turn.store.drop_draft(origin.id):
        raise Gone
    message = _unpack(origin.values)
    if known := await turn.store.idea_at(message.ref):
        raise taken(turn, known)
    made = await add_message(turn, message, account.member, wording, reviewed=reviewed)
    if made is None:
        raise NotNow("author_blocked")
    return made


def taken(turn: Turn, known: Idea) -> NotNow:
    """Why a message cannot become an idea again: it is one, or is not to be one."""
    seen = known.visible_to(turn.viewer)
    return NotNow("captured_already", known.number) if seen else NotNow("not_this_one")


async def keep_message(turn: Turn, message: ReadMessage) -> int:
    """Remember the message a form is about to be made from."""
    values = {
        "message": str(message.ref),
        "thread": str(message.thread),
        "author": str(message.author),
        "author_name": message.author_name,
        "text": message.text,
        "permalink": message.permalink,
        "posted_at": message.posted_at.isoformat(),
        "private": "yes" if message.private else "",
        "invited": "yes" if message.invited else "",
    }
    return await turn.store.save_draft(turn.who, "message", values, turn.now)


def _unpack(values: dict[str, str]) -> ReadMessage:
    return ReadMessage(
        ref=MessageRef.parse(values["message"]),
        thread=ThreadRef.parse(values["thread"]),
        author=AccountRef.parse(values["author"]),
        author_name=values["author_name"],
        text=values["text"],
        permalink=values["permalink"],
        posted_at=datetime.fromisoformat(values["posted_at"]),
        private=bool(values["private"]),
        invited=bool(values.get("invited")),
    )
