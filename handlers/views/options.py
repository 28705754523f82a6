"""*More…* on a card: what this person may do with this idea."""

from typing import Literal

from bot.ideas import Idea, IdeaStatus
from bot.messages import Action, Button, Message, Tone
from bot.people import Role, Viewer

Can = Literal["edit", "unvote", "restore"]


def options(idea: Idea, viewer: Viewer, can: frozenset[Can]) -> Message:
    """The buttons; `can` says what only the database knew."""
    mine = idea.author is not None and idea.author == viewer.person
    moderates = viewer.has(Role.MODERATOR)
    there = idea.status is not IdeaStatus.WITHDRAWN
    rows = (
        ("unvote" in can, "Take my vote back", "unvote", Tone.PLAIN),
        (mine and "edit" in can, "Edit", "edit", Tone.PLAIN),
        (mine and there, "Withdraw", "withdraw", Tone.PLAIN),
        (moderates and idea.waits, "Let it in", "let_in", Tone.GOOD),
        (moderates and idea.waits, "Decline…", "refuse", Tone.BAD),
        (moderates and there and not idea.merged_into, "Merge into…", "merge", Tone.PLAIN),
        (moderates and bool(idea.merged_into), "Un-merge", "unmerge", Tone.PLAIN),
        (moderates and there, "Title…", "title", Tone.PLAIN),
        (moderates and there and not mine and not idea.waits, "Withdraw…", "remove", Tone.PLAIN),
        ("restore" in can, "Bring it back", "restore", Tone.PLAIN),
        (moderates and not mine and idea.author is not None, "Block the author", "block", Tone.BAD),
    )
    buttons = tuple(
        Button(label, Action.of(name, idea.number), tone)
        for fits, label, name, tone in rows
        if fits
    )
    ask = f"What would you like to do with #{idea.number}?"
    return Message(((ask if buttons else "There is nothing more to do here.",),), buttons=buttons)
