"""The product team decides: at once for the team, a minute later for everybody else."""

import pytest

from bot.ideas import IdeaStatus
from bot.results import Invalid
from tests.community import Community, buttons, form, labels, said

ALWAYS = ["Answer…", "Ask the author…", "Duplicate of…"]


@pytest.mark.parametrize(
    ("path", "moves"),
    [
        ((), ["Under review", "Plan", "Decline…"]),
        (("under_review",), ["Plan", "Decline…"]),
        (("planned",), ["In progress", "Shipped", "Decline…"]),
        (("planned", "in_progress"), ["Shipped", "Plan", "Decline…"]),
        (("planned", "shipped"), ["In progress"]),
        (("declined",), ["Under review", "Plan"]),
    ],
)
async def test_only_the_moves_allowed_are_offered(
    community: Community, path: tuple[str, ...], moves: list[str]
) -> None:
    await community.escalated("ana", "Dark mode")
    seen = "new"
    for status in path:
        await _decide(community, status, seen)
        seen = status
    await community.later(61)
    assert labels(community.latest(community.card_of(1, "product-inbox"))) == moves + ALWAYS
    others = set(IdeaStatus) - {IdeaStatus(seen)} - {_move(label) for label in moves}
    for status in sorted(others - {IdeaStatus.DECLINED}):
        assert "cannot go there" in said(await community.press("pia", f"decide:1:{status}:{seen}"))


def _move(label: str) -> IdeaStatus:
    names = {"Plan": "planned", "Decline…": "declined"}
    return IdeaStatus(names.get(label, label.lower().replace(" ", "_")))


async def _decide(community: Community, status: str, seen: str) -> None:
    if status == "declined":
        await community.submit("pia", f"decline:1:{seen}", {"reason": "Too dark"})
    else:
        await community.press("pia", f"decide:1:{status}:{seen}")
    await community.settle()


@pytest.mark.parametrize("status", ["under_review", "in_progress"])
async def test_quiet_moves_change_only_the_cards(community: Community, status: str) -> None:
    await community.escalated("ana", "Dark mode")
    seen = "new"
    if status == "in_progress":
        await _decide(community, "planned", "new")
        await community.later(61)
        seen = "planned"
    told = len(community.directs("ana")), len(community.posts("ideas"))
    answer = await community.press("pia", f"decide:1:{status}:{seen}")
    assert "The cards say so." in said(answer)
    await community.later(10)
    words = status.replace("_", " ").capitalize()
    assert f"Status: {words}" in community.shown(community.card_of(1))
    await community.later(120)
    assert (len(community.directs("ana")), len(community.posts("ideas"))) == told


async def test_before_the_minute_is_over_the_public_sees_nothing(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    before = len(community.adapter.sent)
    await community.press("pia", "decide:1:planned:new")
    await community.later(59)
    edits = community.adapter.sent[before:]
    assert [edit.target.container for edit in edits] == ["product-inbox"]  # type: ignore[union-attr]
    inbox = community.shown(community.card_of(1, "product-inbox"))
    assert "Pia planned this." in inbox
    assert "People hear of it a minute after the decision." in inbox
    assert "Status: New" in said(await community.command("ben", "/ideas 1"))
    assert "Status: Planned" in said(await community.command("pia", "/ideas 1"))
    await community.later(2)
    assert "Status: Planned" in community.shown(community.card_of(1))


async def test_a_decline_needs_a_reason(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    opened = form(await community.press("pia", "decline:1:new"))
    assert opened.fields[0].required
    assert isinstance(await community.submit("pia", str(opened.action), {"reason": "."}), Invalid)
    too_long = await community.submit("pia", str(opened.action), {"reason": "x" * 2_001})
    assert isinstance(too_long, Invalid)
    kept = form(await community.press("pia", str(too_long.retry)))
    assert kept.fields[0].value == "x" * 2_001
    await community.submit("pia", str(opened.action), {"reason": "Too dark for us"})
    await community.later(61)
    assert "Too dark for us" in community.directs("ana")[0]
    assert "The team says: Too dark for us" in community.shown(community.card_of(1))


async def test_an_answer_changes_no_status(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    opened = form(await community.press("pia", "answer:1"))
    assert isinstance(await community.submit("pia", str(opened.action), {"reason": ""}), Invalid)
    answer = await community.submit("pia", str(opened.action), {"reason": "Try the night theme"})
    assert [button.label for button in buttons(answer)] == ["Undo"]
    await community.later(61)
    (told,) = community.directs("ana")
    assert "Pia answers on #1 “Dark mode”:" in told
    assert "Try the night theme" in told
    assert "Status: New" in community.shown(community.card_of(1))


async def test_an_answer_is_undone_within_the_minute(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    (undo,) = buttons(await community.submit("pia", "answer:1", {"reason": "Try the theme"}))
    await community.press("pia", str(undo.action))
    await community.later(61)
    assert community.directs("ana") == []


async def test_what_was_told_and_changes_goes_out_as_a_correction(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    await _decide(community, "declined", "new")
    await community.later(61)
    await _decide(community, "under_review", "declined")
    await community.later(59)
    assert "Status: Declined" in community.shown(community.card_of(1))
    await community.later(2)
    assert "A correction: #1 “Dark mode” is under review again." in community.directs("ana")[1]
    assert "Status: Under review" in community.shown(community.card_of(1))


async def test_good_news_after_good_news_is_no_correction(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    seen = "new"
    for status in ("planned", "in_progress", "shipped"):
        await _decide(community, status, seen)
        await community.later(61)
        seen = status
    planned, shipped = community.directs("ana")
    assert planned.startswith("#1 “Dark mode” is planned.")
    assert shipped.startswith("#1 “Dark mode” has shipped. Asked for by Ana. Thank you!")


async def test_what_is_no_longer_true_is_not_told(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    await _decide(community, "declined", "new")
    await _decide(community, "under_review", "declined")
    await community.later(120)
    assert community.directs("ana") == []
    assert "Status: Under review" in community.shown(community.card_of(1))


async def test_planned_is_told_once_even_when_work_began_within_the_minute(
    community: Community,
) -> None:
    await community.escalated("ana", "Dark mode")
    await _decide(community, "planned", "new")
    await _decide(community, "in_progress", "planned")
    await _decide(community, "planned", "in_progress")
    await community.later(120)
    (told,) = community.directs("ana")
    assert "is planned" in told


async def test_a_broken_button_says_so_kindly(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    for action in ("decide:1:flying:new", "decide:1", "decide:x:planned:new", "undo:7", "anyway:7"):
        assert "no longer there" in said(await community.press("pia", action))
    assert "cannot find idea #9" in said(await community.press("pia", "decide:9:planned:new"))


async def test_what_was_withdrawn_is_neither_answered_nor_asked_about(
    community: Community,
) -> None:
    await community.escalated("ana", "Dark mode")
    await community.press("ana", "withdraw:1")
    for form_name in ("answer", "ask"):
        answer = await community.submit("pia", f"{form_name}:1", {"reason": "Try the theme"})
        assert "#1 was withdrawn" in said(answer)
    answer = await community.press("pia", "decide:1:planned:new")
    assert said(answer) == "#1: Ana withdrew this just now."
