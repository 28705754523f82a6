"""What a model may read of a thread: less what keeps out, and what others repeat of that."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.events import ReadMessage
from bot.reading.assisted.numbered import may_be_sent
from bot.reading.assisted.screen import visible
from bot.reading.clean import letters
from bot.refs import AccountRef

_QUOTED = re.compile(r"^[^\S\n]*(?:>>>[^\S\n].*\Z|(?:>|&gt;)[^\n]*$)", re.MULTILINE | re.DOTALL)
"""A quoted line, or, as on Discord, all the rest."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_LEAST = 10
"""Letters: what is shorter is said by anybody."""
_LEAST_NAME = 3


def readable(
    messages: Sequence[ReadMessage], opted_out: Collection[AccountRef]
) -> list[ReadMessage]:
    """The messages a model may have, each without quoted lines, without sentences of those it may
    not have, and with "somebody" for the names of people who opted out."""
    kept_back = [message for message in messages if not may_be_sent(message, opted_out)]
    names = {message.author_name for message in kept_back if message.author in opted_out}
    withheld = _Withheld.of((message.text for message in kept_back), names)
    sent = (message for message in messages if may_be_sent(message, opted_out))
    cut = (replace(message, text=withheld.cut(message.text)) for message in sent)
    return [message for message in cut if letters(message.text)]


def unquoted(text: str) -> str:
    """The text without the lines it quotes: they are somebody else's."""
    return _QUOTED.sub("", text).strip("\n")


@dataclass(frozen=True, slots=True)
class _Withheld:
    """Sentences in one form, and names."""

    sentences: tuple[str, ...]
    names: re.Pattern[str] | None

    @classmethod
    def of(cls, texts: Iterable[str], names: Iterable[str]) -> "_Withheld":
        """Those of these texts that say enough to be known again."""
        said = {_plain(part) for text in texts for part in _SENTENCE_END.split(visible(text))}
        long = sorted((part for part in said if letters(part) >= _LEAST), key=len, reverse=True)
        spelled = [re.escape(visible(name).strip()) for name in names]
        known = "|".join(name for name in spelled if len(name) >= _LEAST_NAME)
        found = re.compile(rf"(?<!\w)@?(?:{known})(?!\w)", re.IGNORECASE) if known else None
        return cls(tuple(long), found)

    def cut(self, text: str) -> str:
        """A text without them."""
        own = unquoted(visible(text))
        folded = _plain(own)
        for sentence in self.sentences:
            if sentence in folded:
                own = _without(sentence, own)
                folded = _plain(own)
        return self.names.sub("somebody", own) if self.names else own


def _without(sentence: str, text: str) -> str:
    """Nothing, where the sentence cannot be found as it is spelled there."""
    spaced = r"\s+".join(map(re.escape, sentence.split()))
    cut, found = re.subn(spaced.replace("ss", "(?:ss|ß)"), "…", text, flags=re.IGNORECASE)
    return cut if found else ""


def _plain(text: str) -> str:
    return " ".join(unquoted(text).casefold().split()).rstrip(".!?。！？")
