"""Summaries as rows of quotes: what is taken from under a quote goes with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from bot.reading.clean import one_line
from bot.refs import AccountRef, MessageRef, ThreadRef
from bot.store import Share
from bot.summaries import Quote, StoredSummary, Summary
from storage.part import Part
from storage.schema import accounts, quotes, summaries, threads

_SUMMARIES = select(summaries, threads.c.ref, threads.c.permalink).join(
    threads, threads.c.id == summaries.c.thread
)
_QUOTES = select(quotes, accounts.c.ref, accounts.c.name).join(
    accounts, accounts.c.id == quotes.c.account
)


def _to_quote(row: Row[Any]) -> Quote:
    return Quote(row.part, row.message, row.ref, row.name, row.text, row.permalink)


class Summaries(Part):
    """One live summary a thread."""

    async def keep_summary(
        self, summary: Summary, authors: Mapping[AccountRef, int], permalink: str, at: datetime
    ) -> int:
        """The thread's one live summary becomes this; its row. `authors` are the quoted accounts'
        rows (4 statements)."""
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
        measures = {
            "messages": summary.messages,
            "people": summary.people,
            "first_at": summary.first_at,
            "last_at": summary.last_at,
            "at": at,
        }
        new = self._insert(summaries).values(thread=thread, **measures)
        kept = new.on_conflict_do_update(
            index_elements=["thread"], set_=measures | {"version": summaries.c.version + 1}
        )
        row: int = await self._value(kept.returning(summaries.c.id))
        return row

    async def summary(self, summary: int) -> StoredSummary | None:
        """A summary by its row, with what is left of its quotes (2 statements)."""
        row = await self._row(_SUMMARIES.where(summaries.c.id == summary))
        if row is None:
            return None
        left = await self._rows(_QUOTES.where(quotes.c.summary == summary).order_by(quotes.c.id))
        told = tuple(_to_quote(quote) for quote in left)
        measures = (row.messages, row.people, row.first_at, row.last_at)
        shared = (row.posted_at is not None, row.sent_at is not None)
        return StoredSummary(summary, Summary(row.ref, told, *measures), row.permalink, *shared)

    async def share_summary(self, summary: int, how: Share, at: datetime) -> bool:
        """Note that it is posted in its thread or sent to the team; False when it was before."""
        when = summaries.c[f"{how}_at"]
        first = update(summaries).where(summaries.c.id == summary, when.is_(None))
        return await self._did(first.values({when: at}))

    async def drop_quotes(self, message: MessageRef) -> list[int]:
        """Forget what was quoted of a message; the summaries that changed (2 statements)."""
        return await self._drop(quotes.c.message == message)

    async def drop_changed_quotes(self, message: MessageRef, text: str, at: datetime) -> list[int]:
        """Forget what was quoted of a message before `at` and is not in its new `text`; the
        summaries that changed (3 statements)."""
        older = select(summaries.c.id).where(summaries.c.at < at)
        of_message = quotes.c.message == message, quotes.c.summary.in_(older)
        told = await self._rows(select(quotes.c.id, quotes.c.text).where(*of_message))
        said = one_line(text)
        gone = [quote.id for quote in told if one_line(quote.text) not in said]
        return await self._drop(quotes.c.id.in_(gone)) if gone else []

    async def forget_quotes(self, member: int) -> list[int]:
        """Forget what a member was quoted with; the summaries that changed (2 statements)."""
        theirs = select(accounts.c.id).where(accounts.c.member == member)
        return await self._drop(quotes.c.account.in_(theirs))

    async def empty_summary(self, thread: ThreadRef) -> list[int]:
        """Forget all quotes of a thread, which says too little by now; its summary, if there was
        one (2 statements)."""
        of_thread = select(summaries.c.id).join(threads, threads.c.id == summaries.c.thread)
        return await self._drop(quotes.c.summary.in_(of_thread.where(threads.c.ref == thread)))

    async def _drop(self, which: ColumnElement[bool]) -> list[int]:
        gone = await self._rows(delete(quotes).where(which).returning(quotes.c.summary))
        changed = sorted({row.summary for row in gone})
        if changed:
            version = summaries.c.version + 1
            await self._run(
                update(summaries).where(summaries.c.id.in_(changed)).values(version=version)
            )
        return changed
