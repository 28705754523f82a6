"""A post in a listened forum is an idea: its title and words are the idea's."""

from bot.events import MessagePosted
from bot.refs import AccountRef, ChannelRef, MessageRef, ThreadRef
from tests.community import Community


def opening(community: Community, title: str, text: str, channel: str = "general") -> MessagePosted:
    home = community.home
    return MessagePosted(
        key="post1",
        at=community.clock.now(),
        account=AccountRef(home, "ana"),
        name="Ana",
        channel=ChannelRef(home, channel),
        message=MessageRef(home, channel, "post1"),
        thread=ThreadRef(home, channel, "post1"),
        text=text,
        title=title,
        permalink=f"/#{channel}/post1",
    )


async def test_a_post_becomes_one_idea_in_its_authors_words(community: Community) -> None:
    post = opening(community, "Dark mode", "My eyes hurt at night.")
    await community.receive(post)
    await community.receive(post)
    await community.settle()
    async with community.database.reading() as store:
        idea = await store.idea(1)
        assert await store.idea(2) is None
    assert idea
    assert (idea.wording.title, idea.wording.body) == ("Dark mode", "My eyes hurt at night.")
    assert idea.author_name == "Ana"
