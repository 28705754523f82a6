"""Every table on one page. The rules that must never break are constraints here too.

Erasing a person is deleting their row in `members`: foreign keys say what goes with it (CASCADE)
and what stays without their name (SET NULL). `audit` names members without a key: ids stay.

A row's id is never given again (AUTOINCREMENT), so an erased person's id means nobody for ever.
Connections are named by the configuration, so no key holds them to `connections`.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.ideas import Audience, IdeaStatus
from bot.postings import PostingKind
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef
from bot.summaries import Length, Part
from storage.types import Moment, Ref, RowId, Words, choice

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _row_id(name: str = "id") -> Column[int]:
    return Column(name, RowId, primary_key=True, autoincrement=True)


def _key(
    name: str,
    to: str,
    *,
    gone: str | None = None,
    nullable: bool = False,
    index: bool = False,
    primary_key: bool = False,
) -> Column[int]:
    """A foreign key; `gone` is what happens when its row goes."""
    return Column(
        name,
        RowId,
        ForeignKey(to, ondelete=gone),
        nullable=nullable or gone == "SET NULL",
        index=index,
        primary_key=primary_key,
    )


def _at(name: str, *, nullable: bool = False, index: bool = False) -> Column[object]:
    return Column(name, Moment, nullable=nullable, index=index)


def _words(name: str) -> Column[str]:
    return Column(name, Words, nullable=False, default="")


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


# ── people ──
# Each account has a member of its own, for ever: what it did is written under that. `person` says
# who it really is: the oldest member of the same person, NULL for that one and for whoever stands
# alone. Linking is one update of `person`, unlinking another, and nothing else has moved. Nobody
# is erased by half: a key holds the oldest as long as the others are there.
members = Table(
    "members",
    metadata,
    _row_id(),
    _at("joined_at"),
    _key("person", "members.id", nullable=True, index=True),
    CheckConstraint("person < id", name="person"),
    sqlite_autoincrement=True,
)

accounts = Table(
    "accounts",
    metadata,
    _row_id(),
    _key("member", "members.id", gone="CASCADE", index=True),
    Column("ref", Ref(AccountRef), nullable=False, unique=True),
    _words("name"),
    Column("connection", Text, nullable=False),
    _at("seen_at"),
    sqlite_autoincrement=True,
)

# A code that `account` was shown, for whoever types it elsewhere: kept as its hash until it is used
# or replaced, and bound to the account that typed it (`typed_by`).
codes = Table(
    "codes",
    metadata,
    _row_id(),
    _key("account", "accounts.id", gone="CASCADE", index=True),
    Column("hash", Text, nullable=True, unique=True),
    _key("typed_by", "accounts.id", gone="CASCADE", nullable=True, index=True),
    _at("at", index=True),
    sqlite_autoincrement=True,
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    _row_id(),
    _key("account", "accounts.id", gone="CASCADE", index=True),
    _at("at", index=True),
    sqlite_autoincrement=True,
)

connections = Table(
    "connections",
    metadata,
    Column("name", Text, primary_key=True),
    Column("workspace", Text, nullable=False),
)

mutes = Table(
    "mutes", metadata, _key("member", "members.id", gone="CASCADE", primary_key=True), _at("at")
)

blocks = Table(
    "blocks", metadata, _key("member", "members.id", gone="CASCADE", primary_key=True), _at("at")
)

# Whose words no model is given.
optouts = Table(
    "optouts", metadata, _key("member", "members.id", gone="CASCADE", primary_key=True), _at("at")
)

# ── ideas ──
# `origin_deleted_at`: the message it came from is gone. `worded_at`: that message said then what
# the idea says; NULL when somebody else put it so. `votes` is the stored tally. `version` counts
# changes a card would show: a card rendered from an older one is rendered again once it is posted.
ideas = Table(
    "ideas",
    metadata,
    _row_id("number"),
    _words("title"),
    _words("body"),
    _words("job"),
    _words("obstacle"),
    _words("area"),
    Column("status", choice(IdeaStatus), nullable=False),
    Column("public_status", choice(IdeaStatus), nullable=False),
    _key("author", "members.id", gone="SET NULL"),
    Column("connection", Text, nullable=False),
    Column("audience", choice(Audience), nullable=False),
    Column("origin_message", Ref(MessageRef), unique=True),
    Column("origin_thread", Ref(ThreadRef)),
    Column("permalink", Text),
    _at("origin_deleted_at", nullable=True),
    _key("captured_by", "members.id", gone="SET NULL"),
    _key("merged_into", "ideas.number", nullable=True),
    Column("votes", Integer, nullable=False, default=0),
    Column("version", Integer, nullable=False, default=0),
    _at("created_at"),
    _at("worded_at", nullable=True),
    _one_of("status", *IdeaStatus),
    _one_of("public_status", *IdeaStatus),
    _one_of("audience", *Audience),
    CheckConstraint("merged_into <> number", name="not_into_itself"),
    CheckConstraint("votes >= 0", name="votes"),
    CheckConstraint("(origin_message IS NULL) = (origin_thread IS NULL)", name="origin"),
    Index(None, "votes", "number"),
    Index(None, "created_at", "number"),
    Index(None, "author", "created_at"),
    Index(None, "captured_by", "created_at"),
    sqlite_autoincrement=True,
)
# Partial: "merged into nothing" is true of nearly all, and must not look like a way to find them.
MERGED = text("merged_into IS NOT NULL")
Index("ix_ideas_merged_into", ideas.c.merged_into, sqlite_where=MERGED, postgresql_where=MERGED)

# The row is its own audit: who, by which source, since when, and whether it still holds. Rows are
# never moved; the tally counts distinct members over an idea and all merged into it.
# `changed_at` is when it became what it is (NULL: it never was active), `heard_at` the latest
# event about it, so that an older one that arrives late is ignored. A vote by a reaction that was
# taken back by a button was changed after anything was heard of it.
votes = Table(
    "votes",
    metadata,
    _key("idea", "ideas.number", primary_key=True),
    _key("account", "accounts.id", gone="CASCADE", primary_key=True, index=True),
    Column("source", Text, primary_key=True),
    Column("active", Boolean, nullable=False),
    _at("changed_at", nullable=True),
    _at("heard_at"),
    _one_of("source", "button", "reaction"),
    # Holds all that counting by time asks for: a digest never reads the rows themselves.
    Index(None, "changed_at", "idea", "account", "active", "source"),
)

# A moderator's reaction on a message; the times are as in `votes`.
marks = Table(
    "marks",
    metadata,
    _row_id(),
    Column("message", Ref(MessageRef), nullable=False),
    _key("account", "accounts.id", gone="CASCADE", index=True),
    Column("mark", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    _at("changed_at", nullable=True),
    _at("heard_at"),
    UniqueConstraint("message", "account", "mark"),
    _one_of("mark", "capture", "escalate"),
    sqlite_autoincrement=True,
)

# `subject` is an idea's number or the row of a summary or digest, as `kind` says; none is removed.
# `account` is the only person who can see it, if there is one. `quiet_until`: no edit of it before
# then, so that there are at most six a minute.
postings = Table(
    "postings",
    metadata,
    _row_id(),
    Column("subject", RowId, nullable=False, index=True),
    _key("account", "accounts.id", gone="CASCADE", nullable=True, index=True),
    Column("kind", choice(PostingKind), nullable=False),
    Column("message", Ref(MessageRef), nullable=False, unique=True),
    Column("channel", Ref(ChannelRef), nullable=False),
    Column("connection", Text, nullable=False),
    _at("quiet_until"),
    _one_of("kind", *PostingKind),
    sqlite_autoincrement=True,
)

# One row per merge and per un-merge (`into_idea` NULL), for the story; `ideas.merged_into` decides.
merges = Table(
    "merges",
    metadata,
    _row_id(),
    _key("idea", "ideas.number", index=True),
    _key("into_idea", "ideas.number", nullable=True),
    _key("by", "members.id", gone="SET NULL", index=True),
    _at("at"),
    sqlite_autoincrement=True,
)

escalations = Table(
    "escalations",
    metadata,
    _row_id(),
    _key("idea", "ideas.number", index=True),
    Column("inbox", Ref(ChannelRef), nullable=False),
    Column("by_votes", Boolean, nullable=False),
    _key("by", "members.id", gone="SET NULL", index=True),
    _at("at"),
    _at("ended_at", nullable=True),
    CheckConstraint("NOT (by_votes AND by IS NOT NULL)", name="begun_once"),
    sqlite_autoincrement=True,
)
IN_AN_INBOX = text("ended_at IS NULL")
Index("uq_escalations_in_an_inbox", escalations.c.idea, unique=True,
      sqlite_where=IN_AN_INBOX, postgresql_where=IN_AN_INBOX)  # fmt: skip

# ── what the team says, and to whom ──
# `told_at`: people have been told; from then on only a correction changes it.
decisions = Table(
    "decisions",
    metadata,
    _row_id(),
    _key("idea", "ideas.number", index=True),
    Column("previous", choice(IdeaStatus), nullable=False),
    Column("status", choice(IdeaStatus), nullable=False),
    _words("reason"),
    _key("by", "members.id", gone="SET NULL", index=True),
    Column("correction", Boolean, nullable=False),
    _at("at"),
    _at("told_at", nullable=True),
    _at("undone_at", nullable=True),
    _one_of("previous", *IdeaStatus),
    _one_of("status", *IdeaStatus),
    CheckConstraint("told_at IS NULL OR undone_at IS NULL", name="told_or_undone"),
    sqlite_autoincrement=True,
)

told = Table(
    "told",
    metadata,
    _key("decision", "decisions.id", primary_key=True),
    _key("member", "members.id", gone="CASCADE", primary_key=True, index=True),
    _at("at"),
)

follows = Table(
    "follows",
    metadata,
    _key("idea", "ideas.number", primary_key=True),
    _key("member", "members.id", gone="CASCADE", primary_key=True, index=True),
    _at("at"),
)

# To `member`, who was the idea's author when it was asked.
questions = Table(
    "questions",
    metadata,
    _row_id(),
    _key("idea", "ideas.number", index=True),
    _key("member", "members.id", gone="CASCADE", nullable=True, index=True),
    _words("text"),
    _key("asked_by", "members.id", gone="SET NULL", index=True),
    _at("at"),
    _words("answer"),
    _at("answered_at", nullable=True),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    _row_id(),
    _key("account", "accounts.id", gone="CASCADE", index=True),
    Column("kind", Text, nullable=False),
    Column("form", JSON, nullable=False),
    _at("at", index=True),
    sqlite_autoincrement=True,
)

# ── threads and digests ──
# What has been heard, flushed now and then: `messages` is a hint. `offered_at`: to the moderators,
# once in its life. `permalink` leads into it.
threads = Table(
    "threads",
    metadata,
    _row_id(),
    Column("ref", Ref(ThreadRef), nullable=False, unique=True),
    Column("connection", Text, nullable=False),
    Column("messages", Integer, nullable=False, default=0),
    _at("last_at", index=True),
    Column("permalink", Text, nullable=False, default=""),
    _at("offered_at", nullable=True),
    sqlite_autoincrement=True,
)

# A summary is its quotes: with a person or a message gone, so is what it said of them. A thread
# has one of each length; `version` counts its changes, as an idea's does. `model` was asked to
# write it from `read` messages, `why` it did not.
summaries = Table(
    "summaries",
    metadata,
    _row_id(),
    Column("thread", RowId, ForeignKey("threads.id"), nullable=False),
    Column("length", choice(Length), nullable=False),
    Column("messages", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    _at("first_at"),
    _at("last_at"),
    _at("at"),
    Column("version", Integer, nullable=False, default=0),
    _at("posted_at", nullable=True),
    _at("sent_at", nullable=True),
    Column("model", Text),
    Column("read", Integer, nullable=False, default=0),
    Column("why", Text, nullable=False, default=""),
    UniqueConstraint("thread", "length"),
    _one_of("length", *Length),
    sqlite_autoincrement=True,
)

quotes = Table(
    "quotes",
    metadata,
    _row_id(),
    _key("summary", "summaries.id", gone="CASCADE", index=True),
    Column("message", Ref(MessageRef), nullable=False, index=True),
    _key("account", "accounts.id", gone="CASCADE", index=True),
    Column("part", choice(Part), nullable=False),
    _words("text"),
    Column("permalink", Text, nullable=False, default=""),
    _one_of("part", *Part),
    sqlite_autoincrement=True,
)

# What a model wrote. A sentence goes with any message it cites, or that message's author.
statements = Table(
    "statements",
    metadata,
    _row_id(),
    _key("summary", "summaries.id", gone="CASCADE", index=True),
    Column("part", choice(Part), nullable=False),
    _words("text"),
    _one_of("part", *Part),
    sqlite_autoincrement=True,
)

citations = Table(
    "citations",
    metadata,
    _key("statement", "statements.id", gone="CASCADE", primary_key=True),
    Column("message", Ref(MessageRef), primary_key=True, index=True),
    _key("account", "accounts.id", gone="CASCADE", index=True),
    Column("permalink", Text, nullable=False, default=""),
)

# Shorter titles a model found for captured ideas, until a moderator takes one.
titles = Table(
    "titles",
    metadata,
    _key("idea", "ideas.number", gone="CASCADE", primary_key=True),
    _words("text"),
    _at("at"),
)

# Where the card of an idea will stand that waits for a moderator.
places = Table(
    "places",
    metadata,
    _key("idea", "ideas.number", gone="CASCADE", primary_key=True),
    Column("channel", Ref(ChannelRef), nullable=False),
    Column("thread", Ref(ThreadRef)),
)

# What the model answered, by a digest of what it was asked: a cache, kept for a week. It goes with
# any message the model was shown for it, and with that message's author.
answers = Table(
    "answers",
    metadata,
    Column("key", Text, primary_key=True),
    _words("text"),
    _at("at", index=True),
)

shown = Table(
    "shown",
    metadata,
    Column("answer", Text, ForeignKey("answers.key", ondelete="CASCADE"), primary_key=True),
    Column("message", Ref(MessageRef), primary_key=True, index=True),
    Column("author", Ref(AccountRef), nullable=False, index=True),
)

# What the model has used, by day of the configured time zone.
allowances = Table(
    "allowances",
    metadata,
    Column("day", Text, primary_key=True),
    Column("tokens", Integer, nullable=False),
)

# A period is `start/end`, both UTC. The row stays when there was nothing to say. `version` counts
# what was taken from under its words, as an idea's does.
digests = Table(
    "digests",
    metadata,
    _row_id(),
    Column("destination", Ref(ChannelRef), nullable=False),
    Column("period", Text, nullable=False),
    _at("prepared_at"),
    Column("version", Integer, nullable=False, default=0),
    UniqueConstraint("destination", "period"),
    sqlite_autoincrement=True,
)

# An entry of a section, or the numbers: ids and figures, never people's words.
digest_parts = Table(
    "digest_parts",
    metadata,
    _key("digest", "digests.id", gone="CASCADE", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("section", Text, nullable=False),
    Column("content", JSON, nullable=False),
)

# ── events, deliveries, history ──
inbox = Table("inbox", metadata, Column("key", Text, primary_key=True), _at("at", index=True))

# One row is one platform message or one job, named by refs and ids: never people's text.
# `thread` is where a post hangs, where a direct message goes when it is refused, or what a job
# reads; `account` is whom a direct message or its edit is for, whom a post mentions, or who waits
# for a job, and `handle` is how to answer them privately, kept until then. `version` is that of the
# idea or the summary when the row was leased. `under_kind` and `under_id` are the subject of an
# earlier post in the same channel, under which this one hangs.
queue = Table(
    "queue",
    metadata,
    _row_id(),
    Column("kind", Text, nullable=False),
    Column("connection", Text),
    Column("lane", Text, nullable=False),
    Column("budget", Text, nullable=False),
    Column("subject_kind", Text),
    Column("subject_id", RowId),
    Column("channel", Ref(ChannelRef)),
    Column("thread", Ref(ThreadRef)),
    Column("account", Ref(AccountRef), index=True),
    Column("message", Ref(MessageRef)),
    Column("emoji", Text),
    Column("handle", Text),
    Column("length", choice(Length)),
    Column("under_kind", Text),
    Column("under_id", RowId),
    Column("merge_key", Text),
    _at("due_at"),
    Column("attempts", Integer, nullable=False, default=0),
    _at("first_try_at", nullable=True),
    _at("leased_until", nullable=True),
    Column("version", Integer),
    _at("done_at", nullable=True, index=True),
    Column("verdict", Text),
    Column("error", Words),
    Column("posted", Ref(MessageRef)),
    _at("created_at"),
    _one_of("kind", "post", "edit", "direct", "followup", "react", "job"),
    _one_of("verdict", "sent", "dropped", "dead"),
    CheckConstraint("(done_at IS NULL) = (verdict IS NULL)", name="done_with_a_verdict"),
    sqlite_autoincrement=True,
)
UNDONE = text("done_at IS NULL")
UNTRIED = text("done_at IS NULL AND attempts = 0")
Index("ix_queue_due", queue.c.due_at, queue.c.id, sqlite_where=UNDONE, postgresql_where=UNDONE)
Index("ix_queue_lane", queue.c.lane, queue.c.id, sqlite_where=UNDONE, postgresql_where=UNDONE)
Index("uq_queue_merge_key", queue.c.merge_key, unique=True,
      sqlite_where=UNTRIED, postgresql_where=UNTRIED)  # fmt: skip

audit = Table(
    "audit",
    metadata,
    _row_id(),
    _at("at"),
    Column("verb", Text, nullable=False),
    Column("idea", RowId, index=True),
    Column("member", RowId, index=True),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)
