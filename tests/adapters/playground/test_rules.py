"""Each strictness rule by itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.playground import rules
from adapters.playground.rows import ChatMessage, Person
from adapters.playground.rules import Handles, NotThere, Refused, Window
from bot.errors import DeliveryError, DirectRefused, Forgotten, PermanentDeliveryError
from tests.adapters.playground.world import Hands


def message(author: str = "ana", reactions: tuple[str, ...] = ()) -> ChatMessage:
    given = tuple((emoji, ("ana",)) for emoji in reactions)
    return ChatMessage("000001", "ideas", None, author, Hands().now(), False, {}, 1, given)


def test_slash_commands_are_refused_in_threads_only() -> None:
    rules.check_command_place(None)
    with pytest.raises(Refused, match="do not work in threads"):
        rules.check_command_place("000001")


def test_a_form_opens_within_three_seconds() -> None:
    assert rules.form_refusal(seconds=3.0, after_form=False) is None
    assert rules.form_refusal(seconds=3.01, after_form=False) is not None


def test_a_form_does_not_answer_a_form() -> None:
    assert rules.form_refusal(seconds=0.1, after_form=True) is not None


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2_001])
def test_a_message_has_words_and_not_too_many(text: str) -> None:
    with pytest.raises(Refused):
        rules.check_text(text)
    rules.check_text("x" * 2_000)


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "❤️", "🇨🇭", "1️⃣", ":party_blob:", "✅"])
def test_emoji_are_reactions(emoji: str) -> None:
    rules.check_emoji(emoji, message())


@pytest.mark.parametrize("emoji", ["", "a", "12", ":x y:", "👍 👍", "<b>", "💡" * 40, "ok👍"])
def test_other_text_is_no_reaction(emoji: str) -> None:
    with pytest.raises(Refused):
        rules.check_emoji(emoji, message())


def test_a_message_takes_twenty_different_reactions() -> None:
    full = message(reactions=tuple(chr(0x1F400 + n) for n in range(20)))

    rules.check_emoji("🐀", full)
    with pytest.raises(Refused, match="20"):
        rules.check_emoji("👍", full)


def test_the_bot_edits_its_own_messages_only() -> None:
    rules.check_own(message("bot"))
    with pytest.raises(PermanentDeliveryError):
        rules.check_own(message("ana"))


def test_a_closed_person_takes_no_direct_messages() -> None:
    rules.check_direct(Person("ana", "Ana", "#000000"))
    with pytest.raises(DirectRefused):
        rules.check_direct(Person("ana", "Ana", "#000000", directs_open=False))


def test_one_post_a_second_in_each_channel() -> None:
    hands = Hands()
    window = Window(1, 1.0, hands.monotonic)
    window.enter("ideas")
    window.enter("general")
    hands.seconds += 0.25

    with pytest.raises(DeliveryError) as refused:
        window.enter("ideas")

    assert refused.value.retry_after == pytest.approx(0.75)
    hands.seconds += refused.value.retry_after or 0
    window.enter("ideas")


def test_forty_edits_in_any_minute() -> None:
    hands = Hands()
    window = Window(40, 60.0, hands.monotonic)
    for _ in range(40):
        window.enter()
        hands.seconds += 1

    with pytest.raises(DeliveryError) as refused:
        window.enter()

    assert refused.value.retry_after == pytest.approx(20)


@given(st.lists(st.floats(0.0, 2.0), max_size=40))
def test_no_second_ever_holds_more_than_was_allowed(pauses: list[float]) -> None:
    hands, taken = Hands(), list[float]()
    window = Window(2, 1.0, hands.monotonic)
    for pause in pauses:
        hands.seconds += pause
        try:
            window.enter()
        except DeliveryError:
            continue
        taken.append(hands.seconds)

    least = 1.0 - rules.TOLERANCE - 1e-9
    assert all(third - first >= least for first, third in zip(taken, taken[2:], strict=False))


def test_a_handle_lives_fifteen_minutes() -> None:
    hands = Hands()
    handles: Handles[str] = Handles(hands.monotonic)
    handle = handles.issue("ana", "form")
    hands.seconds += 15 * 60 - 1

    assert handles.look(handle, "ana") == "form"
    hands.seconds += 1
    with pytest.raises(Forgotten):
        handles.look(handle, "ana")


def test_a_handle_is_taken_once_until_it_is_given_back() -> None:
    handles: Handles[str] = Handles(Hands().monotonic)
    handle = handles.issue("ana", "form")

    assert handles.take(handle, "ana") == "form"
    with pytest.raises(Forgotten):
        handles.take(handle, "ana")
    handles.give_back(handle)
    assert handles.take(handle, "ana") == "form"


def test_a_handle_is_one_persons() -> None:
    handles: Handles[str] = Handles(Hands().monotonic)
    handle = handles.issue("ana", "form")

    with pytest.raises(Forgotten):
        handles.look(handle, "ben")


def test_expired_handles_are_not_kept() -> None:
    hands = Hands()
    handles: Handles[str] = Handles(hands.monotonic)
    for _ in range(10):
        handles.issue("ana", "form")
    hands.seconds += 15 * 60

    handles.issue("ana", "form")

    assert len(handles._held) == 1


def test_handles_cannot_be_guessed_from_each_other() -> None:
    handles: Handles[str] = Handles(Hands().monotonic)
    issued = {handles.issue("ana", "form") for _ in range(100)}

    assert len(issued) == 100
    assert all(re.fullmatch(r"[\w-]{16}", handle) for handle in issued)


def test_what_is_not_there_and_what_is_refused_are_both_said_to_the_person() -> None:
    assert issubclass(NotThere, Refused)
