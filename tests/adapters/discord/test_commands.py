"""What people find when they type `/`, or open a message's menu."""

from typing import Any

import pytest

from adapters.discord.commands import OPTIONS, commands
from bot.dispatch import menu_of
from bot.events import ChoicesAsked
from bot.ports import Menu, MenuItem
from handlers.routes import ROUTES
from tests.discord.validator import commands_problems

MENU = menu_of(ROUTES)
OFFERED = {one["name"]: one for one in commands(MENU)}


def options(command: str) -> dict[str, dict[str, Any]]:
    """What a command takes, by name."""
    return {option["name"]: option for option in OFFERED[command]["options"]}


def test_discord_takes_them_all() -> None:
    assert commands_problems(commands(MENU)) == []
    assert len(OFFERED) == len(MENU.commands) + len(MENU.shortcuts)


def test_every_command_that_takes_something_says_what() -> None:
    assert OPTIONS.keys() == {item.name for item in MENU.commands if item.usage}


def test_a_title_may_be_given_at_once() -> None:
    assert options("suggest")["title"]["required"] is False


def test_ideas_are_offered_while_typing() -> None:
    assert options("ideas")["find"]["autocomplete"] is True
    assert [name for name, one in OPTIONS.items() if any(option.completes for option in one)] == [
        "ideas"
    ]
    assert "ideas" in {route.name for route in ROUTES if route.event is ChoicesAsked}


def test_a_summary_needs_a_link_and_has_three_lengths() -> None:
    taken = options("summarize")

    assert taken["link"]["required"] is True
    assert [choice["value"] for choice in taken["length"]["choices"]] == [
        "line",
        "paragraph",
        "full",
    ]


@pytest.mark.parametrize(
    "word", ["data", "mute", "no-model", "forget-me", "link", "unlink", "help"]
)
def test_a_persons_say_is_a_choice_of_words(word: str) -> None:
    assert word in {choice["value"] for choice in options("sounding")["what"]["choices"]}


def test_a_code_stands_beside_the_word() -> None:
    assert [option["name"] for option in OFFERED["sounding"]["options"]] == ["what", "code"]
    assert not any(option["required"] for option in OFFERED["sounding"]["options"])


def test_message_menus_have_their_words_as_names() -> None:
    assert OFFERED["Turn into idea"] == {"type": 3, "name": "Turn into idea"}


def test_no_more_menus_than_the_library_takes() -> None:
    menu = Menu((), tuple(MenuItem(f"m{n}", "", f"Menu {n}") for n in range(7)))

    assert len(commands(menu)) == 5
