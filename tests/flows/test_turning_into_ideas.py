"""A message's menu turns it into an idea of its author's, whoever uses it."""

from tests.community import Community, buttons, form, said, text_of

IDEA = "💡"


async def test_the_menu_opens_the_form_with_the_message_in_it(community: Community) -> None:
    message = community.write("ana", "We need a dark mode. My eyes hurt.")
    opened = form(await community.use_menu("ben", message))
    values = {field.name: field.value for field in opened.fields}
    assert values["title"] == "We need a dark mode"
    assert values["body"] == "We need a dark mode. My eyes hurt."
    answer = await community.submit("ben", str(opened.action), {"title": "Dark mode, please"})
    assert "in Ana's name" in said(answer)
    assert buttons(answer) == []
    await community.settle()
    assert "Suggested by Ana" in text_of(community.posts("ideas")[0].message)
    assert "Your message is an idea now" in community.directs("ana")[0]


async def test_the_menu_outside_listened_channels_names_those_that_are(
    community: Community,
) -> None:
    message = community.write("ana", "Lunch at noon", channel="random")
    answer = await community.use_menu("ana", message, channel="random")
    assert "Only messages in #general, #ideas can become ideas" in said(answer)


async def test_the_menu_shows_the_idea_a_message_is_already(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    await community.react("mo", IDEA, message.ref)
    await community.settle()
    assert "#1 · We need a dark mode" in said(await community.use_menu("ben", message))


async def test_the_menu_refuses_a_message_without_words(community: Community) -> None:
    answer = await community.use_menu("ben", community.write("ana", "🙂"))
    assert "says too little" in said(answer)


async def test_two_people_with_the_form_open_make_one_idea(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    bens = form(await community.use_menu("ben", message))
    dmitris = form(await community.use_menu("dmitri", message))
    await community.submit("ben", str(bens.action), {"title": "Dark mode"})
    answer = await community.submit("dmitri", str(dmitris.action), {"title": "Light off"})
    assert "That message is #1 already." in said(answer)
    await community.settle()
    assert len(community.posts("ideas")) == 1


async def test_what_its_author_did_not_want_is_not_made_again(community: Community) -> None:
    message = community.write("ana", "We need a dark mode")
    opened = form(await community.use_menu("ben", message))
    await community.react("mo", IDEA, message.ref)
    await community.settle()
    await community.press("ana", "withdraw:1")
    assert "cannot become an idea" in said(await community.use_menu("ben", message))
    answer = await community.submit("ben", str(opened.action), {"title": "Dark mode"})
    assert "cannot become an idea" in said(answer)


async def test_an_unanswered_offer_from_anothers_message_offers_no_taking_back(
    community: Community,
) -> None:
    await community.suggest("dmitri", "Dark mode for the editor")
    message = community.write("ana", "We need a dark mode in the editor")
    opened = form(await community.use_menu("ben", message))
    offer = await community.submit("ben", str(opened.action), {"title": "Dark mode for the editor"})
    assert "Is yours one of these?" in said(offer)
    await community.later(16 * 60)
    assert "#2 “Dark mode for the editor”" in community.directs("ben")[0]
    told = [s for s in community.adapter.sent if "posted as new" in str(s)]
    assert all("withdraw" not in str(sent) for sent in told)
