"""Messages as Slack gets them, against a validator that knows nothing of the renderer."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.limits import LIMITS
from adapters.slack.render import render, render_home, render_screen
from bot.errors import NoSuchIdea
from bot.ideas import Audience, Decision, Idea, IdeaStatus, Origin, Wording
from bot.messages import (
    Action,
    Attachment,
    Bold,
    Button,
    Card,
    ChannelName,
    Code,
    Image,
    Inline,
    Line,
    Link,
    Mention,
    Message,
)
from bot.reading.clean import harmless, one_line
from bot.refs import AccountRef, ChannelRef, IdeaNumber, MessageRef, ThreadRef
from handlers.views import cards as views
from handlers.views import mistakes, notices
from tests.adapters.messages import accounts, messages, texts
from tests.adapters.slack.golden import Json, compare, shown
from tests.slack.blockkit import message_problems, view_problems

REALM = "slack:T1"
ANA = AccountRef(REALM, "U1")
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
CLEAN_WORDS = st.text(st.characters(codec="utf-8", exclude_characters=":;"), max_size=40)
"""Without what could be an emoji code or an entity, which are read back as what they stand for."""


def idea(number: int = 12, title: str = "Dark mode that *follows* sunset") -> Idea:
    body = "Please, <!channel> & all.\n:moon: My eyes hurt."
    return Idea(
        number=IdeaNumber(number),
        wording=Wording(title, body, "Write at night", "", "Editor"),
        status=IdeaStatus.UNDER_REVIEW,
        public_status=IdeaStatus.UNDER_REVIEW,
        author=1,
        author_name="Ana",
        connection="community",
        audience=Audience.EVERYONE,
        origin=Origin(
            MessageRef("community", "C1", "1700000000.123456"),
            ThreadRef("community", "C1", "1700000000.123456"),
            "https://acme.slack.com/archives/C1/p1700000000123456",
        ),
        captured_by=None,
        merged_into=None,
        votes=3,
        escalated=True,
        created_at=NOW,
    )


def decision() -> Decision:
    reviewed = IdeaStatus.UNDER_REVIEW
    return Decision(
        id=1,
        idea=IdeaNumber(12),
        previous=IdeaStatus.NEW,
        status=reviewed,
        reason="We like it.",
        by=2,
        by_name="Pia",
        at=NOW,
        undone=False,
        correction=False,
    )


def pieces(payload: Json) -> list[Json]:
    """All pieces of the rich text in a payload."""
    rich = [block for block in payload["blocks"] if block["type"] == "rich_text"]
    return [piece for block in rich for piece in block["elements"][0]["elements"]]


def said(*line: Inline) -> list[Json]:
    """The pieces of a line."""
    return pieces(render(Message(lines=(line,)), REALM))


# ── whole payloads ──


def test_an_idea_card() -> None:
    card = views.idea_card(
        idea(), IdeaStatus.UNDER_REVIEW, people=3, decision=decision(), target=None
    )

    compare("idea_card", render(Message(cards=(card,)), REALM))


def test_an_inbox_card() -> None:
    card = views.inbox_card(idea(), people=3, decision=decision(), target=None)

    compare("inbox_card", render(card, REALM))


def test_an_offer_of_similar_ideas() -> None:
    ideas = [idea(), idea(14, "Night colours")]

    compare("offer", render(notices.offer(7, ideas, {}), REALM))


def test_an_apology_shown_in_a_modal() -> None:
    sorry = mistakes.apologise(NoSuchIdea(12), Action.of("retry", 7))

    compare("apology", render_screen(sorry, REALM, '{"channel":"C1"}'))


def test_a_home_page() -> None:
    mention = Mention(ANA, "Ana")
    channel = ChannelName(ChannelRef("community", "C1"))
    page = Message(
        lines=(("Hello ", mention, ", type ", Code("/suggest"), " in ", channel, "."),),
        cards=(
            Card("#12 · Dark mode", (("Planned",),), footer=("3 votes",)),
            Card("#14 · Footnotes", ((Link("Where it began", "https://example.org/a?b=1|2"),),)),
        ),
        buttons=(Button("My ideas", Action.of("ideas", "mine")),),
    )

    compare("home", render_home(page, REALM))


# ── whatever is rendered ──


@settings(max_examples=150, deadline=None)
@given(messages)
def test_whatever_is_rendered_is_never_refused(message: Message) -> None:
    assert message_problems(render(message, REALM)) == []


@settings(max_examples=30, deadline=None)
@given(messages)
def test_whatever_is_shown_in_a_view_is_never_refused(message: Message) -> None:
    assert view_problems(render_screen(message, REALM, "{}")) == []
    assert view_problems(render_home(message, REALM)) == []


@settings(max_examples=60, deadline=None)
@given(messages)
def test_only_mention_nodes_of_this_workspace_ping(message: Message) -> None:
    meant = {
        part.account.user
        for line in _lines(message)
        for part in line
        if isinstance(part, Mention) and part.account.realm == REALM
    }
    payload = render(message, REALM)

    assert {piece["user_id"] for piece in pieces(payload) if piece["type"] == "user"} <= meant
    assert {piece["type"] for piece in pieces(payload)} <= {"text", "link", "user", "channel"}
    assert set(re.findall("<[^>]*>?", payload["text"])) <= {f"<@{user}>" for user in meant} | {
        "<#C1>"
    }
    assert "mrkdwn" not in {text["type"] for text in _text_objects(payload["blocks"])}


@given(st.lists(accounts, max_size=8))
def test_every_mention_of_this_workspace_pings(people: list[AccountRef]) -> None:
    line = tuple(Mention(account, "Somebody") for account in people)
    expected = [a.user for a in people if a.realm == REALM and a.user.startswith("U")]
    payload = render(Message(lines=(line,)), REALM)

    assert [piece["user_id"] for piece in pieces(payload) if piece["type"] == "user"] == expected
    assert re.findall("<@(.*?)>", payload["text"]) == expected


@given(texts)
def test_no_text_becomes_a_mention_a_link_or_markup(text: str) -> None:
    button = Button(text, Action("vote"))
    card = Card(text, ((text, Bold(text), Code(text)),), ((text, text),), (text,), (button,))
    payload = render(Message(lines=((text,),), cards=(card,)), REALM)

    assert {piece["type"] for piece in pieces(payload)} == {"text"}
    assert "<" not in payload["text"]
    assert re.sub("&(amp|lt|gt);", "", payload["text"]).count("&") == 0
    assert {one["type"] for one in _text_objects(payload["blocks"])} <= {"plain_text"}
    assert not any(one.get("emoji") for one in _text_objects(payload["blocks"]))


@given(st.lists(CLEAN_WORDS, min_size=1, max_size=5), CLEAN_WORDS, CLEAN_WORDS)
def test_what_is_rendered_reads_as_it_was_written(lines: list[str], title: str, text: str) -> None:
    card = Card(title, tuple((line,) for line in lines), (("Area", text),), (text,))
    payload = render(Message(lines=((Bold(title),),), cards=(card,)), REALM)

    expected = (
        harmless(title),
        one_line(title),
        *lines,
        "Area:",
        harmless(text).strip() or "–",
        text,
    )
    assert shown(payload).split() == harmless(" ".join(expected)).split()


# ── one by one ──


def test_markup_that_people_type_stays_as_typed() -> None:
    typed = "*not bold* _x_ `code` > quote <@U2> :tada: https://example.org"

    assert said(typed) == [{"type": "text", "text": typed}]


def test_stress_and_code_survive_the_signs_that_would_end_them() -> None:
    assert said(Bold("5 * 3"), Code("a `b`")) == [
        {"type": "text", "text": "5 * 3", "style": {"bold": True}},
        {"type": "text", "text": "a `b`", "style": {"code": True}},
    ]


def test_a_mention_from_elsewhere_is_text() -> None:
    assert said(Mention(AccountRef("discord", "7"), "Zoe"), "!") == [
        {"type": "text", "text": "Zoe!"}
    ]


def test_a_link_shows_its_label_and_cannot_be_ended_early() -> None:
    link = Link("where | it > came <from>", "https://example.org/a|b>c<d")

    assert said(link) == [
        {
            "type": "link",
            "url": "https://example.org/a%7Cb%3Ec%3Cd",
            "text": "where | it > came <from>",
        }
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "/#ideas/12", "https://", "https://a b", "https://a\u202eb.org"]
)
def test_a_link_that_is_none_is_text_that_shows_it(url: str) -> None:
    assert said(Link("click", url)) == [{"type": "text", "text": f"click ({harmless(url)})"}]


def test_a_link_too_long_for_slack_is_text() -> None:
    (piece,) = said(Link("click", "https://x/" + "y" * 3_000))

    assert piece["text"].startswith("click (https://x/yyy")
    assert piece["text"].endswith("y…")


def test_a_channel_of_slack_can_be_clicked_and_another_is_its_name() -> None:
    here, there = ChannelRef("community", "C1"), ChannelRef("fans", "ideas")

    assert said(ChannelName(here), " ", ChannelName(there)) == [
        {"type": "channel", "channel_id": "C1"},
        {"type": "text", "text": " #ideas"},
    ]


def test_signs_that_could_spoof_the_layout_are_left_out() -> None:
    name = Mention(AccountRef("discord", "7"), "a\u202eb\u2066")

    assert said("x\u202ey\u200b", name) == [{"type": "text", "text": "xyab"}]


def test_empty_lines_stay_lines() -> None:
    assert render(Message(lines=(("above",), (), ("below",))), REALM)["blocks"] == [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "text", "text": "above\n\nbelow"}],
                }
            ],
        }
    ]


def test_a_footer_with_a_link_keeps_it() -> None:
    footer: Line = ("from ", Link("here", "https://example.org"))
    payload = render(Message(cards=(Card("A", footer=footer),)), REALM)

    assert pieces(payload)[-1]["url"] == "https://example.org"


def test_an_empty_message_still_shows_something() -> None:
    assert shown(render(Message(), REALM)) == "…"
    assert shown(render(Message(lines=((" \n",),), cards=(Card(),)), REALM)) == "…"


def test_a_message_that_is_a_picture_or_a_file_says_which() -> None:
    picture = render(Message(image=Image("chart.png", b"PNG", "Votes: 3 <up>")), REALM)
    file = render(Message(attachment=Attachment("data.json", "{}")), REALM)

    assert (picture["text"], shown(picture)) == ("Votes: 3 &lt;up&gt;", "Votes: 3 <up>")
    assert (file["text"], shown(file)) == ("data.json", "data.json")


def test_more_cards_than_fit_become_a_number() -> None:
    button = (Button("Vote", Action.of("vote", 99)),)
    cards = tuple(Card(f"#{n}", buttons=button if n == 12 else ()) for n in range(13))

    payload = render(Message(cards=cards), REALM)

    assert shown(payload).endswith("#8\n+4 more\n+1 more buttons")


def test_cards_beyond_the_total_become_a_number() -> None:
    long = Card("Long", (("x" * 2_900,),), (("Why", "y" * 1_900),))

    words = shown(render(Message(cards=(long,) * 5), REALM))

    assert words.count("Long") == 2
    assert words.endswith("…\n+3 more")


def test_more_fields_than_fit_become_a_number() -> None:
    words = shown(render(Message(cards=(Card(fields=(("Votes", "3"),) * 12),)), REALM))

    assert words.count("Votes: 3") == 9
    assert words.endswith("+3 more")


def test_more_buttons_than_fit_become_a_line() -> None:
    many = tuple(Button("Vote", Action.of("vote", n)) for n in range(28))

    payload = render(Message(lines=(("Which?",),), buttons=many), REALM)

    assert len(payload["blocks"][1]["elements"]) == LIMITS.buttons
    assert shown(payload) == "Which?\n+3 more buttons"


def test_a_text_that_needs_twice_its_length_as_json_still_fits() -> None:
    quotes = Card('"' * 200, (('"' * 2_900,),), (("Why", '"' * 2_000),) * 3)

    payload = render(Message(cards=(quotes,)), REALM)

    assert message_problems(payload) == []
    assert 6_000 < len(json.dumps(payload["blocks"], ensure_ascii=False)) < 13_000


def test_long_text_is_cut_with_an_ellipsis_and_what_follows_is_left_out() -> None:
    payload = render(Message(lines=(("x" * 5_000, "after"), ("below",))), REALM)

    assert shown(payload) == "x" * (LIMITS.lines - 1) + "…"
    assert payload["text"].startswith("x" * 3_900)


@pytest.mark.parametrize("sign", ["&", "<", "é", "👩‍👩‍👧", "x"])
def test_the_words_alone_are_cut_at_a_whole_sign(sign: str) -> None:
    text = render(Message(lines=((sign * 4_000,),)), REALM)["text"]

    assert 3_900 < len(text.encode()) <= 4_000
    assert set(text.removesuffix("…").split({"&": "&amp;", "<": "&lt;"}.get(sign, sign))) == {""}


def test_a_mention_is_not_cut_in_two() -> None:
    line = ("x" * 3_993, Mention(ANA, "Ana"), "y" * 100)

    assert render(Message(lines=(line,)), REALM)["text"] == "x" * 3_993 + "…"


def test_the_same_action_twice_is_one_button() -> None:
    twice = (Button("Vote", Action("vote")), Button("Vote now", Action("vote")))

    payload = render(Message(lines=(("Vote?",),), buttons=twice), REALM)

    assert [button["text"]["text"] for button in payload["blocks"][1]["elements"]] == ["Vote"]


def test_cards_stand_apart() -> None:
    payload = render(Message(cards=(Card("A"), Card("B"), Card("C"))), REALM)

    kinds = [block["type"] for block in payload["blocks"]]
    assert kinds == ["rich_text", "divider", "rich_text", "divider", "rich_text"]


def _lines(message: Message) -> list[Line]:
    return [*message.lines, *(line for c in message.cards for line in (*c.body, c.footer))]


def _text_objects(value: object) -> list[Json]:
    """Every text object, however deep."""
    if isinstance(value, list):
        return [found for each in value for found in _text_objects(each)]
    if not isinstance(value, dict):
        return []
    if value.get("type") in {"plain_text", "mrkdwn"}:
        return [value]
    return [found for each in value.values() for found in _text_objects(each)]
