"""Whatever is linked, merged, voted and undone, in any order: as a few lines of Python say."""

from dataclasses import dataclass, field, replace
from random import Random

import pytest

from bot.ideas import Idea
from tests.storage.board import Board, after

PEOPLE = ("Ana", "Ben", "Chloé", "Dmitri", "Mo", "Pia")
IDEAS = 4
STEPS = 40


@dataclass
class Model:
    """Who is one person with whom, what is merged into what, and who voted for what."""

    persons: list[set[str]] = field(default_factory=lambda: [{name} for name in PEOPLE])
    above: dict[int, int] = field(default_factory=dict)
    votes: set[tuple[int, str]] = field(default_factory=set)

    def person(self, name: str) -> set[str]:
        return next(person for person in self.persons if name in person)

    def link(self, one: str, other: str) -> None:
        both = self.person(one) | self.person(other)
        self.persons = [*(person for person in self.persons if not person & both), both]

    def unlink(self, name: str) -> None:
        rest = [person - {name} for person in self.persons]
        self.persons = [*(person for person in rest if person), {name}]

    def family(self, idea: int) -> set[int]:
        below = {one for one, into in self.above.items() if into == idea}
        return {idea}.union(*(self.family(one) for one in below))

    def tally(self, idea: int) -> int:
        family = self.family(idea)
        voters = {frozenset(self.person(who)) for one, who in self.votes if one in family}
        return len(voters)

    def support(self, idea: int, who: str) -> bool:
        family, person = self.family(idea), self.person(who)
        return any(one in family and voter in person for one, voter in self.votes)


async def _step(board: Board, model: Model, ideas: list[Idea], random: Random, turn: int) -> None:
    who, other = random.sample(PEOPLE, 2)
    one, into = random.sample(range(IDEAS), 2)
    match random.choice(("link", "unlink", "vote", "vote", "vote", "clear", "merge", "unmerge")):
        case "link":
            await board.link(who, to=other)
            model.link(who, other)
        case "unlink":
            await board.unlink(who)
            model.unlink(who)
        case "vote":
            await _vote(board, model, ideas, one, who, turn)
        case "clear":
            async with board.database.transaction() as store:
                number = ideas[one].number
                await store.clear_votes(number, board.member(who), after(turn))
            await _count(board, ideas)
            gone = {(idea, name) for idea in model.family(one) for name in model.person(who)}
            model.votes -= gone
        case "merge" if one not in model.above and into not in model.family(one):
            await board.merge(ideas[one], ideas[into])
            await _count(board, ideas)
            model.above[one] = into
        case "unmerge" if one in model.above:
            await board.merge(ideas[one], None)
            await _count(board, ideas)
            del model.above[one]


async def _vote(
    board: Board, model: Model, ideas: list[Idea], one: int, who: str, turn: int
) -> None:
    active = (one, who) not in model.votes
    await board.vote(ideas[one], who, active, at=after(turn))
    model.votes ^= {(one, who)}
    await _count(board, [ideas[n] for n in _up(model, one)])


def _up(model: Model, idea: int) -> list[int]:
    return [idea, *(_up(model, model.above[idea]) if idea in model.above else [])]


async def _count(board: Board, ideas: list[Idea]) -> None:
    for idea in ideas:
        await board.votes(idea)


async def _check(board: Board, model: Model, ideas: list[Idea]) -> None:
    """The stored tallies, which a link or its undoing keeps right by itself."""
    async with board.database.reading() as store:
        for place, idea in enumerate(ideas):
            found = await store.idea(idea.number)
            assert found
            assert found.votes == model.tally(place)
            for who in PEOPLE:
                told = await store.supports(idea.number, board.member(who))
                assert told == model.support(place, who)
        for who in PEOPLE:
            accounts = await store.accounts_of(board.member(who))
            assert {account.name for account in accounts} == model.person(who)


@pytest.mark.parametrize("seed", range(4))
async def test_any_sequence_counts_as_the_model_says_and_undoes_exactly(
    board: Board, seed: int
) -> None:
    random, model = Random(seed), Model()  # noqa: S311 - a fixed sequence
    ideas = [await board.idea(f"Idea {n}", "Ana") for n in range(IDEAS)]
    for turn in range(1, STEPS):
        await _step(board, model, ideas, random, turn)
        await _check(board, model, ideas)
    for who in PEOPLE:
        await board.unlink(who)
        model.unlink(who)
    await _check(board, model, ideas)
    alone = replace(model, persons=[{name} for name in PEOPLE])
    assert [(await board.now(idea)).votes for idea in ideas] == [
        alone.tally(place) for place in range(IDEAS)
    ]
