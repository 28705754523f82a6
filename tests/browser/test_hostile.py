"""Text from people is text, wherever it is shown."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor, message_of

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror=alert(1)> <!channel> **x** @Ana <@ana> [y](javascript:alert(2)) &lt;"
BACKWARDS = "\u202egnp.exe"
"""A right-to-left override."""


def test_markup_from_people_is_shown_as_they_typed_it(visitor: Visitor) -> None:
    timeline = visitor.page.locator("#timeline")
    visitor.become("Ben")
    visitor.go("#general")
    visitor.say(MARKUP)
    expect(timeline.locator("article").last).to_contain_text(MARKUP)
    visitor.go("#ideas")
    visitor.suggest(MARKUP, MARKUP)
    card = visitor.card("onerror")
    expect(card.locator("h3")).to_contain_text(MARKUP)
    expect(card.locator(".lines").first).to_have_text(MARKUP)
    visitor.become("Mo")
    visitor.react("🚀", message_of(card))
    visitor.become("Pia")
    visitor.go("#product-inbox")
    expect(card.locator("h3")).to_contain_text(MARKUP)
    assert (
        visitor.page.locator("#timeline").locator("img, .mention, a[href^=javascript]").count() == 0
    )


def test_a_right_to_left_override_turns_nothing_around(visitor: Visitor) -> None:
    visitor.go("#ideas")
    visitor.suggest(f"Preview of {BACKWARDS} files", f"It is called {BACKWARDS} here")
    card = visitor.card("Preview of gnp.exe files")
    expect(card).to_contain_text("It is called gnp.exe here")
    visitor.say(f"Look at {BACKWARDS} please")
    line = visitor.page.locator("#timeline article").last.locator(".lines p")
    expect(line).to_have_text(f"Look at {BACKWARDS} please")
    assert line.evaluate("line => getComputedStyle(line).display") == "block"  # and nothing else's
