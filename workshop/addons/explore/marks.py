"""The marks of a chart on the page: elements of SVG with classes instead of colours, each of them at a point, bar or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from workshop.charts.draw import BASELINE, TICK
from workshop.charts.geometry import LEADING, Point, Rect
from workshop.charts.kind import Kinds
from workshop.charts.resolved import BarFrame, ResolvedChart
from workshop.charts.vector import DASHES

SIZE = 15.0  # text, in units of the drawing
DOT = "9"  # across, in units of the drawing
SPOT, FOOT = 6.0, 14.0  # thickness of the mark of what was chosen, and its width below a point
NUMBER = re.compile(r"-?[\d.]+")
VALUE = re.compile(r"[<+−]?[\d.,]+%?")  # a number as it is printed, and nothing else

Element = tuple[str, str, dict[str, str]]  # name, text, attributes


class Marked:
    """A surface whose marks are elements of SVG, each in a layer, so that the states of a chart can be compared.

    Colours and weights are classes, so that every set of colours can be had. The page has no gridlines.
    """

    def __init__(self, *, apart: bool = False) -> None:
        """Begin without marks; ``apart`` keeps dots of one colour apart, which are one element otherwise, since the page is large."""
        self.layers: dict[float, list[Element]] = {}
        self.apart = apart

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
        if before and not self.apart and before[-1][2] | look == before[-1][2]:
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


def marked(resolved: ResolvedChart, kinds: Kinds, points: int = 0) -> dict[float, list[Element]]:
    """Return the marks of a chart by layer.

    Args:
        points: how many points or bars there are that are shown one after the other; each mark then says at which it is, and a
            line through them that it is a curve.
    """
    layers = kinds.get(resolved.chart.kind).painted(resolved, Marked(apart=bool(points))).layers
    if not points:
        return layers
    x = resolved.chart.series[0].x
    middles = [resolved.frame.along_other(x[number] if x else float(number)) for number in range(points)]
    layers[4] = [*layers.get(4, []), *_missing_dots(layers, len(middles))]
    return {order: [_at_a_point(one, resolved, middles) for one in layer] for order, layer in layers.items()}


def _missing_dots(layers: Mapping[float, Sequence[Element]], points: int) -> Iterator[Element]:
    """Yield dots for each curve that is only a line, so that its points can be shown one by one, too."""
    paths = [attributes for layer in layers.values() for name, _, attributes in layer if name == "path"]
    dotted = {attributes["class"].split()[0] for attributes in paths if "dot" in attributes["class"].split()}
    for attributes in paths:
        role, at = attributes["class"].split()[0], NUMBER.findall(attributes["d"])
        if role not in dotted and len(at) >= 2 * max(points, 3):
            for x, y in zip(at[::2], at[1::2], strict=True):
                yield "path", "", {"class": f"{role} dot", "stroke-width": DOT, "d": f"M{x} {y}h0"}


def _at_a_point(element: Element, resolved: ResolvedChart, middles: Sequence[float]) -> Element:
    name, text, attributes = element
    if name == "path" and "L" in attributes["d"]:
        said = "dash" in attributes["class"] or attributes["d"].count("L") + 1 >= max(
            len(middles), 3
        )  # a reference, or a curve
        return name, text, attributes | ({"data-curve": "1"} if said else {})
    if name == "path" and "dot" not in attributes["class"].split():
        return element
    at = (
        [float(number) for number in NUMBER.findall(attributes["d"])[:2]]
        if name == "path"
        else [
            float(attributes[key]) + float(attributes.get(size, 0)) / 2
            for key, size in (("x", "width"), ("y", "height"))
        ]
    )
    plot = resolved.frame.plot
    if name == "text" and at[0] > plot.right + 1 and not VALUE.fullmatch(text):
        return name, text, attributes | {"data-curve": "1"}  # the name of a curve that ends at the foot
    if at[0] < plot.left - 1 or not plot.top - SIZE < at[1] < plot.bottom + 1:
        return element  # along an axis
    if name == "text" and not VALUE.fullmatch(
        text
    ):  # the name at the end of a curve tells where it ends; that of a reference, where it is
        return name, text, attributes | {"data-curve": "1"}
    along = at[1] if resolved.frame.lying else at[0]
    nearest = min(range(len(middles)), key=lambda number: abs(middles[number] - along))
    return name, text, attributes | {"data-spot": str(nearest)}


def _n(value: float) -> str:
    return f"{round(value, 1):g}"


def _area(rect: Rect) -> dict[str, str]:
    places = {"x": rect.left, "y": rect.top, "width": rect.width, "height": rect.height}
    return {name: _n(value) for name, value in places.items()}


def key_of(resolved: ResolvedChart) -> tuple[tuple[str, str], ...]:
    """Return the role and name of each curve that is named only where it ends."""
    named = len(resolved.series) > 1 and resolved.key is None and not resolved.frame.lying
    return tuple((series.color, series.name) for series in resolved.series) if named else ()


def spot(resolved: ResolvedChart, number: int) -> Element:
    """Return the mark of the chosen point, bar or row: a foot at the axis, since a line up to the top would look like a bar."""
    frame, plot, series = resolved.frame, resolved.frame.plot, resolved.chart.series[0]
    middle = frame.along_other(series.x[number] if series.x else float(number))
    wide = frame.slot * 0.8 if frame.lying or isinstance(frame, BarFrame) else FOOT
    place = Rect(middle - wide / 2, plot.bottom if isinstance(frame, BarFrame) else plot.bottom - SPOT / 2, wide, SPOT)
    if frame.lying:
        place = Rect(plot.left - SPOT, middle - wide / 2, SPOT, wide)
    return "rect", "", {"class": "f-open"} | _area(place)
