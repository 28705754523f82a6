"""The sample community: it grows through the bot, once, whatever is interrupted."""

from pathlib import Path

from adapters.playground.sample import IDEAS, TALK, VOTES
from bot.events import ButtonPressed, Event, FormSubmitted
from bot.messages import Action, Button, Card, Message
from bot.ports import SendPost
from tests.adapters.playground.world import IDEAS as CHANNEL
from tests.adapters.playground.world import Hands, RecordingBot, opened, running


class Board(RecordingBot):
    """A bot that posts a card for each idea; `fails` makes it refuse everything."""

    fails = False

    async def serve(self, folder: Path, hands: Hands, events: int) -> list[Event]:
        """What it heard from the sample's steps, once that is so many events."""
        async with opened(folder, hands, sample=True) as adapter:

            async def post_card(event: Event) -> None:
                if self.fails:
                    raise RuntimeError
                if isinstance(event, FormSubmitted):
                    hands.seconds += 1
                    number = sum(isinstance(e, FormSubmitted) for e in self.heard)
                    vote = Button("Vote", Action.of("vote", number))
                    card = Card(title=f"#{number} {event.values['title']}", buttons=(vote,))
                    await adapter.send(SendPost(CHANNEL, Message(cards=(card,))), f"c{number}")

            self.before = post_card
            async with running(adapter, self):
                count = 0
                while len(self.steps()) < events:
                    count += 1
                    await self.until(count)
        return self.steps()

    def steps(self) -> list[Event]:
        return [e for e in self.heard if isinstance(e, FormSubmitted | ButtonPressed)]


async def test_talk_is_there_from_the_first_moment(tmp_path: Path) -> None:
    async with opened(tmp_path, Hands(), sample=True) as adapter:
        chat = adapter._community.chat
        messages = await chat.history(("general", "ideas"), 100)

    assert len(messages) == len(TALK)
    assert max(message.replies for message in messages) == 5
    assert {message.author for message in messages} == {
        "ana",
        "ben",
        "chloe",
        "dmitri",
        "mo",
        "pia",
    }


async def test_ideas_and_votes_go_the_way_everybodys_do(tmp_path: Path) -> None:
    steps = await Board().serve(tmp_path, Hands(), len(IDEAS) + len(VOTES))

    ideas = [event for event in steps if isinstance(event, FormSubmitted)]
    votes = [event for event in steps if isinstance(event, ButtonPressed)]
    assert [event.values["title"] for event in ideas] == [idea.title for idea in IDEAS]
    assert set(ideas[0].values) == {"title", "body", "job", "obstacle", "area"}
    assert [str(event.action) for event in votes[:3]] == ["vote:1", "vote:1", "vote:1"]
    assert all(event.message is not None for event in votes)
    assert len({event.key for event in steps}) == len(steps)


async def test_the_sample_is_not_repeated_at_the_next_start(tmp_path: Path) -> None:
    hands, total = Hands(), len(IDEAS) + len(VOTES)
    await Board().serve(tmp_path, hands, total)

    async with opened(tmp_path, hands, sample=True) as adapter:
        chat = adapter._community.chat
        assert await chat.fact("seed") in {str(total - 1), str(total)}
        assert len(await chat.history(("general",), 100)) == sum(
            line.channel == "general" for line in TALK
        )


async def test_a_step_the_bot_failed_on_comes_again_with_the_same_key(tmp_path: Path) -> None:
    hands, broken = Hands(), Board()
    broken.fails = True
    (failed,) = await broken.serve(tmp_path, hands, 1)

    again = (await Board().serve(tmp_path, hands, 2))[0]

    assert again.key == failed.key
    assert again == failed or getattr(again, "values", 0) == getattr(failed, "values", 1)


async def test_without_the_sample_there_is_only_the_cast(tmp_path: Path) -> None:
    async with opened(tmp_path, Hands()) as adapter:
        chat = adapter._community.chat
        assert len(await chat.people()) == 6
        assert await chat.history(("general", "ideas"), 100) == []
