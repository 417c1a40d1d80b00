"""Axes of native charts."""

from __future__ import annotations

from workshop.charts.axis import Axis
from workshop.render.office_xml import Element, el
from workshop.render.pptx.chart_parts import (
    AXIS_WEIGHT,
    CATEGORY_AXIS,
    GRID_WEIGHT,
    REFERENCE_WEIGHT,
    SECOND_AXES,
    VALUE_AXIS,
    Pen,
    run_look,
    stroke,
    text_look,
)


def category_axis(
    pen: Pen, size: float, *, side: str, every: int = 1, title: Element | None = None, crosses: str = "autoZero"
) -> Element:
    """Return ``c:catAx``: names, an ink baseline, no ticks. Horizontal bars are ordered from the top down."""
    lying = side == "l"
    return el(
        "c:catAx",
        el("c:axId", val=CATEGORY_AXIS),
        el("c:scaling", el("c:orientation", val="maxMin" if lying else "minMax")),
        el("c:delete", val=False),
        el("c:axPos", val=side),
        title,
        el("c:numFmt", formatCode="General", sourceLinked=False),
        *_no_ticks("low"),
        stroke("ink", AXIS_WEIGHT),
        _names_look(text_look(pen, size, "ink"), thinned=every > 1),
        el("c:crossAx", val=VALUE_AXIS),
        el("c:crosses", val=crosses),
        el("c:auto", val=False),
        el("c:lblAlgn", val="ctr"),
        el("c:lblOffset", val=60),
        el("c:tickLblSkip", val=every),
        el("c:noMultiLvlLbl", val=True),
    )


def crossing_axis(pen: Pen, at: float) -> Element:
    """Return a second ``c:catAx`` without names: a dashed line that crosses the values at ``at``."""
    names, values = SECOND_AXES
    return el(
        "c:catAx",
        el("c:axId", val=names),
        el("c:scaling", el("c:orientation", val="maxMin")),
        el("c:delete", val=False),
        el("c:axPos", val="r"),
        el("c:numFmt", formatCode="General", sourceLinked=False),
        *_no_ticks("none"),
        stroke("ink", REFERENCE_WEIGHT, "dash"),
        text_look(pen, 16, "ink"),
        el("c:crossAx", val=values),
        el("c:crossesAt", val=at),
        el("c:auto", val=False),
        el("c:lblAlgn", val="ctr"),
        el("c:lblOffset", val=100),
        el("c:noMultiLvlLbl", val=True),
    )


def _names_look(look: Element, *, thinned: bool) -> Element:
    """Return the look of names: wrapped; or, if some are left out, without a rotation.

    LibreOffice ignores the skip, and leaves out names that would overlap only if it is free to rotate them.
    """
    if thinned:
        del look.children[0].attributes["rot"]
    else:
        look.children[0].attributes["wrap"] = "square"
    return look


def number_axis(
    axis: Axis,
    pen: Pen,
    size: float,
    *,
    side: str,
    ids: tuple[int, int] = (VALUE_AXIS, CATEGORY_AXIS),
    grid: bool = True,
    lined: bool = False,
    between: str = "between",
    title: Element | None = None,
    spaced: bool = False,
    crosses: str = "min",
) -> Element:
    """Return ``c:valAx`` with the limits and the step of ``axis``.

    Args:
        side: "l" or "b".
        ids: ids of this axis and of the one that it crosses.
        grid: whether faint lines are drawn.
        lined: whether the axis itself is drawn.
        between: "between" categories or "midCat".
        crosses: the end of the other axis where this one is: "max" below horizontal bars, which run from the top down.
        spaced: whether the tick texts keep a distance from a marker on the axis.
    """
    faint = el("c:majorGridlines", stroke("faint", GRID_WEIGHT)) if grid and axis.visible else None
    return el(
        "c:valAx",
        el("c:axId", val=ids[0]),
        el(
            "c:scaling",
            el("c:logBase", val=axis.base) if axis.log else None,
            el("c:orientation", val="minMax"),
            # LibreOffice drops a point exactly on the edge of a logarithmic axis
            el("c:max", val=axis.maximum * (1 + 1e-9) if axis.log else axis.maximum),
            el("c:min", val=axis.minimum),
        ),
        el("c:delete", val=not axis.visible),
        el("c:axPos", val=side),
        faint,
        title,
        el("c:numFmt", formatCode=_spaced(axis.format) if spaced else axis.format, sourceLinked=False),
        *_no_ticks(("low" if crosses == "min" else "nextTo") if axis.visible else "none"),
        stroke("ink" if lined else "", AXIS_WEIGHT),
        text_look(pen, size, "muted"),
        el("c:crossAx", val=ids[1]),
        el("c:crosses", val=crosses),
        el("c:crossBetween", val=between),
        el("c:majorUnit", val=axis.step),
    )


def _spaced(code: str) -> str:
    return ";".join(f'{part}"  "' for part in code.split(";"))


def _no_ticks(labels_at: str) -> list[Element]:
    marks = [el("c:majorTickMark", val="none"), el("c:minorTickMark", val="none")]
    return [*marks, el("c:tickLblPos", val=labels_at)]


def axis_title(pen: Pen, text: str, size: float) -> Element | None:
    """Return ``c:title`` of a horizontal axis; ``None`` without text."""
    if not text:
        return None
    run = el("a:r", run_look("a:rPr", pen, size, "muted", lang=pen.language), el("a:t", text=text))
    words = el("a:p", el("a:pPr", run_look("a:defRPr", pen, size, "muted")), run)
    body = el("a:bodyPr", rot="0", vert="horz", wrap="none")
    said = el("c:tx", el("c:rich", body, el("a:lstStyle"), words))
    return el("c:title", said, el("c:layout"), el("c:overlay", val=True))
