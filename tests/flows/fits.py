"""What both platforms take: the stricter of Slack's and Discord's limits on buttons and forms, and
all of a message or form as each of them gets it."""

from adapters.discord.forms import render_modal
from adapters.discord.render import render as render_for_discord
from adapters.slack.forms import render_form
from adapters.slack.render import render, render_screen
from bot.messages import Button, Form, Message
from tests.discord import validator as discord
from tests.slack.blockkit import message_problems, view_problems

REALM = "slack:T1"


def buttons_of(message: Message) -> list[Button]:
    """Every button of a message."""
    return [*message.buttons, *(button for card in message.cards for button in card.buttons)]


def assert_message_fits(message: Message) -> None:
    """Labels and actions of its buttons, none of which is left out; on Slack also as a modal."""
    for button in buttons_of(message):
        assert 0 < len(button.label) <= 75, button
        assert len(str(button.action)) <= 100, button
    assert message_problems(render(message, REALM)) == []
    assert view_problems(render_screen(message, REALM, "{}")) == []
    shown = render_for_discord(message)
    assert discord.message_problems(shown) == []
    actions = {str(button.action) for button in buttons_of(message)}
    assert {one["custom_id"] for row in shown["components"] for one in row["components"]} == actions


def assert_form_fits(form: Form) -> None:
    """Its title, its fields, and what its fields hold already."""
    assert view_problems(render_form(form, "{}")) == []
    assert discord.modal_problems(render_modal(form, f"{form.action}#1")) == []
    assert 0 < len(form.title) <= 24, form
    assert 0 < len(form.submit) <= 24, form
    assert 1 <= len(form.fields) <= 5, form
    assert len(str(form.action)) <= 80, form  # on Discord, a mark of this opening follows
    assert len({field.name for field in form.fields}) == len(form.fields)
    for field in form.fields:
        assert 0 < len(field.label) <= 45, field
        assert len(field.hint) <= 100, field
        assert 0 < field.limit <= 3_000, field
