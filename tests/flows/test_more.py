"""*More…* on a card: what its author and moderators may do."""

from bot.results import Invalid
from tests.community import Community, buttons, form, labels, said

REASON = {"reason": "It is spam"}


def _offered(answer: object) -> list[str]:
    return [button.label for button in buttons(answer)]  # type: ignore[arg-type]


async def test_each_is_offered_what_they_may_do(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    assert _offered(await community.press("ana", "more:1")) == ["Edit", "Withdraw"]
    assert _offered(await community.press("mo", "more:1")) == [
        "Merge into…", "Title…", "Withdraw…", "Block the author",
    ]  # fmt: skip
    answer = await community.press("ben", "more:1")
    assert said(answer) == "There is nothing more to do here."
    await community.press("ben", "vote:1")
    assert _offered(await community.press("ben", "more:1")) == ["Take my vote back"]


async def test_the_author_edits_their_words_everywhere(community: Community) -> None:
    await community.suggest("ana", "Dark mode", body="Please", area="Editor")
    await community.react("mo", "🚀", community.card_of(1), channel="ideas")
    opened = form(await community.press("ana", "edit:1"))
    assert {field.name: field.value for field in opened.fields}["body"] == "Please"
    values = {"title": "Darker mode", "body": "Much darker", "area": "Editor"}
    assert "Saved" in said(await community.submit("ana", str(opened.action), values))
    await community.later(10)
    for channel in ("ideas", "product-inbox"):
        assert "Much darker" in community.shown(community.card_of(1, channel))
    assert "Darker mode" in said(await community.command("ben", "/ideas darker"))


async def test_an_edit_that_says_nothing_is_mended(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    answer = await community.submit("ana", "edit:1", {"title": "", "body": "Long words"})
    assert isinstance(answer, Invalid)
    again = form(await community.press("ana", str(answer.retry)))
    assert "Long words" in [field.value for field in again.fields]


async def test_words_stay_once_somebody_else_supports_them(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("ana", "vote:1")
    opened = form(await community.press("ana", "edit:1"))
    await community.press("ben", "vote:1")
    assert "support from others" in said(await community.press("ana", "edit:1"))
    late = await community.submit("ana", str(opened.action), {"title": "Light mode"})
    assert "support from others" in said(late)
    assert _offered(late) == ["Edit and try again"]
    assert _offered(await community.press("ana", "more:1")) == ["Take my vote back", "Withdraw"]
    await community.press("ben", "unvote:1")
    assert "Saved" in said(await community.submit("ana", "edit:1", {"title": "Night mode"}))


async def test_only_its_author_edits_or_withdraws_by_button(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    for action in ("edit:1", "withdraw:1", "restore:1"):
        assert "for others here to do" in said(await community.press("ben", action))


async def test_the_author_withdraws_and_brings_back(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("ben", "vote:1")
    card = community.card_of(1)
    assert _offered(await community.press("ana", "withdraw:1")) == ["Bring it back"]
    await community.settle()
    assert community.shown(card) == "#1\nThis idea was withdrawn.\n"
    assert labels(community.latest(card)) == ["More…"]
    assert "cannot find" in said(await community.command("ben", "/ideas 1"))
    assert "cannot go there" in said(await community.press("ana", "withdraw:1"))
    assert "back on the board" in said(await community.press("ana", "restore:1"))
    await community.later(10)
    assert "Dark mode" in community.shown(card)
    assert "1 vote" in community.shown(card)
    await community.later(120)
    assert community.directs("ben") == community.directs("ana") == []


async def test_brought_back_within_the_minute_nobody_hears_of_it(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("ben", "follow:1")
    await community.press("ana", "withdraw:1")
    await community.later(30)
    await community.press("ana", "restore:1")
    await community.later(120)
    assert community.directs("ben") == []


async def test_a_moderator_withdraws_with_a_reason_its_author_reads(
    community: Community,
) -> None:
    await community.suggest("ana", "Dark mode")
    opened = form(await community.press("mo", "remove:1"))
    answer = await community.submit("mo", str(opened.action), {"reason": "  "})
    assert isinstance(answer, Invalid)
    assert "withdrawn" in said(await community.submit("mo", str(opened.action), REASON))
    await community.later(61)
    (told,) = community.directs("ana")
    assert "#1 “Dark mode” was withdrawn." in told
    assert "It is spam" in told
    assert "This idea was withdrawn." in community.shown(community.card_of(1))
    assert _offered(await community.press("mo", "more:1")) == ["Bring it back", "Block the author"]
    await community.press("mo", "restore:1")
    await community.later(10)
    assert "Dark mode" in community.shown(community.card_of(1))


async def test_what_was_planned_is_planned_again_when_brought_back(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("pia", "decide:1:planned:new")
    await community.later(61)
    await community.submit("mo", "withdraw:1", REASON)
    await community.later(61)
    await community.press("mo", "restore:1")
    await community.later(10)
    assert "Status: Planned" in community.shown(community.card_of(1))


async def test_a_moderator_finds_a_better_title(community: Community) -> None:
    await community.suggest("ana", "It hurts", body="My eyes, at night", area="Editor")
    await community.press("ben", "vote:1")
    opened = form(await community.press("mo", "title:1"))
    assert opened.fields[0].value == "It hurts"
    assert isinstance(await community.submit("mo", str(opened.action), {"title": "?"}), Invalid)
    assert "Saved" in said(await community.submit("mo", str(opened.action), {"title": "Dark mode"}))
    await community.later(10)
    card = community.shown(community.card_of(1))
    assert "#1 · Dark mode" in card
    assert "My eyes, at night" in card
    assert "Area: Editor" in card


async def test_a_blocked_author_suggests_nothing_more(community: Community) -> None:
    await community.suggest("ana", "Dark mode for the editor")
    await community.submit("ana", "suggest", {"title": "A dark mode in the editor"})
    assert "soundingboard unblock 1" in said(await community.press("mo", "block:1"))
    answer = await community.submit("ana", "suggest", {"title": "Spam", "body": "And more"})
    assert "cannot suggest ideas here" in said(answer)
    (again,) = buttons(answer)
    kept = form(await community.press("ana", str(again.action)))
    assert "And more" in [field.value for field in kept.fields]
    message = community.write("ana", "Please do this")
    await community.react("mo", "💡", message.ref)
    await community.later(16 * 60)
    assert len(community.posts("ideas")) == 1
    opened = form(await community.use_menu("ben", community.write("ana", "Please do that")))
    answer = await community.submit("ben", str(opened.action), {"title": "Please do that"})
    assert "author of that message cannot suggest" in said(answer)


async def test_nobody_is_blocked_for_a_former_members_idea(community: Community) -> None:
    await community.suggest("ana", "Dark mode")
    await community.press("ana", "forget:keep")
    await community.later(10)
    assert "no longer here" in said(await community.press("mo", "block:1"))
