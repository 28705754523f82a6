"""A thread has a summary of each length, and a model may have written it, in sentences that cite
messages; people may keep their words from it, and what it uses is counted by day."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
PARTS = "part IN ('opening', 'point', 'proposal', 'agreement', 'disagreement', 'question', 'link')"
LENGTHS = "length IN ('line', 'paragraph', 'full')"
KINDS = (
    "kind IN ('card', 'inbox', 'summary', 'note', 'digest', 'digest_moves', 'digest_news',"
    " 'digest_voices', 'title')"
)


def upgrade() -> None:
    _give_summaries_a_length()
    with _changed("postings") as postings:
        postings.drop_constraint("ck_postings_kind", type_="check")
        postings.create_check_constraint("ck_postings_kind", sa.text(KINDS))
    op.add_column("queue", sa.Column("length", sa.String(20), nullable=True))
    _create_statements()
    op.create_table(
        "optouts",
        sa.Column("member", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["member"], ["members.id"], name="fk_optouts_member", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member", name="pk_optouts"),
    )
    op.create_table(
        "titles",
        sa.Column("idea", ROW_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["idea"], ["ideas.number"], name="fk_titles_idea", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea", name="pk_titles"),
    )
    op.create_table(
        "allowances",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_allowances"),
    )


def _give_summaries_a_length() -> None:
    """All there are are paragraphs. SQLite makes the table anew, which would take their quotes
    along: they are put aside until it is there again."""
    rebuilt = op.get_bind().dialect.name == "sqlite"
    if rebuilt:
        op.execute("CREATE TABLE old_quotes AS SELECT * FROM quotes")
    with _changed("summaries") as summaries:
        length = sa.Column("length", sa.String(20), nullable=False, server_default="paragraph")
        summaries.add_column(length)
        summaries.add_column(sa.Column("model", sa.Text(), nullable=True))
        summaries.add_column(sa.Column("read", sa.Integer(), nullable=False, server_default="0"))
        summaries.add_column(sa.Column("why", sa.Text(), nullable=False, server_default=""))
        summaries.drop_constraint("uq_summaries_thread", type_="unique")
        summaries.create_unique_constraint("uq_summaries_thread_length", ["thread", "length"])
        summaries.create_check_constraint("ck_summaries_length", sa.text(LENGTHS))
    if rebuilt:
        op.execute("INSERT OR IGNORE INTO quotes SELECT * FROM old_quotes")
        op.execute("DROP TABLE old_quotes")


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


def _create_statements() -> None:
    op.create_table(
        "statements",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("summary", ROW_ID, nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(PARTS, name="ck_statements_part"),
        sa.ForeignKeyConstraint(
            ["summary"], ["summaries.id"], name="fk_statements_summary", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_statements"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_statements_summary", "statements", ["summary"])
    op.create_table(
        "citations",
        sa.Column("statement", ROW_ID, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("account", ROW_ID, nullable=False),
        sa.Column("permalink", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_citations_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement"], ["statements.id"], name="fk_citations_statement", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement", "message", name="pk_citations"),
    )
    op.create_index("ix_citations_account", "citations", ["account"])
    op.create_index("ix_citations_message", "citations", ["message"])
