"""Digests to be shown: what their ids stand for now, as their readers may know it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.board.digest import viewer_for
from bot.config import Config
from bot.digests import Digest, Section
from bot.ideas import Decision, Idea
from bot.people import Role, Viewer
from bot.store import Store
from bot.summaries import Thread

LATEST = 52
"""Past digests that are offered to read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A digest with its ideas, decisions and threads, by number and row; what the viewer may not
    see, or not any more, is left out."""

    digest: Digest
    viewer: Viewer
    ideas: Mapping[int, Idea] = field(default_factory=dict)
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    threads: Mapping[int, tuple[Thread, str]] = field(default_factory=dict)


async def look_up(
    store: Store, digest: Digest, viewer: Viewer, sections: Collection[Section] = tuple(Section)
) -> Shown:
    """What some sections speak of (3 statements, one more for each decision)."""
    entries = [
        entry
        for section, listed in digest.sections.items()
        if section in sections
        for entry in listed.entries
    ]
    found = await store.ideas({entry.idea for entry in entries if entry.idea})
    found |= await store.ideas({one.merged_into for one in found.values() if one.merged_into})
    made = [await store.decision(entry.decision) for entry in entries if entry.decision]
    return Shown(
        digest,
        viewer,
        {number: idea for number, idea in found.items() if idea.visible_to(viewer)},
        {decision.id: decision for decision in made if decision and not decision.undone},
        await store.threads_of({entry.thread for entry in entries if entry.thread}),
    )


async def past(store: Store, viewer: Viewer) -> list[Digest]:
    """The latest digests with something to say, without their sections; for the product team."""
    if not viewer.has(Role.PRODUCT):
        return []
    return [
        Digest(period, {}, destination=destination, id=row)
        for row, destination, period in await store.past_digests(LATEST)
    ]


async def read(store: Store, config: Config, viewer: Viewer, row: int) -> Shown | None:
    """A past digest as it was made, for its own channel's eyes; for the product team."""
    digest = await store.digest(row) if viewer.has(Role.PRODUCT) else None
    if digest is None or digest.destination is None:
        return None
    return await look_up(store, digest, viewer_for(config, digest.destination))
