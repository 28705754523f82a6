"""The kinds of records, in the order in which one may build on another.

Not carried, because it belongs to one installation or is made again: connections' bindings, the
queue, drafts, event keys, thread counts, summaries with their postings, digests, the place kept for
the card of a held idea (let in, it goes to the board). Tallies and merge targets are shown with an
idea for its reader; `vote` and `merge` records are what counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.ideas import Audience, IdeaStatus
from bot.postings import IDEA_CARDS
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef
from bot.transfer.fields import (
    Field,
    Value,
    choice,
    flag,
    moment,
    name,
    number,
    one_of,
    ref,
    words,
)

Values = Mapping[str, Value]
Rule = Callable[[Values], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: `identity` says which one it is, `rule` what is wrong with its values."""

    name: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...] = ("id",)
    rule: Rule = lambda _values: ""

    @property
    def kept(self) -> tuple[Field, ...]:
        """The fields that are facts of their own."""
        return tuple(field for field in self.fields if not field.derived)


def _to(field: str, kind: str, *, optional: bool = False) -> Field:
    return Field(field, number, optional=optional, to=kind)


def _at(field: str, *, optional: bool = False) -> Field:
    return Field(field, moment, optional=optional)


def _origin(idea: Values) -> str:
    whole = (idea["origin_message"] is None) == (idea["origin_thread"] is None)
    return "" if whole else "has only one of origin_message and origin_thread"


def _not_itself(merge: Values) -> str:
    return "is merged into itself" if merge["idea"] == merge["into_idea"] else ""


def _older(member: Values) -> str:
    person, own = member["person"], member["id"]
    later = isinstance(person, int) and isinstance(own, int) and person >= own
    return "is the same person as a later member" if later else ""


def _begun_once(escalation: Values) -> str:
    both = escalation["by_votes"] and escalation["by"] is not None
    return "was begun by votes and by a person" if both else ""


def _told_or_undone(decision: Values) -> str:
    both = decision["told_at"] is not None and decision["undone_at"] is not None
    return "was both told and undone" if both else ""


ID = Field("id", number)
IDEA, MEMBER, ACCOUNT = _to("idea", "idea"), _to("member", "member"), _to("account", "account")
BY = _to("by", "member", optional=True)
AT = _at("at")
CONNECTION = Field("connection", name)
MESSAGE = Field("message", ref(MessageRef))
STATUS = Field("status", choice(IdeaStatus))
HELD = (Field("active", flag), _at("changed_at", optional=True), _at("heard_at"))

KINDS = (
    Kind("member", (ID, _at("joined_at"), _to("person", "member", optional=True)), rule=_older),
    Kind(
        "account",
        (ID, MEMBER, Field("ref", ref(AccountRef)), Field("name", words), CONNECTION,
         _at("seen_at")),
    ),
    Kind("mute", (MEMBER, AT), ("member",)),
    Kind("block", (MEMBER, AT), ("member",)),
    Kind("optout", (MEMBER, AT), ("member",)),
    Kind(
        "idea",
        (
            Field("number", number),
            *(Field(part, words) for part in ("title", "body", "job", "obstacle", "area")),
            STATUS,
            replace(STATUS, name="public_status"),
            _to("author", "member", optional=True),
            CONNECTION,
            Field("audience", choice(Audience)),
            Field("origin_message", ref(MessageRef), optional=True),
            Field("origin_thread", ref(ThreadRef), optional=True),
            Field("permalink", words, optional=True),
            _at("origin_deleted_at", optional=True),
            _to("captured_by", "member", optional=True),
            _at("created_at"),
            Field("votes", number, derived=True),
            Field("merged_into", number, derived=True),
        ),
        ("number",),
        _origin,
    ),
    Kind("merge", (ID, IDEA, _to("into_idea", "idea", optional=True), BY, AT), rule=_not_itself),
    Kind(
        "vote",
        (IDEA, ACCOUNT, Field("source", one_of("button", "reaction")), *HELD),
        ("idea", "account", "source"),
    ),
    Kind("follow", (IDEA, MEMBER, AT), ("idea", "member")),
    Kind("mark", (ID, MESSAGE, ACCOUNT, Field("mark", one_of("capture", "escalate")), *HELD)),
    Kind(
        "escalation",
        (ID, IDEA, Field("inbox", ref(ChannelRef)), Field("by_votes", flag), BY, AT,
         _at("ended_at", optional=True)),
        rule=_begun_once,
    ),
    Kind(
        "decision",
        (ID, IDEA, replace(STATUS, name="previous"), STATUS, Field("reason", words), BY,
         Field("correction", flag), AT, _at("told_at", optional=True),
         _at("undone_at", optional=True)),
        rule=_told_or_undone,
    ),
    Kind("told", (_to("decision", "decision"), MEMBER, AT), ("decision", "member")),
    Kind(
        "question",
        (ID, IDEA, replace(MEMBER, optional=True), Field("text", words),
         _to("asked_by", "member", optional=True), AT, Field("answer", words),
         _at("answered_at", optional=True)),
    ),
    Kind(
        "posting",
        (ID, IDEA, Field("shows", one_of(*IDEA_CARDS)), MESSAGE,
         Field("channel", ref(ChannelRef)), CONNECTION),
    ),
    # Of ideas and members that may be long gone: numbers, not keys.
    Kind(
        "audit",
        (ID, AT, Field("verb", name), Field("idea", number, optional=True),
         Field("member", number, optional=True), Field("detail", words)),
    ),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
COLUMNS = ("kind", *dict.fromkeys(field.name for kind in KINDS for field in kind.fields))
"""The header of the CSV file."""
