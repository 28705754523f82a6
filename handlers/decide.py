"""The product team decides and answers; a colleague who was faster is never overruled unseen."""

from bot.board import drafts
from bot.board.decide import decide as decide_idea
from bot.board.decide import tell as tell_people
from bot.board.decide import undo as undo_decision
from bot.board.find import find
from bot.errors import Gone, NotNow
from bot.events import ButtonPressed, FormSubmitted, JobDone
from bot.ideas import Idea, IdeaStatus
from bot.messages import Action
from bot.ports import Turn
from bot.results import Result, Update, Whisper
from handlers.arguments import invalid, number, reason_of
from handlers.views import forms, notices
from handlers.views.words import MOVE


async def decide(event: ButtonPressed, turn: Turn) -> Result:
    """A move without words: *Under review, Plan, In progress, Shipped*."""
    idea = await find(turn, number(event.action), lock=True)
    status, seen = _status(event.action, 1), _status(event.action, 2)
    if idea.status is not seen:
        anyway = Action.of("decide", idea.number, status, idea.status)
        return await _overtaken(turn, idea, status, anyway)
    return await _decide(turn, idea, status, "")


async def decline(event: ButtonPressed, turn: Turn) -> Result:
    """A decline asks for its reason first."""
    await find(turn, number(event.action))
    return Result(forms.decline(event.action, {}, turn.config))


async def declined(event: FormSubmitted, turn: Turn) -> Result:
    """Declined with a reason, which is kept if a colleague was faster."""
    idea = await find(turn, number(event.action), lock=True)
    reason, wrong = reason_of(event)
    if wrong:
        return await invalid(event, turn, ("reason", wrong))
    return await _decline(turn, idea, _status(event.action, 1), reason)


async def anyway(event: ButtonPressed, turn: Turn) -> Result:
    """*Decline anyway*, with the reason given before."""
    draft = await drafts.own(turn, number(event.action))
    idea = await find(turn, number(Action.parse(draft.kind)), lock=True)
    if not await turn.store.drop_draft(draft.id):
        raise Gone
    seen = _status(Action.parse(draft.kind), 1)
    return await _decline(turn, idea, seen, draft.values["reason"])


async def answer(event: ButtonPressed, turn: Turn) -> Result:
    """A reply without a status."""
    await find(turn, number(event.action))
    return Result(forms.answer(event.action, {}, turn.config))


async def answered(event: FormSubmitted, turn: Turn) -> Result:
    """The answer goes out like a decision."""
    idea = await find(turn, number(event.action), lock=True)
    if idea.status in (IdeaStatus.HELD, IdeaStatus.WITHDRAWN):
        raise NotNow(idea.status, idea.number)
    reason, wrong = reason_of(event)
    if wrong:
        return await invalid(event, turn, ("reason", wrong))
    return await _conclude(turn, idea, idea.status, reason)


async def undo(event: ButtonPressed, turn: Turn) -> Result:
    """Before anybody is told."""
    decision, outgoing = await undo_decision(turn, number(event.action))
    return Result(Update(notices.say(f"Undone. Nobody was told about #{decision.idea}.")), outgoing)


async def tell(event: JobDone, turn: Turn) -> Result:
    """The minute is over."""
    return Result(None, await tell_people(turn, event.subject))


def _status(action: Action, index: int) -> IdeaStatus:
    try:
        return IdeaStatus(action.args[index])
    except (IndexError, ValueError) as error:
        raise Gone from error


async def _decline(turn: Turn, idea: Idea, seen: IdeaStatus, reason: str) -> Result:
    if idea.status is seen:
        return await _decide(turn, idea, IdeaStatus.DECLINED, reason)
    form = Action.of("decline", idea.number, idea.status)
    draft = await turn.store.save_draft(turn.who, str(form), {"reason": reason}, turn.now)
    return await _overtaken(turn, idea, IdeaStatus.DECLINED, Action.of("anyway", draft))


async def _decide(turn: Turn, idea: Idea, status: IdeaStatus, reason: str) -> Result:
    if status not in idea.moves:
        raise NotNow("move", idea.number)
    return await _conclude(turn, idea, status, reason)


async def _conclude(turn: Turn, idea: Idea, status: IdeaStatus, reason: str) -> Result:
    decision, outgoing = await decide_idea(turn, idea, status, reason)
    return Result(Whisper(notices.decided(idea, decision)), outgoing)


async def _overtaken(turn: Turn, idea: Idea, status: IdeaStatus, anyway: Action) -> Result:
    last = await turn.store.last_decision(idea.number)
    minutes = int((turn.now - last.at).total_seconds() // 60) if last else 0
    label = f"{MOVE[status].removesuffix('…')} anyway"
    allowed = anyway if status in idea.moves else None
    return Result(Whisper(notices.overtaken(idea, last, minutes, label, allowed)))
