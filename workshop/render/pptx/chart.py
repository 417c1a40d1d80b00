"""Native charts in their placeholders: editable, with a workbook, and with slots of the theme as colours."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from importlib.metadata import version
from itertools import count
from typing import Any

from msgspec import Struct, msgpack
from msgspec.structs import replace
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.parts.chart import ChartPart

from workshop.charts.kind import Kind, is_built_in
from workshop.charts.resolved import ResolvedChart
from workshop.files.memo import Memo, code_digest, digest
from workshop.layout.laid import LaidChart
from workshop.layout.motion import CATEGORY, SERIES, grows_by
from workshop.render.office_xml import NAMESPACES, Element, el, to_bytes
from workshop.render.pptx.carrier import OpenDeck, relate
from workshop.render.pptx.chart_drawing import Drawing
from workshop.render.pptx.chart_parts import Pen, text_look
from workshop.render.pptx.layouts import placeholder_mark
from workshop.render.pptx.shapes import named
from workshop.render.pptx.timing import Grow
from workshop.render.pptx.workbook import Grid, to_xlsx

THEME_FACE = "+mn-lt"  # the theme's typeface for text
BETWEEN = 300  # milliseconds


def chart_frame(
    laid: LaidChart, shape_id: int, owner: Part, deck: OpenDeck, language: str, narrowing: float = 1.0
) -> Element:
    """Return ``p:graphicFrame`` in the chart's placeholder; the chart's part is related to its ``owner``, a slide of the deck."""
    relation = relate(owner, RT.CHART, new_chart_part(laid, deck, language, narrowing))
    placeholder, box = laid.placeholder, laid.placeholder.box
    return el(
        "p:graphicFrame",
        el(
            "p:nvGraphicFramePr",
            named(shape_id, f"{placeholder.name} {shape_id}", laid.shown.alt or None),
            el("p:cNvGraphicFramePr", el("a:graphicFrameLocks", noGrp=True)),
            el("p:nvPr", placeholder_mark(placeholder)),
        ),
        el("p:xfrm", el("a:off", x=box.x, y=box.y), el("a:ext", cx=box.w, cy=box.h)),
        el("a:graphic", el("a:graphicData", el("c:chart", r_id=relation), uri=NAMESPACES["c"])),
    )


def growth(resolved: ResolvedChart, shape_id: int) -> tuple[Grow, ...]:
    """Return how a chart grows after one click: bar by bar along its axis, or line by line after the references.

    A chart with many parts, or of another kind, appears whole.
    """
    delays, by = count(0, BETWEEN), grows_by(resolved)
    if by == CATEGORY:
        side = "left" if resolved.frame.lying else "down"
        return tuple(Grow(shape_id, by, k, side, next(delays)) for k in range(len(resolved.chart.categories)))
    if by == SERIES:
        first = len(resolved.references)  # a chart has these before its data
        together = [Grow(shape_id, by, place, "left", 0) for place in range(first)]
        return (*together, *(Grow(shape_id, by, first + k, "left", next(delays)) for k in range(len(resolved.series))))
    return ()


class _Written(Struct, frozen=True):
    """A chart and its workbook, as they are written."""

    chart: bytes
    book: bytes


_MADE_BY = ("charts", "layout", "limits", "model", "render", "wording")
_CHARTS = Memo(".chart", msgpack.Decoder(_Written).decode, msgpack.encode)


def new_chart_part(laid: LaidChart, deck: OpenDeck, language: str, narrowing: float = 1.0) -> ChartPart:
    """Return a chart part of a deck, with its embedded workbook; ``narrowing`` is how many times smaller its words are written."""
    name = ""  # what a plugin draws isn't kept
    if deck.cache is not None and is_built_in(laid.kind):
        versions = (version("XlsxWriter"), zlib.ZLIB_RUNTIME_VERSION)
        name = digest(repr(laid.resolved), laid.kind.name, language, narrowing, versions, code_digest(*_MADE_BY))
    written = _CHARTS.once(deck.cache, name, lambda: _written(laid, Pen(language, THEME_FACE, narrowing)))
    part: ChartPart = deck.add("/ppt/charts/chart%d.xml", CT.DML_CHART, written.chart)
    book = deck.add("/ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx", CT.SML_SHEET, written.book)
    part.chart_workbook.xlsx_part = book
    return part


def _written(laid: LaidChart, pen: Pen) -> _Written:
    grid = Grid()
    space = chart_space(Drawing(_as_printed(laid.resolved), pen, grid), laid.kind)
    return _Written(to_bytes(space), to_xlsx(grid.columns))


def _as_printed(resolved: ResolvedChart) -> ResolvedChart:
    """Return a chart in percentage points with 13 in its cells instead of 0.13: no number format prints one as the other."""
    if resolved.chart.unit != "points":
        return resolved

    def many(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(None if value is None else float(f"{100 * value:.9g}") for value in values)

    series = tuple(replace(s, values=many(s.values), low=many(s.low), high=many(s.high)) for s in resolved.chart.series)
    axis = resolved.value_axis
    low, high, step = many((axis.minimum, axis.maximum, axis.step))
    ticks = tuple((100 * value, text) for value, text in axis.ticks)
    return replace(
        resolved,
        frame=replace(
            resolved.frame,
            chart=replace(resolved.chart, series=series),
            value=replace(axis, minimum=low, maximum=high, step=step, ticks=ticks),
        ),
        references=tuple(
            replace(r, value=many((r.value,))[0]) if r.axis == "value" else r for r in resolved.references
        ),
        notes=tuple(replace(note, y=100 * note.y) for note in resolved.notes),
        zones=None
        if (zones := resolved.zones) is None
        else replace(zones, edge=replace(zones.edge, value=many((zones.edge.value,))[0])),
    )


def chart_space(drawing: Drawing, kind: Kind) -> Element:
    """Return ``c:chartSpace`` without title, border and background; a legend only as the key of grouped columns."""
    resolved, pen = drawing.resolved, drawing.pen
    plots = kind.plot()(drawing)
    chart = el(
        "c:chart",
        el("c:autoTitleDeleted", val=True),
        el("c:plotArea", _inner(resolved.plot), *plots, _nothing()),
        _key(drawing, plots),
        el("c:plotVisOnly", val=True),
        el("c:dispBlanksAs", val="gap"),
    )
    return el(
        "c:chartSpace",
        el("c:date1904", val=False),
        el("c:lang", val=pen.language),
        el("c:roundedCorners", val=False),
        chart,
        _nothing(),
        text_look(pen, resolved.label_size, "ink"),
    )


def _key(drawing: Drawing, plots: list[Element]) -> Element | None:
    """Return ``c:legend`` in its row above the plot, only with the visible bars; ``None`` without a key."""
    resolved = drawing.resolved
    if resolved.key is None:
        return None
    trends = sum(1 for plot in plots for _ in plot.iter("c:trendline"))
    others = range(len(resolved.series), drawing.used + trends)
    return el(
        "c:legend",
        el("c:legendPos", val="t"),
        *(el("c:legendEntry", el("c:idx", val=index), el("c:delete", val=True)) for index in others),
        _layout(resolved.key),
        el("c:overlay", val=True),
        text_look(drawing.pen, resolved.reference_size, "ink"),
    )


def _nothing() -> Element:
    return el("c:spPr", el("a:noFill"), el("a:ln", el("a:noFill")))


def _inner(plot: tuple[float, float, float, float]) -> Element:
    """Return the layout that fixes the inner plot area, so that all labels are at their resolved places."""
    return _layout(plot, el("c:layoutTarget", val="inner"))


def _layout(box: tuple[float, float, float, float], *before: Element) -> Element:
    modes = [el(f"c:{axis}Mode", val="edge") for axis in "xy"]
    sides = [el(f"c:{side}", val=round(share, 6)) for side, share in zip("xywh", box, strict=True)]
    return el("c:layout", el("c:manualLayout", *before, *modes, *sides))
