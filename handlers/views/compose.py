"""From a queued subject to its message, made from the state at sending time."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.board.reach import member_of
from bot.board.submit import alike
from bot.board.summaries import idea_above
from bot.config import Config
from bot.ideas import Idea, IdeaStatus
from bot.messages import Mention, Message
from bot.people import Viewer
from bot.ports import Menu
from bot.postings import PostingKind
from bot.refs import AccountRef
from bot.results import Subject
from bot.store import Store
from handlers.views import cards, links, mentions, notices, review, summaries, told
from handlers.views.digest import posts

HELP = "help"
"""A subject that is made from the menu, not from what is stored."""


async def compose(
    config: Config, menu: Menu, store: Store, subject: Subject, mention: AccountRef | None
) -> Message | None:
    """A subject's message, naming and pinging `mention`; None when there is nothing left to say."""
    if subject.kind == HELP:
        return notices.help_text(menu)
    message = await SUBJECTS[subject.kind](store, subject.id, config)
    account = await store.find_account(mention) if mention else None
    if message is None or account is None:
        return message
    first, *rest = message.lines
    return replace(message, lines=((Mention(account.ref, account.name), " ", *first), *rest))


async def _idea_card(store: Store, number: int, config: Config) -> Message | None:
    idea = await store.idea(number)
    if idea is None:
        return None
    target = await _target(store, idea)
    anybody = member_of(config, idea.connection)
    named = target if target and target.visible_to(anybody) else None
    if idea.public_status is IdeaStatus.HELD:
        card = Message(cards=(cards.held_card(idea, named),))
    else:
        card = await _card(store, idea, idea.public_status, named)
    mark = cards.mark(idea.public_status, merged=idea.merged_into is not None)
    return replace(card, mark=mark)


async def card_for(store: Store, idea: Idea, viewer: Viewer) -> Message:
    """An idea's card as this viewer may see it."""
    target = await _target(store, idea)
    named = target if target and target.visible_to(viewer) else None
    return await _card(store, idea, idea.status_for(viewer), named)


async def _card(store: Store, idea: Idea, status: IdeaStatus, target: Idea | None) -> Message:
    people = await store.asked_by(idea.number)
    decision = await store.last_decision(idea.number, status)
    card = cards.idea_card(idea, status, people=people, decision=decision, target=target)
    return Message(cards=(card,))


async def _inbox_card(store: Store, number: int, _config: Config) -> Message | None:
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


async def _decision(store: Store, number: int, _config: Config) -> Message | None:
    decision = await store.decision(number)
    idea = await store.idea(decision.idea) if decision else None
    if decision is None or idea is None or decision.undone:
        return None
    return told.decision(idea, decision, await store.asked_by(idea.number))


async def _merged_decision(store: Store, number: int, _config: Config) -> Message | None:
    decision = await store.decision(number)
    return told.merged_decision(decision) if decision and not decision.undone else None


async def _draft_posted(store: Store, number: int, _config: Config) -> Message | None:
    idea = await store.idea(number)
    return told.draft_posted(idea) if idea else None


async def _held(store: Store, number: int, _config: Config) -> Message | None:
    idea = await store.idea(number)
    return told.held(idea) if idea and idea.status is IdeaStatus.HELD else None


async def _review(store: Store, number: int, _config: Config) -> Message | None:
    idea = await store.idea(number)
    return review.offer(idea, await store.last_decision(number)) if idea else None


async def _captured(store: Store, number: int, _config: Config) -> Message | None:
    idea = await store.idea(number)
    return told.captured(idea) if idea else None


async def _merged(store: Store, number: int, _config: Config) -> Message | None:
    idea = await store.idea(number)
    target = await _target(store, idea) if idea else None
    return told.merged(idea, target) if idea and target else None


async def _moved(store: Store, number: int, config: Config) -> Message | None:
    idea = await store.idea(number)
    if idea is None:
        return None
    target = await _target(store, idea)
    if target is None:
        said = await store.posting(number, PostingKind.MOVED)
        return told.moved_back() if said else None
    seen = target.visible_to(member_of(config, idea.connection))
    return told.moved(target if seen else None)


async def _question(store: Store, number: int, _config: Config) -> Message | None:
    question = await store.question(number)
    idea = await store.idea(question.idea) if question else None
    return told.question(idea, question) if idea and question else None


async def _answer(store: Store, number: int, _config: Config) -> Message | None:
    question = await store.question(number)
    idea = await store.idea(question.idea) if question else None
    return told.answer(idea, question) if idea and question else None


async def _data(store: Store, member: int, _config: Config) -> Message | None:
    held = await store.held_data(member)
    return told.data(json.dumps(held, ensure_ascii=False, indent=2)) if held else None


async def _linked(store: Store, member: int, _config: Config) -> Message | None:
    accounts = await store.accounts_of(member)
    return links.told(accounts) if len(accounts) > 1 else None


async def _summary(store: Store, row: int, config: Config) -> Message | None:
    stored = await store.summary(row)
    return summaries.note(stored, config, await idea_above(store, stored)) if stored else None


async def _thread_summary(store: Store, row: int, config: Config) -> Message | None:
    stored = await store.summary(row)
    return summaries.posted(stored, config, await idea_above(store, stored)) if stored else None


async def _thread_offer(store: Store, row: int, _config: Config) -> Message | None:
    thread = await store.thread(row)
    return summaries.offer(thread) if thread else None


async def _title_offer(store: Store, number: int, _config: Config) -> Message | None:
    idea = await store.idea(number)
    if idea is None:
        return None
    gone = idea.status is IdeaStatus.WITHDRAWN
    return told.title_offer(idea, "" if gone else await store.offered_title(number))


async def _look_alikes(store: Store, number: int, config: Config) -> Message | None:
    idea = await store.idea(number)
    if idea is None or idea.merged_into is not None or idea.status is IdeaStatus.WITHDRAWN:
        return None
    found = await alike(store, member_of(config, idea.connection), idea.wording, number)
    open_ones = [match.idea for match in found if match.idea.accepts_votes]
    return notices.look_alikes(idea, open_ones) if open_ones else None


async def _daily_limit(_store: Store, _row: int, config: Config) -> Message | None:
    return mentions.daily_limit(config.capture.daily_limit)


def _fixed(make: Callable[[], Message]) -> Callable[[Store, int, Config], Awaitable[Message]]:
    async def made(_store: Store, _row: int, _config: Config) -> Message:
        return make()

    return made


SUBJECTS: dict[str, Callable[[Store, int, Config], Awaitable[Message | None]]] = {
    "idea_card": _idea_card,
    "inbox_card": _inbox_card,
    "decision": _decision,
    "merged_decision": _merged_decision,
    "draft_posted": _draft_posted,
    "held": _held,
    "review": _review,
    "captured": _captured,
    "merged": _merged,
    "moved": _moved,
    "question": _question,
    "answer": _answer,
    "data": _data,
    "linked": _linked,
    "summary": _summary,
    "thread_summary": _thread_summary,
    "thread_offer": _thread_offer,
    "title_offer": _title_offer,
    "look_alikes": _look_alikes,
    "suggest_elsewhere": _fixed(mentions.elsewhere),
    "suggest_more": _fixed(mentions.more),
    "suggest_blocked": _fixed(mentions.blocked),
    "suggest_daily_limit": _daily_limit,
    "thread_gone": _fixed(summaries.gone),
    "thread_short": _fixed(summaries.short),
    "thread_kept_out": _fixed(summaries.kept_out),
    "thread_unread": _fixed(summaries.unread),
    **posts.SUBJECTS,
}
"""Every kind of subject; permanent, since queued rows outlive upgrades."""
