"""A digest keeps what it said in ids and figures; its parts hang under its first post. Votes are
counted by time from their index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
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
