"""Acts threads of the record out, as people would with a page in front of them."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from adapters.playground.rows import Person
from adapters.playground.rules import MESSAGE_LIMIT
from bench.playground import BOARD, NAME, Playground, action
from bench.replay.record import Said, Thread
from bench.replay.samples import MODERATOR, VOTERS, Samples
from bot.postings import PostingKind
from bot.reading.clean import shorten, title_of
from bot.refs import MessageRef

_TALK = "general"
_BETWEEN_THREADS = 3600.0
_Begun = tuple[int | None, str, str | None]
"""The idea's number, and where its replies go: a channel, and the message they hang under."""


@dataclass(frozen=True, slots=True)
class Acted:
    """A thread of the record, and where it took place: the first message, and its channel."""

    thread: Thread
    channel: str
    root: str


class Scene:
    """A playground in which thread after thread takes place. `did` counts what was done, `acted`
    are the threads that were begun."""

    def __init__(self, playground: Playground, seed: int, said: Callable[[], object]) -> None:
        """`said` is called after every message of the record."""
        self.did: Counter[str] = Counter()
        self.acted: list[Acted] = []
        self._playground = playground
        self._samples = Samples(playground, seed, self.did)
        self._said = said

    async def join(self, threads: Iterable[Thread]) -> None:
        """The record's authors, nicknames as they are, and the sample voters."""
        authors = dict.fromkeys(author for thread in threads for author in thread.authors)
        for person in (*(Person(name, name, "#4a5568") for name in authors), *VOTERS):
            await self._playground.chat.add_person(person)

    async def act(self, thread: Thread, *, captured: bool) -> None:
        """One thread from its opening on, what the samples do with it, and an hour of quiet."""
        begin = self._capture if captured else self._suggest
        number, channel, root = await begin(thread)
        if root:
            self.acted.append(Acted(thread, channel, root))
        for reply in thread.replies:
            await self._say(reply, channel, root)
        if number is not None:
            await self._samples.vote(thread, number)
            await self._samples.escalate(number)
        await self._samples.decide()
        await self._playground.pass_time(_BETWEEN_THREADS)
        await self._playground.look()

    async def _suggest(self, thread: Thread) -> _Begun:
        """The opening goes into the form; its replies hang under the card."""
        author, playground = thread.opening.author, self._playground
        form = await playground.do("command", author, channel=_TALK, text="/suggest")
        typed = {"title": _title(thread), "body": thread.opening.text}
        values = {f["name"]: shorten(typed.get(f["name"], ""), f["limit"]) for f in form["fields"]}
        answer = await playground.do("submit", author, form=form["form"], values=values)
        if new := action(answer, "post:"):
            self.did["offers of similar ideas"] += 1
            answer = await playground.do("press", author, notice=answer["notice"], action=new)
        self._said()
        thanks = action(answer, "withdraw:")
        if thanks is None:
            self.did["openings refused"] += 1
            return None, _TALK, None
        self.did["suggested"] += 1
        number = int(thanks.partition(":")[2])
        return number, BOARD, await self._samples.card(number, PostingKind.CARD)

    async def _capture(self, thread: Thread) -> _Begun:
        """The opening is a message, to which Mo reacts; its replies hang under it."""
        root = await self._say(thread.opening, _TALK, None)
        await self._playground.react(MODERATOR, root, "💡")
        await self._playground.pass_time(1)
        async with self._playground.database.reading() as store:
            idea = await store.idea_at(MessageRef(NAME, _TALK, root))
        self.did["captured" if idea else "openings refused"] += 1
        return idea.number if idea else None, _TALK, root

    async def _say(self, said: Said, channel: str, root: str | None) -> str:
        """A message, a long one in several; the first of the thread."""
        for start in range(0, len(said.text), MESSAGE_LIMIT):
            text = said.text[start : start + MESSAGE_LIMIT]
            if text.strip():
                sent = await self._playground.say(said.author, channel, text, root)
                root = root or sent
        self._said()
        return root or ""


def _title(thread: Thread) -> str:
    """A forum's thread has a title; a chat's has only its opening words, cut off somewhere."""
    if thread.score is None:
        return title_of(thread.opening.text, len(thread.opening.text))
    return thread.title
