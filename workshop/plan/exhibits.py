"""Finding what a picture refers to: an exhibit of a run, a CSV of the kit, or a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from workshop import limits
from workshop.errors import At, did_you_mean
from workshop.expressions import TASKS
from workshop.inputs.csv_text import Cells, TableError, read_cells
from workshop.inputs.door import TooLargeError, find_inside, read_text
from workshop.inputs.pictures import PictureError
from workshop.model import kit, markup
from workshop.model.exhibits import Chart, Code, Column, Exhibit, Honesty, Scalar, Series, Table
from workshop.model.walk import CSV_SUFFIXES
from workshop.plan.resolve import all_figures
from workshop.plan.scope import Scope
from workshop.wording.formats import FILTERS, show
from workshop.wording.typography import typeset

NUMBER = re.compile(r"[+\-\N{MINUS SIGN}]?(?:\d{1,15}(?:\.\d+|,\d{1,2})?|\.\d+)%?")
MOST_WORDS = 3  # in a column of numbers: how many of them are reported
MOST_DROPPED = 4  # most parts of a picture that one warning names
TYPES: dict[str, type[Chart | Table | Code]] = {"chart": Chart, "table": Table, "code": Code}


def find_picture(picture: markup.Picture, scope: Scope) -> kit.Block | None:
    """Return what a picture shows, or ``None`` after reporting a problem."""
    scheme, _, name = picture.target.partition(":")
    if not picture.target:
        return None
    if scheme in TYPES and name:
        exhibit = find_exhibit(picture, scope)
        return None if exhibit is None else shown(name, exhibit, alt_text(picture, scope), picture.at)
    return _file(picture, scope)


def find_exhibit(picture: markup.Picture, scope: Scope) -> Exhibit | None:
    """Return the exhibit behind ``chart:``, ``table:`` or ``code:``, or ``None`` after reporting a problem."""
    scheme, _, name = picture.target.partition(":")
    found = (
        _from_csv(scheme, name, picture, scope)
        if name.endswith(CSV_SUFFIXES)
        else _of_run(scheme, name, picture, scope)
    )
    measure = picture.attrs.get("measure")
    if isinstance(found, Chart) and found.kind not in scope.kinds.names:
        hint = did_you_mean(found.kind, scope.kinds.names)
        scope.report.error(f"{name} is a chart of an unknown kind, '{found.kind}'", picture.at, hint, "unknown-kind")
        return None
    if found is not None and not isinstance(found, Code):
        found = typeset(found, scope.language)
    return replace(found, measure=scope.fill(measure, picture.at)) if found is not None and measure else found


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
    return "".join(_characters(child, scope) for child in getattr(node, "children", ()))


def shown(name: str, exhibit: Exhibit, alt: str, at: At) -> kit.Block:
    """Return an exhibit as a block; the numbers of a table become text."""
    if isinstance(exhibit, Chart):
        return kit.ShownChart(name, exhibit, alt or exhibit.finding, at)
    if isinstance(exhibit, Code):
        return kit.ShownCode(exhibit.text.rstrip("\n"), exhibit.language, alt or exhibit.finding, at)
    header = tuple((kit.Run(column.name),) if column.name else () for column in exhibit.columns)
    rows = tuple(
        tuple((kit.Run(show(cell, column.unit)),) for cell, column in zip(row, exhibit.columns, strict=True))
        for row in exhibit.rows
    )
    aligns = tuple(
        "right" if k and (column.unit != "text" or all_figures(row[k] for row in rows)) else "left"
        for k, column in enumerate(exhibit.columns)
    )
    return kit.ShownTable(
        header=header,
        rows=rows,
        aligns=aligns,
        alt=alt or exhibit.finding,
        name=name,
        highlight=exhibit.highlight,
        at=at,
    )


def _columns(header: Sequence[str], rows: Cells, unit: str) -> tuple[Column, ...]:
    """Return the columns of a CSV file: numbers in the given unit, all other columns as they are written."""

    def numbers(k: int) -> bool:
        cells = [_cell(row[k]) for _, row in rows if row[k]]
        return bool(cells) and not any(isinstance(cell, str) for cell in cells)

    return tuple(Column(h, unit if unit != "text" and numbers(k) else "text") for k, h in enumerate(header))


def _shown_cell(text: str, column: Column) -> Scalar | None:
    return (text or None) if column.unit == "text" else _cell(text)


def _of_run(scheme: str, name: str, picture: markup.Picture, scope: Scope) -> Exhibit | None:
    run, _, exhibit = name.partition(".")
    if run in scope.failed:
        return None
    if run != TASKS and run not in scope.findings:
        scope.report.error(
            f"there is no run or demo named '{run}'",
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
    path = _inside(name, picture, scope)
    table = None if path is None else _read_csv(path, name, picture, scope)
    if table is None:
        return None
    header, rows = table
    unit = picture.attrs.get("unit")
    if unit and unit not in FILTERS:
        scope.report.error(f"there is no unit named '{unit}'", picture.at, did_you_mean(unit, FILTERS), "csv")
        return None
    title = Path(name).stem.replace("-", " ").replace("_", " ")
    if scheme == "table":
        columns = _columns(header, rows, unit or "text")
        return Table(
            title,
            columns,
            tuple(tuple(_shown_cell(c, column) for c, column in zip(row, columns, strict=True)) for _, row in rows),
            finding=f"Table of {title} with {len(rows)} rows: {', '.join(header)}",
            honesty=Honesty.SUPPLIED,
            basis=name,
        )
    if scheme == "chart":
        return _csv_chart(title, header, rows, picture, scope)
    scope.report.error("code comes from a demo, not from a CSV file", picture.at)
    return None


def _csv_chart(title: str, header: list[str], rows: Cells, picture: markup.Picture, scope: Scope) -> Chart | None:
    """Return the chart of a CSV file that a picture's attributes ask for, or ``None`` after reporting what is wrong.

    ``kind=`` is a kind of chart, ``x=`` the column of names (default: the first one), ``y=`` one or more columns of numbers
    (default: the next one), ``unit=`` the format of their values.
    """
    attrs = picture.attrs
    kind, unit, x = attrs.get("kind", "column"), attrs.get("unit", "number"), attrs.get("x") or header[0]
    wanted = [y.strip() for y in attrs.get("y").split(",") if y.strip()]
    ys = list(dict.fromkeys(wanted)) or [h for h in header if h != x][:1]
    if not ys:
        scope.report.error(f"{_shown(picture)} has one column; a chart needs names and numbers", picture.at, "", "csv")
        return None
    if not _known(kind, (x, *ys), header, picture.at, scope):
        return None
    series = _series_of(ys, header, rows, picture, scope)
    if series is None:
        return None
    categories = tuple(row[header.index(x)] for _, row in rows)
    words = f"{', '.join(ys)} by {x}"
    said = (
        f"{s.name} " + ", ".join(f"{c} {show(v, unit)}" for c, v in zip(categories, s.values, strict=True))
        for s in series
    )
    return Chart(
        kind,
        title,
        measure=words[0].upper() + words[1:],
        finding=f"Chart of {words}: {'; '.join(said)}",
        series=series,
        categories=categories,
        unit=unit,
        honesty=Honesty.SUPPLIED,
        basis=_shown(picture),
    )


def _known(kind: str, columns: Sequence[str], header: list[str], at: At, scope: Scope) -> bool:
    """Return whether a chart's kind and columns exist; if not, report them with the nearest name."""
    kinds = [name for name in scope.kinds.names if scope.kinds.get(name).from_table]
    asked: tuple[tuple[str, Collection[str], str], ...] = (
        (kind, kinds, "kind of chart for a CSV file"),
        *((name, header, "column") for name in columns),
    )
    wrong = [(name, there, what) for name, there, what in asked if name not in there]
    for name, there, what in wrong:
        scope.report.error(f"there is no {what} named '{name}'", at, did_you_mean(name, there), "csv")
    return not wrong


def _series_of(
    ys: Sequence[str], header: list[str], rows: Cells, picture: markup.Picture, scope: Scope
) -> tuple[Series, ...] | None:
    """Return one series per column with numbers; ``None`` after reporting words among them, or that there are none."""
    found, fine = [], True
    for y in ys:
        values = [(line, _cell(row[header.index(y)])) for line, row in rows]
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


def _read_csv(path: Path, name: str, picture: markup.Picture, scope: Scope) -> tuple[list[str], Cells] | None:
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
    for size, most in ((body_rows, limits.TABLE_ROWS), (cells, limits.TABLE_CELLS)):
        if size > most:
            message = f"{name} has {size:,} {most.unit}; the limit is {most}"
            report.error(message, picture.at, "show the rows that matter, or group them", "csv")
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
    return header, body


def _cell(text: str) -> Scalar | None:
    """Return a cell as a number if it is one as people write it: no exponent, a decimal point or comma, perhaps a %.

    >>> [_cell(text) for text in ("12", "2,5", "80%", "-.5", "1e5", "1_000", "")]
    [12, 2.5, 0.8, -0.5, '1e5', '1_000', None]
    """
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        return text
    value = float(text.rstrip("%").replace(",", ".").replace("\N{MINUS SIGN}", "-")) / (100 if text[-1] == "%" else 1)
    return int(value) if value.is_integer() and text.lstrip("+-\N{MINUS SIGN}").isdecimal() else value


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


def _file(picture: markup.Picture, scope: Scope) -> kit.ShownPicture | None:
    path = _inside(picture.target, picture, scope)
    if path is None:
        return None
    try:
        found = scope.picture(path)
    except PictureError as error:
        scope.report.error(f"'{picture.target}' can't be shown: {error.reason}", picture.at, error.hint, "picture")
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
    return kit.ShownPicture(
        path=path, alt=alt, caption=caption(picture, scope), width_px=found.width, height_px=found.height, at=picture.at
    )
