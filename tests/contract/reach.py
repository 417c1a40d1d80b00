"""How far down a slide its content reaches, from a finished layout: an empty lower part looks like a mistake.

``python -m tests.contract.reach`` prints for each audience and slot how many slides reach how far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.contract.kits import AUDIENCES, laid_out
from workshop.layout.laid import LaidItem, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.layouts.grid import HEIGHT, PANEL_WIDTH
from workshop.model.theme import Box

MADE_SO = frozenset({"cover", "section", "statement"})  # layouts with white space of their own
FOOT = frozenset({"source", "mode", "minutes", "unit", "tag", "asked", "right-option"})  # not what a slide is about
LEAST = 0.6
SLOTS = (45, 90, 180, 360)


def reach(slide: LaidSlide) -> float:
    """Return how far down the content beside the panel reaches: 1 is the foot of the slide."""
    panelled = any(decor.box.x == 0 and decor.box.w == PANEL_WIDTH for decor in slide.layout.decor)
    left = PANEL_WIDTH if panelled else 0
    boxes = [box for item in slide.items for box in _boxes(item) if box.x >= left]
    boxes += [d.box for d in slide.layout.decor if d.kind == "rect" and d.box.x >= max(left, 1)]
    return max((box.bottom for box in boxes), default=0) / HEIGHT


def _boxes(item: LaidItem) -> Iterator[Box]:
    if isinstance(item, LaidShapes):
        yield from (shape.box for shape in item.shapes if shape.kind in ("rect", "text", "picture"))
        return
    box = item.placeholder.box
    if isinstance(item, LaidText):
        if item.placeholder.role in FOOT:
            return
        free = 0 if item.placeholder.fill else max(0, box.h - item.height)
        above = {"ctr": free // 2, "b": free}.get(item.placeholder.anchor, 0)
        yield Box(box.x, box.y + above, box.w, box.h - free)
    else:
        yield Box(box.x, box.y, box.w, sum(item.heights)) if isinstance(item, LaidTable) else box


def main(cache: Path) -> None:
    """Print the table."""
    for audience in AUDIENCES:
        for minutes in SLOTS:
            slides = [s for s in laid_out(audience, minutes, cache)[0].slides if not s.slide.hidden]
            found = Counter(min(9, int(reach(s) * 10)) for s in slides)
            shares = "  ".join(f"{k * 10:>3}%: {found[k] / len(slides):4.0%}" for k in range(10) if found[k])
            print(f"{audience:<11}{minutes:>4} min  {shares}")  # noqa: T201 - it is a command


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(Path(folder))
