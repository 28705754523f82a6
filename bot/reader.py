"""What jobs read from the platforms and make of it, with no transaction open."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.config import Config
from bot.events import JobDone, ReadMessage
from bot.ideas import Idea
from bot.ports import Adapter, Database
from bot.reading.requests import asks_for_summary
from bot.reading.summarize import WORDS, summarize
from bot.refs import ThreadRef
from bot.results import Job
from bot.summaries import Length, Summary
from bot.writer import Writer


class Reader:
    """Fills in what a job found."""

    def __init__(
        self,
        adapters: Mapping[str, Adapter],
        config: Config,
        database: Database,
        writer: Writer | None = None,
    ) -> None:
        """`writer` has the model help, where there is one."""
        self._adapters = adapters
        self._config = config
        self._database = database
        self._writer = writer

    async def __call__(self, job: Job, done: JobDone) -> JobDone:
        """The event `done` with what the job was to read."""
        if job.kind == "summarize":
            return await self._summarize(job, done)
        if job.kind == "title":
            return await self._title(job, done)
        if job.message is not None:
            adapter = self._adapters[job.message.connection]
            return replace(done, message=await adapter.read_message(job.message))
        return done

    async def _summarize(self, job: Job, done: JobDone) -> JobDone:
        """For nobody else's eyes than the asker's, so they must see the thread; what is kept out
        of summaries is not even read."""
        thread = await self._thread_of(job)
        if thread is None or job.account is None:
            return done
        adapter = self._adapters[thread.connection]
        if not await adapter.can_see(job.account, thread):
            return done
        if not self._config.connections[thread.connection].summarizes(thread.channel):
            return replace(done, thread=thread)
        messages = await adapter.read_thread(thread)
        if messages is None:
            return done
        talk = [message for message in messages if not asks_for_summary(message.text)]
        summary = await asyncio.to_thread(_in_short, thread, talk, job.length or Length.PARAGRAPH)
        if summary is not None:
            summary = await self._written(adapter, summary, talk)
        permalink = messages[0].permalink if messages else ""
        return replace(done, thread=thread, permalink=permalink, summary=summary)

    async def _written(
        self, adapter: Adapter, summary: Summary, talk: Sequence[ReadMessage]
    ) -> Summary:
        """With the model's help. What was deleted or edited while it thought is left out."""
        if self._writer is None:
            return summary
        written = await self._writer.write(summary, talk)
        if written.writing is None:
            return written
        now = await adapter.read_thread(summary.thread) or ()
        said = {message.ref: message.text for message in now}
        gone = {message.ref for message in talk if said.get(message.ref) != message.text}
        if gone:
            async with self._database.transaction() as store:
                await store.drop_answers_about(gone)
        return written.without(gone)

    async def _title(self, job: Job, done: JobDone) -> JobDone:
        """A shorter one; none for words that were taken back while the model thought."""
        idea = await self._idea(job)
        if idea is None or self._writer is None:
            return done
        title = await self._writer.title(idea)
        now = await self._idea(job)
        if now and (now.wording, now.author, now.origin) == (
            idea.wording,
            idea.author,
            idea.origin,
        ):
            return replace(done, title=title)
        if idea.origin:
            async with self._database.transaction() as store:
                await store.drop_answers_about({idea.origin.message})
        return done

    async def _idea(self, job: Job) -> Idea | None:
        async with self._database.reading() as store:
            return await store.idea(job.subject)

    async def _thread_of(self, job: Job) -> ThreadRef | None:
        if job.message is None:
            return job.thread
        message = await self._adapters[job.message.connection].read_message(job.message)
        return message.thread if message else None


def _in_short(thread: ThreadRef, talk: Sequence[ReadMessage], length: Length) -> Summary | None:
    summary = summarize(thread, talk, words=WORDS[length])
    return summary and replace(summary, length=length)
