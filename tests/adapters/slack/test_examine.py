"""The look at a connection: each thing that can be wrong is one line that names the fix."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web

from adapters.slack.client import open_session, open_web
from adapters.slack.examine import examine
from adapters.slack.facts import ChannelFacts, Examined, Identity
from bot.config import Config
from bot.findings import Verdict
from tests.adapters.slack.answering import APP_TOKEN, BOT_TOKEN, EVERY_SCOPE, Answering
from tests.adapters.slack.configured import configured

Examine = Callable[..., Awaitable[Examined]]
INBOX = '[product]\ninbox = "community/C0PRODUCT"'


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """The session that a connection's calls share."""
    async with open_session() as opened:
        yield opened


@pytest.fixture
def look(slack: Answering, session: aiohttp.ClientSession) -> Examine:
    """Examine the connection `community` of a configuration."""

    async def examined(
        config: Config, bot_token: str = BOT_TOKEN, app_token: str = APP_TOKEN
    ) -> Examined:
        settings = config.connections["community"].model_copy(update={"api_url": slack.url})
        client = open_web(settings, session)
        client.token = bot_token
        return await examine(client, app_token, config, "community")

    return examined


def bad(examined: Examined) -> list[str]:
    """What is not right."""
    return [f"{f.part}: {f.text}" for f in examined.findings if f.verdict is not Verdict.RIGHT]


def only(examined: Examined, verdict: Verdict) -> str:
    """The one thing that is not right, which has this verdict."""
    (found,) = [f for f in examined.findings if f.verdict is not Verdict.RIGHT]
    assert found.verdict is verdict
    return f"{found.part}: {found.text}"


async def test_a_connection_that_is_right(slack: Answering, look: Examine) -> None:
    slack.scopes = EVERY_SCOPE - {"usergroups:read", "reactions:read"}
    examined = await look(configured())
    assert (bad(examined), examined.refused) == ([], None)
    assert examined.identity == Identity(
        "T0ACME", None, "U0BOT", "B0BOT", "A0APP", "https://acme.slack.com/"
    )
    assert examined.identity.realm == "slack:T0ACME"
    assert [f.text for f in examined.findings] == ["the bot is @soundingboard in Acme (T0ACME)"]


async def test_people_of_an_organisation_are_the_same_in_each_workspace(
    slack: Answering, look: Examine
) -> None:
    assert isinstance(slack.answers["auth.test"], dict)
    slack.answers["auth.test"]["enterprise_id"] = "E0ACME"
    examined = await look(configured())
    assert examined.identity
    assert examined.identity.realm == "slack:E0ACME"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("invalid_auth", "Slack does not know it (invalid_auth)"),
        ("token_revoked", "it was revoked; install the app again"),
        ("account_inactive", "the app is not installed any more; install it again"),
        ("ekm_access_denied", "Slack refuses it (ekm_access_denied)"),
    ],
)
async def test_a_bot_token_that_is_refused(
    slack: Answering, look: Examine, code: str, why: str
) -> None:
    slack.refuse("auth.test", code)
    examined = await look(configured('listen = ["C0GENERAL"]'))
    assert examined.identity is None
    assert examined.refused == only(examined, Verdict.MEND).removeprefix("connection community: ")
    assert f"connections.community.bot_token: {why}" in examined.refused
    assert "OAuth & Permissions" in examined.refused
    assert "\n" not in examined.refused
    assert "conversations.info C0GENERAL" not in slack.asked


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("invalid_auth", "Slack does not know it"),
        ("missing_scope", "it lacks the scope connections:write"),
        ("not_allowed_token_type", "it is another kind of token"),
    ],
)
async def test_an_app_token_that_is_refused(
    slack: Answering, look: Examine, code: str, why: str
) -> None:
    slack.refuse("apps.connections.open", code)
    examined = await look(configured())
    assert examined.refused
    assert f"connections.community.app_token: {why}" in examined.refused
    assert "App-Level Tokens" in examined.refused


@pytest.mark.parametrize(
    ("bot", "app", "said"),
    [
        (APP_TOKEN, APP_TOKEN, "bot_token: it is the app token"),
        (BOT_TOKEN, BOT_TOKEN, "app_token: it is the bot token"),
        ("xoxp-1-secret", APP_TOKEN, "bot_token: it is a person's token"),
        ("xoxe.xoxb-1-secret", APP_TOKEN, "bot_token: it is one that expires"),
        ("secret", APP_TOKEN, "bot_token: it is none of Slack's tokens"),
    ],
)
async def test_a_token_of_another_kind_is_not_even_sent(
    slack: Answering, look: Examine, bot: str, app: str, said: str
) -> None:
    examined = await look(configured(), bot, app)
    assert said in (examined.refused or "")
    assert "secret" not in (examined.refused or "")
    assert len(slack.asked) < 3


async def test_a_missing_scope_is_told_with_what_it_is_for(slack: Answering, look: Examine) -> None:
    slack.scopes = EVERY_SCOPE - {"reactions:read", "files:write"}
    examined = await look(configured('moderators = ["S0MODERATORS"]'))
    assert examined.refused
    assert "reactions:read (votes, captures and escalations by reaction)" in examined.refused
    assert "files:write (a person's data as a file, and the digest's chart)" in examined.refused
    assert "soundingboard manifest community" in examined.refused
    assert "users:read" not in examined.refused


async def test_a_scope_too_many_is_worth_a_look(slack: Answering, look: Examine) -> None:
    slack.scopes = EVERY_SCOPE | {"admin"}
    examined = await look(configured('listen = ["C0GENERAL"]'))
    assert "nothing here uses: admin, usergroups:read." in bad(examined)[0]
    assert examined.refused is None


async def test_tokens_of_two_apps_are_worth_a_look(slack: Answering, look: Examine) -> None:
    slack.answers["bots.info"] = {"bot": {"app_id": "A0OTHER"}}
    slack.scopes = None
    said = bad(await look(configured()))
    assert "bot_token of A0OTHER, app_token of A0APP" in said[0]
    assert "does not tell the scopes" in said[1]


async def test_a_channel_that_is_right_is_kept(slack: Answering, look: Examine) -> None:
    slack.channel("C0GENERAL")
    examined = await look(configured('listen = ["C0GENERAL"]\nboard = "C0GENERAL"'))
    assert examined.channels == {
        "C0GENERAL": ChannelFacts(
            "C0GENERAL", "general", private=False, shared=False, archived=False, member=True
        )
    }
    text = "#general: the bot is in it; for listen; board"
    assert (examined.findings[-1].part, examined.findings[-1].text) == ("community/C0GENERAL", text)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"is_member": False}, "the bot is not in it. Write `/invite @soundingboard` there."),
        ({"is_archived": True, "is_member": False}, "is archived."),
    ],
)
async def test_a_channel_where_the_bot_can_do_nothing(
    slack: Answering, look: Examine, facts: dict[str, bool], said: str
) -> None:
    slack.scopes = EVERY_SCOPE - {"usergroups:read"}
    slack.channel("C0GENERAL", **facts)
    examined = await look(configured('listen = ["C0GENERAL"]'))
    assert f"community/C0GENERAL: #general: {said}" in only(examined, Verdict.MEND)
    assert examined.refused is None, "the other channels work"


async def test_a_channel_that_only_has_settings_is_no_must(slack: Answering, look: Examine) -> None:
    slack.scopes = EVERY_SCOPE - {"usergroups:read", "reactions:read"}
    slack.refuse("conversations.info C0PARTNERS", "channel_not_found")
    examined = await look(configured("[connections.community.channels.C0PARTNERS]"))
    assert "named by channels" in only(examined, Verdict.LOOK)


async def test_an_app_of_a_whole_organisation(slack: Answering, look: Examine) -> None:
    slack.answers["auth.test"] = {"is_enterprise_install": True}
    assert "it is for a whole organisation" in ((await look(configured())).refused or "")


@pytest.mark.parametrize(
    ("channel", "code", "said"),
    [
        ("C0GONE", "channel_not_found", "no such channel, or it is private and the bot is not in"),
        ("general", "channel_not_found", "is no channel's id, which starts with C"),
        ("C0GONE", "team_access_not_granted", "does not show it (team_access_not_granted)"),
    ],
)
async def test_a_channel_that_is_not_found(
    slack: Answering, look: Examine, channel: str, code: str, said: str
) -> None:
    slack.refuse(f"conversations.info {channel}", code)
    examined = await look(configured(f'listen = ["{channel}"]'))
    assert said in bad(examined)[-1]
    assert "named by listen" in bad(examined)[-1]
    assert examined.channels == {}


@pytest.mark.parametrize("fact", ["is_ext_shared", "is_pending_ext_shared", "is_private"])
async def test_a_private_or_shared_channel_is_left_to_the_inbox_unless_it_is_named(
    slack: Answering, look: Examine, fact: str
) -> None:
    slack.channel("C0PARTNERS", **{fact: True})
    examined = await look(configured('listen = ["C0PARTNERS"]'))
    assert any("its ideas go to the product inbox only" in text for text in bad(examined))
    named = """
        listen = ["C0PARTNERS"]
        [connections.community.channels.C0PARTNERS]
        audience = "connection"
        outsiders = true
    """
    assert not any("C0PARTNERS" in text for text in bad(await look(configured(named))))


async def test_an_inbox_that_outsiders_read(slack: Answering, look: Examine) -> None:
    slack.channel("C0PRODUCT", is_private=True, is_ext_shared=True)
    text = bad(await look(configured("", INBOX)))[-1]
    assert "is shared with another company, whose people read what arrives here" in text


async def test_a_public_inbox_lets_whoever_joins_decide(slack: Answering, look: Examine) -> None:
    slack.channel("C0PRODUCT")
    assert "whoever joins may decide" in bad(await look(configured("", INBOX)))[-1]
    named = configured('product_team = ["U0PIA"]', INBOX)
    slack.answers["users.info"] = {"user": {}}
    assert not any("decide" in text for text in bad(await look(named)))


@pytest.mark.parametrize(
    ("answer", "verdict", "said"),
    [
        ({"ok": False, "error": "plan_upgrade_required"}, Verdict.MEND, "need a paid plan"),
        ({"ok": False, "error": "no_such_subteam"}, Verdict.MEND, "no such user group"),
        ({"users": []}, Verdict.LOOK, "has no members"),
        ({"users": ["U0MO", "U0MIA"]}, Verdict.RIGHT, "a user group of 2"),
    ],
)
async def test_user_groups(
    slack: Answering, look: Examine, answer: dict[str, object], verdict: Verdict, said: str
) -> None:
    slack.answers["usergroups.users.list S0MODS"] = answer
    found = (await look(configured('moderators = ["S0MODS"]'))).findings[-1]
    assert (found.part, found.verdict) == ("community/S0MODS", verdict)
    assert said in found.text


@pytest.mark.parametrize(
    ("answer", "verdict", "said"),
    [
        ({"ok": False, "error": "user_not_found"}, Verdict.MEND, "nobody of this id"),
        ({"user": {"deleted": True}}, Verdict.LOOK, "is deactivated"),
        ({"user": {"is_restricted": True}}, Verdict.LOOK, "is a guest"),
        ({"user": {"is_stranger": True}}, Verdict.LOOK, "belongs to another company"),
        ({"user": {"is_bot": True}}, Verdict.LOOK, "is a bot"),
        ({"user": {"id": "U0MO"}}, Verdict.RIGHT, "is there"),
    ],
)
async def test_people_who_have_a_role(
    slack: Answering, look: Examine, answer: dict[str, object], verdict: Verdict, said: str
) -> None:
    slack.answers["users.info U0MO"] = answer
    found = (await look(configured('moderators = ["U0MO"]'))).findings[-1]
    assert (found.part, found.verdict) == ("community/U0MO", verdict)
    assert said in found.text


async def test_a_scope_that_hides_things_is_told_once(slack: Answering, look: Examine) -> None:
    slack.scopes = frozenset()
    for method in ("conversations.info", "usergroups.users.list", "users.info", "bots.info"):
        slack.refuse(method, "missing_scope")
    examined = await look(configured('listen = ["C0GENERAL"]\nmoderators = ["S0MODS", "U0MO"]'))
    assert "scopes are missing" in only(examined, Verdict.MEND)


async def test_one_wait_when_slack_asks_for_it(slack: Answering, look: Examine) -> None:
    busy = web.Response(status=429, headers={"Retry-After": "0"})
    right = slack.answers["auth.test"]
    assert isinstance(right, dict)
    slack.answers["auth.test"] = [busy, right]
    assert (await look(configured())).identity
    slack.answers["auth.test"] = [web.Response(status=429, headers={"Retry-After": "600"})]
    assert "wait for 600 seconds" in ((await look(configured())).refused or "")


async def test_what_is_not_slack(slack: Answering, look: Examine) -> None:
    slack.answers["apps.connections.open"] = web.Response(status=502, text="<html>Bad gateway")
    refused = (await look(configured())).refused or ""
    assert "what answers is not Slack, or not well (HTTP status 502)" in refused
    assert slack.url in refused


async def test_a_look_that_breaks_off_after_the_login_stops_nobody(
    slack: Answering, look: Examine
) -> None:
    slack.answers["conversations.info"] = web.Response(status=503)
    examined = await look(configured('listen = ["C0GENERAL"]'))
    assert examined.identity
    assert examined.refused is None
    assert "the look at" in bad(examined)[-1]


async def test_no_network(slack: Answering, look: Examine) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        slack.url = f"http://127.0.0.1:{nobody.getsockname()[1]}/api"
        refused = (await look(configured())).refused or ""
    assert "no answer from Slack (ClientConnectorError" in refused


async def test_a_look_has_an_end(look: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.examine.PATIENCE", 0.0)
    assert "it took more than" in ((await look(configured())).refused or "")
