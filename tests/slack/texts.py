"""What Slack makes of what people type.

docs.slack.dev/messaging/formatting-message-text: `&`, `<` and `>` are encoded, everything that
Slack recognised stands in `<…>`.
"""

import re
from collections.abc import Mapping

_URL = re.compile(r"https?://[^\s<>|]+")
_EVERYBODY = ("here", "channel", "everyone")


def encoded(text: str) -> str:
    """The three characters that mean something, as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(
    text: str, people: Mapping[str, str], channels: Mapping[str, str], *, labels: bool = False
) -> str:
    """A person's words as the app gets them: `@name`, `#channel`, `@here` and links recognised.

    `people` and `channels` are ids by name; with `labels`, as commands have it, `<@U…|name>`.
    """
    names = [f"@{name}" for name in people] + [f"#{name}" for name in channels]
    names += [f"@{name}" for name in _EVERYBODY]
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"{_URL.pattern}|(?:{known})(?!\w)")

    def token(match: re.Match[str]) -> str:
        found = match.group()
        name = found[1:]
        if found.startswith("#"):
            return f"<#{channels[name]}|{name}>"
        if not found.startswith("@"):
            return f"<{encoded(found)}>"
        if name in people:
            return f"<@{people[name]}|{name}>" if labels else f"<@{people[name]}>"
        return f"<!{name}>"

    pieces, last = [], 0
    for match in pattern.finditer(text):
        pieces += [encoded(text[last : match.start()]), token(match)]
        last = match.end()
    return "".join([*pieces, encoded(text[last:])])


def rich_text(text: str, block_id: str) -> list[dict[str, object]]:
    """The block that Slack makes of a person's message; its pieces are not told apart here."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]
