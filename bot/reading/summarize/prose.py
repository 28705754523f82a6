"""The lines a person wrote as prose: no quoted lines or chat, code, logs, headers or signatures."""

import re
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

URL = re.compile(r"(?:https?://|www\.)\w[^\s<>|\"`]*", re.IGNORECASE)

_LINE = re.compile(r"[^\n\r\v\f\u2028\u2029]+")
_FENCED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_REST = re.compile(
    r"-- ?$|[-_=]{2,} ?(?:original|forwarded|urspr|mensaje|message d).*|[-_=*]{8,}\s*$",
    re.IGNORECASE,
)
"""Below such a line stands a signature, or a message that is forwarded or answered."""
_NOT_PROSE = re.compile(
    r"(?:>|&gt;|\|\s)|(?:\[?\d?\d:\d\d(?::\d\d)?\]? )?<[ @+%]?[\w.|^-]+> \S"
    r"|(?:On|Am|Le|El) .{6,90} (?:wrote|schrieb|écrit|escribió) ?:?$|.{2,60} (?:wrote|writes) ?:$"
    r"|(?i:from|to|cc|bcc|sent|date|subject|sender|reply-to|in-reply-to|tel|fax|phone) ?:"
    r"|</?\w[^>:]*>$|\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d|\[?\d\d:\d\d:\d\d|\[ *\d+\.\d+\]"
    r"|[$#%] \S|[\w.~-]+@[\w.~:/-]+[$#] |Traceback \(|File \".*\", line|at [\w$.<>]+\(.*\)$"
    r"|Exception in thread|Caused by:|\.{3} \d+ more|[\w.]+(?:Error|Exception|Warning)\b(?::|$)"
    r"|\[?(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|TRACE)\b[\s:\]]|npm (?:ERR!|WARN)"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d "
    r"|[EFIW]\d{4} \d\d:\d\d:\d\d|[\w.]+=(?:\"[^\"]*\"|\S+) [\w.]+=\S"
)
_CODE = re.compile(
    r"(?:const|let|var) [\w$\[{, }\]]+ ?=|(?:async )?(?:def|function|fn|func) \w+\s*\("
    r"|class \w+(?:\(.*\))?\s*[:{]$|from [\w.]+ import \w|import .+ from ['\"]"
    r"|SELECT .+ FROM |INSERT INTO |UPDATE \w+ SET |DELETE FROM "
    r"|(?:sudo [a-z]|git [a-z]|npm [a-z]|pip3? install|docker [a-z]|kubectl [a-z])"
    r"(?:[^.!?]* (?:&&|\||--?\w)|\S*(?: \S+){0,2}$)"
)
_SENT = re.compile(
    r"(?:Sent|Gesendet|Envoyé|Enviado|Inviato|Verzonden)"
    r" (?:from|von|depuis|de|desde|da|dal|vanaf) (?:my|meinem|mon|mi|meu|mio|mijn)\b.{0,40}$"
)
_SIGN = re.compile(r"[{}<>=;$\\|^~#_\[\]@/]|::|->|\(\)")
_SIGNS_SHARE = 0.07
_MARKER = re.compile(r"(?:[-*•‣◦+]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_WRAPPED = range(40, 101)
"""Characters: how long lines are that a mail program has broken."""


_ADDRESS_WORDS = 4
"""A line that ends in a comma with fewer is a greeting."""


def paragraphs(text: str) -> Iterator[Span]:
    """Where the prose stands, broken lines together; markers of lists are outside."""
    lines = list(_lines(_FENCED.sub(lambda code: "\n" * len(code[0]), text)))
    width = max((end - start for start, end in lines), default=0)
    paragraph: list[Span] = []
    for line in lines:
        if not _is_prose(text[slice(*line)]):
            yield from _joined(paragraph)
            paragraph = []
        elif paragraph and _goes_on(text, paragraph[-1], line, width):
            paragraph.append(line)
        else:
            yield from _joined(paragraph)
            marker = _MARKER.match(text, *line)
            paragraph = [(marker.end(), line[1]) if marker else line]
    yield from _joined(paragraph)


def _joined(lines: Sequence[Span]) -> Iterator[Span]:
    if lines:
        yield lines[0][0], lines[-1][1]


def _lines(text: str) -> Iterator[Span]:
    """Each line without the blanks around it, down to the signature."""
    for found in _LINE.finditer(text):
        line = found[0].strip()
        if line and _REST.match(line):
            return
        if line:
            start = found.start() + found[0].index(line[0])
            yield start, start + len(line)


def _goes_on(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether a mail program broke the line here: it was full, or ends within a clause."""
    gap = text[before[1] : line[0]]
    if gap.count("\n") > 1 or "`" in gap or _MARKER.match(text, *line):
        return False
    last = text[slice(*before)]
    word = text[slice(*line)].split(maxsplit=1)[0]
    if last[-1] == ",":
        return last.count(" ") >= _ADDRESS_WORDS
    wrapped = width in _WRAPPED
    return (wrapped and len(last) + len(word) >= width) or (
        word[0].islower() and (wrapped or len(last) in _WRAPPED)
    )


def _is_prose(line: str) -> bool:
    if _NOT_PROSE.match(line) or _CODE.match(line) or _SENT.match(line):
        return False
    signs = len(_SIGN.findall(line))
    if signs < 3:
        return True
    plain = URL.sub("", line)
    return len(_SIGN.findall(plain)) < 3 or len(_SIGN.findall(plain)) < len(plain) * _SIGNS_SHARE
