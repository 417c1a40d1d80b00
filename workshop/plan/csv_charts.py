"""Charts from a CSV file of the kit: which kinds its columns allow, and their series."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from workshop.errors import At, did_you_mean
from workshop.inputs.csv_text import Cells
from workshop.model import markup
from workshop.model.exhibits import Chart, ChartKind, Honesty, Scalar, Series
from workshop.model.numbers import decimal, whole
from workshop.plan.scope import Scope
from workshop.wording.formats import FILTERS, WITH_DECIMALS, show
from workshop.wording.languages import printed
from workshop.wording.messages import say

# Charts from a CSV file of the kit: its columns, their units and decimals, and what a picture's attributes ask for.
MOST = 10**15
NUMBER = re.compile(r"[+\-\N{MINUS SIGN}]?(?:\d{1,15}(?:\.\d+|,\d{1,2})?|\.\d+)%?")
MOST_WORDS = 3  # in a column of numbers: how many of them are reported
MOST_DECIMALS = 9
MOST_SAID = 24  # numbers that the alternative text names one by one
WITH_LOG = (ChartKind.LINE, ChartKind.SCATTER)


class Way(Struct, frozen=True):
    """The unit and decimals of a column; "" and ``None`` if none are given."""

    unit: str = ""
    decimals: int | None = None


class CsvTable(Struct, frozen=True, kw_only=True):
    """A CSV file as read: its title, its header, its rows with their lines, the way in which each column is shown, and its sign."""

    title: str
    header: Sequence[str]
    rows: Cells
    ways: Mapping[str, Way]
    signs: Mapping[str, str] = {}

    def column(self, name: str) -> list[tuple[int, Scalar | None]]:
        """Return line and cell of each row."""
        place = self.header.index(name)
        return [(line, cell_of(row[place])) for line, row in self.rows]


def ways_of(header: Sequence[str], units: str, decimals: str) -> tuple[dict[str, Way], list[tuple[str, str]]]:
    """Return the way in which each column is shown, and messages with hints about what can't be understood.

    Both attributes are one value for all columns, or values per column.

    >>> ways_of(["year", "share"], "share=percent", "1")[0]["share"]
    Way(unit='percent', decimals=1)
    """
    faults: list[tuple[str, str]] = []
    by_unit, by_decimals = (_per_column(header, given, faults) for given in (units, decimals))
    odd = [unit for unit in dict.fromkeys(by_unit.values()) if unit and unit not in FILTERS]
    faults += [(f"no unit is named '{unit}'", did_you_mean(unit, FILTERS)) for unit in odd]
    wrong = [n for n in dict.fromkeys(by_decimals.values()) if n and whole(n, 0, MOST_DECIMALS) is None]
    hint = f"write 0 to {MOST_DECIMALS}, as in decimals=1"
    faults += [(f"'{number}' isn't a number of decimals", hint) for number in wrong]
    if faults:
        return {}, faults
    ways = {}
    for name in header:
        unit, number = by_unit.get(name, ""), by_decimals.get(name, "")
        if number and unit and unit not in WITH_DECIMALS:
            faults.append((f"numbers in '{unit}' have no decimals", f"use one of {', '.join(WITH_DECIMALS)}"))
        ways[name] = Way(unit, whole(number, 0, MOST_DECIMALS))
    return ways, faults


def _per_column(header: Sequence[str], given: str, faults: list[tuple[str, str]]) -> dict[str, str]:
    """Return column -> value for ``one`` or ``a=one, b=other``."""
    if "=" not in given:
        return dict.fromkeys(header, given.strip())
    found = {}
    for part in given.split(","):
        name, _, value = (piece.strip() for piece in part.partition("="))
        if name not in header:
            faults.append((f"no column is named '{name}'", did_you_mean(name, header)))
        found[name] = value
    return found


def csv_chart(table: CsvTable, picture: markup.Picture, scope: Scope) -> Chart | None:
    """Return the chart of a CSV file that a picture's attributes ask for, or ``None`` after reporting what is wrong.

    ``kind=`` is a kind of chart, ``x=`` the column of names or numbers (default: the first one), ``y=`` one or more columns of
    numbers (default: the next one), ``name=`` a column of names for the points of a scatter chart, ``log=`` the axes that are logarithmic.
    """
    attrs, header = picture.attrs, table.header
    pie, x = attrs.get("kind") == "pie", attrs.get("x") or header[0]
    kind = str(ChartKind.STACKED) if pie else attrs.get("kind", "column")
    wanted = [y.strip() for y in attrs.get("y").split(",") if y.strip()]
    ys = list(dict.fromkeys(wanted)) or [h for h in header if h != x][:1]
    if not ys:
        scope.report.error(f"{_shown(picture)} has one column; a chart needs names and numbers", picture.at, "", "csv")
        return None
    names = attrs.get("name")
    way = table.ways.get(ys[0], Way())
    if not (
        _known(kind, (x, *ys, *([names] if names else [])), header, picture.at, scope)
        and _one_unit(table, ys, picture, scope)
    ):
        return None
    log = set(attrs.get("log").replace(",", "").replace(" ", ""))
    if not _log_fits(kind, log, picture, scope):
        return None
    numbered = kind == ChartKind.SCATTER or "x" in log
    rows = table if not numbered else _with_x(table, x, picture, scope)
    series = None if rows is None else _series_of(ys, rows.header, rows.rows, picture, scope)
    if rows is None or series is None:
        return None
    categories = tuple(row[header.index(x)] for _, row in rows.rows)
    unit = way.unit or "number"
    sign = table.signs.get(ys[0], "%")
    words = say(scope.language, f"chart-measure{'' if sign == '%' else '-in'}", what=", ".join(ys), by=x, unit=sign)
    if numbered:
        along = tuple(float(value) for _, value in rows.column(x) if isinstance(value, int | float))
        named = tuple(row[header.index(names)] for _, row in rows.rows) if names else ()
        series = tuple(Series(s.name, s.values, x=along, labels=named) for s in series)
    if pie:
        series, categories = _stacked(series, categories, picture, scope), tuple(ys)
    return Chart(
        kind,
        table.title,
        measure=words[0].upper() + words[1:],
        finding=_said(words, series, categories, way, scope.language),
        series=series,
        categories=() if numbered else categories,
        unit=unit,
        decimals=way.decimals,
        x_label=x if numbered else "",
        y_label=", ".join(ys) if kind == ChartKind.SCATTER else "",
        x_log="x" in log,
        y_log="y" in log,
        honesty=Honesty.SUPPLIED,
        basis=_shown(picture),
    )


def _stacked(
    series: Sequence[Series], names: Sequence[str], picture: markup.Picture, scope: Scope
) -> tuple[Series, ...]:
    """Return the sectors of a pie as the parts of one column, after saying so."""
    scope.report.advise("a pie is drawn as one stacked column", picture.at, "write kind=stacked", "csv")
    return tuple(map(Series, names, zip(*(s.values for s in series), strict=True)))


def _said(words: str, series: Sequence[Series], categories: Sequence[str], way: Way, language: str) -> str:
    """Return the alternative text: every number if they are few, else how many there are and their range."""
    unit = way.unit or "number"

    def told(value: float | None) -> str:
        return printed(show(value, unit, way.decimals), language)

    if len(series) * len(categories) <= MOST_SAID:
        parts = (
            f"{s.name} " + ", ".join(f"{c} {told(v)}" for c, v in zip(categories, s.values, strict=True))
            for s in series
        )
        return say(language, "chart-alt", what=words, values="; ".join(parts))
    ranges = []
    for s in series:
        there = [value for value in s.values if value is not None]
        ranges.append(say(language, "chart-alt-range", name=s.name, low=told(min(there)), high=told(max(there))))
    return say(language, "chart-alt-rows", what=words, rows=len(categories), values="; ".join(ranges))


def _one_unit(table: CsvTable, ys: Sequence[str], picture: markup.Picture, scope: Scope) -> bool:
    """Report columns of different units, since a chart has one value axis."""
    units = dict.fromkeys(table.ways.get(y, Way()).unit or "number" for y in ys)
    if len(units) > 1:
        message = f"the columns {' and '.join(ys)} have different units, {' and '.join(units)}"
        scope.report.error(message, picture.at, "draw a chart of each", "csv")
    return len(units) == 1


def _log_fits(kind: str, log: set[str], picture: markup.Picture, scope: Scope) -> bool:
    """Report an axis that doesn't exist, and a kind of chart without logarithmic axes."""
    if log - {"x", "y"}:
        scope.report.error(
            f"log={picture.attrs.get('log')} names no axis", picture.at, "write log=x, log=y or log=xy", "csv"
        )
    elif log and kind not in WITH_LOG:
        hint = f"use kind={' or kind='.join(WITH_LOG)}"
        scope.report.error(f"a chart of the kind '{kind}' has no logarithmic axis", picture.at, hint, "csv")
    else:
        return True
    return False


def _with_x(table: CsvTable, x: str, picture: markup.Picture, scope: Scope) -> CsvTable | None:
    """Return a table of the rows with a number along x, or ``None`` after reporting words there."""
    cells = table.column(x)
    words = [(line, value) for line, value in cells if isinstance(value, str)]
    for line, word in words[:MOST_WORDS]:
        message = f"column '{x}' has '{word}' where a number is needed"
        scope.report.error(message, At(_shown(picture), line), "", "csv")
    if words:
        return None
    kept = [row for row, (_, value) in zip(table.rows, cells, strict=True) if value is not None]
    if not kept:
        scope.report.error(f"column '{x}' has no numbers", picture.at, "choose another one with x=", "csv")
        return None
    return CsvTable(title=table.title, header=table.header, rows=kept, ways=table.ways)


def _known(kind: str, columns: Sequence[str], header: Sequence[str], at: At, scope: Scope) -> bool:
    """Return whether a chart's kind and columns exist; if not, report them with the nearest name."""
    kinds = [name for name in scope.kinds.names if scope.kinds.get(name).from_table]
    asked: tuple[tuple[str, Collection[str], str], ...] = (
        (kind, kinds, "kind of chart for a CSV file"),
        *((name, header, "column") for name in columns),
    )
    wrong = [(name, there, what) for name, there, what in asked if name not in there]
    for name, there, what in wrong:
        scope.report.error(f"no {what} is named '{name}'", at, did_you_mean(name, there), "csv")
    return not wrong


def _series_of(
    ys: Sequence[str], header: Sequence[str], rows: Cells, picture: markup.Picture, scope: Scope
) -> tuple[Series, ...] | None:
    """Return one series per column with numbers; ``None`` after reporting words among them, or that there are none."""
    found, fine = [], True
    for y in ys:
        values = [(line, cell_of(row[header.index(y)])) for line, row in rows]
        words = [(line, value) for line, value in values if isinstance(value, str)]
        fine = fine and not words
        for line, word in words[:MOST_WORDS]:
            message = f"column '{y}' has '{word}' where a number is needed"
            scope.report.error(message, At(_shown(picture), line), "", "csv")
        series = Series(y, tuple(None if isinstance(value, str) else value for _, value in values))
        if words or any(value is not None for value in series.values):
            found.append(series)
        else:
            what = f"column '{y}' has no numbers, and the chart leaves it out"
            scope.report.warn(what, At(_shown(picture), rows[0][0]), "fill it in, or take it out of y=", "csv")
    if fine and not found:
        scope.report.error(f"{_shown(picture)} has no numbers to draw", picture.at, "fill in a column", "csv")
    return tuple(found) if fine and found else None


def _shown(picture: markup.Picture) -> str:
    return picture.target.partition(":")[2]


def cell_of(text: str) -> Scalar | None:
    """Return a cell as a number if it is one as people write it: no exponent, a decimal point or comma, perhaps a %.

    >>> [cell_of(text) for text in ("12", "2,5", "80%", "-.5", "1e5", "1_000", "")]
    [12, 2.5, 0.8, -0.5, '1e5', '1_000', None]
    """
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        return text
    plain = text.rstrip("%").replace(",", ".").replace("\N{MINUS SIGN}", "-")
    count, value = whole(plain, -MOST, MOST), decimal(plain, -MOST, MOST)
    if count is not None and text[-1] != "%":
        return count
    return text if value is None else value / (100 if text[-1] == "%" else 1)
