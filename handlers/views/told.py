"""What reaches people later: direct messages, and posts in threads and channels."""

from bot.ideas import Decision, Idea, IdeaStatus, Question
from bot.messages import Action, Attachment, Bold, Button, Inline, Line, Link, Message, Tone
from handlers.views.words import (
    LOOKED_AT_FIRST,
    MESSAGE_GONE,
    asked_for_by,
    author_of,
    lines_of,
    name_of,
)

_NEWS = {
    IdeaStatus.HELD: "waits for a moderator again",
    IdeaStatus.NEW: "is open again",
    IdeaStatus.UNDER_REVIEW: "is under review again",
    IdeaStatus.PLANNED: "is planned",
    IdeaStatus.IN_PROGRESS: "is being worked on again",
    IdeaStatus.SHIPPED: "has shipped",
    IdeaStatus.DECLINED: "will not be done",
    IdeaStatus.WITHDRAWN: "was withdrawn",
}
_REASON_LIMIT = 1_500


def decision(idea: Idea, made: Decision, people: int) -> Message:
    """The team's word, to those who asked for it."""
    if made.is_answer:
        head: Line = (f"{made.by_name} answers on {name_of(idea)}:",)
    elif made.lets_in:
        head = (f"{name_of(idea)} ", Bold("is on the board now"), ". Thank you for it!")
    elif made.refuses:
        head = (
            f"Thank you for {name_of(idea)}. A moderator looked at it, and it ",
            Bold("stays off the board"),
            ":",
        )
    else:
        before = "A correction: " if made.correction else ""
        head = (f"{before}{name_of(idea)} ", Bold(_NEWS[made.status]), _thanks(idea, made, people))
    reason = MESSAGE_GONE if idea.fell_with_its_message(made) else made.reason
    return Message((head, *lines_of(reason, _REASON_LIMIT), *_link(idea)))


def title_offer(idea: Idea, title: str) -> Message:
    """To the moderators: a model's shorter title, theirs to take."""
    if not title:
        return Message(((f"There is no other title to choose for #{idea.number} any more.",),))
    lines: tuple[Line, ...] = (
        (Bold(f"#{idea.number} came from a long message"), ", and is called by its beginning:"),
        (idea.wording.title,),
        ("A model suggests: ", Bold(title)),
    )
    use = Button("Use this title", Action.of("use_title", idea.number), Tone.GOOD)
    return Message(lines, buttons=(use,))


def merged_decision(made: Decision) -> Message | None:
    """The same to whoever came by a merged idea and may not see the one that was decided."""
    if made.is_answer:
        return None
    line = "An idea you asked for or follow counts together with another one, which "
    return Message(((line, Bold(_NEWS[made.status]), "."),))


def _thanks(idea: Idea, made: Decision, people: int) -> str:
    if made.status is not IdeaStatus.SHIPPED:
        return "."
    return f". {asked_for_by(idea, people)}. Thank you!"


def _link(idea: Idea) -> tuple[Line, ...]:
    return ((Link("Where it began", idea.address),),) if idea.address else ()


def draft_posted(idea: Idea) -> Message:
    """The offer of similar ideas was left unanswered; only its author can take an idea back."""
    waits = idea.status is IdeaStatus.HELD
    if waits and idea.captured_by not in (None, idea.author):
        line = f"What you suggested in {author_of(idea)}'s name is with the moderators now."
        return Message(((line,),))
    if idea.captured_by not in (None, idea.author):
        line = f"What you suggested is posted as new, in {author_of(idea)}'s name: {name_of(idea)}."
        return Message(((line,),))
    back = Button("Take it back", Action.of("withdraw", idea.number))
    if waits:
        return held(idea)
    return Message(((f"Your idea is posted as new: {name_of(idea)}.",),), buttons=(back,))


def held(idea: Idea) -> Message:
    """To its author: it is saved, and waits. Without its words, for others may read this where a
    direct message is refused."""
    back = Button("Take it back", Action.of("withdraw", idea.number))
    line = f"Thank you! Your idea is #{idea.number}. {LOOKED_AT_FIRST}"
    return Message(((line,),), buttons=(back,))


def captured(idea: Idea) -> Message:
    """Somebody else made an idea of a message, and its author may object."""
    name, seen = name_of(idea), "The product team can see it."
    if idea.status is IdeaStatus.HELD:
        name, seen = f"#{idea.number}", LOOKED_AT_FIRST
    line = f"Your message is an idea now: {name}, in your name. {seen}"
    stop = Button("Please don't", Action.of("withdraw", idea.number))
    return Message(((line,),), buttons=(stop,))


def merged(idea: Idea, target: Idea) -> Message:
    """Where an idea went."""
    line = (
        f"Your idea {name_of(idea)} says the same as {name_of(target)}, so they count together now."
    )
    return Message(((line, " You will hear what is decided."),))


def moved(target: Idea | None) -> Message:
    """In the post of a merged idea: where it went, if those who read it may know. No words of the
    other idea: they may change, and go."""
    if target is None:
        line = "This says the same as another idea, so they count together now."
        return Message(((line, " Whoever asked for it hears what is decided."),))
    name = f"#{target.number}"
    there: Inline = Link(name, target.address) if target.address else name
    line = "This says the same as "
    show = Button(f"Show {name}", Action.of("show", target.number))
    return Message(((line, there, ", so they count together now."),), buttons=(show,))


def moved_back() -> Message:
    """The same once it is un-merged."""
    return Message((("This stands on its own again.",),))


def question(idea: Idea, asked: Question) -> Message:
    """The product team wants to know more."""
    head: Line = (f"The product team asks about your idea {name_of(idea)}:",)
    button = Button("Answer…", Action.of("reply", asked.id), Tone.GOOD)
    return Message((head, *lines_of(asked.text, _REASON_LIMIT)), buttons=(button,))


def answer(idea: Idea, asked: Question) -> Message:
    """The author's reply, for the team that asked."""
    head: Line = (Bold(f"{idea.author_name} answers"), f" “{asked.text[:200]}”")
    return Message((head, *lines_of(asked.answer, _REASON_LIMIT)))


def data(text: str) -> Message:
    """Everything held about a person, as a file."""
    return Message(
        (("Here is everything I hold about you.",),), attachment=Attachment("my-data.json", text)
    )
