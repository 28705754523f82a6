"""The configuration, through load and parse alone."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config, load, parse, playground_config
from bot.config.tree import Section
from bot.errors import ConfigError
from bot.ideas import Audience
from bot.refs import ChannelRef

HERE = Path("/srv/board")
EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
SECRETS = {
    "COMMUNITY_BOT_TOKEN": "xoxb-community",
    "COMMUNITY_APP_TOKEN": "xapp-community",
    "OFFICE_BOT_TOKEN": "xoxb-office",
    "OFFICE_APP_TOKEN": "xapp-office",
    "FANS_TOKEN": "discord-secret",
    "ASSISTANT_API_KEY": "sk-secret",
    "DATABASE_PASSWORD": "p@ss/word",
    "DATABASE_URL": "postgres://ana:secret@db.example/board?ssl=require",
}
FANS = '[connections.fans]\nplatform = "discord"\ntoken = "$FANS_TOKEN"\n'


def read(text: str, connections: str = FANS) -> Config:
    """Parse a text; tables follow the connections, so top-level keys need `connections=""`."""
    return parse(connections + text, SECRETS, HERE)


def problems(text: str, connections: str = FANS, env: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse(connections + text, SECRETS if env is None else env, HERE)
    return list(caught.value.problems)


def problem(text: str, connections: str = FANS) -> str:
    (only,) = problems(text, connections)
    return only


def test_the_example_loads() -> None:
    config = load(EXAMPLE, SECRETS)
    assert config.zone == ZoneInfo("Europe/Berlin")
    assert [c.platform for c in config.connections.values()] == ["slack", "slack", "discord"]
    assert config.connections["community"].channels["C0PARTNERS"].audience is Audience.INBOX
    assert not config.connections["community"].summarizes("C0PARTNERS")
    assert config.connections["community"].summarizes("C0GENERAL")
    assert not config.connections["community"].lets_model_read("C0PARTNERS")
    assert config.connections["community"].lets_model_read("C0GENERAL")
    assert config.product.inbox == ChannelRef("office", "C0PRODUCT")
    assert config.digest.to == (ChannelRef("office", "C0PRODUCT"),)
    assert config.assistant is not None
    assert config.assistant.api_key.get_secret_value() == "sk-secret"


def test_the_example_documents_every_key() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    missing = [name for name in _names(Config) if name not in text]
    assert missing == []


def _names(section: type[Section]) -> set[str]:
    """Every key of the tree, by walking the types."""
    schema = section.model_json_schema()
    tables = [schema, *schema["$defs"].values()]
    return {name for table in tables for name in table.get("properties", {})}


def test_what_the_example_shows_as_default_is_the_default() -> None:
    example, bare = load(EXAMPLE, SECRETS), read("")
    assert example.capture == bare.capture.model_copy(update={"areas": example.capture.areas})
    assert (example.voting, example.escalation) == (bare.voting, bare.escalation)
    assert (example.threads, example.web) == (bare.threads, bare.web)
    assert example.digest.schedule == bare.digest.schedule


def test_no_secret_is_ever_in_the_repr() -> None:
    config = load(EXAMPLE, SECRETS)
    shown = repr(config) + str(config)
    assert not [secret for secret in SECRETS.values() if secret in shown]


def test_the_tree_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read("").timezone = "UTC"


def test_every_problem_is_reported_at_once_with_its_key() -> None:
    text = """
colour = "red"
timezone = "Europe/Berln"
[connections.fans]
platform = "discord"
listen = [118]
[connections.office]
platform = "slak"
[product]
inbox = "ofice/C1"
[[product.routes]]
area = "Mobile"
[capture]
daily_limit = "many"
[voting]
emoji = "🚀"
[assistant]
context_tokens = 512
timeout = 0
[web]
host = "0.0.0.0"
"""
    keys = {line.partition(": ")[0] for line in problems(text, connections="")}
    assert keys == {
        "colour",
        "timezone",
        "connections.fans.listen[0]",
        "connections.fans.token",
        "connections.office.platform",
        "product.inbox",
        "product.routes[0].inbox",
        "capture.daily_limit",
        "escalation.emoji",
        "assistant.base_url",
        "assistant.api_key",
        "assistant.model",
        "assistant.context_tokens",
        "assistant.timeout",
        "web.host",
    }


def test_an_error_shows_every_problem_on_a_line_of_its_own() -> None:
    error = ConfigError(tuple(problems("[web]\nport = -1\nhots = 1\n")))
    assert len(str(error).splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[web]\nhots = "::1"', 'web.hots: there is no such key. Did you mean "host"?'),
        ('[web]\nzzz = "::1"', "web.zzz: there is no such key. Known here: host, port."),
        ("[web]\nport = 70000", "web.port: write 65535 or less."),
        ('[web]\nport = "80"', "web.port: write a whole number, without quotes."),
        ("web = 3", "connections.fans.web: there is no such key."),
        ("[capture]\ndaily_limit = 0", "capture.daily_limit: write 1 or more."),
        ("[capture]\ndaily_limit = true", "capture.daily_limit: write a whole number"),
        ("[capture]\nareas = 'all'", "capture.areas: write a list"),
        ("[capture]\nareas = [' ']", "capture.areas[0]: this is empty."),
        ("[escalation]\nvotes = -1", "escalation.votes: write 0 or more."),
        ("[threads]\nmin_messages = 0", "threads.min_messages: write 1 or more."),
        ("[threads]\nquiet_minutes = 0.5", "threads.quiet_minutes: write a whole number"),
        ("[digest]\nschedule = 'daily'", 'digest.schedule: "daily" is not a schedule.'),
        ("[digest]\nto = ['fans']", 'digest.to[0]: write it as "connection/channel"'),
        ("[digest]\nto = ['fan/1']", 'digest.to[0]: there is no connection "fan". Did you mean'),
        ("[product]\ninbox = 'office/1'", 'product.inbox: there is no connection "office". Name'),
        ("[connections.fans.channels]\n1 = {audience='us'}", "connections.fans.channels.1.aud"),
        ('[connections."Ana B"]\nplatform = "discord"', 'connections."Ana B": a connection\'s'),
        ("audience = 'all'", "connections.fans.audience: write one of: 'everyone', 'connection'"),
        ("show = 'none'", "connections.fans.show: write one of: 'own' or 'all'."),
        ("api_url = 'discord.com'", "connections.fans.api_url: write a whole address"),
        ("channels = 3", "connections.fans.channels: this is a table of keys"),
        (
            "[connections.fans.channels.1]\nno_summary = 'yes'",
            "connections.fans.channels.1.no_summary: write true or false, without quotes.",
        ),
        ("[storage]\nurl = 'mysql://db'", 'storage.url: write "sqlite:///'),
        ("app_token = 3", "connections.fans.app_token: write it as text, in quotes."),
        ("[storage]\nurl = 3", "storage.url: write it as text, in quotes."),
    ],
)
def test_a_problem_names_its_key_and_how_to_mend_it(text: str, expected: str) -> None:
    assert any(line.startswith(expected) for line in problems(text))


REVIEW = "[connections.fans.channels.1]\nreview_first = true"


def test_what_waits_for_moderators_needs_them_and_their_channel() -> None:
    people, channel = problems(REVIEW)
    assert people.startswith("connections.fans.moderators: name who lets in what waits")
    assert channel.startswith("connections.fans.moderators_channel: name the channel where")
    assert "`review_first` of 1" in channel
    whole = f"moderators = ['7']\nmoderators_channel = '8'\n{REVIEW}"
    connection = read(whole).connections["fans"]
    assert connection.reviews("1")
    assert not connection.reviews("2")
    told = problem(f"{whole}\naudience = 'inbox'")
    assert told.startswith("connections.fans.channels.1.review_first: its ideas go to the product")
    told = problem(f"audience = 'inbox'\n{whole}")
    assert told.startswith("connections.fans.channels.1.review_first: its ideas go to the product")


def test_text_that_is_not_toml_says_where() -> None:
    assert "line 1" in problem("web = \n", connections="")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.toml: it cannot be read"):
        load(tmp_path / "config.toml", {})


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"timezone = '\xff'")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(path, {})


def test_at_least_one_connection_is_needed() -> None:
    assert problem("", connections="").startswith("connections: there is none yet.")


@pytest.mark.parametrize("name", ["Europe/Berlin ", "", "/etc/passwd", "Europe", "Moon/Base"])
def test_a_time_zone_must_exist(name: str) -> None:
    (line,) = problems(f'timezone = "{name}"\n' + FANS, connections="")
    assert line.startswith("timezone: ")


# Secrets


def test_a_secret_written_in_the_file_is_refused_and_not_repeated() -> None:
    line = problem("[connections.b]\nplatform = 'discord'\ntoken = 'hunter2'")
    assert line.startswith(
        'connections.b.token: secrets do not belong in this file. Write "$TOKEN"'
    )
    assert "hunter2" not in line


def test_a_missing_environment_variable_is_named() -> None:
    (line,) = problems("", env={"FANS_TOKEN": ""})
    assert line.startswith("connections.fans.token: the environment has no FANS_TOKEN. Set it")


@given(st.text(min_size=1))
def test_a_token_from_the_environment_is_taken_as_it_is(token: str) -> None:
    config = parse(FANS, {"FANS_TOKEN": token}, HERE)
    secret = config.connections["fans"].token
    assert secret is not None
    assert secret.get_secret_value() == token


@pytest.mark.parametrize(
    ("platform", "missing"),
    [("slack", ["bot_token", "app_token"]), ("discord", ["token"]), ("playground", [])],
)
def test_each_platform_asks_for_its_tokens(platform: str, missing: list[str]) -> None:
    text = f"[connections.a]\nplatform = '{platform}'\nbogus = 1"
    lines = problems(text, connections="")
    assert [line.split(":")[0] for line in lines[1:]] == [f"connections.a.{t}" for t in missing]


def test_a_token_the_platform_does_not_use_is_refused() -> None:
    line = problem('app_token = "$FANS_TOKEN"')
    assert line == "connections.fans.app_token: discord does not use it. Please remove it."


# Where everything is kept


def stored_at(url: str) -> str:
    return read(f"[storage]\nurl = '{url}'").storage.url.get_secret_value()


def test_a_sqlite_file_is_found_beside_the_configuration() -> None:
    default = read("").storage.url.get_secret_value()
    assert default == "sqlite+aiosqlite:////srv/board/soundingboard.sqlite"
    assert stored_at("sqlite:///data/b.sqlite") == "sqlite+aiosqlite:////srv/board/data/b.sqlite"
    assert stored_at("sqlite:////var/b.sqlite") == "sqlite+aiosqlite:////var/b.sqlite"


def test_a_folder_with_spaces_and_signs_is_kept() -> None:
    url = parse(FANS, SECRETS, Path("/srv/what? 100%")).storage.url.get_secret_value()
    assert url == "sqlite+aiosqlite:////srv/what%3F%20100%25/soundingboard.sqlite"


def test_load_resolves_the_file_from_the_configuration_s_folder(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FANS, encoding="utf-8-sig")
    url = load(path, SECRETS).storage.url.get_secret_value()
    assert url.endswith(f"{tmp_path.name}/soundingboard.sqlite")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_postgresql_gets_its_async_driver_and_its_password(scheme: str) -> None:
    url = stored_at(f"{scheme}://ana:$DATABASE_PASSWORD@db/board")
    assert url == "postgresql+asyncpg://ana:p%40ss%2Fword@db/board"


def test_postgresql_needs_no_password() -> None:
    assert stored_at("postgresql://ana@db/board") == "postgresql+asyncpg://ana@db/board"


def test_the_whole_address_may_come_from_the_environment() -> None:
    expected = "postgresql+asyncpg://ana:secret@db.example/board?ssl=require"
    assert stored_at("$DATABASE_URL") == expected


def test_a_database_password_in_the_file_is_refused_and_not_repeated() -> None:
    line = problem("[storage]\nurl = 'postgresql://ana:hunter2@db/board'")
    assert line.startswith("storage.url: the password does not belong in this file.")
    assert "hunter2" not in line


def test_a_database_password_missing_from_the_environment_is_named() -> None:
    line = problem("[storage]\nurl = 'postgresql://ana:$NOPE@db/board'")
    assert line.startswith("storage.url: the environment has no NOPE.")


# How the parts fit


@pytest.mark.parametrize(
    ("text", "key", "other"),
    [
        ("[capture]\nemoji = '👍🏽'", "voting.emoji", "capture.emoji"),
        ("[voting]\nemoji = '🚀'", "escalation.emoji", "voting.emoji"),
        ("[escalation]\nemoji = '💡'", "escalation.emoji", "capture.emoji"),
    ],
)
def test_equal_emoji_are_refused_naming_both_keys(text: str, key: str, other: str) -> None:
    line = problem(text)
    assert line.startswith(f"{key}: ")
    assert other in line


def test_emoji_are_kept_in_one_form() -> None:
    config = read("[voting]\nemoji = '❤️'\n[capture]\nemoji = ':Idea_2:'")
    assert (config.voting.emoji, config.capture.emoji) == ("❤", ":idea_2:")


@pytest.mark.parametrize("text", ["", "x", "thumbsup", ":", ":a b:", "👍 👍", "👍:x:", "12"])
def test_text_that_is_no_emoji_is_refused(text: str) -> None:
    assert problem(f"[voting]\nemoji = '{text}'").startswith("voting.emoji: write the emoji itself")


def test_a_playground_beside_a_real_connection_is_refused() -> None:
    line = problem("[connections.play]\nplatform = 'playground'")
    assert line.startswith("connections.play.platform: a playground stands alone.")


def test_an_area_has_its_own_inbox_and_others_the_common_one() -> None:
    config = read(
        "[product]\ninbox = 'fans/1'\n[[product.routes]]\narea = 'Mobile'\ninbox = 'fans/2'\n"
        "[capture]\nareas = ['Mobile', 'Editor']"
    )
    inboxes = [config.product.inbox_for(area) for area in ("Mobile", "Editor", None)]
    assert inboxes == [ChannelRef("fans", "2"), ChannelRef("fans", "1"), ChannelRef("fans", "1")]


def test_without_an_inbox_ideas_go_nowhere() -> None:
    assert read("").product.inbox_for("Mobile") is None


def test_a_route_for_an_area_nobody_can_choose_is_refused() -> None:
    route = "[[product.routes]]\narea = 'Mobil'\ninbox = 'fans/2'\n"
    line = problem(f"{route}[capture]\nareas = ['Mobile']")
    assert line.startswith('product.routes[0].area: "Mobil" is not one of capture.areas. Did you')


def test_an_area_has_one_route() -> None:
    route = "[[product.routes]]\narea = 'Mobile'\ninbox = 'fans/2'\n"
    line = problem(f"{route}{route}[capture]\nareas = ['Mobile']")
    assert line.startswith('product.routes[1].area: "Mobile" has a route already.')


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_pages_are_served_on_this_machine(host: str) -> None:
    assert read(f"[web]\nhost = '{host}'").web.host == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.com", ""])  # noqa: S104
def test_pages_are_not_served_to_others(host: str) -> None:
    assert problem(f"[web]\nhost = '{host}'").startswith("web.host: only this machine")


def test_the_playground_needs_no_file(tmp_path: Path) -> None:
    config = playground_config(tmp_path)
    connection = config.connections["playground"]
    assert connection.platform == "playground"
    assert (connection.listen, connection.board) == (("general", "ideas"), "ideas")
    assert (connection.moderators, connection.product_team) == (("mo",), ("pia",))
    assert connection.audience is Audience.EVERYONE
    assert config.product.inbox_for("Editor") == ChannelRef("playground", "product-inbox")
    assert config.storage.url.get_secret_value().endswith("soundingboard.sqlite")
