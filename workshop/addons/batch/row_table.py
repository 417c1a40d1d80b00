"""The table of a batch: its rows as they were written, and a name of its own for each row's folder."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.addons.batch.rows import REPORT, ROWS, ROWS_BYTES
from workshop.errors import At, ExitCode, Problem, Problems, WorkshopError
from workshop.inputs.csv_text import TableError, read_cells
from workshop.inputs.door import read_text
from workshop.inputs.inside import RefusedError

# The table of a batch: CSV with a line of column names, or JSON lines with one object each.
JSON_LINES = (".jsonl", ".ndjson", ".json")
Cell = tuple[str, str]


class Row(Struct, frozen=True, kw_only=True):
    """One row as it is written.

    Attributes:
        cells: column and text of each cell that isn't empty; a column may appear more than once.
        fault: why the row can't be read; "" if it can.
    """

    at: At
    cells: tuple[Cell, ...] = ()
    fault: str = ""


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read the rows of a table.

    Raises:
        WorkshopError: if the file can't be read, isn't a table, or has no rows or too many.
    """
    name = path.as_posix()
    try:
        text = read_text(path, ROWS_BYTES)
    except OSError as error:
        hint = error.hint if isinstance(error, RefusedError) else ""
        found = Problem(f"{name} can't be read: {error.strerror or error}", hint=hint, code="batch")
        raise WorkshopError(found, ExitCode.USAGE) from None
    rows = tuple(_from_json(text, name) if path.suffix.lower() in JSON_LINES else _from_csv(text, name))
    if not rows:
        raise WorkshopError(Problem("this file has no rows", At(name), hint="write one line for each kit"))
    if len(rows) > ROWS:
        hint = "make several files of it"
        raise WorkshopError(Problem(f"this file has {len(rows):,} rows; the limit is {ROWS}", At(name), hint=hint))
    return rows


def _from_csv(text: str, name: str) -> Iterator[Row]:
    try:
        cells = read_cells(text)
    except TableError as error:
        problem = Problem(f"this isn't a table: {error}", At(name), hint="save it as CSV in UTF-8", code="batch")
        raise WorkshopError(problem) from None
    line, head = cells[0] if cells else (1, [])
    unnamed = [f"column {place}" for place, column in enumerate(head, 1) if not column]
    if unnamed:
        raise Problems(Problem(f"{column} has no name", At(name, line), code="batch") for column in unnamed)
    for line, row in cells[1:]:
        fault = "this row has more cells than there are columns" if any(row[len(head) :]) else ""
        given = tuple((column, cell) for column, cell in zip(head, row, strict=False) if cell)
        yield Row(at=At(name, line), cells=given, fault=fault)


def _from_json(text: str, name: str) -> Iterator[Row]:
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        at = At(name, line)
        try:
            yield Row(at=at, cells=tuple(_pairs(json.loads(written))))
        except json.JSONDecodeError as error:
            yield Row(at=at, fault=f"this line isn't JSON: {error.msg} (column {error.colno})")
        except (ValueError, RecursionError) as error:
            yield Row(at=at, fault=f"this line can't be used: {error}")


def _pairs(found: Any) -> Iterator[Cell]:
    if not isinstance(found, dict):
        raise ValueError('it isn\'t an object, such as {"audience": "students"}')  # noqa: TRY004 - it is about the text
    for column, value in found.items():
        yield from _cells(column, value)


def _cells(column: str, value: Any, *, inside: bool = False) -> Iterator[Cell]:
    """Yield the cells of a value: several for a list, ``column.key`` for an object."""
    match value:
        case None | "":
            return
        case bool():
            yield column, "yes" if value else "no"
        case str() | int() | float():
            yield column, str(value).strip()
        case list() if not inside:
            for one in value:
                yield from _cells(column, one, inside=True)
        case dict() if not inside:
            for key, one in value.items():
                yield from _cells(f"{column}.{key}", one, inside=True)
        case _:
            raise ValueError(f"{column!r} has lists or objects inside others")


# The names of the folders that rows ask for: one plain name each, on every system, and never the same one twice.
MOST_BYTES = 200  # a file system takes 255, and a suffix has to fit
_PLAIN = re.compile(r"[^\W_][\w .,()+&'-]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # names of devices on Windows


def fault_of(name: str) -> str:
    """Return why a name can't be a folder's, in a clause; "" if it can.

    >>> fault_of("ACME, Ulm (2)"), fault_of("../acme")
    ('', 'begins with something other than a letter or a digit')
    """
    if not re.match(r"[^\W_]", name):
        return "begins with something other than a letter or a digit"
    if not _PLAIN.fullmatch(name):
        return "has characters other than letters, digits, spaces and _ . , ( ) + & ' -"
    if name.endswith((".", " ")) or _RESERVED.fullmatch(name):
        return "can't be used on Windows"
    if same(name) == REPORT:
        return "is the name of the report"
    if len(name.encode()) > MOST_BYTES:
        return "is too long"
    return ""


def same(name: str) -> str:
    """Return a name as file systems compare it that don't tell capitals or forms of accents apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def twice(named: Iterable[tuple[str, At]]) -> list[Problem]:
    """Return a problem for each name that an earlier row has, too."""
    first: dict[str, At] = {}
    found = []
    for name, at in named:
        if (key := same(name)) in first:
            hint = "each row needs a folder of its own"
            found.append(Problem(f"out: {first[key]} has the folder {name!r}, too", at, hint=hint, code="batch"))
        else:
            first[key] = at
    return found
