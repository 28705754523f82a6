"""Few statements per event, so that a burst of votes stays quick."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from storage.database import SqlDatabase
from tests.community import Community, said


@contextmanager
def _counted(community: Community) -> Iterator[list[str]]:
    """The statements of the writer, without what begins and ends its transactions."""
    assert isinstance(community.database, SqlDatabase)
    engine = community.database.writer.sync_engine
    seen: list[str] = []

    def before(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "PRAGMA")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", before)
    yield seen
    event.remove(engine, "before_cursor_execute", before)


async def _known(community: Community) -> None:
    """Everybody has been here before, and #1 has a card."""
    await community.suggest("ana", "Dark mode for the editor")
    await community.command("ben", "/sounding")


async def test_a_vote_takes_at_most_six_statements(community: Community) -> None:
    await _known(community)
    with _counted(community) as statements:
        await community.press("ben", "vote:1")
    assert 0 < len(statements) <= 6, statements


async def test_a_vote_by_reaction_takes_at_most_six_statements(community: Community) -> None:
    await _known(community)
    with _counted(community) as statements:
        await community.react("ben", "👍", community.card_of(1), channel="ideas")
    assert 0 < len(statements) <= 6, statements


async def test_a_vote_with_an_event_id_is_one_claim_more(community: Community) -> None:
    await _known(community)
    await community.press("ben", "vote:1")
    with _counted(community) as statements:
        await community.press("ben", "vote:1")
    assert 0 < len(statements) <= 6, statements


async def test_a_vote_that_escalates_is_rare_and_may_take_more(tight: Community) -> None:
    await _known(tight)
    for who in ("ben", "chloé"):
        await tight.press(who, "vote:1")
    await tight.command("dmitri", "/sounding")
    with _counted(tight) as statements:
        await tight.press("dmitri", "vote:1")
    assert 6 < len(statements) <= 12, statements


async def test_a_submit_takes_at_most_ten_statements(community: Community) -> None:
    await _known(community)
    values = {"title": "Offline maps", "body": "For the train", "area": "Mobile"}
    with _counted(community) as statements:
        await community.submit("ben", "suggest", values)
    assert 0 < len(statements) <= 10, statements


async def test_an_offer_takes_at_most_ten_statements(community: Community) -> None:
    await _known(community)
    with _counted(community) as statements:
        await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    assert 0 < len(statements) <= 10, statements


async def test_an_offer_of_decided_ideas_takes_one_statement_more(community: Community) -> None:
    for number in range(1, 4):
        await community.escalated("ana", "Dark mode for the editor")
        await community.submit("pia", f"decline:{number}:new", {"reason": f"Reason {number}"})
    await community.later(61)
    await community.command("ben", "/sounding")
    with _counted(community) as statements:
        answer = await community.submit("ben", "suggest", {"title": "A dark mode in the editor"})
    assert all(f"The team says: Reason {number}" in said(answer) for number in range(1, 4))
    assert 0 < len(statements) <= 8, statements


async def test_looking_writes_nothing(community: Community) -> None:
    await _known(community)
    with _counted(community) as statements:
        for text in ("", "1", "dark", "mine"):
            await community.command("ben", f"/ideas {text}")
        await community.press("ben", "more:1")
        await community.open_home("ben")
        await community.press("stranger", "more:1")
    assert statements == []


async def test_a_message_that_nothing_was_made_of_may_change_and_go(community: Community) -> None:
    await _known(community)
    message = community.write("ben", "How do I move the dock?")
    with _counted(community) as statements:
        await community.change("ben", message.ref, "How do I move the dock to the left?")
        await community.delete(message.ref)
    assert statements == []
