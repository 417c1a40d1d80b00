"""Thumbnails of slides, made from the same boxes as the deck.

Lengths and text sizes are in thousandths of the slide's width. No picture of the slide is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from workshop.charts.estimate import CONTEXT_SHARE, mixed
from workshop.charts.in_small import Mark, Small
from workshop.layout.laid import LaidChart, LaidItem, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText, Shape
from workshop.model.kit import Line
from workshop.model.stage_pictures import ROLES
from workshop.model.theme import EMU_PER_POINT, Box, Decor, Theme
from workshop.render.print.palette import chart_colors
from workshop.render.print.texts import Texts
from workshop.render.vector import svg

WIDE = 1000.0
HEAD = 9.0  # each side of an arrowhead, in thousandths
ON = {
    "on_open": "ink", "on_accent": "bg", "on_stop": "bg", "rule": "muted", "faint": "panel",
    "field": "accent", "block": "ink", "on_field": "bg", "field_soft": "context", "open_soft": "muted",
}  # fmt: skip


class Thumbnails:
    """Makes the marks of slides for one theme.

    Args:
        theme: the theme, whose colours are adapted to white paper.
        texts: object that cleans texts.
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
                    "pad": [round(placeholder.inset * self._scale, 1), round(placeholder.inset_y * self._scale, 1)],
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
        small = Small(
            resolved=item.resolved,
            frame=item.resolved.frame,
            box=item.placeholder.box,
            scale=self._scale,
            color=self._color,
            clean=self._texts.clean,
        )
        return item.kind.marks(small)

    def _arrow(self, one: Box, two: Box, *, back: bool, top: int) -> Iterator[Mark]:
        """Yield an arrow from box to box, or from the last back over the top to the first."""
        k = self._scale
        if back:
            first, last = two.x + two.w // 2, one.x + one.w // 2
            route = [(last, one.y), (last, top), (first, top), (first, two.y)]
            head = [(-HEAD, -HEAD), (0, 0), (HEAD, -HEAD)]
        elif two.x > one.right:
            middle = one.y + one.h // 2
            route = [(one.right, middle), (two.x, middle)]
            head = [(-HEAD, -HEAD), (0, 0), (-HEAD, HEAD)]
        else:
            return
        points = [[round(x * k, 1), round(y * k, 1)] for x, y in route]
        end = points[-1]
        tip = [[round(end[0] + dx, 1), round(end[1] + dy, 1)] for dx, dy in head]
        for path in (points, tip):
            yield {"kind": "path", "points": path, "color": self._color("ink"), "weight": 2.0}

    def _shape(self, shape: Shape, group: tuple[Shape, ...]) -> Iterator[Mark]:
        if shape.kind in ("arrow", "arrow-back"):
            one, two = (group[end].box for end in shape.ends)
            yield from self._arrow(one, two, back=shape.kind == "arrow-back", top=shape.box.y)
            return
        if shape.kind == "line":
            yield self._stroke(shape.box, shape.fill or shape.outline or "ink")
            return
        if shape.picture is not None:
            inks = {ink: self._color(role) for ink, role in ROLES[shape.fill].items()}
            yield {"kind": "picture", "svg": svg(shape.picture, inks)} | self._place(shape.box)
            return
        if shape.fill:
            yield self._rect(shape.box, shape.fill)
        if shape.outline:
            yield {"kind": "frame", "color": self._color(shape.outline)} | self._place(shape.box)
        if shape.lines:
            sizes = shape.sizes or (18,)
            yield self._text(shape.box, shape.lines, max(sizes), shape.color) | {
                "anchor": shape.anchor,
                "align": shape.align,
                "lines": self._lines(shape.lines, sizes),
                "pad": [round(shape.inset * self._scale, 1), round(shape.inset_top * self._scale, 1)],
            }

    def _lines(self, lines: tuple[Line, ...], sizes: tuple[float, ...]) -> list[Mark]:
        """Return each line with its own size and weight, which distinguish a name from its gloss."""
        return [
            {
                "text": self._texts.clean(line.text, line.at),
                "size": round(sizes[min(n, len(sizes) - 1)] * EMU_PER_POINT * self._scale, 2),
                "bold": any(run.strong for run in line.runs),
            }
            for n, line in enumerate(lines)
        ]
