"""`conversations.*` (docs.slack.dev/reference/methods/conversations.info and its siblings)."""

from tests.slack.elements import Json
from tests.slack.methods.call import Call, Refused, page
from tests.slack.methods.chat import open_direct
from tests.slack.model import Channel, Message

PAGE, LONGEST = 100, 999
LEGACY_PAGE = 15
"""Of history and replies, for distributed apps since 2025-05-29 (notes 1.5)."""


def info(call: Call) -> Json:
    """What a channel is like; ask here, never the id, whether it is private."""
    channel = call.read(call.text("channel"), "read")
    shown = shown_channel(call, channel)
    if call.flag("include_num_members"):
        shown["num_members"] = len(channel.room.members)
    return {"channel": shown}


def members(call: Call) -> Json:
    """Who is in it, outsiders of a shared channel too."""
    channel = call.read(call.text("channel"), "read")
    found, more = page(call, channel.room.members, PAGE, 1_000)
    return {"members": found} | more


def history(call: Call) -> Json:
    """Latest first; replies only when they were sent to the channel as well."""
    channel = _readable(call)
    found = [
        one
        for one in reversed(list(channel.room.messages.values()))
        if one.thread_ts in (None, one.ts) or one.subtype == "thread_broadcast"
    ]
    part, more = _page(call, [one for one in found if _within(call, one)])
    has_more = bool(more["response_metadata"]["next_cursor"])
    return {"messages": _shown(call, channel, part), "has_more": has_more} | more


def replies(call: Call) -> Json:
    """A thread by any message of it: its parent first, on every page and whatever the bounds
    (from memory), then replies in their order."""
    channel = _readable(call)
    named = channel.room.messages.get(call.text("ts"))
    if named is None:
        raise Refused("thread_not_found")
    if call.hub.rules.lone_replies and named.thread_ts not in (None, named.ts):
        return {"messages": _shown(call, channel, [named]), "has_more": False}
    parent, *answers = channel.room.thread(named.thread_ts or named.ts)
    part, more = _page(call, [one for one in answers if _within(call, one)])
    has_more = bool(more["response_metadata"]["next_cursor"])
    return {"messages": _shown(call, channel, [parent, *part]), "has_more": has_more} | more


def open_(call: Call) -> Json:
    """The direct messages with one person; several are not offered here."""
    user = call.known(call.text("users"))
    return {"channel": {"id": open_direct(call, user).id}}


def shown_channel(call: Call, channel: Channel) -> Json:
    """A channel as `conversations.info` has it."""
    team, shared = call.team, channel.room.shared
    shown: Json = {
        "id": channel.id,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_mpim": False,
        "is_private": channel.private,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_org_shared": False,
        "context_team_id": team.id,
    }
    if channel.kind == "im":
        other = next(one for one in channel.room.members if one != call.bot.id)
        return shown | {"user": other}
    return shown | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": False,
        "is_shared": shared,
        "is_ext_shared": shared,
        "is_pending_ext_shared": False,
        "is_member": call.inside(channel),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def _readable(call: Call) -> Channel:
    channel = call.read(call.text("channel"), "history")
    if not call.inside(channel):
        raise Refused("not_in_channel")
    return channel


def _page(call: Call, found: list[Message]) -> tuple[list[Message], Json]:
    if call.hub.rules.legacy_history:
        return page(call, found, LEGACY_PAGE, LEGACY_PAGE)
    return page(call, found, PAGE, LONGEST)


def _within(call: Call, message: Message) -> bool:
    oldest, latest = call.maybe("oldest") or "0", call.maybe("latest")
    when, after = _moment(message.ts), _moment(oldest)
    if call.flag("inclusive"):
        return after <= when and (latest is None or when <= _moment(latest))
    return after < when and (latest is None or when < _moment(latest))


def _moment(ts: str) -> tuple[int, int]:
    seconds, _, micros = ts.partition(".")
    return int(seconds), int(micros.ljust(6, "0")[:6] or 0)


def _shown(call: Call, channel: Channel, messages: list[Message]) -> list[Json]:
    metadata = call.flag("include_all_metadata")
    return [_with_thread(one, channel, one.shown(metadata=metadata)) for one in messages]


def _with_thread(message: Message, channel: Channel, shown: Json) -> Json:
    """A parent says how much hangs under it."""
    answers = [one for one in channel.room.thread(message.ts) if one is not message]
    if message.thread_ts not in (None, message.ts) or not answers:
        return shown
    people = list(dict.fromkeys(one.user for one in answers))
    return shown | {
        "reply_count": len(answers),
        "reply_users_count": len(people),
        "reply_users": people,
        "latest_reply": answers[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }
