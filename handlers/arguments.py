"""Reading what a button or a form brings along; it may be anything."""

from bot.errors import Gone
from bot.events import FormSubmitted
from bot.ideas import TEXT_LIMIT
from bot.messages import Action
from bot.ports import Turn
from bot.reading.clean import clean, letters
from bot.results import Invalid, Result
from handlers.views.mistakes import problem


def number(action: Action, index: int = 0) -> int:
    """An argument that is a row or an idea's number; Gone when it is not."""
    try:
        value = int(action.args[index])
    except (IndexError, ValueError) as error:
        raise Gone from error
    if not 0 < value < 2**31:
        raise Gone
    return value


def reason_of(event: FormSubmitted) -> tuple[str, str]:
    """The form's one text, cleaned, and what is wrong with it (or nothing)."""
    text = clean(event.values.get("reason", ""))
    if letters(text) < 2:
        return text, "too_short"
    return text, "too_long" if len(text) > TEXT_LIMIT else ""


async def invalid(event: FormSubmitted, turn: Turn, *problems: tuple[str, str]) -> Result:
    """Errors by (field, kind), with all that was typed kept."""
    draft = await turn.store.save_draft(turn.who, str(event.action), dict(event.values), turn.now)
    errors = tuple((field, problem(field, kind)) for field, kind in problems)
    return Result(Invalid(errors, Action.of("retry", draft)))
