"""Databases full of made-up ideas, straight into the tables, and copies of them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bench.made_up import Language
from storage.search import terms

NAME = "playground"
PEOPLE = 500
_AT = "2026-01-05 09:00:00.000000"


def fill(file: Path, ideas: int) -> None:
    """People, and ideas by them, each with its card on the board."""
    language = Language()
    people = range(1, PEOPLE + 1)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO members (id, joined_at) VALUES (?, ?)", ((p, _AT) for p in people)
        )
        connection.executemany(
            "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?)",
            ((p, p, f"{NAME}/p{p - 1}", f"Person {p - 1}", NAME, _AT) for p in people),
        )
        for number in range(1, ideas + 1):
            _add(connection, number, language)


def _add(connection: sqlite3.Connection, number: int, language: Language) -> None:
    words = language.wording()
    connection.execute(
        "INSERT INTO ideas (number, title, body, job, obstacle, area, status, public_status,"
        " author, connection, audience, votes, version, created_at)"
        " VALUES (?, ?, ?, ?, '', '', 'new', 'new', ?, ?, 'everyone', 0, 0, ?)",
        (number, words.title, words.body, words.job, number % PEOPLE + 1, NAME, _AT),
    )
    connection.execute(
        "INSERT INTO idea_words (rowid, title, rest) VALUES (?, ?, ?)",
        (number, " ".join(terms(words.title)), " ".join(terms(words.body, words.job))),
    )
    connection.execute(
        "INSERT INTO postings (subject, kind, message, channel, connection, quiet_until)"
        " VALUES (?, 'card', ?, ?, ?, ?)",
        (number, f"{NAME}/ideas/{number}", f"{NAME}/ideas", NAME, _AT),
    )


def duplicate(file: Path, target: Path) -> None:
    """A copy of a database that may be open, in the same state."""
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
