"""Whatever people write, what we show fits both platforms."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.config import playground_config
from bot.errors import Gone, NoSuchIdea, NotAllowed
from bot.ideas import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    Audience,
    Decision,
    Idea,
    IdeaStatus,
    Origin,
    Question,
    Wording,
)
from bot.messages import Action, Message
from bot.people import Account, Role, Viewer
from bot.refs import AccountRef, IdeaNumber, MessageRef, ThreadRef
from bot.store import TypedCode
from handlers.views import cards, forms, home, links, mistakes, notices, review, told
from handlers.views.options import options
from tests.flows.fits import assert_form_fits, assert_message_fits

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NASTY = st.text(st.characters(codec="utf-8"), min_size=1) | st.sampled_from(
    [
        "<!channel>",
        "@everyone",
        "*_~`[x](http://y)",
        "\u202eevil",
        "👩‍👩‍👧‍👧" * 30,
        "\n" * 50,
        "x" * 5_000,
    ]
)
TITLES = NASTY.map(lambda text: text[:TITLE_LIMIT])
TEXTS = st.just("") | NASTY.map(lambda text: text[:TEXT_LIMIT])
NUMBERS = st.integers(1, 2**31 - 1)
ORIGIN = Origin(MessageRef("a", "b", "c"), ThreadRef("a", "b", "c"), "https://example.com/1")


@st.composite
def _ideas(draw: st.DrawFn) -> Idea:
    return Idea(
        number=IdeaNumber(draw(NUMBERS)),
        wording=Wording(draw(TITLES), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TITLES)),
        status=draw(st.sampled_from(IdeaStatus)),
        public_status=draw(st.sampled_from(IdeaStatus)),
        author=draw(st.none() | st.just(1)),
        author_name=draw(TITLES),
        connection="community",
        audience=draw(st.sampled_from(Audience)),
        origin=draw(st.none() | st.just(ORIGIN)),
        captured_by=draw(st.none() | st.just(2)),
        merged_into=draw(st.none() | NUMBERS.map(IdeaNumber)),
        votes=draw(st.integers(0, 10**9)),
        escalated=draw(st.booleans()),
        created_at=NOW,
    )


@st.composite
def _decisions(draw: st.DrawFn) -> Decision:
    statuses = st.sampled_from(IdeaStatus)
    return Decision(
        id=draw(NUMBERS),
        idea=IdeaNumber(1),
        previous=draw(statuses),
        status=draw(statuses),
        reason=draw(TEXTS),
        by=2,
        by_name=draw(TITLES),
        at=NOW,
        undone=False,
        correction=draw(st.booleans()),
    )


VIEWERS = st.builds(
    Viewer,
    connection=st.just("community"),
    account=st.none() | st.builds(Account, st.just(1), st.just(3), st.integers(1, 2),
                                  st.just(AccountRef("a", "b")), st.just("Ana"), st.just("x")),
    roles=st.frozensets(st.sampled_from(Role)),
)  # fmt: skip


@given(_ideas(), _decisions(), _ideas())
def test_every_card(idea: Idea, decision: Decision, target: Idea) -> None:
    for status in IdeaStatus:
        card = cards.idea_card(idea, status, people=3, decision=decision, target=target)
        assert_message_fits(Message(cards=(card,)))
        moved = replace(idea, status=status)
        inbox = cards.inbox_card(moved, people=3, decision=decision, target=target)
        assert_message_fits(inbox)
        assert len(inbox.cards[0].buttons) <= 10


@given(_ideas(), _decisions(), _ideas(), st.booleans(), VIEWERS)
def test_every_notice(
    idea: Idea, decision: Decision, other: Idea, yes: bool, viewer: Viewer
) -> None:
    anyway = Action.of("decide", idea.number, IdeaStatus.IN_PROGRESS, IdeaStatus.UNDER_REVIEW)
    for message in (
        notices.offer(2**31, [idea, other], {other.number: decision}),
        notices.thanks(idea, viewer),
        notices.joined(idea),
        notices.supporting(idea),
        notices.unvoted(idea, yes),
        notices.following(idea, yes),
        home.page({"mine": [idea] * 11, "waiting": [other], "following": []}, viewer, ()),
        notices.listed([idea, other], viewer, "A list", Action.of("ideas", "waiting", 5)),
        options(idea, viewer, frozenset({"edit"} if yes else {"unvote", "restore"})),
        notices.withdrawn(idea),
        notices.restored(idea, idea.status),
        notices.merged(idea, other),
        notices.blocked(idea),
        notices.decided(idea, decision),
        notices.overtaken(idea, decision, 3, "In progress anyway", anyway),
        notices.muted(),
        notices.forget(3, 4, []),
    ):
        assert_message_fits(message)
        assert len(message.buttons) <= 25


@given(st.lists(TITLES, min_size=2, max_size=4))
def test_everything_about_linked_accounts(names: list[str]) -> None:
    accounts = [Account(1, 1, 1, AccountRef("a", "b"), name, "community") for name in names]
    for message in (
        notices.forget(3, 4, accounts),
        links.code("K7QP-2MXD", accounts),
        links.wrong_code(),
        links.is_it_you(TypedCode(1, accounts[0])),
        links.linked(accounts[0]),
        links.not_linked(),
        links.told(accounts),
        links.unlinked(accounts),
        links.unlinked([]),
        links.one_place(),
    ):
        assert_message_fits(message)


@given(_ideas(), _decisions(), _ideas(), TEXTS)
def test_everything_that_is_told(idea: Idea, decision: Decision, other: Idea, text: str) -> None:
    asked = Question(1, idea.number, text, 2, "Pia", text)
    for message in (
        told.decision(idea, decision, 3),
        told.merged_decision(decision),
        told.draft_posted(idea),
        told.captured(idea),
        told.held(idea),
        review.offer(idea, decision),
        review.let_in(idea),
        review.refused(idea),
        told.merged(idea, other),
        told.moved(other),
        told.moved(None),
        told.moved_back(),
        told.question(idea, asked),
        told.answer(idea, asked),
        told.data(text),
    ):
        if message is not None:
            assert_message_fits(message)


@given(st.dictionaries(st.sampled_from(["title", "body", "reason", "into", "area"]), NASTY))
def test_every_form(values: dict[str, str]) -> None:
    config = playground_config(Path("/nowhere"))
    for name, make in forms.FORMS.items():
        assert_form_fits(make(Action.of(name, 2**31, "under_review"), values, config))


def test_every_apology_has_a_sentence() -> None:
    retry = Action.of("retry", 2**31)
    for mistake in (NoSuchIdea(12), NotAllowed(), Gone()):
        assert_message_fits(mistakes.apologise(mistake, retry))
