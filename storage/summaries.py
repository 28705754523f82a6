"""Summaries as rows of quotes: what is taken from under a quote goes with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, exists, insert, select, update

from bot.reading.clean import one_line
from bot.refs import AccountRef, MessageRef, ThreadRef
from bot.store import Share
from bot.summaries import Quote, StoredSummary, Summary, Writing
from storage.part import same_person
from storage.remembered import Remembered
from storage.schema import accounts, citations, quotes, shown, summaries, threads
from storage.statements import Statements

_same = summaries.alias("same")


def _shared(how: Share) -> ColumnElement[bool]:
    """Whether one of the thread's summaries is there."""
    return exists().where(_same.c.thread == summaries.c.thread, _same.c[f"{how}_at"].is_not(None))


_SUMMARIES = select(
    summaries,
    threads.c.ref,
    threads.c.permalink,
    _shared("posted").label("posted"),
    _shared("sent").label("sent"),
).join(threads, threads.c.id == summaries.c.thread)
_QUOTES = select(quotes, accounts.c.ref, accounts.c.name).join(
    accounts, accounts.c.id == quotes.c.account
)


def _to_quote(row: Row[Any]) -> Quote:
    return Quote(row.part, row.message, row.ref, row.name, row.text, row.permalink)


class Summaries(Statements, Remembered):
    """One live summary of each length a thread."""

    async def keep_summary(
        self, summary: Summary, authors: Mapping[AccountRef, int], permalink: str, at: datetime
    ) -> int:
        """The thread's one live summary of that length becomes this; its row. `authors` are the
        rows of the accounts that are quoted or cited (5 statements, 2 more for a model's)."""
        row = await self._kept(await self._known(summary, permalink), summary, at)
        await self._run(delete(quotes).where(quotes.c.summary == row))
        rows = [
            {
                "summary": row,
                "message": quote.message,
                "account": authors[quote.author],
                "part": quote.part,
                "text": quote.text,
                "permalink": quote.permalink,
            }
            for quote in summary.quotes
        ]
        if rows:
            await self._connection.execute(insert(quotes), rows)
        await self._keep_statements(row, summary.writing, authors)
        return row

    async def _known(self, summary: Summary, permalink: str) -> int:
        """The thread's row, as it was read: its length is exact now."""
        read = {
            "messages": summary.messages,
            "last_at": summary.last_at,
            "permalink": permalink,
        }
        new = self._insert(threads).values(
            ref=summary.thread, connection=summary.thread.connection, **read
        )
        known = new.on_conflict_do_update(index_elements=["ref"], set_=read)
        row: int = await self._value(known.returning(threads.c.id))
        return row

    async def _kept(self, thread: int, summary: Summary, at: datetime) -> int:
        writing = summary.writing
        measures = {
            "messages": summary.messages,
            "people": summary.people,
            "first_at": summary.first_at,
            "last_at": summary.last_at,
            "at": at,
            "model": writing.model if writing else None,
            "read": writing.read if writing else 0,
            "why": writing.why if writing else "",
        }
        new = self._insert(summaries).values(thread=thread, length=summary.length, **measures)
        kept = new.on_conflict_do_update(
            index_elements=["thread", "length"],
            set_=measures | {"version": summaries.c.version + 1},
        )
        row: int = await self._value(kept.returning(summaries.c.id))
        return row

    async def summary(self, summary: int) -> StoredSummary | None:
        """A summary by its row, with what is left of it (2 statements, one more for a model's)."""
        row = await self._row(_SUMMARIES.where(summaries.c.id == summary))
        if row is None:
            return None
        left = await self._rows(_QUOTES.where(quotes.c.summary == summary).order_by(quotes.c.id))
        told = tuple(_to_quote(quote) for quote in left)
        measures = (row.messages, row.people, row.first_at, row.last_at)
        writing = (
            Writing(row.model, row.read, await self._statements(summary), row.why)
            if row.model is not None
            else None
        )
        found = Summary(row.ref, told, *measures, row.length, writing)
        return StoredSummary(summary, found, row.permalink, row.posted, row.sent)

    async def share_summary(self, summary: int, how: Share, at: datetime) -> bool:
        """Note that it is posted in its thread or sent to the team; False when it, or one of
        another length, was before."""
        first = update(summaries).where(summaries.c.id == summary, ~_shared(how))
        return await self._did(first.values({summaries.c[f"{how}_at"]: at}))

    async def drop_quotes(self, message: MessageRef) -> list[int]:
        """Forget what was quoted of a message, or said of it; the summaries that changed
        (4 statements)."""
        await self._drop_answers(shown.c.message == message)
        return await self._drop(quotes.c.message == message, citations.c.message == message)

    async def drop_changed_quotes(self, message: MessageRef, text: str, at: datetime) -> list[int]:
        """Forget what was quoted of a message before `at` and is not in its new `text`, and all
        that was said of it; the summaries that changed (5 statements)."""
        await self._drop_answers(shown.c.message == message)
        older = select(summaries.c.id).where(summaries.c.at < at)
        of_message = quotes.c.message == message, quotes.c.summary.in_(older)
        told = await self._rows(select(quotes.c.id, quotes.c.text).where(*of_message))
        said = one_line(text)
        gone = [quote.id for quote in told if one_line(quote.text) not in said]
        of_older = citations.c.statement.in_(self._of(older))
        cited = and_(citations.c.message == message, of_older)
        return await self._drop(quotes.c.id.in_(gone), cited)

    async def forget_quotes(self, member: int) -> list[int]:
        """Forget what a member was quoted with, and what was said of it; the summaries that changed
        (3 statements)."""
        theirs = select(accounts.c.id).where(accounts.c.member.in_(same_person(member)))
        return await self._drop(quotes.c.account.in_(theirs), citations.c.account.in_(theirs))

    async def empty_summary(self, thread: ThreadRef) -> list[int]:
        """Forget all that was quoted and said of a thread, which says too little by now; its
        summaries that changed (3 statements)."""
        known: Select[Any] = select(threads.c.id).where(threads.c.ref == thread)
        of_thread = select(summaries.c.id).where(summaries.c.thread.in_(known))
        cited = citations.c.statement.in_(self._of(of_thread))
        return await self._drop(quotes.c.summary.in_(of_thread), cited)

    async def _drop(self, quoted: ColumnElement[bool], cited: ColumnElement[bool]) -> list[int]:
        gone = await self._rows(delete(quotes).where(quoted).returning(quotes.c.summary))
        changed = sorted({row.summary for row in gone} | await self._withdraw_statements(cited))
        if changed:
            version = summaries.c.version + 1
            await self._run(
                update(summaries).where(summaries.c.id.in_(changed)).values(version=version)
            )
        return changed
