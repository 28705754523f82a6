"""What a message may hold, set on a message: text, embeds, components, files, mentions."""

import copy
from typing import Any

from tests.discord.components import walk
from tests.discord.faults import Fault
from tests.discord.mentions import EVERYTHING, USERS_ONLY, ping
from tests.discord.model import COMPONENTS_V2, EPHEMERAL, LOADING, Message
from tests.discord.permissions import Permission
from tests.discord.routes.call import Call, File
from tests.discord.validator import NOTHING_SAID, message_faults

Json = dict[str, Any]
KEPT_FLAGS = (1 << 2) | (1 << 12) | COMPONENTS_V2
"""What a bot may set: SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, IS_COMPONENTS_V2."""
FILE_BYTES, ALL_BYTES = 10 * 1024 * 1024, 25 * 1024 * 1024
"""Of one file without a boost, and of a request (docs: reference#uploading-files)."""


def fill(call: Call, message: Message, body: Json, *, webhook: bool = False) -> None:
    """Put a new message's content in it. `webhook`: an answer to an interaction, which parses only
    users by default, and needs no permission for embeds and files."""
    _refuse(call, message_faults(body, files=len(call.files)))
    message.content = str(body.get("content") or "")
    allowed_flags = KEPT_FLAGS | (EPHEMERAL if webhook else 0)
    message.flags |= int(body.get("flags") or 0) & allowed_flags
    if call.files and not webhook:
        call.need(message.channel, Permission.ATTACH_FILES)
    message.attachments = attach(call, message, body)
    message.embeds = _embeds(call, message, body.get("embeds") or [], webhook)
    message.components = numbered(body.get("components") or [])
    _ping(call, message, body, webhook)


def refill(call: Call, message: Message, body: Json, *, webhook: bool = False) -> None:
    """Change what an edit names; mentions are found again, though nobody is pinged
    (docs: resources/message#edit-message)."""
    v2 = bool(message.flags & COMPONENTS_V2)
    _refuse(call, message_faults(body, edit=True, files=len(call.files), already_v2=v2))
    if "content" in body:
        message.content = str(body["content"] or "")
    if "flags" in body:
        message.flags |= int(body["flags"] or 0) & COMPONENTS_V2
    if "attachments" in body or call.files:
        message.attachments = attach(call, message, body)
    if "embeds" in body:
        message.embeds = _embeds(call, message, body["embeds"] or [], webhook)
    if "components" in body:
        message.components = numbered(body["components"] or [])
    message.flags &= ~LOADING
    _check_whole(call, message)
    _ping(call, message, body, webhook)


def attach(call: Call, message: Message, body: Json) -> list[Json]:
    """The attachments that stay, and the new files."""
    sizes = [len(file.content) for file in call.files]
    if max(sizes, default=0) > FILE_BYTES or sum(sizes) > ALL_BYTES:
        raise call.misused(40005, "files that are too big")
    named = body.get("attachments")
    kept = message.attachments
    if named is not None:
        ids = {str(one.get("id")) for one in named}
        kept = [one for one in kept if one["id"] in ids]
    return kept + [_attachment(call, message, file) for file in call.files]


def _attachment(call: Call, message: Message, file: File) -> Json:
    world = call.world
    number = world.ids.new()
    world.files[number] = file.content
    url = f"{world.url}/attachments/{message.channel.id}/{number}/{file.name}"
    return {
        "id": number,
        "filename": file.name,
        "size": len(file.content),
        "url": url,
        "proxy_url": url,
        "content_type": file.kind,
    }


def _embeds(call: Call, message: Message, embeds: list[Json], webhook: bool) -> list[Json]:
    """Without EMBED_LINKS an ordinary message silently loses them (docs: topics/permissions)."""
    if not webhook and not call.granted(message.channel) & Permission.EMBED_LINKS:
        return []
    shown = [copy.deepcopy(embed) | {"type": "rich"} for embed in embeds]
    urls = {f"attachment://{one['filename']}": one["url"] for one in message.attachments}
    for embed in shown:
        for part in ("image", "thumbnail"):
            url = str((embed.get(part) or {}).get("url", ""))
            if url in urls:
                embed[part] = embed[part] | {"url": urls[url]}
            elif url.startswith("attachment://"):
                call.world.problems.append(f"{call.route}: no file for {url}")
    return shown


def numbered(components: list[Json]) -> list[Json]:
    """A copy in which every component has an id, as Discord gives one to those without."""
    components = copy.deepcopy(components)
    taken = {one.get("id") for _, one in walk(components)}
    free = (number for number in range(1, 1_000) if number not in taken)
    for _, one in walk(components):
        if not one.get("id"):
            one["id"] = next(free)
    return components


def _ping(call: Call, message: Message, body: Json, webhook: bool) -> None:
    """What is not said to be allowed is parsed by default: whoever leaves it to that is lucky at
    best, so it is a problem whatever the text says."""
    given = body.get("allowed_mentions")
    default = USERS_ONLY if webhook else EVERYTHING
    ping(message, default if given is None else given, call.world.users)
    if given is None:
        call.world.problems.append(f"{call.route}: no allowed_mentions")


def _check_whole(call: Call, message: Message) -> None:
    if message.flags & COMPONENTS_V2 and (message.content or message.embeds):
        said = "A message of Components V2 keeps no content and no embeds."
        code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
        raise call.wrong([Fault(("flags",), code, said)])
    if not (message.content or message.embeds or message.components or message.attachments):
        raise call.misused(50006, "an edit leaves nothing")


def _refuse(call: Call, faults: list[Fault]) -> None:
    if [fault.code for fault in faults] == [NOTHING_SAID]:
        raise call.misused(50006, "an empty message")
    if faults:
        raise call.wrong([fault for fault in faults if fault.code != NOTHING_SAID])
