"""Parts of native charts: looks, texts, axes, and addresses in the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from uuid import NAMESPACE_OID, uuid5

from msgspec import Struct

from workshop.charts.axis import Axis
from workshop.charts.geometry import TINT, TINT_SHARE
from workshop.charts.labels import outwards
from workshop.charts.resolved import Frame, PointLabel, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.render.office_xml import Element, el
from workshop.render.pptx.shapes import SLOT, color, fill
from workshop.render.pptx.workbook import Cell, Grid, free_name
from workshop.wording import formats

# ---------------------------------------------------------------- chart parts
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


# ---------------------------------------------------------------- chart labels
# Labels of native charts, none of them typed: a number format prints the value of its point, or a cell of the workbook has the words.
#
# So an edited value changes its label. LibreOffice draws the words of a cell only if the label itself says that it shows a
# range, in an extension of its own.
LONGEST_CODE = 255
MOST_DECIMALS = 4
_LABELS = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_RANGE = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
_WIDE = Context(prec=400)  # room for any float written out
_WORDS, _X = "CELLRANGE", "XVALUE"


class Tag(Struct, frozen=True):
    """A label at a point.

    Attributes:
        place: in PowerPoint's terms: "t", "b", "l", "r", "ctr", "outEnd", "inEnd", "inBase".
        move: shift to the right and down, as shares of the chart's width and height.
        code: number format that prints the point's value as ``text``; without one, the text is in a cell.
        across: whether the value is the one along x of a scatter chart.
    """

    index: int
    text: str
    place: str
    size: float
    role: str = "ink"
    bold: bool = False
    move: tuple[float, float] = (0.0, 0.0)
    code: str = ""
    across: bool = False


# ---------------------------------------------------------------- number formats
def code_for(text: str, value: float, *, percent: bool = False) -> str:
    """Return a number format that prints ``value`` as ``text``, with all words around the number; "" if none does.

    Spreadsheets round halves away from zero, as ``formats`` does.

    >>> code_for("0.50 before", 0.5)
    '#,##0.00" before";−#,##0.00" before";#,##0.00" before"'
    """
    found = next(_readings(text, abs(value), percent), None)
    if found is None:
        return ""
    start, end, body, least = found
    before, after = text[:start], text[end:]
    sign = "+" if value > 0 and before.endswith("+") else formats.MINUS if before.endswith(formats.MINUS) else ""
    before = before[: len(before) - len(sign)]
    if least:
        number = f"{_quoted(before)}{body}{_quoted(after)}"
        return _short(f"[>={least:f}]{number};[>0]{_quoted(text)};{number}")
    plus = f"{_quoted(before)}{sign if sign == '+' else ''}{body}{_quoted(after)}"
    minus = f"{_quoted(before)}{formats.MINUS}{body}{_quoted(after)}"
    zero = f"{_quoted(before)}{body}{_quoted(after)}"
    if sign == formats.MINUS and value > 0:
        plus = minus  # the length of a bar that stands for a decrease
    if value < 0 and sign != formats.MINUS:
        minus = f"{_quoted(text[:start])}{body}{_quoted(after)}"
    return _short(f"{plus};{minus};{zero}")


def literal(text: str) -> str:
    """Return a number format that prints ``text``, whatever the value; "" if it is too long for one.

    >>> literal("chance")
    '"chance";"chance";"chance"'
    """
    return _short(";".join([_quoted(text)] * 3))


def _readings(text: str, size: float, percent: bool) -> Iterator[tuple[int, int, str, Decimal | None]]:
    """Yield where a text has a number, the body of its format, and for "<0.01" the least value that is printed in full."""
    sign = "%" if percent else ""
    shown = Decimal(repr(float(size))) * (100 if percent else 1)
    for decimals in range(MOST_DECIMALS, -1, -1):
        last = Decimal(1).scaleb(-decimals)
        body = "#,##0" + ("." + "0" * decimals if decimals else "") + sign
        places = _places(f"{shown.quantize(last, ROUND_HALF_UP, _WIDE):,f}{sign}", text)
        if places:
            yield *places[0 if places[0][0] <= 1 else -1], body, None
        below = _places(f"<{last:f}{sign}", text)
        if below and 0 < shown < last / 2:
            yield *below[0], body, last / (200 if percent else 2)


def _places(number: str, text: str) -> list[tuple[int, int]]:
    """Return where a text has a number that isn't part of a longer one."""
    found = re.finditer(rf"(?<![\d.,]){re.escape(number)}(?![\d%]|[.,]\d)", text)
    return [match.span() for match in found]


def _quoted(text: str) -> str:
    """Return words for a number format."""
    parts = (f'"{part}"' if part else "" for part in text.split('"'))
    return '\\"'.join(parts)


def _short(code: str) -> str:
    return code if len(code) <= LONGEST_CODE else ""


# ---------------------------------------------------------------- labels
def labels(tags: Sequence[Tag], pen: Pen) -> Element:
    """Return ``c:dLbls`` with only these labels."""
    ours = [_label(tag, pen) for tag in sorted(tags, key=lambda tag: tag.index)]
    return el("c:dLbls", *ours, *_flags(value=False), _extended(_LABELS, el("c15:showLeaderLines", val=False)))


def cells(tags: Sequence[Tag], grid: Grid, series: str, count: int) -> Element | None:
    """Return ``c:extLst`` of a series with the cells that hold the words of its labels; ``None`` if it has no words.

    Args:
        series: name of the series.
        count: how many points it has.
    """
    words = {tag.index: tag.text for tag in tags if not tag.code}
    if not words:
        return None
    column = grid.add(free_name(grid, f"{series}: labels"), [words.get(index) for index in range(count)])
    cache = el("c15:dlblRangeCache", *points(grid.columns[column].cells))
    return _extended(_RANGE, el("c15:datalabelsRange", el("c15:f", text=grid.cells_at(column)), cache))


def _extended(uri: str, child: Element) -> Element:
    return el("c:extLst", el("c:ext", child, uri=uri))


def _label(tag: Tag, pen: Pen) -> Element:
    x, y = (round(part, 5) for part in tag.move)
    layout = el("c:layout", el("c:manualLayout", el("c:x", val=x), el("c:y", val=y)) if x or y else None)
    code = el("c:numFmt", formatCode=tag.code, sourceLinked=False) if tag.code else None
    plain = bool(tag.code) and not tag.across
    field = None if plain else _field(tag, pen)
    look = text_look(pen, tag.size, tag.role, bold=tag.bold) if plain else None
    ranged = None if tag.code else _extended(_LABELS, el("c15:showDataLabelsRange", val=True))
    place = el("c:dLblPos", val=tag.place)
    return el(
        *("c:dLbl", el("c:idx", val=tag.index), layout, field, code, shape(), look, place),
        *_flags(value=plain),
        ranged,
    )


def _field(tag: Tag, pen: Pen) -> Element:
    """Return ``c:tx`` with one field: the words of the label's cell, or the value along x in the label's format."""
    kind = _X if tag.code else _WORDS
    identity = str(uuid5(NAMESPACE_OID, f"{kind} {tag.index} {tag.text}")).upper()
    look = run_look("a:rPr", pen, tag.size, tag.role, bold=tag.bold, lang=pen.language)
    align = {"r": "l", "l": "r"}.get(tag.place)
    usual = run_look("a:defRPr", pen, tag.size, tag.role, bold=tag.bold)
    field = el("a:fld", look, el("a:t", text=tag.text), id=f"{{{identity}}}", type=kind)
    words = el("a:p", el("a:pPr", usual, algn=align), field)
    return el("c:tx", el("c:rich", el("a:bodyPr", rot="0", vert="horz", wrap="none"), el("a:lstStyle"), words))


def _flags(*, value: bool) -> list[Element]:
    return [el(f"c:show{what}", val=value and what == "Val") for what in _SHOWN]


# ---------------------------------------------------------------- chart plots
# Parts that all native plots share: the drawing that a plot adds to, and intervals.
#
# A plot returns the children of ``c:plotArea``.
PLACES = {"above": "t", "below": "b", "right": "r", "left": "l", "center": "ctr", "end": "outEnd"}
NUDGE = 3.0  # points between a label and its marker or bar, in every program


class Drawing(Struct):
    """The context of a native chart: the resolved chart, the workbook's grid, and the number of the next series."""

    resolved: ResolvedChart
    pen: Pen
    grid: Grid
    used: int = 0

    @property
    def frame(self) -> Frame:
        """The plot area and its axes, in points."""
        return self.resolved.frame

    def number(self) -> list[Element]:
        """Return ``c:idx`` and ``c:order`` for the next series."""
        self.used += 1
        return [el("c:idx", val=self.used - 1), el("c:order", val=self.used - 1)]

    def tags(self, series: ResolvedSeries, *, across: bool = False, named: bool = False) -> list[Tag]:
        """Return a series' labels in PowerPoint's terms.

        Args:
            across: whether the chart's values are along x of a scatter chart.
            named: whether the labels are names of points, which have no value in them.
        """
        return [self._tag(label, series, across=across, named=named) for label in series.labels]

    def _tag(self, label: PointLabel, series: ResolvedSeries, *, across: bool, named: bool) -> Tag:
        value = self.resolved.chart.series[series.index].values[label.index] or 0.0
        side = outwards(self.frame, series.index, label)
        aside = {"right": NUDGE, "left": -NUDGE}.get(side, 0.0)
        return Tag(
            label.index,
            label.text,
            PLACES[label.position],
            label.size or self.resolved.label_size,
            role=label.color,
            bold=label.bold,
            move=self.move(label.dx + aside, label.dy),
            code="" if named else self.code(label.text, value),
            across=across,
        )

    def code(self, text: str, value: float) -> str:
        """Return the number format that prints a value of the chart as ``text``; "" if none does."""
        return code_for(text, value, percent=self.resolved.chart.unit == "percent")

    def move(self, dx: float, dy: float) -> tuple[float, float]:
        """Return a shift in points as shares of the chart."""
        width, height = self.resolved.size
        return dx / width, dy / height

    def reference_tag(
        self, reference: ResolvedReference, index: int, drift: float = 0.0, *, across: bool = False
    ) -> Tag:
        """Return a reference's label at a point of its series, ``drift`` points right of the line's end.

        Args:
            across: whether the reference's value is along x of a scatter chart.
        """
        text, value = reference.label, reference.value
        code = self.code(text, value) if reference.axis == "value" else code_for(text, value)
        return Tag(
            index,
            text,
            PLACES[reference.position],
            self.resolved.reference_size,
            move=self.move(reference.dx + drift, reference.dy),
            code=code or literal(text),
            across=across and bool(code),
        )


def error_bars(drawing: Drawing, series: ResolvedSeries) -> Element | None:
    """Return ``c:errBars`` from the ends of a series' intervals; their lengths are in the workbook."""
    data, grid = drawing.resolved.chart.series[series.index], drawing.grid
    if not data.low or not data.high:
        return None
    ends = zip(data.values, data.low, data.high, strict=True)
    lengths = [(0.0, 0.0) if v is None else (_length(v - low), _length(high - v)) for v, low, high in ends]
    minus = grid.add(free_name(grid, f"{data.name}, down to"), [down for down, _ in lengths])
    plus = grid.add(free_name(grid, f"{data.name}, up to"), [up for _, up in lengths])
    return el(
        "c:errBars",
        el("c:errBarType", val="both"),
        el("c:errValType", val="cust"),
        el("c:noEndCap", val=False),
        numbers("c:plus", grid, plus),
        numbers("c:minus", grid, minus),
        stroke("ink", REFERENCE_WEIGHT),
    )


def _length(value: float) -> float:
    return float(f"{max(value, 0.0):.9g}")


def axis_ids() -> list[Element]:
    """Return the addresses of the first pair of axes."""
    return [el("c:axId", val=CATEGORY_AXIS), el("c:axId", val=VALUE_AXIS)]
