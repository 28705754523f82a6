"""The main job, clicked through: a wish, a vote, the product team's answer, and the way back."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor, message_of, texts

pytestmark = pytest.mark.browser

TITLE = "Quiet hours without notifications"
REASON = "Your phone does this well already, so we leave it to the phone."
UNDO_MS = 60_000
"""A decision waits that long before people are told; nothing shortens it."""


def test_an_idea_reaches_the_product_team_and_the_answer_comes_back(visitor: Visitor) -> None:
    page = visitor.page
    visitor.become("Ana")
    visitor.go("#ideas")
    visitor.suggest(TITLE, "Nothing should blink while I write.")
    expect(visitor.notice).to_contain_text("Thank you! Your idea is #")
    card = visitor.card(TITLE)
    expect(card).to_contain_text("Suggested by Ana · 0 votes")

    visitor.become("Ben")
    visitor.suggest("Quiet hours with no notifications")
    expect(visitor.notice).to_contain_text("Is yours one of these?")
    visitor.notice.get_by_role("button", name="Add my vote").click()
    expect(visitor.notice).to_contain_text("counts: 1 vote now")
    expect(card).to_contain_text("Suggested by Ana · 1 vote")

    visitor.become("Mo")
    visitor.react("🚀", message_of(card))

    visitor.become("Pia")
    visitor.go("#product-inbox")
    expect(card).to_contain_text("Nothing should blink while I write.")
    card.get_by_role("button", name="Decline…").click()
    reason = visitor.form.get_by_label("Why? Customers read this.")
    visitor.form.get_by_role("button", name="Send").click()
    expect(reason).to_have_attribute("aria-invalid", "true")
    expect(visitor.form.get_by_text("Please fill this in.")).to_be_visible()
    reason.fill(REASON)
    visitor.form.get_by_role("button", name="Send").click()
    expect(visitor.notice).to_contain_text("Declined.")
    expect(visitor.notice.get_by_role("button", name="Undo")).to_be_visible()
    expect(card).to_contain_text(f"Pia declined this: {REASON}")

    visitor.become("Ana")
    visitor.go("Sounding Board")
    expect(page.locator("#timeline")).to_contain_text(REASON, timeout=UNDO_MS + 30_000)
    expect(page.locator("#timeline")).to_contain_text(f"“{TITLE}” will not be done")
    visitor.go("#ideas")
    expect(card).to_contain_text(f"The team says: {REASON}")
    message_of(card).get_by_role("button", name="1 reply").click()
    thread = page.get_by_label("Thread", exact=True)
    expect(thread).to_contain_text(f"“{TITLE}” will not be done")
    assert texts(thread.locator(".mention")) == ["@Ana"]
