"""Which questions stayed open, as far as words tell."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.reading.summarize.cues import asks
from bot.reading.summarize.spoken import Sentence, Spoken

_TAKEN_UP = 0.5
"""Of a question's weight: a sentence that holds so much of it takes it up."""
_LEAST_SHARED = 2
_ADDRESSED_WITHIN = 20
"""Messages after a question in which its asker is addressed by name."""


def open_questions(thread: Sequence[Spoken], weights: Mapping[str, int]) -> set[Sentence]:
    """Asked, and then neither taken up by another person, nor its asker answered or thankful."""
    where: defaultdict[str, list[Sentence]] = defaultdict(list)
    for sentence in (s for spoken in thread for s in spoken.sentences):
        for term in sentence.terms:
            where[term].append(sentence)
    asked = (s for spoken in thread for s in spoken.sentences if asks(s.text))
    return {
        question
        for question in asked
        if question.terms
        and not _settled(question, thread)
        and not _taken_up(question, where, weights)
    }


def _settled(question: Sentence, thread: Sequence[Spoken]) -> bool:
    """Somebody turned to the asker by name, or the asker thanked or said that it works."""
    name = thread[question.message].message.author_name.casefold()
    for number in range(question.message + 1, len(thread)):
        spoken = thread[number]
        if spoken.message.author == question.author:
            if spoken.thanks:
                return True
        elif number - question.message <= _ADDRESSED_WITHIN and _turns_to(spoken, name):
            return True
    return False


def _turns_to(spoken: Spoken, name: str) -> bool:
    text = spoken.message.text.casefold().lstrip("<@")
    return text.startswith(name) and bool(spoken.sentences) and not text.rstrip().endswith("?")


def _taken_up(
    question: Sentence, where: Mapping[str, Sequence[Sentence]], weights: Mapping[str, int]
) -> bool:
    """Another person's later sentence shares most of its telling words."""
    shared: Counter[Sentence] = Counter()
    count: Counter[Sentence] = Counter()
    for term in question.terms:
        for sentence in where[term]:
            if sentence.message > question.message and sentence.author != question.author:
                shared[sentence] += weights[term]
                count[sentence] += 1
    enough = _TAKEN_UP * sum(weights[term] for term in question.terms)
    least = min(_LEAST_SHARED, len(question.terms))
    return any(shared[s] >= enough and count[s] >= least for s in shared)
