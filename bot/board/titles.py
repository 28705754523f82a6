"""Shorter titles for ideas that came from long messages: when a model is asked for one."""

from bot.config import Config
from bot.ideas import TITLE_LIMIT, Audience, Idea, IdeaStatus
from bot.reading.clean import title_of
from bot.refs import ChannelRef
from bot.results import Job

_LONG = 80
"""Characters of a title that a shorter one would do better than."""


def ask_for_title(config: Config, idea: Idea) -> tuple[Job, ...]:
    """Have the model look for a shorter title, where there is one and somebody to offer it to."""
    wanted = config.assistant is not None and offers_title(config, idea)
    return (Job("title", idea.number),) if wanted else ()


def offers_title(config: Config, idea: Idea) -> bool:
    """Whether it is still called by the long beginning of its message, where moderators see it."""
    title, body = idea.wording.title, idea.wording.body
    return (
        idea.origin is not None
        and idea.status is not IdeaStatus.WITHDRAWN
        and idea.audience is not Audience.INBOX
        and len(title) > _LONG
        and title == title_of(body or title, TITLE_LIMIT)
        and moderators_of(config, idea) is not None
    )


def moderators_of(config: Config, idea: Idea) -> ChannelRef | None:
    """Where its moderators are offered things to do."""
    channel = config.connections[idea.connection].moderators_channel
    return ChannelRef(idea.connection, channel) if channel else None
