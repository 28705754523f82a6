import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.text import BREAK, bold, code, escape, read_text, without_mention
from bot.reading.clean import harmless
from tests.adapters.messages import texts
from tests.discord.drawn import Piece, drawn

NAMES = {"1": "Ana", "2": "B\u202een\nJ", "7": "ideas", "9": "mods"}
MARKUP = st.text(st.sampled_from("\\*_~`|<>[]()@#!&:/.-+ \n\t1aehvryontds"), max_size=40)


def words(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    "typed",
    [
        "*stars* **two** _line_ __two__ ~~struck~~ ||hidden||",
        "`code` ``more`` ```block```",
        "[click](https://evil.example) [click](<https://evil.example>)",
        "https://evil.example http://x.org",
        "# heading",
        "### heading",
        "-# small",
        "text\n> quote\n>>> more",
        "- one\n* two\n + three\n1. four\n  12. five",
        "<@123> <@!123> <@&123> <#123> </vote:123> <:own:123> <a:own:123> <t:1:R> <id:guide>",
        "@everyone @here",
        "discord.gg/abc https://discord.com/invite/abc DISCORD.GG/abc discordapp.com/invite/x",
        ":tada: :thumbsup::skin-tone-3:",
        "<https://evil.example>",
        "[https://discord.com](https://evil.example) ![x](https://evil.example/x.png)",
        "```js\nalert(1)\n``` ~~~ ||a\nb||",
        "<t:1700000000:R> <t:1700000000> <t:-1:F>",
        ">>> all of it\nand this",
        "a \\ backslash \\* and ¯\\_(ツ)_/¯",
        "ana@example.org at 10:30, 3 > 2 (really)",
    ],
)
def test_what_people_type_is_shown_as_typed(typed: str) -> None:
    assert drawn(escape(typed)) == [Piece("text", typed)]


@given(texts | MARKUP)
def test_no_text_is_more_than_words(text: str) -> None:
    typed = harmless(text)

    assert drawn(escape(typed)) == ([Piece("text", typed)] if typed else [])
    assert {piece.kind for piece in drawn(bold(typed))} <= {"text", "bold"}
    assert {piece.kind for piece in drawn(code(typed))} <= {"text", "code"}


@given(st.lists(MARKUP, min_size=2, max_size=4))
def test_texts_side_by_side_are_no_more_than_words_either(parts: list[str]) -> None:
    typed = [harmless(part) for part in parts]

    assert {piece.kind for piece in drawn("".join(map(escape, typed)))} <= {"text"}


@given(texts | MARKUP)
def test_no_text_holds_what_others_look_for(text: str) -> None:
    for written in (escape(text), bold(text), code(text)):
        assert not re.search(r"<@[!&]?\d|@everyone|@here|discord(app)?\.(gg|com)", written)


@given(texts | MARKUP)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert read_text(escape(harmless(text)), {}) == harmless(text)


@given(texts | MARKUP)
def test_stressed_and_typed_words_stay_words(text: str) -> None:
    typed = harmless(text)

    assert words(drawn(bold(typed))) == typed
    assert words(drawn(code(typed))) == typed


@given(texts, st.sampled_from((escape, bold, code)))
def test_what_is_written_is_never_shorter_than_the_text(text: str, write: type[str]) -> None:
    assert len(write(text)) >= len(text)
    assert write("") == ""


def test_code_holds_single_backticks() -> None:
    assert code("a `b`") == "``a `b` ``"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("plain *words* _as_ typed", "plain *words* _as_ typed"),
        (r"5 \* 3 \\ ¯\\\_(ツ)\_/¯", "5 * 3 \\ ¯\\_(ツ)_/¯"),
        ("<@1> and <@!1> and <@5>", "@Ana and @Ana and @5"),
        ("<@2>", "@Ben J"),
        ("<@&9> in <#7>, not <#8>", "@mods in #ideas, not #8"),
        ("<:party:123> <a:wave:456>", ":party: :wave:"),
        ("</suggest:123> </idea show:4>", "/suggest /idea show"),
        ("<https://example.org/a?b=1>", "https://example.org/a?b=1"),
        ("[here](https://example.org)", "[here](https://example.org)"),
        (f"x\u202ey{BREAK}z\x00", "xyz"),
        ("a < b <", "a < b <"),
    ],
)
def test_text_reads_as_on_the_screen(sent: str, read: str) -> None:
    assert read_text(sent, NAMES) == read


@given(st.text(st.sampled_from("<>@#!&:/\\1a "), max_size=30))
def test_no_text_is_too_broken_to_read(text: str) -> None:
    assert isinstance(read_text(text, NAMES), str)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<@99> suggest dark mode", "suggest dark mode"),
        (" <@!99>: suggest", "suggest"),
        ("<@99>", ""),
        ("hey <@99> suggest", "hey <@99> suggest"),
        ("<@991> suggest", "<@991> suggest"),
    ],
)
def test_a_mention_of_the_bot_at_the_beginning_is_left_out(sent: str, kept: str) -> None:
    assert without_mention(sent, "99") == kept
