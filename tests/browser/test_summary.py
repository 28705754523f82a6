"""A long thread in short: asked for by its menu, by mention and by link, then shared."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

OPENING = "Lost half a chapter on the train this morning"


def test_a_thread_is_summarised_posted_and_sent(visitor: Visitor) -> None:
    page = visitor.page
    visitor.become("Ana")
    visitor.go("#general")
    opening = page.locator("#timeline article", has_text=OPENING)
    opening.hover()
    opening.get_by_role("button", name="Message menu").click()
    page.get_by_role("menuitem", name="Summarise thread").click()
    expect(visitor.notice).to_contain_text("The thread in short")
    expect(visitor.notice).to_contain_text(f"“{OPENING}.”")
    expect(page.get_by_label("Private notice")).to_have_count(1)

    visitor.notice.get_by_role("button", name="Post to thread").click()
    expect(visitor.notice).to_contain_text("It is posted in its thread")
    visitor.notice.get_by_role("button", name="Send to product").click()
    expect(visitor.notice).to_contain_text("The product team has it.")
    opening.get_by_role("button", name=re.compile("replies")).click()
    thread = page.get_by_label("Thread", exact=True)
    expect(thread).to_contain_text("The thread in short")
    expect(thread).to_contain_text("6 messages by 5 people")

    visitor.become("Pia")
    visitor.go("#product-inbox")
    page.locator("#timeline").get_by_role("link", name="Read it from the start").click()
    expect(page.locator("#channel-name")).to_have_text("#general")


def test_a_mention_is_answered_by_a_direct_message(visitor: Visitor) -> None:
    page = visitor.page
    visitor.become("Ben")
    visitor.go("#general")
    opening = page.locator("#timeline article", has_text=OPENING)
    opening.get_by_role("button", name=re.compile("replies")).click()
    box = page.get_by_role("textbox", name="Reply")
    box.fill("@Sounding Board summarise")
    box.press("Enter")
    visitor.go("Sounding Board")
    expect(page.locator("#timeline")).to_contain_text("6 messages by 5 people")


def test_a_link_is_answered_in_place(visitor: Visitor) -> None:
    visitor.become("Ben")
    visitor.go("#general")
    origin = visitor.page.evaluate("location.origin")
    for _ in range(3):
        visitor.say(f"/summarize {origin}/#general/000004")
        expect(visitor.notice).to_contain_text("The thread in short")
        expect(visitor.page.get_by_text("Reading the thread…")).to_have_count(0)
