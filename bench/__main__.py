"""`python -m bench`: every row of what we aim at, beside its baseline, measured in one run."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter

from bench.lab import Lab, Scale, lab
from bench.rows import burst, digest, discord, searching, slack, starting, talk, writing
from bench.table import Row, heading, line
from bot.cli.log import configure

ROWS: dict[str, Callable[[Lab], Awaitable[Row]]] = {
    "form": writing.submitting,
    "vote": writing.voting,
    "form-among-many": searching.submitting_among_many,
    "message": talk.talking,
    "slack-form": slack.submitting,
    "slack-vote": slack.voting,
    "slack-message": slack.talking,
    "discord-form": discord.submitting,
    "discord-vote": discord.voting,
    "discord-message": discord.talking,
    "similar": searching.similar,
    "burst": burst.bursting,
    "digest": digest.digesting,
    "read-during-digest": digest.reading_meanwhile,
    "start": starting.starting,
    "first-start": starting.starting_anew,
    "memory": starting.resident,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Always 0: a table informs, only tests judge."""
    options = _parser().parse_args(arguments)
    configure("console")
    asyncio.run(measure(options.only or list(ROWS), Scale(many=options.ideas)))
    return 0


async def measure(names: Sequence[str], scale: Scale) -> None:
    """Print each row as soon as it is known."""
    start = perf_counter()
    print(f"Medians of {scale.rounds} rounds ({scale.starts} for starts), both sides in turn.\n")
    print(heading())
    async with lab(scale) as place:
        for name in names:
            print(line(await ROWS[name](place)), flush=True)
    print(f"\n{perf_counter() - start:.0f} s in all.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=ROWS, help="one row; may be repeated")
    parser.add_argument(
        "--ideas", type=int, default=Scale().many, metavar="N", help="what is many (100,000)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
