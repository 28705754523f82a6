"""`/sounding link`: one person with an account on each of two connections becomes one member."""

import json
import re

import pytest

from bot.board.link import CODE_MINUTES, MOST_SHOWN, MOST_WRONG
from bot.ports import SendDirect
from bot.results import Update, Whisper
from tests.community import Community, buttons, said

FANS = "fans"
WRONG = "That code does not work here."


@pytest.fixture
def both(two_connections: Community) -> Community:
    """Ana has an account on each connection: `ana` in the community, `anafan` among the fans."""
    return two_connections


async def _ask(both: Community, code: str, who: str = "anafan") -> str:
    """Type a code; the action of *Yes, both are mine*."""
    typed = await both.command(who, f"/sounding link {code}", connection=FANS)
    yes, _no = buttons(typed)
    return str(yes.action)


async def _try(both: Community, code: str, who: str = "anafan", connection: str = FANS) -> str:
    answer = await both.command(who, f"/sounding link {code}", connection=connection)
    assert not buttons(answer)
    return said(answer)


async def test_a_code_links_two_accounts_and_both_hear_of_it(both: Community) -> None:
    shown = await both.command("ana", "/sounding link")
    assert re.search(r"/sounding link [A-Z0-9]{4}-[A-Z0-9]{4} within 10 minutes", said(shown))
    code = said(shown).partition("link ")[2].split()[0]
    asked = await both.command("anafan", f"/sounding link {code}", connection=FANS)
    assert "Link with Ana on community?" in said(asked)
    assert [button.label for button in buttons(asked)] == ["Yes, both are mine", "No"]
    assert both.directs("ana") == [], "nothing is linked yet"
    answer = await both.press("anafan", str(buttons(asked)[0].action), connection=FANS)
    assert isinstance(answer, Update)
    assert "you and Ana on community count as one person now" in said(answer)
    await both.settle()
    (told,) = both.directs("ana")
    assert "Ana on community, Anafan on fans" in told
    assert "/sounding unlink" in told


async def test_the_other_account_hears_of_it_though_it_is_muted(both: Community) -> None:
    await both.command("ana", "/sounding mute")
    await both.link("anafan", to="ana", connection=FANS)
    await both.settle()
    assert len(both.directs("ana")) == 1


async def test_a_code_may_be_typed_small_and_with_or_without_its_line(both: Community) -> None:
    code = await both.code("ana")
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", " ")):
        assert await _ask(both, typed)


async def test_both_vote_and_count_once_and_twice_when_unlinked(both: Community) -> None:
    idea = await both.suggest("ben", "Dark mode")
    await both.press("ana", f"vote:{idea}")
    await both.press("anafan", f"vote:{idea}", connection=FANS)
    await both.later(10)
    card = both.card_of(idea)
    assert "2 votes" in both.shown(card)
    await both.link("anafan", to="ana", connection=FANS)
    await both.later(10)
    assert "1 vote" in both.shown(card)
    answer = await both.command("ana", "/sounding unlink")
    assert "stands for itself again. It was linked with Anafan on fans" in said(answer)
    await both.later(10)
    assert "2 votes" in both.shown(card)
    assert "not linked" in said(await both.command("anafan", "/sounding unlink", connection=FANS))


async def test_one_list_of_ideas_and_one_author_on_both_accounts(both: Community) -> None:
    dark = await both.suggest("ana", "Dark mode")
    maps = await both.suggest("anafan", "Offline maps", connection=FANS)
    await both.link("anafan", to="ana", connection=FANS)
    for who, where in (("ana", "community"), ("anafan", FANS)):
        mine = said(await both.command(who, "/ideas mine", connection=where))
        assert f"#{dark} " in mine
        assert f"#{maps} " in mine
    answer = await both.press("anafan", f"withdraw:{dark}", connection=FANS)
    assert f"#{dark} is withdrawn" in said(answer)
    assert "is back" in said(await both.press("ana", f"restore:{dark}"))
    await both.command("anafan", "/sounding unlink", connection=FANS)
    refused = await both.press("anafan", f"withdraw:{dark}", connection=FANS)
    assert "for others here to do" in said(refused)


async def test_an_answer_may_come_from_the_other_account(both: Community) -> None:
    idea = await both.suggest("ana", "Dark mode")
    await both.react("mo", "🚀", both.card_of(idea), channel="ideas")
    await both.submit("pia", f"ask:{idea}", {"reason": "Where?"})
    await both.link("anafan", to="ana", connection=FANS)
    await both.submit("anafan", "reply:1", {"reason": "In the kitchen"}, connection=FANS)
    await both.settle()
    assert any("In the kitchen" in str(post.message) for post in both.posts("product-inbox"))


async def test_a_decision_reaches_the_person_once(both: Community) -> None:
    idea = await both.suggest("ana", "Dark mode")
    await both.press("anafan", f"follow:{idea}", connection=FANS)
    await both.link("anafan", to="ana", connection=FANS)
    await both.settle()
    await both.press("pia", f"decide:{idea}:planned:new")
    await both.later(61)
    assert [text for text in both.directs("ana") if "is planned" in text]
    assert both.directs("anafan") == []


async def test_a_blocked_member_is_blocked_on_both_accounts(both: Community) -> None:
    idea = await both.suggest("ana", "Dark mode")
    await both.press("mo", f"block:{idea}")
    await both.link("anafan", to="ana", connection=FANS)
    values = {"title": "Offline maps", "body": "", "area": ""}
    answer = await both.submit("anafan", "suggest", values, connection=FANS)
    assert "cannot suggest ideas" in said(answer)


async def test_votes_that_unlinking_brings_back_may_escalate(both: Community) -> None:
    idea = await both.suggest("ben", "Dark mode")
    await both.link("anafan", to="ana", connection=FANS)
    for n in range(both.config.escalation.votes - 2):
        await both.press(f"person{n}", f"vote:{idea}")
    await both.press("ana", f"vote:{idea}")
    await both.press("anafan", f"vote:{idea}", connection=FANS)
    await both.settle()
    assert both.posts("product-inbox") == []
    await both.command("ana", "/sounding unlink")
    await both.settle()
    assert len(both.posts("product-inbox")) == 1


async def test_data_and_erasure_are_of_the_whole_person(both: Community) -> None:
    await both.suggest("ana", "Dark mode")
    await both.suggest("anafan", "Offline maps", connection=FANS)
    await both.link("anafan", to="ana", connection=FANS)
    await both.command("anafan", "/sounding data", connection=FANS)
    await both.settle()
    (file,) = [sent.message.attachment for sent in both.adapters[FANS].sent
               if isinstance(sent, SendDirect) and sent.message.attachment]  # fmt: skip
    held = json.loads(file.content)
    assert [one["name"] for one in held["accounts"]] == ["Ana", "Anafan"]
    assert [one["title"] for one in held["ideas"]] == ["Dark mode", "Offline maps"]
    asked = said(await both.command("ana", "/sounding forget-me"))
    assert "All of you: Ana on community, Anafan on fans." in asked
    assert "2 ideas of yours" in asked
    await both.press("ana", "forget:keep:2")
    await both.settle()
    dump = both.dump()
    assert not [row for row in dump["accounts"] if "ana" in str(row).lower()]
    assert dump["codes"] == []


async def test_an_account_linked_since_is_asked_about_before_it_is_erased(
    both: Community,
) -> None:
    before = await both.command("ana", "/sounding forget-me")
    assert "All of you" not in said(before)
    await both.link("anafan", to="ana", connection=FANS)
    again = await both.press("ana", str(buttons(before)[0].action))
    assert "All of you: Ana on community, Anafan on fans." in said(again)
    await both.press("ana", str(buttons(again)[0].action))
    assert not [row for row in both.dump()["accounts"] if "ana" in str(row).lower()]


async def test_no_leaves_everything_and_the_code_is_void(both: Community) -> None:
    code = await both.code("ana")
    typed = await both.command("anafan", f"/sounding link {code}", connection=FANS)
    yes, no = buttons(typed)
    answer = await both.press("anafan", str(no.action), connection=FANS)
    assert "nothing is linked" in said(answer)
    assert "no longer there" in said(await both.press("anafan", str(yes.action), connection=FANS))
    assert WRONG in await _try(both, code)
    assert "not linked" in said(await both.command("ana", "/sounding unlink"))


async def test_whatever_is_wrong_with_a_code_says_the_same(both: Community) -> None:
    told = [await _try(both, "ACDE-FGHJ"), await _try(both, "💥"), await _try(both, "x" * 3_000)]
    code = await both.code("ana")
    told += [await _try(both, code, "ana", "community"), await _try(both, code, "ben", "community")]
    yes = await _ask(both, code)
    told.append(await _try(both, code, "ben"))
    await both.press("anafan", yes, connection=FANS)
    told.append(await _try(both, code, "dmitri"))
    old, new = await both.code("ben"), await both.code("ben")
    told.append(await _try(both, old, "chloé"))
    both.clock.advance(CODE_MINUTES * 60)
    told.append(await _try(both, new, "chloé"))
    assert set(told) == {told[0]}
    assert told[0].startswith(WRONG)


async def test_after_a_few_wrong_codes_a_right_one_is_wrong_for_an_hour(both: Community) -> None:
    for _ in range(MOST_WRONG):
        await _try(both, "ACDE-FGHJ")
    assert WRONG in await _try(both, await both.code("ana"))
    assert await _ask(both, await both.code("ana"), "ben"), "others may"
    both.clock.advance(3_600)
    assert await _ask(both, await both.code("ana"))


async def test_a_handful_of_codes_an_hour(both: Community) -> None:
    for _ in range(MOST_SHOWN):
        await both.code("ana")
    answer = await both.command("ana", "/sounding link")
    assert "ask for another in an hour" in said(answer)
    both.clock.advance(3_600)
    assert await both.code("ana")


async def test_an_old_confirmation_does_nothing(both: Community) -> None:
    yes = await _ask(both, await both.code("ana"))
    both.clock.advance(CODE_MINUTES * 60)
    assert "no longer there" in said(await both.press("anafan", yes, connection=FANS))
    later = await _ask(both, await both.code("ana"))
    assert "no longer there" in said(await both.press("ben", later, connection=FANS))
    await both.press("anafan", later, connection=FANS)
    await both.command("ana", "/sounding unlink")
    assert "no longer there" in said(await both.press("anafan", later, connection=FANS))
    assert "not linked" in said(await both.command("ana", "/sounding unlink"))


async def test_nobody_has_two_accounts_in_one_place_by_way_of_a_third(both: Community) -> None:
    await both.link("anafan", to="ana", connection=FANS)
    code = await both.code("anafan", connection=FANS)
    assert WRONG in await _try(both, code, "ben", "community")


async def test_both_at_once_are_linked_once(both: Community) -> None:
    first = await _ask(both, await both.code("ana"))
    code = await both.code("anafan", connection=FANS)
    typed = await both.command("ana", f"/sounding link {code}")
    await both.press("anafan", first, connection=FANS)
    answer = await both.press("ana", str(buttons(typed)[0].action))
    assert isinstance(answer, Whisper)
    assert "no longer there" in said(answer)
    assert "It was linked with" in said(await both.command("ana", "/sounding unlink"))


async def test_who_asks_for_a_code_again_sees_what_is_linked(both: Community) -> None:
    await both.link("anafan", to="ana", connection=FANS)
    assert "Linked so far: Anafan on fans." in said(await both.command("ana", "/sounding link"))


async def test_one_place_has_nothing_to_link(community: Community) -> None:
    for text in ("/sounding link", "/sounding link ACDE-FGHJ"):
        answer = await community.command("ana", text)
        assert "hears only one place" in said(answer)
    assert "not linked" in said(await community.command("ana", "/sounding unlink"))


async def test_the_code_is_nowhere_but_on_the_screen(
    both: Community, capfd: pytest.CaptureFixture[str]
) -> None:
    code = await both.code("ana")
    await both.press("anafan", await _ask(both, code), connection=FANS)
    await both.settle()
    out, err = capfd.readouterr()
    kept = f"{both.dump()} {out} {err}".lower()
    for shape in (code, code.replace("-", "")):
        assert shape.lower() not in kept
    audit = [row for row in both.dump()["audit"] if "linked" in str(row)]
    assert len(audit) == 1
    assert "Ana" not in str(audit)
