"""One session of the gateway: what it was told, and how far that was read."""

from dataclasses import dataclass, field
from typing import Any

from tests.discord.sockets import Socket

Json = dict[str, Any]


@dataclass
class Session:
    """One IDENTIFY's. `told` is everything since, by sequence; `read` the last that surely came."""

    id: str
    intents: int
    socket: Socket | None = field(default=None, repr=False)
    told: list[Json] = field(default_factory=list, repr=False)
    read: int = 0
    resumes: int = 0

    def tell(self, name: str, body: Json) -> None:
        """One more event: now, or when the session is resumed."""
        frame = {"op": 0, "t": name, "s": len(self.told) + 1, "d": body}
        self.told.append(frame)
        if self.socket:
            self.socket.send(frame)

    def send(self, opcode: int, body: object) -> None:
        """Something that is no event, to whoever is there."""
        if self.socket:
            self.socket.send({"op": opcode, "d": body})

    def mark(self) -> None:
        """Find out when all that was told so far is read."""
        if self.socket:
            self.socket.mark(f"{self.id} {len(self.told)}".encode())

    def has_read(self, much: int) -> bool:
        """Whether so much of what was told was read, as far as anybody is there to read."""
        return self.socket is None or self.socket.deaf or self.read >= much
