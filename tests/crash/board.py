"""The files that a bot leaves behind: run on, copied, and read for what must not be lost."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from adapters.playground.render import plain
from tests.crash.visitor import Visitor
from tests.process import Process, until

Said = tuple[str, str, str]
"""A message of the bot: where, under what, and its words."""


def bot(folder: Path, ahead: float = 0, kill: Sequence[str] = ()) -> Process:
    """The bot in this folder, with its clock so many seconds ahead, and perhaps a trap."""
    trap = ["--kill", *kill] if kill else []
    return Process(folder, "tests.crash.child", "--ahead", str(ahead), *trap)


def finish(process: Process, folder: Path, ahead: float = 0) -> None:
    """Let the bot do all that is due, and stop it in order."""
    Visitor(process.address)
    until(lambda: not _waiting(folder, ahead))
    assert process.stop() == 0, process.log


def rows(folder: Path, database: str, query: str) -> list[Any]:
    """What a query finds in one of the files."""
    with closing(sqlite3.connect(folder / f"{database}.sqlite")) as connection:
        return connection.execute(query).fetchall()


def _waiting(folder: Path, ahead: float) -> int:
    """How many events and queued rows there are to see to, by that clock."""
    due = f"due_at <= datetime('now', '{ahead + 11} seconds')"  # an edit may wait for ten
    queue = f"SELECT id FROM queue WHERE done_at IS NULL AND {due}"  # noqa: S608 - our number
    events = "SELECT id FROM undelivered WHERE NOT told"
    return len(rows(folder, "soundingboard", queue) + rows(folder, "playground", events))


def said(folder: Path) -> Counter[Said]:
    """Everything the bot has said, and how often."""
    messages = rows(folder, "playground", "SELECT id, channel, root, author, content FROM messages")
    words = {id: plain(json.loads(content)) for id, _, _, _, content in messages}
    return Counter(
        (channel, words.get(root, ""), words[id])
        for id, channel, root, author, _ in messages
        if author == "bot"
    )
