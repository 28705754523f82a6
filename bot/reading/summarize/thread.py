"""A thread in short, from its own words alone: no model, nothing to download, always the same."""

from collections.abc import Iterable, Mapping, Sequence

from bot.events import ReadMessage
from bot.reading.summarize.choose import Candidate, choose
from bot.reading.summarize.cues import agrees, asks, disagrees, proposes
from bot.reading.summarize.links import links
from bot.reading.summarize.prose import URL
from bot.reading.summarize.questions import open_questions
from bot.reading.summarize.spoken import Sentence, Spoken, listen
from bot.reading.summarize.terms import Terms, weights
from bot.refs import ThreadRef
from bot.summaries import Part, Quote, Summary

LINE, PARAGRAPH, FULL = 25, 70, 250
"""Words to ask for."""
NO_SUMMARY = "no-summary"
"""A message that holds it, in any case, stays out."""

_LEAST_SPOKEN = 3
_OPENING_MESSAGES = 3
_STRETCH, _MOST_STRETCHES = 12, 10
_WORTH = {
    Part.OPENING: 1.5,
    Part.DISAGREEMENT: 1.3,
    Part.AGREEMENT: 1.0,
    Part.PROPOSAL: 1.1,
    Part.QUESTION: 1.2,
    Part.POINT: 1.0,
}
_ASKING, _WITH_LINK, _UNFINISHED = 1.2, 0.6, 0.4
_LATER_SENTENCE, _LATER_MESSAGE = 0.7, 0.1
_PARTS = {part: order for order, part in enumerate(Part)}


def summarize(
    thread: ThreadRef, messages: Sequence[ReadMessage], *, words: int = 120
) -> Summary | None:
    """Quotes of at most so many words (links not counted; one sentence if none is that short).

    None when fewer than three messages say anything. `messages` are people's, in order.
    """
    kept = [message for message in messages if NO_SUMMARY not in message.text.casefold()]
    spoken = listen(kept)
    if sum(bool(one.sentences) for one in spoken) < _LEAST_SPOKEN:
        return None
    return Summary(
        thread=thread,
        quotes=(*_quotes(spoken, words), *links(kept, words)),
        messages=len(kept),
        people=len({message.author for message in kept}),
        first_at=min(message.posted_at for message in kept),
        last_at=max(message.posted_at for message in kept),
    )


def _quotes(spoken: Sequence[Spoken], words: int) -> Iterable[Quote]:
    weighed = weights([[sentence.terms for sentence in one.sentences] for one in spoken])
    chosen = choose(_candidates(spoken, weighed), weighed, words)
    for one in sorted(chosen, key=lambda c: (_PARTS[c.part], c.sentence.message, c.sentence.place)):
        message = spoken[one.sentence.message].message
        yield Quote(
            one.part,
            message.ref,
            message.author,
            message.author_name,
            one.sentence.text,
            message.permalink,
        )


def _candidates(spoken: Sequence[Spoken], weighed: Mapping[str, int]) -> list[Candidate]:
    opening = _opening(spoken)
    topic = frozenset[str]().union(*(s.terms for at in opening for s in spoken[at].sentences))
    unanswered = open_questions(spoken, weighed)
    stretches = min(_MOST_STRETCHES, 1 + len(spoken) // _STRETCH)
    length = -(-len(spoken) // stretches)
    return [
        Candidate(sentence, part, at // length, _worth(sentence, part, topic, at % length))
        for at, one in enumerate(spoken)
        for sentence in one.sentences
        for part in [_part(sentence, opening, unanswered)]
    ]


def _opening(spoken: Sequence[Spoken]) -> range:
    """The first messages that say something, by one person, before anybody else does."""
    first = next(at for at, one in enumerate(spoken) if one.sentences)
    author = spoken[first].message.author
    last = first + 1
    while last < first + _OPENING_MESSAGES and spoken[last].message.author == author:
        last += 1
    return range(first, last)


def _part(sentence: Sentence, opening: range, unanswered: set[Sentence]) -> Part:
    if sentence.message in opening:
        return Part.OPENING
    if sentence in unanswered:
        return Part.QUESTION
    if disagrees(sentence.text):
        return Part.DISAGREEMENT
    if agrees(sentence.text):
        return Part.AGREEMENT
    return Part.PROPOSAL if proposes(sentence.text) else Part.POINT


def _worth(sentence: Sentence, part: Part, topic: Terms, at: int) -> float:
    """By what it is there for, how early it stands, and how near to what the thread is about."""
    worth = _WORTH[part] * (1 + len(sentence.terms & topic) / (len(sentence.terms) + 2))
    worth /= (1 + _LATER_SENTENCE * sentence.place) * (1 + _LATER_MESSAGE * at)
    if part is not Part.QUESTION and asks(sentence.text):
        worth *= _ASKING
    if URL.search(sentence.text):
        worth *= _WITH_LINK
    return worth * _UNFINISHED if sentence.text[-1] in ":,;：、，" else worth
