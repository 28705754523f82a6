"""`/channels/{channel}/messages…` (docs.discord.com/developers/resources/message)."""

from typing import Any

from tests.discord import talk
from tests.discord.ids import moment
from tests.discord.model import REPLY, Channel, Kind, Message
from tests.discord.permissions import Permission
from tests.discord.routes.call import Call, Refused
from tests.discord.routes.content import fill, refill

Json = dict[str, Any]


def create(call: Call) -> Json:
    """A message. With `enforce_nonce`, one the bot sent with this nonce in the past few minutes is
    the answer instead of a second one."""
    body, channel = call.form(), call.channel()
    may_write(call, channel)
    message = talk.written(call.world, call.bot, channel)
    _reply(call, message, body)
    fill(call, message, body)
    if found := _sent_before(call, body):
        return call.shown(found)
    message.nonce = str(body["nonce"]) if body.get("nonce") is not None else None
    if body.get("enforce_nonce") and message.nonce:
        call.world.nonces[message.nonce] = message
    talk.post(call.world, message)
    return call.shown(message) | ({"nonce": message.nonce} if message.nonce else {})


def may_write(call: Call, channel: Channel) -> None:
    """Whether the bot may write there at all."""
    if channel.direct:
        return _may_write_directly(call, channel)
    if channel.kind in (Kind.FORUM, Kind.CATEGORY):
        raise call.misused(50008, "no messages there: start a post")
    if channel.thread is None:
        return call.need(channel, Permission.SEND_MESSAGES)
    call.need(channel, Permission.SEND_MESSAGES_IN_THREADS)
    _unlocked(call, channel)
    if channel.thread.archived and channel.thread.locked:
        raise Refused(50083)
    return None


def _unlocked(call: Call, channel: Channel) -> None:
    """160005 in a locked thread, unless the bot manages threads. That even then a message does not
    open an archived one is a strict reading of docs: topics/threads."""
    locked = channel.thread is not None and channel.thread.locked
    if locked and not call.granted(channel) & Permission.MANAGE_THREADS:
        raise Refused(160005)


def _may_write_directly(call: Call, channel: Channel) -> None:
    other = next(user for user in channel.people if user is not call.bot)
    if other.bot or not other.directs or not call.world.share_a_guild(other):
        raise Refused(50007)


def _reply(call: Call, message: Message, body: Json) -> None:
    reference = body.get("message_reference")
    if not reference:
        return
    if not call.granted(message.channel) & Permission.READ_MESSAGE_HISTORY:
        raise Refused(160002)
    target = message.channel.messages.get(str(reference.get("message_id")))
    if target is None and reference.get("fail_if_not_exists", True):
        raise call.misused(10008, "a reply to what is not there")
    if target:
        message.kind, message.reply_to = REPLY, target


def _sent_before(call: Call, body: Json) -> Message | None:
    if not body.get("enforce_nonce"):
        return None
    found = call.world.nonces.get(str(body.get("nonce")))
    if found is None or found.id not in found.channel.messages:
        return None
    young = call.world.clock.now() - moment(found.id) <= call.world.rules.nonce_seconds
    return found if young else None


def edit(call: Call) -> Json:
    """Another content for one of the bot's own messages."""
    channel = call.channel()
    message = call.message(channel)
    if message.author is not call.bot:
        raise Refused(50005)
    call.awake(channel)
    _unlocked(call, channel)
    refill(call, message, call.form())
    talk.edit(call.world, message)
    return call.shown(message)


def delete(call: Call) -> None:
    """One's own, or with MANAGE_MESSAGES anybody's; in an archived thread too, unless it is locked
    as well."""
    channel = call.channel()
    message = call.message(channel)
    if message.author is not call.bot:
        call.need(channel, Permission.MANAGE_MESSAGES)
    if channel.thread and channel.thread.archived:
        _unlocked(call, channel)
    talk.delete(call.world, message)


def get(call: Call) -> Json:
    """One message."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    return call.shown(call.message(channel))


def history(call: Call) -> list[Json]:
    """Newest first; nothing at all without READ_MESSAGE_HISTORY."""
    channel, limit = call.channel(), call.number("limit", 50, 100)
    if not call.granted(channel) & Permission.READ_MESSAGE_HISTORY:
        return []
    ids = sorted(map(int, channel.messages))
    if "around" in call.query:
        around = int(call.query["around"])
        nearest = sorted(ids, key=lambda one: abs(one - around))[:limit]
        ids = sorted(nearest)
    elif "after" in call.query:
        ids = [one for one in ids if one > int(call.query["after"])][:limit]
    elif "before" in call.query:
        ids = [one for one in ids if one < int(call.query["before"])][-limit:]
    else:
        ids = ids[-limit:]
    return [call.shown(channel.messages[str(one)]) for one in reversed(ids)]
