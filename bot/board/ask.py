"""The product team asks an author; the answer comes back under the inbox card."""

from bot.board.reach import author_here, under, where_it_began
from bot.errors import Gone, NotNow
from bot.ideas import Idea, IdeaStatus, Question
from bot.ports import Turn
from bot.postings import PostingKind
from bot.results import Direct, Outgoing, Post, Subject


async def ask(turn: Turn, idea: Idea, text: str) -> tuple[Outgoing, ...]:
    """Put a question to the author where they spoke, else in a direct message."""
    if idea.author is None:
        raise NotNow("nobody_to_ask", idea.number)
    if idea.status in (IdeaStatus.HELD, IdeaStatus.WITHDRAWN):
        raise NotNow(idea.status, idea.number)
    question = await turn.store.add_question(idea.number, text, turn.who.member, turn.now)
    await turn.store.audit("asked", idea.number, turn.who.member, turn.now, f"question {question}")
    subject = Subject("question", question)
    posts = await where_it_began(turn, idea, subject, await author_here(turn, idea))
    if posts:
        return posts
    author = await turn.store.reach(idea.author, idea.connection)
    return (Direct(author.ref, author.connection, subject),) if author else ()


async def own_question(turn: Turn, number: int) -> Question:
    """A question to the viewer that is still open; Gone otherwise."""
    question = await turn.store.question(number)
    idea = await turn.store.idea(question.idea) if question else None
    if question is None or idea is None or question.answer or idea.author is None:
        raise Gone
    if idea.author != turn.viewer.person:
        raise Gone
    return question


async def answer(turn: Turn, question: Question, text: str) -> tuple[Outgoing, ...]:
    """Keep the answer and show it under the inbox card."""
    if not await turn.store.set_answer(question.id, text, turn.now):
        raise Gone
    await turn.store.audit(
        "replied", question.idea, turn.who.member, turn.now, f"question {question.id}"
    )
    subject = Subject("answer", question.id)
    card = await turn.store.posting(question.idea, PostingKind.INBOX)
    if card:
        return (under(card, subject),)
    inbox = await turn.store.inbox_of(question.idea)
    return (Post(inbox, subject),) if inbox else ()
