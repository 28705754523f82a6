from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.text import escape, message_text, read_text, without_mention
from bot.reading.clean import harmless

NAMES = {"U1": "Ana", "U2": "B\u202een\nJ", "C2": "ideas"}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"text": "", "blocks": [{"type": "rich_text", "elements": list(elements)}]}


def section(*pieces: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(pieces)}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("plain *words* _as_ typed", "plain *words* _as_ typed"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;", "&lt;"),
        ("<@U1> and <@U1|ana>", "@Ana and @Ana"),
        ("<@U9|zoe> and <@U9>", "@zoe and @U9"),
        ("<@U2>", "@Ben J"),
        ("<#C1|general> or <#C2> or <#C2|>", "#general or #ideas or #ideas"),
        ("<!here> <!channel> <!everyone|everyone>", "@here @channel everyone"),
        ("<!subteam^S1|@team> <!subteam^S1>", "@team @group"),
        ("<!date^1700000000^{date}|14 Nov 2023>", "14 Nov 2023"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<https://example.org|here>", "here (https://example.org)"),
        ("<http://example.org|example.org>", "http://example.org"),
        ("<mailto:ana@example.org|ana@example.org>", "ana@example.org"),
        ("<mailto:ana@example.org|write>", "write (ana@example.org)"),
        ("<tel:+411234|+41 1234>", "+41 1234 (+411234)"),
        ("<https://example.org|a &lt;b&gt;>", "a <b> (https://example.org)"),
        (":tada: :+1::skin-tone-3: :our-own: at 10:30:45", "🎉 👍 :our-own: at 10:30:45"),
        ("<https://example.org/:tada:>", "https://example.org/:tada:"),
        ("x\u202ey\u200bz\x00", "xyz"),
        ("a < b <", "a < b <"),
    ],
)
def test_text_reads_as_on_the_screen(sent: str, read: str) -> None:
    assert read_text(sent, NAMES) == read


@given(st.text())
def test_escaped_text_holds_nothing_that_slack_acts_on(text: str) -> None:
    assert not set("<>") & set(escape(text))


@given(st.text(st.characters(codec="utf-8", exclude_characters=":")))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert read_text(escape(text), {}) == harmless(text)


@given(st.text(st.sampled_from("<>|&@#!^:;ampltg U1"), max_size=30))
def test_no_text_is_too_broken_to_read(text: str) -> None:
    assert isinstance(read_text(text, NAMES), str)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<@UBOT> suggest dark mode", "suggest dark mode"),
        (" <@UBOT|board>: suggest", "suggest"),
        ("<@UBOT>", ""),
        ("hey <@UBOT> suggest", "hey <@UBOT> suggest"),
        ("<@UBOT2> suggest", "<@UBOT2> suggest"),
        ("<@U1> suggest", "<@U1> suggest"),
    ],
)
def test_a_mention_of_the_bot_at_the_beginning_is_left_out(sent: str, kept: str) -> None:
    assert without_mention(sent, "UBOT") == kept


def test_a_message_with_text_is_that_text() -> None:
    assert message_text(rich(section({"type": "text", "text": "x"})) | {"text": "a &lt;"}) == (
        "a &lt;"
    )


def test_rich_text_is_read_when_there_is_no_text() -> None:
    payload = rich(
        section(
            {"type": "user", "user_id": "U1"},
            {"type": "text", "text": " saw <this> in "},
            {"type": "channel", "channel_id": "C2"},
            {"type": "emoji", "name": "tada"},
        ),
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                section({"type": "link", "url": "https://example.org/a|b", "text": "one"}),
                section({"type": "broadcast", "range": "here"}),
                section({"type": "usergroup", "usergroup_id": "S1"}, {"type": "color"}),
            ],
        },
    )

    assert read_text(message_text(payload), NAMES) == (
        "@Ana saw <this> in #ideas🎉\none (https://example.org/a%7Cb)\n@here\n@group"
    )


def test_other_blocks_are_read_when_there_is_no_text() -> None:
    mrkdwn = {"type": "mrkdwn", "text": "*A* &lt;"}
    button = {"type": "button", "text": {"type": "plain_text", "text": "Press"}}
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "News &amp; <more>"}},
        {"type": "section", "text": mrkdwn, "fields": [mrkdwn]},
        {"type": "divider"},
        {"type": "actions", "elements": [button]},
    ]

    assert message_text({"blocks": blocks}) == ("News &amp; &lt;more&gt;\n*A* &lt;\n*A* &lt;")


def test_attachments_and_files_are_read_when_there_is_nothing_else() -> None:
    attachments = [{"title": "Build", "text": "failed"}, {"fallback": "Build failed"}]

    assert message_text({"text": "", "attachments": attachments}) == "Build\nfailed\nBuild failed"
    assert message_text({"files": [{"title": "a<b", "name": "x"}, {"name": "y.png"}]}) == (
        "a&lt;b\ny.png"
    )


def test_a_message_with_nothing_is_empty() -> None:
    assert message_text({"text": None, "blocks": [], "files": None}) == ""
