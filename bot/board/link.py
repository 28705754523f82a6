"""One person, several accounts: a code shown on one and typed on another proves it."""

import secrets
from datetime import timedelta
from hashlib import sha256

from bot.board.vote import count
from bot.errors import Gone, NotNow
from bot.people import Account
from bot.ports import Turn
from bot.refs import IdeaNumber
from bot.results import Direct, Edit, Outgoing, Subject
from bot.store import TypedCode

CODE_MINUTES = 10
"""How long a code works."""
MOST_SHOWN = 5
MOST_WRONG = 5
"""Codes that an account is shown, and wrong ones that it may type, within an hour."""
_LASTS, _HOUR = timedelta(minutes=CODE_MINUTES), timedelta(hours=1)
_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"  # none that looks like another
_LENGTH = 8


async def show_code(turn: Turn) -> str:
    """A new code for the viewer's account, in place of an earlier one; NotNow after a handful."""
    if await turn.store.codes_shown(turn.who.id, turn.now - _HOUR) >= MOST_SHOWN:
        raise NotNow("codes_shown")
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    await turn.store.add_code(turn.who.id, _hashed(code), turn.now)
    return f"{code[:4]}-{code[4:]}"


def _hashed(typed: str) -> str:
    """A code as it is kept, however it was typed."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return sha256(letters.encode()).hexdigest()


async def type_code(turn: Turn, typed: str) -> TypedCode | None:
    """A code that proves another account, kept for the viewer's from now on. None, and noted, for
    every other, whatever is wrong with it; and for any once too many were wrong."""
    if await turn.store.wrong_codes(turn.who.id, turn.now - _HOUR) >= MOST_WRONG:
        return None
    code = await turn.store.typed_code(_hashed(typed), turn.who.id, turn.now - _LASTS)
    allowed = code is not None and await _may_link(turn, code.owner)
    if code and allowed and await turn.store.bind_code(code.id, turn.who.id):
        return code
    await turn.store.add_wrong_code(turn.who.id, turn.now)
    return None


async def link(turn: Turn, code: int) -> tuple[Account, tuple[Outgoing, ...]]:
    """The viewer and whoever was shown the code are one person, and the other account hears of it;
    Gone when the code is used or past its time. What both stood behind counts them once."""
    await turn.store.hold_links()
    owner = await turn.store.use_code(code, turn.who.id, turn.now - _LASTS)
    if owner is None or not await _may_link(turn, owner):
        raise Gone
    both = await turn.store.link(owner.member, turn.who.member)
    detail = f"with member {owner.member}"
    await turn.store.audit("linked", None, turn.who.member, turn.now, detail)
    told = Direct(owner.ref, owner.connection, Subject("linked", owner.member))
    return owner, (told, *await _count(turn, both))


async def _may_link(turn: Turn, owner: Account) -> bool:
    """Nobody has two accounts in one place; so nobody is linked to themselves either."""
    mine = await turn.store.accounts_of(turn.who.member)
    theirs = await turn.store.accounts_of(owner.member)
    return {one.ref.realm for one in mine}.isdisjoint(one.ref.realm for one in theirs)


async def unlink(turn: Turn) -> tuple[list[Account], tuple[Outgoing, ...]]:
    """The viewer's account stands for itself again: the accounts it was linked with, which stay
    linked with each other, and what others will see."""
    await turn.store.hold_links()
    others = await linked_with(turn)
    if not others:
        return [], ()
    both = await turn.store.unlink(turn.who.member)
    detail = f"from member {others[0].member}"
    await turn.store.audit("unlinked", None, turn.who.member, turn.now, detail)
    return others, await _count(turn, both)


async def linked_with(turn: Turn) -> list[Account]:
    """The viewer's other accounts."""
    accounts = await turn.store.accounts_of(turn.who.member)
    return [account for account in accounts if account.id != turn.who.id]


async def _count(turn: Turn, numbers: list[IdeaNumber]) -> tuple[Outgoing, ...]:
    """Count these ideas again; one that takes votes may have enough of them now."""
    outgoing: tuple[Outgoing, ...] = ()
    for number in numbers:
        idea = await turn.store.idea(number)
        if idea and idea.accepts_votes and idea.merged_into is None:
            outgoing += (await count(turn, idea))[1]
        else:
            await turn.store.retally(number)
            outgoing += (Edit(number),)
    return outgoing
