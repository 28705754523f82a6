"""Which questions stayed open, as far as words tell."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.reading.summarize.cues import asks
from bot.reading.summarize.spoken import Sentence, Spoken
from bot.reading.summarize.talk import thanks

_TAKEN_UP = 0.5
"""Of a question's weight: a sentence that holds so much of it takes it up."""
_LEAST_SHARED = 2
_ADDRESSED_WITHIN = 20
"""Messages after a question in which its asker is addressed by name."""


def open_questions(
    asked: Sequence[Sentence], thread: Sequence[Spoken], weights: Mapping[str, int]
) -> list[Sentence]:
    """Those neither taken up by another person, nor followed by an answer or the asker's thanks."""
    where: defaultdict[str, list[Sentence]] = defaultdict(list)
    for sentence in (s for spoken in thread for s in spoken.sentences):
        for term in sentence.terms:
            where[term].append(sentence)
    askers = {question.speaker for question in asked}
    thanked = {
        spoken.speaker: at
        for at, spoken in enumerate(thread)
        if spoken.speaker in askers and thanks(spoken.message.text)
    }
    return [
        question
        for question in asked
        if question.terms
        and thanked.get(question.speaker, -1) <= question.message
        and not _addressed(question, thread)
        and not _taken_up(question, where, weights)
    ]


def _addressed(question: Sentence, thread: Sequence[Spoken]) -> bool:
    """Another person turned to the asker by name, and not to ask back."""
    name = thread[question.message].message.author_name.casefold()
    later = thread[question.message + 1 : question.message + 1 + _ADDRESSED_WITHIN]
    return any(spoken.speaker != question.speaker and _turns_to(spoken, name) for spoken in later)


def _turns_to(spoken: Spoken, name: str) -> bool:
    text = spoken.message.text.lstrip("<@")
    return (
        text[: len(name)].casefold() == name
        and bool(spoken.sentences)
        and not asks(spoken.sentences[-1].text)
    )


def _taken_up(
    question: Sentence, where: Mapping[str, Sequence[Sentence]], weights: Mapping[str, int]
) -> bool:
    """Another person's later sentence shares most of its telling words."""
    shared: Counter[Sentence] = Counter()
    count: Counter[Sentence] = Counter()
    for term in question.terms:
        for sentence in where[term]:
            if sentence.message > question.message and sentence.speaker != question.speaker:
                shared[sentence] += weights[term]
                count[sentence] += 1
    enough = _TAKEN_UP * sum(weights[term] for term in question.terms)
    least = min(_LEAST_SHARED, len(question.terms))
    return any(shared[s] >= enough and count[s] >= least for s in shared)
