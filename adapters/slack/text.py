"""Slack's own way of writing text, read and written. Pure.

Everything that Slack does with a text starts with `<`, and the three signs `& < >` travel as
entities (docs.slack.dev/messaging/formatting-message-text): escaping them is the whole defence.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from adapters.slack.emoji import sign_of
from bot.reading.clean import harmless, one_line

Json = dict[str, Any]

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_MARKED = re.compile(
    r"<(?P<sequence>[^<>]*)>"
    r"|(?P<entity>&(?:amp|lt|gt);)"
    r"|(?P<emoji>:[a-z0-9_+'-]+:(?::skin-tone-[2-6]:)?)"
)


def escape(text: str) -> str:
    """Text that Slack shows as it is: no mention, no link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read_text(text: str, names: Mapping[str, str]) -> str:
    """What a person reads: `names` are those of the accounts and channels that it mentions."""
    return harmless(_MARKED.sub(lambda found: _meant(found, names), text))


def without_mention(text: str, bot_user: str) -> str:
    """Text as Slack sent it, without a mention of the bot that it begins with."""
    return re.sub(rf"^\s*<@{re.escape(bot_user)}(\|[^<>]*)?>[\s,:]*", "", text)


def message_text(payload: Json) -> str:
    """A message as Slack writes text. Its `text` may be empty and all of it in blocks, attachments
    or files (docs.slack.dev/reference/events/message)."""
    if str(payload.get("text") or "").strip():
        return str(payload["text"])
    blocks = [_block(block) for block in payload.get("blocks") or ()]
    attachments = [_attachment(each) for each in payload.get("attachments") or ()]
    files = [escape(file.get("title") or file.get("name") or "") for file in _files(payload)]
    found = next(filter(any, (blocks, attachments, files)), [])
    return "\n".join(text for text in found if text.strip())


def _meant(found: re.Match[str], names: Mapping[str, str]) -> str:
    if found["entity"]:
        return _ENTITIES[found["entity"]]
    if found["emoji"]:
        return sign_of(found["emoji"])
    target, _, label = (_unescape(part) for part in found["sequence"].partition("|"))
    name = target[1:]
    match target[:1]:
        case "@":
            return "@" + one_line(names.get(name) or label or name)
        case "#":
            return "#" + one_line(label or names.get(name) or name)
        case "!":
            return _special(name, label)
        case _:
            return _link(target, label)


def _unescape(text: str) -> str:
    return re.sub("&(?:amp|lt|gt);", lambda found: _ENTITIES[found[0]], text)


def _special(target: str, label: str) -> str:
    """`!here`, `!subteam^S1` or `!date^1700000000^{date}`; the label says it in words."""
    kind = target.partition("^")[0]
    return label or {"subteam": "@group", "date": "a date"}.get(kind, f"@{kind}")


def _link(url: str, label: str) -> str:
    """`mailto:` and `tel:` are what Slack puts before what somebody typed."""
    typed = re.sub("^(mailto:|tel:)", "", url)
    if not label or label in (typed, re.sub("^https?://", "", url)):
        return typed
    return f"{label} ({typed})"


def _block(block: Json) -> str:
    """The words of a block."""
    if block.get("type") == "rich_text":
        return "".join(_rich(element) for element in block.get("elements", ())).rstrip("\n")
    texts = [block.get("text"), *block.get("fields", ()), *block.get("elements", ())]
    return "\n".join(words for text in texts if isinstance(text, dict) and (words := _object(text)))


def _object(text: Json) -> str:
    """The words of a text object; a button has none that anybody wrote. Whether Slack escapes plain
    text on the way back is not documented: both ways are read alike."""
    match text.get("type"):
        case "mrkdwn":
            return str(text["text"])
        case "plain_text":
            return escape(_unescape(str(text["text"])))
        case _:
            return ""


def _rich(element: Json) -> str:
    """A section, quote, list or preformatted text of a `rich_text` block, and what it holds."""
    kind = str(element.get("type", ""))
    if kind.startswith("rich_text_"):
        return "".join(_rich(inner) for inner in element.get("elements", ())).rstrip("\n") + "\n"
    return "".join(_piece(kind, element))


def _piece(kind: str, piece: Json) -> Iterator[str]:
    text = escape(str(piece.get("text") or ""))
    match kind:
        case "text":
            yield text
        case "link":
            url = escape(str(piece.get("url", ""))).replace("|", "%7C")
            yield f"<{url}|{text}>" if text else f"<{url}>"
        case "user":
            yield f"<@{piece.get('user_id')}>"
        case "channel":
            yield f"<#{piece.get('channel_id')}>"
        case "usergroup":
            yield f"<!subteam^{piece.get('usergroup_id')}>"
        case "broadcast":
            yield f"<!{piece.get('range')}>"
        case "emoji":
            yield f":{piece.get('name')}:"
        case _:
            yield text


def _attachment(attachment: Json) -> str:
    parts = [attachment.get(key) or "" for key in ("pretext", "title", "text")]
    return "\n".join(part for part in parts if part) or str(attachment.get("fallback") or "")


def _files(payload: Json) -> list[Json]:
    return [file for file in payload.get("files") or () if isinstance(file, dict)]
