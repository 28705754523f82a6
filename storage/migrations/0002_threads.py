"""Threads are long or quiet, offered and summarised: rows for that, postings that show a summary
and deliveries that answer an interaction privately."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
PARTS = "part IN ('opening', 'point', 'proposal', 'agreement', 'disagreement', 'question', 'link')"


def upgrade() -> None:
    with _changed("postings") as postings:
        postings.drop_constraint("fk_postings_idea", type_="foreignkey")
        postings.drop_constraint("ck_postings_kind", type_="check")
        postings.drop_index("ix_postings_idea")
        postings.add_column(sa.Column("account", ROW_ID, nullable=True))
        postings.create_foreign_key(
            "fk_postings_account", "accounts", ["account"], ["id"], ondelete="CASCADE"
        )
        postings.alter_column("idea", new_column_name="subject", existing_type=ROW_ID)
        kinds = sa.text("kind IN ('card', 'inbox', 'summary', 'note')")
        postings.create_check_constraint("ck_postings_kind", kinds)
    op.create_index("ix_postings_subject", "postings", ["subject"])
    op.create_index("ix_postings_account", "postings", ["account"])
    with _changed("queue") as queue:
        queue.add_column(sa.Column("handle", sa.Text(), nullable=True))
        queue.drop_constraint("ck_queue_kind", type_="check")
        kinds = sa.text("kind IN ('post', 'edit', 'direct', 'followup', 'react', 'job')")
        queue.create_check_constraint("ck_queue_kind", kinds)
    _make_threads_anew()


@contextmanager
def _changed(table: str) -> Iterator[BatchOperations]:
    """A table altered, which SQLite does by making it anew: ids count on from where they were."""
    rebuilt = op.get_bind().dialect.name == "sqlite"
    of_table = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name").bindparams(name=table)
    last = op.get_bind().scalar(of_table) if rebuilt else None
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
        yield batch
    if last is not None:
        count_on = sa.text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name")
        op.execute(count_on.bindparams(last=last, name=table))


def _make_threads_anew() -> None:
    """Their key becomes a row id. Of several summaries of a thread the latest stays."""
    tables = ("quotes", "summaries", "threads")
    for table in tables:
        op.execute(f"CREATE TABLE old_{table} AS SELECT * FROM {table}")  # noqa: S608 - our names
    for table in tables:
        op.drop_table(table)
    _create_tables()
    # A connection's name has only these characters; the first other one is the slash after it.
    op.execute(
        "INSERT INTO threads (ref, connection, messages, last_at, permalink, offered_at)"
        " SELECT ref, substr(ref, 1, length(ref)"
        " - length(ltrim(ref, 'abcdefghijklmnopqrstuvwxyz0123456789_-'))),"
        " messages, last_at, '', offered_at FROM old_threads"
    )
    op.execute(
        "INSERT INTO summaries (thread, messages, people, first_at, last_at, at, version)"
        " SELECT threads.id, old.messages,"
        " (SELECT count(DISTINCT account) FROM old_quotes WHERE summary = old.id),"
        " threads.last_at, threads.last_at, old.at, 0"
        " FROM old_summaries old JOIN threads ON threads.ref = old.thread"
        " WHERE old.id IN (SELECT max(id) FROM old_summaries GROUP BY thread)"
    )
    op.execute(
        "INSERT INTO quotes (summary, message, account, part, text, permalink)"
        " SELECT summaries.id, old.message, old.account, old.part, old.text, ''"
        " FROM old_quotes old JOIN old_summaries ON old_summaries.id = old.summary"
        " JOIN threads ON threads.ref = old_summaries.thread"
        " JOIN summaries ON summaries.thread = threads.id"
        " WHERE old.summary IN (SELECT max(id) FROM old_summaries GROUP BY thread)"
        " ORDER BY old.id"
    )
    for table in tables:
        op.drop_table(f"old_{table}")


def _create_tables() -> None:
    op.create_table(
        "threads",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("permalink", sa.Text(), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
        sa.UniqueConstraint("ref", name="uq_threads_ref"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_threads_last_at", "threads", ["last_at"])
    op.create_table(
        "summaries",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("thread", ROW_ID, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("posted_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["thread"], ["threads.id"], name="fk_summaries_thread"),
        sa.PrimaryKeyConstraint("id", name="pk_summaries"),
        sa.UniqueConstraint("thread", name="uq_summaries_thread"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quotes",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("summary", ROW_ID, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("account", ROW_ID, nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("permalink", sa.Text(), nullable=False),
        sa.CheckConstraint(PARTS, name="ck_quotes_part"),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_quotes_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["summary"], ["summaries.id"], name="fk_quotes_summary", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quotes_account", "quotes", ["account"])
    op.create_index("ix_quotes_message", "quotes", ["message"])
    op.create_index("ix_quotes_summary", "quotes", ["summary"])
