"""*More…* on a card: what its author and moderators may do with an idea."""

from bot.board.decide import decide
from bot.board.find import find, own, top
from bot.board.submit import problems, wording_of
from bot.errors import NotAllowed, NotNow
from bot.events import ButtonPressed, FormSubmitted
from bot.ideas import Idea, IdeaStatus, Wording
from bot.messages import Action
from bot.people import Role
from bot.ports import Turn
from bot.results import Edit, Result, Update, Whisper
from handlers.arguments import invalid, number, reason_of
from handlers.views import forms, notices
from handlers.views.options import Can, options


async def menu(event: ButtonPressed, turn: Turn) -> Result:
    """What this person may do with this idea."""
    idea = await find(turn, number(event.action))
    return Result(Whisper(options(idea, turn.viewer, await _can(turn, idea))))


async def _can(turn: Turn, idea: Idea) -> frozenset[Can]:
    member, can = turn.viewer.member, set[Can]()
    root = await top(turn, idea)
    if member and root.accepts_votes and await turn.store.supports(root.number, member):
        can.add("unvote")
    if member and _may_change(idea) and not await turn.store.others_voted(idea.number, member):
        can.add("edit")
    if idea.status is IdeaStatus.WITHDRAWN and await _may_restore(turn, idea):
        can.add("restore")
    return frozenset(can)


async def edit(event: ButtonPressed, turn: Turn) -> Result:
    """The author's words, while nobody else has voted for them."""
    idea = await _own_editable(turn, number(event.action), lock=False)
    return Result(forms.edit(event.action, _values(idea.wording), turn.config))


async def edited(event: FormSubmitted, turn: Turn) -> Result:
    """New words, everywhere the idea is shown."""
    idea = await _own_editable(turn, number(event.action))
    wording = wording_of(event.values)
    if found := problems(wording):
        return await invalid(event, turn, *found)
    return await _reword(turn, idea, wording, "edited")


async def title(event: ButtonPressed, turn: Turn) -> Result:
    """A moderator's better title."""
    idea = await find(turn, number(event.action))
    return Result(forms.title(event.action, {"title": idea.wording.title}, turn.config))


async def titled(event: FormSubmitted, turn: Turn) -> Result:
    """The new title, everywhere."""
    idea = await find(turn, number(event.action), lock=True)
    values = _values(idea.wording) | {"title": event.values.get("title", "")}
    wording = wording_of(values)
    if found := problems(wording):
        return await invalid(event, turn, *found)
    return await _reword(turn, idea, wording, "titled")


async def withdraw(event: ButtonPressed, turn: Turn) -> Result:
    """The author takes their idea back: also *Take it back* and *Please don't*."""
    idea = await own(turn, number(event.action))
    return await _withdraw(turn, idea, "")


async def remove(event: ButtonPressed, turn: Turn) -> Result:
    """A moderator withdraws an idea, with a reason."""
    await find(turn, number(event.action))
    return Result(forms.withdraw(Action.of("withdraw", *event.action.args), {}, turn.config))


async def removed(event: FormSubmitted, turn: Turn) -> Result:
    """Withdrawn, and its author told why."""
    reason, wrong = reason_of(event)
    if wrong:
        return await invalid(event, turn, ("reason", wrong))
    return await _withdraw(turn, await find(turn, number(event.action), lock=True), reason)


async def restore(event: ButtonPressed, turn: Turn) -> Result:
    """*Bring it back*, by its author or a moderator."""
    idea = await find(turn, number(event.action), lock=True)
    if not await _may_restore(turn, idea):
        raise NotAllowed
    if idea.status is not IdeaStatus.WITHDRAWN:
        raise NotNow("move", idea.number)
    last = await turn.store.last_decision(idea.number, IdeaStatus.WITHDRAWN)
    status = last.previous if last else IdeaStatus.NEW
    _, outgoing = await decide(turn, idea, status, "")
    return Result(Update(notices.restored(idea, status)), outgoing)


async def block(event: ButtonPressed, turn: Turn) -> Result:
    """The author of this idea suggests nothing more."""
    idea = await find(turn, number(event.action))
    if idea.author is None:
        raise NotNow("nobody_to_ask", idea.number)
    if await turn.store.block_author(idea.number, True, turn.now):
        await turn.store.audit("blocked_author", idea.number, turn.who.member, turn.now)
    return Result(Update(notices.blocked(idea)))


async def _may_restore(turn: Turn, idea: Idea) -> bool:
    """An author's own withdrawal is theirs to take back, everybody else's the moderators'. Who
    deleted a message, and the idea with it, nobody knows: both may."""
    withdrawal = await turn.store.last_decision(idea.number, IdeaStatus.WITHDRAWN)
    is_author = idea.author is not None and idea.author == turn.viewer.person
    if withdrawal and idea.fell_with_its_message(withdrawal):
        return is_author or turn.viewer.has(Role.MODERATOR)
    if withdrawal and idea.author is not None and withdrawal.by == idea.author:
        return is_author
    return turn.viewer.has(Role.MODERATOR)


async def _own_editable(turn: Turn, wanted: int, *, lock: bool = True) -> Idea:
    idea = await own(turn, wanted, lock=lock)
    if await turn.store.others_voted(idea.number, turn.who.member):
        raise NotNow("others_voted", idea.number)
    if not _may_change(idea):
        raise NotNow("closed", idea.number)
    return idea


def _may_change(idea: Idea) -> bool:
    return idea.accepts_votes or idea.status is IdeaStatus.HELD


async def _reword(turn: Turn, idea: Idea, wording: Wording, verb: str) -> Result:
    await turn.store.set_wording(idea.number, wording)
    await turn.store.audit(verb, idea.number, turn.who.member, turn.now)
    saved = notices.say(f"Saved. #{idea.number} now says so everywhere.")
    return Result(Whisper(saved), (Edit(idea.number, named=True),))


async def _withdraw(turn: Turn, idea: Idea, reason: str) -> Result:
    if idea.status is IdeaStatus.WITHDRAWN:
        raise NotNow("move", idea.number)
    _, outgoing = await decide(turn, idea, IdeaStatus.WITHDRAWN, reason)
    return Result(Whisper(notices.withdrawn(idea)), outgoing)


def _values(wording: Wording) -> dict[str, str]:
    return {
        "title": wording.title,
        "body": wording.body,
        "job": wording.job,
        "obstacle": wording.obstacle,
        "area": wording.area,
    }
