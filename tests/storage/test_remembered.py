"""A model's answers are kept for a while, and go with any message it was shown."""

from bot.prompts import Shown
from tests.storage.board import NOON, Board, message


async def _kept(board: Board, *keys: str) -> list[str | None]:
    async with board.database.reading() as store:
        return [await store.kept_answer(key) for key in keys]


async def _keep(board: Board, key: str, text: str, *said: tuple[str, str]) -> None:
    shown = [Shown(message(name), board.accounts[who].ref) for who, name in said]
    async with board.database.transaction() as store:
        await store.keep_answer(key, text, shown, NOON)


async def _two(board: Board) -> None:
    await _keep(board, "a", "Ana and Ben", ("Ana", "m1"), ("Ben", "m2"))
    await _keep(board, "b", "Ben", ("Ben", "m3"))


async def test_an_answer_is_kept_and_the_first_one_stays(board: Board) -> None:
    await _two(board)
    await _keep(board, "a", "another", ("Ana", "m9"))
    assert await _kept(board, "a", "b", "c") == ["Ana and Ben", "Ben", None]


async def test_one_of_no_use_is_dropped_and_may_be_kept_anew(board: Board) -> None:
    await _two(board)
    async with board.database.transaction() as store:
        await store.drop_answer("a")
    assert await _kept(board, "a", "b") == [None, "Ben"]
    await _keep(board, "a", "another")
    assert await _kept(board, "a") == ["another"]


async def test_it_goes_with_a_message_that_is_deleted_or_edited(board: Board) -> None:
    await _two(board)
    async with board.database.transaction() as store:
        await store.drop_quotes(message("m1"))
    assert await _kept(board, "a", "b") == [None, "Ben"]
    async with board.database.transaction() as store:
        await store.drop_changed_quotes(message("m3"), "Ben again", NOON)
    assert await _kept(board, "b") == [None]


async def test_it_goes_with_any_of_several_messages(board: Board) -> None:
    await _two(board)
    async with board.database.transaction() as store:
        await store.drop_answers_about({message("m2"), message("m8")})
    assert await _kept(board, "a", "b") == [None, "Ben"]


async def test_it_goes_with_a_member_and_with_their_consent(board: Board) -> None:
    await _two(board)
    ana, ben = board.accounts["Ana"].member, board.accounts["Ben"].member
    async with board.database.reading() as store:
        held = (await store.held_data(ana))["shown"]
    assert [one["message"] for one in held] == [str(message("m1"))]
    async with board.database.transaction() as store:
        await store.erase(ana, False, NOON)
    assert await _kept(board, "a", "b") == [None, "Ben"]
    async with board.database.transaction() as store:
        await store.set_opted_out(ben, True, NOON)
    assert await _kept(board, "b") == [None]
