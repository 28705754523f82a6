"""A text as Discord's clients draw it: what is words, and what is more than words.

Written from docs.discord.com/developers/reference#message-formatting and the rules of
simple-markdown, which the clients use; it knows nothing of our renderer.
"""

import re
from dataclasses import dataclass

_BLOCKS = re.compile(
    r"(?P<heading>[^\S\n]*\#{1,3} )|(?P<small>[^\S\n]*-\# )|(?P<list>[^\S\n]*(?:[-*+]|\d+\.) )"
    r"|(?P<quote>[^\S\n]*>>? ?)"
)
_INLINE = re.compile(
    r"\\(?P<escape>[^0-9A-Za-z\s])"
    r"|```(?P<block>.+?)```"
    r"|(?P<fence>`+)(?P<code>.*?[^`])(?P=fence)(?!`)"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*(?!\*)"
    r"|__(?P<underline>(?:\\.|[^\\])+?)__(?!_)"
    r"|~~(?P<strike>.+?)~~(?!_)"
    r"|\|\|(?P<spoiler>.+?)\|\|"
    r"|\*(?=\S)(?P<stars>(?:\\.|[^\\*])+?)\*(?!\*)"
    r"|\b_(?P<lines>(?:\\.|[^\\_])+?)_\b"
    r"|\[(?P<label>(?:\\.|[^\\\[\]])+?)\]\(<?(?P<target>[^)\s>]+)>?\)"
    r"|<@!?(?P<user>\d+)>|<@&(?P<role>\d+)>|<\#(?P<channel>\d+)>"
    r"|<(?P<emoji>a?:\w+:\d+)>|<t:(?P<time>-?\d+(?::\w)?)>|</(?P<command>[^:>]+:\d+)>"
    r"|<id:(?P<guide>\w+)>|<(?P<address>[^:\s>]+:/[^\s>]+)>"
    r"|(?P<link>(?:https?|steam)://[^\s<]+[^<.,:;\"')\]\s])"
    r"|:(?P<sign>[^\s:]+?):"
    r"|@(?P<everyone>everyone|here)"
    r"|(?P<invite>(?:discord\.gg|discord(?:app)?\.com/invite)/[\w-]+)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True)
class Piece:
    """`text`, or what it is besides; of a link, `target` is where it leads."""

    kind: str
    text: str
    target: str = ""


def drawn(text: str) -> list[Piece]:
    """The pieces of a text, words that touch joined; marks that show nothing are left out."""
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        block = _BLOCKS.match(text, at) if at == 0 or text[at - 1] == "\n" else None
        found = block or _INLINE.match(text, at)
        if found is None:
            _words(pieces, text[at])
            at += 1
            continue
        if found.lastgroup == "escape":
            _words(pieces, found["escape"])
        else:
            pieces.append(_piece(found))
        at = found.end()
    return pieces


def read(text: str) -> str:
    """Its words alone."""
    return "".join(piece.text for piece in drawn(text))


def _words(pieces: list[Piece], sign: str) -> None:
    if sign == "\u200b":
        return
    if pieces and pieces[-1].kind == "text":
        sign = pieces.pop().text + sign
    pieces.append(Piece("text", sign))


def _piece(found: re.Match[str]) -> Piece:
    kind = str(found.lastgroup)
    if kind == "target":
        return Piece("link", read(found["label"]), found["target"])
    if kind == "bold":
        return Piece("bold", read(found["bold"]))
    if kind == "code":
        inner = re.sub(r"^ (?= *`)|(?<=`) $", "", found["code"])
        return Piece("code", inner.replace("\u200b", ""))
    return Piece(kind, found[kind], found[kind])
