"""Whatever the idea and whoever looks: what one may not see looks like what is not there."""

import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import parse
from bot.events import ButtonPressed, FormSubmitted
from bot.ideas import Audience, Idea, IdeaStatus, NewIdea, Wording
from bot.people import Role, Viewer
from bot.ports import Menu
from bot.results import Answer, Subject
from handlers.routes import ROUTES
from handlers.views.compose import compose
from storage.database import open_database
from tests.community import START, Community, Where
from tests.flows.conftest import TWO_CONNECTIONS
from tests.sqlite import sqlite

HIDDEN, OTHER, MISSING = 771, 772, 881
SECRET = "Zyzzyva"
CONNECTIONS = st.sampled_from(["community", "fans"])
IDEAS = st.tuples(
    st.sampled_from(IdeaStatus),
    st.sampled_from(Audience),
    CONNECTIONS,
    st.sampled_from(["ana", "ben", "nobody"]),
)
VIEWERS = st.tuples(
    st.sampled_from(["ana", "ben", "stranger"]),
    st.sampled_from([frozenset[Role](), *(frozenset({role}) for role in Role)]),
    CONNECTIONS,
)
_WITHOUT_NUMBER = {"summarize", "capture_thread", "post_summary", "send_summary", "post", "drop",
                   "retry", "join", "anyway", "undo", "reply", "unmute", "forget",
                   "dismiss", "ideas", "suggest"}  # fmt: skip
PRESSES = [r.name for r in ROUTES if r.event is ButtonPressed and r.name not in _WITHOUT_NUMBER]
FORMS = [r.name for r in ROUTES if r.event is FormSubmitted and r.name not in _WITHOUT_NUMBER]
VALUES = {"title": "Better words", "reason": "For a reason", "into": str(OTHER)}
UNTOUCHED = ("ideas", "votes", "follows", "queue", "decisions", "questions", "merges", "blocks",
             "audit", "marks", "escalations")  # fmt: skip

examples = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@asynccontextmanager
async def _board(
    blank: Path, *ideas: tuple[IdeaStatus, Audience, str, str]
) -> AsyncIterator[tuple[Community, list[Idea]]]:
    """A community with these ideas, from #771 on."""
    with tempfile.TemporaryDirectory() as folder:
        config = parse(TWO_CONNECTIONS, {"TOKEN": "x"}, Path(folder))
        file = Path(folder) / "soundingboard.sqlite"
        shutil.copy(blank, file)
        with sqlite(file) as connection:
            connection.execute("INSERT INTO sqlite_sequence VALUES ('ideas', ?)", (HIDDEN - 1,))
        database = await open_database(config.storage.url.get_secret_value())
        try:
            community = Community(config, database, file)
            for name in ("ana", "ben"):
                for connection_name in config.connections:
                    await community.command(name, "/sounding", connection=connection_name)
            yield community, [await _store(community, *idea) for idea in ideas]
        finally:
            await database.close()


async def _store(
    community: Community, status: IdeaStatus, audience: Audience, connection: str, author: str
) -> Idea:
    async with community.database.transaction() as store:
        ref = community._human(author, connection=connection)["account"]
        account = await store.account(ref, author.title(), connection, START)
        new = NewIdea(Wording(SECRET), account.member, connection, audience)
        number = (await store.add_idea(new, START)).number
        await store.set_status(number, status, status)
        if author == "nobody":
            await store.erase(account.member, False, START)
        idea = await store.idea(number)
    assert idea is not None
    return idea


async def _viewer(community: Community, who: str, more: Where) -> Viewer:
    connection = more["connection"]
    async with community.database.reading() as store:
        account = await store.find_account(community._human(who, connection=connection)["account"])
    all_ = community.config.connections[connection].show == "all"
    return Viewer(connection, account, more["roles"], all_)


async def _answers(community: Community, who: str, number: int, more: Where) -> list[str]:
    """What everything that names an idea answers to this person."""
    given: list[Answer | None] = []
    for name in PRESSES:
        given.append(await community.press(who, f"{name}:{number}:planned:new", **more))
    for name in FORMS:
        given.append(await community.submit(who, f"{name}:{number}:new", VALUES, **more))
    given.append(await community.submit(who, f"merge:{OTHER}", {"into": str(number)}, **more))
    given.append(await community.choose(who, f"merge:{number}", "", **more))
    given.append(await community.choose(who, f"merge:{OTHER}", str(number), **more))
    for text in (number, f"#{number}", "top", "new", "waiting", "mine", "following", SECRET):
        given.append(await community.command(who, f"/ideas {text}", **more))
    return [_plain(answer, number) for answer in given]


def _plain(answer: Answer | None, number: int) -> str:
    text = str(answer).replace(str(number), "NUMBER")
    return re.sub(r"Action\(name='retry', args=\('\d+',\)\)", "RETRY", text)


def _state(community: Community) -> dict[str, object]:
    tables = community.dump()
    return {name: tables[name] for name in UNTOUCHED}


@examples
@given(idea=IDEAS, viewer=VIEWERS)
async def test_a_hidden_idea_answers_like_a_missing_one(
    blank: Path,
    idea: tuple[IdeaStatus, Audience, str, str],
    viewer: tuple[str, frozenset[Role], str],
) -> None:
    who, roles, connection = viewer
    more: Where = {"connection": connection, "channel": "general", "roles": roles}
    async with _board(blank, idea) as (community, (made,)):
        if made.visible_to(await _viewer(community, who, more)):
            return
        before = _state(community)
        hidden = await _answers(community, who, HIDDEN, more)
        assert hidden == await _answers(community, who, MISSING, more)
        assert SECRET not in "".join(hidden[:-1])
        assert _state(community) == before


@examples
@given(idea=IDEAS, target=IDEAS, viewer=VIEWERS)
async def test_a_merge_names_nothing_its_viewers_may_not_see(
    blank: Path,
    idea: tuple[IdeaStatus, Audience, str, str],
    target: tuple[IdeaStatus, Audience, str, str],
    viewer: tuple[str, frozenset[Role], str],
) -> None:
    who, roles, connection = viewer
    more: Where = {"connection": connection, "channel": "general", "roles": roles}
    async with _board(blank, target, idea) as (community, (into, made)):
        async with community.database.transaction() as store:
            await store.set_wording(made.number, Wording("Night theme"))
            await store.set_merged(made.number, into.number, 1, START)
        seen = await _viewer(community, who, more)
        if into.visible_to(seen) or not made.visible_to(seen):
            return
        for name in PRESSES:
            if name not in ("decide", "unmerge"):
                answer = await community.press(who, f"{name}:{OTHER}", **more)
                assert SECRET not in str(answer)
                assert str(HIDDEN) not in str(answer)
        shown = await community.command(who, f"/ideas {OTHER}", **more)
        assert SECRET not in str(shown)


@examples
@given(idea=IDEAS, target=IDEAS)
async def test_a_public_card_names_nothing_that_its_channel_may_not_see(
    blank: Path,
    idea: tuple[IdeaStatus, Audience, str, str],
    target: tuple[IdeaStatus, Audience, str, str],
) -> None:
    async with _board(blank, target, idea) as (community, (into, made)):
        async with community.database.transaction() as store:
            await store.set_wording(made.number, Wording("Night theme"))
            await store.set_merged(made.number, into.number, 1, START)
            card = await compose(
                community.config, Menu((), ()), store, Subject("idea_card", OTHER), None
            )
        anybody = Viewer(made.connection, shows_all=made.connection == "fans")
        if not into.visible_to(anybody):
            assert SECRET not in str(card)
