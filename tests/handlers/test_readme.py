"""What the README says of commands and dependencies is what the code has."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from bot.dispatch import menu_of
from handlers.routes import ROUTES
from tests.process import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def command_table() -> Iterator[str]:
    """Commands and message menus, as Markdown."""
    menu = menu_of(ROUTES)
    yield "| Command | What it does |"
    yield "|---|---|"
    for item in menu.commands:
        usage = f"/{item.name} {item.usage}".strip().replace("|", "\\|")
        yield f"| `{usage}` | {item.help} |"
    for item in menu.shortcuts:
        yield f"| *{item.help}* | In the menu of a message |"


def requirements() -> Iterator[str]:
    """The packages that running needs, with the extras; development tools are named in a text."""
    extras = PROJECT["optional-dependencies"]
    for requirement in (*PROJECT["dependencies"], *extras["postgres"], *extras["charts"]):
        yield re.split(r"[\[<>=]", requirement)[0]


def test_the_command_table_is_made_from_the_routes() -> None:
    found = re.search(r"<!-- commands: .*? -->\n(.*?)\n?<!-- /commands -->", README, re.DOTALL)
    assert found
    assert found[1].splitlines() == [*command_table()]


@pytest.mark.parametrize("package", [*requirements()])
def test_each_dependency_has_its_reason(package: str) -> None:
    rows = [line.split("|") for line in README.splitlines() if line.startswith("|")]
    (reason,) = [row[2] for row in rows if re.search(rf"\b{package}\b", row[1], re.IGNORECASE)]
    assert reason.strip()


def test_each_development_tool_is_named() -> None:
    for requirement in PROJECT["optional-dependencies"]["dev"]:
        package = re.split(r"[\[<>=]", requirement)[0]
        assert package == PROJECT["name"] or package in README
