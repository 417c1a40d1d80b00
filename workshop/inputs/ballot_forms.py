r"""Four ways to type in a room's votes; all mistakes are reported at once, with row and column.

A table with one line per participant: ``participant,1,2,3`` with A, B or nothing in each cell. Tallies: ``round,a,b``. Tallies that
name the answers: ``round,first,second,first_votes,second_votes``. Or the printed ballots as they are, one per line: ``07M ABBABA``, with
``-`` where nothing was ticked. Columns are separated by commas, semicolons or tabs; ``//`` begins a comment.

    >>> count_ballots("participant,1,2\nann,A,B\nben,,B\n", "room.csv").rounds
    (('1', '', '', 1, 0), ('2', '', '', 0, 2))
    >>> count_ballots("01E AB\n02F -A\n", "room.txt").rounds
    (('1', '', '', 1, 0), ('2', '', '', 1, 1))
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workshop import limits
from workshop.errors import At, Problems, Report, did_you_mean
from workshop.inputs.ballot_codes import BLANKS, CODE, NUMBERED, Row, bad, check_letters, count_codes, once

NAMED = ("round", "first", "second", "first_votes", "second_votes")
PLAIN = ("round", "a", "b")
PARTICIPANT = "participant"
LONGEST = 6  # digits of a number of votes
FORMULA = ("=", "+", "@")  # somebody may open the tally in a spreadsheet
Lines = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Counted:
    """Votes by round, the number of ballots behind them (0 for tallies), and whether a comment says that they are simulated."""

    rounds: tuple[Row, ...]
    people: int
    simulated: bool


def count_ballots(text: str, name: str, stage: int = 0) -> Counted:
    """Return the votes of a file, in whichever form they were typed in.

    Args:
        stage: the one that the ballots were printed for; 0 if only their codes can tell.

    Raises:
        Problems: for every wrong line, with its row and column.
    """
    report = Report()
    if (lines_ := text.count("\n")) > limits.BALLOT_LINES:
        bad(
            report,
            f"this file has {lines_:,} lines; the limit is {limits.BALLOT_LINES}",
            At(name),
            "use one file per room",
        )
        raise Problems(report.found)
    plain = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1)]
    simulated = any(line.startswith("//") and "simulated" in line.lower() for _, line in plain)
    kept = [(number, line) for number, line in plain if line and not line.startswith("//")]
    if kept and CODE.match(kept[0][1].upper()):
        rounds, people = count_codes(kept, name, report, stage)
    else:
        rounds, people = _table(kept, name, report, stage)
    if report.errors:
        raise Problems(report.found)
    return Counted(tuple(rounds), people, simulated)


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
        check_letters([(line, cells[0].upper()) for line, cells in lines[1:] if cells], name, report, stage)
        return _participants(head, lines, name, report)
    columns = PLAIN if set(PLAIN) <= set(head) else NAMED
    missing = [column for column in columns if column not in head]
    if missing:
        hint = did_you_mean(missing[0], head) if len(missing) < len(columns) else ""
        ways = "the first line must read participant,1,2,… or round,a,b; or write one ballot per line: 07M ABBABA"
        bad(report, f"there is no column named {missing[0]!r}", At(name, lines[0][0] if lines else 1), hint or ways)
        return [], 0
    return _tallies(head, columns, lines, name, report), 0


def _participants(head: list[str], lines: Lines, name: str, report: Report) -> tuple[list[Row], int]:
    rounds = head[1:]
    if len(rounds) > limits.ROUNDS:
        bad(
            report,
            f"there are {len(rounds):,} rounds; the limit is {limits.ROUNDS}",
            At(name, lines[0][0]),
            "use one file per room",
        )
        return [], 0
    votes: dict[str, Counter[str]] = {number: Counter() for number in rounds}
    seen: dict[str, int] = {}
    for line, cells in lines[1:]:
        once(cells[0].upper() if NUMBERED.match(cells[0].upper()) else cells[0], line, seen, name, report)
        if len(cells) > len(head):
            bad(report, f"row {line} has {len(cells)} cells for {len(head)} columns", At(name, line), "take one out")
        for column, (number, cell) in enumerate(zip(rounds, cells[1:], strict=False), 2):
            if cell.upper() in ("A", "B"):
                votes[number][cell.upper()] += 1
            elif cell and cell not in BLANKS:
                message = f"row {line}, column {number!r}: {cell!r} is neither A nor B"
                bad(report, message, At(name, line, column), "write A, B, or nothing if nothing was ticked")
    return [(number, "", "", count["A"], count["B"]) for number, count in votes.items()], len(lines) - 1


def _tallies(head: list[str], columns: Sequence[str], lines: Lines, name: str, report: Report) -> list[Row]:
    found: list[Row] = []
    if len(lines) - 1 > limits.ROUNDS:
        bad(
            report,
            f"there are {len(lines) - 1:,} rounds; the limit is {limits.ROUNDS}",
            At(name, lines[0][0]),
            "use one file per room",
        )
        return found
    seen: dict[str, int] = {}
    for line, cells in lines[1:]:
        row = dict(zip(head, [*cells, *[""] * len(head)], strict=False))
        once(row["round"], line, seen, name, report)
        first, second = (row["first"], row["second"]) if columns is NAMED else ("", "")
        if columns is NAMED and (not first or not second or first == second):
            bad(report, f"row {line}: a round needs two different answers", At(name, line), "fill in first and second")
        for column, kind in (("first", first), ("second", second)):
            if kind.startswith(FORMULA):
                message = f"row {line}, column {column!r}: {kind!r} begins like a spreadsheet formula"
                bad(report, message, At(name, line), "begin it with a letter")
        counts = []
        for column in columns[-2:]:
            whole = row[column].isdecimal() and len(row[column]) <= LONGEST
            if not whole:
                message = f"row {line}, column {column!r}: {column} is {row[column]!r}, not a whole number"
                hint = "write how many picked it, 0 if nobody did"
                bad(report, message, At(name, line, head.index(column) + 1), hint)
            counts.append(int(row[column]) if whole else 0)
        found.append((row["round"], first, second, counts[0], counts[1]))
    return found
