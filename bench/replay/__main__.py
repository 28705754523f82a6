"""`python -m bench.replay FILE.jsonl`: a recorded community, event by event."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tqdm import tqdm  # type: ignore[import-untyped]

from bench.playground import playground
from bench.replay.ending import digest, summaries
from bench.replay.record import BadRecord, Thread, read
from bench.replay.scene import Scene
from bench.replay.summary import show
from bot.cli.log import configure


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything arrived, 1 when not, 2 when the file is no record."""
    options = _parser().parse_args(arguments)
    configure("console")
    try:
        threads = read(options.file, options.limit)
    except (OSError, BadRecord) as problem:
        print(f"bench.replay: {problem}", file=sys.stderr)
        return 2
    return asyncio.run(replay(threads, options.seed))


async def replay(threads: Sequence[Thread], seed: int) -> int:
    """Act every thread out in a new community and look at it; the exit code."""
    messages = sum(1 + len(thread.replies) for thread in threads)
    print(
        f"{len(threads):,} recorded threads, {messages:,} messages, played in simulated time. "
        f"Sample voters, escalations and decisions (seed {seed}) stand for what the record lacks."
    )
    with TemporaryDirectory(prefix="replay-") as name:
        folder = Path(name)
        async with playground(folder) as stage:
            with tqdm(total=messages, unit="message", smoothing=0) as bar:
                scene = Scene(stage, seed, bar.update)
                await scene.join(threads)
                start = perf_counter()
                for number, thread in enumerate(threads):
                    await scene.act(thread, captured=number % 2 == 1)
                seconds = perf_counter() - start
            events = stage.events
            short, week = await summaries(stage, scene.acted), await digest(stage, threads)
            right = await show(stage, scene.did, folder) | short.right | week.right
            print(f"\n{short.text}\n\n{week.text}\n")
    for what, holds in right.items():
        print(f"{'yes' if holds else 'NO'}: {what}")
    rate = events / seconds if threads else 0.0
    print(f"{events:,} events in {seconds:,.0f} s: {rate:,.0f} events/s")
    return 0 if all(right.values()) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.replay", description=__doc__)
    parser.add_argument("file", type=Path, help="recorded threads, one JSON object a line")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N threads")
    parser.add_argument("--seed", type=int, default=1, help="for the samples (default: 1)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
