"""The addresses people shared."""

from collections.abc import Iterator, Sequence

from bot.events import ReadMessage
from bot.reading.summarize.prose import URL, paragraphs
from bot.summaries import Part, Quote

_FEW, _MANY, _FEW_BELOW = 3, 10, 50


def links(messages: Sequence[ReadMessage], words: int) -> list[Quote]:
    """Each address once, where it stood first, and those first that were shared most often."""
    first: dict[str, ReadMessage] = {}
    times: dict[str, int] = {}
    for message in messages:
        for address in dict.fromkeys(_addresses(message.text)):
            first.setdefault(address, message)
            times[address] = times.get(address, 0) + 1
    limit = _FEW if words < _FEW_BELOW else _MANY
    shown = set(sorted(first, key=lambda address: -times[address])[:limit])
    return [quote(first[address], Part.LINK, address) for address in first if address in shown]


def quote(message: ReadMessage, part: Part, text: str) -> Quote:
    """Words of a message, with whose they are and where they stand."""
    return Quote(part, message.ref, message.author, message.author_name, text, message.permalink)


def _addresses(text: str) -> Iterator[str]:
    """Outside code and quoted lines; the sentence's full stop and bracket are not the address's."""
    if "://" not in text and "www." not in text.casefold():
        return
    for start, end in paragraphs(text):
        for found in URL.finditer(text, start, end):
            address = found[0].rstrip(".,;:!?'’”»*_。，、")
            while address.endswith(")") and address.count(")") > address.count("("):
                address = address[:-1].rstrip(".,;:!?'")
            yield address
