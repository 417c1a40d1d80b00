"""The place of a label beside a point: the first one where it covers nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop.charts.canvas import Obstacles
from workshop.charts.geometry import Point, Rect


def beside(at: Point, width: float, height: float, clear: float) -> Iterator[Rect]:
    """Yield the boxes right, left, above and below a point, ``clear`` points away from it.

    >>> [box.center for box in beside((0, 0), 20, 10, 5)]
    [(15.0, 0.0), (-15.0, 0.0), (0.0, -10.0), (0.0, 10.0)]
    """
    x, y = at
    across, along = clear + width / 2, clear + height / 2
    for dx, dy in ((across, 0.0), (-across, 0.0), (0.0, -along), (0.0, along)):
        yield Rect(x + dx - width / 2, y + dy - height / 2, width, height)


def free_place(choices: Iterable[Rect], obstacles: Obstacles) -> Rect:
    """Return the first box that covers nothing, or else the one that covers least.

    Raises:
        ValueError: if there are no boxes.
    """
    best: tuple[float, Rect] | None = None
    for box in choices:
        cost = round(obstacles.cost(box), 3)
        if cost <= 0:
            return box
        if best is None or cost < best[0]:
            best = cost, box
    if best is None:
        raise ValueError("a label needs a place to choose from")
    return best[1]
