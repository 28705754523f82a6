"""What is kept of an error: enough to mend it, and nobody's words."""

import errno

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.errors import DeliveryError, NotAllowed, reason
from storage import schema
from storage.database import SqlDatabase
from tests.bot.fakes import NOW


def test_our_own_errors_keep_their_words() -> None:
    assert reason(DeliveryError("rate limited")) == "DeliveryError: rate limited"
    assert reason(NotAllowed()) == "NotAllowed: "


@pytest.mark.parametrize("error", [KeyError("zanzibar"), ValueError("zanzibar"), Exception()])
def test_of_other_errors_the_type_is_enough(error: Exception) -> None:
    assert reason(error) == type(error).__name__


def test_an_error_of_the_system_says_which() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "zanzibar.sqlite")
    assert reason(full) == "OSError (No space left on device)"


async def test_a_refused_row_is_not_quoted(database: SqlDatabase) -> None:
    row = insert(schema.ideas).values(
        title="zanzibar", status="new", public_status="new", connection="c", audience="everyone",
        votes=-1, created_at=NOW,
    )  # fmt: skip
    with pytest.raises(IntegrityError) as refused:
        async with database.writer.begin() as connection:
            await connection.execute(row)
    told = reason(refused.value)
    assert told.startswith("IntegrityError from ")
    assert "SQLITE_CONSTRAINT_CHECK" in told or "23514" in told
    assert "zanzibar" not in told
