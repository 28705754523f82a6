"""Reads the command line; one function a command."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from bot.cli import audit, run, unblock
from bot.cli.log import configure
from bot.config import Config, load, playground_config
from bot.errors import BotError

PLAYGROUND_FOLDER = Path("soundingboard-data")


def main(arguments: list[str] | None = None) -> None:
    """Run a command; exit code 0 when it worked, 2 when something must be mended first."""
    options = _parser().parse_args(arguments)
    configure(options.log)
    try:
        config, folder = _config(options.config)
        code = asyncio.run(options.command(config, folder, options))
    except BotError as problem:
        print(f"soundingboard: {problem}", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _config(file: Path | None) -> tuple[Config, Path]:
    """The configuration, and the folder its files live in; with none, the playground's."""
    if file is not None:
        return load(file, os.environ), file.resolve().parent
    folder = PLAYGROUND_FOLDER.resolve()
    folder.mkdir(exist_ok=True)
    return playground_config(folder), folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="soundingboard", description=__doc__)
    parser.description = "Carries customers' ideas to the product team, and the answer back."
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="the TOML file; without it, the playground"
    )
    parser.add_argument("--log", choices=("console", "json"), default="console")
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
    return parser


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of an idea.")
    return int(text)


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=text, description=text.capitalize() + ".")
