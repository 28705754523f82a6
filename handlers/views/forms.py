"""Every form, and how each is opened again with what was typed."""

from collections.abc import Callable, Mapping

from bot.config import Config
from bot.ideas import TEXT_LIMIT, TITLE_LIMIT
from bot.messages import Action, Field, Form

Values = Mapping[str, str]


def suggest(action: Action, values: Values, config: Config) -> Form:
    """Five fields: what, in their words, and why it matters to them."""
    areas = config.capture.areas
    fields = (
        _field("title", "Your idea in one line", values, required=True, limit=TITLE_LIMIT),
        _text("body", "Details", values, hint="What should happen? An example helps."),
        _text("job", "What are you trying to get done?", values),
        _text("obstacle", "What gets in the way today?", values),
        Field("area", "Area", "choice", value=values.get("area", ""), options=areas),
    )
    return Form(action, "Suggest an idea", fields if areas else fields[:-1], "Suggest")


def edit(action: Action, values: Values, config: Config) -> Form:
    """The same fields for an idea that is there already."""
    form = suggest(action, values, config)
    return Form(action, "Edit your idea", form.fields, "Save")


def title(action: Action, values: Values, _config: Config) -> Form:
    """A moderator gives a captured message a better title."""
    field = _field("title", "Title", values, required=True, limit=TITLE_LIMIT)
    return Form(action, "Change the title", (field,), "Save")


def withdraw(action: Action, values: Values, _config: Config) -> Form:
    """A moderator takes an idea off the board."""
    return Form(action, "Withdraw the idea", (_reason("Why? Its author reads this.", values),))


def refuse(action: Action, values: Values, _config: Config) -> Form:
    """A moderator does not let a held idea in."""
    return Form(action, "Keep it off the board", (_reason("Why? Its author reads this.", values),))


def decline(action: Action, values: Values, _config: Config) -> Form:
    """A decline is never without a reason."""
    return Form(action, "Decline the idea", (_reason("Why? Customers read this.", values),))


def answer(action: Action, values: Values, _config: Config) -> Form:
    """A reply without a status."""
    return Form(action, "Answer", (_reason("Your answer. Customers read this.", values),))


def ask(action: Action, values: Values, _config: Config) -> Form:
    """A question to the author."""
    return Form(action, "Ask the author", (_reason("Your question to the author", values),), "Ask")


def reply(action: Action, values: Values, _config: Config) -> Form:
    """The author's reply."""
    return Form(action, "Answer the team", (_reason("Your answer", values),))


def merge(action: Action, values: Values, _config: Config) -> Form:
    """Which idea says the same."""
    field = Field(
        "into",
        "It says the same as",
        "ideas",
        required=True,
        value=values.get("into", ""),
        hint="Type words, or a number such as 12",
        limit=100,
    )
    return Form(action, "Merge", (field,), "Merge", "Votes of both count together.")


FORMS: dict[str, Callable[[Action, Values, Config], Form]] = {
    form.__name__: form
    for form in (suggest, edit, title, withdraw, refuse, decline, answer, ask, reply, merge)
}
"""Every form by the name of its action."""


def _reason(label: str, values: Values) -> Field:
    return _text("reason", label, values, required=True)


def _text(
    name: str, label: str, values: Values, *, required: bool = False, hint: str = ""
) -> Field:
    value = values.get(name, "")
    return Field(name, label, "text", required=required, value=value, hint=hint, limit=TEXT_LIMIT)


def _field(name: str, label: str, values: Values, *, required: bool, limit: int) -> Field:
    return Field(name, label, required=required, value=values.get(name, ""), limit=limit)
