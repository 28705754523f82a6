"""The product team asks the author, who answers by button or by replying."""

from bot.refs import MessageRef, ThreadRef
from bot.results import Invalid
from tests.community import Community, buttons, form, said, text_of

QUESTION = {"reason": "On which screen?"}


async def _asked(community: Community) -> ThreadRef:
    """Ana's message is #1, escalated, and Pia has asked about it."""
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", "🚀", message.ref)
    await community.settle()
    opened = form(await community.press("pia", "ask:1"))
    assert "Ana is asked" in said(await community.submit("pia", str(opened.action), QUESTION))
    await community.settle()
    return message.thread


def _answers(community: Community) -> list[str]:
    inbox = community.card_of(1, "product-inbox")
    return [text_of(p.message) for p in community.posts("product-inbox") if p.thread == inbox]


async def test_a_question_reaches_the_author_where_they_spoke(community: Community) -> None:
    thread = await _asked(community)
    (question,) = community.posts("general")
    assert question.thread == MessageRef(thread.connection, thread.channel, thread.root)
    assert "@Ana The product team asks about your idea #1" in text_of(question.message)
    assert "On which screen?" in text_of(question.message)
    assert [b.label for b in question.message.buttons] == ["Answer…"]


async def test_a_question_about_an_idea_from_the_form_hangs_under_its_card(
    community: Community,
) -> None:
    await community.suggest("ana", "Dark mode")
    await community.submit("pia", "ask:1", QUESTION)
    await community.settle()
    assert community.posts("ideas")[1].thread == community.card_of(1)


async def test_an_author_without_a_card_is_asked_in_a_direct_message(tight: Community) -> None:
    await tight.suggest("ana", "Our prices", channel="partners")
    await tight.submit("pia", "ask:1", QUESTION)
    await tight.settle()
    assert "On which screen?" in tight.directs("ana")[0]
    await tight.say_to_bot("ana", "On the last one")
    await tight.settle()
    assert "On the last one" in _answers(tight)[0]


async def test_the_button_opens_a_form_and_the_team_gets_the_answer(
    community: Community,
) -> None:
    await _asked(community)
    opened = form(await community.press("ana", "reply:1"))
    assert isinstance(await community.submit("ana", str(opened.action), {"reason": ""}), Invalid)
    answer = await community.submit("ana", str(opened.action), {"reason": "The editor"})
    assert "The team has your answer" in said(answer)
    await community.settle()
    assert _answers(community) == ["Ana answers “On which screen?”\nThe editor"]
    assert "no longer there" in said(await community.press("ana", "reply:1"))


async def test_a_reply_in_the_thread_is_an_answer(community: Community) -> None:
    thread = await _asked(community)
    reply = await community.say_to_bot("ana", "The editor", thread)
    await community.settle()
    assert _answers(community) == ["Ana answers “On which screen?”\nThe editor"]
    assert community.reactions(reply) == 1


async def test_a_reply_under_the_card_is_an_answer(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.react("mo", "🚀", community.card_of(1), channel="ideas")
    await community.submit("pia", "ask:1", QUESTION)
    await community.settle()
    card = community.card_of(1)
    await community.say_to_bot("ana", "The editor", ThreadRef("playground", "ideas", card.message))
    await community.settle()
    assert "The editor" in _answers(community)[0]


async def test_only_the_author_can_answer(community: Community) -> None:
    thread = await _asked(community)
    assert "no longer there" in said(await community.press("ben", "reply:1"))
    late = await community.submit("ben", "reply:1", {"reason": "Mine"})
    assert "no longer there" in said(late)
    await community.say_to_bot("ben", "Mine", thread)
    await community.settle()
    assert _answers(community) == []


async def test_other_talk_answers_nothing(community: Community) -> None:
    thread = await _asked(community)
    elsewhere = ThreadRef("playground", "general", "m99")
    await community.say_to_bot("ana", "The editor", elsewhere)
    await community.say_to_bot("ana", "🙂", thread)
    await community.say_to_bot("ana", "The editor", thread, to_bot=False)
    await community.settle()
    assert _answers(community) == []


async def test_an_answer_waits_for_the_first_escalation(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.submit("pia", "ask:1", QUESTION)
    await community.submit("ana", "reply:1", {"reason": "The editor"})
    await community.settle()
    assert community.posts("product-inbox") == []


async def test_nobody_is_asked_about_a_former_members_idea(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    opened = form(await community.press("pia", "ask:1"))
    await community.press("ana", "forget:keep")
    assert "no longer here to ask" in said(await community.press("pia", "ask:1"))
    answer = await community.submit("pia", str(opened.action), QUESTION)
    assert "no longer here to ask" in said(answer)
    assert [button.label for button in buttons(answer)] == ["Edit and try again"]


async def test_a_question_without_words_is_mended(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    assert isinstance(await community.submit("pia", "ask:1", {"reason": "?"}), Invalid)
