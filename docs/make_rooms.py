"""Draw ``docs/pictures/rooms.svg`` from ``docs/rooms.yaml``: the rooms of the core of ``workshop/`` and their allowed imports."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import yaml

mpl.use("svg")
import matplotlib.pyplot as plt
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT, ACROSS, DOWN = 2.3, 0.62, 2.6, 1.25
INK, LINE, FILL = "#22302b", "#b4beb9", "#e8f1ec"


def levels(rooms: dict[str, frozenset[str]]) -> dict[str, int]:
    """Return the number of rooms on the longest path from each room down to a foundation."""
    found: dict[str, int] = {}

    def level(name: str) -> int:
        if name not in found:
            found[name] = 1 + max((level(other) for other in rooms[name]), default=-1)
        return found[name]

    for name in rooms:
        level(name)
    return found


def needed(rooms: dict[str, frozenset[str]], name: str) -> set[str]:
    """Return the rooms that ``name`` imports and that none of its other imports leads to: the arrows to draw."""

    def below(start: str) -> set[str]:
        return set(rooms[start]).union(*(below(other) for other in rooms[start]))

    return set(rooms[name]) - set().union(*(below(other) for other in rooms[name]))


def draw(rooms: dict[str, frozenset[str]], target: Path) -> None:
    """Write the picture; the same rooms give the same bytes."""
    mpl.rcParams["svg.hashsalt"] = "rooms"
    mpl.rcParams["svg.fonttype"] = "none"
    rows: dict[int, list[str]] = {}
    for name, row in levels(rooms).items():
        rows.setdefault(row, []).append(name)
    widest = max(map(len, rows.values()))
    place = {
        name: ((column + (widest - len(names)) / 2) * ACROSS, row * DOWN)
        for row, names in rows.items()
        for column, name in enumerate(names)
    }
    figure, axes = plt.subplots(figsize=(widest * ACROSS * 0.62, len(rows) * DOWN * 0.72))
    for name, (x, y) in place.items():
        for other in sorted(needed(rooms, name)):
            to = place[other]
            arrow = FancyArrowPatch(
                (x, y - HEIGHT / 2), (to[0], to[1] + HEIGHT / 2), arrowstyle="-|>", mutation_scale=9, color=LINE, lw=0.9
            )
            axes.add_patch(arrow)
        box = FancyBboxPatch(
            (x - WIDTH / 2, y - HEIGHT / 2),
            WIDTH,
            HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.12",
            fc=FILL,
            ec=INK,
            zorder=3,
        )
        axes.add_patch(box)
        axes.text(x, y, name, ha="center", va="center", fontsize=11, color=INK, family="sans-serif", zorder=4)
    axes.set_xlim(-WIDTH, (widest - 1) * ACROSS + WIDTH)
    axes.set_ylim(-HEIGHT, (len(rows) - 1) * DOWN + HEIGHT)
    axes.set_axis_off()
    figure.savefig(target, bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    table = yaml.safe_load((HERE / "rooms.yaml").read_text("utf-8"))
    core = {name: room for name, room in table.items() if name.partition(".")[0] not in ("addons", "ai_models")}
    draw({name: frozenset(room["imports"].split()) for name, room in core.items()}, HERE / "pictures" / "rooms.svg")
