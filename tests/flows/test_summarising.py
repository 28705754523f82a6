"""A long thread in short: every way to ask for it, who may, and what becomes of it."""

from dataclasses import replace

from bot.events import ReadMessage
from bot.ports import SendEdit
from bot.refs import MessageRef, ThreadRef
from tests.community import Community, Where, buttons, labels, said, text_of

LINES = (
    ("ben", "It happens to me as well whenever the train goes through a tunnel."),
    ("chloé", "We should keep a copy of every chapter on the device itself."),
    ("dmitri", "I disagree, a copy on the device is lost with the device."),
    ("ben", "Does anybody know whether the export keeps footnotes, too?"),
    ("chloé", "I wrote about it here: https://example.com/lost-chapters"),
)
OPENING = "I lost half a chapter this morning because there was no signal on the train."
QUIET: Where = {"channel": "quiet"}


async def thread(community: Community, **more: object) -> ReadMessage:
    """Ana's thread, six messages by four people; its opening."""
    opening = community.write("ana", OPENING, **more)  # type: ignore[arg-type]
    for who, text in LINES:
        await community.reply(who, text, opening)
    return opening


async def _asked(community: Community, who: str = "ben") -> ReadMessage:
    """A thread that was summarised for somebody, by its menu."""
    opening = await thread(community)
    await community.use_menu(who, opening, "summarize_thread")
    await community.settle()
    return opening


def where_posted(community: Community) -> MessageRef:
    """Where the summary stands in its thread."""
    (index,) = [
        index
        for index, sent in enumerate(community.adapter.sent, 1)
        if getattr(getattr(sent, "channel", None), "channel", "") == "general"
        and "The thread in short" in str(sent)
    ]
    return MessageRef(community.home, "general", f"p{index}")


async def test_the_menu_answers_at_once_and_a_private_summary_follows(
    community: Community,
) -> None:
    opening = await thread(community)
    await community.bot.threads.flush()
    answer = await community.use_menu("ben", opening, "summarize_thread")
    assert "Reading 6 messages…" in said(answer)
    assert community.followups("ben") == []
    await community.settle()
    (told,) = community.followups("ben")
    text = text_of(told)
    for part in (
        "The thread in short",
        "It started with",
        f"“{OPENING}” Ana",
        "Proposed",
        "Disagreed",
        "Links shared",
        "https://example.com/lost-chapters · Chloé",
        "6 messages by 4 people · 2 Nov 2026, 09:00–09:00",
    ):
        assert part in text
    assert labels(told) == ["Post to thread", "Send to product", "In a line", "In full"]
    assert community.posts("general") == []


async def test_a_thread_nobody_counted_is_read_all_the_same(community: Community) -> None:
    opening = await thread(community)
    answer = await community.use_menu("ben", opening, "summarize_thread")
    assert "Reading the thread…" in said(answer)


async def test_the_command_takes_a_link_to_any_message_of_the_thread(
    community: Community,
) -> None:
    opening = await thread(community)
    reply = list(community.adapter.messages.values())[3]
    assert reply.thread == opening.thread
    answer = await community.command("ben", f"/summarize {reply.permalink}")
    assert "Reading the thread…" in said(answer)
    await community.settle()
    assert OPENING in text_of(community.followups("ben")[0])


async def test_a_line_a_paragraph_or_all_of_it_as_asked(community: Community) -> None:
    opening = await thread(community)
    for length in ("line", "paragraph", "full"):
        await community.command("ben", f"/summarize {opening.permalink} {length}")
    await community.settle()
    line, paragraph, full = (text_of(message) for message in community.followups("ben"))
    assert OPENING in line
    for heading in ("It started with", "Proposed", "Links shared"):
        assert heading not in line
        assert heading in full
    assert line.count("“") < paragraph.count("“") <= full.count("“")
    assert len(line.splitlines()) == 5, "title, line, empty line, link and measures"


async def test_a_mention_may_ask_for_a_line(community: Community) -> None:
    opening = await thread(community)
    await community.say_to_bot("ben", "summarise this in a line, please", opening.thread)
    await community.settle()
    (told,) = community.directs("ben")
    assert len(told.splitlines()) == 5


async def test_whoever_got_a_paragraph_may_have_a_line_or_all_of_it(community: Community) -> None:
    opening = await _asked(community)
    (paragraph,) = community.followups("ben")
    for label in ("In a line", "In full"):
        (button,) = [one for one in paragraph.buttons if one.label == label]
        answer = await community.press("ben", str(button.action))
        assert "The summary comes in a moment" in said(answer)
    await community.settle()
    _, line, full = map(text_of, community.followups("ben"))
    assert len(line.splitlines()) == 5
    assert full.count("“") >= text_of(paragraph).count("“")
    mention = await community.say_to_bot("ben", "summarise", opening.thread)
    await community.settle()
    assert community.reactions(mention) == 1
    await community.press("ben", "summary_length:1:full")
    await community.settle()
    assert "It started with" in text_of(community.followups("ben")[-1])


async def test_another_length_is_for_nobody_who_may_not_see_the_thread(
    community: Community,
) -> None:
    await _asked(community)
    community.adapter.hidden["general"] = {"ana"}
    await community.press("dmitri", "summary_length:1:full")
    await community.settle()
    (told,) = community.followups("dmitri")
    assert "cannot find that thread" in text_of(told)
    for wrong in ("summary_length:99:full", "summary_length:1:novel", "summary_length:1"):
        assert "no longer" in said(await community.press("ben", wrong))


async def test_one_summary_of_a_thread_is_shared_whatever_its_length(community: Community) -> None:
    opening = await _asked(community)
    await community.press("ben", "post_summary:1")
    await community.command("ben", f"/summarize {opening.permalink} line")
    await community.settle()
    told = community.followups("ben")[-1]
    assert labels(told) == ["Send to product", "In a paragraph", "In full"]
    assert "is in its thread already" in said(await community.press("ben", "post_summary:2"))
    await community.settle()
    assert "It started with" in community.shown(where_posted(community)), (
        "the posted one stays long"
    )


async def test_a_thread_below_a_card_names_the_idea_it_is_about(community: Community) -> None:
    number = await community.suggest("ana", "Work without a signal")
    card = community.card_of(number)
    below = ThreadRef(card.connection, card.container, card.message)
    first = replace(community.write("ben", LINES[0][1], channel="ideas"), thread=below)
    for who, text in LINES:
        first = await community.reply(who, text, first)
    await community.use_menu("ben", first, "summarize_thread", channel="ideas")
    await community.settle()
    (told,) = community.followups("ben")
    head, *rest = text_of(told).split("\n")
    assert (head, rest[0]) == ("The thread in short", f"What people say about idea #{number}")
    assert "It started with" not in rest
    assert LINES[0][1] in text_of(told)
    pressed = await community.press("ben", str(told.buttons[0].action), channel="ideas")
    assert f"What people say about idea #{number}" in said(pressed)


async def test_the_command_without_a_link_says_what_it_needs(community: Community) -> None:
    answer = await community.command("ben", "/summarize everything")
    assert "Which thread?" in said(answer)


async def test_a_mention_in_a_thread_is_seen_and_answered_by_a_direct_message(
    community: Community,
) -> None:
    opening = await thread(community)
    for word in ("summarise", "Summarize this, please!"):
        mention = await community.say_to_bot("ben", word, opening.thread)
        await community.settle()
        assert community.reactions(mention) == 1
    assert len(community.directs("ben")) == 2
    assert OPENING in community.directs("ben")[0]
    assert community.followups("ben") == []


async def test_the_same_word_elsewhere_asks_for_nothing(community: Community) -> None:
    opening = await thread(community)
    await community.say_to_bot("ben", "summarise", None)
    await community.say_to_bot("ben", "summarise", opening.thread, to_bot=False)
    await community.say_to_bot("ben", "Do not summarise my life", opening.thread)
    await community.settle()
    assert community.adapter.sent == []


async def test_a_thread_one_may_not_see_is_like_one_that_is_not_there(
    community: Community,
) -> None:
    opening = await thread(community)
    gone = community.write("ana", "About to go")
    link = gone.permalink
    await community.command("dmitri", f"/summarize {link}")
    del community.adapter.messages[gone.ref]
    community.adapter.hidden["general"] = {"ana", "chloé"}
    await community.command("ben", f"/summarize {opening.permalink}")
    await community.settle()
    (hidden,), (missing,) = community.followups("ben"), community.followups("dmitri")
    assert hidden == missing
    assert "cannot find that thread" in text_of(hidden)
    assert OPENING not in str(community.dump()["quotes"])


async def test_whoever_asked_is_told_when_the_thread_cannot_be_read(community: Community) -> None:
    opening = await thread(community)
    community.adapter.unreadable.add("general")
    await community.use_menu("ben", opening, "summarize_thread")
    await community.say_to_bot("dmitri", "summarise", opening.thread)
    for _ in range(20):  # one after the other: a thread's jobs keep their order
        await community.later(300)
    (told,) = community.followups("ben")
    assert "I could not read that thread" in text_of(told)
    (direct,) = community.directs("dmitri")
    assert "Please ask again later" in direct
    community.adapter.unreadable.clear()
    await community.later(300)
    assert len(community.followups("ben")) == 1


async def test_a_channel_that_is_kept_out_is_refused_kindly_and_not_read(
    quiet: Community,
) -> None:
    opening = await thread(quiet, **QUIET)
    answer = await quiet.use_menu("ben", opening, "summarize_thread", **QUIET)
    assert "kept out of summaries" in said(answer)
    await quiet.command("ben", f"/summarize {opening.permalink}")
    await quiet.say_to_bot("dmitri", "summarise", opening.thread)
    await quiet.settle()
    assert "kept out of summaries" in text_of(quiet.followups("ben")[0])
    assert "kept out of summaries" in quiet.directs("dmitri")[0]
    assert quiet.dump()["quotes"] == quiet.dump()["threads"] == []


async def test_a_message_marked_no_summary_stays_out(community: Community) -> None:
    opening = await thread(community)
    await community.reply("dmitri", "We should buy the competitor. (no-summary)", opening)
    await community.use_menu("ben", opening, "summarize_thread")
    await community.settle()
    assert "competitor" not in text_of(community.followups("ben")[0])
    assert "competitor" not in str(community.dump()["quotes"])


async def test_who_asked_for_it_is_not_quoted_with_that(community: Community) -> None:
    opening = await thread(community)
    await community.reply("mo", "summarise this thread, please", opening)
    await community.use_menu("ben", opening, "summarize_thread")
    await community.settle()
    assert "6 messages by 4 people" in text_of(community.followups("ben")[0])


async def test_a_thread_that_says_too_little_stays_as_it_is(community: Community) -> None:
    opening = community.write("ana", OPENING)
    await community.use_menu("ben", opening, "summarize_thread")
    await community.settle()
    assert "too little" in text_of(community.followups("ben")[0])


async def test_an_expired_handle_becomes_a_direct_message(community: Community) -> None:
    community.adapter.left.add("ben")
    await _asked(community)
    assert community.followups("ben") == []
    (told,) = community.directs("ben")
    assert OPENING in told


async def test_the_muted_get_what_they_asked_for(community: Community) -> None:
    community.adapter.left.add("ben")
    await community.command("ben", "/sounding mute")
    await _asked(community)
    assert len(community.directs("ben")) == 1


async def test_it_is_posted_to_the_thread_once(community: Community) -> None:
    opening = await _asked(community)
    answer = await community.press("ben", "post_summary:1")
    assert "It is posted in its thread" in said(answer)
    assert [b.label for b in buttons(answer)] == ["Send to product", "In a line", "In full"]
    assert "is in its thread already" in said(await community.press("dmitri", "post_summary:1"))
    await community.settle()
    (post,) = community.posts("general")
    assert post.thread == opening.ref
    assert OPENING in text_of(post.message)
    assert labels(post.message) == []


async def test_it_is_sent_to_the_product_team_once_with_a_link_back(
    community: Community,
) -> None:
    opening = await _asked(community)
    answer = await community.press("ben", "send_summary:1")
    assert "The product team has it." in said(answer)
    assert "has that summary already" in said(await community.press("ben", "send_summary:1"))
    await community.settle()
    (sent,) = community.posts("product-inbox")
    assert "Read it from the start" in text_of(sent.message)
    assert f"url='{opening.permalink}'" in str(sent.message)


async def test_a_thread_that_has_grown_is_edited_in_place(community: Community) -> None:
    opening = await _asked(community)
    await community.press("ben", "post_summary:1")
    await community.press("ben", "send_summary:1")
    await community.settle()
    where = where_posted(community)
    assert "6 messages" in community.shown(where)
    await community.reply("mo", "We could agree on keeping both copies for a month.", opening)
    await community.use_menu("dmitri", opening, "summarize_thread")
    await community.later(10)
    assert "7 messages by 5 people" in community.shown(where)
    assert len(community.posts("general")) == len(community.posts("product-inbox")) == 1
    (told,) = community.followups("dmitri")
    assert labels(told) == ["In a line", "In full"]


async def test_a_deleted_message_disappears_from_every_summary(community: Community) -> None:
    community.adapter.left.add("ben")
    await _asked(community)
    await community.press("ben", "post_summary:1")
    await community.settle()
    link = next(ref for ref, m in community.adapter.messages.items() if "https" in m.text)
    assert "lost-chapters" in community.shown(where_posted(community))
    await community.delete(link)
    await community.later(10)
    assert "lost-chapters" not in community.shown(where_posted(community))
    assert OPENING in community.shown(where_posted(community))
    edits = [s for s in community.adapter.sent if isinstance(s, SendEdit)]
    directs = [s for s in edits if s.target.container == "dm-ben"]
    assert "lost-chapters" not in text_of(directs[-1].message)


async def test_a_message_nobody_quoted_can_go_unnoticed(community: Community) -> None:
    await _asked(community)
    message = community.write("ana", "Never mind")
    await community.delete(message.ref)
    assert await community.database.queue.counts() == {
        "waiting": 0, "sent": 2, "dropped": 0, "dead": 0,
    }  # fmt: skip


async def test_an_erased_person_disappears_from_every_summary(community: Community) -> None:
    await _asked(community)
    await community.press("ben", "post_summary:1")
    await community.settle()
    assert "Chloé" in community.shown(where_posted(community))
    await community.press("chloé", "forget:keep")
    await community.later(10)
    shown = community.shown(where_posted(community))
    assert "Chloé" not in shown
    assert OPENING in shown


async def test_who_is_erased_while_it_is_read_is_answered_no_more(community: Community) -> None:
    opening = await thread(community)
    await community.use_menu("ben", opening, "summarize_thread")
    await community.press("ben", "forget:words")
    await community.settle()
    assert community.adapter.sent == []


async def test_a_thread_that_was_mostly_deleted_leaves_an_empty_summary(
    community: Community,
) -> None:
    opening = await _asked(community)
    await community.press("ben", "post_summary:1")
    await community.settle()
    for ref in list(community.adapter.messages)[2:]:
        del community.adapter.messages[ref]
    await community.use_menu("ben", opening, "summarize_thread")
    await community.later(10)
    assert "too little" in text_of(community.followups("ben")[-1])
    assert "Nothing of it is left to quote." in community.shown(where_posted(community))


async def test_what_is_not_listened_to_cannot_go_to_the_team(community: Community) -> None:
    opening = await thread(community, channel="random")
    await community.use_menu("ben", opening, "summarize_thread", channel="random")
    await community.settle()
    assert labels(community.followups("ben")[0]) == ["Post to thread", "In a line", "In full"]
    answer = await community.press("ben", "send_summary:1")
    assert "Only threads in channels where ideas are collected" in said(answer)


async def test_a_summary_that_never_was_is_gone(community: Community) -> None:
    for press in ("post_summary:7", "send_summary:7", "post_summary:x"):
        assert "done or no longer there" in said(await community.press("ben", press))


async def test_another_length_is_for_nobody_on_another_connection(
    two_connections: Community,
) -> None:
    await _asked(two_connections)
    answer = await two_connections.press("ben", "summary_length:1:full", connection="fans")
    assert "no longer" in said(answer)
