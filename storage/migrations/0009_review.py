"""An idea that waits for a moderator is offered to them, and where its card will stand is kept; the
post of a merged idea says where it went."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
KINDS = (
    "kind IN ('card', 'inbox', 'summary', 'note', 'digest', 'digest_moves', 'digest_news',"
    " 'digest_voices', 'title', 'review', 'moved')"
)
LAST = "SELECT seq FROM sqlite_sequence WHERE name = 'postings'"


def upgrade() -> None:
    _take_more_kinds()
    op.create_table(
        "places",
        sa.Column("idea", ROW_ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["idea"], ["ideas.number"], name="fk_places_idea", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea", name="pk_places"),
    )


def _take_more_kinds() -> None:
    """SQLite makes the table anew: ids count on from where they were."""
    rebuilt = op.get_bind().dialect.name == "sqlite"
    last = op.get_bind().scalar(sa.text(LAST)) if rebuilt else None
    with op.batch_alter_table("postings", table_kwargs={"sqlite_autoincrement": True}) as postings:
        postings.drop_constraint("ck_postings_kind", type_="check")
        postings.create_check_constraint("ck_postings_kind", sa.text(KINDS))
    if last is not None:
        count_on = sa.text("UPDATE sqlite_sequence SET seq = :last WHERE name = 'postings'")
        op.execute(count_on.bindparams(last=last))
