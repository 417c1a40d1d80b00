"""The rows of a batch: the table, one row's kit to build, what became of it, and the report."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workshop import limits
from workshop.errors import At, ExitCode, Problem, Problems, WorkshopError
from workshop.files.output import stopped
from workshop.files.unchanged import Stamp, is_as_it_was, stamp_of
from workshop.inputs.csv_text import TableError, read_cells
from workshop.inputs.door import RefusedError, read_text
from workshop.limits import Limit
from workshop.model.request import Request

# ---------------------------------------------------------------- task
# One row's kit to build, and what became of it.
BESIDE = ".workshop-batch"  # the folder in the output folder with a record of each finished row
REPORT = "report.csv"
ROWS_BYTES = Limit(10_000_000, "bytes", "the table of `batch`")
ROWS = Limit(5_000, "rows", "the table of `batch`")


class State(StrEnum):
    """What became of a row."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    NOT_BUILT = "not built"


class Task(Struct, frozen=True, kw_only=True):
    """A row's kit to build; it can be pickled, and is the same in each process that builds it.

    Attributes:
        name: of its folder in the output folder, or of its zip file without the suffix.
        kit: the name of a registered kit, or the path of a kit or a Markdown file as seen from ``here``.
        request: its options.
        out: the output folder of all rows, an absolute path.
        here: the working folder from which relative paths are meant, an absolute path.
        zipped: whether it becomes one zip file.
        engine: digest of the program that must build it.
        at: the row.
    """

    name: str
    kit: str
    request: Request
    out: Path
    here: Path
    zipped: bool
    engine: str
    at: At

    @property
    def target(self) -> Path:
        """The folder, or the zip file."""
        return self.out / (f"{self.name}.zip" if self.zipped else self.name)


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of a row.

    Attributes:
        at: the row.
        name: of its folder or zip file; "" if it isn't known.
        seconds: how long it took.
        message: why it failed, or its warnings.
    """

    at: At
    name: str
    state: State
    seconds: float = 0.0
    message: str = ""


# ---------------------------------------------------------------- table
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


# ---------------------------------------------------------------- names
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


# ---------------------------------------------------------------- written
def write_whole(path: Path, content: bytes, beside: Path) -> None:
    """Write a file that is there as a whole or not at all; until then it is in the folder ``beside``, on the same disk.

    Raises:
        WorkshopError: exit code 3 if it can't be written.
    """
    half = beside / f"{path.name}.{os.getpid()}"
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise stopped(f"cannot write {path}: {error.strerror or error}", "") from None


# ---------------------------------------------------------------- record
# Records of finished rows, in the output folder: with them, the same command builds only what is new or has changed.
FORMAT = 1


def digest_of(task: Task) -> str:
    """Return a digest of the row and of the program, but not of the files that the row names."""
    asked = replace(task.request, cache=None, force=False)
    told = (FORMAT, task.kit, str(task.here), task.zipped, task.engine, asked)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()


def is_done(task: Task) -> bool:
    """Whether a row was built, and neither what it asks for nor a file that it read or wrote has changed since."""
    try:
        record = json.loads(read_text(_path(task), limits.MANIFEST_BYTES))
        kept = int(record["kept"])
        return record["row"] == digest_of(task) and all(
            is_as_it_was(path, stamp and Stamp(*stamp), kept)
            for path, stamp in (*record["inputs"].items(), *record["outputs"].items())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def is_as_left(task: Task) -> bool:
    """Whether what lies where the row's zip file goes is the one that an earlier batch left there."""
    path = str(task.target)
    try:
        record = json.loads(read_text(_path(task), limits.MANIFEST_BYTES))
        return path in record["outputs"] and is_as_it_was(path, Stamp(*record["outputs"][path]), int(record["kept"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def note(task: Task, inputs: Mapping[str, Stamp | None] | None, outputs: Iterable[Path]) -> None:
    """Record a finished row; if one of its files changed meanwhile, or the disk is full, the next batch builds it again.

    Args:
        inputs: the stamp of each file and folder that it read; ``None`` if one of them may have changed.
        outputs: the files that were written.
    """
    path = _path(task)
    with suppress(OSError):
        made = {str(file): stamp_of(str(file)) for file in outputs}
        row = "" if inputs is None else digest_of(task)
        half = path.with_suffix(f".{os.getpid()}")
        record = {"kept": time.time_ns(), "row": row, "inputs": inputs or {}, "outputs": made}
        half.write_text(json.dumps(record), "utf-8")
        half.replace(path)


def _path(task: Task) -> Path:
    """Return the place of a row's record."""
    return task.out / BESIDE / f"{task.target.name}.json"


# ---------------------------------------------------------------- report
# The report of a batch: one line per row, safe to open in a spreadsheet.
HEAD = ("row", "state", "folder", "seconds", "message")
FORMULA = "=+-@\t\r\n"  # a cell that begins with one of these can become a formula in a spreadsheet


def report_text(outcomes: Iterable[Outcome]) -> str:
    """Return the report as CSV; ``row`` is the line in the table of the batch."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(HEAD)
    for one in sorted(outcomes, key=lambda outcome: outcome.at.line):
        seconds = f"{one.seconds:.1f}" if one.seconds else ""
        table.writerow((one.at.line, one.state, _cell(one.name), seconds, _cell(one.message)))
    return written.getvalue()


def write_report(out: Path, outcomes: Iterable[Outcome]) -> Path:
    """Write the report into the output folder, and return its path."""
    path = out / REPORT
    write_whole(path, report_text(outcomes).encode("utf-8", "replace"), out / BESIDE)
    return path


def _cell(text: str) -> str:
    """Return a text in one line that no spreadsheet takes for a formula."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"'{line}" if text.startswith(tuple(FORMULA)) else line
