"""The look at a connection: each thing that can be wrong is one line that names the fix."""

from collections.abc import Awaitable, Callable

import pytest

from adapters.discord.client import build_client
from adapters.discord.examine import examine
from adapters.discord.facts import Examined
from adapters.discord.invite import permissions
from adapters.discord.needs import intents_of, needs
from adapters.discord.standing import Standing
from bot.findings import Verdict
from tests.adapters.discord.configured import configured
from tests.discord.community import Community
from tests.discord.failures import Refusal
from tests.discord.model import Intent, Overwrite
from tests.discord.payloads import shown_channel, shown_guild
from tests.discord.permissions import Permission, in_channel
from tests.discord.person import Person
from tests.discord.server import DiscordServer

Look = Callable[..., Awaitable[Examined]]


async def at(server: DiscordServer, fans: str, rest: str = "", token: str = "") -> Examined:
    """Examine the connection `fans` with these keys."""
    keys = f'api_url = "{server.api_url}"\n{fans}'
    config = configured(keys, rest, token or server.token)
    intents = intents_of(needs(config, "fans"))
    async with build_client(config.connections["fans"], intents) as client:
        return await examine(client, config, "fans")


@pytest.fixture
def look(server: DiscordServer, community: Community) -> Look:
    """Examine the connection `fans` with these keys, after the bot was invited by its link."""
    server.app.portal = Intent.MESSAGE_CONTENT

    async def looked(
        fans: str = "", rest: str = "", *, token: str = "", guilds: str = "", invited: bool = True
    ) -> Examined:
        keys = f'guilds = ["{guilds or community.id}"]\n{fans}'
        if invited:
            asked = permissions(configured(keys, rest), "fans").value
            community.bot_role.permissions = Permission(asked)
            community.everyone.permissions = Permission.VIEW_CHANNEL
        return await at(server, keys, rest, token)

    return looked


def bad(examined: Examined) -> list[str]:
    """What is not right."""
    return [f"{f.part}: {f.text}" for f in examined.findings if f.verdict is not Verdict.RIGHT]


def only(examined: Examined, verdict: Verdict) -> str:
    """The one thing that is not right, which has this verdict."""
    (found,) = [f for f in examined.findings if f.verdict is not Verdict.RIGHT]
    assert found.verdict is verdict
    return f"{found.part}: {found.text}"


async def test_a_connection_that_is_right(
    server: DiscordServer, community: Community, look: Look
) -> None:
    talk, board, forum = (
        community.add_channel("talk"),
        community.add_channel("ideas"),
        community.add_forum("suggestions"),
    )
    mods = community.add_role("Mods")
    inbox = community.add_private_channel("inbox")
    examined = await look(
        f'listen = ["{talk.id}", "{forum.id}"]\nboard = "{board.id}"\nmoderators = ["{mods.id}"]',
        f'[product]\ninbox = "fans/{inbox.id}"\n[digest]\nto = ["fans/{inbox.id}"]',
    )
    assert (bad(examined), examined.refused) == ([], None)
    assert examined.identity
    assert examined.identity.bot_user == server.bot.id
    assert examined.identity.reads
    assert [f.text for f in examined.findings][:2] == [
        f"the bot is Sounding Board ({server.bot.id})",
        "Fans: the bot is there",
    ]
    assert examined.channels[inbox.id].closed
    assert not examined.channels[talk.id].closed


async def test_a_token_that_is_refused(look: Look) -> None:
    examined = await look(token="wrong.wrong.wrong")
    assert examined.identity is None
    assert examined.refused == only(examined, Verdict.MEND).removeprefix("connection fans: ")
    assert "connections.fans.token: Discord does not take it" in examined.refused
    assert "Reset Token" in examined.refused
    assert "wrong.wrong" not in examined.refused


async def test_an_intent_that_is_not_switched_on(
    server: DiscordServer, community: Community, look: Look
) -> None:
    server.app.portal = 0
    examined = await look(f'listen = ["{community.add_channel("talk").id}"]')
    text = only(examined, Verdict.MEND)
    assert "Message Content Intent is not switched on" in text
    assert "summaries of threads" in text
    assert examined.refused


async def test_without_the_intent_it_says_what_is_off(server: DiscordServer, look: Look) -> None:
    server.app.portal = 0
    examined = await look()
    assert bad(examined) == []
    assert any("threads cannot be summarised" in f.text for f in examined.findings)


async def test_a_server_that_the_bot_is_not_on(look: Look) -> None:
    examined = await look(guilds="1057000000000000009")
    text = only(examined, Verdict.MEND)
    assert text.startswith("fans/1057000000000000009: the bot is not on this server")
    assert "soundingboard invite fans" in text


async def test_a_bot_that_is_on_no_server(server: DiscordServer, look: Look) -> None:
    server.world.guilds.clear()
    text = only(await look(invited=False), Verdict.MEND)
    assert "the bot is on no server. Open the link" in text


async def test_a_server_that_removes_the_bot_meanwhile(server: DiscordServer, look: Look) -> None:
    server.fail_next("GET /guilds/{guild}/channels", Refusal(403, 50001))
    examined = await look()
    assert "broke off: Discord refused (403 50001)" in only(examined, Verdict.LOOK)
    assert not examined.refused


async def test_a_bot_that_anybody_may_add_without_named_servers(
    server: DiscordServer, community: Community
) -> None:
    server.app.public = True
    text = only(await at(server, ""), Verdict.LOOK)
    assert "anybody may add the bot" in text


async def test_an_administrator_is_more_than_it_needs(community: Community, look: Look) -> None:
    community.bot_role.permissions = Permission.ADMINISTRATOR
    text = only(await look(invited=False), Verdict.LOOK)
    assert "the bot is administrator" in text


async def test_a_channel_that_is_not_there(look: Look) -> None:
    text = only(await look('board = "1057000000000000009"'), Verdict.MEND)
    assert text.startswith("fans/1057000000000000009: there is no such channel")
    assert "named by board" in text


async def test_a_channel_where_permissions_are_missing(community: Community, look: Look) -> None:
    board = community.add_channel("ideas")
    links = Permission.EMBED_LINKS | Permission.ADD_REACTIONS
    board.overwrites = [Overwrite(community.bot_role.id, 0, deny=links)]
    text = only(await look(f'board = "{board.id}"'), Verdict.MEND)
    assert "#ideas: the bot lacks Embed Links (cards, posts and answers), Add Reactions" in text
    assert "allow it to the role Sounding Board" in text


async def test_a_channel_that_the_bot_does_not_see(community: Community, look: Look) -> None:
    board = community.add_private_channel("ideas", bot=False)
    text = only(await look(f'board = "{board.id}"'), Verdict.MEND)
    assert "the bot lacks View Channel (seeing the channels that are configured)." in text


async def test_a_forum_takes_no_cards(community: Community, look: Look) -> None:
    forum = community.add_forum("suggestions")
    text = only(await look(f'board = "{forum.id}"'), Verdict.MEND)
    assert "is a forum, and board takes messages" in text


async def test_a_hidden_channel_that_is_listened_to(community: Community, look: Look) -> None:
    talk = community.add_private_channel("talk")
    listen = f'listen = ["{talk.id}"]'
    text = only(await look(listen), Verdict.LOOK)
    assert "its ideas go to the product inbox only" in text
    own = f'{listen}\n[connections.fans.channels.{talk.id}]\naudience = "inbox"'
    assert bad(await look(own)) == []


async def test_an_inbox_that_everybody_sees_makes_nobody_the_team(
    community: Community, look: Look
) -> None:
    inbox = community.add_channel("inbox")
    rest = f'[product]\ninbox = "fans/{inbox.id}"'
    assert "it makes nobody the product team" in only(await look("", rest), Verdict.MEND)
    team = community.add_role("Team")
    text = only(await look(f'product_team = ["{team.id}"]', rest), Verdict.LOOK)
    assert "everybody sees what arrives here" in text


async def test_roles_and_people_that_are_named(
    server: DiscordServer, community: Community, ana: Person, look: Look
) -> None:
    mods = community.add_role("Mods")
    examined = await look(f'moderators = ["{mods.id}", "{ana.id}"]')
    assert bad(examined) == []
    assert [f.text for f in examined.findings][-2:] == ["the role Mods of Fans", "is there"]


@pytest.mark.parametrize(
    ("named", "verdict", "said"),
    [
        ("1057000000000000009", Verdict.MEND, "there is no role and nobody of this id"),
        ("everyone", Verdict.MEND, "is @everyone"),
        ("robot", Verdict.LOOK, "is a bot"),
    ],
)
async def test_those_who_cannot_have_a_role(
    community: Community, look: Look, named: str, verdict: Verdict, said: str
) -> None:
    robot = community.add_user("Robot", bot=True)
    number = {"everyone": community.id, "robot": robot.id}.get(named, named)
    assert said in only(await look(f'moderators = ["{number}"]'), verdict)


def test_what_somebody_may_do_is_computed_as_discord_does(
    community: Community, ana: Person
) -> None:
    speak, react, view = (
        Permission.SEND_MESSAGES,
        Permission.ADD_REACTIONS,
        Permission.VIEW_CHANNEL,
    )
    fan, mod = community.add_role("Fan"), community.add_role("Mod", Permission.MANAGE_THREADS)
    member = community.guild.members[ana.id]
    everybody = community.id
    cases: list[tuple[list[str], list[Overwrite]]] = [
        ([], []),
        ([mod.id], [Overwrite(everybody, 0, deny=speak | react)]),
        ([fan.id], [Overwrite(everybody, 0, deny=speak), Overwrite(fan.id, 0, allow=speak)]),
        (
            [fan.id, mod.id],
            [Overwrite(fan.id, 0, deny=react), Overwrite(mod.id, 0, allow=react)],
        ),
        ([fan.id], [Overwrite(fan.id, 0, allow=speak), Overwrite(ana.id, 1, deny=speak)]),
        ([fan.id], [Overwrite(everybody, 0, deny=view)]),
        ([fan.id], [Overwrite(everybody, 0, deny=view), Overwrite(ana.id, 1, allow=view)]),
    ]
    for roles, overwrites in cases:
        channel = community.add_channel("somewhere")
        member.roles[:] = roles
        channel.overwrites = overwrites
        standing = Standing(shown_guild(community.guild), ana.id, frozenset(roles))
        assert standing.allowed_in(shown_channel(channel)) == in_channel(channel, ana.id)
