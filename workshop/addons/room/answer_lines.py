"""Reading answers from a room: one line per person, one column per question or round, with one letter each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from workshop import limits
from workshop.errors import At, Problem, Problems, Report, did_you_mean
from workshop.inputs.csv_text import Cells, TableError, read_cells
from workshop.inputs.door import read_text

EMPTY = ("", "-", "–", "?")


class Row(Struct, frozen=True):
    """One person's letters.

    Attributes:
        given: the columns before the letters, such as ``participant``.
        letters: one per question; "" if nothing was ticked.
        sure: whether the person was sure of each answer, written as an exclamation mark after the letter.
    """

    given: Mapping[str, str]
    letters: tuple[str, ...]
    at: At
    sure: tuple[bool, ...] = ()


def read_letters(
    path: Path, first: Sequence[str], columns: Sequence[str], letters: Sequence[Iterable[str]], may: Sequence[str] = ()
) -> tuple[Row, ...]:
    """Read a CSV file whose columns are ``first``, followed by one for each question.

    Args:
        columns: names of the questions, in order.
        letters: the letters that are allowed for each question.
        may: further columns that the file may have.

    Raises:
        Problems: for everything that is wrong with the file.
    """
    report, shown = Report(), path.as_posix()
    table = read_rows(path)
    head = table[0][1] if table else []
    lacking = [name for name in (*first, *columns) if name not in head]
    if lacking and not set(first) & set(head):
        hint = f"the first line must read {','.join((*first, *columns))}"
        report.error("this file doesn't begin with the names of its columns", At(shown, 1), hint, "answers")
        lacking = []
    for name in lacking:
        report.error(f"no column is named {name!r}", At(shown, 1), did_you_mean(name, head), "answers")
    report.raise_if_errors()
    rows = []
    for line, cells in table[1:]:
        at = At(shown, line)
        row = dict(zip(head, cells, strict=False))
        given = {name: row.get(name, "") for name in (*first, *may)}
        if not any(given.values()):
            continue
        if len(cells) != len(head):
            hint = "write a dash where nothing is ticked, so that no letter counts for the wrong question"
            report.error(f"this line has {len(cells)} cells, and the first line {len(head)}", at, hint, "answers")
            continue
        found = tuple(_letter(row, n, allowed, at, report) for n, allowed in zip(columns, letters, strict=True))
        sure = tuple(bool(letter) and row[n].endswith("!") for n, letter in zip(columns, found, strict=True))
        rows.append(Row(given, found, at, sure))
    if not rows and not report.errors:
        report.error("there is no line with answers", At(shown, 1), "write one line per person", "answers")
    report.raise_if_errors()
    return tuple(rows)


def read_rows(path: Path) -> Cells:
    """Return the lines and cells of a CSV file.

    Raises:
        Problems: for a file that can't be read.
    """
    try:
        return _from_polls(read_cells(read_text(path, limits.CSV_BYTES)))
    except (OSError, TableError) as error:
        why = getattr(error, "strerror", None) or error
        problem = Problem(
            f"this file cannot be read: {why}", At(path.as_posix()), hint="save it as CSV in UTF-8", code="answers"
        )
        raise Problems([problem]) from None


def _from_polls(table: Cells) -> Cells:
    """Return the export of polls.csv as sheets: of ``participant,before-1,…,after-1,…`` a line before and a line after."""
    head = table[0][1] if table else []
    polls = {
        when: {name.removeprefix(f"{when}-"): place for place, name in enumerate(head) if name.startswith(f"{when}-")}
        for when in ("before", "after")
    }
    if not any(polls.values()):
        return table
    numbers = list(dict.fromkeys(number for some in polls.values() for number in some))
    made = [(table[0][0], ["participant", "when", *numbers])]
    for line, cells in table[1:]:
        row = dict(enumerate(cells))
        made += [
            (line, [row.get(0, ""), when, *(row.get(places.get(number, -1), "")[:1] for number in numbers)])
            for when, places in polls.items()
            if any(row.get(place, "") for place in places.values())
        ]
    return made


def _letter(row: dict[str, str], name: str, allowed: Iterable[str], at: At, report: Report) -> str:
    letter = row[name].upper().removesuffix("!").rstrip()
    if letter in EMPTY:
        return ""
    if letter not in allowed:
        hint = f"write {', '.join(allowed)}, or - where nothing is ticked"
        report.error(f"column {name} is {letter!r}", at, hint, "answers")
    return letter
