"""The people of the playground, acting through its HTTP API as the page does."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from adapters.playground.interactions import AWAY, sorry
from tests.process import PATIENCE, until

Json = dict[str, Any]


class Refused(Exception):
    """The answer was that it did not work."""


class Visitor:
    """A browser that came in by the entrance. ConnectionError when the bot dies on it."""

    def __init__(self, address: str) -> None:
        entrance = urlsplit(address)
        self._server, self._origin = entrance.netloc, f"http://{entrance.netloc}"
        self._cookie = ""
        headers, _ = self._ask("GET", f"/?{entrance.query}")
        self._cookie = headers["Set-Cookie"].partition(";")[0]

    def _ask(self, method: str, path: str, body: object = None) -> tuple[Any, bytes]:
        connection = HTTPConnection(self._server, timeout=PATIENCE)
        headers = {
            "Cookie": self._cookie,
            "Origin": self._origin,
            "Content-Type": "application/json",
        }
        try:
            connection.request(method, path, json.dumps(body) if body else None, headers)
            response = connection.getresponse()
            return response.headers, response.read()
        except HTTPException as error:  # the bot died in the middle of its answer
            raise ConnectionError from error
        finally:
            connection.close()

    def do(self, person: str, deed: str, **body: object) -> Json:
        """Something a person does, and the answer; again while the bot is still starting."""
        return until(lambda: self._try(deed, {"person": person, **body}))

    def _try(self, deed: str, body: Json) -> Json:
        _, answer = self._ask("POST", f"/api/{deed}", body)
        found: Json = json.loads(answer)
        if found == sorry(AWAY):
            return {}
        if found["kind"] in {"error", "invalid"}:
            raise Refused(found)
        return found

    def messages(self, person: str) -> list[Json]:
        """What a person sees."""
        _, answer = self._ask("GET", f"/api/state?person={person}")
        found: list[Json] = json.loads(answer)["messages"]
        return found

    def card(self, person: str, channel: str, title: str) -> Json:
        """The card in a channel with this in its title, once it is there."""
        return until(lambda: next(self._cards(person, channel, title), {}))

    def _cards(self, person: str, channel: str, title: str) -> Iterator[Json]:
        for message in self.messages(person):
            titles = [card["title"] for card in message["content"]["cards"]]
            if message["channel"] == channel and any(title in each for each in titles):
                yield message

    def suggest(self, person: str, title: str) -> Json:
        """`/suggest`, the form filled in, and what is said to it."""
        form = self.do(person, "command", channel="ideas", thread=None, text=f"/suggest {title}")
        values = {"title": title, "body": "", "job": "", "obstacle": "", "area": "Editor"}
        return self.do(person, "submit", form=form["form"], values=values)

    def react(self, person: str, emoji: str, message: Json) -> Json:
        """A reaction."""
        return self.do(person, "react", message=message["id"], emoji=emoji, added=True)

    def press(self, person: str, label: str, message: Json) -> Json:
        """A button of a card."""
        (card,) = message["content"]["cards"]
        (action,) = [each["action"] for each in card["buttons"] if each["label"] == label]
        return self.do(person, "press", message=message["id"], action=action)

    def decline(self, person: str, message: Json, reason: str) -> Json:
        """*Decline…*, the reason, and what is said to it."""
        form = self.press(person, "Decline…", message)
        return self.do(person, "submit", form=form["form"], values={"reason": reason})
