"""The bot as an operator starts it, between two workspaces of our Slack, killed in the middle."""

import asyncio
import signal
from pathlib import Path

from bot.workers import LEASE_SECONDS
from tests.adapters.slack.company import Company, found
from tests.process import PATIENCE, Process
from tests.slack.server import running_slack

TITLE = "Dark mode"
AFTER_A_CRASH = LEASE_SECONDS + PATIENCE
"""Seconds: what was being sent when the bot died is sent again when its lease is over."""


def begun(company: Company) -> Process:
    return Process(company.folder, "bot", "--config", "config.toml", "run", **company.tokens)


async def connected(company: Company) -> None:
    for workspace in (company.customers, company.office):
        await workspace.connected(2, PATIENCE)


async def killed(company: Company, bot: Process) -> None:
    bot.signal(signal.SIGKILL)
    bot.wait()
    customers, office = company.customers.sockets, company.office.sockets
    await company.customers.until(lambda: not (customers.open or office.open))


async def test_what_was_thanked_for_is_posted_once_by_the_next_start(tmp_path: Path) -> None:
    async with running_slack() as server:
        company = found(server, tmp_path)
        customers, office = company.customers, company.office
        with begun(company) as bot:
            await connected(company)
            await company.ana.command(company.general, f"/suggest {TITLE}")
            thanked = await company.ana.submit(await company.modal(company.ana))
            assert thanked.view
            await killed(company, bot)
        with begun(company) as bot:
            await customers.until(lambda: customers.messages(company.ideas), AFTER_A_CRASH)
            card = company.card(company.ideas, TITLE)
            await company.mo.react(card, "rocket")
            await office.until(lambda: office.messages(company.inbox), AFTER_A_CRASH)
            await killed(company, bot)
        with begun(company) as bot:
            await connected(company)
            await company.ben.press(card, "Vote")
            assert "1 vote now" in (await company.notice(company.ben)).text
            assert await asyncio.to_thread(bot.stop) == 0
        assert [one.text.partition("\n")[0] for one in customers.messages(company.ideas)] == [
            f"#1 · {TITLE}"
        ]
        assert len(office.messages(company.inbox)) == 1
        company.assert_clean()


async def test_a_revoked_token_ends_one_connection_and_the_log_says_why(tmp_path: Path) -> None:
    async with running_slack() as server:
        company = found(server, tmp_path)
        with begun(company) as bot:
            await connected(company)
            await company.customers.revoke_tokens()
            await company.customers.until(lambda: not company.customers.sockets.open, PATIENCE)
            company.customers.restore_tokens()
            await connected(company)
            assert await asyncio.to_thread(bot.stop) == 0
            assert bot.log.count("connection_refused") >= 1
            assert "Traceback" not in bot.log
            assert not any(token in bot.log for token in company.tokens.values())
        company.assert_clean()
