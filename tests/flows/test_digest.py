"""The weekly digest: prepared by the clock once, posted in order, or whispered to who asks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import PermanentDeliveryError
from bot.ports import SendPost
from bot.refs import MessageRef, ThreadRef
from tests.community import START, Community, buttons, labels, said, text_of

WEEK = timedelta(days=7)
INBOX = "product-inbox"


async def a_week(community: Community) -> int:
    """Ana suggests, Ben and Chloé vote; a week goes by until the next Monday at nine."""
    number = await community.suggest("ana", "Dark mode", "My eyes hurt at night")
    await community.press("ben", f"vote:{number}")
    await community.press("chloe", f"vote:{number}")
    community.clock.time = START + WEEK
    return number


async def strike(community: Community) -> list[SendPost]:
    """The scheduler looks at the clock; what was posted to the inbox by then."""
    await community.bot.scheduler.look()
    await community.settle()
    return community.posts(INBOX)


async def test_monday_brings_the_week_with_its_parts_below_the_first_post(
    community: Community,
) -> None:
    await a_week(community)
    first, *rest = await strike(community)
    text = text_of(first.message)
    assert text.startswith("What your customers ask for · 2 November – 9 November 2026")
    assert "1 new idea and 2 votes from 3 people." in text
    assert "Decide now · 1 idea waits for an answer." in text
    assert "“My eyes hurt at night” – Ana" in text
    assert labels(first.message) == ["Plan", "Decline…", "Answer…", "Open"]
    head = community.adapter.sent.index(first) + 1
    assert [post.thread and post.thread.message for post in rest] == [f"p{head}"]
    (numbers,) = rest
    assert "New ideas: 1 (0)" in text_of(numbers.message)


async def test_what_did_not_happen_is_not_counted(community: Community) -> None:
    number = await community.suggest("ana", "Dark mode")
    community.clock.time = START + WEEK
    first, *_ = await strike(community)
    assert "1 new idea from 1 person." in text_of(first.message)
    await community.press("ben", f"vote:{number}")
    community.clock.time = START + 2 * WEEK
    *_, first, _ = await strike(community)
    assert "1 vote from 1 person." in text_of(first.message)


async def test_the_same_week_is_never_posted_twice(community: Community) -> None:
    await a_week(community)
    posted = await strike(community)
    community.bot.scheduler._done.clear()
    community.clock.advance(3600)
    assert await strike(community) == posted


async def test_after_a_long_downtime_only_the_latest_week_is_caught_up(
    community: Community,
) -> None:
    await a_week(community)
    community.clock.time = START + 5 * WEEK + timedelta(days=2)
    first, *_ = await strike(community)
    assert "30 November – 7 December 2026" in text_of(first.message)
    headed = [post for post in community.posts(INBOX) if not post.thread]
    assert len(headed) == 1


async def test_a_week_in_which_nothing_happens_says_nothing(community: Community) -> None:
    community.clock.time = START + WEEK
    assert await strike(community) == []
    assert [row[2][:10] for row in community.dump()["digests"]] == ["2026-11-02"]


async def test_a_schedule_that_is_set_back_does_not_tell_an_older_week(
    community: Community,
) -> None:
    await a_week(community)
    posted = await strike(community)
    scheduler = community.bot.scheduler
    earlier = community.config.digest.model_copy(update={"schedule": "0 9 * * 5"})
    scheduler._config = community.config.model_copy(update={"digest": earlier})
    community.clock.advance(86_400)
    assert await strike(community) == posted


async def test_what_was_decided_meanwhile_is_said_and_has_no_buttons(
    community: Community,
) -> None:
    number = await a_week(community)
    await community.bot.scheduler.look()
    await community.press("pia", f"decide:{number}:planned:new")
    await community.settle()
    first, *_ = community.posts(INBOX)
    assert "2 votes · waiting 7 days · planned since" in text_of(first.message)
    assert labels(first.message) == ["Open"]


async def test_a_button_of_the_digest_decides(community: Community) -> None:
    number = await a_week(community)
    first, *_ = await strike(community)
    planned, *_ = buttons_of(first)
    assert said(await community.press("pia", planned, channel=INBOX)) == (
        f"#{number}: Planned. Its author and followers hear of it in a minute."
    )


async def test_an_erased_person_is_not_quoted(community: Community) -> None:
    await a_week(community)
    await community.bot.scheduler.look()
    await community.press("ana", "forget:words")
    await community.settle()
    everything = "\n".join(text_of(post.message) for post in community.posts(INBOX))
    assert "eyes" not in everything
    assert "Dark mode" not in everything
    assert "Ana" not in everything


async def test_what_was_posted_of_an_erased_person_is_taken_out(community: Community) -> None:
    values = {"title": "Dark mode", "body": "My eyes hurt", "job": "Write at night"}
    await community.submit("ana", "suggest", values)
    await community.press("ben", "vote:1")
    community.clock.time = START + WEEK
    posted = await strike(community)
    assert any("My eyes hurt" in text_of(post.message) for post in posted)
    assert any("Write at night" in text_of(post.message) for post in posted)
    await community.press("ana", "forget:words")
    await community.later(60)
    shown = [community.shown(_ref(community, post)) for post in posted]
    for words in ("Dark mode", "eyes", "Write at night", "Ana"):
        assert all(words not in text for text in shown)
    assert any("What stood here was taken back." in text for text in shown)


async def test_ideas_that_stay_lose_their_authors_name(community: Community) -> None:
    await a_week(community)
    first, *_ = await strike(community)
    await community.press("ana", "forget:keep")
    await community.later(60)
    shown = community.shown(_ref(community, first))
    assert "“My eyes hurt at night” – a former member" in shown
    assert "Ana" not in shown


async def test_parts_stand_alone_when_the_first_post_is_refused(community: Community) -> None:
    await a_week(community)
    await community.settle()
    await community.bot.scheduler.look()
    community.adapter.refuse[INBOX] = PermanentDeliveryError("the channel is being moved")
    assert await community._one(jobs=False)
    del community.adapter.refuse[INBOX]
    await community.settle()
    (numbers,) = community.posts(INBOX)
    assert numbers.thread is None


async def test_everything_a_week_can_hold(community: Community) -> None:
    await a_week(community)
    community.clock.time = START + timedelta(days=2)
    night, words, keys, trello = [
        await community.suggest("ben", title)
        for title in ("Night theme", "Word counts", "Passkeys", "Import from elsewhere")
    ]
    await community.submit("mo", f"merge:{night}", {"into": "1"})
    await community.press("pia", f"decide:{words}:planned:new")
    await community.submit("pia", f"decline:{keys}:new", {"reason": "Not before the new login"})
    await community.press("dmitri", f"follow:{trello}")
    community.clock.time = START + WEEK
    texts = [text_of(post.message) for post in await strike(community) if post.thread]
    assert any("New this week\n#5 “Import from elsewhere” · 0 votes · Ben" in t for t in texts)
    assert any("Planned #3 “Word counts”" in t for t in texts)
    assert any("Declined #4 “Passkeys”: “Not before the new login”" in t for t in texts)
    assert any("#2 “Night theme” now counts for #1 “Dark mode”" in t for t in texts)


async def test_somebody_says_what_they_are_trying_to_get_done(community: Community) -> None:
    values = {"title": "Export", "job": "Tell my boss the numbers", "obstacle": "It stays inside"}
    await community.submit("ana", "suggest", values)
    community.clock.time = START + WEEK
    texts = [text_of(post.message) for post in await strike(community)]
    voices = "“Tell my boss the numbers” – Ana, #1\n↳ In the way: “It stays inside”"
    assert any(voices in text for text in texts)


async def test_a_title_that_says_it_all_is_not_repeated_but_its_author_is_named(
    community: Community,
) -> None:
    for body in ("", "dark mode"):
        await community.suggest("ana", "Dark mode.", body)
    for number in (1, 2):
        await community.press("ben", f"vote:{number}")
    community.clock.time = START + WEEK
    first, *_ = await strike(community)
    text = text_of(first.message)
    assert text.count("Said by Ana") == 2
    assert "“" not in text


async def test_what_the_title_says_already_is_not_quoted_again(community: Community) -> None:
    said_by_ana = "Hi all! The night is too bright. My eyes hurt after ten!"
    opening = community.write("ana", said_by_ana)
    await community.react("mo", "💡", opening.ref)
    await community.settle()
    await community.press("ben", "vote:1")
    community.clock.time = START + WEEK
    first, *_ = await strike(community)
    assert "#1 · The night is too bright\n“My eyes hurt after ten!” – Ana" in text_of(first.message)


async def test_what_rises_and_has_an_answer_says_so(community: Community) -> None:
    for number, title in enumerate(("Dark mode", "Offline maps"), 1):
        await community.suggest("ana", title)
        await community.press("ben", f"vote:{number}")
    await community.submit("pia", "answer:1", {"reason": "It is in the settings."}, channel=INBOX)
    await community.later(120)
    community.clock.time = START + WEEK
    _, moves, _ = await strike(community)
    text = text_of(moves.message)
    assert "#1 “Dark mode” · 1 new vote, 1 in all · answered" in text
    assert "Offline maps" not in text


async def test_threads_are_named_by_their_idea_or_else_by_their_channel(
    community: Community,
) -> None:
    number = await community.suggest("ana", "Dark mode", "My eyes hurt at night")
    below = community.write("ben", "Mine too", channel="ideas")
    card = community.card_of(number)
    below = replace(below, thread=ThreadRef(card.connection, card.container, card.message))
    opening = community.write("chloe", "Hello everybody")
    for at in range(40):
        await community.reply("ben", f"Reply {at}", opening)
        await community.reply("dmitri", f"Another {at}", below)
    await community.bot.threads.flush()
    community.clock.time = START + WEEK
    posted = await strike(community)
    (threads,) = [post.message for post in posted if "Threads worth" in text_of(post.message)]
    *_, named, other = text_of(threads).rstrip().split("\n")
    assert sorted((named, other)) == [
        f"#{number} “Dark mode” · 41 messages",
        "A conversation in #general · 41 messages",
    ]


@pytest.mark.parametrize("command", ["/ideas waiting", "/sounding"])
async def test_the_team_finds_a_button_for_the_week_so_far(
    community: Community, command: str
) -> None:
    await a_week(community)
    community.clock.advance(-86_400)
    answer = await community.command("pia", command)
    action = next(str(b.action) for b in buttons(answer) if b.label == "Weekly digest")
    digest = await community.press("pia", action)
    assert said(digest).startswith("What your customers ask for · 2 November – 8 November 2026")
    assert "Decide now · 1 idea waits for an answer." in said(digest)
    assert community.dump()["digests"] == []


@pytest.mark.parametrize("command", ["/ideas waiting", "/sounding"])
async def test_others_find_none(community: Community, command: str) -> None:
    await a_week(community)
    for who in ("ana", "mo"):
        answer = await community.command(who, command)
        assert "Weekly digest" not in [button.label for button in buttons(answer)]
        assert "That is for others here" in said(await community.press(who, "digest"))


async def test_a_button_with_nothing_to_tell_says_so(community: Community) -> None:
    answer = await community.press("pia", "digest")
    assert said(answer) == "Nothing has happened yet since the last digest."


def buttons_of(post: SendPost) -> list[str]:
    return [str(button.action) for card in post.message.cards for button in card.buttons]


def _ref(community: Community, post: SendPost) -> MessageRef:
    """Where a post stands."""
    return MessageRef(community.home, INBOX, f"p{community.adapter.sent.index(post) + 1}")
