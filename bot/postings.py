"""What we have posted and keep up to date, wherever it stands."""

from dataclasses import dataclass
from enum import StrEnum

from bot.refs import ChannelRef, MessageRef


class PostingKind(StrEnum):
    """What a posting shows: an idea on its public card or in a product inbox; a summary in its
    thread or in the product inbox, or to the one person who asked for it; a part of a digest that
    quotes people; a title offered for an idea; an idea that waits for a moderator; in the post of a
    merged idea, where it went."""

    CARD = "card"
    INBOX = "inbox"
    SUMMARY = "summary"
    NOTE = "note"
    DIGEST = "digest"
    DIGEST_MOVES = "digest_moves"
    DIGEST_NEWS = "digest_news"
    DIGEST_VOICES = "digest_voices"
    TITLE = "title"
    REVIEW = "review"
    MOVED = "moved"


IDEA_CARDS = (PostingKind.CARD, PostingKind.INBOX)
OF_IDEAS = (*IDEA_CARDS, PostingKind.TITLE, PostingKind.REVIEW, PostingKind.MOVED)
SUMMARIES = (PostingKind.SUMMARY, PostingKind.NOTE)
DIGESTS = (
    PostingKind.DIGEST,
    PostingKind.DIGEST_MOVES,
    PostingKind.DIGEST_NEWS,
    PostingKind.DIGEST_VOICES,
)

SHOWN = {
    PostingKind.CARD: "idea_card",
    PostingKind.INBOX: "inbox_card",
    PostingKind.SUMMARY: "thread_summary",
    PostingKind.NOTE: "summary",
    PostingKind.TITLE: "title_offer",
    PostingKind.REVIEW: "review",
    PostingKind.MOVED: "moved",
    **{kind: kind.value for kind in DIGESTS},
}
"""The kind of subject that each shows; what is posted or written of such a subject is kept."""
KINDS = {subject: kind for kind, subject in SHOWN.items()}


@dataclass(frozen=True, slots=True)
class Posting:
    """A platform message that shows an idea, a summary or a digest: `id` is its number or row."""

    id: int
    kind: PostingKind
    message: MessageRef
    channel: ChannelRef
