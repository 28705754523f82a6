"""The route table against what people can really do; this file runs last (see conftest)."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.dispatch import menu_of
from bot.events import ButtonPressed, ChoicesAsked, CommandUsed, FormSubmitted, JobDone
from bot.postings import SHOWN
from handlers.routes import ROUTES
from handlers.views.compose import HELP, SUBJECTS
from handlers.views.forms import FORMS
from tests.flows.witness import Witness

HERE = Path(__file__).parent
SOURCES = [*HERE.parents[1].glob("handlers/**/*.py"), *HERE.parents[1].glob("bot/**/*.py")]
TABLE = {(route.event, route.name) for route in ROUTES}

SLACKS_OWN = frozenset(
    "apps archive away call collapse dm dnd expand feed feedback invite join keys kick leave me "
    "msg mute open part people prefs remind remove rename search shortcuts shrug star status topic "
    "unstar who".split()
)
"""Slash commands that Slack keeps for itself, some of them retired."""


@pytest.fixture
def all_flows(request: pytest.FixtureRequest, witness: Witness) -> Witness:
    """What the flows did, if all of them ran."""
    ran = {item.path for item in request.session.items}
    if not ran.issuperset(HERE.glob("test_*.py")) or request.config.option.keyword:
        pytest.skip("says something only when all flows run")
    return witness


def test_names_are_unique_for_each_kind_of_event() -> None:
    assert [
        key for key, times in Counter((r.event, r.name) for r in ROUTES).items() if times > 1
    ] == []


def test_commands_are_free_on_slack_and_fit_both_platforms() -> None:
    for command in menu_of(ROUTES).commands:
        assert command.name not in SLACKS_OWN
        assert re.fullmatch(r"[a-z][a-z-]{0,31}", command.name)
        assert 0 < len(command.help) <= 100
        assert len(command.usage) <= 100


def test_message_menus_fit_both_platforms() -> None:
    for shortcut in menu_of(ROUTES).shortcuts:
        assert 0 < len(shortcut.help) <= 24


def test_only_forms_and_completions_are_answered_in_a_hurry() -> None:
    for route in ROUTES:
        if route.answers == "form":
            assert route.event is not FormSubmitted, "a form never answers a form"
        if route.event in (JobDone, ChoicesAsked):
            assert route.answers in ("nothing", "choices")


def test_every_route_is_taken_by_a_flow(all_flows: Witness) -> None:
    assert {(event.__name__, name) for event, name in TABLE - all_flows.routes} == set()


def test_every_button_and_form_people_saw_has_a_route(all_flows: Witness) -> None:
    assert {(event.__name__, name) for event, name in all_flows.shown - TABLE} == set()


def test_every_button_with_a_route_was_seen(all_flows: Witness) -> None:
    buttons = {key for key in TABLE if key[0] is ButtonPressed}
    assert {name for _, name in buttons - all_flows.shown} == set()


def test_every_subject_and_job_of_a_flow_has_its_maker(all_flows: Witness) -> None:
    assert all_flows.subjects == {*SUBJECTS, HELP}
    assert {(JobDone, kind) for kind in all_flows.jobs} <= TABLE


def _written(pattern: str) -> set[str]:
    return {name for file in SOURCES for name in re.findall(pattern, file.read_text())}


def test_every_action_in_the_source_has_a_route() -> None:
    routed = {name for event, name in TABLE if event in (ButtonPressed, FormSubmitted)}
    assert _written(r'Action\.of\(\s*"(\w+)"') - routed == set()


def test_every_subject_in_the_source_has_a_composer() -> None:
    assert _written(r'Subject\(\s*"(\w+)"') - {*SUBJECTS, HELP} == set()
    assert set(SHOWN.values()) <= SUBJECTS.keys()


def test_every_job_in_the_source_has_a_route() -> None:
    kinds = _written(r'\bJob\(\s*"(\w+)"')
    assert {(JobDone, kind) for kind in kinds} == {key for key in TABLE if key[0] is JobDone}


def test_every_form_can_be_sent() -> None:
    assert {(FormSubmitted, name) for name in FORMS} == {k for k in TABLE if k[0] is FormSubmitted}


def test_every_command_has_help() -> None:
    assert all(route.help for route in ROUTES if route.event is CommandUsed)
