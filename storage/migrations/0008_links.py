"""Accounts of one person are linked by a field of their members, on the word of a code."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    # In one line: SQLite adds no constraint to a column that is there.
    op.execute(
        f"ALTER TABLE members ADD COLUMN person {kind} CONSTRAINT fk_members_person"
        " REFERENCES members (id)"
        " CONSTRAINT ck_members_person CHECK (person < id)"
    )
    op.create_index("ix_members_person", "members", ["person"])
    op.create_table(
        "codes",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("account", ROW_ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("typed_by", ROW_ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_codes_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["typed_by"], ["accounts.id"], name="fk_codes_typed_by", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_codes"),
        sa.UniqueConstraint("hash", name="uq_codes_hash"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "wrong_codes",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("account", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_wrong_codes_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_codes"),
        sqlite_autoincrement=True,
    )
    for column in ("account", "typed_by", "at"):
        op.create_index(f"ix_codes_{column}", "codes", [column])
    for column in ("account", "at"):
        op.create_index(f"ix_wrong_codes_{column}", "wrong_codes", [column])
