"""Exhibits on the page: charts as inline SVG through the kinds of chart that the deck has, tables and code as HTML.

An exhibit of a sweep is drawn once for every state, with the same axis, and the differences become places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.addons.explore.marks import SIZE, Element, band
from workshop.addons.explore.marks import marked as marks_of
from workshop.charts.kind import Kinds, resolve_chart
from workshop.charts.resolved import ResolvedChart
from workshop.errors import WorkshopError
from workshop.expressions import Evaluator, ExpressionError
from workshop.model.exhibits import Chart, ChartKind, Code, Exhibit, Findings, Series, Table
from workshop.model.walk import VALUE
from workshop.wording.formats import show
from workshop.wording.messages import messages, say

# ---------------------------------------------------------------- places
# States as flat tables from place to text, and the markup in which the places are.
#
# A place is the ``data-k`` of an element; ``place@attribute`` is one of its attributes. A state can move a bar or change
# words, but it can never add markup: everything in it ends in a text node or in one of a few attributes.
State = dict[str, str]


def tag(name: str, inner: str = "", **attributes: str) -> str:
    """Return an element; ``inner`` is markup, attributes are text. ``class_`` and ``data_k`` stand for class and data-k.

    >>> tag("p", tag("b", "a"), class_="finding", data_k="x1")
    '<p class="finding" data-k="x1"><b>a</b></p>'
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + (f'="{escape(value)}"' if value else '=""')
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{inner}</{name}>"


class Places(Struct, kw_only=True):
    """The states of one part of the page, in order, filled place by place.

    Attributes:
        prefix: begins the name of each place.
        start: the state in which the page is written.
    """

    prefix: str
    count: int
    start: int
    states: list[State] = field(default_factory=list)
    _named: int = 0

    def __post_init__(self) -> None:
        """Begin with states in which nothing is set."""
        self.states = [{} for _ in range(self.count)]

    def element(self, name: str, texts: Sequence[str] = (), **attributes: str | Sequence[str]) -> str:
        """Return an element whose text and attributes may differ from state to state; it is a place only if they do.

        Args:
            texts: one per state; none for an empty element.
            attributes: a text, or one per state.
        """
        key = f"{self.prefix}{self._named}"
        changing: dict[str, Sequence[str]] = {"": texts} if len(set(texts)) > 1 else {}
        fixed: dict[str, str] = {}
        for attribute, given in attributes.items():
            values: Sequence[str] = [given] * self.count if isinstance(given, str) else list(given)
            if len(set(values)) > 1:
                changing["@" + attribute.rstrip("_").replace("_", "-")] = values
            fixed[attribute] = values[self.start]
        for suffix, values in changing.items():
            for state, value in zip(self.states, values, strict=True):
                state[key + suffix] = value
        if changing:
            self._named += 1
            fixed["data_k"] = key
        return tag(name, escape(texts[self.start]) if texts else "", **fixed)

    def differences(self) -> list[State]:
        """Return of every state only what differs from the one in which the page is written."""
        base = self.states[self.start] if self.states else {}
        return [{key: value for key, value in state.items() if base.get(key) != value} for state in self.states]


def rows_of(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Return a table of words and numbers that doesn't change; columns of numbers are set to the right."""
    body = [list(row) for row in rows]
    figures = [all(is_figure(row[k]) for row in body) for k in range(len(head))]
    looks: list[Mapping[str, str]] = [{} if figure else WORDY for figure in figures]
    top = "".join(tag("th", escape(cell), scope="col", **look) for cell, look in zip(head, looks, strict=True))
    lines = "".join(
        tag("tr", "".join(tag("td", escape(cell), **look) for cell, look in zip(row, looks, strict=True)))
        for row in body
    )
    return tag("table", tag("caption", escape(caption)) + tag("thead", tag("tr", top)) + tag("tbody", lines))


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number, or nothing.

    >>> [is_figure(cell) for cell in ("0.47", "<0.01", "−3", "12%", "–", "shed")]
    [True, True, True, True, True, False]
    """
    return cell in ("", "–") or cell.lstrip("<+−").rstrip("%").replace(",", "").replace(".", "", 1).isdecimal()


# ---------------------------------------------------------------- said
# Sentences and values of a poke, filled in from the facts of a run.
CHOSEN = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


SCRIPT = "poke-"  # begins the names of the words that the page's script fills in itself


class Words(Struct, frozen=True):
    """The page's own fixed words, in the kit's language."""

    language: str

    def __call__(self, name: str, **values: object) -> str:
        """Return a text with ``{name}`` filled in."""
        return say(self.language, name, **values)

    def listed(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(map(str, messages(self.language)[name]))

    def script(self) -> dict[str, str]:
        """Return the texts of the page's script, by the name that they have there."""
        texts = messages(self.language)
        return {key.removeprefix(SCRIPT): str(text) for key, text in texts.items() if key.startswith(SCRIPT)}


class PokeError(WorkshopError):
    """Something in the declaration of a poke that doesn't fit its demo."""


def chosen(text: str, choice: Mapping[str, str]) -> str:
    """Put what was chosen into a text.

    >>> chosen("{model}.right, {{ {model}.right | percent }}", {"model": "tuned"})
    'tuned.right, {{ tuned.right | percent }}'
    """
    return CHOSEN.sub(lambda found: choice.get(found[1], found[0]), text)


def value_of(expression: str, found: Findings, choice: Mapping[str, str]) -> str:
    """Return a value as text.

    Raises:
        PokeError: if the facts don't have it.
    """
    try:
        return Evaluator(found.facts).text(chosen(expression, choice))
    except ExpressionError as error:
        raise wrong(error) from None


def listed_in(path: str, found: Findings, choice: Mapping[str, str] | None = None) -> tuple[object, ...]:
    """Return a list of the facts.

    Raises:
        PokeError: if there is none.
    """
    try:
        items = Evaluator(found.facts).value(chosen(path, choice or {}))
    except ExpressionError as error:
        raise wrong(error) from None
    if not isinstance(items, tuple):
        raise PokeError(f"'{path}' isn't a list of facts")
    return items


def filled(text: str, found: Findings, choice: Mapping[str, str]) -> str:
    """Return a sentence with its values.

    Raises:
        PokeError: if the facts don't have one of them.
    """
    return VALUE.sub(lambda value: value_of(value[1].strip(), found, {}), chosen(text, choice))


def finding_of(finding: str, found: Findings, choice: Mapping[str, str]) -> str:
    """Return the finding of an exhibit, or a sentence with its values."""
    name = chosen(finding, choice)
    exhibit = found.exhibits.get(name)
    return exhibit.finding.rstrip(".") + "." if exhibit is not None else filled(finding, found, choice)


def wrong(error: ExpressionError) -> PokeError:
    """Return what is wrong with an expression, with its hint."""
    return PokeError(f"{error} ({error.hint})" if error.hint else str(error))


# ---------------------------------------------------------------- drawn
WIDTHS = (
    394.0,
    440.0,
    540.0,
    680.0,
)  # the first in which every state can be drawn; a wider one has smaller text on a phone
UPRIGHT, PLANE, ROW, ROOM = 250.0, 330.0, 27.0, 34.0
RAISED = 10.0  # foot of a row's name over the middle of its interval
NAMES = 6.0  # their layer
LYING = {"bar", "forest"}
BARS = {"bar", "column"}
MOST_ROWS = 16  # of a table
SWATCH = '<svg viewBox="0 0 1 1" aria-hidden="true"><rect class="f-{role}" width="1" height="1"/></svg>'
WORDY = {"class_": "w"}  # look of a column of words; numbers, which are many more, need none
OFF = "off"  # class of an element that a state doesn't need


class Figure(Struct, frozen=True):
    """An exhibit as markup, and all its numbers as a table."""

    html: str
    numbers: str


def figure(
    exhibits: Sequence[Exhibit | None], names: Sequence[str], places: Places, look: Look, marked: Sequence[int] = ()
) -> Figure:
    """Return one exhibit in all states; ``None`` is a state in which nothing is known yet.

    Args:
        marked: number of the point, bar or row that is marked in each state; empty if none is.
    """
    first = next(e for e in exhibits if e is not None)
    if isinstance(first, Chart):
        charts = [e if isinstance(e, Chart) else None for e in exhibits]
        if marked and first.kind in BARS and len(first.series) == 1:
            charts, marked = [c and _lit(c, k) for c, k in zip(charts, marked, strict=True)], ()
        return _chart(charts, names, places, look, marked)
    if isinstance(first, Table):
        tables = [e if isinstance(e, Table) else None for e in exhibits]
        lit = [t and replace(t, highlight=k) for t, k in zip(tables, marked, strict=True)] if marked else tables
        return _table(lit, places, look.words)
    texts = [e.text.rstrip("\n") if isinstance(e, Code) else "" for e in exhibits]
    return Figure(tag("figure", places.element("pre", texts, tabindex="0")), "")


def _lit(chart: Chart, number: int) -> Chart:
    return replace(chart, highlight=(chart.categories[number],))


def spots(exhibit: Exhibit) -> int:
    """Return how many points, bars or rows an exhibit has."""
    if isinstance(exhibit, Chart):
        return len(exhibit.series[0].values)
    return len(exhibit.rows) if isinstance(exhibit, Table) else 0


class Look(Struct, frozen=True):
    """How all sections are drawn.

    Attributes:
        colors: by role.
        kinds: the kinds of chart that exist.
        words: the page's own.
        in_bits: the demos whose surprise is told in bits.
    """

    colors: Mapping[str, str]
    kinds: Kinds
    words: Words
    in_bits: frozenset[str] = frozenset()


# ---------------------------------------------------------------- charts
def _chart(
    charts: Sequence[Chart | None],
    names: Sequence[str],
    places: Places,
    look: Look,
    marked: Sequence[int],
) -> Figure:
    alike = aligned(charts)
    there = [chart for chart in alike if chart is not None]
    caption = places.element("figcaption", [c.measure if c else there[0].measure for c in alike], class_="measure")
    numbers = _numbers(alike, names, look.words)
    try:
        resolved = boxed(alike, look)
    except WorkshopError:  # nothing but its table can be shown
        return Figure(
            tag("figure", tag("div", _as_table(alike, places, look.words), class_="scroll") + caption), numbers
        )
    drawn = [{} if r is None else marks_of(r, look.kinds) for r in resolved]
    for chart, one, layers in zip(alike, resolved, drawn, strict=True):
        if chart is not None and one is not None and _stacked(chart):
            layers[NAMES] = _names_over_rows(chart, one)
    size = next(r.size for r in resolved if r is not None)
    here = [None if r is None else band(r, k) for r, k in zip(resolved, marked, strict=True)] if marked else []
    inner = _layer([[one] if one else [] for one in here], places)
    for order in sorted({order for layers in drawn for order in layers}):
        inner += _layer([layers.get(order, []) for layers in drawn], places)
    said = [spoken(chart) if chart else "" for chart in alike]
    svg = places.element("svg", viewBox=f"0 0 {size[0]:g} {size[1]:g}", role="img", aria_label=said)
    return Figure(tag("figure", svg.removesuffix("</svg>") + inner + "</svg>" + caption), numbers)


def _stacked(chart: Chart) -> bool:
    """Whether the names of its rows stand over the intervals; over the first one, a reference has its name."""
    return chart.kind == ChartKind.FOREST and not chart.references


def _names_over_rows(chart: Chart, resolved: ResolvedChart) -> list[Element]:
    """Return the names of a forest plot's rows, each over its interval: beside it they would leave it too little room."""
    middles = [resolved.frame.along_other(float(row)) for row in range(len(chart.categories))]
    return [
        ("text", name, {"class": "t-ink" + (" b" if name in chart.highlight else ""), "x": "0", "y": f"{middle - RAISED:.1f}"})
        for name, middle in zip(chart.categories, middles, strict=True)
    ]  # fmt: skip


def aligned(charts: Sequence[Chart | None]) -> list[Chart | None]:
    """Give the charts of a sweep the same categories if they only differ in how many of them are known."""
    there = [chart for chart in charts if chart is not None]
    longest = max((chart.categories for chart in there), key=len)
    if not longest or any(chart.categories != longest[: len(chart.categories)] for chart in there):
        return list(charts)
    return [None if chart is None else _padded(chart, longest) for chart in charts]


def _padded(chart: Chart, categories: tuple[str, ...]) -> Chart:
    missing = len(categories) - len(chart.categories)
    if not missing or any(s.low or s.high or s.labels for s in chart.series):
        return chart
    series = tuple(replace(s, values=(*s.values, *[None] * missing)) for s in chart.series)
    return replace(chart, categories=categories, series=series)


def cut(chart: Chart, points: int) -> Chart | None:
    """Return a chart of which only the first points are known, or ``None`` if none is."""
    if not points:
        return None

    def known(series: Series) -> Series:
        keep = len(series.values[:points])
        return replace(
            series,
            values=(*series.values[:points], *[None] * (len(series.values) - keep)),
            labels=(),
        )

    return replace(chart, series=tuple(map(known, chart.series)))


def boxed(charts: Sequence[Chart | None], look: Look) -> list[ResolvedChart | None]:
    """Resolve all states in one box and with one axis: the narrowest in which no name is cut off, if there is one.

    Raises:
        WorkshopError: if no box is wide enough.
    """
    for width in WIDTHS:
        try:
            first = [_in_box(chart, charts, width, look) for chart in charts]
            if width < WIDTHS[-1] and any(r is not None and _is_cut(r, look.kinds) for r in first):
                continue
            limits = {_limits(r) for r in first if r is not None}
            if len(limits) == 1:
                return first
            low, high = min(low for low, _ in limits), max(high for _, high in limits)
            same = [None if c is None else replace(c, y_min=low, y_max=high) for c in charts]
            return [_in_box(chart, charts, width, look) for chart in same]
        except WorkshopError as error:
            problem = error
    raise problem


def _limits(resolved: ResolvedChart) -> tuple[float, float]:
    """Return the ends of the value axis. That of a forest plot goes on below its words; its outer ticks are its ends."""
    axis = resolved.value_axis
    if resolved.chart.kind == ChartKind.FOREST and axis.ticks:
        return axis.ticks[0][0], axis.ticks[-1][0]
    return axis.minimum, axis.maximum


def _is_cut(resolved: ResolvedChart, kinds: Kinds) -> bool:
    """Whether a name had to be shortened."""
    texts = kinds.get(resolved.chart.kind).words(resolved)
    return any(text.endswith("…") and text not in resolved.chart.categories for text in texts)


def _in_box(chart: Chart | None, all_of: Sequence[Chart | None], width: float, look: Look) -> ResolvedChart | None:
    if chart is None:
        return None
    rows = max(len(c.categories) * (len(c.series) if c.kind == "bar" else 1) for c in all_of if c is not None)
    rows += 1 if chart.kind == "forest" else 0
    if _stacked(chart):
        chart = replace(chart, categories=("",) * len(chart.categories), highlight=())
    high = ROOM + rows * ROW if chart.kind in LYING else PLANE if chart.kind == "scatter" else UPRIGHT
    return resolve_chart(
        chart, width_pt=width, height_pt=high, colors=look.colors, medium="print", size_pt=SIZE, kinds=look.kinds
    )


def _layer(layers: Sequence[Sequence[Element]], places: Places) -> str:
    """Return the n-th element of a layer in every state as one element; where a state has fewer, it isn't shown."""
    written = []
    for number in range(max(map(len, layers), default=0)):
        ones = [layer[number] if number < len(layer) else None for layer in layers]
        model = next(one for one in ones if one is not None)
        attributes = {
            key.replace("class", "class_").replace("-", "_"): [
                one[2][key] if one else OFF if key == "class" else model[2][key] for one in ones
            ]
            for key in model[2]
        }
        texts = [one[1] if one else "" for one in ones] if model[0] == "text" else ()
        written.append(places.element(model[0], texts, **attributes))
    return "".join(written)


# ---------------------------------------------------------------- words and tables
def spoken(chart: Chart) -> str:
    """Return what a chart shows in one sentence, with every value."""
    parts = []
    for series in chart.series:
        at = [f"{x:g}" for x in series.x] if series.x else list(chart.categories)
        known = [
            f"{name} {show(value, chart.unit)}"
            for name, value in zip(at, series.values, strict=True)
            if value is not None
        ]
        parts.append((f"{series.name}: " if len(chart.series) > 1 else "") + ", ".join(known))
    return f"{chart.measure}. " + "; ".join(parts)


def _numbers(charts: Sequence[Chart | None], names: Sequence[str], words: Words) -> str:
    """Return a table of all values in all states, once if they are the same in all of them."""
    if len({None if chart is None else (chart.series, chart.categories) for chart in charts}) == 1:
        charts, names = charts[:1], names[:1]
    there = [(name, chart) for name, chart in zip(names, charts, strict=True) if chart is not None]
    first = max((chart for _, chart in there), key=lambda chart: len(chart.series[0].values))
    numeric, several = bool(first.series[0].x), any(len(chart.series) > 1 for _, chart in there)
    head = [f"{x:g}" for x in first.series[0].x] if numeric else list(first.categories)
    rows: dict[tuple[str, ...], None] = {}
    for name, chart in there:
        for series in chart.series:
            cells = [show(v, chart.unit) for v in series.values]
            if len(cells) == len(head):
                lead = [*([name] if len(charts) > 1 else []), *([series.name] if several else [])]
                rows[(*lead, *cells)] = None
    lead = [*([words("explore-state")] if len(charts) > 1 else []), *([words("explore-series")] if several else [])]
    return rows_of([*lead, *head], rows, first.measure)


def _as_table(charts: Sequence[Chart | None], places: Places, words: Words) -> str:
    """Return a chart that can't be drawn here as a table of its base state."""
    chart = charts[places.start] or next(c for c in charts if c is not None)
    return _numbers([chart], [""], words)


def _measure(table: Table, words: Words) -> str:
    """Return a table's caption; it says so if not all rows are shown."""
    if len(table.rows) <= MOST_ROWS:
        return table.measure
    return words("explore-first-rows", measure=table.measure, shown=MOST_ROWS, count=len(table.rows))


def _table(tables: Sequence[Table | None], places: Places, words: Words) -> Figure:
    """Return a table whose cells are places; a row that a state doesn't have isn't shown."""
    there = [table for table in tables if table is not None]
    model = max(there, key=lambda table: len(table.rows))
    columns = model.columns
    caption = places.element("caption", [_measure(t or model, words) for t in tables])
    looks: list[Mapping[str, str]] = [WORDY if column.unit == "text" else {} for column in columns]
    head = "".join(tag("th", escape(c.name), scope="col", **look) for c, look in zip(columns, looks, strict=True))
    body = []
    for number in range(min(len(model.rows), MOST_ROWS)):
        rows = [_row(table, number, len(columns)) for table in tables]
        cells = "".join(
            places.element("td", [row[k] if row else "" for row in rows], **look) for k, look in enumerate(looks)
        )
        shown = [
            OFF if row is None else "lit" if table is not None and table.highlight == number else ""
            for row, table in zip(rows, tables, strict=True)
        ]
        opening, _, _ = places.element("tr", class_=shown).partition("</tr>")
        body.append(opening + cells + "</tr>")
    table = tag("table", caption + tag("thead", tag("tr", head)) + tag("tbody", "".join(body)))
    label = escape(model.title)
    return Figure(f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">{table}</div>', "")


def _row(table: Table | None, number: int, columns: int) -> list[str] | None:
    if table is None or number >= len(table.rows) or len(table.columns) != columns:
        return None
    return [show(cell, column.unit) for cell, column in zip(table.rows[number], table.columns, strict=True)]


# ---------------------------------------------------------------- part
# One part of a demo's section: its controls, what it shows, and its data for the page.
class Part(Struct, frozen=True, kw_only=True):
    """One poke, ready for the page.

    Attributes:
        kind: "steps", "slider", "toggle", "choice", "pick", "ask", "write", "map" or "sort".
        label: names it where it isn't the first of its demo.
        picture: markup of what is seen.
        control: markup of what is turned, pressed or typed.
        said: markup of the one sentence on what is seen.
        more: markup of what else there is, under all of these.
        bet: markup of a slide's bet that can be placed before; "" without one.
        data: what the script needs.
        start: name in a link -> its value without one.
        numbers: every number again, as tables.
        exhibits: what it shows in the state in which the page is written; they have the mark of honesty.
        texts: number of a kit's own texts that travel with it.
    """

    kind: str
    label: str = ""
    picture: str
    control: str
    said: str = ""
    more: str = ""
    bet: str = ""
    data: Mapping[str, Any]
    start: Mapping[str, str]
    numbers: str = ""
    exhibits: tuple[Exhibit, ...] = ()
    texts: int = 0
