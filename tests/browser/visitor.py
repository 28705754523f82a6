"""A person at the playground's page: every step is one they can take with their hands."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Locator, expect

PATIENCE_MS = 20_000
"""Cards leave one a second, after those of the sample community."""
expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """One browser window; `complaints` is what went wrong in it, unseen or not."""

    def __init__(self, browser: Browser, **window: Any) -> None:  # noqa: ANN401 - Playwright's own
        context = browser.new_context(locale="en-GB", **window)
        context.set_default_timeout(PATIENCE_MS)
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._failed)
        self.page.on("dialog", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _asked(self, dialog: Dialog) -> None:
        self.complaints.append(f"a dialog says {dialog.message}")
        dialog.dismiss()

    def open(self, address: str) -> None:
        """Follow the printed address in."""
        self.page.goto(address)
        expect(self.page.locator("#channel-name")).not_to_be_empty()

    def leave(self) -> None:
        """Close the window."""
        self.page.context.close()

    # ── moving about ──
    def become(self, name: str) -> None:
        """See the community as somebody else."""
        self.page.locator("#people").get_by_role("button", name=name, exact=True).click()
        expect(self.page.locator("#viewer")).to_contain_text(f"You are {name}")

    def go(self, channel: str) -> None:
        """Open a channel, or *Sounding Board*, one's direct messages."""
        self.page.locator(".sidebar").get_by_role("link", name=channel).click()
        expect(self.page.locator("#channel-name")).to_have_text(channel)

    # ── seeing ──
    def card(self, title: str) -> Locator:
        """The card in the open channel with this in its title."""
        cards = self.page.locator("#timeline article section.card")
        return cards.filter(has=self.page.locator("h3", has_text=title))

    @property
    def notice(self) -> Locator:
        """The last thing that only this person sees."""
        return self.page.get_by_label("Private notice").last

    @property
    def form(self) -> Locator:
        """The open form."""
        return self.page.get_by_role("dialog")

    # ── doing ──
    def say(self, text: str) -> None:
        """Write in the open channel."""
        box = self.page.get_by_role("textbox", name="Message", exact=True)
        box.fill(text)
        box.press("Enter")

    def suggest(self, title: str, details: str = "") -> None:
        """`/suggest`, and the form filled in."""
        self.say("/suggest")
        self.form.get_by_label("Your idea in one line").fill(title)
        self.form.get_by_label("Details").fill(details)
        self.form.get_by_role("button", name="Suggest").click()
        expect(self.form).to_be_hidden()

    def react(self, emoji: str, message: Locator) -> None:
        """Add a reaction by the button that shows up at a message."""
        message.hover()
        message.get_by_role("button", name="Add reaction").click()
        self.page.locator("#popover").get_by_role("button", name=emoji, exact=True).click()
        expect(message.get_by_role("button", name=f"{emoji} 1")).to_be_visible()


def message_of(card: Locator) -> Locator:
    """The message that a card is in."""
    return card.locator("xpath=ancestor::article")


def texts(pieces: Locator) -> Sequence[str]:
    """What each of them says."""
    return [text.strip() for text in pieces.all_inner_texts()]
