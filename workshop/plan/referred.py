"""Finding what a picture refers to: an exhibit of a run, a chart or table from a CSV file of the kit, or a picture file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop import limits
from workshop.errors import At, did_you_mean
from workshop.expressions import TASKS
from workshop.inputs.door import TooLargeError, find_inside, read_text
from workshop.inputs.pictures import PictureError
from workshop.inputs.structured import Cells, TableError, read_cells
from workshop.model import blocks, markup
from workshop.model.exhibits import Chart, ChartKind, Code, Column, Exhibit, Honesty, Scalar, Series, Table
from workshop.model.numbers import decimal, whole
from workshop.model.source import CSV_SUFFIXES
from workshop.plan.highlight import classes_of
from workshop.plan.resolve import RAISED, Scope, all_figures
from workshop.plan.written_numbers import as_numbers
from workshop.wording.formats import FILTERS, WITH_DECIMALS, show
from workshop.wording.typography import typeset

# ---------------------------------------------------------------- csv charts
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
    words = f"{', '.join(ys)} by {x}" + ("" if sign == "%" else f", in {sign}")
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
        finding=_said(words, series, categories, way),
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


def _said(words: str, series: Sequence[Series], categories: Sequence[str], way: Way) -> str:
    """Return the alternative text: every number if they are few, else how many there are and their range."""
    unit = way.unit or "number"
    if len(series) * len(categories) <= MOST_SAID:
        parts = (
            f"{s.name} "
            + ", ".join(f"{c} {show(v, unit, way.decimals)}" for c, v in zip(categories, s.values, strict=True))
            for s in series
        )
        return f"Chart of {words}: {'; '.join(parts)}"
    ranges = []
    for s in series:
        there = [value for value in s.values if value is not None]
        low, high = (show(end, unit, way.decimals) for end in (min(there), max(there)))
        ranges.append(f"{s.name} from {low} to {high}")
    return f"Chart of {words}, {len(categories)} rows: {'; '.join(ranges)}"


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


# ---------------------------------------------------------------- exhibits
# Finding what a picture refers to: an exhibit of a run, a CSV of the kit, or a file.
MOST_DROPPED = 4  # most parts of a picture that one warning names
TYPES: dict[str, type[Chart | Table | Code]] = {"chart": Chart, "table": Table, "code": Code}


def find_picture(picture: markup.Picture, scope: Scope) -> blocks.Block | None:
    """Return what a picture shows, or ``None`` after reporting a problem."""
    scheme, _, name = picture.target.partition(":")
    if not picture.target:
        return None
    if scheme in TYPES and name:
        exhibit = find_exhibit(picture, scope)
        made = None if exhibit is None else shown(name, exhibit, alt_text(picture, scope), picture.at)
        if isinstance(made, blocks.ShownTable):
            return replace(made, lanes="lanes" in picture.attrs.classes)
        return made
    return _drawing(name, picture, scope) if scheme == "drawing" else _file(picture, scope)


def _drawing(name: str, picture: markup.Picture, scope: Scope) -> blocks.ShownPicture | None:
    drawn = scope.drawing(name, picture.at)
    if drawn is None:
        return None
    return blocks.ShownPicture(
        path=Path(),
        alt=alt_text(picture, scope) or drawn.alt,
        width_px=round(drawn.width),
        height_px=round(drawn.height),
        at=picture.at,
        drawing=drawn,
    )


def find_exhibit(picture: markup.Picture, scope: Scope) -> Exhibit | None:
    """Return the exhibit behind ``chart:``, ``table:`` or ``code:``, or ``None`` after reporting a problem."""
    scheme, _, name = picture.target.partition(":")
    found = (
        _from_csv(scheme, name, picture, scope)
        if name.endswith(CSV_SUFFIXES)
        else _of_run(scheme, name, picture, scope)
    )
    measure = picture.attrs.get("measure")
    if found is not None and not _is_affordable(found, picture, scope):
        return None
    if isinstance(found, Chart) and found.kind not in scope.kinds.names:
        hint = did_you_mean(found.kind, scope.kinds.names)
        scope.report.error(f"{name} is a chart of an unknown kind, '{found.kind}'", picture.at, hint, "unknown-kind")
        return None
    if found is not None and not isinstance(found, Code):
        found = typeset(found, scope.language)
    return replace(found, measure=scope.fill(measure, picture.at)) if found is not None and measure else found


def _is_affordable(exhibit: Exhibit, picture: markup.Picture, scope: Scope) -> bool:
    """Whether all tables and charts so far are within their limits; the first beyond one is reported."""
    numbers = (
        sum(len(series.values) for series in exhibit.series)
        if isinstance(exhibit, Chart)
        else len(exhibit.rows) * len(exhibit.columns)
        if isinstance(exhibit, Table)
        else 0
    )
    hint = "show fewer of them, or fewer of their rows and columns"
    what = "slides and sheets up to here have"
    return scope.report.spend(limits.EXHIBITS, 1, what, picture.at, hint) and scope.report.spend(
        limits.NUMBERS_SHOWN, numbers, what, picture.at, hint
    )


def alt_text(picture: markup.Picture, scope: Scope) -> str:
    """Return the alternative text given in brackets or by ``alt=`` or ``fig-alt=``; "" if there is none."""
    given = picture.attrs.get("alt") or picture.attrs.get("fig-alt")
    if given:
        return scope.fill(given, picture.at)
    return caption(picture, scope)


def caption(picture: markup.Picture, scope: Scope) -> str:
    """Return the bracket text of a picture, with its values filled in."""
    return "".join(_characters(node, scope) for node in picture.alt).strip()


def _characters(node: object, scope: Scope) -> str:
    if isinstance(node, markup.Value):
        return scope.text(node.expr, node.at)
    if isinstance(node, markup.Text | markup.CodeSpan):
        return node.text
    if isinstance(node, markup.FootnoteRef) and node.number:
        marker = str(node.number).translate(RAISED)
        note = f"{marker} {''.join(_characters(child, scope) for child in node.children)}"
        if note not in scope.footnotes:  # a caption may also be the alternative text
            scope.footnotes.append(note)
        return marker
    return "".join(_characters(child, scope) for child in getattr(node, "children", ()))


def shown(name: str, exhibit: Exhibit, alt: str, at: At) -> blocks.Block:
    """Return an exhibit as a block; the numbers of a table become text."""
    if isinstance(exhibit, Chart):
        return blocks.ShownChart(name, exhibit, alt or exhibit.finding, at)
    if isinstance(exhibit, Code):
        text = exhibit.text.rstrip("\n")
        return blocks.ShownCode(
            text, exhibit.language, alt or exhibit.finding, at, classes=classes_of(text, exhibit.language, at)
        )
    header = tuple((blocks.Run(column.name),) if column.name else () for column in exhibit.columns)
    rows = tuple(
        tuple(
            (blocks.Run(show(cell, column.unit, column.decimals)),)
            for cell, column in zip(row, exhibit.columns, strict=True)
        )
        for row in exhibit.rows
    )
    aligns = tuple(
        "right" if k and (column.unit != "text" or all_figures(row[k] for row in rows)) else "left"
        for k, column in enumerate(exhibit.columns)
    )
    return blocks.ShownTable(
        header=header,
        rows=rows,
        aligns=aligns,
        alt=alt or exhibit.finding,
        name=name,
        highlight=exhibit.highlight,
        at=at,
    )


def _columns(header: Sequence[str], rows: Cells, ways: Mapping[str, Way]) -> tuple[Column, ...]:
    """Return the columns of a CSV file: numbers in their unit, all other columns as they are written."""

    def column(k: int, name: str) -> Column:
        cells = [cell_of(row[k]) for _, row in rows if row[k]]
        numbers = bool(cells) and not any(isinstance(cell, str) for cell in cells)
        unit = ways[name].unit or ("number" if ways[name].decimals is not None else "text")
        return Column(name, unit, ways[name].decimals) if numbers and unit != "text" else Column(name)

    return tuple(column(k, name) for k, name in enumerate(header))


def _ways(header: Sequence[str], picture: markup.Picture, scope: Scope) -> dict[str, Way] | None:
    """Return the unit and decimals of each column, or ``None`` after reporting what is wrong with them."""
    given = {what: picture.attrs.get(what) for what in ("unit", "decimals")}
    ways, faults = ways_of(header, given["unit"], given["decimals"])
    for message, hint in faults:
        scope.report.error(message, picture.at, hint, "csv")
    return None if faults else ways


def _shown_cell(text: str, column: Column) -> Scalar | None:
    return (text or None) if column.unit == "text" else cell_of(text)


def _of_run(scheme: str, name: str, picture: markup.Picture, scope: Scope) -> Exhibit | None:
    run, _, exhibit = name.partition(".")
    if run in scope.failed:
        return None
    if run != TASKS and run not in scope.findings:
        scope.report.error(
            f"no run or demo is named '{run}'",
            picture.at,
            did_you_mean(run, {*scope.findings, *scope.known}),
            "unknown-demo",
        )
        return None
    every = scope.solutions if run == TASKS else scope.findings[run].exhibits
    exhibits = {k: v for k, v in every.items() if isinstance(v, TYPES[scheme])}
    if exhibit not in exhibits:
        hint = did_you_mean(exhibit, exhibits)
        if exhibit in every:
            kind = next(k for k, t in TYPES.items() if isinstance(every[exhibit], t))
            hint = f"it is a {kind}: write {kind}:{name}"
        scope.report.error(f"{run} has no {scheme} named '{exhibit}'", picture.at, hint, f"unknown-{scheme}")
        return None
    return exhibits[exhibit]


def _from_csv(scheme: str, name: str, picture: markup.Picture, scope: Scope) -> Exhibit | None:
    path = _inside(name, picture, scope) if scope.report.has_room(limits.EXHIBITS, limits.NUMBERS_SHOWN) else None
    table = None if path is None else _read_csv(path, name, picture, scope)
    if table is None:
        return None
    header, rows, comma = table
    ways = _ways(header, picture, scope)
    if ways is None:
        return None
    title = Path(name).stem.replace("-", " ").replace("_", " ")
    if scheme == "table":
        columns = _columns(header, rows, ways)
        return Table(
            title,
            columns,
            tuple(tuple(_shown_cell(c, column) for c, column in zip(row, columns, strict=True)) for _, row in rows),
            finding=f"Table of {title} with {len(rows)} rows: {', '.join(header)}",
            honesty=Honesty.SUPPLIED,
            basis=name,
        )
    if scheme == "chart":
        rows, signs = as_numbers(header, rows, comma=comma)
        given = {name: way.unit or ("percent" if signs.get(name) == "%" else "") for name, way in ways.items()}
        ways = {name: Way(given[name], way.decimals) for name, way in ways.items()}
        return csv_chart(CsvTable(title=title, header=header, rows=rows, ways=ways, signs=signs), picture, scope)
    scope.report.error("code comes from a demo, not from a CSV file", picture.at)
    return None


def _read_csv(path: Path, name: str, picture: markup.Picture, scope: Scope) -> tuple[list[str], Cells, bool] | None:
    """Return header and rows, and whether a comma is a decimal comma; ``None`` after reporting what is wrong."""
    report = scope.report
    try:
        text = read_text(path, limits.CSV_BYTES)
    except OSError as error:
        hint = "group its rows first" if isinstance(error, TooLargeError) else "save it as CSV UTF-8"
        report.error(f"{name} can't be read: {error.strerror}", picture.at, hint, "csv")
        return None
    try:
        rows = read_cells(text.replace("\0", ""), "\t" if path.suffix == ".tsv" else "")
    except TableError as error:
        report.error(f"{name} isn't a table: {error}", picture.at, "save it as CSV UTF-8", "csv")
        return None
    body_rows, cells = len(rows) - 1, sum(len(row) for _, row in rows)
    columns = max((len(row) for _, row in rows), default=0)
    sizes = (
        (body_rows, limits.TABLE_ROWS),
        (cells, limits.TABLE_CELLS),
        (columns, limits.TABLE_COLUMNS),
    )
    for size, most in sizes:
        if size > most:
            message = f"{name} has {size:,} {most.unit}; the limit is {most}"
            report.error(message, picture.at, "show the rows and columns that matter, or group them", "csv")
            return None
    if line := next((line for line, row in rows if any(len(cell) > limits.CSV_CELL for cell in row)), 0):
        message = f"a cell of this row has more than {limits.CSV_CELL}"
        report.error(message, At(name, line), "shorten it: nobody could read it on a slide", "csv")
        return None
    if len(rows) < 2:
        report.error(f"{name} has no rows under its header", picture.at, "", "csv")
        return None
    header, body = rows[0][1], rows[1:]
    if twice := next((h for k, h in enumerate(header) if h and h in header[:k]), ""):
        report.error(f"two columns are named '{twice}'", At(name, rows[0][0]), "give each a different name", "csv")
        return None
    for number, row in body:
        if len(row) != len(header):
            report.error(f"this row has {len(row)} cells for {len(header)} columns", At(name, number), "", "csv")
            return None
    first = text.lstrip().partition("\n")[0]
    return header, body, first.count(";") > first.count(",")


def _inside(name: str, picture: markup.Picture, scope: Scope) -> Path | None:
    """Return a file below the kit's root or an overlay's, or ``None`` after reporting why it can't be used."""
    why = ("", "")
    for top in (*scope.overlays, scope.root):
        found = find_inside(name, (top, (top / picture.at.path).parent), top)
        if isinstance(found, Path):
            return found
        why = found
    scope.report.error(why[0], picture.at, why[1], "missing-file")
    return None


def _file(picture: markup.Picture, scope: Scope) -> blocks.ShownPicture | None:
    path = _inside(picture.target, picture, scope)
    if path is None:
        return None
    try:
        found = scope.picture(path)
    except PictureError as error:
        scope.report.error(f"'{picture.target}' can't be shown: {error.reason}", picture.at, error.hint, error.code)
        return None
    if found.dropped:
        parts = ", ".join(found.dropped[:MOST_DROPPED])
        scope.report.warn(f"'{picture.target}' is shown without {parts}", picture.at, "", "picture")
    alt = alt_text(picture, scope)
    if not alt:
        scope.report.warn(
            f"the picture '{picture.target}' has no alternative text",
            picture.at,
            "say what it shows: ![what it shows](…)",
            "alt-text",
        )
    return blocks.ShownPicture(
        path=path,
        alt=alt,
        caption=caption(picture, scope),
        width_px=found.width,
        height_px=found.height,
        link=picture.attrs.get("link"),
        size=(picture.attrs.get("width"), picture.attrs.get("height")),
        at=picture.at,
    )
