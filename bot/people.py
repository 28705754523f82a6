"""Who is there: accounts, the members behind them, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum

from bot.refs import AccountRef


class Role(StrEnum):
    """What a person may do on a connection; the configuration names who has which."""

    MEMBER = "member"
    MODERATOR = "moderator"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Account:
    """A stored account: `id` is its row, `member` the row that what it does is written under, and
    `person` the member's row that stands for whoever has it, on one account or several."""

    id: int
    member: int
    person: int
    ref: AccountRef
    name: str
    connection: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever an answer is for. Every read that shows an idea takes one.

    `shows_all` is the connection's `show = "all"`: its people see ideas of the other connections.
    A job has no member and no role.
    """

    connection: str
    account: Account | None = None
    roles: frozenset[Role] = frozenset()
    shows_all: bool = False

    @property
    def member(self) -> int | None:
        """The row that what they do is written under, or None for a job."""
        return self.account.member if self.account else None

    @property
    def person(self) -> int | None:
        """Who they are on all their accounts: what an idea's author is compared with."""
        return self.account.person if self.account else None

    def has(self, role: Role) -> bool:
        """Whether the viewer may act as `role`."""
        return role is Role.MEMBER or role in self.roles
