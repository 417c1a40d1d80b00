"""The ways in which ballots arrive: as typed from paper, as a form's or a poll's table, as totals."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from workshop import limits
from workshop.errors import At, Problem, Problems, Report, WorkshopError, did_you_mean
from workshop.inputs.text_folders import read_text_file as read_text

if TYPE_CHECKING:  # a live room reads lines of a chat without it
    pass
from workshop.inputs.ballot_codes import (
    AS_PRINTED,
    DIGITS,
    Cast,
    Row,
    bad,
    count_codes,
    count_ticks,
    fitting,
    is_ballot,
    left_out,
    once,
    without_sender,
)
from workshop.inputs.ballot_totals import are_totals, count_totals, note_once

NAMED = ("round", "first", "second", "first_votes", "second_votes")
PLAIN = ("round", "a", "b")
PARTICIPANT, POLL = "participant", "round-"
LONGEST = 6  # digits of a number of votes
FORMULA = ("=", "+", "@")  # somebody may open the tally in a spreadsheet
COMMENT = re.compile(r"(?:^|\s)(?://|#).*$")
TYPED_CODE = re.compile(r"^(?P<number>[\dOI|]{1,4})(?P<letter>[A-Z])$")
Lines = list[tuple[int, list[str]]]


class Counted(Struct, frozen=True):
    """The contents of a file of votes.

    Attributes:
        rounds: votes by round.
        people: the number of ballots; 0 for totals.
        simulated: whether a comment says that the votes are simulated.
        told: warnings, one for each entry that was corrected or left out.
    """

    rounds: tuple[Row, ...]
    people: int
    simulated: bool
    told: tuple[Problem, ...] = ()


def count_ballots(text: str, name: str, stage: int = 0) -> Counted:
    """Return the votes in a file, whichever way they were typed.

    Args:
        stage: the one that the ballots were printed for; 0 if only their codes can tell.

    Raises:
        Problems: if nothing in the file can be read as votes, or a table lacks a column; with every row that is wrong.
    """
    report = Report()
    if (lines_ := text.count("\n")) > limits.BALLOT_LINES:
        told = f"this file has {lines_:,} lines; the limit is {limits.BALLOT_LINES}"
        bad(report, told, At(name), "use one file per room")
        raise Problems(report.found)
    lines = enumerate(text.lstrip("\ufeff").split("\n"), 1)
    plain = [(number, without_sender(line.strip())) for number, line in lines]
    simulated = any(line.startswith(("//", "#")) and "simulated" in line.lower() for _, line in plain)
    kept = [(number, bare) for number, line in plain if (bare := COMMENT.sub("", line).strip())]
    rounds, people = _counted(kept, name, report, stage)
    if not report.errors and report.found and not any(one or other for *_, one, other in rounds):
        bad(report, "there are no votes that can be read", At(name), WAYS)
    report.raise_if_errors()
    return Counted(tuple(rounds), people, simulated, tuple(report.found))


def read_as(path: Path) -> tuple[Problem, ...]:
    """Return the warnings about a file of votes; none for an unreadable file, which is reported when it is counted."""
    try:
        text, name = read_text(path)
        return count_ballots(text, name).told
    except (OSError, WorkshopError):
        return ()


WAYS = "write totals, 1 14 9, one line per round; or one ballot per line, 07M ABBABA"


def _counted(kept: Sequence[tuple[int, str]], name: str, report: Report, stage: int) -> tuple[list[Row], int]:
    """Return the votes of each round and the number of ballots, 0 for totals, depending on the form of the lines."""
    if are_totals(kept):
        rows = count_totals(kept, name, report)
        return (rows if _few_rounds(len(rows), At(name), report) else []), 0
    head = {cell.strip().lower() for cell in re.split(r"[,;\t]", kept[0][1])} if kept else set()
    if not head & {PARTICIPANT, "round"} and any(is_ballot(text) for _, text in kept):
        return count_codes(kept, name, report, stage)
    return _table(kept, name, report, stage)


def _table(kept: Sequence[tuple[int, str]], name: str, report: Report, stage: int) -> tuple[list[Row], int]:
    delimiter = max(",;\t", key=kept[0][1].count) if kept else ","
    lines: Lines = []
    for number, line in kept:
        try:
            lines.append((number, [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter))]))
        except csv.Error as error:
            bad(
                report,
                f"row {number} can't be read: {error}",
                At(name, number),
                "write one line per round or participant",
            )
            return [], 0
    head = [cell.lower() for cell in lines[0][1]] if lines else []
    if head[:1] == [PARTICIPANT]:
        return _participants(head, lines, name, report, stage)
    columns = PLAIN if set(PLAIN) <= set(head) else NAMED
    missing = [column for column in columns if column not in head]
    if missing:
        hint = did_you_mean(missing[0], head) if len(missing) < len(columns) else ""
        what = f"no column is named {missing[0]!r}" if hint else "there are no votes that can be read"
        bad(report, what, At(name, lines[0][0] if lines else 1), hint or WAYS)
        return [], 0
    return _tallies(head, columns, lines, name, report), 0


def _few_rounds(count: int, at: At, report: Report) -> bool:
    if count > limits.ROUNDS:
        bad(report, f"there are {count:,} rounds; the limit is {limits.ROUNDS}", at, "use one file per room")
    return count <= limits.ROUNDS


def _participants(head: list[str], lines: Lines, name: str, report: Report, stage: int) -> tuple[list[Row], int]:
    if places := [place for place, column in enumerate(head) if column.startswith(POLL)]:  # the export of polls.csv
        head = [head[0], *(head[place].removeprefix(POLL) for place in places)]
        lines = [
            (line, [cells[0], *(cells[place][:1] for place in places if place < len(cells))]) for line, cells in lines
        ]
    rounds = head[1:]
    if not _few_rounds(len(rounds), At(name, lines[0][0]), report):
        return [], 0
    cast = []
    for line, cells in lines[1:]:
        if len(cells) > len(head):
            left_out(
                report, f"row {line} has {len(cells)} cells for {len(head)} columns", At(name, line), "take one out"
            )
            continue
        cast.append(Cast(line, _code(cells[0], line, name, report), tuple(cell.upper() for cell in cells[1:])))
    cast = once(fitting(cast, name, report, stage), name, report)
    return count_ticks(cast, rounds, name, report), len(cast)


def _code(typed: str, line: int, name: str, report: Report) -> str:
    """Return a code as printed, however it was typed; a name is returned unchanged."""
    if not (match := TYPED_CODE.match(typed.upper())):
        return typed
    code = f"{int(match['number'].translate(DIGITS)):02d}{match['letter']}"
    if code != typed.upper():
        report.warn(f"row {line}: {typed!r} is read as {code}", At(name, line, 1), AS_PRINTED, "bad-data")
    return code


def _tallies(head: list[str], columns: Sequence[str], lines: Lines, name: str, report: Report) -> list[Row]:
    found: dict[str, tuple[int, Row]] = {}
    if not _few_rounds(len(lines) - 1, At(name, lines[0][0]), report):
        return []
    clash: set[str] = set()
    for line, cells in lines[1:]:
        row = dict(zip(head, [*cells, *[""] * len(head)], strict=False))
        first, second = (row["first"], row["second"]) if columns is NAMED else ("", "")
        _no_formula((first, second), line, name, report)
        if columns is NAMED and (not first or not second or first == second):
            left_out(
                report, f"row {line}: a round needs two different answers", At(name, line), "fill in first and second"
            )
            continue
        wrong = [column for column in columns[-2:] if not (row[column].isdecimal() and len(row[column]) <= LONGEST)]
        for column in wrong:
            message = f"row {line}, column {column!r}: {column} is {row[column]!r}, not a whole number"
            hint = "write how many picked it, 0 if nobody did"
            left_out(report, message, At(name, line, head.index(column) + 1), hint)
        if not wrong:
            one, other = (int(row[column]) for column in columns[-2:])
            note_once(found, clash, line, (row["round"], first, second, one, other), name, report)
    return [row for number, (_, row) in found.items() if number not in clash]


def _no_formula(kinds: Sequence[str], line: int, name: str, report: Report) -> None:
    for column, kind in zip(("first", "second"), kinds, strict=True):
        if kind.startswith(FORMULA):
            message = f"row {line}, column {column!r}: {kind!r} begins like a spreadsheet formula"
            bad(report, message, At(name, line), "begin it with a letter")
