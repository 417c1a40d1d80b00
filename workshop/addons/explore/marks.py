"""The marks of a chart on the page: elements of SVG with classes instead of colours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from workshop.charts.draw import BASELINE, TICK
from workshop.charts.geometry import LEADING, Point, Rect
from workshop.charts.kind import Kinds
from workshop.charts.resolved import ResolvedChart
from workshop.charts.vector import DASHES

SIZE = 15.0  # text, in units of the drawing
NARROW, SHARE = 44.0, 0.86  # least width of the band at what was chosen, and its share of the room between two points

Element = tuple[str, str, dict[str, str]]  # name, text, attributes


class Marked:
    """A surface whose marks are elements of SVG, each in a layer, so that the states of a chart can be compared.

    Colours and weights are classes, so that every set of colours can be had. The page has no gridlines.
    """

    def __init__(self) -> None:
        """Begin without marks; dots of one colour become one element."""
        self.layers: dict[float, list[Element]] = {}

    def line(self, points: Sequence[Point], role: str, weight: float, dash: str = "", *, order: float = 2) -> None:
        """Draw a line through points."""
        if role != "faint":
            look = f"s-{role} w{max(1, min(5, round(weight)))}" + (" dash" if dash in DASHES else "")
            path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
            self._add(order, "path", "", {"class": look, "d": path})

    def mark(self, at: Point, symbol: str, size: float, role: str) -> None:
        """Draw a dot, the round end of a line without length, since names and colours tell series apart; a tick stays one."""
        if symbol == "none":
            return
        if symbol == "tick":
            wide = size * TICK
            area = Rect(at[0] - wide / 2, at[1] - size / 2, wide, size)
            self._add(4, "rect", "", {"class": f"f-{role}"} | _area(area))
            return
        look, dot = {"class": f"s-{role} dot", "stroke-width": _n(size)}, f"M{_n(at[0])} {_n(at[1])}h0"
        before = self.layers.setdefault(4, [])
        if before and before[-1][2] | look == before[-1][2]:
            dot = before.pop()[2]["d"] + dot
        self._add(4, "path", "", look | {"d": dot})

    def bar(self, rect: Rect, pattern: str, role: str) -> None:
        """Draw a filled rectangle; a pattern would be too fine at this size, so such a bar has only an outline."""
        self._add(1.5, "rect", "", {"class": f"{'o' if pattern else 'f'}-{role}"} | _area(rect))

    def words(self, text: str, box: Rect, size: float, role: str, *, bold: bool = False, align: str = "center") -> None:
        """Set text line by line, in one of the two sizes of the page's charts."""
        x = {"left": box.left, "right": box.right}.get(align, box.center[0])
        look = f"t-{role}" + {"center": " mid", "right": " end"}.get(align, "")
        look += (" b" if bold else "") + (" sm" if size < SIZE else "")
        for number, line in enumerate(text.split("\n")):
            y = box.top + (number + 0.5) * size * LEADING + size * BASELINE
            self._add(5, "text", line, {"class": look, "x": _n(x), "y": _n(y)})

    def _add(self, order: float, name: str, text: str, attributes: dict[str, str]) -> None:
        self.layers.setdefault(order, []).append((name, text, attributes))


def marked(resolved: ResolvedChart, kinds: Kinds) -> dict[float, list[Element]]:
    """Return the marks of a chart by layer."""
    return kinds.get(resolved.chart.kind).painted(resolved, Marked()).layers


def _n(value: float) -> str:
    return f"{round(value, 1):g}"


def _area(rect: Rect) -> dict[str, str]:
    places = {"x": rect.left, "y": rect.top, "width": rect.width, "height": rect.height}
    return {name: _n(value) for name, value in places.items()}


def band(resolved: ResolvedChart, number: int) -> Element:
    """Return the mark of the chosen point, bar or row: a band through the plot, which is seen from the back of a room."""
    frame, plot, series = resolved.frame, resolved.frame.plot, resolved.chart.series[0]
    xs = series.x or tuple(map(float, range(len(series.values))))
    middles = [frame.along_other(x) for x in xs]
    gaps = [abs(b - a) for a, b in pairwise(middles)]
    half = max(min(gaps, default=NARROW), NARROW) * SHARE / 2
    across = (plot.top, plot.bottom) if frame.lying else (plot.left, plot.right)
    low, high = max(middles[number] - half, across[0] - half), min(middles[number] + half, across[1] + half)
    place = Rect(low, plot.top, high - low, plot.height)
    if frame.lying:
        place = Rect(plot.left, low, plot.width, high - low)
    return "rect", "", {"class": "f-band"} | _area(place)
