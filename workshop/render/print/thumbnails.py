"""A slide in small: what stands where, from the same boxes that the deck is written from.

Lengths are in thousandths of the slide's width, sizes of text too. No picture of the slide is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workshop.charts.estimate import CONTEXT_SHARE, mixed
from workshop.charts.geometry import BARS, frame_of
from workshop.layout.laid import LaidChart, LaidItem, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText, Shape
from workshop.model.exhibits import ChartKind
from workshop.model.kit import Line
from workshop.model.theme import EMU_PER_POINT, Box, Decor, Theme
from workshop.render.print.palette import chart_colors
from workshop.render.print.texts import Texts

Mark = dict[str, Any]
WIDE = 1000.0
ON = {"on_open": "ink", "on_accent": "bg", "on_stop": "bg", "rule": "muted", "faint": "panel"}


class Thumbnails:
    """Makes the marks of slides for one theme.

    Args:
        theme: whose colours are put on white paper.
        texts: cleans what is written.
    """

    def __init__(self, theme: Theme, texts: Texts) -> None:
        self._scale = WIDE / theme.width
        colors = chart_colors(theme)
        grey = mixed(colors["muted"], colors["bg"], CONTEXT_SHARE)
        self._colors = {"context": grey} | colors
        self._texts = texts

    def of(self, slide: LaidSlide) -> list[Mark]:
        """Return the marks of a slide, the lowest first."""
        marks = [mark for decor in slide.layout.decor for mark in self._decor(decor)]
        for item in slide.items:
            marks.extend(self._item(item))
        return marks

    def _color(self, role: str) -> str:
        name = ON.get(role, role)
        return "#" + self._colors.get(name, self._colors["ink"]).lstrip("#")

    def _place(self, box: Box) -> Mark:
        k = self._scale
        return {"x": round(box.x * k, 1), "y": round(box.y * k, 1), "w": round(box.w * k, 1), "h": round(box.h * k, 1)}

    def _rect(self, box: Box, role: str) -> Mark:
        return {"kind": "rect", "fill": self._color(role)} | self._place(box)

    def _decor(self, decor: Decor) -> Iterator[Mark]:
        if decor.kind == "rect":
            yield self._rect(decor.box, decor.color)
        else:
            yield self._stroke(decor.box, decor.color)

    def _stroke(self, box: Box, role: str) -> Mark:
        at = self._place(box)
        ends = [[at["x"], at["y"]], [at["x"] + at["w"], at["y"] + at["h"]]]
        return {"kind": "path", "points": ends, "color": self._color(role), "weight": 2.0}

    def _item(self, item: LaidItem) -> Iterator[Mark]:
        match item:
            case LaidText(placeholder, lines, size):
                if placeholder.fill:
                    yield self._rect(placeholder.box, placeholder.fill)
                yield self._text(placeholder.box, lines, size, placeholder.color) | {
                    "bold": placeholder.bold,
                    "anchor": placeholder.anchor,
                    "align": placeholder.align,
                }
            case LaidTable():
                yield from self._table(item)
            case LaidChart():
                yield from self._chart(item)
            case LaidPicture(_, _, box):
                yield self._rect(box, "muted")
            case LaidShapes(shapes):
                for shape in shapes:
                    yield from self._shape(shape, shapes)

    def _text(self, box: Box, lines: tuple[Line, ...], size: float, role: str) -> Mark:
        written = [("• " if line.marker == "bullet" else "") + self._texts.clean(line.text, line.at) for line in lines]
        points = round(size * EMU_PER_POINT * self._scale, 2)
        return {"kind": "text", "text": "\n".join(written), "size": points, "color": self._color(role), "bold": False,
                "anchor": "t", "align": "l"} | self._place(box)  # fmt: skip

    def _table(self, item: LaidTable) -> Iterator[Mark]:
        rows = (item.table.header, *item.table.rows)
        top = item.placeholder.box.y
        for number, (row, height) in enumerate(zip(rows, item.heights, strict=False)):
            left = item.placeholder.box.x
            size = item.size if number else item.header_size
            for runs, width in zip(row, item.widths, strict=False):
                cell = Box(left, top, width, height)
                yield self._text(cell, (Line(runs),), size, "ink") | {"bold": number == 0, "anchor": "ctr"}
                left += width
            rule = Box(item.placeholder.box.x, top + height, left - item.placeholder.box.x, 0)
            yield self._stroke(rule, "ink" if number == 0 else "rule")
            top += height

    def _chart(self, item: LaidChart) -> Iterator[Mark]:
        resolved, box = item.resolved, item.placeholder.box
        frame = frame_of(resolved)
        kx, ky = box.w * self._scale / resolved.size[0], box.h * self._scale / resolved.size[1]
        left, top = box.x * self._scale, box.y * self._scale

        def at(x: float, y: float) -> list[float]:
            return [round(left + x * kx, 1), round(top + y * ky, 1)]

        plot = frame.plot
        ends = ((plot.left, plot.top) if frame.lying else (plot.left, plot.bottom), (
            (plot.left, plot.bottom) if frame.lying else (plot.right, plot.bottom)
        ))  # fmt: skip
        yield {"kind": "path", "points": [at(*e) for e in ends], "color": self._color("ink"), "weight": 2.0}
        for series in resolved.series:
            places = range(len(resolved.chart.series[series.index].values))
            color = self._color(series.color)
            painted = dict(series.point_colors)
            if resolved.chart.kind in BARS:
                for index in places:
                    bar = frame.bar(series.index, index)
                    if bar is not None:
                        x, y = at(bar.left, bar.top)
                        fill = self._color(painted[index]) if index in painted else color
                        place = {"x": x, "y": y, "w": round(bar.width * kx, 1), "h": round(bar.height * ky, 1)}
                        # a pattern is too fine at this size: the bar keeps its outline
                        patterned = series.point_pattern if index in painted else series.pattern
                        yield (
                            {"kind": "frame", "color": fill} if patterned else {"kind": "rect", "fill": fill}
                        ) | place
                continue
            points = [at(*p) for p in frame.points(series.index) if p is not None]
            if resolved.chart.kind is ChartKind.LINE and len(points) > 1:
                yield {"kind": "path", "points": points, "color": color, "weight": 5.0}
            else:
                if resolved.chart.kind is ChartKind.FOREST:
                    data = resolved.chart.series[series.index]
                    for (_, y), low, high in zip(points, data.low, data.high, strict=False):
                        span = [[at(frame.along_value(v), 0)[0], y] for v in (low, high)]
                        yield {"kind": "path", "points": span, "color": color, "weight": 3.0}
                yield from (
                    {"kind": "rect", "fill": color, "x": x - 7, "y": y - 7, "w": 14, "h": 14} for x, y in points
                )

    def _shape(self, shape: Shape, group: tuple[Shape, ...]) -> Iterator[Mark]:
        if shape.kind in ("arrow", "arrow-back"):
            one, two = (group[end].box for end in shape.ends)
            ends = Box(one.right, one.y + one.h // 2, two.x - one.right, 0)
            if shape.kind == "arrow" and ends.w > 0:
                yield self._stroke(ends, "ink")
            return
        if shape.kind == "line":
            yield self._stroke(shape.box, shape.fill or shape.outline or "ink")
            return
        if shape.fill:
            yield self._rect(shape.box, shape.fill)
        if shape.outline:
            yield {"kind": "frame", "color": self._color(shape.outline)} | self._place(shape.box)
        if shape.lines:
            yield self._text(shape.box, shape.lines, max(shape.sizes, default=18), shape.color) | {
                "anchor": shape.anchor,
                "align": shape.align,
            }
