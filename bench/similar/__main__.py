"""`python -m bench.similar FILE.jsonl`: similar ideas, beside those known to say the same."""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.lab import Scale, lab
from bench.rows import searching
from bench.similar import postgres, quality
from bench.similar.ranking import Ranking
from bench.similar.record import Ranked, Record, read
from bot.cli.log import configure
from storage.database import open_database

SERVER = os.environ.get("SOUNDINGBOARD_TEST_POSTGRES")
SIZES = (1_000, 10_000, 100_000)
_BASELINES = {"bm25, the 8 rarest words": 8, "bm25, all words": 1_000}


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 2 when the file cannot be read."""
    options = _parser().parse_args(arguments)
    configure("console")
    try:
        records = read(options.file)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        print(f"bench.similar: {options.file}: {problem}", file=sys.stderr)
        return 2
    ranked = asyncio.run(rank(records, arrival=options.arrival))
    if options.out:
        rows = "".join(one.row() + "\n" for one in ranked)
        options.out.write_text(rows, encoding="utf-8")
    if options.sizes:
        asyncio.run(latency(options.sizes, options.rounds))
    return 0


async def rank(records: Sequence[Record], *, arrival: bool) -> list[Ranked]:
    """Rank every idea, and print how well; on PostgreSQL too when a server is named."""
    with TemporaryDirectory(prefix="similar-") as folder:
        file = f"{folder}/soundingboard.sqlite"
        async with _ranking(f"sqlite+aiosqlite:///{file}", records) as ranking:
            ranked = await (ranking.arrival() if arrival else ranking.all_pairs())
            rows = [quality.ranking("ours", ranked)]
            for name, words in {} if arrival else _BASELINES.items():
                rows.append(quality.ranking(name, await ranking.by_bm25(file, words)))
    if SERVER:
        async with postgres.made(SERVER) as url, _ranking(url, records) as ranking:
            again = await (ranking.arrival() if arrival else ranking.all_pairs())
            rows.insert(1, quality.ranking("ours, on PostgreSQL", again))
    known = sum(bool(one.right) for one in ranked)
    against = "those before it" if arrival else "all others"
    print(f"{len(records):,} ideas, each against {against}; {known:,} with a duplicate there.\n")
    print("\n".join((quality.heading(), *rows)), end="\n\n")
    print(quality.offers(ranked), quality.cross_validated(ranked), sep="\n", end="\n\n")
    return ranked


@asynccontextmanager
async def _ranking(url: str, records: Sequence[Record]) -> AsyncIterator[Ranking]:
    database = await open_database(url)
    yield Ranking(database, records)
    await database.close()


async def latency(sizes: Sequence[int], rounds: int) -> None:
    """Print how fast they are found among made-up ideas, beside one query of the index; the goal
    is for 100,000."""
    print(_latency("", "ours", "one query", "ratio"))
    for ideas in sizes:
        async with lab(Scale(many=ideas, rounds=rounds)) as place:
            rows = [("SQLite", await searching.similar(place))]
        if SERVER:
            rows.append(("PostgreSQL", await postgres.latency(SERVER, ideas, rounds)))
        for name, row in rows:
            cells = row.ours, row.baseline, row.result
            print(_latency(f"{ideas:,} ideas, {name}", *cells), flush=True)


def _latency(name: str, *cells: str) -> str:
    return f"{name:34}" + "".join(f"{cell:>10}" for cell in cells)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.similar", description=__doc__)
    parser.add_argument("file", type=Path, help="ideas with known duplicates, a JSON object a line")
    parser.add_argument("--out", type=Path, help="where to write what was found, a line for each")
    parser.add_argument(
        "--arrival", action="store_true", help="only against those that came before"
    )
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=SIZES, help="boards to measure the latency on"
    )
    parser.add_argument("--rounds", type=int, default=Scale().rounds, help="searches on each")
    return parser


if __name__ == "__main__":
    sys.exit(main())
