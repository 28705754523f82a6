"""A thread in short, from its own words alone: no model, nothing to download, always the same."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from bot.events import ReadMessage
from bot.reading.summarize.choose import Candidate, choose, likely
from bot.reading.summarize.cues import agrees, asks, disagrees, leans, proposes
from bot.reading.summarize.links import links, quote
from bot.reading.summarize.prose import URL
from bot.reading.summarize.questions import open_questions
from bot.reading.summarize.spoken import Sentence, Spoken, listen
from bot.reading.summarize.terms import Terms, fluency, weights
from bot.refs import ThreadRef
from bot.summaries import Length, Part, Quote, Summary

LINE, PARAGRAPH, FULL = 25, 70, 250
"""Words to ask for."""
WORDS = {Length.LINE: LINE, Length.PARAGRAPH: PARAGRAPH, Length.FULL: FULL}
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
_ANSWERED, _MANY_MESSAGES = 0.5, 15
"""What an answered question is worth in a long thread, where there is much to choose from."""
_WITH_LINK, _UNFINISHED, _SCRAP, _LEANING = 0.6, 0.4, 0.8, 0.8
_LATER_SENTENCE, _LATER_MESSAGE, _FLUENT, _ON_TOPIC = 0.5, 0.1, 6, 1.5
_SCRAP_WORDS, _LEAST_WORDS = 7, 4
_STOPS = '.!?…)"”»。！？؟।'
_LOOKED_AT = 300
"""Sentences of a long thread whose words are looked at closely."""
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
        quotes=(*_quotes(thread, spoken, words), *links(kept, words)),
        messages=len(kept),
        people=len({message.author for message in kept}),
        first_at=min(message.posted_at for message in kept),
        last_at=max(message.posted_at for message in kept),
    )


def _quotes(thread: ThreadRef, spoken: Sequence[Spoken], words: int) -> list[Quote]:
    """By part, and in a part as they were said."""
    weighed = weights([[sentence.terms for sentence in one.sentences] for one in spoken])
    candidates = likely(_candidates(thread, spoken), weighed, _LOOKED_AT)
    chosen = choose(_told_apart(candidates, spoken, weighed), weighed, words)
    chosen.sort(key=lambda c: (_PARTS[c.part], c.sentence.message, c.sentence.place))
    return [quote(spoken[c.sentence.message].message, c.part, c.sentence.text) for c in chosen]


def _candidates(thread: ThreadRef, spoken: Sequence[Spoken]) -> list[Candidate]:
    """Every sentence, as an opening or a point. Stretches keep the middle of a long thread."""
    opening = _opening(thread, spoken)
    topic = frozenset[str]().union(*(s.terms for at in opening for s in spoken[at].sentences))
    stretches = min(_MOST_STRETCHES, 1 + len(spoken) // _STRETCH)
    length = -(-len(spoken) // stretches)
    return [
        Candidate(
            sentence,
            Part.OPENING if at in opening else Part.POINT,
            at // length,
            _worth(sentence, topic, _closes(one)) / (1 + _LATER_MESSAGE * (at % length)),
        )
        for at, one in enumerate(spoken)
        for sentence in one.sentences
        if at in opening or _could_be_a_point(sentence, len(spoken))
    ]


def _could_be_a_point(sentence: Sentence, messages: int) -> bool:
    """Not a scrap; one of a few telling words is better than nothing where little was said."""
    telling = sentence.words >= _SCRAP_WORDS or len(sentence.terms) > 1
    return telling and (messages <= _MANY_MESSAGES or sentence.words >= _LEAST_WORDS)


def _closes(spoken: Spoken) -> bool:
    """Whether its writer sets full stops, so that a line without one is a heading or a scrap."""
    return any(sentence.text[-1] in _STOPS for sentence in spoken.sentences)


def _opening(thread: ThreadRef, spoken: Sequence[Spoken]) -> range:
    """The first messages that say something, by one person, before anybody else does. None where
    the thread hangs under something else: a card of ours, or a message that stays out."""
    if spoken[0].message.ref != thread.opening:
        return range(0)
    first = next(at for at, one in enumerate(spoken) if one.sentences)
    last = first + 1
    while last < first + _OPENING_MESSAGES and spoken[last].speaker == spoken[first].speaker:
        last += 1
    return range(first, last)


def _worth(sentence: Sentence, topic: Terms, closed: bool) -> float:
    """Said in full, early in its message, and near to what the thread began with."""
    worth = 1 + _FLUENT * fluency(sentence.text)
    worth *= 1 + _ON_TOPIC * len(sentence.terms & topic) / (len(sentence.terms) + 2)
    worth /= 1 + _LATER_SENTENCE * sentence.place
    if sentence.words < _SCRAP_WORDS:
        worth *= _SCRAP
    if URL.search(sentence.text):
        worth *= _WITH_LINK
    if leans(sentence.text):
        worth *= _LEANING
    if closed and sentence.text[-1] not in _STOPS:
        worth *= _SCRAP
    return worth * _UNFINISHED if sentence.text[-1] in ":,;：、，" else worth


def _told_apart(
    candidates: Sequence[Candidate], spoken: Sequence[Spoken], weighed: Mapping[str, int]
) -> list[Candidate]:
    """What each is there for, and worth by that."""
    asked = [c.sentence for c in candidates if asks(c.sentence.text)]
    unanswered = set(open_questions(asked, spoken, weighed))
    answered = set(asked) - unanswered if len(spoken) > _MANY_MESSAGES else set[Sentence]()
    parts = [_part(candidate, unanswered) for candidate in candidates]
    return [
        replace(c, part=part, worth=c.worth * _WORTH[part] * _less(c, part, answered))
        for c, part in zip(candidates, parts, strict=True)
    ]


def _less(candidate: Candidate, part: Part, answered: Set[Sentence]) -> float:
    return _ANSWERED if part is Part.POINT and candidate.sentence in answered else 1.0


def _part(candidate: Candidate, unanswered: Set[Sentence]) -> Part:
    text = candidate.sentence.text
    if candidate.part is Part.OPENING:
        return Part.OPENING
    if candidate.sentence in unanswered:
        return Part.QUESTION
    if disagrees(text):
        return Part.DISAGREEMENT
    if agrees(text):
        return Part.AGREEMENT
    return Part.PROPOSAL if proposes(text) else Part.POINT
