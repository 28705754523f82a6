"""Secrets: `"$NAME"` in the file stands for the environment's NAME."""

import re
from collections.abc import Mapping

_REFERENCE = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")


def is_reference(text: str) -> bool:
    """Whether the text is `$NAME` and nothing else."""
    return _REFERENCE.fullmatch(text) is not None


def from_environment(reference: str, env: Mapping[str, str]) -> str:
    """The value `$NAME` stands for; ValueError when it is not set or empty."""
    name = reference.removeprefix("$")
    value = env.get(name, "")
    if not value:
        raise ValueError(f"the environment has no {name}. Set it before you start the bot.")
    return value
