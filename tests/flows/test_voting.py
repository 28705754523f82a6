"""Support for an idea: by button, by reaction, on two platforms, and taken back."""

from datetime import timedelta

from bot.events import CardAsked, ReactionsRead
from bot.refs import AccountRef, ChannelRef, MessageRef, emoji
from bot.results import Update, Whisper
from tests.community import START, Community, buttons, labels, said

YES = "👍"


async def test_a_vote_counts_at_once_and_shows_on_the_card(community: Community) -> None:
    idea = await community.suggest("ana", "Dark mode")
    answer = await community.press("ben", f"vote:{idea}")
    assert said(answer) == "Your vote for #1 “Dark mode” counts: 1 vote now."
    await community.settle()
    assert "1 vote" in community.shown(community.card_of(idea))


async def test_vote_pressed_again_offers_the_way_back(community: Community) -> None:
    idea = await community.suggest("ana", "Dark mode")
    await community.press("ben", f"vote:{idea}")
    answer = await community.press("ben", f"vote:{idea}")
    assert said(answer) == "You already support #1."
    assert [str(b.action) for b in buttons(answer)] == ["unvote:1"]
    assert "taken back" in said(await community.press("ben", "unvote:1"))
    await community.later(10)
    assert "0 votes" in community.shown(community.card_of(idea))


async def test_a_vote_taken_back_can_be_given_again(community: Community) -> None:
    idea = await community.suggest("ana", "Dark mode")
    await community.press("ben", f"vote:{idea}")
    answer = await community.press("ben", f"unvote:{idea}")
    (again,) = buttons(answer)
    assert "1 vote now" in said(await community.press("ben", str(again.action)))
    assert "no vote" in said(await community.press("ana", f"unvote:{idea}"))


async def test_after_a_gap_the_votes_by_reaction_are_those_on_the_card(
    community: Community,
) -> None:
    card = community.card_of(await community.suggest("ana", "Dark mode"))
    await community.react("ben", YES, card, channel="ideas")
    await community.press("chloe", "vote:1")
    community.clock.advance(60)
    there = ReactionsRead(
        key=None,
        at=community.clock.now(),
        channel=ChannelRef(card.connection, "ideas"),
        message=card,
        emoji=emoji(YES),
        people={AccountRef(community.home, "mo"): "Mo"},
    )
    await community.receive(there)
    await community.receive(there)
    await community.later(10)
    assert "2 votes" in community.shown(card)
    answer = await community.press("ben", "vote:1")
    assert "3 votes now" in said(answer)


async def test_a_vote_redraws_the_card_and_what_it_shows_can_be_asked(
    community: Community,
) -> None:
    card = community.card_of(await community.suggest("ana", "Dark mode"))
    answer = await community.press("ben", "vote:1")
    again = await community.press("ben", "vote:1")
    assert isinstance(answer, Whisper)
    assert answer.redraws
    assert isinstance(again, Whisper)
    assert not again.redraws
    now = community.clock.now()
    drawn = await community.receive(CardAsked(key=None, at=now, message=card))
    await community.settle()
    assert isinstance(drawn, Update)
    assert drawn.message == community.latest(card), "as the queue drew it"
    other = MessageRef(card.connection, card.container, "nobody's")
    assert await community.receive(CardAsked(key=None, at=now, message=other)) is None


async def test_a_reaction_on_the_card_is_a_vote(community: Community) -> None:
    card = community.card_of(await community.suggest("ana", "Dark mode"))
    assert await community.react("ben", YES, card, channel="ideas") is None
    await community.settle()
    assert "1 vote" in community.shown(card)


async def test_a_skin_tone_is_the_same_vote(community: Community) -> None:
    card = community.card_of(await community.suggest("ana", "Dark mode"))
    await community.react("ben", "👍🏽", card, channel="ideas")
    await community.settle()
    assert "1 vote" in community.shown(card)


async def test_a_reaction_taken_back_leaves_the_button_vote(community: Community) -> None:
    card = community.card_of(await community.suggest("ana", "Dark mode"))
    await community.press("ben", "vote:1")
    await community.react("ben", YES, card, channel="ideas")
    await community.react("ben", YES, card, channel="ideas", added=False)
    await community.later(10)
    assert "1 vote" in community.shown(card)


async def test_take_my_vote_back_takes_back_the_reaction_too(community: Community) -> None:
    card = community.card_of(await community.suggest("ana", "Dark mode"))
    await community.press("ben", "vote:1")
    await community.react("ben", YES, card, channel="ideas")
    await community.press("ben", "unvote:1")
    await community.later(10)
    assert "0 votes" in community.shown(card)


async def test_a_removal_that_arrives_before_its_reaction_wins(community: Community) -> None:
    card = community.card_of(await community.suggest("ana", "Dark mode"))
    early, late = START + timedelta(minutes=1), START + timedelta(minutes=2)
    await community.react("ben", YES, card, channel="ideas", added=False, at=late)
    await community.react("ben", YES, card, channel="ideas", at=early)
    await community.settle()
    assert "0 votes" in community.shown(card)


async def test_only_the_last_of_three_changes_counts_in_any_order(community: Community) -> None:
    card = community.card_of(await community.suggest("ana", "Dark mode"))
    for minute, added in ((3, True), (1, True), (2, False)):
        at = START + timedelta(minutes=minute)
        await community.react("ben", YES, card, channel="ideas", added=added, at=at)
    await community.settle()
    assert "1 vote" in community.shown(card)


async def test_one_person_with_two_accounts_has_one_vote(two_connections: Community) -> None:
    await two_connections.suggest("ana", "Dark mode", connection="community")
    await two_connections.press("ben", "vote:1")
    await two_connections.command("benfan", "/ideas", connection="fans")
    await two_connections.press("benfan", "mute", connection="fans")
    await two_connections.command("benfan", "/sounding", connection="fans")
    await two_connections.link("benfan", to="ben", connection="fans")
    answer = await two_connections.press("benfan", "vote:1", connection="fans")
    assert "1 vote now" in said(answer)
    assert "taken back" in said(await two_connections.press("ben", "unvote:1"))
    await two_connections.later(10)
    assert "0 votes" in two_connections.shown(two_connections.card_of(1))


async def test_a_reaction_elsewhere_is_no_vote(community: Community) -> None:
    message = community.write("ana", "Please give us a dark mode")
    await community.react("mo", "💡", message.ref)
    await community.settle()
    card = community.card_of(1)
    await community.react("ben", YES, message.ref)
    await community.react("ben", "🎉", card, channel="ideas")
    await community.settle()
    assert "0 votes" in community.shown(card)


async def test_a_decided_idea_takes_no_votes_and_loses_none(community: Community) -> None:
    idea = await community.suggest("ana", "Dark mode")
    await community.press("ben", f"vote:{idea}")
    await community.submit("pia", f"decline:{idea}:new", {"reason": "Too dark"})
    await community.later(61)
    card = community.card_of(idea)
    assert "is decided" in said(await community.press("dmitri", f"vote:{idea}"))
    await community.react("dmitri", YES, card, channel="ideas")
    assert labels(community.latest(card)) == ["More…"]
    assert "1 vote" in community.shown(card)


async def test_tell_me_when_it_is_decided_follows(community: Community) -> None:
    idea = await community.suggest("ana", "Dark mode")
    answer = await community.press("ben", f"follow:{idea}")
    assert "You will get a direct message when #1 is decided" in said(answer)
    assert "already" in said(await community.press("ben", f"follow:{idea}"))
    await community.press("pia", f"decide:{idea}:planned:new")
    await community.later(61)
    assert "#1 “Dark mode” is planned." in community.directs("ben")[0]


async def test_do_not_tell_me_stops_that(community: Community) -> None:
    idea = await community.suggest("ana", "Dark mode")
    answer = await community.press("ben", f"follow:{idea}")
    (stop,) = buttons(answer)
    assert "will not be told" in said(await community.press("ben", str(stop.action)))
    await community.press("pia", f"decide:{idea}:planned:new")
    await community.later(61)
    assert community.directs("ben") == []


async def test_a_refused_press_stays_refused_when_it_is_delivered_again(
    community: Community,
) -> None:
    idea = await community.suggest("ana", "Dark mode")
    await community.submit("pia", f"decline:{idea}:new", {"reason": "Too dark"})
    await community.later(61)
    assert "is decided" in said(await community.press("ben", f"vote:{idea}"))
    refused = community.events[-1]
    await community.press("pia", f"decide:{idea}:planned:declined")
    await community.later(61)
    assert await community.bot.dispatch(refused) is None
    await community.settle()
    assert "0 votes" in community.shown(community.card_of(idea))
