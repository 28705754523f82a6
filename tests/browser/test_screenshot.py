"""The README's picture: `SOUNDINGBOARD_SCREENSHOT=docs/playground.png make test-browser`."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_main_job import UNDO_MS
from tests.browser.visitor import Visitor, message_of
from tests.process import ROOT, Process

WANTED = os.environ.get("SOUNDINGBOARD_SCREENSHOT")
WISHED = "Pause a subscription between two books"
PLANNED = "Footnotes that stay with their paragraph"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not WANTED, reason="SOUNDINGBOARD_SCREENSHOT names no file"),
]


def test_the_picture_shows_ideas_with_votes_and_a_plan(browser: Browser, process: Process) -> None:
    visitor = Visitor(browser, viewport={"width": 1280, "height": 850}, device_scale_factor=1)
    visitor.open(process.address)
    visitor.go("#ideas")
    for person in ("Ben", "Chloé", "Mo"):
        visitor.become(person)
        visitor.card(WISHED).get_by_role("button", name="Vote").click()
        visitor.notice.get_by_role("button", name="Dismiss").click()
    visitor.react("🚀", message_of(visitor.card(PLANNED)))
    visitor.become("Pia")
    visitor.go("#product-inbox")
    visitor.card(PLANNED).get_by_role("button", name="Plan", exact=True).click()
    expect(visitor.notice).to_contain_text("Planned.")
    visitor.become("Ana")
    visitor.go("#ideas")
    expect(visitor.card(PLANNED)).to_contain_text("Planned", timeout=UNDO_MS + 30_000)
    expect(visitor.card(WISHED)).to_contain_text("3 votes")
    expect(message_of(visitor.card(PLANNED))).to_contain_text("1 reply")
    visitor.page.screenshot(path=ROOT / Path(WANTED or ""))
    visitor.leave()
