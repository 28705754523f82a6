"""What was said stays: over a reload, and over a restart of the process."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visitor import Visitor, message_of
from tests.process import Process

pytestmark = pytest.mark.browser

TITLE = "Quiet hours without notifications"


def suggest_and_talk(visitor: Visitor) -> None:
    """An idea with a vote, and a message with a reply, all by Ben."""
    visitor.become("Ben")
    visitor.go("#ideas")
    visitor.suggest(TITLE)
    visitor.card(TITLE).get_by_role("button", name="Vote").click()
    visitor.say("What do you all think of this one?")
    assert_kept(visitor)


def assert_kept(visitor: Visitor) -> None:
    """Ben still sees it, in the same place and still as Ben."""
    expect(visitor.page.locator("#viewer")).to_contain_text("You are Ben")
    expect(visitor.page.locator("#channel-name")).to_have_text("#ideas")
    expect(visitor.card(TITLE)).to_contain_text("Suggested by Ben · 1 vote")
    expect(visitor.page.locator("#timeline")).to_contain_text("What do you all think")


def test_a_reload_keeps_everything_but_private_notices(visitor: Visitor) -> None:
    suggest_and_talk(visitor)
    expect(visitor.notice).to_be_visible()
    visitor.page.reload()
    assert_kept(visitor)
    expect(visitor.notice).to_have_count(0)


def test_a_restart_keeps_everything(browser: Browser, process: Process, tmp_path: Path) -> None:
    visitor = Visitor(browser)
    visitor.open(process.address)
    suggest_and_talk(visitor)
    visitor.page.goto("about:blank")  # else the page would complain about the lost connection
    assert process.stop() == 0, process.log
    with Process(tmp_path, "bot", "run", "--port", "0") as again:
        visitor.open(again.address)
        visitor.become("Ben")
        visitor.go("#ideas")
        assert_kept(visitor)
        expect(message_of(visitor.card(TITLE))).to_have_count(1)
        visitor.leave()
        assert again.stop() == 0, again.log
    assert not visitor.complaints
