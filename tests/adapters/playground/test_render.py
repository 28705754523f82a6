"""Messages as the page gets them, against a checker that knows nothing of the renderer."""

from typing import Any

import pytest
from hypothesis import given, settings

from adapters.playground.checks import check_content, check_form
from adapters.playground.forms import render_form
from adapters.playground.render import LIMITS, actions, plain, render, said
from bot.errors import PermanentDeliveryError
from bot.messages import (
    Action,
    Attachment,
    Bold,
    Button,
    Card,
    Code,
    Field,
    Form,
    Image,
    Link,
    Mention,
    Message,
    Tone,
)
from bot.refs import AccountRef
from tests.adapters.messages import forms, messages, texts

ANA = AccountRef("playground", "ana")


def test_a_whole_message() -> None:
    card = Card(
        title="#12 Dark mode",
        body=(("Follows ", Bold("sunset")), ("by ", Mention(ANA, "Ana"))),
        fields=(("Area", "Editor"), ("Votes", "3")),
        footer=(Link("where it came from", "/#ideas/000123"),),
        buttons=(Button("Vote", Action("vote", ("12",)), Tone.GOOD),),
        tone=Tone.BUSY,
    )
    message = Message(
        lines=(("Type ", Code("/suggest")),),
        cards=(card,),
        buttons=(Button("More…", Action("more", ("12",))),),
        attachment=Attachment("data.json", "{}"),
    )

    assert render(message) == {
        "lines": [[{"t": "text", "text": "Type "}, {"t": "code", "text": "/suggest"}]],
        "cards": [
            {
                "title": "#12 Dark mode",
                "body": [
                    [{"t": "text", "text": "Follows "}, {"t": "bold", "text": "sunset"}],
                    [
                        {"t": "text", "text": "by "},
                        {"t": "mention", "text": "Ana", "person": "ana"},
                    ],
                ],
                "fields": [["Area", "Editor"], ["Votes", "3"]],
                "footer": [{"t": "link", "text": "where it came from", "url": "/#ideas/000123"}],
                "buttons": [{"label": "Vote", "action": "vote:12", "tone": "good"}],
                "tone": "busy",
            }
        ],
        "buttons": [{"label": "More…", "action": "more:12", "tone": "plain"}],
        "attachment": {"name": "data.json", "content": "{}"},
    }


def test_a_picture_travels_with_the_message_and_says_what_it_shows() -> None:
    content = render(Message(image=Image("chart.png", b"\x89PNG", "Votes by week: 3, 5")))

    assert content["image"] == {
        "source": "data:image/png;base64,iVBORw==",
        "alt": "Votes by week: 3, 5",
    }
    check_content(content)


def test_of_a_picture_that_is_too_large_its_words_are_left() -> None:
    content = render(Message(image=Image("chart.png", b"0" * 1_000_001, "Votes by week")))

    assert "image" not in content
    assert plain(content) == "Votes by week (the picture is too large)"


@pytest.mark.parametrize(
    "image",
    [
        {"source": "https://evil.example/pixel.png", "alt": "A chart"},
        {"source": "data:image/svg+xml;base64,AAAA", "alt": "A chart"},
        {"source": "data:image/png;base64,AAAA", "alt": " "},
    ],
)
def test_the_platform_refuses_other_pictures_and_ones_without_words(image: dict[str, str]) -> None:
    with pytest.raises(PermanentDeliveryError):
        check_content(said("Hello") | {"image": image})


@settings(max_examples=150, deadline=None)
@given(messages)
def test_whatever_is_rendered_is_never_refused(message: Message) -> None:
    check_content(render(message))


@settings(max_examples=80, deadline=None)
@given(forms)
def test_whatever_form_is_rendered_is_never_refused(form: Form) -> None:
    check_form(render_form(form))


@given(texts)
def test_no_text_becomes_a_mention_a_link_or_markup(text: str) -> None:
    card = Card(title=text, body=((text,),), fields=((text, text),), footer=(text,))
    content = render(Message(lines=((text,),), cards=(card,)))

    nodes = [*content["lines"], *content["cards"][0]["body"], content["cards"][0]["footer"]]
    assert {node["t"] for line in nodes for node in line} <= {"text"}
    assert all(node["t"] == "text" for line in said(text)["lines"] for node in line)


@settings(max_examples=50, deadline=None)
@given(messages)
def test_only_mention_nodes_of_this_platform_ping(message: Message) -> None:
    meant = {
        part.account.user
        for line in _lines(message)
        for part in line
        if isinstance(part, Mention) and part.account.realm == "playground"
    }

    assert _mentioned(render(message)) <= meant


def test_a_mention_from_elsewhere_is_text() -> None:
    message = Message(lines=((Mention(AccountRef("discord", "7"), "Zoe"),),))

    assert render(message)["lines"] == [[{"t": "text", "text": "Zoe"}]]


def test_a_link_that_could_run_code_is_text_that_shows_it() -> None:
    content = render(Message(lines=((Link("click", "javascript:alert(1)"),),)))

    assert content["lines"] == [[{"t": "text", "text": "click (javascript:alert(1))"}]]


def test_more_cards_than_fit_become_a_number() -> None:
    content = render(Message(cards=tuple(Card(title=f"#{n}") for n in range(13))))

    assert [card["title"] for card in content["cards"][8:]] == ["#8", "+4 more"]


def test_cards_beyond_the_total_become_a_number() -> None:
    long = Card(title="Long", body=(("x" * 2_900,),))

    content = render(Message(cards=(long,) * 5))

    assert content["cards"][1]["body"][0][0]["text"] == "x" * 2_900
    assert content["cards"][2]["body"][0][0]["text"].endswith("…")
    assert content["cards"][-1]["title"] == "+2 more"


def test_more_fields_than_fit_become_a_number() -> None:
    content = render(Message(cards=(Card(fields=(("Votes", "3"),) * 12),)))

    shown = content["cards"][0]["fields"]
    assert (len(shown), shown[-1]) == (10, ["…", "+3 more"])


def test_more_buttons_than_fit_become_a_line() -> None:
    many = tuple(Button("Vote", Action.of("vote", n)) for n in range(28))

    content = render(Message(lines=(("Which?",),), buttons=many))

    assert len(content["buttons"]) == LIMITS.buttons
    assert content["lines"][-1] == [{"t": "text", "text": "+3 more buttons"}]


def test_long_text_is_cut_with_an_ellipsis_and_what_follows_is_left_out() -> None:
    content = render(Message(lines=(("x" * 5_000, "after"), ("below",))))

    ((cut,),) = content["lines"]
    assert len(cut["text"]) == LIMITS.lines
    assert cut["text"].endswith("x…")


def test_an_empty_message_still_shows_something() -> None:
    assert render(Message())["lines"] == [[{"t": "text", "text": "…"}]]


def test_empty_lines_stay_lines() -> None:
    content = render(Message(lines=(("above",), (), ("below",))))

    assert [len(line) for line in content["lines"]] == [1, 0, 1]


def test_what_a_person_says_stays_as_typed_line_by_line() -> None:
    content = said("*hello* <!channel>\n@Mo")

    assert [line[0]["text"] for line in content["lines"]] == ["*hello* <!channel>", "@Mo"]
    assert plain(content) == "*hello* <!channel>\n@Mo"


def test_every_button_counts_as_an_action() -> None:
    card = Card(title="A", buttons=(Button("Vote", Action("vote", ("1",))),))
    content = render(Message(cards=(card,), buttons=(Button("New", Action("post", ("2",))),)))

    assert actions(content) == {"vote:1", "post:2"}


def test_a_form_with_too_many_fields_says_so() -> None:
    fields = tuple(Field(f"f{n}", "Label") for n in range(7))

    shown = render_form(Form(Action("edit"), "Edit", fields, intro="Change it"))

    assert len(shown["fields"]) == 5
    assert shown["intro"] == "Change it\n+2 more fields"


def _lines(message: Message) -> list[tuple[Any, ...]]:
    cards = message.cards
    return [*message.lines, *(line for c in cards for line in (*c.body, c.footer))]


def _mentioned(content: dict[str, Any]) -> set[str]:
    cards = content["cards"]
    lines = [*content["lines"], *(line for c in cards for line in (*c["body"], c["footer"]))]
    return {node["person"] for line in lines for node in line if node["t"] == "mention"}
