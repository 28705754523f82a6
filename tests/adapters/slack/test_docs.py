"""`docs/slack.md` says what the code does."""

import re
from collections.abc import Iterator

import pytest

from adapters.slack.manifest import HANDLE
from adapters.slack.needs import FEATURES
from bot.config import NO_SECRETS, parse
from tests.process import ROOT

DOCS = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
SAMPLES: list[str] = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
SOURCES = "".join(file.read_text() for file in (ROOT / "adapters" / "slack").glob("*.py"))
ONE_LINE = re.sub(r'"\s*\n\s*f?"', "", SOURCES)
"""The sources with the parts of each sentence joined."""


def scope_table() -> Iterator[str]:
    """Features, scopes and events, as Markdown."""
    yield "| For | Bot scopes | Events | When |"
    yield "|---|---|---|---|"
    for feature in FEATURES:
        scopes, events = (
            " ".join(f"`{name}`" for name in names) for names in (feature.scopes, feature.events)
        )
        yield f"| {feature.what} | {scopes or '–'} | {events or '–'} | {feature.when} |"


def sayings() -> Iterator[str]:
    """What the troubleshooting table says that we say."""
    for line in DOCS.partition("| It says |")[2].splitlines():
        yield from re.findall(r"`(.*?)`", line.split("|")[1]) if line.startswith("| `") else ()


def test_the_scope_table_is_made_from_the_features() -> None:
    found = re.search(r"<!-- scopes: .*? -->\n(.*?)\n?<!-- /scopes -->", DOCS, re.DOTALL)
    assert found
    assert found[1].splitlines() == [*scope_table()]


@pytest.mark.parametrize("saying", [*sayings()])
def test_what_helps_is_told_for_what_is_really_said(saying: str) -> None:
    assert saying in ONE_LINE


def test_there_is_help_for_the_usual_troubles() -> None:
    assert len([*sayings()]) > 10


@pytest.mark.parametrize("sample", SAMPLES[:2])
def test_the_samples_can_be_used_as_they_are(sample: str) -> None:
    assert parse(sample, NO_SECRETS, ROOT).product.inboxes


def test_the_sample_for_one_channel_fits_into_the_others() -> None:
    (channel,) = SAMPLES[2:]
    config = parse(f"{SAMPLES[0]}\n{channel}", NO_SECRETS, ROOT)
    assert config.connections["community"].channels


def test_the_bot_is_invited_by_the_name_the_manifest_gives_it() -> None:
    assert {*re.findall(r"/invite @(\w+)", DOCS)} == {HANDLE}
