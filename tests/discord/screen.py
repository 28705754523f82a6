"""What one person has in front of them and nobody else sees."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.discord.model import Channel, Message

Json = dict[str, Any]


@dataclass
class Modal:
    """A form in front of somebody. `source` is the message whose button opened it, if one did."""

    content: Json
    channel: "Channel" = field(repr=False)
    source: "Message | None" = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """The words at its top."""
        return str(self.content["title"])

    @property
    def custom_id(self) -> str:
        """What it is called when it is submitted."""
        return str(self.content["custom_id"])

    @property
    def fields(self) -> dict[str, Json]:
        """Its inputs by their `custom_id`, in order."""
        found: dict[str, Json] = {}
        for component in self.content["components"]:
            inputs = component.get("components") or [component.get("component")]
            found |= {one["custom_id"]: one for one in inputs if one}
        return found

    @property
    def labels(self) -> dict[str, str]:
        """What stands above each input, by its `custom_id`."""
        found: dict[str, str] = {}
        for component in self.content["components"]:
            if component["type"] == 18:
                found[component["component"]["custom_id"]] = component["label"]
            for one in component.get("components", ()):
                found[one["custom_id"]] = one["label"]
        return found

    @property
    def prefilled(self) -> dict[str, str]:
        """What already stands in its text inputs, by `custom_id`."""
        return {name: one["value"] for name, one in self.fields.items() if one.get("value")}


@dataclass
class Screen:
    """Private notices, the form in front, "… is thinking", and what failed."""

    ephemerals: list["Message"] = field(default_factory=list)
    modal: Modal | None = None
    thinking: list["Message"] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def ephemeral(self) -> "Message | None":
        """The last private notice."""
        return self.ephemerals[-1] if self.ephemerals else None


@dataclass(frozen=True)
class Seen:
    """What somebody sees after they did something: new since then.

    `messages` are private notices, `reply` the answer that everybody sees, `choices` what an
    autocomplete offers; after a press, the message itself may be another.
    """

    messages: tuple["Message", ...] = ()
    reply: "Message | None" = None
    modal: Modal | None = None
    choices: tuple[Json, ...] = ()
    error: str | None = None

    @property
    def message(self) -> "Message | None":
        """The last private notice."""
        return self.messages[-1] if self.messages else None
