"""What waits for a moderator, as they see it, and what they hear when they have looked."""

from bot.ideas import Decision, Idea, IdeaStatus
from bot.messages import Action, Bold, Button, Card, Line, Link, Message, Tone
from handlers.views.cards import BODY_LIMIT, fields
from handlers.views.notices import say
from handlers.views.words import author_of, did, lines_of


def offer(idea: Idea, decision: Decision | None) -> Message:
    """To the moderators: the words, for as long as they are theirs to look at, and what became of
    it. `decision` is the latest on the idea."""
    refused = decision is not None and decision.refuses
    if idea.status is IdeaStatus.WITHDRAWN and not refused:
        return say(f"#{idea.number} was withdrawn.")
    card = Card(
        title=f"#{idea.number} · {idea.wording.title}",
        body=(*lines_of(idea.wording.body, BODY_LIMIT), *_where(idea), *_became(idea, decision)),
        fields=fields(idea),
        footer=(f"Suggested by {author_of(idea)}",),
        buttons=_buttons(idea),
        tone=Tone.BUSY if idea.status is IdeaStatus.HELD else Tone.PLAIN,
    )
    ask = (Bold("This idea waits for a moderator."), " Only its author and you see it.")
    return Message((ask,) if idea.waits else (), (card,))


def _where(idea: Idea) -> tuple[Line, ...]:
    return ((Link("Read it where it was said", idea.address),),) if idea.address else ()


def _became(idea: Idea, decision: Decision | None) -> tuple[Line, ...]:
    if idea.merged_into:
        return ((f"→ It counts for #{idea.merged_into}.",),)
    if idea.status is IdeaStatus.HELD:
        return ()
    if decision and decision.refuses:
        return ((f"→ {_by(decision)} did not let this in: {decision.reason}",),)
    if decision and decision.lets_in:
        return ((f"→ {_by(decision)} {did(decision)}.",),)
    return (("→ It is let in.",),)


def _by(decision: Decision) -> str:
    return decision.by_name or "A moderator"


def _buttons(idea: Idea) -> tuple[Button, ...]:
    if idea.merged_into:
        return (Button("Un-merge", Action.of("unmerge", idea.number)),)
    if idea.status is IdeaStatus.WITHDRAWN:
        return (Button("Look again", Action.of("restore", idea.number)),)
    if idea.status is not IdeaStatus.HELD:
        return ()
    return (
        Button("Let it in", Action.of("let_in", idea.number), Tone.GOOD),
        Button("Decline…", Action.of("refuse", idea.number), Tone.BAD),
        Button("Merge into…", Action.of("merge", idea.number)),
        Button("More…", Action.of("more", idea.number)),
    )


def let_in(idea: Idea) -> Message:
    """On the board."""
    back = Button("Hold it again", Action.of("hold", idea.number))
    line = f"#{idea.number} is on the board. Its author hears of it in a minute."
    return say(line, buttons=(back,))


def refused(idea: Idea) -> Message:
    """Kept off the board."""
    back = Button("Look again", Action.of("restore", idea.number))
    line = f"#{idea.number} stays off the board. Its author hears why in a minute."
    return say(line, buttons=(back,))
