"""Of most messages nothing is known, and one question tells."""

from collections.abc import Awaitable, Callable

import pytest

from bot.refs import ThreadRef, emoji
from bot.results import React
from bot.summaries import Citation, Part, Quote, Statement, Summary, Writing
from tests.storage.board import IDEAS, NOON, Board, message, origin

Deed = Callable[[Board], Awaitable[object]]


async def an_idea_comes_from_it(board: Board) -> None:
    await board.idea(origin=origin("m1"))


async def it_is_a_card(board: Board) -> None:
    await board.post(await board.idea(), name="m1")


async def it_is_marked(board: Board) -> None:
    async with board.database.transaction() as store:
        await store.set_mark(message("m1"), board.accounts["Mo"].id, "capture", True, NOON)


async def it_is_quoted(board: Board) -> None:
    ana = board.accounts["Ana"]
    await keep(board, Quote(Part.POINT, message("m1"), ana.ref, "Ana", "Dark mode", "/m1"))


async def a_model_cites_it(board: Board) -> None:
    cited = Citation(message("m1"), board.accounts["Ana"].ref, "Ana", "/m1")
    told = Statement(Part.POINT, "They want a dark mode.", (cited,))
    await keep(board, writing=Writing("a-model", 1, (told,)))


async def keep(board: Board, *quotes: Quote, writing: Writing | None = None) -> None:
    thread = ThreadRef("community", "general", "m0")
    summary = Summary(thread, quotes, 9, 3, NOON, NOON, writing=writing)
    authors = {account.ref: account.id for account in board.accounts.values()}
    async with board.database.transaction() as store:
        await store.keep_summary(summary, authors, "/m0", NOON)


@pytest.mark.parametrize(
    "deed",
    [an_idea_comes_from_it, it_is_a_card, it_is_marked, it_is_quoted, a_model_cites_it],
)
async def test_a_message_is_known_once(board: Board, deed: Deed) -> None:
    await deed(board)
    async with board.database.reading() as store:
        assert await store.knows_message(message("m1"))
        assert not await store.knows_message(message("m2"))


async def test_a_reaction_of_our_own_that_waits_is_no_reason(board: Board) -> None:
    await board.enqueue(React(message("m1"), IDEAS, emoji("✅")))
    async with board.database.reading() as store:
        assert not await store.knows_message(message("m1"))
