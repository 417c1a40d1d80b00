"""A surface for charts that are drawn as vectors."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from workshop.charts.draw import BASELINE, TICK
from workshop.charts.geometry import LEADING, TINT, TINT_SHARE, Point, Rect, Segment

DASHES = {"sysDash": (3, 1), "lgDashDot": (8, 3, 1, 3), "dash": (4, 3)}  # in widths of the line
STRIPES = {"wdUpDiag": 45.0, "wdDnDiag": -45.0, "dkHorz": 0.0}  # pattern -> its angle in degrees
DOTS, DOT, ROW = "pct50", 1.5, 2.2  # a dotted pattern, the side of its squares and the height of its rows in points
PITCH, STRIPE = 6.0, 1.4  # points from stripe to stripe, and their weight
CORNERS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle": ((0, -1), (1, 1), (-1, 1)),
    "tick": ((-TICK, -1), (TICK, -1), (TICK, 1), (-TICK, 1)),
}
Paints = Callable[[str], str]


class Vector:
    """SVG elements in a coordinate system of points.

    Args:
        fill: colour role -> attributes that fill an area or text with it.
        stroke: colour role -> attributes that draw a line in it.
        clean: makes a text ready to be shown.
    """

    def __init__(self, fill: Paints, stroke: Paints, clean: Callable[[str], str] = str) -> None:
        self._fill, self._stroke, self._clean = fill, stroke, clean
        self._drawn: list[tuple[float, str]] = []

    def save(self) -> str:
        """Return everything that was drawn, the lowest first."""
        return "".join(element for _, element in sorted(self._drawn, key=lambda drawn: drawn[0]))

    def line(self, points: Sequence[Point], role: str, weight: float, dash: str = "", *, order: float = 2) -> None:
        """Draw a line through points."""
        places = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        look = 'stroke-linecap="round" stroke-linejoin="round"'
        if dash in DASHES:
            look = f'stroke-dasharray="{" ".join(_n(part * weight) for part in DASHES[dash])}"'
        made = f'<polyline points="{places}" fill="none" {self._stroke(role)} stroke-width="{_n(weight)}" {look}/>'
        self._drawn.append((order, made))

    def mark(self, at: Point, symbol: str, size: float, role: str) -> None:
        """Draw a marker of ``size`` points across."""
        if symbol == "none":
            return
        (x, y), half, look = at, size / 2, self._fill(role)
        if symbol == "circle":
            made = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(half)}" {look}/>'
        else:
            corners = " ".join(f"{_n(x + dx * half)},{_n(y + dy * half)}" for dx, dy in CORNERS[symbol])
            made = f'<polygon points="{corners}" {look}/>'
        self._drawn.append((4, made))

    def bar(self, rect: Rect, pattern: str, role: str) -> None:
        """Draw a bar, solid or with a pattern."""
        place = f'x="{_n(rect.left)}" y="{_n(rect.top)}" width="{_n(rect.width)}" height="{_n(rect.height)}"'
        if not pattern:
            self._drawn.append((1.5, f"<rect {place} {self._fill(role)}/>"))
            return
        ground = f"<rect {place} {self._fill('bg')}/>"
        edge = f'{self._stroke(role)} stroke-width="1.5"'
        inner = f'<rect {place} {self._fill(role)} opacity="{TINT_SHARE}"/>' if pattern == TINT else ""
        inner = inner or self._patterned(rect, pattern, role)
        self._drawn.append((1.5, f'{ground}{inner}<rect {place} fill="none" {edge}/>'))

    def _patterned(self, rect: Rect, pattern: str, role: str) -> str:
        """Return the stripes or dots of a bar as single shapes, since viewers show the seams of a tiling."""
        if pattern == DOTS:
            dots = "".join(f"M{_n(x)} {_n(y)}h{DOT}v{DOT}h-{DOT}z" for x, y in _grid(rect))
            return f'<path d="{dots}" {self._fill(role)}/>'
        lines = "".join(
            f"M{_n(a[0])} {_n(a[1])}L{_n(b[0])} {_n(b[1])}" for a, b in _stripes(rect, STRIPES.get(pattern, 45.0))
        )
        return f'<path d="{lines}" fill="none" {self._stroke(role)} stroke-width="{STRIPE}"/>'

    def words(self, text: str, box: Rect, size: float, role: str, *, bold: bool = False, align: str = "center") -> None:
        """Set text in an estimated box, line by line: "left", "center" or "right" in it."""
        x = {"left": box.left, "right": box.right}.get(align, box.center[0])
        anchor = {"left": "start", "right": "end"}.get(align, "middle")
        look = f'font-size="{_n(size)}" text-anchor="{anchor}" {self._fill(role)}' + ' font-weight="700"' * bold
        for number, line in enumerate(text.split("\n")):
            y = box.top + (number + 0.5) * size * LEADING + size * BASELINE
            shown = escape(self._clean(line)).replace("  ", " \u00a0")
            self._drawn.append((5, f'<text x="{_n(x)}" y="{_n(y)}" {look}>{shown}</text>'))


def _n(value: float) -> str:
    return f"{round(value, 2):g}"


def _grid(rect: Rect) -> Iterator[Point]:
    """Yield the corners of the dots in a rectangle; every other row is shifted by half a step."""
    for row in range(int(rect.height / ROW)):
        shift = ROW * (row % 2) + (ROW - DOT) / 2
        for column in range(int((rect.width - shift - DOT) / (2 * ROW)) + 1):
            yield rect.left + shift + 2 * ROW * column, rect.top + (ROW - DOT) / 2 + ROW * row


def _stripes(rect: Rect, angle: float) -> Iterator[Segment]:
    """Yield parallel lines inside a rectangle; an angle of 0 is horizontal, and a positive one rises to the right."""
    if angle == 0:
        for number in range(1, int(rect.height / PITCH) + 1):
            y = rect.top + (number - 0.5) * PITCH
            yield (rect.left, y), (rect.right, y)
        return
    rising, step = angle > 0, PITCH * math.sqrt(2)
    for number in range(1, int((rect.width + rect.height) / step) + 1):
        along = number * step  # where the line meets the upper edge, from the corner that it starts at
        ends = (
            (min(along, rect.width), max(0.0, along - rect.width)),
            (max(0.0, along - rect.height), min(along, rect.height)),
        )
        (x1, y1), (x2, y2) = ends if rising else tuple((rect.width - x, y) for x, y in ends)
        yield (rect.left + x1, rect.top + y1), (rect.left + x2, rect.top + y2)
