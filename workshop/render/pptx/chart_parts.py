"""Parts of native charts: looks, texts, axes, and addresses in the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from workshop.charts.axis import Axis
from workshop.charts.estimate import TINT, TINT_SHARE
from workshop.render.pptx.color import SLOT, color, fill
from workshop.render.pptx.workbook import Cell, Grid
from workshop.render.xml import Element, el

EMU_PER_POINT = 12_700
CATEGORY_AXIS, VALUE_AXIS = FIRST_AXES = (111, 112)
SECOND_AXES = (113, 114)
AXIS_WEIGHT, GRID_WEIGHT, REFERENCE_WEIGHT = 1.25, 0.75, 1.75


class Pen(Struct, frozen=True):
    """The language of the words, and the deck's typeface."""

    language: str
    font: str


# ---------------------------------------------------------------- looks
def shape(ground: str = "", outline: str = "", weight: float = 1.0, dash: str = "", pattern: str = "") -> Element:
    """Return ``c:spPr``: a fill (solid, or a pattern on the background) and a line, both by colour role, "" for none."""
    return el("c:spPr", _pattern(ground, pattern) if pattern else fill(ground), _line(outline, weight, dash))


def stroke(role: str, weight: float, dash: str = "", *, cap: str = "rnd") -> Element:
    """Return ``c:spPr`` of just a line; role "" hides it."""
    return el("c:spPr", _line(role, weight, dash, cap))


def _line(role: str, weight: float, dash: str, cap: str = "rnd") -> Element:
    if not role:
        return el("a:ln", el("a:noFill"))
    dashes = el("a:prstDash", val=dash) if dash and dash != "solid" else None
    return el("a:ln", fill(role), dashes, el("a:round"), w=round(weight * EMU_PER_POINT), cap=cap)


def _pattern(role: str, preset: str) -> Element:
    if preset == TINT:
        return el("a:solidFill", el("a:schemeClr", el("a:alpha", val=round(TINT_SHARE * 100_000)), val=SLOT[role]))
    return el("a:pattFill", el("a:fgClr", color(role)), el("a:bgClr", color("bg")), prst=preset)


def marker(symbol: str, size: int, role: str) -> Element:
    """Return ``c:marker``; "none" hides it."""
    if symbol == "none":
        return el("c:marker", el("c:symbol", val="none"))
    return el("c:marker", el("c:symbol", val=symbol), el("c:size", val=min(max(size, 2), 72)), shape(role, role, 1.5))


# ---------------------------------------------------------------- texts
def text_look(pen: Pen, size: float, role: str, *, bold: bool = False) -> Element:
    """Return ``c:txPr``: size, colour and weight of texts that the chart generates; they are never rotated."""
    look = run_look("a:defRPr", pen, size, role, bold=bold)
    body = el("a:bodyPr", rot="0", vert="horz", wrap="none")
    end = el("a:endParaRPr", lang=pen.language)
    return el("c:txPr", body, el("a:lstStyle"), el("a:p", el("a:pPr", look), end))


def run_look(tag: str, pen: Pen, size: float, role: str, *, bold: bool = False, lang: str | None = None) -> Element:
    """Return ``a:rPr`` or ``a:defRPr``: size, colour, weight and typeface of words, and their language."""
    return el(tag, fill(role), el("a:latin", typeface=pen.font), sz=round(size * 100), b=bold, lang=lang)


# ---------------------------------------------------------------- data
def heading(grid: Grid, column: int) -> Element:
    """Return ``c:tx``: a series' name, from its column's heading."""
    return el("c:tx", _strings(grid.header_at(column), [grid.columns[column].header]))


def categories(grid: Grid, column: int) -> Element:
    """Return ``c:cat``."""
    return el("c:cat", _strings(grid.cells_at(column), [str(cell) for cell in grid.columns[column].cells]))


def numbers(tag: str, grid: Grid, column: int) -> Element:
    """Return ``c:val``, ``c:xVal``, ``c:yVal``, ``c:plus`` or ``c:minus``; empty cells are gaps."""
    cache = el("c:numCache", el("c:formatCode", text="General"), *points(grid.columns[column].cells))
    return el(tag, el("c:numRef", el("c:f", text=grid.cells_at(column)), cache))


def _strings(address: str, texts: Sequence[str]) -> Element:
    return el("c:strRef", el("c:f", text=address), el("c:strCache", *points(texts)))


def points(cells: Sequence[Cell]) -> list[Element]:
    """Return ``c:ptCount`` and a ``c:pt`` per cell that isn't empty: a copy of cells for programs that don't open the workbook."""
    texts = (
        (index, cell if isinstance(cell, str) else repr(cell)) for index, cell in enumerate(cells) if cell is not None
    )
    return [el("c:ptCount", val=len(cells)), *(el("c:pt", el("c:v", text=text), idx=index) for index, text in texts)]


# ---------------------------------------------------------------- axes
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
