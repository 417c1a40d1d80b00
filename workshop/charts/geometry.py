"""Rectangles, lines and boxes of text, in points from the top left corner; y grows downwards."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from workshop.charts.estimate import text_height, text_width

Point = tuple[float, float]
Segment = tuple[Point, Point]

LABEL_GAP = 4.0


class Rect(Struct, frozen=True):
    """A rectangle in points; y grows downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """x of the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """y of the lower edge."""
        return self.top + self.height

    @property
    def center(self) -> Point:
        """The middle."""
        return self.left + self.width / 2, self.top + self.height / 2

    def overlap(self, other: Rect) -> float:
        """Return the shared area in square points."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)

    def outside(self, other: Rect) -> float:
        """Return how far this extends beyond ``other``, summed over all sides."""
        return (
            max(other.left - self.left, 0.0)
            + max(self.right - other.right, 0.0)
            + max(other.top - self.top, 0.0)
            + max(self.bottom - other.bottom, 0.0)
        )

    def crossed(self, segment: Segment) -> float:
        """Return the length of ``segment`` inside (Liang and Barsky's clipping)."""
        (x0, y0), (x1, y1) = segment
        start, end = 0.0, 1.0
        for move, near in (
            (x0 - x1, x0 - self.left),
            (x1 - x0, self.right - x0),
            (y0 - y1, y0 - self.top),
            (y1 - y0, self.bottom - y0),
        ):
            if move == 0:
                if near < 0:
                    return 0.0
            elif move < 0:
                start = max(start, near / move)
            else:
                end = min(end, near / move)
        return max(end - start, 0.0) * math.hypot(x1 - x0, y1 - y0)


def text_box(text: str, size: float, at: Point, position: str, clear: float, *, bold: bool = False) -> Rect:
    """Return the box of a text beside a point, ``clear`` points away from it."""
    width, height = text_width(text, size, bold=bold), text_height(text, size)
    x, y = at
    left = {"right": x + clear, "left": x - clear - width}.get(position, x - width / 2)
    top = {"above": y - clear - height, "below": y + clear}.get(position, y - height / 2)
    return Rect(left, top, width, height)


def moved(box: Rect, dx: float, dy: float) -> Rect:
    """Return a shifted ``box``."""
    return Rect(box.left + dx, box.top + dy, box.width, box.height)


def spread(centers: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return centres as near to ``centers`` as possible, so that intervals of ``heights`` neither overlap nor leave the range.

    Neighbours that would overlap are pooled and moved together (isotonic regression); the order is kept. If all of
    them together are taller than the range, they start at ``low`` and extend beyond the end.

    >>> spread([10, 10], [4, 4], 0, 20)
    [8.0, 12.0]
    """
    order = sorted(range(len(centers)), key=lambda i: (centers[i], i))
    offsets, total = [], 0.0
    for i in order:
        offsets.append(total + heights[i] / 2)
        total += heights[i]
    blocks: list[list[float]] = []
    for i, offset in zip(order, offsets, strict=True):
        blocks.append([centers[i] - offset, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, n), (two, m) = blocks[-2:]
            blocks[-2:] = [[(one * n + two * m) / (n + m), n + m]]
    starts = [start for start, count in blocks for _ in range(int(count))]
    result = [0.0] * len(centers)
    for i, offset, start in zip(order, offsets, starts, strict=True):
        result[i] = max(min(start, high - total), low) + offset
    return result
