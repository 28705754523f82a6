"""A thread in short, and what is said around it."""

from bot.board.submit import channel_of, is_listened
from bot.config import Config
from bot.ideas import Idea
from bot.messages import Action, Bold, Button, Line, Link, Message, Tone
from bot.summaries import Length, StoredSummary, Thread, Writing
from handlers.views.summary_card import summary_card
from handlers.views.words import count

_LENGTHS = {
    Length.LINE: "In a line",
    Length.PARAGRAPH: "In a paragraph",
    Length.FULL: "In full",
}
_NOTHING_HOLDS = "The model gave no answer that holds this time"
_UNREACHED = "The model cannot be reached just now"
_WHY = {
    "spent": "The model's allowance for today is used up",
    "too_long": "The thread is too long for the model",
    "not_borne_out": _NOTHING_HOLDS,
    "garbled": _NOTHING_HOLDS,
    "refused": _NOTHING_HOLDS,
}
_PEOPLES_OWN = "so this is made of people's own words."


def note(stored: StoredSummary, config: Config, idea: Idea | None = None) -> Message:
    """The summary for the one person who asked, with what they can do with it. `idea`: the one
    whose card the thread hangs under."""
    number = stored.id
    listened = is_listened(config, channel_of(stored.summary.thread))
    rows = (
        (not stored.posted, Button("Post to thread", Action.of("post_summary", number), Tone.GOOD)),
        (
            not stored.sent and listened and config.product.inbox is not None,
            Button("Send to product", Action.of("send_summary", number)),
        ),
    )
    buttons = (*(button for fits, button in rows if fits), *_lengths(stored))
    told = [
        (stored.posted, "It is posted in its thread, and brought up to date there."),
        (stored.sent, "The product team has it."),
    ]
    told += [(True, why)] if (why := _why(stored.summary.writing)) else []
    lines: tuple[Line, ...] = tuple((text,) for fits, text in told if fits)
    return Message(
        lines,
        (summary_card(stored, config.zone, idea),),
        buttons if stored.summary.quotes else (),
    )


def _lengths(stored: StoredSummary) -> tuple[Button, ...]:
    """The same thread, in more words or fewer."""
    return tuple(
        Button(label, Action.of("summary_length", stored.id, length))
        for length, label in _LENGTHS.items()
        if length is not stored.summary.length
    )


def _why(writing: Writing | None) -> str:
    """Why no model wrote it, where one was asked."""
    if writing is None or not writing.why:
        return ""
    return f"{_WHY.get(writing.why, _UNREACHED)}, {_PEOPLES_OWN}"


def posted(stored: StoredSummary, config: Config, idea: Idea | None = None) -> Message:
    """The summary for everybody in its thread, or for the product team."""
    return Message(cards=(summary_card(stored, config.zone, idea),))


def offer(thread: Thread) -> Message:
    """A long thread went quiet: for moderators to decide what becomes of it."""
    link: Line = (Link("Read the thread", thread.permalink),) if thread.permalink else ()
    head: Line = (
        Bold("A long thread has gone quiet"),
        f": {count(thread.messages, 'message')}. Is there something in it for the product team?",
    )
    buttons = (
        Button("Summarise", Action.of("summarize", thread.id), Tone.GOOD),
        Button("Capture as idea", Action.of("capture_thread", thread.id)),
    )
    return Message((head, link) if link else (head,), buttons=buttons)


def reading(thread: Thread | None) -> Message:
    """At once, while a job reads."""
    long = thread is not None and thread.messages > 1
    what = count(thread.messages, "message") if thread and long else "the thread"
    return Message(((f"Reading {what}… The summary comes in a moment, for you alone.",),))


def capturing() -> Message:
    """The job will read the first message."""
    line = "The thread's first message becomes an idea in its author's name."
    return Message(((line,),))


def gone() -> Message:
    """There is none, or not for them: which of the two is not said."""
    return Message((("I cannot find that thread.",),))


def short() -> Message:
    """Fewer words than a summary would have."""
    return Message((("There is too little in that thread to make it shorter.",),))


def unread() -> Message:
    """It was tried again and again."""
    line = "I could not read that thread, though I tried for a while. Please ask again later."
    return Message(((line,),))


def kept_out() -> Message:
    """Its channel is configured so."""
    line = "Threads in that channel are kept out of summaries, so I have not read it."
    return Message(((line,),))
