"""For whoever has no mouse, and whoever has a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visitor import Visitor
from tests.process import Process

pytestmark = pytest.mark.browser

TITLE = "Quiet hours without notifications"


@pytest.fixture
def phone(browser: Browser, process: Process) -> Iterator[Visitor]:
    """A visitor with a narrow touch screen."""
    viewport = {"width": 375, "height": 740}
    visitor = Visitor(browser, viewport=viewport, has_touch=True, is_mobile=True)
    visitor.open(process.address)
    yield visitor
    visitor.leave()
    assert not visitor.complaints


def test_suggesting_takes_only_a_keyboard(visitor: Visitor) -> None:
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Enter")  # Skip to the message box
    keyboard.type("/su")
    expect(visitor.page.get_by_role("listbox", name="Commands")).to_be_visible()
    keyboard.press("Tab")  # completes the command
    keyboard.type(TITLE)
    keyboard.press("Enter")
    title = visitor.form.get_by_label("Your idea in one line")
    expect(title).to_be_focused()
    expect(title).to_have_value(TITLE)
    keyboard.press("Tab")
    keyboard.type("Nothing should blink while I write.")
    for _ in range(5):  # three more fields, Cancel, Suggest
        keyboard.press("Tab")
    expect(visitor.form.get_by_role("button", name="Suggest")).to_be_focused()
    keyboard.press("Enter")
    expect(visitor.notice).to_contain_text("Thank you! Your idea is #")
    keyboard.type("Typed where the form was opened from")
    box = visitor.page.get_by_role("textbox", name="Message", exact=True)
    expect(box).to_have_value("Typed where the form was opened from")


def test_a_phone_shows_the_whole_page_with_the_people_in_a_drawer(phone: Visitor) -> None:
    page = phone.page
    drawer = page.get_by_role("button", name="Channels and people")
    people = page.get_by_role("navigation", name="People")
    expect(people).not_to_be_in_viewport()
    drawer.tap()
    expect(people).to_be_in_viewport()
    phone.become("Ben")
    expect(people).not_to_be_in_viewport()
    drawer.tap()
    phone.go("#ideas")
    expect(people).not_to_be_in_viewport()
    phone.suggest(TITLE)
    phone.card(TITLE).get_by_role("button", name="Vote").tap()
    expect(phone.card(TITLE)).to_contain_text("1 vote")
    assert page.evaluate("document.documentElement.scrollWidth") == 375
