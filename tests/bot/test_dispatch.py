"""One event, one transaction: claimed with its effect, answered after the commit."""

from pathlib import Path

import pytest

from bot.config import playground_config
from bot.dispatch import Dispatch, Route, Wording
from bot.errors import NotNow, UserMistake
from bot.events import ButtonPressed, FormSubmitted, HomeOpened, JobDone
from bot.messages import Action, Message
from bot.people import Role
from bot.ports import Turn
from bot.refs import AccountRef, ChannelRef
from bot.results import Answer, Job, Page, Result, Whisper
from storage.database import SqlDatabase
from tests.bot.fakes import NOW, FixedClock

DONE = Whisper(Message((("Done",),)))
FAILED = Message((("It is our fault",),))
HUMAN = {
    "key": "k1",
    "at": NOW,
    "account": AccountRef("playground", "ana"),
    "name": "Ana",
    "channel": ChannelRef("playground", "general"),
}
PRESS = ButtonPressed(**HUMAN, action=Action.of("act", 1))  # type: ignore[arg-type]
FORM = FormSubmitted(**HUMAN, action=Action.of("act", 1), values={"title": "Mine"})  # type: ignore[arg-type]


def _apologise(mistake: UserMistake, retry: Action | None) -> Message:
    return Message(((f"{mistake}; retry {retry}",),))


class Desk:
    """A dispatcher with the one route `act`; `rung` counts what was queued."""

    def __init__(self, database: SqlDatabase, folder: Path) -> None:
        self.database = database
        self.rung = 0
        self.runs = 0
        self.fails: list[Exception] = []
        self._config = playground_config(folder)

    async def _act(self, _event: object, turn: Turn) -> Result:
        self.runs += 1
        if turn.viewer.account:
            await turn.store.set_muted(turn.who.member, True, turn.now)
        if self.fails:
            raise self.fails.pop(0)
        return Result(DONE, (Job("tell", 1),))

    def _ring(self) -> None:
        self.rung += 1

    async def __call__(
        self, event: ButtonPressed | FormSubmitted | HomeOpened | JobDone, *roles: Role
    ) -> Answer | None:
        route = Route(type(event), "act", self._act, roles)
        if isinstance(event, HomeOpened):
            route = Route(HomeOpened, "home", self._act, answers="page")
        wording = Wording(_apologise, FAILED)
        dispatch = Dispatch(
            (route,), self.database, self._config, FixedClock(), wording, self._ring
        )
        return await dispatch(event)

    async def muted(self) -> bool:
        async with self.database.reading() as store:
            return await store.is_muted(PRESS.account)


@pytest.fixture
def desk(database: SqlDatabase, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


async def test_an_event_delivered_twice_acts_once(desk: Desk) -> None:
    assert await desk(PRESS) == DONE
    assert await desk(PRESS) is None
    assert (desk.runs, desk.rung) == (1, 1)


async def test_what_failed_leaves_nothing_and_may_be_delivered_again(desk: Desk) -> None:
    desk.fails = [RuntimeError("disk full")]
    assert await desk(PRESS) == Whisper(FAILED)
    assert not await desk.muted()
    assert await desk(PRESS) == DONE
    assert await desk.muted()


async def test_a_failed_form_is_raised_so_that_it_stays_open(desk: Desk) -> None:
    desk.fails = [RuntimeError("disk full")]
    with pytest.raises(RuntimeError, match="disk full"):
        await desk(FORM)
    assert await desk(FORM) == DONE


async def test_a_failed_page_says_so_in_its_place(desk: Desk) -> None:
    desk.fails = [RuntimeError("disk full")]
    assert await desk(HomeOpened(**HUMAN)) == Page(FAILED)  # type: ignore[arg-type]


async def test_a_refused_form_is_kept_once(desk: Desk) -> None:
    desk.fails = [NotNow("closed", 1)]
    assert await desk(FORM) == Whisper(_apologise(NotNow("closed", 1), Action.of("retry", 1)))
    assert not await desk.muted()
    assert await desk(FORM) is None
    async with desk.database.reading() as store:
        kept, second = await store.draft(1), await store.draft(2)
    assert kept is not None
    assert (kept.kind, kept.values) == ("act:1", {"title": "Mine"})
    assert second is None


async def test_without_the_role_nothing_runs(desk: Desk) -> None:
    answer = await desk(PRESS, Role.MODERATOR)
    assert isinstance(answer, Whisper)
    assert desk.runs == 0


async def test_a_job_needs_no_role_and_acts_for_nobody(desk: Desk) -> None:
    done = JobDone(key="job:1", at=NOW, kind="act", subject=1)
    assert await desk(done, Role.MODERATOR) == DONE
    assert await desk(done, Role.MODERATOR) is None
    assert desk.runs == 1
