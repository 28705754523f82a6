"""`docs/discord.md` says what the code does."""

import re
from collections.abc import Iterator

import pytest

from adapters.discord.needs import FEATURES, LISTEN, Feature, needs
from adapters.discord.standing import words
from bot.config import NO_SECRETS, parse
from bot.ideas import IdeaStatus
from tests.process import ROOT

DOCS = (ROOT / "docs" / "discord.md").read_text(encoding="utf-8")
SAMPLES: list[str] = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
FILES = [*(ROOT / "adapters" / "discord").glob("*.py"), ROOT / "bot" / "cli" / "invite.py"]
SOURCES = "".join(file.read_text(encoding="utf-8") for file in FILES)
ONE_LINE = re.sub(r'"\s*\n\s*f?"', "", SOURCES)
"""The sources with the parts of each sentence joined."""


def needs_table() -> Iterator[str]:
    """Features and what they take, as Markdown."""
    yield "| For | Intents | Permissions | In | When |"
    yield "|---|---|---|---|---|"
    for one in FEATURES:
        intents = " ".join(f"`{name}`" for name in one.intents) or "–"
        allowed = ", ".join(words(name) for name in one.permissions) or "–"
        yield f"| {one.what} | {intents} | {allowed} | {place(one)} | {one.when} |"


def place(feature: Feature) -> str:
    """Where the permissions are needed."""
    if not feature.permissions:
        return "–"
    if feature.forums:
        return f"forums in `{LISTEN}`"
    every = len(feature.where) == len(FEATURES[1].where)
    return "every configured channel" if every else ", ".join(f"`{key}`" for key in feature.where)


def sayings() -> Iterator[str]:
    """What the troubleshooting table says that we say."""
    for line in DOCS.partition("| It says |")[2].splitlines():
        yield from re.findall(r"`(.*?)`", line.split("|")[1]) if line.startswith("| `") else ()


def test_the_table_is_made_from_the_features() -> None:
    found = re.search(r"<!-- needs: .*? -->\n(.*?)\n?<!-- /needs -->", DOCS, re.DOTALL)
    assert found
    assert found[1].splitlines() == [*needs_table()]


@pytest.mark.parametrize("saying", [*sayings()])
def test_what_helps_is_told_for_what_is_really_said(saying: str) -> None:
    assert saying in ONE_LINE


def test_there_is_help_for_the_usual_troubles() -> None:
    assert len([*sayings()]) > 10


@pytest.mark.parametrize("sample", [SAMPLES[0], SAMPLES[3]])
def test_the_samples_can_be_used_as_they_are(sample: str) -> None:
    config = parse(sample, NO_SECRETS, ROOT)
    assert config.product.inboxes
    assert needs(config, "fans").content


def test_the_sample_for_one_channel_fits_into_the_others() -> None:
    config = parse(f"{SAMPLES[0]}\n{SAMPLES[2]}", NO_SECRETS, ROOT)
    assert config.connections["fans"].channels


def test_the_sample_to_review_first_fits_into_the_others() -> None:
    (fans, product), (keys, table) = (sample.split("\n\n", 1) for sample in SAMPLES[:2])
    config = parse("\n\n".join((f"{fans}\n{keys}", product, table)), NO_SECRETS, ROOT)
    (channel,) = config.connections["fans"].channels
    assert config.connections["fans"].reviews(channel)


def test_every_status_is_named_as_a_tag() -> None:
    forums = DOCS.partition("## Forums")[2].partition("\n## ")[0]
    named = {name.lower() for name in re.findall(r"\*([A-Z][a-z ]+)\*", forums)}
    assert {status.value.replace("_", " ") for status in IdeaStatus} <= named
