"""What Discord takes, in one table, and where each number is from.

Pages are below docs.discord.com/developers. Numbers without a source are ours, for what people can
take in.
"""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
"""An object on its way to Discord, or from there."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Characters or pieces, unless it says otherwise."""

    # a message
    content: int = 2_000  # resources/message#create-message
    embeds: int = 10  # resources/message#create-message
    all_embeds: int = 6_000  # resources/message#embed-object-embed-limits: over all embeds
    title: int = 256  # resources/message#embed-object-embed-limits
    body: int = 4_096  # resources/message#embed-object-embed-limits: description
    fields: int = 25  # resources/message#embed-object-embed-limits
    field_label: int = 256  # resources/message#embed-object-embed-limits
    field_text: int = 1_024  # resources/message#embed-object-embed-limits
    footer: int = 2_048  # resources/message#embed-object-embed-limits
    rows: int = 5  # components/reference#action-row
    row: int = 5  # components/reference#action-row: buttons in one
    button_label: int = 80  # components/reference#button
    custom_id: int = 100  # components/reference#anatomy-of-a-component
    url: int = 512  # components/reference#button; none documented for a link in a text
    file_text: int = 1_024  # resources/message#attachment-object: description

    # a form
    form_title: int = 45  # interactions/receiving-and-responding#modal
    form_fields: int = 5  # interactions/receiving-and-responding#modal
    intro: int = 4_000  # components/reference#text-display
    label: int = 45  # components/reference#label
    hint: int = 100  # components/reference#text-input: placeholder
    typed: int = 4_000  # components/reference#text-input
    options: int = 25  # components/reference#string-select
    option: int = 100  # components/reference#string-select: label and value

    # commands
    command: int = 32  # interactions/application-commands: a name
    description: int = 100  # interactions/application-commands
    menus: int = 5  # discord/app_commands/tree.py; the platform takes 15 per type
    choices: int = 25  # interactions/receiving-and-responding#autocomplete
    choice: int = 100  # interactions/application-commands: name and value of a choice


LIMITS = Limits()
