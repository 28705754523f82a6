"""The validator refuses what Discord's documentation says is refused, and takes what is fine."""

from typing import Any

import pytest

from tests.discord.faults import Fault, nested
from tests.discord.model import COMPONENTS_V2
from tests.discord.validator import (
    choice_problems,
    command_problems,
    commands_problems,
    message_problems,
    modal_problems,
)

Json = dict[str, Any]


def button(custom_id: str, **more: object) -> Json:
    return {"type": 2, "style": 1, "label": "Vote", "custom_id": custom_id} | more


def row(*components: Json) -> Json:
    return {"type": 1, "components": [*components]}


def select(**more: object) -> Json:
    options = [{"label": "New", "value": "new"}, {"label": "Planned", "value": "planned"}]
    return {"type": 3, "custom_id": "status", "options": options} | more


def chosen(*values: str, default: bool = True) -> list[Json]:
    return [{"label": value, "value": value, "default": default} for value in values]


def display(text: str) -> Json:
    return {"type": 10, "content": text}


def said(**more: object) -> Json:
    return {"content": "Hello"} | more


def embedded(**more: object) -> Json:
    return {"embeds": [{"title": "Dark mode"} | more]}


def layout(*components: Json) -> Json:
    return {"flags": COMPONENTS_V2, "components": [*components]}


def typed(**more: object) -> Json:
    return {"type": 4, "custom_id": "title", "style": 1} | more


def label(component: Json, **more: object) -> Json:
    return {"type": 18, "label": "Title", "component": component} | more


def modal(*components: Json, **more: object) -> Json:
    return {"title": "Suggest", "custom_id": "suggest", "components": [*components]} | more


def command(**more: object) -> Json:
    return {"name": "suggest", "description": "Suggest something"} | more


def option(name: str, **more: object) -> Json:
    return {"type": 3, "name": name, "description": "What to look for"} | more


GOOD_MESSAGES = [
    said(),
    said(content="x" * 2_000, nonce="n" * 25),
    embedded(
        description="d" * 4_096,
        fields=[{"name": "Votes", "value": "3"}] * 25,
        footer={"text": "Idea 12"},
        color=0xFFFFFF,
        url="https://example.org",
        image={"url": "attachment://chart.png"},
        timestamp="2026-11-21T10:00:00+00:00",
    ),
    said(components=[row(*(button(str(n)) for n in range(5))), row(select())]),
    said(components=[row({"type": 2, "style": 5, "label": "Open", "url": "https://a.example"})]),
    said(allowed_mentions={"parse": [], "users": ["1", "2"], "replied_user": False}),
    layout(display("x" * 4_000), {"type": 17, "components": [row(button("a"))]}),
]
BAD_MESSAGES: list[tuple[Json, str]] = [
    ({}, "payload: Cannot send an empty message"),
    (said(content=" "), "payload: Cannot send an empty message"),
    (said(content="x" * 2_001), "content: Must be 2000 or fewer in length."),
    (said(nonce="n" * 26), "nonce: Must be 25 or fewer in length."),
    ({"embeds": [{"title": "x"}] * 11}, "embeds: Must be between 0 and 10 in length."),
    (embedded(title="t" * 257), "embeds.0.title: Must be 256 or fewer in length."),
    (embedded(description="d" * 4_097), "embeds.0.description: Must be 4096 or fewer in length."),
    (
        embedded(fields=[{"name": "n" * 257, "value": "v"}]),
        "embeds.0.fields.0.name: Must be between 1 and 256 in length.",
    ),
    (
        embedded(fields=[{"name": "n", "value": "v" * 1_025}]),
        "embeds.0.fields.0.value: Must be between 1 and 1024 in length.",
    ),
    (
        embedded(fields=[{"name": "", "value": "v"}]),
        "embeds.0.fields.0.name: This field is required",
    ),
    (
        embedded(fields=[{"name": "n", "value": "v"}] * 26),
        "embeds.0.fields: Must be between 0 and 25 in length.",
    ),
    (
        embedded(footer={"text": "f" * 2_049}),
        "embeds.0.footer.text: Must be between 1 and 2048 in length.",
    ),
    (
        embedded(author={"name": "a" * 257}),
        "embeds.0.author.name: Must be between 1 and 256 in length.",
    ),
    (embedded(color=1 << 24), "embeds.0.color: int value should be between 0 and 16777215."),
    (embedded(url="javascript:x"), "embeds.0.url: Scheme must be one of ('http', 'https')."),
    (
        {"embeds": [{"description": "d" * 4_000}] * 2},
        "embeds: Embed size exceeds maximum size of 6000",
    ),
    (
        said(components=[row(button(str(n))) for n in range(6)]),
        "components: Must be between 0 and 5 in length.",
    ),
    (
        said(components=[row(*(button(str(n)) for n in range(6)))]),
        "components.0.components: Must be between 1 and 5 in length.",
    ),
    (
        said(components=[row(button("a"), select())]),
        "components.0.components: A select is alone in its row.",
    ),
    (
        said(components=[row(button("a"), button("a"))]),
        "components.0.components.1.custom_id: Component custom id cannot be duplicated",
    ),
    (
        said(components=[row(button("c" * 101))]),
        "components.0.components.0.custom_id: Must be between 1 and 100 in length.",
    ),
    (
        said(components=[row(button(""))]),
        "components.0.components.0.custom_id: This field is required",
    ),
    (
        said(components=[row(button("a", label="l" * 81))]),
        "components.0.components.0.label: Must be between 1 and 80 in length.",
    ),
    (
        said(components=[row({"type": 2, "style": 2, "custom_id": "a"})]),
        "components.0.components.0: A label or emoji is needed.",
    ),
    (
        said(components=[row(button("a", url="https://a.example"))]),
        "components.0.components.0.url: Only link buttons have a url.",
    ),
    (
        said(components=[row(select(options=[]))]),
        "components.0.components.0.options: Must be between 1 and 25 in length.",
    ),
    (
        said(components=[row(select(placeholder="p" * 151))]),
        "components.0.components.0.placeholder: Must be 150 or fewer in length.",
    ),
    (
        said(components=[row(select(min_values=2))]),
        "components.0.components.0.min_values: min_values cannot be more than max_values.",
    ),
    (
        said(components=[row(select(options=chosen("new", "planned")))]),
        "components.0.components.0.options: The number of default options is more than",
    ),
    (
        said(components=[row(select(options=chosen("new", "new", default=False)))]),
        "components.0.components.0.options.1.value: The specified option value is already used",
    ),
    (
        said(attachments=[{"id": 0, "filename": "a.csv"}] * 11),
        "attachments: Must be between 0 and 10 in length.",
    ),
    (
        said(attachments=[{"id": 0, "filename": "a.csv", "description": "d" * 1_025}]),
        "attachments.0.description: Must be 1024 or fewer in length.",
    ),
    (
        said(components=[row(typed())]),
        'components.0.components.0.type: Value of field "type" must be one of (2, 3, 5, 6, 7, 8).',
    ),
    (
        said(components=[display("x")]),
        'components.0.type: Value of field "type" must be one of (1,).',
    ),
    (
        said(flags=COMPONENTS_V2),
        "content: The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
    ),
    (
        layout(*[display("x")] * 41),
        "components: The maximum number of components in a message is 40.",
    ),
    (
        layout(display("x" * 2_001), display("y" * 2_000)),
        "components: The text of all components is",
    ),
    (
        said(allowed_mentions={"parse": ["users"], "users": ["1"]}),
        'allowed_mentions: parse:["users"] and users: [ids...] are mutually exclusive.',
    ),
    (
        said(allowed_mentions={"users": [str(n) for n in range(101)]}),
        "allowed_mentions.users: Must be between 0 and 100 in length.",
    ),
]
BAD_MODALS: list[tuple[Json, str]] = [
    (modal(), "components: Must be between 1 and 5 in length."),
    (modal(*[label(typed(custom_id=str(n))) for n in range(6)]), "components: Must be between"),
    (modal(label(typed()), title="t" * 46), "title: Must be between 1 and 45 in length."),
    (modal(label(typed()), custom_id="c" * 101), "custom_id: Must be between 1 and 100"),
    (modal(label(typed(), label="l" * 46)), "components.0.label: Must be between 1 and 45"),
    (modal(label(typed(), description="d" * 101)), "components.0.description: Must be 100"),
    (modal(label(typed()), label(typed())), "components.1.component.custom_id: Component custom"),
    (modal(label({"type": 2, "custom_id": "a"})), "components.0.component.type: Value of field"),
    (modal(label(typed(label="Old"))), "components.0.component.label: The label of an input"),
    (modal(label(typed(max_length=4_001))), "components.0.component.max_length: int value should"),
    (modal(label(typed(max_length=3, value="four"))), "components.0.component.value: Must be 3"),
    (modal(label(typed(placeholder="p" * 101))), "components.0.component.placeholder: Must be 100"),
    (modal(label(select(disabled=True))), "components.0.component.disabled: Modals cannot have"),
    (modal(row(typed())), "components.0.components.0.label: This field is required"),
]
BAD_COMMANDS: list[tuple[Json, str]] = [
    (command(name="Suggest"), "name: Command name is invalid"),
    (command(name="s" * 33), "name: Command name is invalid"),
    (command(description="d" * 101), "description: Must be between 1 and 100 in length."),
    (command(type=3, name="Turn into idea"), "description: Context menu commands cannot have it."),
    (command(options=[option(f"o{n}") for n in range(26)]), "options: Must be between 0 and 25"),
    (
        command(options=[option("a"), option("b", required=True)]),
        "options.1: Required options must",
    ),
    (command(options=[option("a"), option("a")]), "options.1.name: Option names must be unique"),
    (
        command(options=[option("a", choices=[{"name": "n", "value": "v"}] * 26)]),
        "options.0.choices: Must be between 0 and 25 in length.",
    ),
    (
        command(options=[option("a", choices=[{"name": "n", "value": "v"}], autocomplete=True)]),
        "options.0.autocomplete: Choices and autocomplete cannot be used together",
    ),
]


@pytest.mark.parametrize("payload", GOOD_MESSAGES)
def test_a_good_message_is_taken(payload: Json) -> None:
    assert message_problems(payload) == []


@pytest.mark.parametrize(("payload", "problem"), BAD_MESSAGES)
def test_a_bad_message_is_refused(payload: Json, problem: str) -> None:
    (found,) = message_problems(payload)
    assert found.startswith(problem)


def test_an_edit_may_leave_everything_out() -> None:
    assert message_problems({"components": []}, edit=True) == []


def test_a_good_modal_is_taken() -> None:
    radio = {"type": 21, "custom_id": "area", "options": select()["options"]}
    good = modal(
        label(typed(min_length=5, max_length=80, value="Dark mode"), description="In one line"),
        label(select(custom_id="s")),
        label(radio),
        display("Thank you"),
        row(typed(custom_id="old", label="Old")),
    )
    assert modal_problems(good) == []


@pytest.mark.parametrize(("form", "problem"), BAD_MODALS)
def test_a_bad_modal_is_refused(form: Json, problem: str) -> None:
    (found,) = modal_problems(form)
    assert found.startswith(problem)


def test_good_commands_are_taken() -> None:
    sub = {"type": 1, "name": "link", "description": "Link", "options": [option("code")]}
    good = command(options=[sub])
    assert command_problems(good) == []
    menus: list[Json] = [{"type": 3, "name": f"Menu {number}"} for number in range(15)]
    assert commands_problems([good, *menus]) == []


@pytest.mark.parametrize(("body", "problem"), BAD_COMMANDS)
def test_a_bad_command_is_refused(body: Json, problem: str) -> None:
    (found,) = command_problems(body)
    assert found.startswith(problem)


def test_a_long_command_is_refused_as_a_whole() -> None:
    choices = [{"name": f"{n:0>100}", "value": f"{n:0>100}"} for n in range(25)]
    body = command(options=[option(f"o{n}", choices=choices) for n in range(2)])
    assert command_problems(body) == ["payload: The command is more than 8000 characters in all."]


@pytest.mark.parametrize(
    ("bodies", "problem"),
    [
        ([{"type": 3, "name": f"Menu {n}"} for n in range(16)], "payload: Maximum number"),
        ([command(), command()], "1.name: Application command names must be unique"),
    ],
)
def test_commands_are_refused_together(bodies: list[Json], problem: str) -> None:
    (found,) = commands_problems(bodies)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ([{"name": f"n{n}", "value": "v"} for n in range(26)], "choices: Must be between 0 and 25"),
        ([{"name": "n" * 101, "value": "v"}], "choices.0.name: Must be between 1 and 100"),
        ([{"name": "n", "value": "v" * 101}], "choices.0.value: Must be 100 or fewer"),
        ([{"name": "n", "value": "v"}] * 2, "choices.1.name: Option choice names must be unique"),
        (None, "choices: Must be a list"),
    ],
)
def test_bad_choices_are_refused(choices: object, problem: str) -> None:
    (found,) = choice_problems(choices)
    assert found.startswith(problem)


def test_no_choices_are_fine() -> None:
    assert choice_problems([]) == []


def test_errors_are_nested_as_the_payload_is() -> None:
    faults = [Fault(("embeds", 0, "title"), "BASE_TYPE_MAX_LENGTH", "Must be 256 or fewer.")]
    error = {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer."}
    assert nested(faults) == {"embeds": {"0": {"title": {"_errors": [error]}}}}
