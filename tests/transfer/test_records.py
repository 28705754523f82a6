"""Records as lines, and lines that are none."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.transfer.fields import Value, flag, moment, number, words
from bot.transfer.kinds import BY_NAME, KINDS, Kind
from bot.transfer.problems import Problem, Unreadable
from bot.transfer.records import Format, Record, header, records, to_line
from tests.transfer.test_cells import HOSTILE, WORDS

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SAMPLES = {
    "ref": "playground/%2Fana", "origin_message": "a/b/c", "origin_thread": "a/b/c",
    "message": "a/b/c", "channel": "a/b", "inbox": "a/b", "status": "planned",
    "public_status": "held", "previous": "new", "audience": "inbox", "source": "reaction",
    "mark": "escalate", "shows": "card", "verb": "merged", "connection": "fans",
}  # fmt: skip


def _texts(kind: Kind) -> st.SearchStrategy[dict[str, Value]]:
    made = {field.name: _one(field.name, field.read) for field in kind.kept}
    optional = {field.name: st.none() for field in kind.kept if field.optional}
    return st.fixed_dictionaries(
        {name: optional.get(name, st.nothing()) | one for name, one in made.items()}
    )


def _one(name: str, read: Callable[[str], Value]) -> st.SearchStrategy[Any]:
    if read is words and name != "permalink":
        return (WORDS | HOSTILE).map(lambda text: text.replace("\0", ""))
    made: dict[Any, st.SearchStrategy[Any]] = {
        number: st.integers(1, 2**53 - 1), flag: st.booleans(), moment: MOMENTS
    }  # fmt: skip
    if read in made:
        return made[read]
    return st.just(read(SAMPLES.get(name, "https://chat.example/1")))


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(max_examples=30)
@given(st.data())
def test_every_kind_reads_back_as_it_was(kind: Kind, form: Format, data: st.DataObject) -> None:
    values = data.draw(_texts(kind).filter(lambda made: not kind.rule(made)))
    text = header(form) + to_line(form, kind, values)
    (read,) = records(io.BytesIO(text.encode()))
    assert isinstance(read, Record)
    assert (read.kind, read.values) == (kind, values)


def _said(*lines: str) -> Iterator[str]:
    for read in records(line.encode() for line in lines):
        assert isinstance(read, Problem)
        yield f"{read.line}: {read.text}"


MEMBER = '{"kind":"member","id":%s,"joined_at":"%s"}'
DECISION = (
    '{"kind":"decision","id":1,"idea":1,"previous":"new","status":"planned","reason":"",'
    '"correction":false,"at":"2026-11-02T09:00:00Z","told_at":"2026-11-02T09:00:00Z",'
    '"undone_at":"2026-11-02T09:00:00Z"}'
)


NO_ZONE = 'which has no time zone; UTC ends with "Z"'
STATUSES = "held, new, under_review, planned, in_progress, shipped, declined, withdrawn"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "this is not JSON."),
        ('{"a":' * 100_000, "this is not JSON."),
        ('{"kind":"person"}', 'there is no kind of record called "person".'),
        ("{}", 'there is no kind of record called "".'),
        ('{"kind":"member","id":[1]}', "id should be text, a number, true, false or null."),
        ('{"kind":"member","id":1.5}', "id should be text, a number, true, false or null."),
        ('{"kind":"member","name":"Ana"}', "a member has no name."),
        ('{"kind":"member"}', "the id of a member is missing."),
        (MEMBER % ('"one"', ""), 'the id of a member is "one", which is not the number of a row.'),
        (MEMBER % (2**53, ""),
         'the id of a member is "9007199254740992", which is not the number of a row.'),
        (MEMBER % (1, "soon"),
         'the joined_at of a member is "soon", not a time like "2026-11-02T09:00:00Z".'),
        (MEMBER % (1, "2026-11-02T09:00:00"),
         f'the joined_at of a member is "2026-11-02T09:00:00", {NO_ZONE}.'),
        (MEMBER % (1, "0001-01-01T00:00:00+10:00"),
         'the joined_at of a member is "0001-01-01T00:00:00+10:00", which is out of time.'),
        (DECISION, "a decision was both told and undone."),
        (DECISION.replace('"planned"', '"soon"'),
         f'the status of a decision is "soon", which is none of {STATUSES}.'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_one_sentence(line: str, said: str) -> None:
    assert list(_said('{"kind":"?"}\n', line))[1:] == [f"2: {said}"]


def test_a_bad_row_says_what_cannot_build_on_it() -> None:
    (problem,) = records([(MEMBER % (7, "soon")).encode()])
    assert isinstance(problem, Problem)
    assert problem.spoils == ("member", 7)


def test_nul_and_broken_surrogates_are_not_kept() -> None:
    line = MEMBER.replace("member", "audit").replace("joined_at", "at").removesuffix("}") % (
        1, "2026-11-02T09:00:00Z",
    ) + r',"verb":"a\u0000b","detail":"\ud83d"}'  # fmt: skip
    (read,) = records([line.encode()])
    assert isinstance(read, Record)
    assert (read.values["verb"], read.values["detail"]) == ("ab", "?")


def test_a_file_that_is_no_export_is_refused_whole() -> None:
    with pytest.raises(Unreadable, match='no column "kind"'):
        list(records([b"number,title\n", b"1,Dark mode\n"]))


def test_an_empty_file_has_no_records() -> None:
    assert list(records([])) == []


def test_columns_may_stand_in_any_order_and_the_shown_ones_are_not_read() -> None:
    lines = [b"joined_at,votes,id,kind\n", b"2026-11-02T10:00:00+01:00,,3,member\n"]
    (read,) = records(lines)
    assert isinstance(read, Record)
    joined = datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert read.values == {"id": 3, "joined_at": joined, "person": None}
    assert "votes" not in {field.name for field in BY_NAME["idea"].kept}
