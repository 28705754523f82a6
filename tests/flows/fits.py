"""What both platforms take: the stricter of Slack's and Discord's limits on buttons and forms, and
all of a message or form as Slack gets it."""

from adapters.slack.forms import render_form
from adapters.slack.render import render, render_screen
from bot.messages import Button, Form, Message
from tests.slack.blockkit import message_problems, view_problems

REALM = "slack:T1"


def buttons_of(message: Message) -> list[Button]:
    """Every button of a message."""
    return [*message.buttons, *(button for card in message.cards for button in card.buttons)]


def assert_message_fits(message: Message) -> None:
    """Labels and actions of its buttons; on Slack also as a modal."""
    for button in buttons_of(message):
        assert 0 < len(button.label) <= 75, button
        assert len(str(button.action)) <= 100, button
    assert message_problems(render(message, REALM)) == []
    assert view_problems(render_screen(message, REALM, "{}")) == []


def assert_form_fits(form: Form) -> None:
    """Its title, its fields, and what its fields hold already."""
    assert view_problems(render_form(form, "{}")) == []
    assert 0 < len(form.title) <= 24, form
    assert 0 < len(form.submit) <= 24, form
    assert 1 <= len(form.fields) <= 5, form
    assert len(str(form.action)) <= 100, form
    assert len({field.name for field in form.fields}) == len(form.fields)
    for field in form.fields:
        assert 0 < len(field.label) <= 45, field
        assert len(field.hint) <= 100, field
        assert 0 < field.limit <= 3_000, field
