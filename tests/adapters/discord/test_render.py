import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.limits import LIMITS
from adapters.discord.render import render
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
    Tone,
)
from bot.reading.clean import harmless
from bot.refs import AccountRef, ChannelRef, IdeaNumber, MessageRef, ThreadRef
from handlers.views import cards as views
from handlers.views import mistakes, notices
from tests.adapters.discord.golden import Json, compare, marked, pieces, shown
from tests.adapters.messages import accounts, messages, texts
from tests.discord.drawn import Piece, drawn
from tests.discord.validator import message_problems

ANA = AccountRef("discord", "1057200000000000001")
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
CHANNEL = "1057100000000000001"


def idea(number: int = 12, title: str = "Dark mode that *follows* sunset") -> Idea:
    body = "# Please, @everyone & <all>.\n- My eyes hurt. [see](https://example.org)"
    return Idea(
        number=IdeaNumber(number),
        wording=Wording(title, body, "Write at night", "", "Editor"),
        status=IdeaStatus.UNDER_REVIEW,
        public_status=IdeaStatus.UNDER_REVIEW,
        author=1,
        author_name="Ana",
        connection="fans",
        audience=Audience.EVERYONE,
        origin=Origin(
            MessageRef("fans", CHANNEL, "1057300000000000001"),
            ThreadRef("fans", CHANNEL, "1057300000000000001"),
            f"https://discord.com/channels/1/{CHANNEL}/1057300000000000001",
        ),
        captured_by=None,
        merged_into=None,
        votes=3,
        escalated=True,
        created_at=NOW,
    )


def decision() -> Decision:
    return Decision(
        id=1,
        idea=IdeaNumber(12),
        previous=IdeaStatus.NEW,
        status=IdeaStatus.UNDER_REVIEW,
        reason="We like it.",
        by=2,
        by_name="Pia",
        at=NOW,
        undone=False,
        correction=False,
    )


def said(*line: Inline) -> str:
    """A line as it is sent."""
    return str(render(Message(lines=(line,)))["content"])


def labels(payload: Json) -> list[list[str]]:
    """What stands on the buttons, row by row."""
    return [[button["label"] for button in row["components"]] for row in payload["components"]]


# ── whole payloads ──


def test_an_idea_card() -> None:
    card = views.idea_card(
        idea(), IdeaStatus.UNDER_REVIEW, people=3, decision=decision(), target=None
    )

    compare("idea_card", render(Message(cards=(card,))))


def test_an_inbox_card() -> None:
    compare(
        "inbox_card", render(views.inbox_card(idea(), people=3, decision=decision(), target=None))
    )


def test_an_offer_of_similar_ideas() -> None:
    ideas = [idea(), idea(14, "Night colours")]

    compare("offer", render(notices.offer(7, ideas, {})))


def test_an_apology() -> None:
    compare("apology", render(mistakes.apologise(NoSuchIdea(12), Action.of("retry", 7))))


# ── whatever is rendered ──


@settings(max_examples=150, deadline=None)
@given(messages)
def test_whatever_is_rendered_is_never_refused(message: Message) -> None:
    assert message_problems(render(message)) == []


@settings(max_examples=60, deadline=None)
@given(messages)
def test_only_mention_nodes_of_discord_ping(message: Message) -> None:
    meant = {user for line in message.lines for user in _users(line)}
    payload = render(message)
    allowed = payload["allowed_mentions"]

    assert allowed["parse"] == []
    assert set(allowed["users"]) <= meant
    assert set(re.findall(r"<@!?(\d+)>", payload["content"])) == set(allowed["users"])
    assert not re.search(r"@everyone|@here|<@&", "\n".join(marked(payload)))


@given(st.lists(accounts, max_size=8))
def test_every_mention_of_an_account_of_discord_pings(people: list[AccountRef]) -> None:
    line = tuple(Mention(account, "Somebody") for account in people)
    payload = render(Message(lines=(line,)))

    assert re.findall("<@(.*?)>", payload["content"]) == list(_users(line))
    assert payload["allowed_mentions"]["users"] == list(dict.fromkeys(_users(line)))


@settings(max_examples=60, deadline=None)
@given(messages)
def test_nothing_is_drawn_but_what_our_own_nodes_say(message: Message) -> None:
    found = {piece.kind for piece in pieces(render(message))}

    assert found <= {"text", "bold", "code", "link", "address", "user", "channel"}


@given(texts)
def test_no_text_becomes_a_mention_a_link_or_markup(text: str) -> None:
    card = Card(text, ((text,), (text, Link(text, "x"))), ((text, text),), (text,))
    payload = render(Message(lines=((text,), (text, text)), cards=(card,)))

    assert {piece.kind for piece in pieces(payload)} <= {"text"}


@given(
    st.text(st.sampled_from("@everyonhi<>#&!:1t\\[]()\u200b\u2060\u202e\u2066\u200d"), max_size=40)
)
def test_signs_that_show_nothing_hide_no_mention_and_turn_no_text_around(text: str) -> None:
    card = Card(text, ((text,),), ((text, text),), (text,))
    payload = render(Message(lines=((text,), (text, Bold(text), text)), cards=(card,)))

    assert {piece.kind for piece in pieces(payload)} <= {"text", "bold"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(marked(payload)))


@given(st.lists(st.text(st.sampled_from("[]()<>\\*`h:/ .x"), max_size=12), min_size=3, max_size=3))
def test_texts_around_a_link_lead_nowhere_else(around: list[str]) -> None:
    before, label, after = around
    found = drawn(said(before, Link(label, "https://example.org/a"), after))

    targets = {piece.target for piece in found if piece.kind in ("link", "address")}
    assert targets <= {"https://example.org/a"}
    assert {piece.kind for piece in found} <= {"text", "link", "address"}


@given(texts, texts)
def test_a_link_shows_its_label_and_leads_where_we_say(text: str, after: str) -> None:
    url = "https://example.org/a_b(c)?d=*e*"
    found = drawn(said(Link(text, url), after))

    targets = {piece.target for piece in found if piece.kind in ("link", "address")}
    assert targets <= {"https://example.org/a_b%28c%29?d=%2Ae%2A"}


@settings(max_examples=60, deadline=None)
@given(messages)
def test_an_edit_leaves_nothing_of_before(message: Message) -> None:
    assert render(message).keys() == {"content", "embeds", "components", "allowed_mentions"}


CLEAN_WORDS = st.text(max_size=40).map(harmless)


@given(st.lists(CLEAN_WORDS, min_size=1, max_size=5), CLEAN_WORDS, CLEAN_WORDS)
def test_what_is_rendered_reads_as_it_was_written(lines: list[str], title: str, text: str) -> None:
    card = Card(title, tuple((line,) for line in lines), (("Area", text),), (text,))
    payload = render(Message(lines=((Bold(title),),), cards=(card,)))

    expected = (title, " ".join(title.split()), *lines, "Area", text.strip() or "–", text)
    assert _letters(shown(payload)) == _letters("".join(expected))


# ── one by one ──


def test_stress_and_code_side_by_side_stay_apart() -> None:
    line = (Bold("5 * 3"), Bold("two"), Code("a"), Code("b"))

    assert drawn(said(*line)) == [
        Piece("bold", "5 * 3"),
        Piece("bold", "two"),
        Piece("code", "a"),
        Piece("code", "b"),
    ]


def test_a_mention_from_elsewhere_is_text() -> None:
    payload = render(Message(lines=((Mention(AccountRef("slack:T1", "U7"), "Z*e"), "!"),)))

    assert payload["content"] == r"Z\*e!"
    assert payload["allowed_mentions"] == {"parse": [], "users": []}


def test_a_mention_in_a_card_names_and_pings_nobody() -> None:
    payload = render(Message(cards=(Card(body=((Mention(ANA, "Ana"),),)),)))

    assert payload["embeds"][0]["description"] == f"<@{ANA.user}>"
    assert payload["allowed_mentions"] == {"parse": [], "users": []}


def test_a_link_shows_no_preview_and_cannot_be_ended_early() -> None:
    link = Link("where ] it (came) <from>", "https://example.org/a)b>c<d")

    assert said(link) == r"[where \] it (came) \<from\>](<https://example.org/a%29b%3Ec%3Cd>)"


def test_a_link_whose_label_looks_like_an_address_shows_where_it_leads() -> None:
    assert said(Link("see https://good.example", "https://evil.example")) == (
        r"see https\://good.example <https://evil.example>"
    )
    assert said(Link("", "https://example.org")) == "<https://example.org>"
    assert said(Link("https://example.org", "https://example.org")) == "<https://example.org>"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "/#ideas/12",
        "https://",
        "https://a b",
        "https://a\u202eb.org",
        "https://discord.gg/abc",
        "https://discord.com/invite/abc",
        "https://discord.com/channels/../invite/abc",
    ],
)
def test_a_link_that_is_none_is_text_that_shows_it(url: str) -> None:
    assert drawn(said(Link("click", url))) == [Piece("text", f"click ({harmless(url)})")]


def test_a_permalink_of_discord_is_a_link() -> None:
    url = "https://discord.com/channels/1/2/3"

    assert said(Link("here", url)) == f"[here](<{url}>)"


def test_a_channel_of_discord_can_be_clicked_and_another_is_its_name() -> None:
    here, there = ChannelRef("fans", CHANNEL), ChannelRef("community", "ideas")

    assert said(ChannelName(here), " ", ChannelName(there)) == f"<#{CHANNEL}> #ideas"


def test_signs_that_could_spoof_the_layout_are_left_out() -> None:
    name = Mention(AccountRef("slack:T1", "U7"), "a\u202eb\u2066")

    assert said("x\u202ey\u200b", name) == "xyab"


@pytest.mark.parametrize("tone", Tone)
def test_a_cards_tone_is_its_colour(tone: Tone) -> None:
    colours = [render(Message(cards=(Card("A", tone=t),)))["embeds"][0]["color"] for t in Tone]
    payload = render(Message(cards=(Card("A", tone=tone),)))

    assert colours.count(payload["embeds"][0]["color"]) == 1


def test_a_footer_with_a_link_keeps_it() -> None:
    footer: Line = ("from ", Link("here", "https://example.org"))
    (embed,) = render(Message(cards=(Card("A", (("Words",),), footer=footer),)))["embeds"]

    assert embed["description"] == "Words\nfrom [here](<https://example.org>)"
    assert "footer" not in embed


def test_a_footer_is_read_as_it_is() -> None:
    (embed,) = render(Message(cards=(Card("A", footer=("5 * 3 ", Bold("votes"))),)))["embeds"]

    assert embed["footer"] == {"text": "5 * 3 votes"}


def test_an_empty_message_still_shows_something() -> None:
    assert shown(render(Message())) == "…"
    assert shown(render(Message(lines=((" \n",),), cards=(Card(),)))).strip() == "…"


def test_a_message_that_is_a_picture_or_a_file_says_which() -> None:
    picture = render(Message(image=Image("chart.png", b"PNG", "Votes: 3 *up*")))
    file = render(Message(attachment=Attachment("data.json", "{}")))

    assert picture["content"] == r"Votes: 3 \*up\*"
    assert file["content"] == "data.json"


def test_more_cards_than_fit_become_a_number() -> None:
    button = (Button("Vote", Action.of("vote", 99)),)
    cards = tuple(Card(f"#{n}", buttons=button if n == 12 else ()) for n in range(13))

    payload = render(Message(cards=cards))

    assert payload["embeds"][-1] == {"description": "+4 more"}
    assert payload["content"] == "\n+1 more buttons"


def test_cards_beyond_the_total_become_a_number() -> None:
    long = Card("Long", (("x" * 2_900,),))

    payload = render(Message(cards=(long,) * 5))

    assert [embed.get("title") for embed in payload["embeds"]] == ["Long", "Long", "Long", None]
    assert payload["embeds"][-1]["description"] == "+2 more"


def test_more_fields_than_fit_become_a_number() -> None:
    (embed,) = render(Message(cards=(Card(fields=(("Votes", "3"),) * 28),)))["embeds"]

    assert len(embed["fields"]) == LIMITS.fields
    assert embed["fields"][-1]["value"] == "+4 more"


def test_each_cards_buttons_begin_a_row_and_say_whose_they_are() -> None:
    cards = tuple(
        Card(
            f"#{n} · Idea",
            buttons=(Button("Plan", Action.of("plan", n)), Button(f"Join #{n}", Action.of("j", n))),
        )
        for n in (3, 4)
    )
    more = (Button("More", Action.of("more")),)

    assert labels(render(Message(cards=cards, buttons=more))) == [
        ["#3 Plan", "Join #3"],
        ["#4 Plan", "Join #4"],
        ["More"],
    ]
    assert labels(render(Message(cards=cards[:1]))) == [["Plan", "Join #3"]]


def test_groups_of_buttons_that_need_too_many_rows_are_put_together() -> None:
    cards = tuple(Card(f"#{n}", buttons=(Button("Vote", Action.of("vote", n)),)) for n in range(7))

    assert [len(row) for row in labels(render(Message(cards=cards)))] == [5, 2]


def test_more_buttons_than_fit_become_a_line() -> None:
    many = tuple(Button("Vote", Action.of("vote", n)) for n in range(28))

    payload = render(Message(lines=(("Which?",),), buttons=many))

    assert [len(row) for row in labels(payload)] == [5] * 5
    assert payload["content"] == "Which?\n+3 more buttons"


def test_the_same_action_twice_is_one_button() -> None:
    twice = (Button("Vote", Action("vote")), Button("Vote now", Action("vote")))

    assert labels(render(Message(lines=(("Vote?",),), buttons=twice))) == [["Vote"]]


def test_long_text_is_cut_with_an_ellipsis_and_what_follows_is_left_out() -> None:
    content = render(Message(lines=(("x" * 5_000, "after"), ("below",))))["content"]

    assert content == "x" * (LIMITS.content - 1) + "…"


@pytest.mark.parametrize("sign", ["*", "<", "é", "👩‍👩‍👧", "x", "@"])
def test_long_text_is_cut_at_a_whole_sign(sign: str) -> None:
    content = said(sign * 3_000)

    assert LIMITS.content - 12 < len(content) <= LIMITS.content
    (words,) = drawn(content)
    assert set(words.text.removesuffix("…").split(sign)) == {""}


@pytest.mark.parametrize("node", [Bold, Code])
def test_long_marked_text_ends_before_its_mark(node: type[Bold]) -> None:
    (piece,) = drawn(said(node("x" * 3_000)))

    assert piece.kind in ("bold", "code")
    assert piece.text.endswith("x…")


def test_a_mention_is_not_cut_in_two() -> None:
    line = ("x" * 1_980, Mention(ANA, "Ana"), "y" * 100)
    payload = render(Message(lines=(line,)))

    assert re.fullmatch(r"x+Anay+…", payload["content"])
    assert payload["allowed_mentions"]["users"] == []


def _users(line: Line) -> list[str]:
    named = [part.account for part in line if isinstance(part, Mention)]
    return [a.user for a in named if a.realm == "discord" and a.user.isdigit()]


def _letters(text: str) -> str:
    """All but what is blank; two spaces in a row are one on the screen anyway."""
    return "".join(text.split())
