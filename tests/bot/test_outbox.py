"""Delivering: every row gets its verdict, patience has an end, and no platform is hurried."""

from datetime import timedelta

import pytest

from bot.errors import (
    DeliveryError,
    DirectRefused,
    Forgotten,
    NotConnected,
    PermanentDeliveryError,
)
from bot.messages import Message
from bot.outbox import Budget, Outbox
from bot.ports import SendDirect, SendEdit, SendFollowup, SendPost, SendReaction
from bot.postings import Posting, PostingKind
from bot.refs import AccountRef, ChannelRef, IdeaNumber, MessageRef, ThreadRef, emoji
from bot.results import Direct, Followup, Job, Post, React, Subject
from bot.store import Store
from tests.bot.fakes import HELLO, IDEAS, NOW, FakeAdapter, FakeDatabase, FixedClock, row

ANA = AccountRef("slack:T1", "ana")
CARD = MessageRef("community", "ideas", "p9")


class Desk:
    """An outbox with one connection; `says` is what every subject becomes."""

    def __init__(self, *errors: Exception, says: Message | None = HELLO) -> None:
        self.adapter = FakeAdapter(list(errors))
        self.database = FakeDatabase()
        self.clock = FixedClock()
        self.asked: list[Subject] = []
        adapters = {"community": self.adapter}
        self.outbox = Outbox(adapters, self.database, self._compose, self.clock)  # type: ignore[arg-type]
        self._says = says

    async def _compose(
        self, _store: Store, subject: Subject, _mention: AccountRef | None
    ) -> Message | None:
        self.asked.append(subject)
        return self._says

    @property
    def verdicts(self) -> list[tuple[str, int, object]]:
        return self.database.queue.verdicts


async def test_a_post_is_sent_with_its_rows_nonce_and_remembered() -> None:
    desk = Desk()
    await desk.outbox.deliver(row(7))
    assert desk.adapter.sent == [(SendPost(IDEAS, HELLO), "sb7")]
    assert desk.verdicts == [("sent", 7, MessageRef("community", "ideas", "p1"))]


async def test_a_post_in_a_thread_hangs_under_its_root() -> None:
    desk = Desk()
    thread = ThreadRef("community", "ideas", "m1")
    await desk.outbox.deliver(row(1, Post(IDEAS, Subject("decision", 3), thread)))
    root = MessageRef("community", "ideas", "m1")
    assert desk.adapter.sent[0][0] == SendPost(IDEAS, HELLO, root)


async def test_each_kind_of_row_becomes_what_it_says() -> None:
    desk = Desk()
    tick = emoji("✅")
    await desk.outbox.deliver(row(1, Direct(ANA, "community", Subject("captured", 1))))
    await desk.outbox.deliver(row(2, Posting(IdeaNumber(4), PostingKind.INBOX, CARD, IDEAS)))
    await desk.outbox.deliver(row(3, React(CARD, IDEAS, tick)))
    expected = [SendDirect(ANA, HELLO), SendEdit(CARD, HELLO), SendReaction(CARD, tick)]
    assert [sending for sending, _ in desk.adapter.sent] == expected
    assert desk.asked == [Subject("captured", 1), Subject("inbox_card", 4)]


async def test_nothing_left_to_say_is_dropped() -> None:
    desk = Desk(says=None)
    await desk.outbox.deliver(row())
    assert desk.verdicts == [("dropped", 1, None)]
    assert desk.adapter.sent == []


async def test_the_muted_get_only_what_they_asked_for() -> None:
    desk = Desk()
    desk.database.muted = frozenset({ANA})
    await desk.outbox.deliver(row(1, Direct(ANA, "community", Subject("decision", 1))))
    await desk.outbox.deliver(row(2, Direct(ANA, "community", Subject("data", 1))))
    assert [verdict for verdict, *_ in desk.verdicts] == ["dropped", "sent"]


@pytest.mark.parametrize("error", [PermanentDeliveryError("gone"), DirectRefused("gone")])
async def test_what_will_never_work_is_not_tried_again(error: Exception) -> None:
    desk = Desk(error)
    await desk.outbox.deliver(row())
    assert desk.verdicts == [("dead", 1, "gone")]


async def test_the_pause_the_platform_asks_for_is_honoured() -> None:
    desk = Desk(DeliveryError("slow down", retry_after=37.5))
    await desk.outbox.deliver(row())
    assert desk.verdicts == [("later", 1, NOW + timedelta(seconds=37.5))]


@pytest.mark.parametrize(
    ("method", "rests"),
    [
        ("post", "community/ideas"),
        ("followup", "community/ideas"),
        ("edit", "community:edit"),
        ("direct", "community:direct"),
        ("react", "community:react"),
    ],
)
async def test_and_by_all_that_the_platform_counts_together(method: str, rests: str) -> None:
    desk = Desk(DeliveryError("slow down", retry_after=37.5))
    await desk.outbox.deliver(row(budget=f"community:{method}"))
    desk.clock.advance(37)
    assert desk.outbox.held().names == {rests}
    assert desk.outbox.held().until == NOW + timedelta(seconds=37.5)
    desk.clock.advance(0.5)
    assert desk.outbox.held().names == set()


async def test_of_two_pauses_the_longer_counts() -> None:
    desk = Desk(DeliveryError("slow", retry_after=60), DeliveryError("slow", retry_after=5))
    await desk.outbox.deliver(row(1, budget="community:edit"))
    await desk.outbox.deliver(row(2, budget="community:edit", lane="community/general"))
    desk.clock.advance(59)
    assert desk.outbox.held().names == {"community:edit"}


async def test_trouble_without_a_pause_holds_nobody_else() -> None:
    desk = Desk(DeliveryError("busy"))
    await desk.outbox.deliver(row(budget="community:edit"))
    assert desk.outbox.held().names == set()


@pytest.mark.parametrize(("attempts", "pause"), [(1, 2), (2, 4), (3, 8), (7, 128)])
async def test_without_one_the_pause_doubles(attempts: int, pause: int) -> None:
    desk = Desk(DeliveryError("busy"))
    await desk.outbox.deliver(row(attempts=attempts))
    assert desk.verdicts == [("later", 1, NOW + timedelta(seconds=pause))]


@pytest.mark.parametrize("error", [TimeoutError(), ConnectionResetError(), KeyError("oops")])
async def test_any_other_trouble_is_tried_again(error: Exception) -> None:
    desk = Desk(error)
    await desk.outbox.deliver(row())
    assert desk.verdicts[0][0] == "later"


async def test_after_eight_attempts_it_gives_up_and_keeps_the_error() -> None:
    desk = Desk(DeliveryError("busy"))
    await desk.outbox.deliver(row(attempts=8))
    assert desk.verdicts == [("dead", 1, "DeliveryError: busy")]


async def test_after_ten_minutes_it_gives_up_too() -> None:
    desk = Desk(DeliveryError("busy"), DeliveryError("busy"))
    desk.clock.advance(599)
    await desk.outbox.deliver(row(attempts=3))
    desk.clock.advance(1)
    await desk.outbox.deliver(row(attempts=4))
    assert [verdict for verdict, *_ in desk.verdicts] == ["later", "dead"]


async def test_the_time_we_were_down_is_no_time_we_tried() -> None:
    desk = Desk(DeliveryError("busy"))
    await desk.outbox.deliver(row(attempts=2, first_try=NOW - timedelta(hours=3)))
    assert desk.verdicts[0][0] == "later"


async def test_nor_is_the_time_the_connection_was_down() -> None:
    desk = Desk(DeliveryError("busy"))
    desk.clock.advance(900)
    desk.outbox.connected("community")
    await desk.outbox.deliver(row(attempts=2))
    assert desk.verdicts[0][0] == "later"


async def test_nothing_is_given_up_because_the_connection_is_refused() -> None:
    desk = Desk(NotConnected("the token is revoked"))
    desk.clock.advance(900)
    await desk.outbox.deliver(row(attempts=9))
    assert desk.verdicts == [("later", 1, NOW + timedelta(seconds=900 + 128))]


async def test_a_job_is_no_delivery() -> None:
    desk = Desk()
    await desk.outbox.deliver(row(1, Job("tell", 3), budget="job"))
    assert desk.verdicts == [("dead", 1, "a job is not a delivery")]


async def test_a_connection_that_is_no_longer_configured_loses_only_its_own_rows() -> None:
    desk = Desk()
    elsewhere = Post(ChannelRef("former", "ideas"), Subject("idea_card", 1))
    await desk.outbox.deliver(row(1, elsewhere, lane="former/ideas", budget="former:post"))
    assert desk.verdicts == [("dead", 1, "there is no connection 'former' any more")]


def _budget() -> Budget:
    """One post a second in a channel; two edits and three direct messages a minute."""
    return Budget({"community": FakeAdapter()})


def test_a_channel_rests_between_posts() -> None:
    budget = _budget()
    budget.spend(row(), NOW)
    held = budget.held(NOW + timedelta(seconds=0.9))
    assert held.names == {"community/ideas"}
    assert held.until == NOW + timedelta(seconds=1)
    assert budget.held(NOW + timedelta(seconds=1)).names == set()


@pytest.mark.parametrize(("method", "limit"), [("edit", 2), ("direct", 3)])
def test_a_minutes_calls_are_counted_as_they_fall_out_of_it(method: str, limit: int) -> None:
    budget = _budget()
    call = row(budget=f"community:{method}")
    for second in range(limit):
        assert budget.held(NOW + timedelta(seconds=second)).names == set()
        budget.spend(call, NOW + timedelta(seconds=second))
    held = budget.held(NOW + timedelta(seconds=30))
    assert held.names == {f"community:{method}"}
    assert held.until == NOW + timedelta(seconds=60)
    assert budget.held(NOW + timedelta(seconds=60)).names == set()
    budget.spend(call, NOW + timedelta(seconds=60))
    assert budget.held(NOW + timedelta(seconds=60.5)).until == NOW + timedelta(seconds=61)


def test_reactions_have_no_budget() -> None:
    budget = _budget()
    for _ in range(100):
        budget.spend(row(budget="community:react"), NOW)
    assert budget.held(NOW).names == set()


async def test_a_followup_goes_to_whoever_acted_by_its_handle() -> None:
    desk = Desk()
    followup = Followup("h1", ANA, "community", Subject("summary", 3))
    await desk.outbox.deliver(row(1, followup, budget="community:followup"))
    assert desk.adapter.sent == [(SendFollowup("h1", ANA, HELLO), "sb1")]


async def test_a_followup_that_is_too_late_is_not_tried_again() -> None:
    desk = Desk(Forgotten("expired"))
    followup = Followup("h1", ANA, "community", Subject("summary", 3))
    await desk.outbox.deliver(row(1, followup, budget="community:followup"))
    assert [(verdict, number) for verdict, number, _ in desk.verdicts] == [("dead", 1)]
