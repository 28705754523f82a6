"""Messages as Discord words them (docs.discord.com/developers/resources/message).

Without the message content intent, content, embeds, attachments and components are empty unless
the message is the bot's own, direct, or mentions it (docs: events/gateway#message-content-intent).
A nonce stands only in the answer to who posts, and in MESSAGE_CREATE: fetched again it is lost
(discord.js, `Message#nonce`).
"""

from typing import Any

from tests.discord.ids import moment
from tests.discord.model import REPLY, THREAD_STARTER, Message
from tests.discord.payloads import iso, shown_channel, shown_user

Json = dict[str, Any]


def readable(message: Message, reader: str, *, content: bool) -> bool:
    """Whether somebody's bot may read what a message says."""
    return (
        content
        or message.channel.direct
        or message.author.id == reader
        or reader in [user.id for user in message.mentions]
    )


def shown_message(message: Message, reader: str, *, content: bool) -> Json:
    """A message object for a bot that has, or has not, the message content intent."""
    open_ = readable(message, reader, content=content)
    shown: Json = {
        "id": message.id,
        "channel_id": message.channel.id,
        "author": shown_user(message.author),
        "content": message.content if open_ else "",
        "timestamp": iso(moment(message.id)),
        "edited_timestamp": iso(message.edited) if message.edited else None,
        "tts": False,
        "mention_everyone": message.mention_everyone,
        "mentions": [shown_user(user) for user in message.mentions],
        "mention_roles": list(message.mention_roles),
        "attachments": list(message.attachments) if open_ else [],
        "embeds": list(message.embeds) if open_ else [],
        "components": list(message.components) if open_ else [],
        "pinned": message.pinned,
        "type": message.kind,
        "flags": message.flags,
    }
    return shown | _optional(message, reader, content=content)


def _optional(message: Message, reader: str, *, content: bool) -> Json:
    shown: Json = {
        "application_id": message.application,
        "webhook_id": message.webhook,
        "interaction_metadata": message.interaction,
        "reactions": [
            _reaction(message, key, reader)
            for key in dict.fromkeys((*message.reactions, *message.super_reactions))
        ],
        "thread": shown_channel(message.thread, reader) if message.thread else None,
    }
    shown = {key: value for key, value in shown.items() if value}
    if message.kind in (REPLY, THREAD_STARTER):
        target = message.reply_to
        shown["message_reference"] = _reference(message)
        shown["referenced_message"] = (
            shown_message(target, reader, content=content) if target else None
        )
    return shown


def _reference(message: Message) -> Json:
    target = message.reply_to
    place = target.channel if target else message.channel
    reference: Json = {"type": 0, "channel_id": place.id}
    if target:
        reference["message_id"] = target.id
    guild = message.channel.guild
    return reference | ({"guild_id": guild.id} if guild else {})


def _reaction(message: Message, key: str, reader: str) -> Json:
    users, burst = message.reactions.get(key, []), message.super_reactions.get(key, [])
    return {
        "emoji": emoji(key),
        "count": len(users) + len(burst),
        "count_details": {"burst": len(burst), "normal": len(users)},
        "burst_colors": [],
        "me": reader in users,
        "me_burst": reader in burst,
    }


def emoji(key: str) -> Json:
    """A partial emoji of a reaction: unicode as it is, custom as `name:id`."""
    name, _, number = key.partition(":")
    return {"id": number or None, "name": name, "animated": False}
