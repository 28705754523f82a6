"""What a model is asked, and what came back: our instructions, and people's words as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.refs import AccountRef, MessageRef

_BYTES_A_TOKEN = 3
"""English has about four; scripts of three bytes a letter about three. Rather too many tokens than
too few: nothing is downloaded to count them."""


def tokens(text: str) -> int:
    """How many tokens a text has at most, about."""
    return len(text.encode(errors="replace")) // _BYTES_A_TOKEN + 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A message a model is shown, and whose it is."""

    message: MessageRef
    author: AccountRef


@dataclass(frozen=True, slots=True)
class Prompt:
    """`instructions` are ours, `material` is what people wrote, in the messages `shown`; the answer
    is JSON by `schema`, of at most `answer_tokens`."""

    instructions: str
    material: str = field(repr=False)
    name: str
    schema: Mapping[str, Any]
    answer_tokens: int
    shown: tuple[Shown, ...] = field(default=(), repr=False)

    @property
    def asked_tokens(self) -> int:
        """What asking it takes at most, about."""
        return tokens(self.instructions) + tokens(self.material)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered, and the tokens it says it read and wrote; None when it does not."""

    text: str = field(repr=False)
    read: int | None = None
    written: int | None = None
