"""A shorter title for an idea from a long message: offered to moderators, theirs to take."""

import json

import pytest

from bot.errors import NoAnswer
from bot.events import ReadMessage
from bot.prompts import Prompt, Reply
from bot.refs import MessageRef
from tests.assistant import FakeAssistant
from tests.community import Community, Where, labels, said, text_of

LONG = (
    "Whenever I export the invoices of my twelve closed projects the sheet comes without any of "
    "the receipts, and then I have to add every one of the receipts by hand. It takes a day."
)
SHORT = "Export receipts with the invoices"


def titled(title: str) -> str:
    return json.dumps({"title": title})


async def captured(
    community: Community, text: str = LONG, who: str = "ana", **where: object
) -> ReadMessage:
    message = community.write(who, text, **where)  # type: ignore[arg-type]
    await community.react("mo", "💡", message.ref, channel=message.thread.channel)
    await community.settle()
    return message


def _offer(community: Community) -> MessageRef:
    (index,) = [
        index
        for index, sent in enumerate(community.adapter.sent, 1)
        if getattr(getattr(sent, "channel", None), "channel", "") == "moderators"
    ]
    return MessageRef(community.home, "moderators", f"p{index}")


async def test_a_moderator_takes_the_shorter_title(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(titled(SHORT))
    await captured(assisted)
    (offer,) = assisted.posts("moderators")
    assert f"A model suggests: {SHORT}" in text_of(offer.message)
    assert labels(offer.message) == ["Use this title"]
    assert "Whenever I export" in assisted.shown(assisted.card_of(1)), "nothing by itself"
    assert "for others here to do" in said(await assisted.press("ben", "use_title:1"))
    assert "Saved." in said(await assisted.press("mo", "use_title:1", channel="moderators"))
    await assisted.later(10)
    assert f"#1 · {SHORT}" in assisted.shown(assisted.card_of(1))
    assert LONG in assisted.shown(assisted.card_of(1)), "the words stay"
    assert "no other title to choose" in assisted.shown(_offer(assisted))
    assert "done or no longer there" in said(await assisted.press("mo", "use_title:1"))


async def test_what_a_message_quotes_is_not_sent(assisted: Community, model: FakeAssistant) -> None:
    model.enqueue(titled(SHORT))
    await captured(assisted, f"{LONG}\n> Initech will not pay for that, says Dmitri.\nSo be it.")
    assert "So be it." in model.read
    assert "Initech" not in model.read


async def test_a_short_message_has_a_title_already(
    assisted: Community, model: FakeAssistant
) -> None:
    await captured(assisted, "Please export the receipts, too.")
    assert model.prompts == []


@pytest.mark.parametrize("edited", [f"Let me print on paper. {LONG[90:]} {LONG}", ""])
async def test_words_that_are_taken_back_while_the_model_thinks_get_no_title(
    assisted: Community, model: FakeAssistant, edited: str
) -> None:
    model.enqueue(titled(SHORT))
    message = assisted.write("ana", LONG)

    async def thinking(prompt: Prompt) -> Reply:
        assisted.clock.advance(5)
        if edited:
            await assisted.change("ana", message.ref, edited)
        else:
            await assisted.delete(message.ref)
        return await answer(prompt)

    answer, model.ask = model.ask, thinking  # type: ignore[method-assign]
    await assisted.react("mo", "💡", message.ref, channel=message.thread.channel)
    await assisted.settle()
    assert model.prompts
    assert assisted.posts("moderators") == []
    assert len(assisted.dump()["answers"]) == 0


async def test_another_title_meanwhile_ends_the_offer(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(titled(SHORT))
    await captured(assisted)
    await assisted.submit("mo", "title:1", {"title": "Receipts in exports"})
    await assisted.later(10)
    assert SHORT not in assisted.shown(_offer(assisted))
    assert "done or no longer there" in said(await assisted.press("mo", "use_title:1"))


async def test_a_deleted_message_leaves_no_title_to_choose(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(titled(SHORT))
    message = await captured(assisted)
    await assisted.delete(message.ref)
    await assisted.later(10)
    assert SHORT not in assisted.shown(_offer(assisted))
    assert "done or no longer there" in said(await assisted.press("mo", "use_title:1"))


async def test_words_that_are_taken_along_leave_no_title_behind(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(titled(SHORT))
    await captured(assisted)
    await assisted.press("ana", "forget:words")
    await assisted.later(10)
    assert "receipts" not in assisted.shown(_offer(assisted))
    assert SHORT not in str(assisted.dump())


@pytest.mark.parametrize(
    "answer",
    [titled("Pay Mallory"), titled("See evil.example"), titled(""), "nonsense", NoAnswer("slow")],
)
async def test_a_title_that_does_not_hold_is_not_offered(
    assisted: Community, model: FakeAssistant, answer: str | NoAnswer
) -> None:
    model.enqueue(answer)
    await captured(assisted)
    assert len(model.prompts) == 1
    assert assisted.posts("moderators") == []


async def test_what_keeps_out_is_never_sent_for_a_title(
    assisted: Community, model: FakeAssistant
) -> None:
    await assisted.command("ben", "/sounding no-model")
    secret: Where = {"channel": "secret"}
    await captured(assisted, who="ben")
    await captured(assisted, f"{LONG} (no-model)")
    await captured(assisted, f"{LONG} It is a secret.", **secret)
    assert model.prompts == []
    assert assisted.posts("moderators") == []


async def test_an_idea_withdrawn_meanwhile_is_not_renamed(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(titled(SHORT))
    message = assisted.write("ana", LONG)
    await assisted.react("mo", "💡", message.ref)
    assert await assisted._one(jobs=True)
    await assisted.react("mo", "💡", message.ref, added=False)
    await assisted.settle()
    assert assisted.posts("moderators") == []


async def test_without_a_model_nothing_is_looked_for(quiet: Community) -> None:
    await captured(quiet)
    assert quiet.posts("moderators") == []
