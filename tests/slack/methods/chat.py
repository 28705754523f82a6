"""`chat.*` (docs.slack.dev/reference/methods/chat.postMessage and its siblings)."""

from tests.slack import talk
from tests.slack.elements import Json
from tests.slack.methods.call import Call, Refused
from tests.slack.methods.content import metadata, text_and_blocks
from tests.slack.model import Channel, Message, User
from tests.slack.screen import Ephemeral


def post_message(call: Call) -> Json:
    """A message to a channel, or to somebody by their own id."""
    channel = destination(call, call.text("channel"))
    text, blocks = text_and_blocks(call)
    message = talk.written(
        call.team,
        call.bot,
        channel.room,
        text,
        blocks=blocks,
        app_id=call.team.app.id,
        metadata=metadata(call),
        thread_ts=thread(call, channel),
    )
    if call.flag("reply_broadcast") and message.thread_ts:
        message.subtype = "thread_broadcast"
    talk.post(call.team, message)
    shown = message.shown(metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def update(call: Call) -> Json:
    """Another content for one of the bot's own messages. Without `blocks`, but with `text`, the
    blocks go; metadata stays unless it is set."""
    channel = _own_place(call, call.text("channel"))
    message = channel.room.messages.get(call.text("ts"))
    if message is None:
        raise Refused("message_not_found")
    if message.app_id != call.team.app.id:
        raise Refused("cant_update_message")
    text, blocks = text_and_blocks(call, update=True)
    new: Json = {"text": text, "blocks": blocks}
    if (found := metadata(call)) is not None:
        new["metadata"] = found
    talk.edit(call.hub, message, call.bot, **new)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": message.shown()}


def post_ephemeral(call: Call) -> Json:
    """A private notice: kept nowhere, seen only by who is there; in a thread that exists."""
    channel = destination(call, call.text("channel"))
    user = call.known(call.text("user"))
    if not call.inside(channel):
        raise Refused("not_in_channel")
    if user.id not in channel.room.members:
        raise Refused("user_not_in_channel")
    text, blocks = text_and_blocks(call)
    ts = call.hub.ids.ts()
    if user.active:
        notice = Ephemeral(ts, channel.id, text, blocks, thread(call, channel))
        user.screen.ephemerals.append(notice)
        call.hub.changes.happened()
    return {"message_ts": ts}


def get_permalink(call: Call) -> Json:
    """A message's address: the form is from memory (notes 1.2)."""
    channel = call.seen(call.text("channel"))
    message = channel.room.messages.get(call.text("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    return {"channel": channel.id, "permalink": permalink(call.team.url, message)}


def permalink(url: str, message: Message) -> str:
    """Where people find a message; in a thread it names the thread."""
    link = f"{url}archives/{message.channel}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}"
    return link


def destination(call: Call, channel_id: str) -> Channel:
    """Where the bot may write: a channel it is in, a public one with `chat:write.public`, or
    somebody's direct messages."""
    if channel_id[:1] in ("U", "W"):
        return open_direct(call, call.known(channel_id))
    return _own_place(call, channel_id)


def open_direct(call: Call, user: User) -> Channel:
    """The direct messages with somebody, if they can have any."""
    if user.bot_id:
        raise Refused("cannot_dm_bot")
    if user.deleted:
        raise Refused("user_disabled")
    if not call.team.app.messages_tab:
        raise Refused("messages_tab_disabled")
    return talk.direct(call.team, user)


def thread(call: Call, channel: Channel) -> str | None:
    """The parent that `thread_ts` names. A reply's ts is the wrong name for a thread."""
    ts = call.maybe("thread_ts")
    if ts is None:
        return None
    parent = channel.room.messages.get(ts)
    if parent is None:
        raise Refused("thread_not_found")
    if parent.thread_ts not in (None, ts):
        call.team.problems.append(f"{call.method}: thread_ts names a reply, not its parent")
        raise Refused("cannot_reply_to_message")
    return ts


def _own_place(call: Call, channel_id: str) -> Channel:
    channel = call.seen(channel_id)
    if channel.archived:
        raise Refused("is_archived")
    if channel.kind == "im" and not call.team.app.messages_tab:
        raise Refused("messages_tab_disabled")
    if not call.inside(channel) and "chat:write.public" not in call.team.app.scopes:
        raise Refused("not_in_channel")
    return channel
