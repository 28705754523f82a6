"""A model that answers as a test tells it, and threads for it to read."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.errors import NoAnswer
from bot.events import ReadMessage
from bot.prompts import Prompt, Reply
from bot.refs import AccountRef, MessageRef, ThreadRef

THREAD = ThreadRef("playground", "general", "1")
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
Answer = str | Reply | NoAnswer | Callable[[Prompt], str]
Said = tuple[str, list[int]]


def sentences(*told: Said, part: str = "point") -> str:
    """An answer as we ask for it."""
    return json.dumps({"sentences": [{"part": part, "text": t, "cites": c} for t, c in told]})


@dataclass
class FakeAssistant:
    """Gives what is queued, the last one again and again; keeps what it was asked."""

    answers: list[Answer] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)

    def enqueue(self, *answers: Answer) -> None:
        self.answers += answers

    async def ask(self, prompt: Prompt) -> Reply:
        self.prompts.append(prompt)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, NoAnswer):
            raise answer
        if isinstance(answer, Reply):
            return answer
        return Reply(answer if isinstance(answer, str) else answer(prompt))

    @property
    def read(self) -> str:
        """All that it was given."""
        return "\n".join(prompt.material for prompt in self.prompts)


def thread(said: Sequence[tuple[str, str]]) -> list[ReadMessage]:
    """Messages by who wrote them."""
    return [
        ReadMessage(
            MessageRef("playground", "general", str(at)),
            THREAD,
            AccountRef("playground", name.casefold()),
            name,
            text,
            f"/#general/{at}",
            START + timedelta(minutes=at),
            private=False,
        )
        for at, (name, text) in enumerate(said, 1)
    ]
