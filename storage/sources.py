"""What is here of a message on a platform."""

from sqlalchemy import ColumnElement, Table, bindparam, or_, select

from bot.refs import MessageRef
from storage.part import Part
from storage.schema import metadata, queue
from storage.types import Ref


def _of_messages() -> list[ColumnElement[MessageRef]]:
    """The columns that name one. What is queued names its own, and that is no reason to change."""
    tables: list[Table] = [table for table in metadata.sorted_tables if table is not queue]
    return [
        column
        for table in tables
        for column in table.columns
        if isinstance(column.type, Ref) and column.type.kind is MessageRef
    ]


_SOUGHT = bindparam("sought", type_=Ref(MessageRef))
_KNOWN = select(or_(*(select(one).where(one == _SOUGHT).exists() for one in _of_messages())))


class Sources(Part):
    """Messages that something was made of."""

    async def knows_message(self, message: MessageRef) -> bool:
        """Whether anything was made of a message, shows, quotes or marks it."""
        known: bool = await self._value(_KNOWN, sought=message)
        return known
