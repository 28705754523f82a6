"""When things fail, the log says where and with which key, and nothing that anybody wrote.

The words are looked for in every line of the whole run: see `tests.leaks`.
"""

import json
from typing import Any, NoReturn

import pytest

from bot.events import ReadMessage
from bot.refs import MessageRef
from bot.results import Invalid
from tests.community import Community, buttons, said
from tests.sqlite import sqlite

BEACH = {"title": "A beach in Zanzibar", "body": "zanzibar zanzibar", "area": ""}
NO_IDEAS = """
    CREATE TRIGGER no_ideas BEFORE INSERT ON ideas
    BEGIN SELECT RAISE(ABORT, 'no more zanzibar'); END
"""


def _told(logged: list[str], event: str) -> dict[str, Any]:
    """The one line about this."""
    (line,) = [told for told in map(json.loads, logged) if told["event"] == event]
    found: dict[str, Any] = line
    return found


def _in_the_database(community: Community, statement: str) -> None:
    with sqlite(community._file) as connection:
        connection.execute(statement)


async def test_a_database_that_fails_in_the_middle_of_a_submit(
    community: Community, logged: list[str]
) -> None:
    _in_the_database(community, NO_IDEAS)
    with pytest.raises(Exception, match="no more zanzibar"):
        await community.submit("ana", "suggest", BEACH)
    line = _told(logged, "event_failed")
    assert (line["key"], line["route"]) == (community.events[-1].key, "suggest")
    assert line["exception"].endswith("(SQLITE_CONSTRAINT_TRIGGER)")
    assert "bot/dispatch.py:" in line["exception"]
    _in_the_database(community, "DROP TRIGGER no_ideas")
    assert buttons(await community.bot.dispatch(community.events[-1]))


async def test_an_adapter_that_quotes_the_message_it_could_not_send(
    community: Community, logged: list[str]
) -> None:
    community.adapter.refuse["ideas"] = RuntimeError("400: 'A beach in Zanzibar' is too hot")
    await community.suggest("ana", "A beach in Zanzibar")
    line = _told(logged, "delivery_failed")
    (row,) = await community.database.queue.lines(dead=False, limit=9)  # type: ignore[attr-defined]
    assert (line["row"], row.error) == (row.id, "RuntimeError")
    community.adapter.refuse.clear()
    await community.later(10)
    assert community.posts("ideas")


class _Unreadable(dict[MessageRef, ReadMessage]):
    def get(self, *_: object) -> NoReturn:
        raise KeyError("A beach in Zanzibar")


async def test_a_message_that_cannot_be_read(community: Community, logged: list[str]) -> None:
    message = community.write("ana", "A beach in Zanzibar")
    readable, community.adapter.messages = community.adapter.messages, _Unreadable()
    await community.react("mo", "💡", message.ref)
    await community.settle()
    line = _told(logged, "job_failed")
    assert line["exception"].endswith("KeyError")
    assert line["row"]
    community.adapter.messages = readable
    await community.later(10)
    assert community.posts("ideas")


async def test_a_form_that_is_not_valid_is_nobodys_business(
    community: Community, logged: list[str]
) -> None:
    answer = await community.submit("ana", "suggest", BEACH | {"title": ""})
    assert isinstance(answer, Invalid)
    answer = await community.submit("ana", "suggest", BEACH | {"title": "zanzibar " * 99})
    assert isinstance(answer, Invalid)
    assert logged == []


async def test_a_read_that_fails_is_apologised_for(community: Community, logged: list[str]) -> None:
    _in_the_database(community, "ALTER TABLE ideas RENAME TO away")
    answer = await community.command("ana", "/ideas zanzibar")
    _in_the_database(community, "ALTER TABLE away RENAME TO ideas")
    assert "our" in said(answer).lower()
    assert _told(logged, "event_failed")["route"] == "ideas"
