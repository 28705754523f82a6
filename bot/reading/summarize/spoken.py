"""A thread as what people said in it: sentences with their speaker, place and telling words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.events import ReadMessage
from bot.reading.summarize.sentences import sentences, size
from bot.reading.summarize.talk import says_something
from bot.reading.summarize.terms import Terms, names, terms_of
from bot.refs import AccountRef


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """`message` counts the thread's messages, `place` a message's sentences, `speaker` people."""

    message: int
    place: int
    speaker: int
    text: str
    words: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message and what it says."""

    message: ReadMessage
    speaker: int
    sentences: tuple[Sentence, ...]


def listen(messages: Sequence[ReadMessage]) -> list[Spoken]:
    """The thread, message by message. A sentence said before is not heard again."""
    called = names({message.author_name for message in messages})
    speakers: dict[AccountRef, int] = {}
    heard: set[str] = set()
    thread = []
    for number, message in enumerate(messages):
        speaker = speakers.setdefault(message.author, len(speakers))
        said = tuple(
            Sentence(number, place, speaker, text, size(text), terms_of(text) - called)
            for place, text in enumerate(_new(message.text, heard))
        )
        thread.append(Spoken(message, speaker, said))
    return thread


def _new(text: str, heard: set[str]) -> Iterator[str]:
    for sentence in sentences(text):
        key = " ".join(sentence.casefold().split())
        if key not in heard and says_something(sentence):
            heard.add(key)
            yield sentence
