"""The cast on a fresh board, and a counter of statements."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from storage.database import SqlDatabase
from tests.storage.board import Board


@pytest.fixture
async def board(database: SqlDatabase) -> Board:
    """Ana, Ben, Chloé and Dmitri are members; Mo moderates, Pia is the product team."""
    board = Board(database)
    for name in ("Ana", "Ben", "Chloé", "Dmitri", "Mo", "Pia"):
        await board.join(name)
    return board


@pytest.fixture
def statements(database: SqlDatabase) -> Iterator[list[str]]:
    """Every statement sent to the database since the test began, without BEGIN."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    engine = database.writer.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
