import asyncio

from bot.refs import AccountRef
from tests.storage.board import NOON, Board, after

EVE = AccountRef("discord", "eve")


async def test_an_account_is_made_with_a_member_at_first_sight_and_found_again(
    board: Board,
) -> None:
    async with board.database.transaction() as store:
        assert await store.find_account(EVE) is None
        eve = await store.account(EVE, "Eve", "fans", NOON)
        assert await store.account(EVE, "Eve", "fans", after(1)) == eve
        assert await store.find_account(EVE) == eve
    assert eve.member not in {board.member(name) for name in board.accounts}


async def test_a_new_name_and_a_renamed_connection_are_kept(board: Board) -> None:
    eve = await board.join("Eve")
    async with board.database.transaction() as store:
        await store.account(eve.ref, "Eva\0", "customers", NOON)
    async with board.database.reading() as store:
        seen = await store.find_account(eve.ref)
    assert seen
    assert (seen.id, seen.member) == (eve.id, eve.member)
    assert (seen.name, seen.connection) == ("Eva", "customers")


async def test_a_name_that_the_platform_did_not_tell_changes_nothing(board: Board) -> None:
    eve = await board.join("Eve")
    async with board.database.transaction() as store:
        assert (await store.account(eve.ref, "", eve.connection, NOON)).name == "Eve"
        stranger = AccountRef("discord", "stranger")
        assert (await store.account(stranger, "", "fans", NOON)).name == "somebody"
        assert (await store.account(stranger, "Sam", "fans", after(1))).name == "Sam"


async def test_a_known_account_costs_one_statement(board: Board, statements: list[str]) -> None:
    statements.clear()
    await board.join("Ana")
    assert len(statements) == 1


async def test_twenty_first_sights_at_once_make_one_account(board: Board) -> None:
    seen = await asyncio.gather(*(board.join("Eve") for _ in range(20)))
    assert len(set(seen)) == 1
    async with board.database.reading() as store:
        assert await store.reach(seen[0].member, "fans") == seen[0]


async def test_a_member_is_reached_where_asked_and_else_on_their_oldest_account(
    board: Board,
) -> None:
    ana = board.accounts["Ana"]
    await board.join("Ana on Discord", "fans", "discord")
    await board.link("Ana on Discord", to="Ana")
    async with board.database.reading() as store:
        on_fans = await store.reach(ana.member, "fans")
        assert on_fans
        assert on_fans.ref == board.accounts["Ana on Discord"].ref
        assert await store.reach(ana.member, "nowhere") == ana
        assert await store.reach(999, "fans") is None


async def test_blocks_and_mutes_say_whether_they_changed_anything(board: Board) -> None:
    ana, idea = board.member("Ana"), await board.idea()
    turns, came = (True, True, False, False), [True, False, True, False]
    async with board.database.transaction() as store:
        assert [await store.set_muted(ana, on, NOON) for on in turns] == came
        assert [await store.block_author(idea.number, on, NOON) for on in turns] == came
        assert not await store.block_author(999, True, NOON)


async def test_a_mute_holds_on_every_account_of_the_member(board: Board) -> None:
    elsewhere = await board.join("Ana on Discord", "fans", "discord")
    await board.link("Ana on Discord", to="Ana")
    async with board.database.transaction() as store:
        assert not await store.is_muted(elsewhere.ref)
        await store.set_muted(board.member("Ana"), True, NOON)
        assert await store.is_muted(elsewhere.ref)
        assert not await store.is_muted(board.accounts["Ben"].ref)


async def test_standing_counts_recent_ideas_for_whoever_brought_them(board: Board) -> None:
    await board.idea("Old", at=after(-100))
    await board.idea("Recent", at=after(1))
    captured = await board.idea("Captured from Ben", "Ben", at=after(1))
    async with board.database.transaction() as store:
        await store.block_author(captured.number, True, NOON)
        assert await store.standing(board.member("Ana"), NOON) == (False, 1)
        assert await store.standing(board.member("Ben"), NOON) == (True, 1)
    assert captured.author == board.member("Ben")
