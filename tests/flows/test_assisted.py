"""A model writes the thread in short: labelled, borne out, and gone with what it cites."""

import json
from typing import Any, Unpack

import pytest
from aiohttp import web

from bot.events import ReadMessage
from bot.messages import Link
from bot.ports import SendEdit
from bot.prompts import Prompt, Reply
from bot.refs import MessageRef
from tests.adapters.openai.server import ModelServer, completion, failure, summary_of
from tests.assistant import FakeAssistant, sentences
from tests.community import Community, Where, labels, said, text_of

OPENING = "I lost half a chapter this morning because there was no signal on the train."
LINES = (
    ("ben", "It happens to me as well whenever the train goes through a tunnel."),
    ("chloé", "We should keep a copy of every chapter on the device itself."),
    ("dmitri", "I disagree, a copy on the device is lost with the device."),
)
LOST = ("Ana lost half a chapter because there was no signal on the train.", [1])
TUNNEL = ("Ben says it happens whenever the train goes through a tunnel.", [2])
COPY = ("Chloé wants a copy of every chapter on the device; Dmitri disagrees.", [3, 4])
WRITTEN = sentences(LOST, TUNNEL, COPY)
BY_MODEL = "Written by a model (m-1)"


async def thread(community: Community, **where: Unpack[Where]) -> ReadMessage:
    opening = community.write("ana", OPENING, **where)
    for who, text in LINES:
        await community.reply(who, text, opening)
    return opening


async def _summary(
    community: Community, opening: ReadMessage, who: str = "ben", **where: Unpack[Where]
) -> str:
    """What somebody gets who asks for it."""
    await community.use_menu(who, opening, "summarize_thread", **where)
    await community.settle()
    return text_of(community.followups(who)[-1])


def _told(logged: list[str], event: str) -> list[dict[str, Any]]:
    return [line for line in map(json.loads, logged) if line["event"] == event]


async def test_it_is_labelled_and_each_sentence_leads_to_its_messages(
    assisted: Community, model: FakeAssistant, logged: list[str]
) -> None:
    model.enqueue(WRITTEN)
    told = await _summary(assisted, await thread(assisted))
    assert f"{BY_MODEL}. The names lead to the messages" in told
    assert f"{COPY[0]} (Chloé, Dmitri)" in told
    assert "“" not in told
    card = assisted.followups("ben")[0].cards[0]
    urls = [part.url for line in card.body for part in line if isinstance(part, Link)]
    assert urls[:4] == ["/#general/m1", "/#general/m2", "/#general/m3", "/#general/m4"]
    (line,) = _told(logged, "assistant_summarised")
    assert (line["messages"], line["kept_back"]) == (4, 0)


async def test_it_is_shared_like_any_other(assisted: Community, model: FakeAssistant) -> None:
    model.enqueue(WRITTEN)
    await _summary(assisted, await thread(assisted))
    await assisted.press("ben", "post_summary:1")
    await assisted.press("ben", "send_summary:1")
    await assisted.settle()
    for channel in ("general", "product-inbox"):
        (post,) = assisted.posts(channel)
        assert BY_MODEL in text_of(post.message)
        assert labels(post.message) == []


def _posted(community: Community) -> MessageRef:
    (index,) = [
        index
        for index, sent in enumerate(community.adapter.sent, 1)
        if "'general'" in str(sent)[:200] and str(sent).startswith("SendPost")
    ]
    return MessageRef(community.home, "general", f"p{index}")


async def _shared(community: Community, model: FakeAssistant) -> MessageRef:
    model.enqueue(WRITTEN)
    community.adapter.left.add("ben")
    opening = await thread(community)
    await community.use_menu("ben", opening, "summarize_thread")
    await community.settle()
    await community.press("ben", "post_summary:1")
    await community.settle()
    return _posted(community)


async def test_a_sentence_is_withdrawn_everywhere_with_a_message_it_cites(
    assisted: Community, model: FakeAssistant
) -> None:
    where = await _shared(assisted, model)
    (dmitris,) = [ref for ref, m in assisted.adapter.messages.items() if m.author.user == "dmitri"]
    await assisted.delete(dmitris)
    await assisted.later(10)
    assert LOST[0] in assisted.shown(where)
    assert COPY[0] not in assisted.shown(where)
    edits = [s for s in assisted.adapter.sent if isinstance(s, SendEdit)]
    private = [s for s in edits if s.target.container == "dm-ben"]
    assert COPY[0] not in text_of(private[-1].message)


async def test_a_sentence_is_withdrawn_with_whoever_it_is_about(
    assisted: Community, model: FakeAssistant
) -> None:
    where = await _shared(assisted, model)
    await assisted.press("chloé", "forget:keep")
    await assisted.later(10)
    assert "Chloé" not in assisted.shown(where)
    assert TUNNEL[0] in assisted.shown(where)
    assert "Chloé" not in str(assisted.dump())


async def test_with_every_sentence_gone_what_is_left_are_peoples_own_words(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(sentences(("Ben and Dmitri speak of the train, the tunnel, the device.", [2, 4])))
    told = await _summary(assisted, await thread(assisted))
    assert BY_MODEL in told
    await assisted.press("ben", "post_summary:1")
    await assisted.press("dmitri", "forget:keep")
    await assisted.later(10)
    assert BY_MODEL not in assisted.shown(_posted(assisted))
    assert f"“{OPENING}”" in assisted.shown(_posted(assisted))


async def test_what_keeps_out_is_never_sent(assisted: Community, model: FakeAssistant) -> None:
    model.enqueue(sentences(LOST))
    assert "No model is given what you write" in said(
        await assisted.command("dmitri", "/sounding no-model")
    )
    opening = await thread(assisted)
    await assisted.reply("ben", "[no-model] Initech is a customer of ours.", opening)
    told = await _summary(assisted, opening)
    assert "from 3 of the 5 messages" in told
    assert "tunnel" in model.read
    for secret in ("Initech", "lost with the device", "Dmitri"):
        assert secret not in model.read


async def test_what_others_repeat_of_it_is_not_sent_either(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(sentences(LOST))
    await assisted.command("dmitri", "/sounding no-model")
    opening = await thread(assisted)
    repeated = "I disagree,  a copy on the device\nis LOST with the device!"
    await assisted.reply("ben", f"> {LINES[2][1]}\nThat would be a pity, Dmitri.", opening)
    await assisted.reply("ben", f"@dmitri said “{repeated}” and I see why.", opening)
    await assisted.reply("chloé", f">>> Dmitri wrote:\n{LINES[2][1]}", opening)
    told = await _summary(assisted, opening)
    assert "from 5 of the 7 messages" in told
    assert "That would be a pity, somebody." in model.read
    assert "somebody said “…!” and I see why." in model.read
    for secret in ("dmitri", "lost with the device", "i disagree"):
        assert secret not in model.read.casefold()


async def test_who_allows_it_again_is_read_again(assisted: Community, model: FakeAssistant) -> None:
    model.enqueue(WRITTEN)
    await assisted.command("dmitri", "/sounding no-model")
    await assisted.command("dmitri", "/sounding no-model")
    assert "may help" in said(await assisted.press("dmitri", "allow_model"))
    assert "may help" in said(await assisted.press("dmitri", "allow_model"))
    await _summary(assisted, await thread(assisted))
    assert "lost with the device" in model.read


async def test_a_channel_that_keeps_out_is_summarised_without(
    assisted: Community, model: FakeAssistant
) -> None:
    secret: Where = {"channel": "secret"}
    opening = await thread(assisted, **secret)
    told = await _summary(assisted, opening, **secret)
    assert f"“{OPENING}”" in told
    assert "model" not in told
    assert model.prompts == []


async def test_an_unchanged_thread_is_not_sent_again(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(WRITTEN)
    opening = await thread(assisted)
    first, second = [await _summary(assisted, opening, who) for who in ("ben", "dmitri")]
    assert first == second
    assert len(model.prompts) == 1
    await assisted.reply("ben", "The train has a signal only at stations.", opening)
    await _summary(assisted, opening)
    assert len(model.prompts) == 2


async def test_a_line_is_asked_for_as_a_line(assisted: Community, model: FakeAssistant) -> None:
    model.enqueue(sentences(LOST))
    opening = await thread(assisted)
    await assisted.command("ben", f"/summarize {opening.permalink} line")
    await assisted.settle()
    assert "At most 1 sentences and 25 words" in model.prompts[0].instructions
    assert f"{LOST[0]} (Ana)" in text_of(assisted.followups("ben")[0])


class Writing(FakeAssistant):
    """Writes to the database while it thinks, as anybody else may."""

    def __init__(self) -> None:
        super().__init__([WRITTEN])
        self.community: Community | None = None

    async def ask(self, prompt: Prompt) -> Reply:
        assert self.community
        async with self.community.database.transaction() as store:
            await store.audit("meanwhile", None, None, self.community.clock.now())
        return await super().ask(prompt)


@pytest.fixture
def writing() -> Writing:
    return Writing()


async def test_no_transaction_is_open_while_it_thinks(
    assisted: Community, model: FakeAssistant, writing: Writing
) -> None:
    writing.community = assisted
    model.ask = writing.ask  # type: ignore[method-assign]
    assert BY_MODEL in await _summary(assisted, await thread(assisted))


async def test_what_is_deleted_while_it_thinks_is_not_told(
    assisted: Community, model: FakeAssistant
) -> None:
    def answer(_prompt: Prompt) -> str:
        messages = assisted.adapter.messages
        for ref in [ref for ref, m in messages.items() if m.author.user == "dmitri"]:
            del messages[ref]
        return WRITTEN

    model.enqueue(answer)
    told = await _summary(assisted, await thread(assisted))
    assert TUNNEL[0] in told
    assert "Dmitri" not in told
    assert "lost with the device" not in str(assisted.dump())
    assert assisted.dump()["answers"] == []


async def test_a_long_thread_is_read_in_parts_and_only_what_is_new_again(
    assisted: Community, model: FakeAssistant
) -> None:
    def answer(prompt: Prompt) -> str:
        lines = [json.loads(line) for line in prompt.material.split("\n")]
        if "cites" in lines[0]:
            return sentences(*[(one["text"], one["cites"]) for one in lines[:3]])
        numbers = [one["n"] for one in lines]
        return sentences(
            ("Ana lost half a chapter for want of a signal on the train.", numbers[:1])
        )

    model.enqueue(answer)
    opening = assisted.write("ana", OPENING)
    words = "The signal on the train is lost again, and with it half a chapter of the book. " * 20
    for at in range(90):
        await assisted.reply("ana", f"Case {at}: {words}", opening)
    assert BY_MODEL in await _summary(assisted, opening)
    before = len(model.prompts)
    assert before > 2, "two parts at least, and one summary of them"
    await assisted.reply("ana", "And once more on the train.", opening)
    await _summary(assisted, opening)
    assert len(model.prompts) <= before + 2


async def _answers(community: Community) -> int:
    return len(community.dump()["answers"])


async def test_what_a_model_answered_goes_with_a_message_it_was_shown(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(sentences(LOST, TUNNEL))
    opening = await thread(assisted)
    await _summary(assisted, opening)
    assert await _answers(assisted) == 1
    (dmitris,) = [ref for ref, m in assisted.adapter.messages.items() if m.author.user == "dmitri"]
    await assisted.delete(dmitris)
    await assisted.later(10)
    assert await _answers(assisted) == 0
    await _summary(assisted, opening)
    assert await _answers(assisted) == 1


async def test_what_a_model_answered_goes_with_whoever_wrote_what_it_was_shown(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(sentences(LOST, TUNNEL))
    opening = await thread(assisted)
    await _summary(assisted, opening)
    await assisted.command("dmitri", "/sounding no-model")
    assert await _answers(assisted) == 0
    await _summary(assisted, opening)
    await assisted.press("chloé", "forget:keep")
    await assisted.later(10)
    assert await _answers(assisted) == 0


async def test_no_answer_is_kept_about_whoever_keeps_out_while_the_model_thinks(
    assisted: Community, model: FakeAssistant
) -> None:
    model.enqueue(sentences(LOST, TUNNEL))
    opening = await thread(assisted)

    async def thinking(prompt: Prompt) -> Reply:
        await assisted.command("dmitri", "/sounding no-model")
        return await answer(prompt)

    answer, model.ask = model.ask, thinking  # type: ignore[method-assign]
    await _summary(assisted, opening)
    assert model.prompts
    assert await _answers(assisted) == 0


TRUNCATED = completion('{"sentences": [{"part": "point", "text": "Ana lost', finish_reason="length")


AWAY = "The model cannot be reached just now"
USELESS = "The model gave no answer that holds this time"
TOO_LONG = "The thread is too long for the model"


@pytest.mark.parametrize(
    ("response", "why"),
    [
        (failure(401), AWAY),
        (failure(429, **{"Retry-After": "30"}), AWAY),
        (failure(500), AWAY),
        (None, AWAY),
        (TRUNCATED, USELESS),
        (completion('{"summary": "zanzibar"}'), USELESS),
        (completion("I would summarise zanzibar like this: it is nice."), USELESS),
        (web.json_response({"choices": []}), USELESS),
        (completion(None, refusal="I would rather not."), USELESS),
        (failure(400, "context_length_exceeded"), TOO_LONG),
        (web.Response(text="<html>zanzibar</html>", content_type="text/html"), USELESS),
        (summary_of(("Mallory lost the whole book at the station.", [1])), USELESS),
        (summary_of(("Ana lost half a chapter.", [44])), USELESS),
    ],
)
async def test_whatever_goes_wrong_people_get_their_summary(
    served: Community, server: ModelServer, response: web.Response | None, why: str
) -> None:
    server.enqueue(response)
    told = await _summary(served, await thread(served))
    assert f"{why}, so this is made of people's own words." in told
    assert f"“{OPENING}”" in told
    assert "Disagreed" in told
    assert "Written by" not in told
    assert labels(served.followups("ben")[-1])[:2] == ["Post to thread", "Send to product"]
    assert server.asked


async def test_a_real_server_that_answers_writes_the_summary(
    served: Community, server: ModelServer
) -> None:
    server.enqueue(summary_of(LOST, TUNNEL, COPY))
    told = await _summary(served, await thread(served))
    assert BY_MODEL in told
    (body,) = server.asked
    assert OPENING in body["messages"][1]["content"]
    assert OPENING not in body["messages"][0]["content"]


async def test_a_spent_allowance_is_said(served: Community, server: ModelServer) -> None:
    async with served.database.transaction() as store:
        await store.reserve_tokens(served.clock.now().date(), 499_999, 500_000)
    told = await _summary(served, await thread(served))
    assert "The model's allowance for today is used up" in told
    assert f"“{OPENING}”" in told
    assert server.asked == []
