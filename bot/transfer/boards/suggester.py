"""Suggester: one embed a suggestion, its status in a field.

https://github.com/Suggester/Suggester: utils/misc.js (suggestionEmbed), the English strings
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from bot.ideas import IdeaStatus
from bot.transfer.boards import cleaning
from bot.transfer.boards.board import BoardIdea, Item, Post, Source
from bot.transfer.boards.discord import Message, fields, first_reaction, suggestions, text
from bot.transfer.problems import Problem

_FOOTER = re.compile(r"Suggestion ID: (\d+)\b")
_UPVOTES = re.compile(r"Upvotes: (\d+)\b")
_STATUSES = {
    "": IdeaStatus.NEW,
    "default": IdeaStatus.NEW,
    "in consideration": IdeaStatus.UNDER_REVIEW,
    "in progress": IdeaStatus.IN_PROGRESS,
    "implemented": IdeaStatus.SHIPPED,
    "not happening": IdeaStatus.DECLINED,
}


def read(file: BinaryIO, source: Source) -> Iterator[Item | Problem]:
    """Every suggestion in a channel's messages."""
    return suggestions(_post, file, source)


def _post(source: Source, place: int, message: Message, embed: Message) -> Post | None:
    """The message in the suggestions' channel: those of the review queue and logs have a title."""
    footer = _FOOTER.match(text(embed, "footer", "text"))
    if not footer or text(embed, "title"):
        return None
    named = fields(embed)
    idea = BoardIdea(
        place,
        footer[1],
        cleaning.said(text(embed, "description")),
        source.status(named.get("Public Status", ""), _STATUSES),
        cleaning.moment(text(embed, "timestamp") or text(message, "timestamp")),
    )
    post = Post(idea, *first_reaction(message))
    if not message.get("reactions") and (up := _UPVOTES.search("\n".join(named.values()))):
        post = replace(post, counted=cleaning.count(up[1]))
    return post
