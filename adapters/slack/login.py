"""Whether the two tokens open the door: as whom, and with which scopes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import Refused, TokenRefused, ask
from adapters.slack.facts import Identity
from adapters.slack.needs import Needs
from bot.findings import Finding, Verdict, part_of

BOT, APP = "bot_token", "app_token"
_STARTS = {BOT: "xoxb-", APP: "xapp-"}
_FIXES = {
    BOT: "copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions",
    APP: "make one (xapp-…) under Basic Information, App-Level Tokens, with connections:write",
}
_KINDS = {
    "xoxb-": "it is the bot token",
    "xapp-": "it is the app token",
    "xoxp-": "it is a person's token",
    "xoxe": "it is one that expires, for the app has token rotation",
}
_REASONS = {
    "invalid_auth": "Slack does not know it",
    "not_authed": "Slack does not know it",
    "account_inactive": "the app is not installed any more; install it again",
    "token_revoked": "it was revoked; install the app again",
    "token_expired": "it has expired",
    "not_allowed_token_type": "it is another kind of token",
    "missing_scope": "it lacks the scope connections:write",
}


@dataclass(frozen=True, slots=True)
class Login:
    """Who the bot is, what people call it and the workspace, and the scopes that were granted
    (None when Slack did not tell)."""

    identity: Identity
    handle: str
    workspace: str
    scopes: frozenset[str] | None


def wrong_kind(connection: str, key: str, token: str) -> Finding | None:
    """What is wrong with a token that cannot be what it is given as; nothing is sent."""
    if token.startswith(_STARTS[key]):
        return None
    kinds = (kind for start, kind in _KINDS.items() if token.startswith(start))
    return _bad(connection, key, next(kinds, "it is none of Slack's tokens"))


async def log_in(connection: str, web: AsyncWebClient) -> Login | Finding:
    """Ask Slack who the bot is."""
    try:
        answer = await ask(web.auth_test)
    except (Refused, TokenRefused) as refused:
        return _refusal(connection, BOT, refused)
    if answer.get("is_enterprise_install"):
        return _bad(
            connection, BOT, "it is for a whole organisation; install the app in a workspace"
        )
    bot_id = answer.get("bot_id") or ""
    told = answer.headers.get("x-oauth-scopes")
    identity = Identity(
        team=answer.get("team_id") or "",
        enterprise=answer.get("enterprise_id") or None,
        bot_user=answer.get("user_id") or "",
        bot_id=bot_id,
        app_id=await _app_of(bot_id, web),
        url=answer.get("url") or "",
    )
    scopes = None if told is None else frozenset(re.findall(r"[^\s,]+", told))
    return Login(identity, answer.get("user") or "", answer.get("team") or "", scopes)


async def _app_of(bot_id: str, web: AsyncWebClient) -> str:
    """`auth.test` does not tell a bot's app; the bot's own record does."""
    try:
        answer = await ask(web.bots_info, bot=bot_id)
    except Refused:
        return ""
    return (answer.get("bot") or {}).get("app_id") or ""


async def open_door(connection: str, web: AsyncWebClient, token: str) -> Finding | None:
    """Use the app token once: slack_sdk would try a wrong one for ever, and only log it."""
    try:
        await ask(web.apps_connections_open, app_token=token)
    except Refused as refused:
        return _refusal(connection, APP, refused)
    return None


def scope_findings(
    connection: str, granted: frozenset[str] | None, needs: Needs
) -> Iterator[Finding]:
    """What is missing, and for what; and what is granted without a use."""
    part = part_of(connection)
    if granted is None:
        yield Finding(part, Verdict.LOOK, "what answers does not tell the scopes it granted")
        return
    missing = [f"{one} ({why})" for one, why in needs.scopes.items() if one not in granted]
    if missing:
        text = (
            f"scopes are missing: {', '.join(missing)}. Add them under OAuth & Permissions, or use "
            f"`soundingboard manifest {connection}`, and install the app again."
        )
        yield Finding(part, Verdict.MEND, text)
    spare = sorted(granted - needs.scopes.keys())
    if spare:
        text = f"scopes that nothing here uses: {', '.join(spare)}. Better take them away."
        yield Finding(part, Verdict.LOOK, text)


def other_app(connection: str, identity: Identity, app_token: str) -> Finding | None:
    """The app's id is in the app token (xapp-1-A…-…), as tokens have looked so far."""
    found = re.match(r"xapp-\d+-(A[A-Z0-9]+)-", app_token)
    if not found or not identity.app_id or found[1] == identity.app_id:
        return None
    text = (
        f"the tokens look as if from two apps: bot_token of {identity.app_id}, app_token of "
        f"{found[1]}. Take both from one."
    )
    return Finding(part_of(connection), Verdict.LOOK, text)


def _refusal(connection: str, key: str, refused: Refused | TokenRefused) -> Finding:
    why = _REASONS.get(refused.code, "Slack refuses it")
    return _bad(connection, key, f"{why} ({refused.code})")


def _bad(connection: str, key: str, why: str) -> Finding:
    text = f"connections.{connection}.{key}: {why}. Please {_FIXES[key]}."
    return Finding(part_of(connection), Verdict.MEND, text)
