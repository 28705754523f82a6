"""The validator refuses what Slack's documentation says is refused, and takes what is fine."""

from typing import Any

import pytest

from tests.slack.blockkit import message_problems, option_problems, view_problems

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action: str, **more: object) -> Json:
    return {"type": "button", "action_id": action, "text": plain("Vote"), "value": "1"} | more


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def rich(*pieces: Json) -> Json:
    inner = {"type": "rich_text_section", "elements": list(pieces)}
    return {"type": "rich_text", "elements": [inner]}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def message(*blocks: Json) -> Json:
    return {"text": "An idea", "blocks": list(blocks)}


def field(name: str, element: Json) -> Json:
    return {"type": "input", "block_id": name, "label": plain("Title"), "element": element}


def typed(**more: object) -> Json:
    return {"type": "plain_text_input", "action_id": "value"} | more


def select(kind: str, **more: object) -> Json:
    return {"type": kind, "action_id": "value"} | more


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def modal(*blocks: Json, **more: object) -> Json:
    parts = {"title": plain("Suggest"), "submit": plain("Send"), "callback_id": "suggest"}
    return {"type": "modal", "blocks": list(blocks)} | parts | more


GOOD_MESSAGE = message(
    rich(
        {"type": "text", "text": "Dark mode", "style": {"bold": True}},
        {"type": "text", "text": "\n"},
        {"type": "user", "user_id": "U1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "link", "url": "https://example.org/a", "text": "where"},
        {"type": "emoji", "name": "tada"},
    ),
    section("*Hello*"),
    context(plain("3 votes"), {"type": "mrkdwn", "text": "by Ana"}),
    {"type": "divider"},
    {"type": "header", "text": plain("Ideas")},
    actions(button("vote:1", style="primary"), button("vote:2", style="danger")),
)
GOOD_MODAL = modal(
    section("Tell us"),
    field("title", typed(max_length=80, initial_value="Dark", placeholder=plain("e.g. Dark"))),
    field("area", select("static_select", options=[option("Editor", "Editor")])),
    field("into", select("external_select", min_query_length=1)),
    private_metadata="{}",
    close=plain("Close"),
)


def test_a_good_message_has_no_problems() -> None:
    assert message_problems(GOOD_MESSAGE) == []
    assert message_problems({"text": "Just words"}) == []


def test_good_views_have_no_problems() -> None:
    assert view_problems(GOOD_MODAL) == []
    assert view_problems({"type": "home", "blocks": [section("Hello")]}) == []


def test_good_options_have_no_problems() -> None:
    assert option_problems([option("#1 Dark mode", "1")]) == []
    assert option_problems([]) == []


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ({"blocks": [section("Hello")]}, "needs text"),
        ({"text": " "}, "needs text"),
        ({"text": "x" * 4_001}, "msg_too_long"),
        ({"text": "ö" * 2_001}, "msg_too_long"),
        (message(*[{"type": "divider"}] * 51), "51 of 0 to 50"),
        (message(*[section("x" * 2_700)] * 5), "msg_blocks_too_long"),
        (message(*[section("“" * 2_600)] * 4 + [section("x" * 2_600)]), "msg_blocks_too_long"),
        (message({"type": "carousel"}), "unknown type"),
        (message({"type": "divider", "text": "x"}), "unknown key"),
        (message(section("")), "more than 0"),
        (message(section("x" * 3_001)), "longer than 3,000"),
        (message({"type": "section"}), "needs text or fields"),
        (message({"type": "section", "fields": [plain("x")] * 11}), "more than 10"),
        (message({"type": "header", "text": plain("x" * 151)}), "longer than 150"),
        (message({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}), "be plain_text"),
        (message(context()), "0 elements of 1"),
        (message(context(*[plain("x")] * 11)), "11 elements of 1"),
        (message(context({"type": "button"})), "no text object"),
        (message(actions()), "0 elements of 1"),
        (message(actions(*(button(f"v:{n}") for n in range(26)))), "26 elements of 1"),
        (message(actions(typed())), "no place for an element"),
        (message(actions(button("v"), button("v"))), "action_id"),
        (message(actions(button("v")), actions(button("v"))), "action_id"),
        (message(actions(button(""))), "more than 0"),
        (message(actions(button("v" * 256))), "longer than 255"),
        (message(actions(button("v", text=plain("x" * 76)))), "longer than 75"),
        (message(actions(button("v", value="x" * 2_001))), "longer than 2,000"),
        (message(actions(button("v", url="x" * 3_001))), "longer than 3,000"),
        (message(actions(button("v", style="plain"))), "unknown style"),
        (message(actions(button("v", tone="good"))), "unknown key"),
        (message({"type": "image", "alt_text": "A chart"}), "needs image_url"),
        (message({"type": "image", "image_url": "https://x"}), "alt_text: is missing"),
        (message({"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}), "2"),
        (message({"type": "divider", "block_id": "a" * 256}), "longer than 255"),
        (message({"type": "rich_text", "elements": []}), "without elements"),
        (message(rich()), "without elements"),
        (message(rich({"type": "text", "text": ""})), "more than 0"),
        (message(rich({"type": "link", "url": "https://x", "text": ""})), "more than 0"),
        (message(rich({"type": "link", "url": "javascript:x"})), "leads nowhere"),
        (message(rich({"type": "user", "user_id": "ana"})), "no user_id"),
        (message(rich({"type": "broadcast", "range": "all"})), "unknown range"),
        (message(rich({"type": "text", "text": "x", "style": {"big": True}})), "unknown style"),
        (message(rich({"type": "table"})), "unknown piece"),
        (message({"type": "rich_text", "elements": [{"type": "text"}]}), "unknown rich text"),
    ],
)
def test_a_message_is_refused(payload: Json, problem: str) -> None:
    assert problem in "; ".join(message_problems(payload))


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ({"type": "page", "blocks": [section("x")]}, "unknown type"),
        ({"type": "home", "blocks": []}, "0 of 1 to 100"),
        ({"type": "home", "blocks": [{"type": "divider"}] * 101}, "101 of 1 to 100"),
        ({"type": "home", "blocks": [section("x")], "title": plain("x")}, "unknown key"),
        (modal(section("x"), title=plain("x" * 25)), "longer than 24"),
        (modal(section("x"), title={"type": "mrkdwn", "text": "x"}), "must be plain_text"),
        (modal(section("x"), submit=plain("x" * 25)), "longer than 24"),
        (modal(section("x"), close=plain("x" * 25)), "longer than 24"),
        (modal(section("x"), private_metadata="x" * 3_001), "longer than 3,000"),
        (modal(section("x"), callback_id="x" * 256), "longer than 255"),
        (modal(*[section("ö" * 2_000)] * 70), "view_too_large"),
        ({"type": "modal", "title": plain("x"), "blocks": [field("a", typed())]}, "a submit"),
        (modal(field("a", typed()), field("a", typed())), "block_id"),
        (modal(field("a", button("v"))), "no place for an element"),
        (modal(field("a", typed()) | {"label": plain("x" * 2_001)}), "longer than 2,000"),
        (modal(field("a", typed(placeholder=plain("x" * 151)))), "longer than 150"),
        (modal(field("a", typed(max_length=3_001))), "max_length outside"),
        (modal(field("a", typed(max_length=0))), "max_length outside"),
        (modal(field("a", typed(max_length=3, min_length=4))), "min_length outside"),
        (modal(field("a", typed(max_length=3, initial_value="four"))), "longer than 3"),
        (modal(field("a", select("static_select", options=[]))), "0 of 1 to 100"),
        (modal(field("a", select("external_select", min_query_length="1"))), "no number"),
        (
            modal(field("a", select("static_select", options=[option("A", "a")],
                                    initial_option=option("B", "b")))),
            "none of the options",
        ),
    ],
)  # fmt: skip
def test_a_view_is_refused(view: Json, problem: str) -> None:
    assert problem in "; ".join(view_problems(view))


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ([option(str(n), str(n)) for n in range(101)], "101 of 0 to 100"),
        ([option("x" * 76, "1")], "longer than 75"),
        ([option("x", "1" * 151)], "longer than 150"),
        ([option("x", "")], "more than 0"),
        ([{"text": {"type": "mrkdwn", "text": "x"}, "value": "1"}], "must be plain_text"),
        ([option("x", "1"), option("y", "1")], "option value"),
    ],
)
def test_options_are_refused(options: list[Json], problem: str) -> None:
    assert problem in "; ".join(option_problems(options))
