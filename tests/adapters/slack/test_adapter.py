"""A connection begins, ends and begins again; only its own trouble stops it."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.slack.adapter import LOOK_SECONDS, SlackAdapter
from bot.errors import NotConnected
from bot.messages import Message
from bot.ports import SendPost
from bot.refs import ChannelRef
from tests.adapters.slack.company import Company, open_company


async def nobody(_event: object) -> None:
    """A sink that does nothing."""


async def lost(adapter: SlackAdapter) -> NotConnected:
    """How a connection that is running ends by itself."""
    async with asyncio.timeout(5):
        with pytest.raises(NotConnected) as ended:
            await adapter.run(nobody)
    return ended.value


def another(company: Company, look: float = LOOK_SECONDS) -> SlackAdapter:
    """A second adapter for the customers' workspace."""
    return SlackAdapter("customers", company.config, company.session, company.clock, look=look)


@pytest.mark.parametrize(
    ("error", "says"),
    [("invalid_auth", "bot_token"), ("account_inactive", "install it again")],
)
async def test_a_token_that_slack_refuses_is_one_line_that_names_the_fix(
    tmp_path: Path, error: str, says: str
) -> None:
    async with open_company(tmp_path) as company:
        company.customers.team.app.bot_token_error = error
        with pytest.raises(NotConnected, match=says) as refused:
            await another(company).workspace()
        assert "\n" not in str(refused.value)


async def test_a_missing_scope_is_named_with_what_it_is_for(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        app = company.customers.team.app
        app.scopes -= {"reactions:read"}
        with pytest.raises(NotConnected, match="reactions:read"):
            await another(company).workspace()


async def test_a_token_that_is_revoked_later_ends_the_connection_at_once(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.customers.revoke_tokens()
        await company.customers.until(lambda: not company.customers.sockets.open)
        assert len(company.office.sockets.open) == 2
        company.customers.restore_tokens()
        await company.restart()


async def test_a_token_that_was_revoked_without_a_word_is_noticed(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        ended = asyncio.create_task(lost(another(company, look=0.01)))
        await company.customers.connected(4)
        company.customers.team.app.bot_token_error = "invalid_auth"
        assert "token" in str(await ended)


async def test_what_happens_while_the_token_is_refused_is_taken_all_the_same(
    tmp_path: Path,
) -> None:
    async with open_company(tmp_path) as company:
        await company.ana.command(company.general, "/suggest Dark mode")
        await company.ana.submit(await company.modal(company.ana))
        await company.pass_time()
        company.customers.team.app.bot_token_error = "invalid_auth"
        await company.ben.press(company.card(company.ideas, "Dark mode"), "Vote")
        async with company.database.reading() as store:
            idea = await store.idea(1)
        assert idea
        assert idea.votes == 1


async def test_nothing_is_sent_by_a_connection_that_is_not_there(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        sending = SendPost(ChannelRef("customers", company.ideas.id), Message((("Hello",),)))
        with pytest.raises(NotConnected, match="not connected"):
            await another(company).send(sending, "sb1")


async def test_what_is_to_be_looked_at_is_logged_at_the_start(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        await company.customers.kick_bot(company.general)
        with capture_logs() as logs:
            await another(company).workspace()
        (line,) = [one for one in logs if one["event"] == "to_look_at"]
        assert "invite" in line["text"]


async def test_a_connection_that_ended_begins_again(tmp_path: Path) -> None:
    async with open_company(tmp_path) as company:
        adapter = another(company)
        for _ in range(2):
            task = asyncio.create_task(adapter.run(nobody))
            await company.customers.connected(4)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await company.customers.until(lambda: len(company.customers.sockets.open) == 2)
