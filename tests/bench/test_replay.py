"""The replay on a few threads of our own, in the format of the recorded ones."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import bot.reader
from adapters.playground.sending import Lasting, Sender
from bench.replay.__main__ import main
from bot.errors import PermanentDeliveryError
from bot.events import ReadMessage
from bot.ports import SendDirect
from bot.reading.summarize import summarize
from bot.refs import MessageRef, ThreadRef
from bot.summaries import Summary

THREADS: list[dict[str, Any]] = [
    {
        "id": "forum-1",
        "title": "Let us sort the list of drafts",
        "messages": [
            {"author": "Heron", "text": "By name and by date, please.", "score": 12},
            {"author": "Vole", "text": "By length as well!", "score": 3},
        ],
    },
    {
        "id": "chat-1",
        "title": "is there a way to print two pages on one sheet?",
        "messages": [
            {"author": "Vole", "text": "is there a way to print two pages on one sheet?"},
            {"author": "Heron", "text": "   "},
            {"author": "Otter", "text": "not yet, " + "very " * 500 + "sadly"},
        ],
    },
    {
        "id": "forum-2",
        "title": "Sort the list of drafts, please",
        "messages": [{"author": "Otter", "text": "By date would be enough.", "score": -2}],
    },
    {"id": "chat-2", "title": "?!", "messages": [{"author": "Heron", "text": "?!"}]},
]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    file = tmp_path / "threads.jsonl"
    file.write_text("".join(json.dumps(thread) + "\n" for thread in THREADS))
    return file


def test_everything_arrives_and_is_shown(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([str(record)])

    printed = capsys.readouterr().out
    assert code == 0
    assert "4 recorded threads, 6 messages" in printed
    assert "(seed 1) stand for what the record lacks" in printed
    assert "new            3 votes  #2 · is there a way to print two pages on one sheet?" in printed
    assert "The inbox: 1 ideas, Shipped 1" in printed
    assert "Shipped       12 votes  #1 · Let us sort the list of drafts" in printed
    assert "The queue: waiting 0, " in printed
    did = next(line for line in printed.splitlines() if line.startswith("Done by people: "))
    for done in (
        "suggested 2",
        "captured 1",
        "votes by score 12",
        "sample votes 3",
        "sample shipments 1",
        "offers of similar ideas 1",
        "openings refused 1",
    ):
        assert done in did
    assert "yes: nothing is left undelivered" in printed
    assert "yes: every idea is there (3)" in printed
    assert "yes: every vote counts once" in printed


TALK: list[dict[str, Any]] = [
    {
        "id": f"chat-{number}",
        "title": f"Printing a {what} takes two sheets of paper",
        "messages": [
            {"author": "Heron", "text": f"Printing a {what} takes two sheets of paper every time."},
            {
                "author": "Vole",
                "text": f"My {what} fits on one sheet since I made the margins small.",
            },
            {"author": "Otter", "text": f"We should have a setting for the margins of a {what}."},
            *({"author": "Vole", "text": f"I printed {n} of them."} for n in range(number)),
        ],
    }
    for number, what in enumerate(("letter", "poster", "recipe", "ticket"))
]


def test_it_ends_with_the_longest_threads_and_the_digest_of_the_week(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "threads.jsonl"
    file.write_text("".join(json.dumps(thread) + "\n" for thread in TALK))

    assert main([str(file)]) == 0

    printed = capsys.readouterr().out
    *_, threads = printed.partition("The longest threads in short\n")
    threads, _, digest = threads.partition("The digest of the last week\n")
    order = [threads.index(f"── Printing a {what}") for what in ("ticket", "recipe", "poster")]
    assert order == sorted(order)
    assert "Printing a letter" not in threads
    assert threads.count("[Post to thread] [Send to product] [In a line] [In full]") == 3
    assert "It started with\n  “Printing a ticket takes two sheets of paper every time.”" in threads
    assert "Proposed\n  “We should have a setting for the margins of a recipe.”" in threads
    assert "What people say about idea #3" in threads
    assert "What your customers ask for · 5 January – 12 January 2026\n4 new ideas and" in digest
    assert "yes: every quote of a summary stands so in its message (8)" in digest
    assert "yes: every quote of the digest stands so in the record" in digest


def test_words_that_nobody_said_are_told_by_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "threads.jsonl"
    file.write_text("".join(json.dumps(thread) + "\n" for thread in TALK))

    def misquoting(thread: ThreadRef, talk: Sequence[ReadMessage], *, words: int) -> Summary | None:
        made = summarize(thread, talk, words=words)
        return made and replace(made, quotes=tuple(replace(q, text="Never!") for q in made.quotes))

    monkeypatch.setattr(bot.reader, "summarize", misquoting)

    assert main([str(file)]) == 1
    assert "NO: every quote of a summary stands so in its message" in capsys.readouterr().out


def test_the_same_seed_tells_the_same_story(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def story(seed: int) -> list[str]:
        assert main([str(record), "--limit", "2", "--seed", str(seed)]) == 0
        return capsys.readouterr().out.splitlines()[:-1]

    assert story(3) == story(3)
    assert story(3) != story(4)


def test_what_cannot_be_delivered_is_told_by_the_exit_code(
    record: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    send = Sender.send

    async def refuse_directs(self: Sender, sending: Lasting, nonce: str) -> MessageRef | None:
        if isinstance(sending, SendDirect):
            raise PermanentDeliveryError("closed for today")
        return await send(self, sending, nonce)

    monkeypatch.setattr(Sender, "send", refuse_directs)

    assert main([str(record), "--limit", "2"]) == 1
    assert "NO: nothing is left undelivered" in capsys.readouterr().out


def test_a_file_that_is_no_record_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "threads.jsonl"
    file.write_text('{"title": "half a thread"}\n')

    assert main([str(file)]) == 2
    assert "line 1 is not a thread" in capsys.readouterr().err
