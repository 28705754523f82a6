"""What the model may still use, whose words it is not given, and the titles it found."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import literal, select, update

from bot.refs import AccountRef
from storage.part import person_of
from storage.remembered import Remembered, shown_of
from storage.schema import accounts, allowances, optouts, titles


class Assistants(Remembered):
    """The model's allowance, limits and offers."""

    async def reserve_tokens(self, day: date, tokens: int, limit: int) -> bool:
        """Set so many tokens of a day aside; False when fewer than that are left."""
        if tokens > limit:
            return False
        new = self._insert(allowances).values(day=day.isoformat(), tokens=tokens)
        used = allowances.c.tokens + tokens
        added = new.on_conflict_do_update(
            index_elements=["day"], set_={"tokens": used}, where=used <= limit
        )
        return await self._any(added.returning(literal(1)))

    async def settle_tokens(self, day: date, difference: int) -> None:
        """Correct what was set aside by what was really used."""
        of_day = update(allowances).where(allowances.c.day == day.isoformat())
        await self._run(of_day.values(tokens=allowances.c.tokens + difference))

    async def set_opted_out(self, member: int, out: bool, at: datetime) -> bool:
        """Give no model a member's words, and forget what one made of them, or allow it; False when
        it was so already."""
        if out:
            await self._drop_answers(shown_of(member))
        return await self._set(optouts, out, at, member)

    async def opted_out(self, refs: Collection[AccountRef]) -> set[AccountRef]:
        """Those of these accounts whose words no model is given."""
        out = select(person_of(optouts.c.member))
        theirs = select(accounts.c.ref).where(person_of(accounts.c.member).in_(out))
        return {row.ref for row in await self._rows(theirs.where(accounts.c.ref.in_(refs)))}

    async def offer_title(self, number: int, text: str, at: datetime) -> None:
        """Keep a title that is offered for an idea, in place of an earlier one."""
        new = self._insert(titles).values(idea=number, text=text, at=at)
        kept = new.on_conflict_do_update(index_elements=["idea"], set_={"text": text, "at": at})
        await self._run(kept)

    async def offered_title(self, number: int) -> str:
        """The title that is offered for an idea, or nothing."""
        return await self._value(select(titles.c.text).where(titles.c.idea == number)) or ""
