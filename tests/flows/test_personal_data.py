"""`/sounding`: help, and a person's say over what is held about them."""

import json
from typing import Any

from bot.ports import SendDirect
from tests.community import Community, buttons, said, text_of


async def test_help_names_every_command_and_the_menu(community: Community) -> None:
    for text in ("/sounding", "/sounding help", "/sounding what?"):
        told = said(await community.command("ana", text))
        for part in ("/suggest", "/ideas", "/sounding", "forget-me", "Turn into idea"):
            assert part in told


async def _everything_about_ana(community: Community) -> None:
    await community.submit(
        "ana", "suggest", {"title": "Dark mode", "body": "For my sore eyes", "job": "Write a novel"}
    )
    await community.settle()
    await community.suggest("ben", "Offline maps")
    await community.press("ana", "vote:2")
    await community.press("ana", "follow:2")
    await community.submit("ana", "suggest", {"title": "x", "body": "An unfinished thought"})
    await community.submit("pia", "ask:1", {"reason": "On which screen?"})
    await community.submit("ana", "reply:1", {"reason": "The kitchen tablet"})
    await community.settle()


def _file(community: Community) -> dict[str, Any]:
    (sent,) = [s for s in community.adapter.sent if isinstance(s, SendDirect)
               and s.message.attachment]  # fmt: skip
    assert sent.account.user == "ana"
    assert sent.message.attachment is not None
    assert sent.message.attachment.name.endswith(".json")
    held: dict[str, Any] = json.loads(sent.message.attachment.content)
    return held


async def test_data_is_everything_as_a_file(community: Community) -> None:
    await _everything_about_ana(community)
    assert "as a direct message" in said(await community.command("ana", "/sounding data"))
    await community.settle()
    held = _file(community)
    assert held["accounts"][0]["name"] == "Ana"
    assert held["ideas"][0]["title"] == "Dark mode"
    assert held["votes"][0]["idea"] == held["follows"][0]["idea"] == 2
    text = json.dumps(held)
    for words in ("For my sore eyes", "Write a novel", "An unfinished thought", "kitchen tablet"):
        assert words in text


async def test_data_reaches_the_muted_too(community: Community) -> None:
    await community.command("ana", "/sounding mute")
    await community.command("ana", "/sounding data")
    await community.settle()
    assert _file(community)["mutes"]


async def test_mute_holds_until_it_is_lifted(community: Community) -> None:
    answer = await community.command("ana", "/sounding mute")
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", "💡", message.ref)
    await community.settle()
    assert community.directs("ana") == []
    (again,) = buttons(answer)
    assert "write to you again" in said(await community.press("ana", str(again.action)))
    await community.press("pia", "decide:1:planned:new")
    await community.later(61)
    assert len(community.directs("ana")) == 1


async def test_forget_me_says_exactly_what_goes_and_what_stays(community: Community) -> None:
    await _everything_about_ana(community)
    await community.suggest("ben", "Bigger font")
    await community.press("ana", "vote:3")
    await community.press("ana", "unvote:3")
    answer = await community.command("ana", "/sounding forget-me")
    assert "This cannot be undone." in said(answer)
    assert "1 vote," in said(answer)
    assert "1 idea of yours" in said(answer)
    assert "a vote by reaction that stays on a card counts again" in said(answer)
    assert [button.label for button in buttons(answer)] == [
        "Forget me, keep my ideas", "Forget me and my words", "Keep me",
    ]  # fmt: skip
    keep = buttons(answer)[-1]
    assert "nothing has changed" in said(await community.press("ana", str(keep.action)))
    assert "#1 Dark mode" in said(await community.command("ana", "/ideas mine"))


async def test_forgotten_the_idea_stays_a_former_members(community: Community) -> None:
    await _everything_about_ana(community)
    assert "It is done." in said(await community.press("ana", "forget:keep"))
    await community.later(10)
    card = community.shown(community.card_of(1))
    assert "For my sore eyes" in card
    assert "Suggested by a former member" in card
    assert "0 votes" in community.shown(community.card_of(2))
    everything = str(community.dump())
    assert "Ana" not in everything
    assert "playground/ana" not in everything
    assert "kitchen tablet" not in everything
    assert "unfinished thought" not in everything


async def test_forgotten_with_the_words_nothing_is_left(community: Community) -> None:
    await _everything_about_ana(community)
    await community.press("ana", "forget:words")
    await community.later(10)
    assert community.shown(community.card_of(1)) == "#1\nThis idea was withdrawn.\n"
    everything = str(community.dump())
    for words in ("Ana", "Dark mode", "sore eyes", "novel", "kitchen"):
        assert words not in everything


async def test_what_was_on_its_way_to_them_is_not_sent(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", "💡", message.ref)
    await community.settle()
    await community.press("pia", "decide:1:planned:new")
    await community.press("ana", "forget:keep")
    await community.later(61)
    assert len(community.directs("ana")) == 1
    (post,) = community.posts("general")
    assert "Ana" not in text_of(post.message)


async def test_a_shipped_idea_still_thanks_a_former_member(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("ben", "vote:1")
    await community.press("ana", "forget:keep")
    for status, seen in (("planned", "new"), ("shipped", "planned")):
        await community.press("pia", f"decide:1:{status}:{seen}")
        await community.later(61)
    card = community.shown(community.card_of(1))
    assert "Asked for by 1 member. Thank you!" in card
