"""Words and counts that every view shares."""

from bot.ideas import Decision, Idea, IdeaStatus
from bot.messages import Line, Tone
from bot.reading.clean import shorten

STATUS = {
    IdeaStatus.HELD: "Waiting for a moderator",
    IdeaStatus.NEW: "New",
    IdeaStatus.UNDER_REVIEW: "Under review",
    IdeaStatus.PLANNED: "Planned",
    IdeaStatus.IN_PROGRESS: "In progress",
    IdeaStatus.SHIPPED: "Shipped",
    IdeaStatus.DECLINED: "Declined",
    IdeaStatus.WITHDRAWN: "Withdrawn",
}
TONE = {
    IdeaStatus.UNDER_REVIEW: Tone.BUSY,
    IdeaStatus.PLANNED: Tone.GOOD,
    IdeaStatus.IN_PROGRESS: Tone.BUSY,
    IdeaStatus.SHIPPED: Tone.GOOD,
    IdeaStatus.DECLINED: Tone.BAD,
    IdeaStatus.WITHDRAWN: Tone.BAD,
}
MOVE = {
    IdeaStatus.NEW: "Approve",
    IdeaStatus.UNDER_REVIEW: "Under review",
    IdeaStatus.PLANNED: "Plan",
    IdeaStatus.IN_PROGRESS: "In progress",
    IdeaStatus.SHIPPED: "Shipped",
    IdeaStatus.DECLINED: "Decline…",
}
DID = {
    IdeaStatus.HELD: "held this back",
    IdeaStatus.NEW: "opened this again",
    IdeaStatus.UNDER_REVIEW: "took this under review",
    IdeaStatus.PLANNED: "planned this",
    IdeaStatus.IN_PROGRESS: "started on this",
    IdeaStatus.SHIPPED: "marked this as shipped",
    IdeaStatus.DECLINED: "declined this",
    IdeaStatus.WITHDRAWN: "withdrew this",
}


def did(decision: Decision) -> str:
    """What somebody did, after their name: `planned this`."""
    return "let this in" if decision.lets_in else DID[decision.status]


LOOKED_AT_FIRST = (
    "A moderator looks at it first; till then nobody else sees it. You will hear from us."
)
MESSAGE_GONE = "Its message was deleted where it was written."


def count(number: int, one: str, many: str = "") -> str:
    """`1 vote`, `3 votes`, `1,200 votes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def name_of(idea: Idea, limit: int = 80) -> str:
    """`#12 “Dark mode”`."""
    return f"#{idea.number} “{shorten(idea.wording.title, limit)}”"


def author_of(idea: Idea) -> str:
    """The author's name, or what is left of it."""
    return idea.author_name if idea.author is not None else "a former member"


def lines_of(text: str, limit: int) -> tuple[Line, ...]:
    """A person's text, line by line, literal."""
    return (
        tuple((line,) if line else () for line in shorten(text, limit).split("\n")) if text else ()
    )


def asked_for_by(idea: Idea, people: int) -> str:
    """`Asked for by Ana and 34 others`."""
    others = people - (idea.author is not None)
    if idea.author is None:
        return (
            f"Asked for by {count(people, 'member')}" if people else "Asked for by a former member"
        )
    return f"Asked for by {idea.author_name}" + (f" and {count(others, 'other')}" if others else "")
