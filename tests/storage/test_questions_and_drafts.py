from tests.storage.board import NOON, Board, after


async def test_a_question_is_open_until_its_author_answers_once(board: Board) -> None:
    idea = await board.idea()
    ana, pia = board.member("Ana"), board.member("Pia")
    async with board.database.transaction() as store:
        first = await store.add_question(idea.number, "On which screens?", pia, NOON)
        second = await store.add_question(idea.number, "At what hour?", pia, after(1))
        asked = await store.open_questions(ana)
        assert [question.id for question in asked] == [second, first]
        assert asked[0].asked_by_name == "Pia"
        assert await store.set_answer(second, "At night", after(2))
        assert not await store.set_answer(second, "At noon", after(3))
        answered = await store.question(second)
        assert answered
        assert (answered.text, answered.answer) == ("At what hour?", "At night")
        assert [question.id for question in await store.open_questions(ana)] == [first]
        assert await store.open_questions(pia) == []
        assert await store.question(999) is None


async def test_a_draft_is_kept_word_for_word_and_dropped_once(board: Board) -> None:
    ben = board.accounts["Ben"]
    values = {"title": "Dark mode\0", "body": "«ünï» \ud83d"}
    async with board.database.transaction() as store:
        row = await store.save_draft(ben, "suggest", values, NOON)
        draft = await store.draft(row)
        assert draft
        assert (draft.id, draft.account, draft.kind, draft.at) == (row, ben, "suggest", NOON)
        assert draft.values == values
        assert await store.drop_draft(row)
        assert not await store.drop_draft(row)
        assert await store.draft(row) is None
