"""Arbitrary messages and forms, small and huge, for property tests."""

from hypothesis import strategies as st

from bot.messages import (
    Action,
    Attachment,
    Bold,
    Button,
    Card,
    ChannelName,
    Code,
    Field,
    Form,
    Image,
    Line,
    Link,
    Mention,
    Message,
    Tone,
)
from bot.refs import AccountRef, ChannelRef

_SIZES = st.sampled_from((1, 1, 1, 30, 400))
SPICE = "*_`<!channel> @everyone <@ana> [x](javascript:1) &amp; é🇨🇭👩‍👩‍👧 \u200d"
MARKDOWN = "# a\n> b\n-# c\n1. d <@1057200000000000001> https://discord.gg/x :tada: ||e|| ```f```"


class Repeated(str):
    """A long text that a failing test can print."""

    def __new__(cls, piece: str, times: int) -> "Repeated":
        return super().__new__(cls, piece * times)

    def __repr__(self) -> str:
        return f"<{len(self)} characters: {str(self)[:24]!r}…>"


class Blank(tuple[Line, ...]):
    """Many empty lines that a failing test can print."""

    def __new__(cls, count: int) -> "Blank":
        return super().__new__(cls, ((),) * count)

    def __repr__(self) -> str:
        return f"<{len(self)} empty lines>"


_pieces = st.text(max_size=6) | st.sampled_from((SPICE, MARKDOWN, "  ", "plain words ", "\n"))
texts = st.builds(Repeated, _pieces, _SIZES)
accounts = st.builds(
    AccountRef,
    st.sampled_from(("playground", "discord", "slack:T1")),
    st.sampled_from(("ana", "ben", "U1", "U2", "1057200000000000001", "1057200000000000002")),
)
IDEAS = ChannelRef("playground", "ideas")
urls = st.sampled_from(
    ("https://example.org/a", "/#ideas/000001", "javascript:alert(1)", "", "https://x/" + "y" * 900)
)
inlines = (
    texts
    | st.builds(Bold, texts)
    | st.builds(Code, texts)
    | st.builds(Link, texts, urls)
    | st.builds(Mention, accounts, texts)
    | st.builds(ChannelName, st.sampled_from((IDEAS, ChannelRef("community", "C1"))))
)
lines: st.SearchStrategy[Line] = st.lists(inlines, max_size=3).map(tuple)
many_lines = st.lists(lines, max_size=4).map(tuple) | st.builds(Blank, st.integers(1, 3_000))
tones = st.sampled_from(Tone)
actions = st.builds(
    Action,
    st.sampled_from(("vote", "more", "", "x" * 120)),
    st.tuples(st.integers(0, 40).map(str)),
)
buttons = st.lists(st.builds(Button, texts, actions, tones), max_size=3).map(tuple) | st.just(
    tuple(Button(str(n), Action.of("vote", n)) for n in range(30))
)
cards = st.builds(
    Card,
    title=texts,
    body=many_lines,
    fields=st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
    | st.tuples(texts, texts).map(lambda pair: (pair,) * 13),
    footer=lines,
    buttons=st.lists(st.builds(Button, texts, actions, tones), max_size=2).map(tuple),
    tone=tones,
)
pictures = st.sampled_from((b"", b"PNG", b"0" * 1_000_001))
messages = st.builds(
    Message,
    lines=many_lines,
    cards=st.lists(cards, max_size=3).map(tuple) | cards.map(lambda card: (card,) * 13),
    buttons=buttons,
    attachment=st.none() | st.builds(Attachment, texts, texts),
    image=st.none() | st.builds(Image, texts, pictures, texts),
)
fields = st.builds(
    Field,
    name=st.text(min_size=1, max_size=20).filter(str.strip),
    label=texts,
    kind=st.sampled_from(("line", "text", "choice", "ideas")),
    required=st.booleans(),
    value=texts,
    hint=texts,
    limit=st.integers(0, 9_000),
    options=st.lists(texts, max_size=3).map(tuple) | st.just(("Editor",) * 30),
)
forms = st.builds(
    Form,
    action=st.just(Action("suggest")),
    title=texts,
    fields=st.lists(fields, min_size=1, max_size=7, unique_by=lambda field: field.name).map(tuple),
    submit=texts,
    intro=texts,
)
