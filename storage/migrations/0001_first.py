"""The first tables: all that the design names, so that later ones only add."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
STATUSES = (
    "IN ('held', 'new', 'under_review', 'planned', 'in_progress', 'shipped', 'declined',"
    " 'withdrawn')"
)
ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_tables()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE idea_words"
            " USING fts5 (title, rest, tokenize = 'unicode61 remove_diacritics 2')"
        )
        op.execute("CREATE VIRTUAL TABLE idea_words_vocab USING fts5vocab (idea_words, row)")
        return
    op.execute(
        "CREATE TABLE idea_words (idea BIGINT CONSTRAINT pk_idea_words PRIMARY KEY"
        " CONSTRAINT fk_idea_words_idea REFERENCES ideas (number), words TSVECTOR NOT NULL)"
    )
    # How common a word is comes from the statistics: keep ten thousand words, not one thousand.
    op.execute("ALTER TABLE idea_words ALTER COLUMN words SET STATISTICS 1000")
    # Without its list of pending words, which every search would read through.
    op.execute(
        "CREATE INDEX ix_idea_words_words ON idea_words USING gin (words) WITH (fastupdate = off)"
    )


def _create_tables() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("idea", ROW_ID, nullable=True),
        sa.Column("member", ROW_ID, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_idea", "audit", ["idea"])
    op.create_index("ix_audit_member", "audit", ["member"])
    op.create_table(
        "connections",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_connections"),
    )
    op.create_table(
        "digests",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sa.UniqueConstraint("destination", "period", name="uq_digests_destination_period"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"])
    op.create_table(
        "members",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "queue",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("connection", sa.Text(), nullable=True),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("budget", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=True),
        sa.Column("subject_id", ROW_ID, nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("thread", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("emoji", sa.Text(), nullable=True),
        sa.Column("merge_key", sa.Text(), nullable=True),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_try_at", MOMENT, nullable=True),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("posted", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('post', 'edit', 'direct', 'react', 'job')", name="ck_queue_kind"
        ),
        sa.CheckConstraint("verdict IN ('sent', 'dropped', 'dead')", name="ck_queue_verdict"),
        sa.CheckConstraint(
            "(done_at IS NULL) = (verdict IS NULL)", name="ck_queue_done_with_a_verdict"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_queue"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_queue_account", "queue", ["account"])
    op.create_index("ix_queue_done_at", "queue", ["done_at"])
    op.create_index(
        "ix_queue_due",
        "queue",
        ["due_at", "id"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_queue_lane",
        "queue",
        ["lane", "id"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "uq_queue_merge_key",
        "queue",
        ["merge_key"],
        unique=True,
        sqlite_where=sa.text("done_at IS NULL AND attempts = 0"),
        postgresql_where=sa.text("done_at IS NULL AND attempts = 0"),
    )
    op.create_table(
        "threads",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("offered_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("ref", name="pk_threads"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("member", ROW_ID, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["member"], ["members.id"], name="fk_accounts_member", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("ref", name="uq_accounts_ref"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_accounts_member", "accounts", ["member"])
    op.create_table(
        "blocks",
        sa.Column("member", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["member"], ["members.id"], name="fk_blocks_member", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member", name="pk_blocks"),
    )
    op.create_table(
        "ideas",
        sa.Column("number", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("public_status", sa.String(20), nullable=False),
        sa.Column("author", ROW_ID, nullable=True),
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("origin_message", sa.Text(), nullable=True),
        sa.Column("origin_thread", sa.Text(), nullable=True),
        sa.Column("permalink", sa.Text(), nullable=True),
        sa.Column("captured_by", ROW_ID, nullable=True),
        sa.Column("merged_into", ROW_ID, nullable=True),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "audience IN ('everyone', 'connection', 'inbox')", name="ck_ideas_audience"
        ),
        sa.CheckConstraint(
            f"public_status {STATUSES}",
            name="ck_ideas_public_status",
        ),
        sa.CheckConstraint(
            f"status {STATUSES}",
            name="ck_ideas_status",
        ),
        sa.CheckConstraint(
            "(origin_message IS NULL) = (origin_thread IS NULL)", name="ck_ideas_origin"
        ),
        sa.CheckConstraint("merged_into <> number", name="ck_ideas_not_into_itself"),
        sa.CheckConstraint("votes >= 0", name="ck_ideas_votes"),
        sa.ForeignKeyConstraint(
            ["author"], ["members.id"], name="fk_ideas_author", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["captured_by"], ["members.id"], name="fk_ideas_captured_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["merged_into"], ["ideas.number"], name="fk_ideas_merged_into"),
        sa.PrimaryKeyConstraint("number", name="pk_ideas"),
        sa.UniqueConstraint("origin_message", name="uq_ideas_origin_message"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ideas_author_created_at", "ideas", ["author", "created_at"])
    op.create_index("ix_ideas_captured_by_created_at", "ideas", ["captured_by", "created_at"])
    op.create_index("ix_ideas_created_at_number", "ideas", ["created_at", "number"])
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_ideas_merged_into",
        "ideas",
        ["merged_into"],
        sqlite_where=merged,
        postgresql_where=merged,
    )
    op.create_index("ix_ideas_votes_number", "ideas", ["votes", "number"])
    op.create_table(
        "mutes",
        sa.Column("member", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["member"], ["members.id"], name="fk_mutes_member", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member", name="pk_mutes"),
    )
    op.create_table(
        "summaries",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["thread"], ["threads.ref"], name="fk_summaries_thread"),
        sa.PrimaryKeyConstraint("id", name="pk_summaries"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_summaries_thread", "summaries", ["thread"])
    op.create_table(
        "decisions",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("idea", ROW_ID, nullable=False),
        sa.Column("previous", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", ROW_ID, nullable=True),
        sa.Column("correction", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            f"previous {STATUSES}",
            name="ck_decisions_previous",
        ),
        sa.CheckConstraint(
            f"status {STATUSES}",
            name="ck_decisions_status",
        ),
        sa.CheckConstraint(
            "told_at IS NULL OR undone_at IS NULL", name="ck_decisions_told_or_undone"
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["members.id"], name="fk_decisions_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["idea"], ["ideas.number"], name="fk_decisions_idea"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_by", "decisions", ["by"])
    op.create_index("ix_decisions_idea", "decisions", ["idea"])
    op.create_table(
        "drafts",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("account", ROW_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_drafts_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_account", "drafts", ["account"])
    op.create_index("ix_drafts_at", "drafts", ["at"])
    op.create_table(
        "escalations",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("idea", ROW_ID, nullable=False),
        sa.Column("inbox", sa.Text(), nullable=False),
        sa.Column("by_votes", sa.Boolean(), nullable=False),
        sa.Column("by", ROW_ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("NOT (by_votes AND by IS NOT NULL)", name="ck_escalations_begun_once"),
        sa.ForeignKeyConstraint(
            ["by"], ["members.id"], name="fk_escalations_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["idea"], ["ideas.number"], name="fk_escalations_idea"),
        sa.PrimaryKeyConstraint("id", name="pk_escalations"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_escalations_by", "escalations", ["by"])
    op.create_index("ix_escalations_idea", "escalations", ["idea"])
    op.create_index(
        "uq_escalations_in_an_inbox",
        "escalations",
        ["idea"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "follows",
        sa.Column("idea", ROW_ID, nullable=False),
        sa.Column("member", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["idea"], ["ideas.number"], name="fk_follows_idea"),
        sa.ForeignKeyConstraint(
            ["member"], ["members.id"], name="fk_follows_member", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea", "member", name="pk_follows"),
    )
    op.create_index("ix_follows_member", "follows", ["member"])
    op.create_table(
        "marks",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("account", ROW_ID, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("heard_at", MOMENT, nullable=False),
        sa.CheckConstraint("mark IN ('capture', 'escalate')", name="ck_marks_mark"),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_marks_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_marks"),
        sa.UniqueConstraint("message", "account", "mark", name="uq_marks_message_account_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_marks_account", "marks", ["account"])
    op.create_table(
        "merges",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("idea", ROW_ID, nullable=False),
        sa.Column("into_idea", ROW_ID, nullable=True),
        sa.Column("by", ROW_ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["members.id"], name="fk_merges_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["idea"], ["ideas.number"], name="fk_merges_idea"),
        sa.ForeignKeyConstraint(["into_idea"], ["ideas.number"], name="fk_merges_into_idea"),
        sa.PrimaryKeyConstraint("id", name="pk_merges"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_merges_by", "merges", ["by"])
    op.create_index("ix_merges_idea", "merges", ["idea"])
    op.create_table(
        "postings",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("idea", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("quiet_until", MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('card', 'inbox')", name="ck_postings_kind"),
        sa.ForeignKeyConstraint(["idea"], ["ideas.number"], name="fk_postings_idea"),
        sa.PrimaryKeyConstraint("id", name="pk_postings"),
        sa.UniqueConstraint("message", name="uq_postings_message"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_postings_idea", "postings", ["idea"])
    op.create_table(
        "questions",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("idea", ROW_ID, nullable=False),
        sa.Column("member", ROW_ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_by", ROW_ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["members.id"], name="fk_questions_asked_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["idea"], ["ideas.number"], name="fk_questions_idea"),
        sa.ForeignKeyConstraint(
            ["member"], ["members.id"], name="fk_questions_member", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_questions_asked_by", "questions", ["asked_by"])
    op.create_index("ix_questions_idea", "questions", ["idea"])
    op.create_index("ix_questions_member", "questions", ["member"])
    op.create_table(
        "quotes",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("summary", ROW_ID, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("account", ROW_ID, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
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
    op.create_table(
        "votes",
        sa.Column("idea", ROW_ID, nullable=False),
        sa.Column("account", ROW_ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("heard_at", MOMENT, nullable=False),
        sa.CheckConstraint("source IN ('button', 'reaction')", name="ck_votes_source"),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_votes_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["idea"], ["ideas.number"], name="fk_votes_idea"),
        sa.PrimaryKeyConstraint("idea", "account", "source", name="pk_votes"),
    )
    op.create_index("ix_votes_account", "votes", ["account"])
    op.create_index("ix_votes_changed_at_idea", "votes", ["changed_at", "idea"])
    op.create_table(
        "told",
        sa.Column("decision", ROW_ID, nullable=False),
        sa.Column("member", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name="fk_told_decision"),
        sa.ForeignKeyConstraint(
            ["member"], ["members.id"], name="fk_told_member", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision", "member", name="pk_told"),
    )
    op.create_index("ix_told_member", "told", ["member"])
