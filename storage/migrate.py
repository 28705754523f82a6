"""Bring a database up to this code, inside the caller's transaction."""

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    func,
    insert,
    inspect,
    select,
)

from bot.errors import StorageError
from storage import schema
from storage.search import SEARCH_TABLES

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_468_317  # ours alone: two processes that start together migrate one after the other
# As Alembic makes it, in `MigrationContext`.
_VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def migrate(connection: Connection) -> None:
    """Run what is missing; StorageError when the database is ahead of this code.

    Alembic takes a third of a second to import, so it is only when there is something to run. An
    empty database is made as the schema says, which is what the migrations would come to.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    version = _version(connection)
    if version is None:
        _create(connection)
    elif missing(connection):
        upgrade(connection, version)


def _create(connection: Connection) -> None:
    schema.metadata.create_all(connection, checkfirst=False)
    for statement in SEARCH_TABLES[connection.dialect.name].made:
        connection.exec_driver_sql(statement)
    _VERSION.create(connection, checkfirst=False)
    connection.execute(insert(_VERSION).values(version_num=versions()[-1]))


def missing(connection: Connection) -> list[str]:
    """The migrations still to be run; StorageError when the database is ahead of this code."""
    known = versions()
    version = _version(connection)
    if version is None:
        return known
    if version not in known:
        raise StorageError(
            f"The database is at version {version}, newer than this Sounding Board "
            f"(which knows up to {known[-1]}). Install the newer release, or restore the backup "
            "made before it."
        )
    return known[known.index(version) + 1 :]


def versions() -> list[str]:
    """All migrations, the first one first."""
    return sorted(file.stem.partition("_")[0] for file in MIGRATIONS.glob("[0-9]*.py"))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION.name):
        return None
    return connection.scalar(select(_VERSION.c.version_num))


def upgrade(connection: Connection, version: str | None, to: str = "head") -> None:
    """Run the migrations after `version` (None: all of them) up to another."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    context = MigrationContext.configure(connection)
    steps = list(script.iterate_revisions(to, version or "base"))
    with Operations.context(context):
        for step in reversed(steps):
            step.module.upgrade()
            context.stamp(script, step.revision)
