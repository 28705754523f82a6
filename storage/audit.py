"""Events already seen, and the story of every change."""

from datetime import datetime
from functools import cache

from sqlalchemy import Insert, case, insert, literal_column, null, select, union_all

from bot.store import AuditEntry
from storage.part import Part, name_of, upsert_on
from storage.schema import accounts, audit, inbox, votes


@cache
def _claim(dialect: str) -> Insert:
    """Built once: every event begins with it."""
    new = upsert_on(dialect, inbox).on_conflict_do_nothing()
    return new.returning(literal_column("1"))


class Audit(Part):
    """Event keys and the audit trail."""

    async def claim(self, key: str, at: datetime) -> bool:
        """Take an event's key; False when it was taken before."""
        claim = _claim(self._connection.dialect.name)
        return await self._row(claim, key=key, at=at) is not None

    async def audit(
        self, verb: str, number: int | None, member: int | None, at: datetime, detail: str = ""
    ) -> None:
        """Write down a change: verbs and ids only."""
        row = insert(audit).values(verb=verb, idea=number, member=member, at=at, detail=detail)
        await self._run(row)

    async def story(self, number: int) -> list[AuditEntry]:
        """Everything that happened to an idea, votes included, oldest first.

        A vote is told by its own row: as it is now, since when, and by which source.
        """
        changes = select(
            audit.c.at, audit.c.verb, audit.c.member, audit.c.detail, audit.c.id.label("place")
        ).where(audit.c.idea == number)
        voted = (
            select(
                votes.c.changed_at,
                case((votes.c.active, "voted"), else_="vote taken back"),
                accounts.c.member,
                votes.c.source,
                null(),
            )
            .join(accounts, accounts.c.id == votes.c.account)
            .where(votes.c.idea == number, votes.c.changed_at.is_not(None))
        )
        told = union_all(changes, voted).subquery()
        query = select(told, name_of(told.c.member).label("name"))
        rows = await self._rows(query.order_by(told.c.at, told.c.place.nulls_last()))
        return [AuditEntry(row.at, row.verb, row.member, row.name, row.detail) for row in rows]
