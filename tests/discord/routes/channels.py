"""`/channels/{channel}` (docs.discord.com/developers/resources/channel)."""

from typing import Any

from tests.discord import moderation
from tests.discord.faults import Faults, listed, text
from tests.discord.model import Channel, Kind, Tag
from tests.discord.payloads import shown_channel
from tests.discord.permissions import Permission
from tests.discord.routes import threads
from tests.discord.routes.call import Call, Refused

Json = dict[str, Any]


def get(call: Call) -> Json:
    """A channel, a thread or a direct conversation."""
    return shown_channel(call.channel(), call.bot.id)


def change(call: Call) -> Json:
    """Another name, topic, or a forum's tags; for threads see there."""
    body, channel = call.form(), call.channel()
    if channel.direct:
        raise call.misused(50003, "direct conversations stay as they are")
    if channel.thread:
        return threads.change(call, channel, body)
    call.need(channel, Permission.MANAGE_CHANNELS)
    if faults := list(_faults(channel, body)):
        raise call.wrong(faults)
    channel.name = str(body.get("name", channel.name))
    channel.topic = body.get("topic", channel.topic)
    if "available_tags" in body:
        channel.tags = [_tag(call, channel, one) for one in body["available_tags"]]
    moderation.change_channel(call.world, channel)
    return shown_channel(channel)


def delete(call: Call) -> Json:
    """A channel or thread is gone; a direct conversation is closed."""
    channel = call.channel()
    if channel.direct:
        return shown_channel(channel, call.bot.id)
    needed = Permission.MANAGE_THREADS if channel.thread else Permission.MANAGE_CHANNELS
    call.need(channel, needed)
    shown = shown_channel(channel)
    moderation.delete_channel(call.world, channel)
    return shown


def typing(call: Call) -> None:
    """ "… is typing"; nobody waits for it here."""
    call.channel(Permission.SEND_MESSAGES)


def _faults(channel: Channel, body: Json) -> Faults:
    if "name" in body:
        yield from text(("name",), body["name"], 100)
    if "topic" in body:
        most = 4_096 if channel.kind is Kind.FORUM else 1_024
        yield from text(("topic",), body["topic"], most, least=0, needed=False)
    if "available_tags" in body:
        yield from listed(("available_tags",), body["available_tags"], 20)
        for at, tag in enumerate(body["available_tags"]):
            yield from text(("available_tags", at, "name"), tag.get("name"), 20)


def _tag(call: Call, forum: Channel, body: Json) -> Tag:
    known = {tag.id for tag in forum.tags}
    named = str(body.get("id") or "")
    if named and named not in known:
        raise Refused(50035)
    name = named or call.world.ids.new()
    return Tag(name, body["name"], bool(body.get("moderated")), body.get("emoji_name"))
