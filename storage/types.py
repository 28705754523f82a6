"""Column types: what Python hands in and gets back is the vocabulary itself."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, Text
from sqlalchemy.types import TypeDecorator

from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef

RowId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up only a plain INTEGER."""


def plain(text: str) -> str:
    """Text without what databases refuse: NUL (PostgreSQL 22021) and halves of surrogate pairs."""
    return text.replace("\0", "").encode(errors="replace").decode()


class Moment(TypeDecorator[datetime]):
    """An aware time, UTC both ways; a naive one is refused (asyncpg would take it as local)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC on the way in: SQLite keeps no zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware on the way out."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Words(TypeDecorator[str]):
    """What people wrote."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Storable text."""
        return value and plain(value)


class Ref(TypeDecorator[Any]):
    """A ref of the given class, stored as its `str()`."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[AccountRef | ChannelRef | MessageRef | ThreadRef]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: object | None, dialect: Dialect) -> str | None:
        """Its text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object | None:
        """The ref again."""
        return None if value is None else self.kind.parse(value)


def choice(kind: type[StrEnum]) -> Enum:
    """One of an enumeration's values, as text; the table adds the CHECK."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        values_callable=lambda values: [value.value for value in values],
    )
