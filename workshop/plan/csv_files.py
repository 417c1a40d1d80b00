"""CSV files that slides show: found in the kit, bounded while they are read, and refused before any demo runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workshop import limits
from workshop.errors import At, Report
from workshop.inputs.csv_text import Cells, TableError, TooManyError, read_cells
from workshop.inputs.door import find_inside, read_text
from workshop.inputs.inside import TooLargeError
from workshop.model.markup import Picture
from workshop.model.walk import CSV_SUFFIXES, EXHIBIT

FEWER = "show the rows and columns that matter, or group them"


def check_tables(seen: Iterable[Any], tops: Sequence[Path], report: Report) -> None:
    """Report each CSV file that nodes show and that would be refused, once; missing ones are left to the plan.

    Args:
        tops: the overlays and the kit's own folder.
    """
    known: set[Path] = set()
    for node in seen:
        if not isinstance(node, Picture) or not (match := EXHIBIT.match(node.target)):
            continue
        name = match["name"]
        path = find_in_kit(name, node.at, tops, Report()) if name.endswith(CSV_SUFFIXES) else None
        if path is not None and path not in known:
            known.add(path)
            read_table(path, name, node.at, report)


def find_in_kit(name: str, at: At, tops: Sequence[Path], report: Report) -> Path | None:
    """Return a file below the kit's root or an overlay's, or ``None`` after reporting why it can't be used.

    Args:
        at: what names it; a name may begin in that file's folder.
    """
    why = ("", "")
    for top in tops:
        found = find_inside(name, (top, (top / at.path).parent), top)
        if isinstance(found, Path):
            return found
        why = found
    report.error(why[0], at, why[1], "missing-file")
    return None


def read_table(path: Path, name: str, at: At, report: Report) -> tuple[list[str], Cells, bool] | None:
    """Return header and rows, and whether a comma is a decimal comma; ``None`` after reporting what is wrong.

    Its bytes are bounded before they are decoded; reading ends at the first row or cell beyond a limit.
    """
    try:
        text = read_text(path, limits.CSV_BYTES)
    except OSError as error:
        hint = "group its rows first" if isinstance(error, TooLargeError) else "save it as CSV UTF-8"
        report.error(f"{name} can't be read: {error.strerror}", at, hint, "csv")
        return None
    delimiter = "\t" if path.suffix == ".tsv" else ""
    try:
        rows = read_cells(text.replace("\0", ""), delimiter, limits.TABLE_ROWS, limits.TABLE_CELLS)
    except TooManyError as error:
        report.error(
            f"{name} has more {error.most.unit} than can be shown; the limit is {error.most}", at, FEWER, "csv"
        )
        return None
    except TableError as error:
        report.error(f"{name} isn't a table: {error}", at, "save it as CSV UTF-8", "csv")
        return None
    if not _is_shown(rows, name, at, report):
        return None
    first = text.lstrip().partition("\n")[0]
    return rows[0][1], rows[1:], first.count(";") > first.count(",")


def _is_shown(rows: Cells, name: str, at: At, report: Report) -> bool:
    """Whether the rows are a table with a header that can be shown; if not, that is reported."""
    columns = max((len(row) for _, row in rows), default=0)
    if columns > limits.TABLE_COLUMNS:
        most = limits.TABLE_COLUMNS
        report.error(f"{name} has {columns:,} {most.unit}; the limit is {most}", at, FEWER, "csv")
        return False
    if line := next((line for line, row in rows if any(len(cell) > limits.CSV_CELL for cell in row)), 0):
        message = f"a cell of this row has more than {limits.CSV_CELL}"
        report.error(message, At(name, line), "shorten it: nobody could read it on a slide", "csv")
        return False
    if len(rows) < 2:
        report.error(f"{name} has no rows under its header", at, "", "csv")
        return False
    header = rows[0][1]
    if twice := next((h for k, h in enumerate(header) if h and h in header[:k]), ""):
        report.error(f"two columns are named '{twice}'", At(name, rows[0][0]), "give each a different name", "csv")
        return False
    for number, row in rows[1:]:
        if len(row) != len(header):
            report.error(f"this row has {len(row)} cells for {len(header)} columns", At(name, number), "", "csv")
            return False
    return True
