"""Secrets: `"$NAME"` in the file stands for the environment's NAME."""

import re
from collections.abc import Iterator, Mapping

_REFERENCE = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")


class _Anything(Mapping[str, str]):
    """Whatever is asked for is there; it may be a token, a password or an address of storage."""

    def __getitem__(self, name: str) -> str:
        return "sqlite:///nowhere"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


NO_SECRETS: Mapping[str, str] = _Anything()
"""An environment for reading a file when its secrets are not needed, or not there yet."""


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
