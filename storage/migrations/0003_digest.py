"""A digest keeps what it said in ids and figures; its parts hang under its first post and are
postings, for they quote people. Votes are counted by time from their index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


KINDS = (
    "kind IN ('card', 'inbox', 'summary', 'note', 'digest', 'digest_moves', 'digest_news',"
    " 'digest_voices')"
)


def upgrade() -> None:
    _let_postings_show_digests()
    version = sa.Column("version", sa.Integer(), nullable=False, server_default="0")
    op.add_column("digests", version)
    op.create_table(
        "digest_parts",
        sa.Column("digest", ROW_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["digests.id"], name="fk_digest_parts_digest", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", "position", name="pk_digest_parts"),
    )
    op.drop_index("ix_votes_changed_at_idea", "votes")
    columns = ["changed_at", "idea", "account", "active", "source"]
    op.create_index("ix_votes_changed_at_idea_account_active_source", "votes", columns)
    op.add_column("queue", sa.Column("under_kind", sa.Text(), nullable=True))
    op.add_column("queue", sa.Column("under_id", ROW_ID, nullable=True))


def _let_postings_show_digests() -> None:
    """SQLite changes a check by making the table anew: ids count on from where they were."""
    rebuilt = op.get_bind().dialect.name == "sqlite"
    given = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'postings'")
    last = op.get_bind().scalar(given) if rebuilt else None
    with op.batch_alter_table("postings", table_kwargs={"sqlite_autoincrement": True}) as postings:
        postings.drop_constraint("ck_postings_kind", type_="check")
        postings.create_check_constraint("ck_postings_kind", sa.text(KINDS))
    if last is not None:
        count_on = sa.text("UPDATE sqlite_sequence SET seq = :last WHERE name = 'postings'")
        op.execute(count_on.bindparams(last=last))
