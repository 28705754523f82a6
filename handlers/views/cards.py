"""An idea as a card: on the public board, and in a product inbox."""

from bot.ideas import Decision, Idea, IdeaStatus
from bot.messages import Action, Button, Card, Line, Link, Mark, Message, Tone
from handlers.views.words import (
    MESSAGE_GONE,
    MOVE,
    STATUS,
    TONE,
    asked_for_by,
    author_of,
    count,
    did,
    lines_of,
)

BODY_LIMIT = 1_500
FIELD_LIMIT = 600


def idea_card(
    idea: Idea,
    status: IdeaStatus,
    *,
    people: int,
    decision: Decision | None,
    target: Idea | None,
) -> Card:
    """The card customers see. `people` stand behind it; `decision` is the one behind `status`;
    `target` is what it was merged into, if the card may say so."""
    if status is IdeaStatus.WITHDRAWN:
        return Card(f"#{idea.number}", ((_WITHDRAWN,),), buttons=(_more(idea),), tone=Tone.BAD)
    return Card(
        title=f"#{idea.number} · {idea.wording.title}",
        body=(*lines_of(idea.wording.body, BODY_LIMIT), *_news(idea, decision, target)),
        fields=(*fields(idea), ("Status", _status(idea, status))),
        footer=(_footer(idea, status, people),),
        buttons=_buttons(idea),
        tone=TONE.get(status, Tone.PLAIN),
    )


_WITHDRAWN = "This idea was withdrawn."


def held_card(idea: Idea, target: Idea | None) -> Card:
    """In the place of a card whose idea a moderator holds again: none of its words."""
    body = _news(idea, None, target) or (("A moderator is looking at this idea.",),)
    return Card(f"#{idea.number}", body)


def mark(status: IdeaStatus, *, merged: bool = False) -> Mark:
    """What the place where a card stands may show of its status; of a merged idea that it is."""
    if merged:
        return Mark(_MERGED, final=True)
    return Mark(status.replace("_", " ").capitalize(), status in _SETTLED)


_MERGED = "Merged"
_SETTLED = (IdeaStatus.SHIPPED, IdeaStatus.DECLINED, IdeaStatus.WITHDRAWN)


def _status(idea: Idea, status: IdeaStatus) -> str:
    return _MERGED if idea.merged_into else STATUS[status]


def _footer(idea: Idea, status: IdeaStatus, people: int) -> str:
    if status is IdeaStatus.SHIPPED:
        return f"{asked_for_by(idea, people)}. Thank you!"
    votes = "" if idea.merged_into else f" · {count(idea.votes, 'vote')}"
    return f"Suggested by {author_of(idea)}{votes}"


def fields(idea: Idea) -> tuple[tuple[str, str], ...]:
    """What its author said of it beside the title and the details."""
    words = idea.wording
    named = (("Trying to", words.job), ("In the way", words.obstacle), ("Area", words.area))
    return tuple((label, text[:FIELD_LIMIT]) for label, text in named if text)


def _news(idea: Idea, decision: Decision | None, target: Idea | None) -> tuple[Line, ...]:
    if idea.merged_into:
        where = f"#{target.number} “{target.wording.title}”" if target else "another idea"
        return (("→ Merged into ", where, ". Every vote counts there."),)
    if decision and decision.reason:
        return (("→ The team says: ", decision.reason),)
    return ()


def _buttons(idea: Idea) -> tuple[Button, ...]:
    if idea.merged_into or not idea.accepts_votes:
        return (_more(idea),)
    vote = Button("Vote", Action.of("vote", idea.number), Tone.GOOD)
    follow = Button("Tell me when it is decided", Action.of("follow", idea.number))
    return (vote, follow, _more(idea))


def _more(idea: Idea) -> Button:
    return Button("More…", Action.of("more", idea.number))


def inbox_card(
    idea: Idea, *, people: int, decision: Decision | None, target: Idea | None
) -> Message:
    """The card the product team works with: the customer's words, and only the moves allowed."""
    card = Card(
        title=f"#{idea.number} · {idea.wording.title}",
        body=(*lines_of(idea.wording.body, BODY_LIMIT), *_state(idea, decision, target)),
        fields=(*fields(idea), ("Status", _status(idea, idea.status)), ("Votes", str(idea.votes))),
        footer=(f"{asked_for_by(idea, people)} · {idea.connection}",),
        buttons=_team_buttons(idea),
        tone=TONE.get(idea.status, Tone.PLAIN),
    )
    return Message(cards=(card,))


def _state(idea: Idea, decision: Decision | None, target: Idea | None) -> tuple[Line, ...]:
    lines: list[Line] = []
    if idea.address:
        lines.append((Link("Read it where it was said", idea.address),))
    if idea.origin and idea.origin.deleted_at:
        lines.append((MESSAGE_GONE,))
    if target:
        lines.append((f"→ Merged into #{target.number} “{target.wording.title}”.",))
    if decision and not idea.fell_with_its_message(decision):
        verb = "answered" if decision.is_answer else did(decision)
        reason = f": {decision.reason}" if decision.reason else "."
        lines.append((f"→ {decision.by_name} {verb}{reason}",))
    if idea.public_status is not idea.status:
        lines.append(("People hear of it a minute after the decision.",))
    if not idea.escalated:
        lines.append(("The moderator who sent this here took it back.",))
    return tuple(lines)


def _team_buttons(idea: Idea) -> tuple[Button, ...]:
    if idea.merged_into or idea.status is IdeaStatus.WITHDRAWN:
        return ()
    moves = tuple(_move(idea, status) for status in idea.moves)
    answer = Button("Answer…", Action.of("answer", idea.number))
    ask = Button("Ask the author…", Action.of("ask", idea.number))
    duplicate = Button("Duplicate of…", Action.of("merge", idea.number))
    return (*moves, answer, *((ask,) if idea.author is not None else ()), duplicate)


def _move(idea: Idea, status: IdeaStatus) -> Button:
    if status is IdeaStatus.DECLINED:
        return Button(MOVE[status], Action.of("decline", idea.number, idea.status), Tone.BAD)
    tone = Tone.GOOD if status in (IdeaStatus.PLANNED, IdeaStatus.SHIPPED) else Tone.PLAIN
    return Button(MOVE[status], Action.of("decide", idea.number, status, idea.status), tone)
