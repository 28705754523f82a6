"""What Discord refuses in messages, modals, commands and choices, written from its documentation.

It knows nothing of our renderer. `…_problems` say what is wrong in words, for tests of payloads;
`…_faults` are what our Discord answers 50035 with. Embeds and allowed mentions:
docs.discord.com/developers/resources/message.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.discord.command_rules import choice_faults, command_faults, list_faults
from tests.discord.components import layout_faults, legacy_faults
from tests.discord.faults import Fault, Faults, Path, invalid, listed, number, text, unique
from tests.discord.modal_rules import modal_faults
from tests.discord.model import COMPONENTS_V2

Json = dict[str, Any]
CONTENT = 2_000
EMBEDS = 10
EMBED_TOTAL = 6_000
"""Characters over all embeds of a message."""
NONCE = 25
FILES = 10
DESCRIBED = 1_024
"""Characters about a file."""
NOTHING_SAID = "CANNOT_SEND_EMPTY_MESSAGE"
"""This fault alone is answered with error 50006 instead of 50035."""


def message_problems(payload: Json, *, edit: bool = False) -> list[str]:
    """What is wrong with a message; an edit may leave anything out."""
    return [str(fault) for fault in message_faults(payload, edit=edit)]


def modal_problems(modal: Json) -> list[str]:
    """What is wrong with a form: `title`, `custom_id`, `components`."""
    return [str(fault) for fault in modal_faults(modal)]


def command_problems(command: Json) -> list[str]:
    """What is wrong with an application command."""
    return [str(fault) for fault in command_faults(command)]


def commands_problems(commands: Sequence[Json]) -> list[str]:
    """What is wrong with all commands of an app, or of a guild, together."""
    return [str(fault) for fault in list_faults(commands)]


def choice_problems(choices: object) -> list[str]:
    """What is wrong with the choices that answer an autocomplete."""
    return [str(fault) for fault in choice_faults(choices)]


def message_faults(
    payload: Json, *, edit: bool = False, files: int = 0, already_v2: bool = False
) -> list[Fault]:
    """What is wrong with a message. `files` come beside it; `already_v2`: it is an edit of one made
    of Components V2, which it stays."""
    return list(_message(payload, edit=edit, files=files, already_v2=already_v2))


def _message(payload: Json, *, edit: bool, files: int, already_v2: bool) -> Faults:
    layout = already_v2 or bool((payload.get("flags") or 0) & COMPONENTS_V2)
    yield from text(("content",), payload.get("content"), CONTENT, least=0, needed=False)
    yield from text(("nonce",), payload.get("nonce"), NONCE, least=0, needed=False)
    yield from _embeds(payload.get("embeds") or [])
    yield from _allowed(payload.get("allowed_mentions") or {})
    yield from _attachments(payload.get("attachments") or [], files)
    components = payload.get("components") or []
    if layout:
        yield from layout_faults(components)
        for key in ("content", "embeds", "poll", "sticker_ids"):
            if payload.get(key):
                code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
                said = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                yield Fault((key,), code, said)
    else:
        yield from legacy_faults(components)
    said = (payload.get("content") or "").strip() if not _wrong(payload) else "something"
    if not edit and not (said or files or payload.get("embeds") or components):
        yield Fault((), NOTHING_SAID, "Cannot send an empty message")


def _attachments(attachments: list[Json], files: int) -> Faults:
    yield from listed(("attachments",), attachments, FILES)
    if files > FILES:
        said = f"Must be between 0 and {FILES} in length."
        yield Fault(("files",), "BASE_TYPE_BAD_LENGTH", said)
    for at, one in enumerate(attachments):
        path: Path = ("attachments", at, "description")
        yield from text(path, one.get("description"), DESCRIBED, least=0, needed=False)


def _wrong(payload: Json) -> bool:
    return not isinstance(payload.get("content") or "", str)


def _embeds(embeds: list[Json]) -> Faults:
    yield from listed(("embeds",), embeds, EMBEDS)
    for at, embed in enumerate(embeds):
        yield from _embed(("embeds", at), embed)
    if sum(map(embed_length, embeds)) > EMBED_TOTAL:
        said = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        yield Fault(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", said)


def embed_length(embed: Json) -> int:
    """The characters of an embed that count: title, description, fields, footer, author."""
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or ():
        texts += [field.get("name"), field.get("value")]
    return sum(len(str(one or "").strip()) for one in texts)


def _embed(path: Path, embed: Json) -> Faults:
    yield from text((*path, "title"), embed.get("title"), 256, least=0, needed=False)
    yield from text((*path, "description"), embed.get("description"), 4_096, least=0, needed=False)
    yield from number((*path, "color"), embed.get("color"), 0, 0xFFFFFF)
    fields = embed.get("fields") or []
    yield from listed((*path, "fields"), fields, 25)
    for at, field in enumerate(fields):
        yield from text((*path, "fields", at, "name"), field.get("name"), 256)
        yield from text((*path, "fields", at, "value"), field.get("value"), 1_024)
    if embed.get("footer"):
        yield from text((*path, "footer", "text"), embed["footer"].get("text"), 2_048)
    if embed.get("author"):
        yield from text((*path, "author", "name"), embed["author"].get("name"), 256)
    yield from _addresses(path, embed)
    yield from _timestamp((*path, "timestamp"), embed.get("timestamp"))


def _addresses(path: Path, embed: Json) -> Faults:
    places: list[tuple[Path, object, tuple[str, ...]]] = [
        (("url",), embed.get("url"), ("http", "https")),
        (("author", "url"), (embed.get("author") or {}).get("url"), ("http", "https")),
    ]
    for part in ("image", "thumbnail"):
        url = (embed.get(part) or {}).get("url")
        places.append(((part, "url"), url, ("http", "https", "attachment")))
    for place, url, schemes in places:
        if url and str(url).partition("://")[0] not in schemes:
            said = f"Scheme must be one of {schemes}."
            yield Fault((*path, *place), "URL_TYPE_INVALID_SCHEME", said)
        yield from text((*path, *place), url, 2_048, needed=False)


def _timestamp(path: Path, value: object) -> Faults:
    if value is None:
        return
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        yield Fault(path, "DATE_TIME_TYPE_PARSE", "Could not parse it. Should be ISO8601.")


def _allowed(allowed: Json) -> Faults:
    path: Path = ("allowed_mentions",)
    parse = allowed.get("parse") or []
    for kind in parse:
        if kind not in ("users", "roles", "everyone"):
            said = "Value must be one of ('users', 'everyone', 'roles')."
            yield invalid((*path, "parse"), said)
    for kind in ("users", "roles"):
        names = allowed.get(kind) or []
        yield from listed((*path, kind), names, 100)
        found: list[tuple[Path, object]] = [((n,), str(name)) for n, name in enumerate(names)]
        yield from unique((*path, kind), found, "SET_TYPE_ALREADY_CONTAINS_VALUE", "Twice the same")
        if names and kind in parse:
            said = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Fault(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", said)
