"""What people read about their linked accounts."""

from collections.abc import Sequence

from bot.board.link import CODE_MINUTES
from bot.messages import Action, Bold, Button, Code, Inline, Line, Message
from bot.people import Account
from bot.store import TypedCode
from handlers.views.notices import say

_UNLINK = Code("/sounding unlink")


def code(code: str, others: Sequence[Account]) -> Message:
    """A code, and what to do with it."""
    lines: tuple[Line, ...] = (
        ("Do you have another account here? On the other platform, type ",
         Code(f"/sounding link {code}"), f" within {CODE_MINUTES} minutes."),
        ("It works once. Please keep it to yourself: whoever types it can speak for you here.",),
    )  # fmt: skip
    so_far: tuple[Line, ...] = (("Linked so far: ", *_all(others), "."),) if others else ()
    return Message(lines + so_far)


def wrong_code() -> Message:
    """The same whatever is wrong with a code."""
    line = (
        "That code does not work here. A code works once, for "
        f"{CODE_MINUTES} minutes, and on another platform than the one it was shown on. For a new "
        "one, type "
    )
    return say(line, Code("/sounding link"), " on your other account, a little later.")


def is_it_you(typed: TypedCode) -> Message:
    """Before anybody is linked to a stranger."""
    lines: tuple[Line, ...] = (
        ("Link with ", *_one(typed.owner), "?"),
        (
            "If that is you: both accounts count as one person then, with one vote on each idea, ",
            "and each may do what the other may with your ideas and your data.",
        ),
    )
    buttons = (
        Button("Yes, both are mine", Action.of("link", typed.id)),
        Button("No", Action.of("no_link", typed.id)),
    )
    return Message(lines, buttons=buttons)


def linked(owner: Account) -> Message:
    """Done."""
    return say("Linked: you and ", *_one(owner), " count as one person now. ", _UNLINK,
               " undoes it.")  # fmt: skip


def not_linked() -> Message:
    """Left as it was."""
    return say("All right, nothing is linked, and that code works no more.")


def told(accounts: Sequence[Account]) -> Message:
    """To the account that was shown the code."""
    lines: tuple[Line, ...] = (
        ("These accounts count as one person now: ", *_all(accounts), "."),
        ("If they are not all yours, type ", _UNLINK, " here.",),
    )  # fmt: skip
    return Message(lines)


def unlinked(others: Sequence[Account]) -> Message:
    """By itself again, if it was not before."""
    if not others:
        return say("This account is not linked with another.")
    line = "This account stands for itself again. It was linked with "
    return say(line, *_all(others), ". Everything else is as each account left it.")


def one_place() -> Message:
    """Nothing to link with."""
    return say("This board hears only one place, so there is no other account to link.")


def _one(account: Account) -> tuple[Inline, ...]:
    return Bold(account.name), " on ", Code(account.connection)


def _all(accounts: Sequence[Account]) -> tuple[Inline, ...]:
    return tuple(part for account in accounts for part in (", ", *_one(account)))[1:]
