"""What the record lacks, made up from a seed: voters, escalations and decisions.

All of it says "sample": the voters' names, the team's reasons, and the counts printed at the end.
"""

from collections import Counter
from random import Random

from adapters.playground.rows import Person
from bench.playground import Playground
from bench.replay.record import Thread
from bot.postings import PostingKind

MOST_VOTES = 40
"""A higher score is cut: so many sample people there are."""
VOTERS = tuple(Person(f"sample-{n}", f"Sample {n}", "#718096") for n in range(1, MOST_VOTES + 1))
MODERATOR, TEAM = "mo", "pia"

_UNSCORED = 6
_ESCALATED = 0.15
_DECIDED = 0.3
_WAYS = {("press",): 5, ("react",): 4, ("press", "react"): 1}
_DONE = {"plan": "plans", "ship": "shipments", "decline": "refusals", "answer": "answers"}
REASONS = {
    "decline": "A sample decision: there is a better way to get this done already.",
    "answer": "A sample answer: it works today, under a different name.",
}


class Samples:
    """The same seed makes the same community. `did` counts what was done."""

    def __init__(self, playground: Playground, seed: int, did: Counter[str]) -> None:
        self._playground = playground
        self._random = Random(seed)
        self._did = did
        self._undecided: list[int] = []

    async def vote(self, thread: Thread, number: int) -> None:
        """Sample people vote, as many as the opening's score, or a few where there is none. Some
        both press and react: that is one vote."""
        card = await self.card(number, PostingKind.CARD)
        score = self._random.randint(0, _UNSCORED) if thread.score is None else thread.score
        for voter in self._random.sample(VOTERS, min(max(score, 0), MOST_VOTES)):
            (ways,) = self._random.choices([*_WAYS], [*_WAYS.values()])
            if "press" in ways:
                await self._playground.do("press", voter.id, message=card, action=f"vote:{number}")
            if "react" in ways:
                await self._playground.react(voter.id, card, "👍")
            self._did["sample votes" if thread.score is None else "votes by score"] += 1

    async def escalate(self, number: int) -> None:
        """Now and then Mo sends an idea to the product team."""
        if self._random.random() < _ESCALATED:
            card = await self.card(number, PostingKind.CARD)
            await self._playground.react(MODERATOR, card, "🚀")
            self._did["sample escalations"] += 1
        await self._playground.heard()  # enough votes by reaction escalate, too
        async with self._playground.database.reading() as store:
            idea = await store.idea(number)
        if idea and idea.escalated:
            self._undecided.append(number)

    async def decide(self) -> None:
        """Now and then Pia takes up an idea that Mo, or enough votes, sent to the inbox."""
        if not self._undecided or self._random.random() >= _DECIDED:
            return
        number = self._undecided.pop(self._random.randrange(len(self._undecided)))
        kind = self._random.choice([*_DONE])
        if kind in REASONS:
            form = await self._press(number, f"{kind}:{number}")
            values = {"reason": REASONS[kind]}
            await self._playground.do("submit", TEAM, form=form, values=values)
        else:
            await self._press(number, f"decide:{number}:planned")
        if kind == "ship":
            await self._playground.pass_time(3600)
            await self._press(number, f"decide:{number}:shipped")
        self._did[f"sample {_DONE[kind]}"] += 1

    async def _press(self, number: int, beginning: str) -> str:
        """Pia presses a button of the card in the inbox; the form's handle, if one opens."""
        card = await self.card(number, PostingKind.INBOX)
        button = await self._playground.button(card, beginning)
        answer = await self._playground.do("press", TEAM, message=card, action=button)
        return str(answer.get("form", ""))

    async def card(self, number: int, kind: PostingKind) -> str:
        """The message that shows an idea, once it has been posted."""
        await self._playground.pass_time(2)
        async with self._playground.database.reading() as store:
            posting = await store.posting(number, kind)
        if posting is None:
            raise LookupError(f"idea {number} has no {kind} card")
        return posting.message.message
