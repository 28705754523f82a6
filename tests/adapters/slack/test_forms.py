"""Forms as Slack gets them, against a validator that knows nothing of the renderer."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.forms import VALUE, render_form, render_options
from adapters.slack.limits import LIMITS
from bot.config import playground_config
from bot.messages import Action, Field, Form
from bot.results import Choices
from handlers.views.forms import FORMS
from tests.adapters.messages import forms, texts
from tests.adapters.slack.golden import compare
from tests.slack.blockkit import option_problems, view_problems

ACTION = Action.of("suggest")


def element(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    """The element of a form's only field."""
    view = render_form(Form(ACTION, "Suggest", (Field("title", "Title", **more),)), "{}")
    assert view_problems(view) == []
    shown: dict[str, Any] = view["blocks"][0]["element"]
    return shown


def test_the_form_to_suggest() -> None:
    config = playground_config(Path("/nowhere"))
    typed = {"title": "Dark mode", "area": "Editor"}

    compare("suggest_form", render_form(FORMS["suggest"](ACTION, typed, config), '{"c":"C1"}'))


def test_the_form_to_merge() -> None:
    config = playground_config(Path("/nowhere"))
    action = Action.of("merge", 12)

    compare("merge_form", render_form(FORMS["merge"](action, {"into": "14"}, config), "{}"))


@settings(max_examples=80, deadline=None)
@given(forms)
def test_whatever_form_is_rendered_is_never_refused(form: Form) -> None:
    assert view_problems(render_form(form, "{}")) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(texts, texts), max_size=120))
def test_whatever_completions_are_rendered_are_never_refused(pairs: list[tuple[str, str]]) -> None:
    assert option_problems(render_options(Choices(tuple(pairs)))) == []


def test_a_field_is_found_again_by_its_name() -> None:
    block = render_form(Form(ACTION, "Suggest", (Field("title", "Title"),)), "{}")["blocks"][0]

    assert (block["block_id"], block["element"]["action_id"]) == ("title", VALUE)


@pytest.mark.parametrize("required", [True, False])
def test_what_is_not_required_may_stay_empty(required: bool) -> None:
    form = Form(ACTION, "Suggest", (Field("title", "Title", required=required),))

    assert render_form(form, "{}")["blocks"][0]["optional"] is not required


def test_what_was_typed_is_there_again() -> None:
    assert element(value="Dark *mode*", kind="text", limit=80) == {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": True,
        "max_length": 80,
        "initial_value": "Dark *mode*",
    }


def test_a_choice_made_before_is_there_again() -> None:
    shown = element(kind="choice", options=("Editor", "Mobile"), value="Mobile")

    assert shown["initial_option"]["value"] == "Mobile"


def test_a_choice_that_is_no_longer_offered_is_not_made() -> None:
    assert "initial_option" not in element(kind="choice", options=("Editor",), value="Mobile")


def test_a_choice_without_options_is_typed() -> None:
    assert element(kind="choice", options=(" ",))["type"] == "plain_text_input"


def test_more_options_than_fit_become_a_number() -> None:
    options = (*(f"Area {n}" for n in range(102)), "x" * 151)

    shown = element(kind="choice", options=options)["options"]

    assert (len(shown), shown[-1]["value"]) == (LIMITS.options, "+4 more")


def test_a_code_in_a_label_is_not_an_emoji() -> None:
    form = Form(ACTION, ":tada:", (Field("title", "Title :x:", hint=":y:"),))
    view = render_form(form, "{}")
    block = view["blocks"][0]

    for text in (view["title"], block["label"], block["element"]["placeholder"]):
        assert text["emoji"] is False


def test_a_form_with_too_many_fields_says_so() -> None:
    fields = tuple(Field(f"f{n}", "Label") for n in range(92))

    view = render_form(Form(ACTION, "Edit", fields, intro="Change it"), "{}")

    assert len(view["blocks"]) == 1 + LIMITS.form_fields
    assert view["blocks"][0]["text"]["text"] == "Change it\n+2 more fields"


def test_completions() -> None:
    choices = Choices((("12", "#12 Dark mode"), ("14", "x" * 80), ("y" * 151, "No")))

    assert render_options(choices) == [
        {
            "text": {"type": "plain_text", "text": "#12 Dark mode", "emoji": False},
            "value": "12",
        },
        {
            "text": {"type": "plain_text", "text": "x" * 74 + "…", "emoji": False},
            "value": "14",
        },
    ]
