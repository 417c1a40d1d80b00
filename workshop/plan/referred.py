"""Finding what a picture refers to: an exhibit of a run, a chart or table from a CSV file of the kit, or a picture file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from workshop import limits
from workshop.errors import At, did_you_mean
from workshop.expressions import TASKS
from workshop.inputs.csv_text import Cells
from workshop.inputs.pictures import PictureError
from workshop.model import blocks, markup
from workshop.model.exhibits import Chart, Code, Column, Exhibit, Honesty, Scalar, Table
from workshop.model.walk import CSV_SUFFIXES
from workshop.plan.csv_charts import CsvTable, Way, cell_of, csv_chart, ways_of
from workshop.plan.csv_files import find_in_kit, read_table
from workshop.plan.highlight import classes_of
from workshop.plan.resolve import RAISED, all_figures
from workshop.plan.scope import Scope
from workshop.plan.written_numbers import as_numbers
from workshop.wording.formats import show
from workshop.wording.languages import printed
from workshop.wording.messages import say
from workshop.wording.typography import typeset

# Finding what a picture refers to: an exhibit of a run, a CSV of the kit, or a file.
FOCUS = re.compile(r"(\d+(?:\.\d+)?)%[,\s]\s*(\d+(?:\.\d+)?)%")
MOST_DROPPED = 4  # most parts of a picture that one warning names
TYPES: dict[str, type[Chart | Table | Code]] = {"chart": Chart, "table": Table, "code": Code}


def find_picture(picture: markup.Picture, scope: Scope) -> blocks.Block | None:
    """Return what a picture shows, or ``None`` after reporting a problem."""
    scheme, _, name = picture.target.partition(":")
    if not picture.target:
        return None
    if scheme in TYPES and name:
        exhibit = find_exhibit(picture, scope)
        alt = alt_text(picture, scope)
        made = None if exhibit is None else shown(name, exhibit, alt, picture.at, scope.language)
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


def _cell(cell: object, column: Column, language: str) -> str:
    text = show(cell, column.unit, column.decimals)
    return printed(text, language) if isinstance(cell, int | float) else text


def shown(name: str, exhibit: Exhibit, alt: str, at: At, language: str) -> blocks.Block:
    """Return an exhibit as a block; the numbers of a table become text, as they are written in a language."""
    if isinstance(exhibit, Chart):
        return blocks.ShownChart(name, exhibit, alt or exhibit.finding, at)
    if isinstance(exhibit, Code):
        text = exhibit.text.rstrip("\n")
        return blocks.ShownCode(
            text, exhibit.language, alt or exhibit.finding, at, classes=classes_of(text, exhibit.language, at)
        )
    header = tuple((blocks.Run(column.name),) if column.name else () for column in exhibit.columns)
    rows = tuple(
        tuple((blocks.Run(_cell(cell, column, language)),) for cell, column in zip(row, exhibit.columns, strict=True))
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
    if not scope.report.has_room(limits.EXHIBITS, limits.NUMBERS_SHOWN):
        return None
    path = find_in_kit(name, picture.at, (*scope.overlays, scope.root), scope.report)
    table = None if path is None else read_table(path, name, picture.at, scope.report)
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
            finding=say(scope.language, "table-alt-rows", what=title, rows=len(rows), columns=", ".join(header)),
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


def _file(picture: markup.Picture, scope: Scope) -> blocks.ShownPicture | None:
    path = find_in_kit(picture.target, picture.at, (*scope.overlays, scope.root), scope.report)
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
        focus=_focus(picture, scope),
        grey=found.grey,
    )


def _focus(picture: markup.Picture, scope: Scope) -> tuple[float, float] | None:
    """Return the point that must be seen of a photo that is cropped, in shares of its width and height."""
    given = picture.attrs.get("focus")
    if not given:
        return None
    found = FOCUS.fullmatch(given.strip())
    shares = tuple(float(number) / 100 for number in found.groups()) if found else ()
    if len(shares) != 2 or max(shares) > 1:
        hint = "write focus=50%,30%: from the left, and from the top"
        scope.report.warn(
            f"focus={given} of '{picture.target}' isn't a point of the picture", picture.at, hint, "picture"
        )
        return None
    return shares[0], shares[1]
