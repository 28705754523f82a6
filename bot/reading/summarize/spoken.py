"""A thread as what people said in it: sentences with their speaker, place and telling words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.events import ReadMessage
from bot.reading.summarize.sentences import sentences, size
from bot.reading.summarize.talk import says_something, thanks
from bot.reading.summarize.terms import Terms, names, terms_of
from bot.refs import AccountRef


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """`message` counts the thread's messages, `place` the sentences of a message."""

    message: int
    place: int
    author: AccountRef
    text: str
    words: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message: what it says, and whether its writer thanks somebody."""

    message: ReadMessage
    sentences: tuple[Sentence, ...]
    thanks: bool


def listen(messages: Sequence[ReadMessage]) -> list[Spoken]:
    """The thread, message by message. A sentence said before is not heard again."""
    people = names(message.author_name for message in messages)
    heard: set[str] = set()
    return [_listen(number, message, people, heard) for number, message in enumerate(messages)]


def _listen(number: int, message: ReadMessage, people: Terms, heard: set[str]) -> Spoken:
    found: list[Sentence] = []
    for text in sentences(message.text):
        key = " ".join(text.casefold().split())
        if key not in heard and says_something(text):
            heard.add(key)
            terms = terms_of(text) - people
            found.append(Sentence(number, len(found), message.author, text, size(text), terms))
    return Spoken(message, tuple(found), thanks(message.text))
