"""Threads and forum posts (docs.discord.com/developers/topics/threads, /resources/channel)."""

from typing import Any

from tests.discord import talk
from tests.discord.faults import Fault, invalid, listed, text
from tests.discord.model import Channel, Kind, ThreadState
from tests.discord.payloads import iso, shown_channel
from tests.discord.permissions import Permission, in_channel
from tests.discord.routes.call import Call, Refused
from tests.discord.routes.content import fill

Json = dict[str, Any]
TAGS = 5
"""Applied to one post at most."""


def from_message(call: Call) -> Json:
    """A thread that has the id of the message it starts from."""
    body = call.form()
    channel = call.channel(Permission.CREATE_PUBLIC_THREADS)
    source = call.message(channel)
    if channel.kind is not Kind.TEXT:
        raise call.misused(50024, "threads start in text channels")
    if source.thread:
        raise Refused(160004)
    _check(call, list(text(("name",), body.get("name"), 100)))
    thread = talk.start_thread(call.world, call.bot, channel, str(body["name"]), source=source)
    return shown_channel(thread, call.bot.id)


def start(call: Call) -> Json:
    """A thread of its own, or a post in a forum with its starter message."""
    body, channel = call.form(), call.channel()
    _check(call, list(text(("name",), body.get("name"), 100)))
    if channel.kind is Kind.FORUM:
        return _post(call, channel, body)
    if channel.kind is not Kind.TEXT:
        raise call.misused(50024, "threads start in text channels")
    kind = Kind(body.get("type", Kind.PRIVATE_THREAD))
    private = kind is Kind.PRIVATE_THREAD
    call.need(
        channel,
        Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS,
    )
    thread = talk.start_thread(call.world, call.bot, channel, str(body["name"]), kind=kind)
    return shown_channel(thread, call.bot.id)


def _post(call: Call, forum: Channel, body: Json) -> Json:
    call.need(forum, Permission.SEND_MESSAGES)
    message = body.get("message")
    if not isinstance(message, dict):
        raise call.wrong([Fault(("message",), "BASE_TYPE_REQUIRED", "This field is required")])
    tags = _tags(call, forum, body.get("applied_tags") or [])
    if forum.require_tag and not tags:
        raise Refused(40067)
    starter = talk.written(call.world, call.bot, forum)
    fill(call, starter, message)
    name = str(body["name"])
    thread = talk.start_thread(call.world, call.bot, forum, name, tags=tags, starter=starter)
    return shown_channel(thread, call.bot.id) | {"message": call.shown(starter)}


def _tags(call: Call, forum: Channel, names: list[str]) -> list[str]:
    """Ids of the forum's own tags; moderated ones need MANAGE_THREADS."""
    faults = list(listed(("applied_tags",), names, TAGS))
    known = {tag.id: tag for tag in forum.tags}
    wanted = [str(name) for name in names]
    for at, name in enumerate(wanted):
        if name not in known:
            faults.append(invalid(("applied_tags", at), "Unknown tag", "FORUM_TAG_UNKNOWN"))
    _check(call, faults)
    if any(known[name].moderated for name in wanted):
        call.need(forum, Permission.MANAGE_THREADS)
    return wanted


def change(call: Call, channel: Channel, body: Json) -> Json:
    """Another name, other tags, archived, locked. A thread that is archived is opened first, or in
    the same call; a locked one only by who manages threads."""
    thread = channel.thread
    assert thread is not None
    manages = bool(call.granted(channel) & Permission.MANAGE_THREADS)
    if (thread.locked or body.get("locked") is not None) and not manages:
        raise Refused(50013)
    opens = body == {"archived": False} and call.bot.id in thread.members
    if thread.owner != call.bot.id and not manages and not opens:
        raise Refused(50013)
    if thread.archived and body.get("archived") is not False:
        raise Refused(50083)
    if "name" in body:
        _check(call, list(text(("name",), body["name"], 100)))
        channel.name = str(body["name"])
    if "applied_tags" in body and channel.parent:
        thread.tags = _tags(call, channel.parent, body["applied_tags"] or [])
    _close(call, thread, body)
    talk.thread_changed(call.world, channel)
    return shown_channel(channel, call.bot.id)


def _close(call: Call, thread: ThreadState, body: Json) -> None:
    if body.get("locked") is not None:
        thread.locked = bool(body["locked"])
    if body.get("archived") is not None and bool(body["archived"]) != thread.archived:
        thread.archived = bool(body["archived"])
        thread.archived_at = call.world.clock.now()
    if body.get("auto_archive_duration") is not None:
        minutes = body["auto_archive_duration"]
        if minutes not in (60, 1_440, 4_320, 10_080):
            said = "Value must be one of (60, 1440, 4320, 10080)."
            raise call.wrong([invalid(("auto_archive_duration",), said)])
        thread.auto_archive_minutes = minutes


def join(call: Call) -> None:
    """The bot is in a thread, and hears of it."""
    channel = call.channel()
    if channel.thread is None:
        raise call.misused(50024, "no thread")
    call.awake(channel)
    if call.bot.id not in channel.thread.members:
        channel.thread.members.append(call.bot.id)


def member(call: Call) -> Json:
    """Somebody who is in a thread; 404 for everybody else
    (docs.discord.com/developers/resources/channel#get-thread-member)."""
    channel, user = call.channel(), str(call.names["user"])
    if channel.thread is None or user not in channel.thread.members:
        raise Refused(10007)
    joined = iso(call.world.clock.now())
    return {"id": channel.id, "user_id": user, "join_timestamp": joined, "flags": 0}


def leave(call: Call) -> None:
    """The bot is out of a thread."""
    channel = call.channel()
    if channel.thread and call.bot.id in channel.thread.members:
        channel.thread.members.remove(call.bot.id)


def active(call: Call) -> Json:
    """Every open thread of a guild that the bot may see, newest first."""
    found = [one for one in call.guild().threads if one.thread and not one.thread.archived]
    return _list(call, found, key=lambda one: int(one.id))


def archived(call: Call) -> Json:
    """A channel's archived public threads, the last archived first."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    guild = channel.guild
    found = [
        one
        for one in (guild.threads if guild else ())
        if one.parent is channel and one.thread and one.thread.archived
        if one.kind is Kind.PUBLIC_THREAD
    ]
    limit = call.number("limit", 50, 100)
    shown = _list(call, found, key=lambda one: one.thread.archived_at if one.thread else 0.0)
    before = call.query.get("before")
    threads = [
        one
        for one in shown["threads"]
        if before is None or one["thread_metadata"]["archive_timestamp"] < before
    ]
    return {"threads": threads[:limit], "members": [], "has_more": len(threads) > limit}


def _list(call: Call, found: list[Channel], key: Any) -> Json:  # noqa: ANN401 - a sort key
    reader = call.bot.id
    seen = [one for one in found if in_channel(one, reader) & Permission.VIEW_CHANNEL]
    shown = [shown_channel(one, reader) for one in sorted(seen, key=key, reverse=True)]
    members = [one["member"] for one in shown if "member" in one]
    return {"threads": shown, "members": members}


def _check(call: Call, faults: list[Fault]) -> None:
    if faults:
        raise call.wrong(faults)
