"""What another board's data is to us: ideas, then merges, then votes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.ideas import IdeaStatus, Wording
from bot.refs import AccountRef
from bot.transfer.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """The other board's name, where its ideas go, our areas, and what its own statuses mean."""

    name: str
    connection: str
    areas: tuple[str, ...] = ()
    statuses: Mapping[str, IdeaStatus] | None = None

    @property
    def realm(self) -> str:
        """The realm of its people's accounts."""
        return f"import:{self.name}"

    def status(self, text: str, known: Mapping[str, IdeaStatus]) -> IdeaStatus:
        """What a status means here; ValueError for one that nobody explained."""
        told = {_plain(theirs): ours for theirs, ours in (self.statuses or {}).items()}
        found = {**known, **told}.get(_plain(text))
        if found is None:
            raise ValueError(
                f'has the status "{text}". Say what it means with --status "{text}=planned"'
            )
        return found

    def area(self, *words: str) -> str:
        """The first of the words that is one of our areas."""
        ours = {area.casefold(): area for area in self.areas}
        return next((ours[w.strip().casefold()] for w in words if w.strip().casefold() in ours), "")


@dataclass(frozen=True, slots=True)
class BoardIdea:
    """An idea of another board; `key` is its id there, `answer` what its team said."""

    line: int
    key: str
    wording: Wording
    status: IdeaStatus
    created_at: datetime | None
    author: AccountRef | None = None
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoardMerge:
    """One idea was another's duplicate there."""

    line: int
    key: str
    into: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoardVote:
    """One person's vote; without a name when only their number was counted."""

    line: int
    key: str
    voter: AccountRef
    name: str = ""
    at: datetime | None = None


Item = BoardIdea | BoardMerge | BoardVote


@dataclass(frozen=True, slots=True)
class Post:
    """An idea with what stands beside it in its row: who voted or how many, and its original."""

    idea: BoardIdea
    voters: tuple[tuple[AccountRef, str], ...] = ()
    counted: int = 0
    into: str = ""


def items(posts: Callable[[], Iterable[Post | Problem]], realm: str) -> Iterator[Item | Problem]:
    """Reads the posts three times, so that nothing points at what has not come yet."""
    for post in posts():
        yield post if isinstance(post, Problem) else post.idea
    for post in posts():
        if isinstance(post, Post) and post.into:
            idea = post.idea
            yield BoardMerge(idea.line, idea.key, post.into, idea.answered_at)
    for post in posts():
        if isinstance(post, Post):
            yield from _votes(post, realm)


def _votes(post: Post, realm: str) -> Iterator[BoardVote]:
    line, key = post.idea.line, post.idea.key
    for voter, name in post.voters:
        yield BoardVote(line, key, voter, name)
    for number in range(1, post.counted + 1):
        yield BoardVote(line, key, AccountRef(realm, f"{key}#{number}"))


def _plain(status: str) -> str:
    return " ".join(status.casefold().replace("_", " ").replace("-", " ").split())
