"""What happens in channels: messages, edits, deletions, reactions. The app is told."""

from collections.abc import Sequence

from tests.discord import events
from tests.discord.ids import moment
from tests.discord.mentions import EVERYTHING, ping
from tests.discord.model import (
    HAS_THREAD,
    REPLY,
    THREAD_CREATED,
    THREAD_STARTER,
    Channel,
    Kind,
    Message,
    ThreadState,
    User,
)
from tests.discord.world import World


def written(world: World, author: User, channel: Channel, text: str = "") -> Message:
    """A message of somebody's, not posted yet."""
    return Message(world.ids.new(), channel, author, text)


def post(world: World, message: Message) -> None:
    """A new message. In an archived thread it opens the thread again (docs: topics/threads)."""
    channel = message.channel
    if channel.thread and channel.thread.archived:
        archive(world, channel, archived=False)
    channel.messages[message.id] = message
    if channel.thread:
        concerned = [message.author.id, *(user.id for user in message.mentions)]
        joined = dict.fromkeys([*channel.thread.members, *concerned])
        channel.thread.members = list(joined)
    world.announce([events.written("MESSAGE_CREATE", message, world.bot)], channel)


def edit(world: World, message: Message) -> None:
    """A message is another now."""
    message.edited = world.clock.now()
    changed(world, message)


def changed(world: World, message: Message) -> None:
    """Something about a message is different, though nobody edited it."""
    world.announce([events.written("MESSAGE_UPDATE", message, world.bot)], message.channel)


def delete(world: World, message: Message) -> None:
    """Gone; a thread that began with it stays."""
    del message.channel.messages[message.id]
    for other in message.channel.messages.values():
        if other.reply_to is message:
            other.reply_to = None
    world.announce([events.deleted(message)], message.channel)


def react(
    world: World, user: User, key: str, message: Message, *, added: bool, burst: bool = False
) -> None:
    """A reaction given or taken back, perhaps a super one: unicode, or `name:id`. Once is
    enough."""
    given = message.super_reactions if burst else message.reactions
    users = given.setdefault(key, [])
    if (user.id in users) == added:
        return
    if added:
        users.append(user.id)
    else:
        users.remove(user.id)
    if not users:
        del given[key]
    told = events.reacted(message, user, key, added=added, burst=burst)
    world.announce([told], message.channel)


def delete_many(world: World, messages: Sequence[Message]) -> None:
    """Several of one channel are gone at once."""
    channel = messages[0].channel
    for message in messages:
        del channel.messages[message.id]
    world.announce([events.deleted_many(messages)], channel)


def clear_reactions(world: World, message: Message, key: str | None) -> None:
    """All reactions, or all of one emoji, are removed."""
    for given in (message.reactions, message.super_reactions):
        for one in [*given]:
            if key in (None, one):
                del given[one]
    world.announce([events.cleared(message, key)], message.channel)


def start_thread(
    world: World,
    owner: User,
    parent: Channel,
    name: str,
    *,
    kind: Kind = Kind.PUBLIC_THREAD,
    source: Message | None = None,
    tags: list[str] | None = None,
    starter: Message | None = None,
    invited: Sequence[str] = (),
) -> Channel:
    """A thread: from a message whose id it has, on its own, or a forum's post with its starter."""
    assert parent.guild is not None
    name_id = source.id if source else starter.id if starter else world.ids.new()
    state = ThreadState(owner.id, moment(name_id), tags=tags or [], members=[owner.id, *invited])
    thread = Channel(name_id, kind, name, parent.guild, parent, thread=state)
    parent.guild.channels[thread.id] = thread
    world.announce([events.thread_changed("THREAD_CREATE", thread, world.bot, new=True)], thread)
    if source:
        source.thread, source.flags = thread, source.flags | HAS_THREAD
        changed(world, source)
        _tell_start(world, written(world, source.author, thread), THREAD_STARTER, source)
    elif starter:
        starter.channel = thread
        post(world, starter)
    elif kind is Kind.PUBLIC_THREAD:
        _tell_start(world, written(world, owner, parent, name), THREAD_CREATED, None)
    return thread


def _tell_start(world: World, message: Message, kind: int, source: Message | None) -> None:
    """A line that Discord writes itself, in somebody's name: in a thread the message it began with,
    in a channel that a thread was started (docs: topics/threads#new-message-types)."""
    message.kind, message.reply_to = kind, source
    post(world, message)


def archive(world: World, thread: Channel, *, archived: bool, locked: bool | None = None) -> None:
    """Out of the list, or back in it; locked: only who manages threads opens it again."""
    assert thread.thread is not None
    thread.thread.archived, thread.thread.archived_at = archived, world.clock.now()
    if locked is not None:
        thread.thread.locked = locked
    thread_changed(world, thread)


def thread_changed(world: World, thread: Channel) -> None:
    """Something about a thread is different."""
    world.announce([events.thread_changed("THREAD_UPDATE", thread, world.bot)], thread)


def say(
    world: World,
    author: User,
    channel: Channel,
    text: str,
    reply_to: Message | None,
    *,
    ping_: bool,
) -> Message:
    """A person's message, as their own client sends it."""
    message = written(world, author, channel, text)
    if reply_to:
        message.kind, message.reply_to = REPLY, reply_to
    ping(message, EVERYTHING | {"replied_user": ping_}, world.users)
    post(world, message)
    return message
