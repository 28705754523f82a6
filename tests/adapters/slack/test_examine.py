"""The look at a connection: each thing that can be wrong is one line that names the fix."""

import socket
from collections.abc import Awaitable, Callable

import aiohttp
import pytest

from adapters.slack.client import open_web
from adapters.slack.examine import examine
from adapters.slack.facts import ChannelFacts, Examined, Identity
from adapters.slack.login import scope_findings
from adapters.slack.manifest import manifest
from adapters.slack.needs import needs
from adapters.slack.places import channel_facts
from bot.dispatch import menu_of
from bot.findings import Verdict
from handlers.routes import ROUTES
from tests.adapters.slack.configured import configured
from tests.slack.failures import Failure
from tests.slack.manifests import declared
from tests.slack.server import SlackServer
from tests.slack.workspace import Workspace

Look = Callable[..., Awaitable[Examined]]


@pytest.fixture
def look(server: SlackServer, acme: Workspace, session: aiohttp.ClientSession) -> Look:
    """Examine the connection `community` with these keys, after installing the app its manifest
    describes, and with these tokens, if they are not the workspace's own."""

    async def looked(
        community: str = "", rest: str = "", *, bot: str = "", app: str = "", install: bool = True
    ) -> Examined:
        config = configured(community, rest)
        if install:
            declared(acme.team.app, manifest(config, "community", menu_of(ROUTES)))
        update = {"api_url": server.api_url}
        client = open_web(config.connections["community"].model_copy(update=update), session)
        client.token = bot or acme.bot_token
        return await examine(client, app or acme.app_token, config, "community")

    return looked


def listening(channel: str) -> str:
    """A configuration that listens to a channel."""
    return f'listen = ["{channel}"]'


def inbox(channel: str) -> str:
    """A configuration whose inbox is a channel of the connection."""
    return f'[product]\ninbox = "community/{channel}"'


def bad(examined: Examined) -> list[str]:
    """What is not right."""
    return [f"{f.part}: {f.text}" for f in examined.findings if f.verdict is not Verdict.RIGHT]


def only(examined: Examined, verdict: Verdict) -> str:
    """The one thing that is not right, which has this verdict."""
    (found,) = [f for f in examined.findings if f.verdict is not Verdict.RIGHT]
    assert found.verdict is verdict
    return f"{found.part}: {found.text}"


async def test_a_connection_that_is_right(acme: Workspace, look: Look) -> None:
    examined = await look()
    assert (bad(examined), examined.refused) == ([], None)
    bot, app = acme.bot, acme.team.app.id
    assert examined.identity == Identity(
        acme.id, None, bot.id, bot.bot_id or "", app, acme.team.url
    )
    assert examined.identity.realm == f"slack:{acme.id}"
    assert [f.text for f in examined.findings] == [f"the bot is @soundingboard in Acme ({acme.id})"]


async def test_people_of_an_organisation_are_the_same_in_each_workspace(
    acme: Workspace, look: Look
) -> None:
    acme.team.enterprise = "E0ACME"
    identity = (await look()).identity
    assert identity
    assert identity.realm == "slack:E0ACME"


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
    acme: Workspace, look: Look, code: str, why: str
) -> None:
    acme.team.app.bot_token_error = code
    examined = await look(listening(acme.add_channel("general").id))
    assert (examined.identity, examined.channels) == (None, {})
    assert examined.refused == only(examined, Verdict.MEND).removeprefix("connection community: ")
    assert f"connections.community.bot_token: {why}" in examined.refused
    assert "OAuth & Permissions" in examined.refused
    assert "\n" not in examined.refused


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("invalid_auth", "Slack does not know it"),
        ("missing_scope", "it lacks the scope connections:write"),
        ("not_allowed_token_type", "it is another kind of token"),
    ],
)
async def test_an_app_token_that_is_refused(
    acme: Workspace, look: Look, code: str, why: str
) -> None:
    acme.team.app.app_token_error = code
    refused = (await look()).refused or ""
    assert f"connections.community.app_token: {why}" in refused
    assert "App-Level Tokens" in refused


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        ({"bot": "xapp-1-secret"}, "bot_token: it is the app token"),
        ({"app": "xoxb-1-secret"}, "app_token: it is the bot token"),
        ({"bot": "xoxp-1-secret"}, "bot_token: it is a person's token"),
        ({"bot": "xoxe.xoxb-1-secret"}, "bot_token: it is one that expires"),
        ({"bot": "secret"}, "bot_token: it is none of Slack's tokens"),
    ],
)
async def test_a_token_of_another_kind(look: Look, tokens: dict[str, str], said: str) -> None:
    refused = (await look(**tokens)).refused or ""
    assert f"connections.community.{said}" in refused
    assert "secret" not in refused


async def test_an_app_of_a_whole_organisation(acme: Workspace, look: Look) -> None:
    acme.team.app.org_wide = True
    assert "it is for a whole organisation" in ((await look()).refused or "")


async def test_a_missing_scope_is_told_with_what_it_is_for(acme: Workspace, look: Look) -> None:
    community = f'moderators = ["{acme.add_group("mods", [acme.add_user("Mo")]).id}"]'
    wanted = needs(configured(community), "community").scopes.keys()
    acme.team.app.scopes = frozenset(wanted - {"reactions:read", "files:write"})
    refused = (await look(community, install=False)).refused or ""
    assert "reactions:read (votes, captures and escalations by reaction)" in refused
    assert "files:write (a person's data as a file, and the digest's chart)" in refused
    assert "soundingboard manifest community" in refused
    assert "users:read" not in refused


async def test_a_scope_that_hides_things_is_told_once(acme: Workspace, look: Look) -> None:
    acme.team.app.scopes = frozenset()
    group, mo = acme.add_group("mods", []), acme.add_user("Mo")
    community = (
        f'{listening(acme.add_channel("general").id)}\nmoderators = ["{group.id}", "{mo.id}"]'
    )
    assert "scopes are missing" in only(await look(community, install=False), Verdict.MEND)


async def test_a_scope_too_many_is_worth_a_look(acme: Workspace, look: Look) -> None:
    wanted = needs(configured(), "community").scopes.keys()
    acme.team.app.scopes = frozenset(wanted | {"admin", "usergroups:read"})
    examined = await look(install=False)
    assert "nothing here uses: admin, usergroups:read." in only(examined, Verdict.LOOK)
    assert examined.refused is None


def test_scopes_that_are_not_told_are_worth_a_look() -> None:
    (found,) = scope_findings("community", None, needs(configured(), "community"))
    assert found.verdict is Verdict.LOOK


async def test_tokens_of_two_apps_are_worth_a_look(acme: Workspace, look: Look) -> None:
    acme.team.app.app_token = "xapp-1-A0OTHER-1-secret"
    said = only(await look(), Verdict.LOOK)
    assert f"bot_token of {acme.team.app.id}, app_token of A0OTHER" in said


async def test_a_channel_that_is_right_is_kept(acme: Workspace, look: Look) -> None:
    general = acme.add_channel("general")
    examined = await look(f'{listening(general.id)}\nboard = "{general.id}"')
    facts = ChannelFacts(
        general.id, "general", private=False, shared=False, archived=False, member=True
    )
    assert (examined.channels, bad(examined)) == ({general.id: facts}, [])
    last = examined.findings[-1]
    assert last.part == f"community/{general.id}"
    assert last.text == "#general: the bot is in it; for listen; board"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"bot": False}, "the bot is not in it. Write `/invite @soundingboard` there."),
        ({"bot": False, "archived": True}, "is archived."),
    ],
)
async def test_a_channel_where_the_bot_can_do_nothing(
    acme: Workspace, look: Look, facts: dict[str, bool], said: str
) -> None:
    general = acme.add_channel("general", (), **facts)
    examined = await look(listening(general.id))
    assert f"community/{general.id}: #general: {said}" in only(examined, Verdict.MEND)
    assert examined.refused is None, "the other channels work"


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("C0GONE", "there is no such channel, or it is private and the bot is not in it"),
        ("general", "is no channel's id, which starts with C"),
    ],
)
async def test_a_channel_that_is_not_found(look: Look, channel: str, said: str) -> None:
    examined = await look(listening(channel))
    text = only(examined, Verdict.MEND)
    assert said in text
    assert "named by listen" in text
    assert examined.channels == {}


async def test_a_private_channel_without_the_bot_looks_like_none(
    acme: Workspace, look: Look
) -> None:
    secret = acme.add_channel("secret", private=True, bot=False)
    assert "write `/invite @soundingboard` there" in bad(await look(listening(secret.id)))[0]


async def test_a_channel_that_slack_does_not_show(
    server: SlackServer, acme: Workspace, look: Look
) -> None:
    server.fail_next("conversations.info", "team_access_not_granted")
    text = only(await look(listening(acme.add_channel("general").id)), Verdict.MEND)
    assert "Slack does not show it (team_access_not_granted)" in text


async def test_a_channel_that_only_has_settings_is_no_must(look: Look) -> None:
    examined = await look("[connections.community.channels.C0PARTNERS]")
    assert "named by channels" in only(examined, Verdict.LOOK)


@pytest.mark.parametrize("kind", ["private", "shared"])
async def test_a_channel_that_is_not_open_is_left_to_the_inbox_unless_it_is_named(
    acme: Workspace, look: Look, kind: str
) -> None:
    id_ = acme.add_channel("partners", (), **{kind: True}).id
    assert (
        f"is {kind}, so what is captured there goes to the product inbox"
        in bad(await look(listening(id_)))[0]
    )
    named = f"""
        {listening(id_)}
        [connections.community.channels.{id_}]
        audience = "connection"
        outsiders = true
    """
    assert bad(await look(named)) == []


def test_a_channel_that_another_company_is_invited_to_counts_as_shared() -> None:
    assert channel_facts({"id": "C0GENERAL", "is_pending_ext_shared": True}).shared


async def test_an_inbox_that_outsiders_read(acme: Workspace, look: Look) -> None:
    id_ = acme.add_channel("product", private=True, shared=True).id
    text = only(await look("", inbox(id_)), Verdict.LOOK)
    assert "is shared with another company, whose people read what arrives here" in text


async def test_a_public_inbox_lets_whoever_joins_decide(acme: Workspace, look: Look) -> None:
    id_ = acme.add_channel("product").id
    assert "whoever joins may decide" in only(await look("", inbox(id_)), Verdict.LOOK)
    named = f'product_team = ["{acme.add_user("Pia").id}"]'
    assert bad(await look(named, inbox(id_))) == []


async def test_a_user_group(acme: Workspace, look: Look) -> None:
    mods = acme.add_group("mods", [acme.add_user("Mo"), acme.add_user("Mia")])
    found = (await look(f'moderators = ["{mods.id}"]')).findings[-1]
    assert (found.part, found.verdict) == (f"community/{mods.id}", Verdict.RIGHT)
    assert found.text == "a user group of 2"


async def test_a_user_group_of_nobody(acme: Workspace, look: Look) -> None:
    mods = acme.add_group("mods", [])
    assert "has no members" in only(await look(f'moderators = ["{mods.id}"]'), Verdict.LOOK)


async def test_a_user_group_that_is_not_there(look: Look) -> None:
    text = only(await look('moderators = ["S0GONE"]'), Verdict.MEND)
    assert "there is no such user group (no_such_subteam)" in text


async def test_user_groups_need_a_paid_plan(acme: Workspace, look: Look) -> None:
    acme.team.paid = False
    mods = acme.add_group("mods", [])
    assert "need a paid plan" in only(await look(f'moderators = ["{mods.id}"]'), Verdict.MEND)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"guest": True}, "is a guest, and a guest never has a role"),
        ({"outsider_of": "T0OTHER"}, "belongs to another company"),
        ({"is_bot": True}, "is a bot"),
    ],
)
async def test_somebody_who_cannot_have_a_role(
    acme: Workspace, look: Look, facts: dict[str, bool], said: str
) -> None:
    mo = acme.add_user("Mo", **facts)  # type: ignore[arg-type]
    text = only(await look(f'moderators = ["{mo.id}"]'), Verdict.LOOK)
    assert text.startswith(f"community/{mo.id}: {said}")


async def test_somebody_who_left(acme: Workspace, look: Look) -> None:
    mo = acme.add_user("Mo")
    mo.user.deleted = True
    assert "is deactivated" in only(await look(f'moderators = ["{mo.id}"]'), Verdict.LOOK)


async def test_somebody_who_is_not_there(look: Look) -> None:
    text = only(await look('moderators = ["@mo"]'), Verdict.MEND)
    assert "nobody of this id (user_not_found)" in text


async def test_one_wait_when_slack_asks_for_it(server: SlackServer, look: Look) -> None:
    server.fail_next("auth.test", Failure.BUSY, retry_after=0)
    assert (await look()).identity
    server.fail_next("auth.test", Failure.BUSY, retry_after=600)
    assert "wait for 600 seconds" in ((await look()).refused or "")


async def test_what_is_not_slack(server: SlackServer, look: Look) -> None:
    server.fail_next("apps.connections.open", Failure.CRASH)
    refused = (await look()).refused or ""
    assert "what answers is not Slack, or not well (HTTP status 500)" in refused
    assert server.api_url in refused


async def test_a_look_that_breaks_off_after_the_login_stops_nobody(
    server: SlackServer, acme: Workspace, look: Look
) -> None:
    server.fail_next("conversations.info", Failure.CRASH)
    examined = await look(listening(acme.add_channel("general").id))
    assert examined.identity
    assert examined.refused is None
    assert "broke off: what answers is not Slack" in only(examined, Verdict.LOOK)


async def test_no_network(session: aiohttp.ClientSession) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        api = f'api_url = "http://127.0.0.1:{nobody.getsockname()[1]}/"'
        config = configured(api)
        client = open_web(config.connections["community"], session)
        client.token = "xoxb-1-secret"
        examined = await examine(client, "xapp-1-secret", config, "community")
    assert "no answer from Slack (ClientConnectorError" in only(examined, Verdict.MEND)


async def test_a_look_has_an_end(
    server: SlackServer, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.fail_next("auth.test", Failure.HANG)
    monkeypatch.setattr("adapters.slack.examine.PATIENCE", 0.1)
    assert "it took more than" in ((await look()).refused or "")
