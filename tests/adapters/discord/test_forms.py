"""Forms as Discord gets them, against a validator that knows nothing of the renderer."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.forms import render_choices, render_modal
from adapters.discord.limits import LIMITS
from bot.config import playground_config
from bot.messages import Action, Field, Form
from bot.results import Choices
from handlers.views.forms import FORMS
from tests.adapters.discord.golden import compare
from tests.adapters.messages import forms, texts
from tests.discord.drawn import read
from tests.discord.validator import choice_problems, modal_problems

ACTION = Action.of("suggest")


def modal(*fields: Field, intro: str = "") -> dict[str, Any]:
    shown = render_modal(Form(ACTION, "Suggest", fields, intro=intro), "suggest#1")
    assert modal_problems(shown) == []
    return shown


def element(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    """The element of a form's only field."""
    (label,) = modal(Field("title", "Title", **more))["components"]
    shown: dict[str, Any] = label["component"]
    return shown


def test_the_form_to_suggest() -> None:
    config = playground_config(Path("/nowhere"))
    typed = {"title": "Dark mode", "area": "Editor"}

    compare("suggest_form", render_modal(FORMS["suggest"](ACTION, typed, config), "suggest#1"))


def test_the_form_to_merge() -> None:
    config = playground_config(Path("/nowhere"))
    action = Action.of("merge", 12)

    compare(
        "merge_form", render_modal(FORMS["merge"](action, {"into": "14"}, config), "merge:12#1")
    )


@settings(max_examples=80, deadline=None)
@given(forms)
def test_whatever_form_is_rendered_is_never_refused(form: Form) -> None:
    assert modal_problems(render_modal(form, "suggest#1")) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(texts, texts), max_size=40))
def test_whatever_completions_are_rendered_are_never_refused(pairs: list[tuple[str, str]]) -> None:
    assert choice_problems(render_choices(Choices(tuple(pairs)))) == []


@pytest.mark.parametrize("required", [True, False])
def test_what_is_not_required_may_stay_empty(required: bool) -> None:
    assert element(required=required)["required"] is required


def test_what_was_typed_is_there_again() -> None:
    assert element(value="Dark *mode*", kind="text", limit=80) == {
        "type": 4,
        "custom_id": "title",
        "required": False,
        "style": 2,
        "max_length": 80,
        "value": "Dark *mode*",
    }


def test_a_choice_made_before_is_there_again() -> None:
    shown = element(kind="choice", options=("Editor", "Mobile"), value="Mobile")

    assert [option.get("default", False) for option in shown["options"]] == [False, True]


def test_a_choice_that_is_no_longer_offered_is_not_made() -> None:
    shown = element(kind="choice", options=("Editor",), value="Mobile")

    assert shown["options"] == [{"label": "Editor", "value": "Editor"}]


def test_a_choice_without_options_is_typed() -> None:
    assert element(kind="choice", options=(" ",))["type"] == 4


def test_more_options_than_fit_become_a_number() -> None:
    options = (*(f"Area {n}" for n in range(27)), "x" * 101)

    shown = element(kind="choice", options=options)["options"]

    assert (len(shown), shown[-1]["value"]) == (LIMITS.options, "+4 more")


def test_an_idea_is_named_by_its_number() -> None:
    assert element(kind="ideas", hint="Type words")["placeholder"] == (
        "The number of an idea, such as 12"
    )


def test_the_words_of_a_form_stand_above_its_fields_as_typed() -> None:
    first, second = modal(Field("title", "Title"), intro="# Ana asks\n*why?*")["components"]

    assert read(first["content"]) == "# Ana asks\n*why?*"
    assert second["label"] == "Title"


def test_beside_five_fields_they_stand_below_the_first_label() -> None:
    fields = tuple(Field(f"f{n}", "Label") for n in range(5))
    first, *others = modal(*fields, intro="Change it")["components"]

    assert first["description"] == "Change it"
    assert len(others) == 4


def test_a_form_with_too_many_fields_says_so() -> None:
    fields = tuple(Field(f"f{n}", "Label") for n in range(7))
    first, *others = modal(*fields, intro="Change it")["components"]

    assert read(first["content"]) == "Change it\n+3 more fields"
    assert len(others) == 4


def test_completions() -> None:
    choices = Choices(
        (("12", "#12 Dark mode"), ("14", "x" * 120), ("y" * 101, "No"), ("15", "#12 Dark mode"))
    )

    assert render_choices(choices) == [
        {"name": "#12 Dark mode", "value": "12"},
        {"name": "x" * 99 + "…", "value": "14"},
    ]
