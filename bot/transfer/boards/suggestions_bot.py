"""suggestions-bot: one embed a suggestion, its parts under headings in the description.

https://github.com/suggestionsbot/suggestions-bot: suggestions/objects/suggestion.py (as_embed)
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from bot.ideas import IdeaStatus
from bot.refs import AccountRef
from bot.transfer.boards import cleaning
from bot.transfer.boards.board import BoardIdea, Item, Post, Source
from bot.transfer.boards.discord import Message, first_reaction, suggestions, text
from bot.transfer.problems import Problem

_FOOTER = re.compile(r"(?:User ID: (?P<user>\d+) \| )?sID: (?P<sid>\w+)")
_NOTE = r"(?:\n\n\*\*Moderator note\*\*\n.*)?"
# A suggestion may hold such headings itself: its own end is the last place that fits.
_OPEN = re.compile(
    r"\*\*Submitter\*\*\n[^\n]*\n\n\*\*Suggestion\*\*\n(?P<text>.*?)"
    rf"{_NOTE}(?:\n\n\*\*Results so far\*\*\n(?P<up>[^\n]*)\n[^\n]*)?",
    re.DOTALL,
)
_DECIDED = re.compile(
    r"\*\*Results\*\*\n(?P<up>[^\n]*)\n[^\n]*\n\n\*\*Suggestion\*\*\n(?P<text>.*)"
    r"\n\n\*\*Submitter\*\*\n[^\n]*\n\n\*\*(?P<verdict>Approved|Rejected) By\*\*\n[^\n]*"
    rf"(?:\n\n\*\*Response\*\*\n(?P<answer>.*?))?{_NOTE}",
    re.DOTALL,
)
_STATUSES = {
    "pending": IdeaStatus.NEW,
    "approved": IdeaStatus.PLANNED,
    "rejected": IdeaStatus.DECLINED,
}


def read(file: BinaryIO, source: Source) -> Iterator[Item | Problem]:
    """Every suggestion in a channel's messages."""
    return suggestions(_post, file, source)


def _post(source: Source, place: int, message: Message, embed: Message) -> Post | None:
    footer = _FOOTER.fullmatch(text(embed, "footer", "text"))
    told = text(embed, "description").replace("\r\n", "\n").strip()
    found = _DECIDED.fullmatch(told) or _OPEN.fullmatch(told)
    if not footer or not found:
        return None
    parts = found.groupdict(default="")
    idea = BoardIdea(
        place,
        footer["sid"],
        cleaning.said(parts["text"]),
        source.status(parts.get("verdict", "pending"), _STATUSES),
        cleaning.moment(text(message, "timestamp")),
        AccountRef("discord", footer["user"]) if footer["user"] else None,
        cleaning.reply(parts.get("answer", "")),
        cleaning.moment(text(embed, "timestamp")),
    )
    if up := re.search(r"\*\*(\d+)\*\*\s*$", parts["up"]):
        return Post(idea, counted=cleaning.count(up[1]))
    return Post(idea, *first_reaction(message))
