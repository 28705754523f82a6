"""Colleagues at once, and a minute in which a decision can be taken back."""

from tests.community import Community, buttons, said


async def test_undo_within_the_minute_tells_nobody(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    answer = await community.press("pia", "decide:1:planned:new")
    (undo,) = buttons(answer)
    await community.later(59)
    assert "Nobody was told about #1" in said(await community.press("pia", str(undo.action)))
    await community.later(120)
    assert community.directs("ana") == []
    assert "Status: New" in community.shown(community.card_of(1, "product-inbox"))
    assert "no longer there" in said(await community.press("pia", str(undo.action)))


async def test_after_the_minute_undo_is_too_late(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    (undo,) = buttons(await community.press("pia", "decide:1:planned:new"))
    await community.later(61)
    assert "too late to undo" in said(await community.press("pia", str(undo.action)))
    assert "is planned" in community.directs("ana")[0]


async def test_only_the_latest_decision_can_be_undone(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    (undo,) = buttons(await community.press("pia", "decide:1:under_review:new"))
    await community.press("pia", "decide:1:planned:under_review")
    assert "too late" in said(await community.press("pia", str(undo.action)))


async def test_a_colleague_who_was_faster_is_not_overruled_unseen(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    await community.submit("pia", "decline:1:new", {"reason": "Too dark"})
    await community.later(61)
    answer = await community.press("paul", "decide:1:planned:new")
    assert said(answer) == "#1: Pia declined this 1 minute ago. Plan anyway?"
    (anyway,) = buttons(answer)
    assert anyway.label == "Plan anyway"
    assert "Planned" in said(await community.press("paul", str(anyway.action)))
    await community.later(61)
    assert "A correction: #1 “Dark mode” is planned." in community.directs("ana")[1]


async def test_a_decline_that_was_too_slow_keeps_its_reason(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    await community.press("pia", "decide:1:planned:new")
    answer = await community.submit("paul", "decline:1:new", {"reason": "Too dark"})
    assert said(answer) == "#1: Pia planned this just now. Decline anyway?"
    (anyway,) = buttons(answer)
    assert "Declined" in said(await community.press("paul", str(anyway.action)))
    await community.later(61)
    (told,) = community.directs("ana")
    assert "will not be done" in told
    assert "Too dark" in told
    assert "no longer there" in said(await community.press("paul", str(anyway.action)))


async def test_anyway_asks_again_when_a_third_was_faster_still(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    await community.press("pia", "decide:1:planned:new")
    answer = await community.submit("paul", "decline:1:new", {"reason": "Too dark"})
    (anyway,) = buttons(answer)
    await community.press("pia", "decide:1:in_progress:planned")
    answer = await community.press("paul", str(anyway.action))
    assert "Pia started on this just now. Decline anyway?" in said(answer)
    (again,) = buttons(answer)
    assert "Declined" in said(await community.press("paul", str(again.action)))
    await community.later(61)
    assert "Too dark" in community.directs("ana")[0]


async def test_both_pressing_the_same_decide_once(community: Community) -> None:
    await community.escalated("ana", "Dark mode")
    await community.press("pia", "decide:1:planned:new")
    answer = await community.press("paul", "decide:1:planned:new")
    assert said(answer) == "#1: Pia planned this just now."
    assert buttons(answer) == []
