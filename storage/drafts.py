"""What was submitted and has not been acted on yet."""

from datetime import datetime

from sqlalchemy import delete, insert

from bot.people import Account
from bot.store import Draft
from storage.part import Part
from storage.people import ACCOUNTS, to_account
from storage.schema import accounts, drafts

_DRAFTS = ACCOUNTS.join(drafts, drafts.c.account == accounts.c.id).add_columns(
    drafts.c.id.label("draft"), drafts.c.kind, drafts.c.form, drafts.c.at
)


class Drafts(Part):
    """Drafts, kept for a week at most (`Queue.prune`)."""

    async def save_draft(
        self, account: Account, kind: str, values: dict[str, str], at: datetime
    ) -> int:
        """Keep what was submitted and return its row."""
        row = insert(drafts).values(account=account.id, kind=kind, form=values, at=at)
        stored: int = await self._value(row.returning(drafts.c.id))
        return stored

    async def draft(self, draft: int) -> Draft | None:
        """A draft by its row."""
        row = await self._row(_DRAFTS.where(drafts.c.id == draft))
        return Draft(row.draft, to_account(row), row.kind, row.form, row.at) if row else None

    async def drop_draft(self, draft: int) -> bool:
        """Forget a draft; False when somebody else acted on it first."""
        return await self._did(delete(drafts).where(drafts.c.id == draft))
