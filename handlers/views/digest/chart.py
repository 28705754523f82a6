"""Ideas and votes by week as a small picture, where matplotlib is installed (extra `charts`)."""

from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PANELS = (("Ideas", "#0e6b64"), ("Votes", "#c98a1b"))
_INK, _PALE = "#33403f", "#d7dedd"
_one_at_a_time = Lock()  # matplotlib is not safe to draw with in two threads


def draw(weeks: Sequence[str], ideas: Sequence[int], votes: Sequence[int]) -> bytes | None:
    """A PNG of two rows of bars, 960 × 480; None without matplotlib. Takes a second the first time:
    not for the event loop."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return None
    with _one_at_a_time:
        figure = Figure(figsize=(6.4, 3.2), dpi=150, layout="constrained")
        panels = figure.subplots(2, 1, sharex=True)
        for axes, (title, color), counts in zip(panels, _PANELS, (ideas, votes), strict=True):
            _bars(axes, title, color, counts)
        panels[-1].set_xticks(range(len(weeks)), labels=list(weeks))
        picture = BytesIO()
        figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def _bars(axes: "Axes", title: str, color: str, counts: Sequence[int]) -> None:
    """One row: its name, a bar a week with the number on it, the last one in full colour."""
    last = len(counts) - 1
    shades = [color if place == last else color + "88" for place in range(len(counts))]
    bars = axes.bar(range(len(counts)), counts, color=shades, width=0.7)
    axes.bar_label(bars, labels=[f"{count:,}" for count in counts], color=_INK, fontsize=8)
    axes.set_title(title, loc="left", color=_INK, fontsize=9, fontweight="bold")
    axes.set_ylim(0, max(*counts, 1) * 1.35)
    axes.set_yticks([])
    axes.tick_params(length=0, colors=_INK, labelsize=8)
    axes.spines[["top", "left", "right"]].set_visible(False)
    axes.spines["bottom"].set_color(_PALE)
