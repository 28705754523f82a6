"""One person, several accounts: what counts as theirs, and that unlinking is exact."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.ideas import Audience, Idea, IdeaStatus
from bot.prompts import Shown
from bot.store import Shelf
from storage import schema
from tests.storage.board import NOON, Board, after, message

ANA, FAN, EVE = "Ana", "Ana on Discord", "Ana at work"


@pytest.fixture
async def ana(board: Board) -> Board:
    """Ana has an account on Discord and one at work, too, and all three stand alone."""
    await board.join(FAN, "fans", "discord")
    await board.join(EVE, "work", "slack:T1")
    return board


async def _shelf(board: Board, who: str, shelf: Shelf) -> set[int]:
    viewer = board.viewer(who, connection=board.accounts[who].connection)
    viewer = replace(viewer, shows_all=True)
    async with board.database.reading() as store:
        return {idea.number for idea in await store.shelf(viewer, shelf, 50, 0)}


async def _rows(board: Board) -> dict[str, list[str]]:
    """Every row of every table, but for how often a card has changed."""
    async with board.database.reader.connect() as connection:
        return {
            one.name: sorted(
                repr(tuple(row))
                for row in await connection.execute(
                    select(*(column for column in one.c if column.name != "version"))
                )
            )
            for one in schema.metadata.sorted_tables
        }


async def _decide(board: Board, idea: Idea, by: str = "Pia") -> int:
    async with board.database.transaction() as store:
        return await store.add_decision(
            idea, IdeaStatus.PLANNED, "Yes", board.member(by), False, NOON
        )


async def _told(board: Board, decision: int) -> list[str]:
    async with board.database.transaction() as store:
        return [account.name for account in await store.tell(decision, NOON)]


async def test_each_account_keeps_its_member_and_all_are_one_person(ana: Board) -> None:
    await ana.link(FAN, to=ANA)
    async with ana.database.reading() as store:
        found = await store.find_account(ana.accounts[FAN].ref)
        names = [account.name for account in await store.accounts_of(ana.member(FAN))]
    assert found
    assert (found.member, found.person) == (ana.member(FAN), ana.member(ANA))
    assert names == [ANA, FAN]


async def test_what_is_theirs_is_theirs_on_every_account(ana: Board) -> None:
    hers, fans = await ana.idea("Dark mode"), await ana.idea("Offline maps", FAN)
    followed = await ana.idea("Export", "Ben")
    async with ana.database.transaction() as store:
        await store.set_follow(followed.number, ana.member(FAN), True, NOON)
        await store.add_question(fans.number, "Where?", ana.member("Pia"), NOON)
    await ana.link(FAN, to=ANA)
    for who in (ANA, FAN):
        assert await _shelf(ana, who, "mine") == {hers.number, fans.number}
        assert await _shelf(ana, who, "following") == {followed.number}
        async with ana.database.reading() as store:
            assert [one.text for one in await store.open_questions(ana.member(who))] == ["Where?"]
            assert await store.standing(ana.member(who), NOON) == (False, 2)
    await ana.unlink(FAN)
    assert await _shelf(ana, ANA, "mine") == {hers.number}
    assert await _shelf(ana, ANA, "following") == set()
    assert await _shelf(ana, FAN, "mine") == {fans.number}
    assert await _shelf(ana, FAN, "following") == {followed.number}


async def test_what_only_its_author_may_see_is_seen_on_both_accounts(ana: Board) -> None:
    secret = await ana.idea("Xylophone mode", audience=Audience.INBOX)
    fan = ana.viewer(FAN, connection="fans")
    assert await ana.found("xylophone", fan) == []
    await ana.link(FAN, to=ANA)
    fan = ana.viewer(FAN, connection="fans")
    assert (await ana.now(secret)).visible_to(fan)
    assert await _shelf(ana, FAN, "mine") == {secret.number}
    assert await ana.found("xylophone", fan) == [secret.number]


async def test_those_who_asked_are_counted_as_persons(ana: Board) -> None:
    idea = await ana.idea("Dark mode")
    await ana.vote(idea, FAN)
    await ana.link(FAN, to=ANA)
    async with ana.database.reading() as store:
        assert await store.asked_by(idea.number) == 1
        assert await store.supports(idea.number, ana.member(ANA))
        assert not await store.others_voted(idea.number, ana.member(ANA))
        assert await store.others_voted(idea.number, ana.member("Ben"))
    await ana.unlink(ANA)
    async with ana.database.reading() as store:
        assert await store.asked_by(idea.number) == 2
        assert not await store.supports(idea.number, ana.member(ANA))
        assert await store.others_voted(idea.number, ana.member(ANA))


async def test_only_what_both_stand_behind_is_to_be_counted_again(ana: Board) -> None:
    top, merged, other = [await ana.idea(title, "Ben") for title in ("One", "Two", "Three")]
    await ana.vote(top, ANA)
    await ana.vote(merged, FAN)
    await ana.vote(other, FAN)
    async with ana.database.transaction() as store:
        assert await store.link(ana.member(ANA), ana.member(FAN)) == []
        assert await store.unlink(ana.member(FAN)) == []
    await ana.merge(merged, into=top)
    assert await ana.votes(top) == 2
    async with ana.database.transaction() as store:
        assert await store.link(ana.member(FAN), ana.member(ANA)) == [top.number]
        assert await store.retally(top.number) == 1
        assert await store.unlink(ana.member(ANA)) == [top.number]
        assert await store.retally(top.number) == 2


async def test_three_accounts_are_one_and_each_leaves_by_itself(ana: Board) -> None:
    idea = await ana.idea("Dark mode", "Ben")
    for who in (ANA, FAN, EVE):
        await ana.vote(idea, who)
    await ana.link(FAN, to=ANA)
    await ana.link(EVE, to=FAN)
    assert (await ana.now(idea)).votes == 1
    await ana.unlink(ANA)
    assert (await ana.now(idea)).votes == 2
    async with ana.database.reading() as store:
        left = [account.name for account in await store.accounts_of(ana.member(EVE))]
        alone = [account.name for account in await store.accounts_of(ana.member(ANA))]
    assert (left, alone) == ([FAN, EVE], [ANA])
    await ana.unlink(EVE)
    assert (await ana.now(idea)).votes == 3
    async with ana.database.reading() as store:
        assert len(await store.accounts_of(ana.member(FAN))) == 1


async def test_linking_again_and_unlinking_nobody_change_nothing(ana: Board) -> None:
    await ana.link(FAN, to=ANA)
    before = await ana.everything()
    async with ana.database.transaction() as store:
        assert await store.link(ana.member(ANA), ana.member(FAN)) == []
        assert await store.unlink(ana.member("Ben")) == []
    assert await ana.everything() == before


async def test_a_link_and_its_undoing_leave_the_tables_as_they_were(ana: Board) -> None:
    idea = await ana.idea("Dark mode")
    await ana.vote(idea, FAN)
    async with ana.database.transaction() as store:
        await store.set_follow(idea.number, ana.member(FAN), True, NOON)
    before = await _rows(ana)
    await ana.link(FAN, to=ANA)
    assert await _rows(ana) != before
    async with ana.database.transaction() as store:
        assert not await store.set_follow(idea.number, ana.member(FAN), True, after(1))
    await ana.unlink(FAN)
    assert await _rows(ana) == before


Change = Callable[[Board, bool], Awaitable[bool]]


async def _mute(board: Board, on: bool) -> bool:
    async with board.database.transaction() as store:
        return await store.set_muted(board.member(FAN), on, NOON)


async def _opt_out(board: Board, on: bool) -> bool:
    async with board.database.transaction() as store:
        return await store.set_opted_out(board.member(FAN), on, NOON)


async def _block(board: Board, on: bool) -> bool:
    async with board.database.transaction() as store:
        return await store.block_author(1, on, NOON)


async def _holds(board: Board, change: Change, who: str) -> bool:
    account = board.accounts[who]
    async with board.database.reading() as store:
        if change is _mute:
            return await store.is_muted(account.ref)
        if change is _opt_out:
            return bool(await store.opted_out([account.ref]))
        return (await store.standing(account.member, NOON))[0]


@pytest.mark.parametrize("change", [_mute, _opt_out, _block])
async def test_what_holds_for_one_account_holds_for_the_person(ana: Board, change: Change) -> None:
    await ana.idea("Offline maps", FAN)
    assert await change(ana, True)
    assert not await _holds(ana, change, ANA)
    await ana.link(FAN, to=ANA)
    assert await _holds(ana, change, ANA)
    assert not await change(ana, True)
    await ana.unlink(FAN)
    assert not await _holds(ana, change, ANA)
    assert await _holds(ana, change, FAN)
    await ana.link(FAN, to=ANA)
    assert await change(ana, False)
    assert not await _holds(ana, change, FAN)


async def test_what_a_model_made_of_whoever_opted_out_elsewhere_is_forgotten(ana: Board) -> None:
    async with ana.database.transaction() as store:
        for who in (ANA, "Ben"):
            shown = (Shown(message(who), ana.accounts[who].ref),)
            await store.keep_answer(who, "It is dark.", shown, NOON)
    await ana.link(EVE, to=ANA)
    async with ana.database.transaction() as store:
        assert await store.kept_answer(ANA)
        await store.set_opted_out(ana.member(FAN), True, NOON)
    await ana.link(FAN, to=ANA)
    async with ana.database.reading() as store:
        assert await store.kept_answer(ANA) is None
        assert await store.kept_answer("Ben")


async def test_a_decision_is_told_once_and_to_one_account(ana: Board) -> None:
    idea = await ana.idea("Dark mode")
    async with ana.database.transaction() as store:
        await store.set_follow(idea.number, ana.member(FAN), True, NOON)
        await store.set_follow(idea.number, ana.member("Ben"), True, NOON)
    await ana.link(FAN, to=ANA)
    decision = await _decide(ana, idea)
    assert await _told(ana, decision) == [ANA, "Ben"]
    assert await _told(ana, decision) == []
    await ana.unlink(FAN)
    assert await _told(ana, decision) == [], "both were told of that one"
    assert await _told(ana, await _decide(ana, idea)) == [ANA, "Ben", FAN]


async def test_who_was_told_before_the_link_is_not_told_again(ana: Board) -> None:
    idea = await ana.idea("Dark mode")
    decision = await _decide(ana, idea)
    assert await _told(ana, decision) == [ANA]
    async with ana.database.transaction() as store:
        await store.set_follow(idea.number, ana.member(FAN), True, NOON)
    await ana.link(FAN, to=ANA)
    assert await _told(ana, decision) == []


async def test_the_decider_and_the_muted_are_not_told_on_another_account(ana: Board) -> None:
    idea = await ana.idea("Dark mode")
    await ana.link(FAN, to=ANA)
    assert await _told(ana, await _decide(ana, idea, by=FAN)) == []
    await _mute(ana, True)
    assert await _told(ana, await _decide(ana, idea)) == []


async def test_erasing_erases_the_whole_person_and_nobody_else(ana: Board) -> None:
    hers, bens = await ana.idea("Dark mode", EVE), await ana.idea("Export", "Ben")
    await ana.vote(bens, FAN)
    await ana.vote(bens, "Chloé")
    await ana.link(FAN, to=ANA)
    await ana.link(EVE, to=FAN)
    async with ana.database.transaction() as store:
        held = await store.held_data(ana.member(EVE))
        assert [one["name"] for one in held["accounts"]] == [ANA, FAN, EVE]
        assert await store.erase(ana.member(EVE), False, NOON) == [hers.number, bens.number]
    assert ((await ana.now(hers)).author, (await ana.now(bens)).votes) == (None, 1)
    async with ana.database.reading() as store:
        for who in (ANA, FAN, EVE):
            assert await store.find_account(ana.accounts[who].ref) is None
        assert await store.find_account(ana.accounts["Ben"].ref)


async def test_the_schema_knows_who_may_stand_for_whom(ana: Board) -> None:
    ben = ana.member("Ben")
    row = update(schema.members).where(schema.members.c.id == ben)
    new = insert(schema.members).values(id=10_000, joined_at=NOON, person=9_999)
    for wrong in (row.values(person=ben), row.values(person=ben + 1), new):
        async with ana.database.writer.connect() as connection:
            with pytest.raises(IntegrityError):
                await connection.execute(wrong)


async def test_twenty_links_and_unlinks_at_once_leave_whole_persons(board: Board) -> None:
    names = [f"Person {n}" for n in range(8)]
    for name in names:
        await board.join(name)

    async def change(turn: int) -> None:
        one, other = names[turn % 8], names[turn * 3 % 7]
        async with board.database.transaction() as store:
            await store.hold_links()
            if turn % 5 == 0:
                await store.unlink(board.member(one))
            else:
                await store.link(board.member(one), board.member(other))

    await asyncio.gather(*map(change, range(20)))
    async with board.database.reading() as store:
        persons = {name: await store.accounts_of(board.member(name)) for name in names}
    for name, accounts in persons.items():
        assert name in [account.name for account in accounts]
        assert len({account.person for account in accounts}) == 1
        for account in accounts:
            assert persons[account.name] == accounts


async def _done_or_waiting(board: Board, task: asyncio.Task[None]) -> None:
    """Until it is done, or waits for a transaction that is open."""
    if board.database.writer.dialect.name == "sqlite":  # where the writer is one's alone
        return
    waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
    while not task.done():
        async with board.database.reader.connect() as connection:
            if await connection.scalar(text(f"{waits} AND wait_event_type = 'Lock'")):
                return


@pytest.mark.parametrize("linked", [True, False])
async def test_a_vote_given_while_accounts_are_linked_or_unlinked_counts_right(
    ana: Board, linked: bool
) -> None:
    idea = await ana.idea("Dark mode", "Ben")
    await ana.vote(idea, ANA)
    if not linked:
        await ana.link(FAN, to=ANA)

    async def change() -> None:
        await (ana.link(FAN, to=ANA) if linked else ana.unlink(FAN))

    async with ana.database.transaction() as store:
        await store.idea(idea.number, lock=True)
        await store.set_vote(idea.number, ana.accounts[FAN].id, "button", True, NOON)
        await store.retally(idea.number)
        task = asyncio.create_task(change())
        await _done_or_waiting(ana, task)
    await task
    assert (await ana.now(idea)).votes == (1 if linked else 2)


# ── codes ──
async def _type(board: Board, by: str, hashed: str = "x", since: float = -600) -> int | None:
    async with board.database.transaction() as store:
        by_account = board.accounts[by].id
        typed = await store.typed_code(hashed, by_account, after(since))
        return typed.id if typed and await store.bind_code(typed.id, by_account) else None


async def _use(board: Board, code: int, by: str, since: float = -600) -> str | None:
    async with board.database.transaction() as store:
        owner = await store.use_code(code, board.accounts[by].id, after(since))
    return owner.name if owner else None


async def _show(board: Board, who: str = ANA, hashed: str = "x") -> None:
    async with board.database.transaction() as store:
        await store.add_code(board.accounts[who].id, hashed, NOON)


async def test_a_code_is_used_once_by_the_account_that_typed_it_first(ana: Board) -> None:
    await _show(ana)
    code = await _type(ana, FAN)
    assert code
    assert await _type(ana, FAN) == code
    assert await _type(ana, "Ben") is None
    assert await _use(ana, code, "Ben") is None
    assert await _use(ana, code, FAN) == ANA
    assert await _use(ana, code, FAN) is None
    assert await _type(ana, FAN) is None


async def test_a_code_expires_and_a_new_one_takes_its_place(ana: Board) -> None:
    await _show(ana)
    code = await _type(ana, FAN)
    assert code
    assert await _type(ana, FAN, since=1) is None
    assert await _use(ana, code, FAN, since=1) is None
    await _show(ana, hashed="y")
    assert await _type(ana, FAN) is None
    assert await _use(ana, code, FAN) is None
    assert await _type(ana, FAN, "y")
    async with ana.database.transaction() as store:
        assert await store.codes_shown(ana.accounts[ANA].id, after(-600)) == 2
        assert await store.codes_shown(ana.accounts[ANA].id, after(1)) == 0


async def test_a_refused_code_is_void_for_everybody(ana: Board) -> None:
    await _show(ana)
    code = await _type(ana, FAN)
    assert code
    async with ana.database.transaction() as store:
        assert not await store.drop_code(code, ana.accounts["Ben"].id)
        assert await store.drop_code(code, ana.accounts[FAN].id)
        assert not await store.drop_code(code, ana.accounts[FAN].id)
    assert await _type(ana, FAN) is None
    assert await _use(ana, code, FAN) is None


async def test_of_twenty_who_type_a_code_at_once_one_gets_it(board: Board) -> None:
    names = [f"Person {n}" for n in range(20)]
    for name in names:
        await board.join(name)
    await _show(board)
    got = await asyncio.gather(*(_type(board, name) for name in names))
    assert len([code for code in got if code]) == 1


async def test_of_twenty_presses_at_once_one_uses_the_code(ana: Board) -> None:
    await _show(ana)
    code = await _type(ana, FAN)
    assert code
    used = await asyncio.gather(*(_use(ana, code, FAN) for _ in range(20)))
    assert [name for name in used if name] == [ANA]


async def test_wrong_codes_are_counted_for_each_account_however_fast(ana: Board) -> None:
    account = ana.accounts[FAN].id

    async def guess() -> bool:
        async with ana.database.transaction() as store:
            if await store.wrong_codes(account, after(-1)) >= 5:
                return False
            await store.add_wrong_code(account, NOON)
            return True

    assert sum(await asyncio.gather(*(guess() for _ in range(12)))) == 5
    async with ana.database.transaction() as store:
        assert await store.wrong_codes(ana.accounts[ANA].id, after(-1)) == 0


async def test_codes_go_after_a_day_and_with_their_account(ana: Board) -> None:
    await _show(ana)
    assert await _type(ana, FAN)
    async with ana.database.transaction() as store:
        await store.add_wrong_code(ana.accounts["Ben"].id, NOON)
        await store.erase(ana.member(FAN), False, NOON)
    assert await _type(ana, "Ben") is None
    await _show(ana, "Ben", "y")
    await ana.database.queue.prune(after(90_000))
    async with ana.database.transaction() as store:
        assert await store.codes_shown(ana.accounts["Ben"].id, after(-600)) == 0
        assert await store.wrong_codes(ana.accounts["Ben"].id, after(-600)) == 0
