"""From a queued subject to its message, made from the state at sending time."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.board.merge import is_as_wide
from bot.ideas import Decision, Idea, PostingKind
from bot.messages import Mention, Message
from bot.ports import Store
from bot.refs import AccountRef
from bot.results import Subject
from handlers.views import cards, told


async def compose(store: Store, subject: Subject, mention: AccountRef | None) -> Message | None:
    """A subject's message, naming and pinging `mention`; None when there is nothing left to say."""
    message = await SUBJECTS[subject.kind](store, subject.id)
    account = await store.find_account(mention) if mention else None
    if message is None or account is None:
        return message
    first, *rest = message.lines
    return replace(message, lines=((Mention(account.ref, account.name), " ", *first), *rest))


async def _idea_card(store: Store, number: int) -> Message | None:
    idea = await store.idea(number)
    if idea is None:
        return None
    target = await _target(store, idea)
    shown_target = target if target and is_as_wide(target, idea) else None
    decision = await store.last_decision(number)
    told_one = decision if decision and _is_public(idea, decision) else None
    card = cards.idea_card(
        idea,
        idea.public_status,
        people=await store.asked_by(number),
        decision=told_one,
        target=shown_target,
    )
    return Message(cards=(card,))


def _is_public(idea: Idea, decision: Decision) -> bool:
    return not decision.is_answer and decision.status is idea.public_status


async def _inbox_card(store: Store, number: int) -> Message | None:
    idea = await store.idea(number)
    if idea is None:
        return None
    return cards.inbox_card(
        idea,
        people=await store.asked_by(number),
        decision=await store.last_decision(number),
        target=await _target(store, idea),
    )


async def _target(store: Store, idea: Idea) -> Idea | None:
    return await store.idea(idea.merged_into) if idea.merged_into else None


async def _decision(store: Store, number: int) -> Message | None:
    decision = await store.decision(number)
    idea = await store.idea(decision.idea) if decision else None
    if decision is None or idea is None or decision.undone:
        return None
    return told.decision(idea, decision, await store.asked_by(idea.number))


async def _draft_posted(store: Store, number: int) -> Message | None:
    idea = await store.idea(number)
    return told.draft_posted(idea) if idea else None


async def _captured(store: Store, number: int) -> Message | None:
    idea = await store.idea(number)
    return told.captured(idea) if idea else None


async def _merged(store: Store, number: int) -> Message | None:
    idea = await store.idea(number)
    target = await _target(store, idea) if idea else None
    return told.merged(idea, target) if idea and target else None


async def _question(store: Store, number: int) -> Message | None:
    question = await store.question(number)
    idea = await store.idea(question.idea) if question else None
    return told.question(idea, question) if idea and question else None


async def _answer(store: Store, number: int) -> Message | None:
    question = await store.question(number)
    idea = await store.idea(question.idea) if question else None
    return told.answer(idea, question) if idea and question else None


async def _data(store: Store, member: int) -> Message | None:
    held = await store.held_data(member)
    return told.data(json.dumps(held, ensure_ascii=False, indent=2)) if held else None


SUBJECTS: dict[str, Callable[[Store, int], Awaitable[Message | None]]] = {
    "idea_card": _idea_card,
    "inbox_card": _inbox_card,
    "decision": _decision,
    "draft_posted": _draft_posted,
    "captured": _captured,
    "merged": _merged,
    "question": _question,
    "answer": _answer,
    "data": _data,
}
"""Every kind of subject; permanent, since queued rows outlive upgrades."""

POSTED = {PostingKind.CARD: "idea_card", PostingKind.INBOX: "inbox_card"}
"""Which subject a posting shows."""
