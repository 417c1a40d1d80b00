"""CSV as text: every cell keeps the characters that were written."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from workshop.errors import At, Problem, WorkshopError, did_you_mean

DELIMITERS = ",;\t"
Cells = list[tuple[int, list[str]]]


class TableError(ValueError):
    """Text that isn't a table, for instance because half of the file is inside an unclosed quote."""


def read_cells(text: str, delimiter: str = "") -> Cells:
    """Return the line in which each row begins, and its cells without the spaces around them; empty rows are left out.

    Args:
        delimiter: what separates the cells; "" for the candidate that is most frequent in the first line.

    Raises:
        TableError: for a cell that is longer than in any real table.
    """
    parted = delimiter or max(DELIMITERS, key=text.lstrip().partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted, skipinitialspace=True)
    found: Cells = []
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(f"line {line}: {error}") from None
    return found


def read_named(text: str, name: str, columns: Sequence[str], code: str = "bad-data") -> list[tuple[At, dict[str, str]]]:
    """Return the rows of a table as mappings from the names in its first line, in lower case; short rows get empty cells.

    Args:
        name: of the file, for messages.
        columns: names that must be there, in any order and possibly among others.

    Raises:
        WorkshopError: for a column that is missing, a row with too many cells, or text that isn't a table.
    """
    try:
        cells = read_cells(text)
    except TableError as error:
        raise _wrong(f"this isn't a table: {error}", At(name), "save it as CSV in UTF-8", code) from None
    line, head = cells[0] if cells else (1, [])
    head = [cell.lower() for cell in head]
    for column in columns:
        if column not in head:
            hint = did_you_mean(column, head) or f"the first line must read {','.join(columns)}"
            raise _wrong(f"no column is named {column!r}", At(name, line), hint, code)
    rows = []
    for line, row in cells[1:]:
        if len(row) > len(head) and any(row[len(head) :]):
            raise _wrong("this line has too many commas", At(name, line), 'put a text with a comma into "quotes"', code)
        rows.append((At(name, line), dict(zip(head, [*row, *[""] * len(head)], strict=False))))
    return rows


def _wrong(message: str, at: At, hint: str, code: str) -> WorkshopError:
    return WorkshopError(Problem(message, at, hint=hint, code=code))
