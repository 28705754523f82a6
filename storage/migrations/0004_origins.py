"""An idea follows the message it came from: its words for a while, and its end."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("ideas", sa.Column("origin_deleted_at", MOMENT, nullable=True))
    op.add_column("ideas", sa.Column("worded_at", MOMENT, nullable=True))
