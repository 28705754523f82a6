"""Reads the command line; one function a command."""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import structlog

from bot.cli import (
    audit,
    backup,
    bring,
    check,
    digest,
    export,
    invite,
    manifest,
    queue,
    run,
    unblock,
)
from bot.cli.log import configure
from bot.config import NO_SECRETS, Config, load, playground_config
from bot.errors import BotError, ConfigError

CODES = """exit codes:
  0    it worked
  1    the answer is no, or not all of it: nothing was found, `import` left rows out, `check` saw
       something to look at
  2    something must be mended first: the command line, the configuration, the storage
  70   it failed for a reason of its own; the log says where
  130  Ctrl-C
"""
PLAYGROUND_FOLDER = Path("soundingboard-data")

log = structlog.get_logger()


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit with one of `CODES`."""
    options = _parser().parse_args(arguments)
    configure(options.log)
    try:
        config, folder = _config(options.config, NO_SECRETS if options.secretless else os.environ)
        code = asyncio.run(options.command(config, folder, options))
    except BotError as problem:
        print(f"soundingboard: {problem}", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        code = 130
    except Exception:
        log.exception("command_failed")
        code = 70
    sys.exit(code)


def _config(file: Path | None, env: Mapping[str, str]) -> tuple[Config, Path]:
    """The configuration, and the folder its files live in; with none, the playground's."""
    if file is not None:
        return load(file, env), file.resolve().parent
    folder = PLAYGROUND_FOLDER.resolve()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ConfigError((f"{folder}: it cannot be made ({error.strerror}).",)) from error
    return playground_config(folder), folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="soundingboard",
        description="Carries customers' ideas to the product team, and the answer back.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="the TOML file; without it, the playground"
    )
    parser.add_argument("--log", choices=("console", "json"), default="console")
    parser.set_defaults(secretless=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    start = _add(commands, "run", "start the bot; Ctrl-C stops it in order")
    start.add_argument("--port", type=int, help="instead of web.port; 0 takes any free one")
    start.set_defaults(command=run.run)
    story = _add(commands, "audit", "everything that happened to an idea")
    story.add_argument("number", type=_number)
    story.set_defaults(command=audit.audit)
    lift = _add(commands, "unblock", "let the author of an idea suggest again")
    lift.add_argument("number", type=_number)
    lift.set_defaults(command=unblock.unblock)
    report = _add(commands, "digest", "prepare a digest now; the running bot posts it")
    report.add_argument(
        "--period", default="last-week", help="last-week, this-week, or a week such as 2026-W45"
    )
    report.add_argument("--dry-run", action="store_true", help="only print what it would say")
    report.set_defaults(command=digest.digest)
    _add_transfer(commands)
    _add_operating(commands)
    return parser


def _add_operating(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    rows = _add(commands, "queue", "what waits to be delivered or done, or was given up")
    rows.add_argument("--dead", action="store_true", help="what was given up, the latest first")
    rows.add_argument("--retry", type=_row, metavar="ROW|all", help="let dead rows wait again")
    rows.set_defaults(command=queue.queue)
    right = _add(commands, "check", "whether all that the bot needs is there; changes nothing")
    right.epilog = "exit codes: 0 all is right, 1 have a look, 2 mend it before you start"
    right.set_defaults(command=check.check)
    app = _add(commands, "manifest", "print what to create a connection's Slack app from, as JSON")
    app.add_argument("connection", metavar="NAME", help="a connection of the configuration")
    app.set_defaults(command=manifest.manifest, secretless=True)
    link = _add(commands, "invite", "print the link that adds a connection's bot to its server")
    link.add_argument("connection", metavar="NAME", help="a Discord connection")
    link.set_defaults(command=invite.invite)


def _add_transfer(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    out = _add(commands, "export", "write the whole board to standard output, or to a file")
    out.add_argument("--format", choices=("json", "csv"), default="json")
    out.add_argument("--out", type=Path, metavar="FILE", help="only its owner may read it")
    out.set_defaults(command=export.export)
    back = _add(commands, "import", "bring in an export, or the ideas of another board")
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--from", dest="source", choices=bring.SOURCES, default=bring.OURS)
    back.add_argument("--connection", help="whose ideas another board's become; else the first")
    back.add_argument(
        "--status", type=bring.status, action="append", metavar="THEIRS=OURS",
        help='what a status of another board means, such as "In Beta=in_progress"',
    )  # fmt: skip
    back.set_defaults(command=bring.import_file)
    copy = _add(commands, "backup", "copy the database to a new file while the bot runs")
    copy.add_argument("file", type=Path, metavar="FILE")
    copy.set_defaults(command=backup.backup)


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of an idea.")
    return int(text)


def _row(text: str) -> str:
    if text != "all" and not (text.isdecimal() and 0 < int(text) < 2**63):
        raise argparse.ArgumentTypeError(f"{text!r} is neither the number of a row nor `all`.")
    return text


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=text, description=text.capitalize() + ".")
