"""The product team asks, the author answers: by button, or by replying to the bot."""

from bot.board.ask import answer as keep_answer
from bot.board.ask import ask as ask_author
from bot.board.ask import own_question
from bot.board.find import find
from bot.board.submit import DONE
from bot.errors import NotNow
from bot.events import ButtonPressed, FormSubmitted, MessagePosted
from bot.ideas import TEXT_LIMIT, Question
from bot.ports import Turn
from bot.postings import PostingKind
from bot.reading.clean import clean, letters, shorten
from bot.refs import ThreadRef
from bot.results import React, Result, Whisper
from handlers.arguments import invalid, number, reason_of
from handlers.views import forms, notices


async def form(event: ButtonPressed, turn: Turn) -> Result:
    """*Ask the author…* opens a form."""
    idea = await find(turn, number(event.action))
    if idea.author is None:
        raise NotNow("nobody_to_ask", idea.number)
    return Result(forms.ask(event.action, {}, turn.config))


async def asked(event: FormSubmitted, turn: Turn) -> Result:
    """The question is on its way."""
    idea = await find(turn, number(event.action), lock=True)
    text, wrong = reason_of(event)
    if wrong:
        return await invalid(event, turn, ("reason", wrong))
    outgoing = await ask_author(turn, idea, text)
    line = f"{idea.author_name} is asked. The answer will appear under the card."
    return Result(Whisper(notices.say(line)), outgoing)


async def reply(event: ButtonPressed, turn: Turn) -> Result:
    """*Answer…* below a question; only its idea's author may."""
    await own_question(turn, number(event.action))
    return Result(forms.reply(event.action, {}, turn.config))


async def replied(event: FormSubmitted, turn: Turn) -> Result:
    """The answer goes to the team."""
    question = await own_question(turn, number(event.action))
    text, wrong = reason_of(event)
    if wrong:
        return await invalid(event, turn, ("reason", wrong))
    outgoing = await keep_answer(turn, question, text)
    return Result(Whisper(notices.say("Thank you! The team has your answer.")), outgoing)


async def message(event: MessagePosted, turn: Turn) -> Result:
    """A reply to the bot answers an open question to its author."""
    question = await question_for(event, turn)
    return await take_answer(event, turn, question) if question else Result()


async def question_for(event: MessagePosted, turn: Turn) -> Question | None:
    """The open question that a message to the bot would answer, if there is one."""
    questions = await turn.store.open_questions(turn.who.member)
    return await _asked_here(turn, event.thread or event.below, questions)


async def take_answer(event: MessagePosted, turn: Turn, question: Question) -> Result:
    """Kept as the answer; ✅ says it arrived."""
    if letters(event.text) < 1:
        return Result()
    text = shorten(clean(event.text), TEXT_LIMIT)
    outgoing = await keep_answer(turn, question, text)
    return Result(None, (*outgoing, React(event.message, event.channel, DONE)))


async def _asked_here(
    turn: Turn, thread: ThreadRef | None, questions: list[Question]
) -> Question | None:
    """In a thread the question asked there, elsewhere the latest."""
    if thread is None:
        return questions[0] if questions else None
    for question in questions:
        idea = await turn.store.idea(question.idea)
        card = await turn.store.posting(question.idea, PostingKind.CARD)
        at_origin = idea is not None and idea.origin is not None and idea.origin.thread == thread
        if at_origin or (card and card.message.message == thread.root):
            return question
    return None
