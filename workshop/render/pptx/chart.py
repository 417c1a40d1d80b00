"""A chart in its placeholder, native: editable, with its workbook, every colour a slot of the theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workshop.charts.resolved import ResolvedChart
from workshop.layout.laid import LaidChart
from workshop.model.exhibits import ChartKind
from workshop.model.theme import Theme
from workshop.render.pptx.chart_bars import bar_plot, waterfall_plot
from workshop.render.pptx.chart_parts import Pen, text_look
from workshop.render.pptx.chart_plots import Drawing, line_plot
from workshop.render.pptx.chart_points import forest_plot, points_plot
from workshop.render.pptx.layouts import placeholder_mark
from workshop.render.pptx.shapes import named
from workshop.render.pptx.workbook import Grid, to_xlsx
from workshop.render.pptx.xml import NAMESPACES, Element, el, to_bytes

THEME_FACE = "+mn-lt"  # the theme's own face for text
_PLOTS: Mapping[ChartKind, Callable[[Drawing], list[Element]]] = {
    ChartKind.LINE: line_plot,
    ChartKind.COLUMN: bar_plot,
    ChartKind.BAR: bar_plot,
    ChartKind.WATERFALL: waterfall_plot,
    ChartKind.FOREST: forest_plot,
    ChartKind.SCATTER: points_plot,
}


def add_chart(slide: Any, placeholder_shape: Any, laid: LaidChart, theme: Theme, *, language: str = "en-GB") -> Element:
    """Put a native chart on a slide.

    Args:
        slide: python-pptx slide.
        placeholder_shape: the slide's own placeholder, which the chart takes the place of, or ``None`` where the
            slide has none yet; then the chart is appended and refers to its layout's placeholder all the same.
        laid: the chart, resolved for the placeholder's box.
        theme: the deck's; its colours are named by slot, so only its existence matters to the file.
        language: tag of all words in the chart.

    Returns:
        The ``p:graphicFrame``, already on the slide.
    """
    del theme  # slots and the theme's face make any theme fit
    tree = slide.shapes.element
    if placeholder_shape is None:
        ids = [int(i) for i in tree.xpath("//@id") if str(i).isdigit()]
        frame = chart_frame(laid, max(ids, default=0) + 1, slide.part, language)
        tree.append(frame)
        return frame
    old = placeholder_shape.element
    frame = chart_frame(laid, placeholder_shape.shape_id, slide.part, language)
    frame.xpath("./p:nvGraphicFramePr/p:cNvPr")[0].set("name", placeholder_shape.name)
    mark = old.xpath("./*/p:nvPr/p:ph")
    if mark:
        own = frame.xpath("./p:nvGraphicFramePr/p:nvPr")[0]
        own.replace(own[0], mark[0])
    old.getparent().replace(old, frame)
    return frame


def chart_frame(laid: LaidChart, shape_id: int, part: Any, language: str) -> Element:
    """Return ``p:graphicFrame`` in the chart's placeholder; the chart's part hangs on the slide's ``part``."""
    chart_part = new_chart_part(laid.resolved, part.package, language)
    from pptx.opc.constants import RELATIONSHIP_TYPE

    relation = part.relate_to(chart_part, RELATIONSHIP_TYPE.CHART)
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


def new_chart_part(resolved: ResolvedChart, package: Any, language: str) -> Any:
    """Return a python-pptx chart part with its embedded workbook, added to ``package``."""
    from pptx.opc.constants import CONTENT_TYPE
    from pptx.parts.chart import ChartPart

    grid = Grid()
    space = chart_space(Drawing(resolved, Pen(language, THEME_FACE), grid))
    name = package.next_partname(ChartPart.partname_template)
    part = ChartPart.load(name, CONTENT_TYPE.DML_CHART, package, to_bytes(space))
    part.chart_workbook.update_from_xlsx_blob(to_xlsx(grid.columns))
    return part


def chart_space(drawing: Drawing) -> Element:
    """Return ``c:chartSpace``: no title, no border, no ground; a legend only as the key of grouped columns."""
    resolved, pen = drawing.resolved, drawing.pen
    over_numbers = resolved.other_axis is not None
    plots = points_plot(drawing) if over_numbers else _PLOTS[resolved.chart.kind](drawing)
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
    """Return ``c:legend`` in its row above the plot, with the visible bars only; ``None`` without a key."""
    resolved = drawing.resolved
    if resolved.key is None:
        return None
    trends = sum(1 for plot in plots for _ in plot.iterfind(".//c:trendline", NAMESPACES))
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
    """Return the layout that fixes the inner plot area, so that all labels stand where they were planned."""
    return _layout(plot, el("c:layoutTarget", val="inner"))


def _layout(box: tuple[float, float, float, float], *before: Element) -> Element:
    modes = [el(f"c:{axis}Mode", val="edge") for axis in "xy"]
    sides = [el(f"c:{side}", val=round(share, 6)) for side, share in zip("xywh", box, strict=True)]
    return el("c:layout", el("c:manualLayout", *before, *modes, *sides))
