"""Suggesting: a form, similar ideas first, and a draft that is never lost."""

from collections.abc import Sequence
from dataclasses import replace

from bot.board import drafts
from bot.board.submit import (
    captured_wording,
    check_standing,
    is_listened,
    listened_of,
    look_alikes,
    problems,
    wording_of,
)
from bot.board.vote import set_vote
from bot.errors import NotNow
from bot.events import ButtonPressed, CommandUsed, FormSubmitted, JobDone, ShortcutUsed
from bot.ideas import TITLE_LIMIT, Decision, Idea, IdeaStatus, Wording
from bot.messages import Action
from bot.ports import Turn
from bot.reading.clean import letters, one_line
from bot.results import Direct, Result, Subject, Update, Whisper
from handlers.arguments import invalid, number
from handlers.views import forms, mistakes, notices
from handlers.views.compose import card_for


async def command(event: CommandUsed, turn: Turn) -> Result:
    """`/suggest [title]` opens the form."""
    text = one_line(event.text)
    wording = captured_wording(text) if len(text) > TITLE_LIMIT else Wording(text)
    values = {"title": wording.title, "body": wording.body}
    return Result(forms.suggest(Action.of("suggest"), values, turn.config))


async def open_form(event: ButtonPressed, turn: Turn) -> Result:
    """*Suggest an idea* on the bot's own page opens the same form."""
    return Result(forms.suggest(Action.of("suggest"), {}, turn.config))


async def from_message(event: ShortcutUsed, turn: Turn) -> Result:
    """A message's menu opens the form with the message in it."""
    if not is_listened(turn.config, event.channel):
        listened = listened_of(turn.config, event.channel.connection)
        return Result(Whisper(notices.say(*mistakes.not_listened(listened))))
    if letters(event.message.text) < 2:
        raise NotNow("too_little")
    known = await turn.store.idea_at(event.message.ref)
    if known and not known.visible_to(turn.viewer):
        raise drafts.taken(turn, known)
    if known:
        return Result(Whisper(await card_for(turn.store, known, turn.viewer)))
    origin = await drafts.keep_message(turn, event.message)
    wording = captured_wording(event.message.text)
    values = {"title": wording.title, "body": wording.body}
    return Result(forms.suggest(Action.of("suggest", origin), values, turn.config))


async def submitted(event: FormSubmitted, turn: Turn) -> Result:
    """Posted at once, or kept while similar ideas are offered."""
    wording = wording_of(event.values)
    if found := problems(wording):
        return await invalid(event, turn, *found)
    await check_standing(turn)
    matches = await look_alikes(turn, wording)
    if matches:
        draft, job = await drafts.keep(
            turn, event.action, wording, event.channel, private=event.private
        )
        known = [replace(m.idea, status=m.idea.status_for(turn.viewer)) for m in matches]
        closings = await _closings(turn, known)
        return Result(Whisper(notices.offer(draft, known, closings)), (job,))
    idea, outgoing = await drafts.create(
        turn, turn.who, event.action, wording, event.channel, private=event.private
    )
    return Result(Whisper(notices.thanks(idea, turn.viewer)), outgoing)


async def _closings(turn: Turn, known: Sequence[Idea]) -> dict[int, Decision]:
    """The decisions after which ideas take no more votes."""
    closed: dict[int, IdeaStatus] = {
        idea.number: idea.status for idea in known if not idea.accepts_votes
    }
    return await turn.store.last_decisions(closed) if closed else {}


async def join(event: ButtonPressed, turn: Turn) -> Result:
    """*Add my vote to #12*: the draft has served its purpose."""
    draft = await drafts.own(turn, number(event.action))
    idea, _, outgoing = await set_vote(turn, number(event.action, 1), "button", active=True)
    await turn.store.drop_draft(draft.id)
    return Result(Update(notices.joined(idea)), outgoing)


async def post(event: ButtonPressed, turn: Turn) -> Result:
    """*No, mine is new* posts the draft."""
    draft = await drafts.own(turn, number(event.action))
    idea, outgoing = await drafts.post(turn, draft)
    return Result(Update(notices.thanks(idea, turn.viewer)), outgoing)


async def drop(event: ButtonPressed, turn: Turn) -> Result:
    """*Never mind* forgets the draft."""
    draft = await drafts.own(turn, number(event.action))
    await turn.store.drop_draft(draft.id)
    return Result(Update(notices.say("All right, nothing is posted.")))


async def retry(event: ButtonPressed, turn: Turn) -> Result:
    """*Edit and try again*: the form as it was left."""
    draft = await drafts.own(turn, number(event.action))
    action = Action.parse(draft.kind)
    return Result(forms.FORMS[action.name](action, draft.values, turn.config))


async def draft_due(event: JobDone, turn: Turn) -> Result:
    """Fifteen minutes without a word: it is posted, and its author told."""
    draft = await turn.store.draft(event.subject)
    if draft is None:
        return Result()
    idea, outgoing = await drafts.post(turn, draft)
    told = Subject("draft_posted", idea.number)
    return Result(None, (*outgoing, Direct(draft.account.ref, draft.account.connection, told)))
