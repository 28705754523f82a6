"""The platform's own checks: each limit, just kept and just passed."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.playground.checks import check_choices, check_content, check_form
from adapters.playground.forms import refused, render_choices, render_form
from bot.errors import PermanentDeliveryError
from bot.results import Choices
from tests.adapters.playground.world import form

Json = dict[str, Any]


def text(size: int) -> Json:
    return {"t": "text", "text": "x" * size}


def content(**parts: object) -> Json:
    return {"lines": [[text(1)]], "cards": [], "buttons": [], "attachment": None, **parts}


def card(**parts: object) -> Json:
    empty = {"title": "A", "body": [], "fields": [], "footer": [], "buttons": [], "tone": "plain"}
    return {**empty, **parts}


def buttons(count: int, *, label: int = 1, action: int = 2) -> list[Json]:
    names = (f"{n:02}".ljust(action, "x") for n in range(count))
    return [{"label": "x" * label, "action": name, "tone": "plain"} for name in names]


LIMITS: list[tuple[str, int, Callable[[int], Json]]] = [  # what is said, the limit, the payload
    ("text longer", 2_000, lambda n: content(lines=[[text(n)]])),
    ("text longer", 1_999, lambda n: content(lines=[[text(n)], []])),
    ("10 cards", 10, lambda n: content(cards=[card()] * n)),
    ("title is longer", 250, lambda n: content(cards=[card(title="x" * n)])),
    ("body longer", 3_000, lambda n: content(cards=[card(body=[[text(n)]])])),
    ("10 fields", 10, lambda n: content(cards=[card(fields=[["a", "b"]] * n)])),
    ("field's text", 1_024, lambda n: content(cards=[card(fields=[["a", "x" * n]])])),
    ("footer longer", 2_000, lambda n: content(cards=[card(footer=[text(n)])])),
    ("6,000", 2_999, lambda n: content(cards=[card(body=[[text(n)]])] * 2)),
    ("25 buttons", 25, lambda n: content(buttons=buttons(n))),
    ("label is longer", 75, lambda n: content(buttons=buttons(1, label=n))),
    ("action is longer", 100, lambda n: content(buttons=buttons(1, action=n))),
]


@pytest.mark.parametrize(
    ("says", "limit", "make"), LIMITS, ids=[f"{says} {limit}" for says, limit, _ in LIMITS]
)
def test_a_payload_over_a_limit_is_refused(
    says: str, limit: int, make: Callable[[int], Json]
) -> None:
    check_content(make(limit))
    with pytest.raises(PermanentDeliveryError, match=says):
        check_content(make(limit + 1))


@pytest.mark.parametrize(
    "broken",
    [
        content(lines=[]),
        content(lines=[[text(0)]]),
        content(cards=[card(title=" ")]),
        content(cards=[card(fields=[["a", ""]])]),
        content(cards=[card(tone="loud")]),
        content(buttons=buttons(1) * 2),
        content(cards=[card(buttons=buttons(1))], buttons=buttons(1)),
        content(lines=[[{"t": "html", "text": "<b>"}]]),
        content(lines=[[{"t": "link", "text": "x", "url": "javascript:alert(1)"}]]),
        content(attachment={"name": "", "content": "x"}),
    ],
)
def test_a_payload_that_makes_no_sense_is_refused(broken: Json) -> None:
    with pytest.raises(PermanentDeliveryError):
        check_content(broken)


FORM_LIMITS: dict[str, tuple[int, Callable[[int], Json]]] = {
    "title": (24, lambda n: {"title": "x" * n}),
    "submit": (24, lambda n: {"submit": "x" * n}),
    "fields": (5, lambda n: {"fields": [field(name=f"f{i}") for i in range(n)]}),
    "label": (45, lambda n: {"fields": [field(label="x" * n)]}),
    "hint": (100, lambda n: {"fields": [field(hint="x" * n)]}),
    "limit": (3_000, lambda n: {"fields": [field(limit=n)]}),
    "value": (20, lambda n: {"fields": [field(limit=20, value="x" * n)]}),
    "options": (25, lambda n: {"fields": [field(kind="choice", options=["Editor"] * n)]}),
}


def field(**parts: object) -> Json:
    empty = {"name": "title", "label": "Title", "kind": "line", "required": False, "value": ""}
    return {**empty, "hint": "", "limit": 100, "options": [], **parts}


@pytest.mark.parametrize(("limit", "make"), FORM_LIMITS.values(), ids=FORM_LIMITS)
def test_a_form_over_a_limit_is_refused(limit: int, make: Callable[[int], Json]) -> None:
    whole = {"title": "Suggest", "submit": "Send", "intro": "", "fields": [field()]}
    check_form({**whole, **make(limit)})
    with pytest.raises(PermanentDeliveryError):
        check_form({**whole, **make(limit + 1)})


def test_more_than_25_completions_are_refused_and_never_made() -> None:
    options = tuple((str(n), f"#{n} " + "x" * 100) for n in range(30))

    shown = render_choices(Choices(options))

    check_choices(shown)
    assert len(shown) == 25
    with pytest.raises(PermanentDeliveryError):
        check_choices([*shown, ["26", "One more"]])


@pytest.mark.parametrize(
    ("asked", "value", "sentence"),
    [
        ({"required": True}, "", "Please fill this in."),
        ({"required": False}, "", None),
        ({"limit": 3}, "four", "Please use at most 3 characters; these are 4."),
        ({"kind": "choice", "options": ("Editor",)}, "Sky", "Please choose one of the list."),
        ({"kind": "choice", "options": ("Editor",)}, "Editor", None),
        ({"kind": "choice", "options": ("Editor",)}, "", None),
    ],
)
def test_a_submission_must_be_what_the_form_asked_for(
    asked: dict[str, Any], value: str, sentence: str | None
) -> None:
    found = refused(render_form(form(**asked)), {"title": value})

    assert found.get("title") == sentence
