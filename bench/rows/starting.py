"""How soon the playground shows its page, and how much memory it takes: real processes."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from bench.filling import duplicate
from bench.lab import Lab
from bench.process import served
from bench.table import Row, ratio, verdict

_IMPORTS = "import aiohttp, sqlalchemy.ext.asyncio"
_RESIDENT = f"{_IMPORTS}, aiosqlite, pydantic; print(open('/proc/self/status').read())"
_GOAL_MB, _LIMIT_MB = 20, 60


async def starting(lab: Lab) -> Row:
    """From the command to the page with everything on it, the files being there already."""
    folder = _folder(lab, "start")
    _first_page(folder)
    pairs = [(_first_page(folder), _imported()) for _ in range(lab.scale.starts)]
    note = "beside a process that imports aiohttp and SQLAlchemy"
    return _row("first page after a start", pairs, note)


async def starting_anew(lab: Lab) -> Row:
    """The same in an empty folder, where the tables must be made first."""
    folders = [_folder(lab, f"new-{number}") for number in range(lab.scale.starts)]
    pairs = [(_first_page(folder), _imported()) for folder in folders]
    note = "beside the same; the very first start also makes the tables"
    return _row("first page after the first start", pairs, note)


async def resident(lab: Lab) -> Row:
    """Memory of a process that serves the playground over many ideas, after a search."""
    work = f"memory at {lab.scale.many:,} ideas"
    goals = f"+{_GOAL_MB} MB", f"+{_LIMIT_MB} MB"
    if not sys.platform.startswith("linux"):
        return Row(work, "–", "–", "–", *goals, "not measured", "it needs Linux")
    folder = _folder(lab, "memory")
    duplicate((await lab.shelf(lab.scale.many)).file, folder / "soundingboard.sqlite")
    with served(folder) as page:
        page.see()
        page.ask(f"/ideas {lab.language.text(8, 8)}")
        ours = _megabytes(page.status())
    base = _megabytes(_python(_RESIDENT))
    note = "beside aiohttp, SQLAlchemy, aiosqlite and pydantic imported"
    shown = f"{ours:.0f} MB", f"{base:.0f} MB", f"{ours - base:+.0f} MB"
    return Row(work, *shown, *goals, verdict(ours - base, _GOAL_MB, _LIMIT_MB), note)


def _row(work: str, pairs: list[tuple[float, float]], note: str) -> Row:
    ours, base = zip(*pairs, strict=True)
    return ratio(work, ours, base, 1.5, 2.5, note)


def _folder(lab: Lab, name: str) -> Path:
    folder = lab.folder / name
    folder.mkdir()
    return folder


def _first_page(folder: Path) -> float:
    start = perf_counter()
    with served(folder) as page:
        page.see()
        return perf_counter() - start


def _imported() -> float:
    start = perf_counter()
    _python(_IMPORTS)
    return perf_counter() - start


def _python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def _megabytes(status: str) -> float:
    """Resident memory, from what Linux says of a process."""
    (resident,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(resident.split()[1]) / 1024
