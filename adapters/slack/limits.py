"""What Slack takes, in one table, and where each number is from.

Pages are below docs.slack.dev/reference; `slack_sdk` is its models' own checks. Numbers without a
source are ours, for what people can take in.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Characters or pieces, unless it says otherwise."""

    # a message
    text: int = 4_000  # methods/chat.update; in UTF-8 bytes, as others measured it
    blocks: int = 50  # block-kit/blocks
    all_blocks: int = 12_000  # 13,200 of JSON measured: github.com/slackapi/bolt-js/issues/2509
    block_id: int = 19  # what Slack adds to each block's JSON: "block_id":"aBcDe",
    room: int = 9_000  # for all texts of a message to begin with
    lines: int = 3_000  # none documented for rich_text; block-kit/blocks/section-block
    cards: int = 10
    title: int = 250
    body: int = 3_000  # as lines
    fields: int = 10
    field_label: int = 250
    field_text: int = 2_000  # block-kit/blocks/section-block: a field
    footer: int = 2_000  # block-kit/composition-objects/text-object: context
    buttons: int = 25  # block-kit/blocks/actions-block
    button_label: int = 75  # block-kit/block-elements/button-element
    url: int = 3_000  # block-kit/block-elements/button-element; none documented for link-element

    # a view
    view_title: int = 24  # views/modal-views
    submit: int = 24  # views/modal-views
    intro: int = 3_000  # block-kit/blocks/section-block
    form_fields: int = 90  # 100 blocks: block-kit/blocks
    label: int = 2_000  # block-kit/blocks/input-block
    hint: int = 150  # slack_sdk InputInteractiveElement.placeholder_max_length
    typed: int = 3_000  # block-kit/block-elements/plain-text-input-element
    options: int = 100  # block-kit/block-elements/select-menu-element
    option: int = 75  # block-kit/composition-objects/option-object
    option_value: int = 150  # block-kit/composition-objects/option-object


LIMITS = Limits()
