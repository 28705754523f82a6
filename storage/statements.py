"""What a model wrote, sentence by sentence, each with the messages that bear it out."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, select

from bot.refs import AccountRef
from bot.summaries import Citation, Statement, Writing
from storage.part import Part
from storage.schema import accounts, citations, statements

_CITED = (
    select(statements, citations.c.message, citations.c.permalink, accounts.c.ref, accounts.c.name)
    .join(citations, citations.c.statement == statements.c.id)
    .join(accounts, accounts.c.id == citations.c.account)
    .order_by(statements.c.id, citations.c.message)
)


class Statements(Part):
    """The sentences of summaries."""

    async def _keep_statements(
        self, summary: int, writing: Writing | None, authors: Mapping[AccountRef, int]
    ) -> None:
        await self._run(delete(statements).where(statements.c.summary == summary))
        told = writing.statements if writing else ()
        if not told:
            return
        rows = [{"summary": summary, "part": one.part, "text": one.text} for one in told]
        new = insert(statements).returning(statements.c.id, sort_by_parameter_order=True)
        made = (await self._connection.execute(new, rows)).scalars().all()
        cited = [
            {
                "statement": row,
                "message": citation.message,
                "account": authors[citation.author],
                "permalink": citation.permalink,
            }
            for row, one in zip(made, told, strict=True)
            for citation in one.citations
        ]
        await self._connection.execute(insert(citations), cited)

    async def _statements(self, summary: int) -> tuple[Statement, ...]:
        rows = await self._rows(_CITED.where(statements.c.summary == summary))
        found = []
        for _, group in groupby(rows, lambda row: row.id):
            cited = list(group)
            said = tuple(Citation(row.message, row.ref, row.name, row.permalink) for row in cited)
            found.append(Statement(cited[0].part, cited[0].text, said))
        return tuple(found)

    def _of(self, summaries: Select[Any]) -> Select[Any]:
        """The rows of all statements of these summaries."""
        return select(statements.c.id).where(statements.c.summary.in_(summaries))

    async def _withdraw_statements(self, cited: ColumnElement[bool]) -> set[int]:
        """Forget every sentence with such a citation; the summaries they were in."""
        bearing = select(citations.c.statement).where(cited)
        gone = delete(statements).where(statements.c.id.in_(bearing))
        return {row.summary for row in await self._rows(gone.returning(statements.c.summary))}
