"""What one person has in front of them and nobody else sees."""

from dataclasses import dataclass, field

from tests.slack.elements import Json


@dataclass
class Ephemeral:
    """ "Only visible to you": in no history, gone on reload."""

    ts: str
    channel: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None


@dataclass
class View:
    """A modal or a home tab. `typed` is what stands in its fields, by block."""

    id: str
    user: str
    content: Json
    hash: str
    root: str
    previous: str | None = None
    typed: dict[str, Json] = field(default_factory=dict)
    offered: dict[str, list[Json]] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        blocks: list[Json] = self.content["blocks"]
        return blocks

    @property
    def title(self) -> str:
        """The words at its top; a home tab has none."""
        return str(self.content.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        """What it is called when it is submitted."""
        return str(self.content.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        """What the app keeps in it."""
        return str(self.content.get("private_metadata", ""))

    @property
    def fields(self) -> dict[str, Json]:
        """The elements of its input blocks, by block id."""
        inputs = [block for block in self.blocks if block["type"] == "input"]
        return {block["block_id"]: block["element"] for block in inputs}


@dataclass
class Screen:
    """Private notices, open modals with the topmost last, the app's home, and what failed."""

    ephemerals: list[Ephemeral] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    home: View | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def view(self) -> View | None:
        """The modal in front."""
        return self.views[-1] if self.views else None


@dataclass(frozen=True)
class Seen:
    """What somebody sees after they did something: new since then."""

    messages: tuple[Ephemeral, ...] = ()
    view: View | None = None
    error: str | None = None

    @property
    def message(self) -> Ephemeral | None:
        """The last private notice."""
        return self.messages[-1] if self.messages else None


@dataclass(frozen=True)
class Submitted:
    """What became of a form: errors at its fields, another view, or it is closed."""

    errors: dict[str, str] = field(default_factory=dict)
    view: View | None = None
    closed: bool = False
    error: str | None = None
    messages: tuple[Ephemeral, ...] = ()
