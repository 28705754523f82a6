"""What a model answered is kept for a while, so that after a restart only what is new in a thread
is asked; with the messages it was shown, so that it goes with any of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_answers"),
    )
    op.create_index("ix_answers_at", "answers", ["at"])
    op.create_table(
        "shown",
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer"], ["answers.key"], name="fk_shown_answer", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer", "message", name="pk_shown"),
    )
    op.create_index("ix_shown_message", "shown", ["message"])
    op.create_index("ix_shown_author", "shown", ["author"])
