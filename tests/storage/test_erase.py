import json
from pathlib import Path

from sqlalchemy import make_url

from bot.ideas import Idea, IdeaStatus
from bot.people import Account
from bot.ports import QueueRow
from bot.postings import SUMMARIES
from bot.prompts import Shown
from bot.refs import ChannelRef, ThreadRef
from bot.results import Direct, Edit, Followup, Job, Post, Subject
from bot.summaries import Citation, Part, Quote, Statement, Summary, Writing
from tests.storage.board import IDEAS, INBOX, NOON, Board, after, message, origin

THREAD = ThreadRef("community", "general", "m1")


async def _life_of_zoe(board: Board) -> tuple[Idea, Idea]:
    """Zoë has done everything a person can do; her idea, and one of Ana's she voted for."""
    zoe = await board.join("Zoëtrope")
    await _summarise(board, zoe)
    hers = await board.idea("Xylophone mode", by="Zoëtrope", origin=origin("m1"))
    anas = await board.idea("Dark mode")
    decided = hers.number, board.member("Pia")
    async with board.database.transaction() as store:
        question = await store.add_question(*decided[:1], "Which key?", decided[1], NOON)
        await store.set_answer(question, "Xylophone in C, says Zoëtrope", NOON)
        await store.save_draft(zoe, "suggest", {"title": "Xylophone draft"}, NOON)
        await store.set_follow(anas.number, zoe.member, True, NOON)
        await store.block_author(hers.number, True, NOON)
        await store.set_mark(message("m2"), zoe.id, "capture", True, NOON)
        decision = await store.add_decision(
            anas, IdeaStatus.PLANNED, "It fits", zoe.member, False, NOON
        )
        told = await store.add_decision(
            hers, IdeaStatus.PLANNED, "It fits", board.member("Pia"), False, NOON
        )
        assert [account.name for account in await store.tell(told, NOON)] == ["Zoëtrope"]
        assert await store.tell(decision, NOON)
        await store.escalate(anas.number, INBOX, zoe.member, NOON)
        await store.set_merged(anas.number, None, zoe.member, NOON)
        await store.set_muted(zoe.member, True, NOON)
        await store.set_opted_out(zoe.member, True, NOON)
        shown = (Shown(message("m1"), zoe.ref),)
        await store.keep_answer("digest", "Xylophone, says Zoëtrope.", shown, NOON)
        await store.add_code(zoe.id, "xylo-code", NOON)
        await store.add_wrong_code(zoe.id, NOON)
        await store.offer_title(hers.number, "Xylophones", NOON)
        await store.audit("submitted", hers.number, zoe.member, NOON)
        await store.enqueue((Direct(zoe.ref, "community", Subject("decision", told)),), NOON)
    await board.vote(anas, "Zoëtrope")
    await board.vote(anas, "Ben")
    return hers, anas


async def _summarise(board: Board, who: Account) -> None:
    """Quoted with one thing, told of it in a direct message, and waiting for another summary."""
    quote = Quote(Part.POINT, message("m9"), who.ref, who.name, "Xylophone!", "/m9")
    cited = Citation(message("m9"), who.ref, who.name, "/m9")
    told = Statement(Part.POINT, "Zoëtrope likes the xylophone.", (cited,))
    writing = Writing("a model", 3, (told,))
    summary = Summary(THREAD, (quote,), 3, 2, NOON, NOON, writing=writing)
    subject = Subject("summary", 1)
    async with board.database.transaction() as store:
        await store.keep_summary(summary, {who.ref: who.id}, "/m1", NOON)
    await board.enqueue(Direct(who.ref, "community", subject))
    line = ChannelRef("community", "dm-zoe")
    await board.database.queue.sent(await board.took(), message("d1", line), NOON)
    await board.enqueue(
        Edit(1, SUMMARIES),
        Followup("handle-of-zoe", who.ref, "community", subject),
        Job("summarize", 0, thread=THREAD, account=who.ref, handle="handle-of-zoe"),
    )


def _only_file(folder: Path) -> bytes:
    (file,) = folder.iterdir()
    return file.read_bytes().lower()


async def _erase(board: Board, who: str, *, words: bool = False) -> list[int]:
    async with board.database.transaction() as store:
        return list(await store.erase(board.member(who), words, after(1)))


async def test_erasing_with_words_leaves_no_trace(board: Board) -> None:
    await _life_of_zoe(board)
    assert "zo%c3%abtrope" in (await board.everything()).lower()
    await _erase(board, "Zoëtrope", words=True)
    left = (await board.everything()).lower()
    for trace in ("zoë", "zo%c3%ab", "zoe", "xylo"):
        assert trace not in left


async def test_what_was_erased_is_not_in_the_file_either(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    await _life_of_zoe(board)
    await _erase(board, "Zoëtrope", words=True)
    await board.database.close()
    if make_url(database_url).get_backend_name() == "sqlite":
        left = _only_file(tmp_path)
        assert b"dark" in left
        for trace in ("zoë", "zo%c3%ab", "xylo"):
            assert trace.encode() not in left


async def test_an_erased_author_leaves_the_idea_as_a_former_members(board: Board) -> None:
    hers, anas = await _life_of_zoe(board)
    assert await _erase(board, "Zoëtrope") == [hers.number, anas.number]
    kept = await board.now(hers)
    assert (kept.author, kept.author_name, kept.wording) == (None, "", hers.wording)
    assert (kept.origin, kept.status) == (hers.origin, IdeaStatus.NEW)
    assert (await board.now(anas)).votes == 1
    left = await board.everything()
    assert "zo%C3%ABtrope" not in left
    assert "Zoëtrope" not in left


async def test_words_go_too_when_asked(board: Board) -> None:
    hers, _ = await _life_of_zoe(board)
    await _erase(board, "Zoëtrope", words=True)
    kept = await board.now(hers)
    assert kept.wording.title == "Removed at its author's request"
    assert (kept.wording.body, kept.wording.job, kept.wording.obstacle) == ("", "", "")
    assert (kept.status, kept.public_status) == (IdeaStatus.WITHDRAWN, IdeaStatus.WITHDRAWN)


async def test_ideas_that_hers_were_merged_into_are_counted_again(board: Board) -> None:
    top, middle, bottom = [await board.idea(title) for title in ("One", "Two", "Three")]
    await board.merge(bottom, into=middle)
    await board.merge(middle, into=top)
    await board.vote(bottom, "Ben")
    await board.vote(top, "Chloé")
    assert await board.votes(top) == 2
    assert await _erase(board, "Ben") == [top.number, middle.number, bottom.number]
    tallies = [(await board.now(idea)).votes for idea in (top, middle, bottom)]
    assert tallies == [1, 0, 0]


async def test_queued_messages_to_the_erased_go_and_threads_no_longer_ping_them(
    board: Board,
) -> None:
    ben, ana = board.accounts["Ben"].ref, board.accounts["Ana"].ref
    subject = Subject("decision", 1)
    to_ana = Direct(ana, "community", subject)
    await board.enqueue(
        Direct(ben, "community", subject), to_ana, Post(IDEAS, subject, THREAD, ben)
    )
    await _erase(board, "Ben")
    rows: list[QueueRow] = [await board.took(), await board.took()]
    assert [row.work for row in rows] == [to_ana, Post(IDEAS, subject, THREAD)]
    assert await board.take() is None


async def test_the_erased_are_new_people_when_they_come_back(board: Board) -> None:
    await board.idea(by="Ben")
    before = board.accounts["Ben"]
    await _erase(board, "Ben")
    back = await board.join("Ben")
    assert back.member > before.member
    assert back.id > before.id
    async with board.database.reading() as store:
        assert await store.shelf(board.viewer("Ben"), "mine", 5, 0) == []


async def test_erasing_nobody_changes_nothing(board: Board) -> None:
    await board.idea()
    before = await board.everything()
    async with board.database.transaction() as store:
        assert await store.erase(999, True, NOON) == []
    assert await board.everything() == before


async def test_held_data_is_all_there_is_and_json(board: Board) -> None:
    hers, anas = await _life_of_zoe(board)
    async with board.database.reading() as store:
        held = await store.held_data(board.member("Zoëtrope"))
        nothing = await store.held_data(999)
    assert json.loads(json.dumps(held)) == held
    assert {kind for kind, rows in held.items() if not rows} == {"captured"}
    assert {kind for kind, rows in nothing.items() if rows} == set()
    assert held["accounts"][0]["name"] == "Zoëtrope"
    assert held["ideas"][0]["number"] == hers.number
    assert (held["votes"][0]["idea"], held["votes"][0]["active"]) == (anas.number, True)
    assert held["drafts"][0]["form"] == {"title": "Xylophone draft"}
    assert held["questions"][0]["answer"] == "Xylophone in C, says Zoëtrope"
    assert "xylo-code" not in json.dumps(held)
    assert held["quotes"][0]["text"] == "Xylophone!"
    assert held["statements"][0]["text"] == "Zoëtrope likes the xylophone."
    assert held["shown"] == [{"message": str(message("m1")), "at": NOON.isoformat()}]


async def test_a_job_about_the_erased_stays_and_finds_nothing(board: Board) -> None:
    async with board.database.transaction() as store:
        draft = await store.save_draft(board.accounts["Ben"], "suggest", {"title": "x"}, NOON)
        await store.enqueue((Job("draft", draft),), NOON)
    await _erase(board, "Ben")
    assert (await board.took(jobs=True)).work == Job("draft", draft)
    async with board.database.reading() as store:
        assert await store.draft(draft) is None
