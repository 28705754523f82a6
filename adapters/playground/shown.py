"""The chat's rows as the page gets them. Pure."""

from collections.abc import Mapping

from adapters.playground.render import Json
from adapters.playground.rows import BOT, BOT_COLOR, BOT_NAME, Channel, ChatMessage, Person
from bot.people import Role
from bot.ports import MenuItem

EMOJI = ("💡", "🚀", "👍", "🎉", "💚", "😄", "🤔", "👀", "🙏", "✅")
"""What the page offers for a reaction."""


def show_person(person: Person, roles: frozenset[Role]) -> Json:
    """A person; of several roles the product team's."""
    role = next((r for r in (Role.PRODUCT, Role.MODERATOR) if r in roles), Role.MEMBER)
    return {
        "id": person.id,
        "name": person.name,
        "role": role.value,
        "color": person.color,
        "directs_open": person.directs_open,
    }


def show_channel(channel: Channel) -> Json:
    """A channel."""
    return {
        "id": channel.id,
        "name": channel.name,
        "topic": channel.topic,
        "private": channel.needs is not None,
        "direct": channel.direct_to is not None,
    }


def show_message(message: ChatMessage, people: Mapping[str, Person]) -> Json:
    """A message with its author and reactions."""
    return {
        "id": message.id,
        "channel": message.channel,
        "thread": message.root,
        "author": _author(message.author, people),
        "at": message.at.isoformat(),
        "edited": message.edited,
        "content": message.content,
        "reactions": [
            {"emoji": emoji, "people": list(given)} for emoji, given in message.reactions
        ],
        "replies": message.replies,
        "permalink": message.permalink,
    }


def _author(author: str, people: Mapping[str, Person]) -> Json:
    if author == BOT:
        return {"id": BOT, "name": BOT_NAME, "bot": True, "color": BOT_COLOR}
    person = people[author]
    return {"id": person.id, "name": person.name, "bot": False, "color": person.color}


def show_command(item: MenuItem) -> Json:
    """A slash command for completion."""
    return {"name": item.name, "usage": item.usage, "help": item.help}


def show_shortcut(item: MenuItem) -> Json:
    """An entry of a message's menu."""
    return {"name": item.name, "help": item.help}
