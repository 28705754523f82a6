"""The database's address: as people and providers write it → as SQLAlchemy's async engines do."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from bot.config.environment import from_environment, is_reference

_SQLITE = ("sqlite", "sqlite+aiosqlite")
_POSTGRES = ("postgresql", "postgres", "postgresql+asyncpg")


def database_url(text: str, env: Mapping[str, str], folder: Path) -> str:
    """The address with its driver, its password filled in and its file's path made absolute."""
    whole = is_reference(text)
    url = from_environment(text, env) if whole else text
    scheme, _, rest = url.partition("://")
    if scheme in _SQLITE and rest.removeprefix("/"):
        return _sqlite(rest.removeprefix("/"), folder)
    if scheme in _POSTGRES and rest:
        return f"postgresql+asyncpg://{rest if whole else _with_password(rest, env)}"
    raise ValueError(
        'write "sqlite:///soundingboard.sqlite" or "postgresql://user:$NAME@host/database".'
    )


def _sqlite(path: str, folder: Path) -> str:
    file = (folder / unquote(path)).resolve()
    return f"sqlite+aiosqlite:///{quote(file.as_posix(), safe='/:')}"


def _with_password(rest: str, env: Mapping[str, str]) -> str:
    password = urlsplit(f"//{rest}").password
    if not password:
        return rest
    if not is_reference(password):
        raise ValueError(
            "the password does not belong in this file. Write "
            '"postgresql://user:$DATABASE_PASSWORD@host/database" and set DATABASE_PASSWORD '
            "in the environment."
        )
    return rest.replace(f":{password}@", f":{quote(from_environment(password, env), safe='')}@", 1)
