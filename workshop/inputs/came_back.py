"""What came back from a room as a CSV file: the minutes that slides really took, and how many placed each letter of a bet, or raised it in a poll."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from statistics import fmean

from workshop import limits
from workshop.errors import At, Problem, Report, WorkshopError
from workshop.inputs.csv_text import read_named
from workshop.inputs.door import read_text
from workshop.model.bets import Bets, Counted, Placed, bet_key
from workshop.model.numbers import decimal
from workshop.model.prints import LETTERS

COLUMNS = ("slide", "minutes")
MOST_MINUTES = 600


def read_actual(path: Path) -> dict[str, float]:
    """Return slide id -> minutes: the mean of the times that it was shown, 0 if it was skipped each time.

    The first line names the columns ``slide`` and ``minutes``; other columns and empty minutes are ignored.

    Raises:
        Problems: for everything that is wrong with the file.
    """
    report = Report()
    taken: dict[str, list[float]] = defaultdict(list)
    try:
        text = read_text(path, limits.CSV_BYTES)
    except OSError as error:
        why = f"this file cannot be read: {error.strerror}"
        raise WorkshopError(Problem(why, At(path.as_posix()), hint="save it as CSV in UTF-8", code="actual")) from None
    for at, row in read_named(text, path.as_posix(), COLUMNS, "actual"):
        name, minutes = row["slide"], row["minutes"]
        if not name or not minutes:
            continue
        value = decimal(minutes.replace(",", "."), 0, MOST_MINUTES)
        if value is None:
            report.error(f"'{minutes}' isn't a number of minutes", at, "write 4 or 2.5")
        else:
            taken[name].append(value)
    report.raise_if_errors()
    return {name: fmean([value for value in values if value] or [0]) for name, values in taken.items()}


BET, ROUND, HEAD = "bet", "round", ("bet", "A", "B")
MOST_PEOPLE = 100_000  # people on one letter


def read_bets(path: Path) -> Bets:
    """Return what each bet got, by the key of its name.

    The first line names the columns ``bet``, ``A``, ``B`` and so on; ``round`` is 2 in a line for a bet that was placed again.

    Raises:
        Problems: for everything that is wrong with the file.
    """
    report = Report()
    rounds: dict[tuple[str, int], tuple[int, ...]] = {}
    try:
        text = read_text(path, limits.CSV_BYTES)
    except OSError as error:
        why = f"this file cannot be read: {error.strerror}"
        raise WorkshopError(Problem(why, At(path.as_posix()), hint="save it as CSV in UTF-8", code="bets")) from None
    for at, row in read_named(text, path.as_posix(), [name.lower() for name in HEAD], "bets"):
        if not row[BET]:
            continue
        key = (bet_key(row[BET]), 2 if row.get(ROUND) == "2" else 1)
        if row.get(ROUND, "") not in ("", "1", "2"):
            report.error(f"'{row[ROUND]}' isn't a round", at, "write 1, or 2 for a bet that was placed again", "bets")
        elif key in rounds:
            report.error(f"the bet “{row[BET]}” has this round twice", at, "keep the line that is right", "bets")
        else:
            rounds[key] = _counts(row, at, report, BETS)
    for name, number in rounds:
        if number > 1 and (name, 1) not in rounds:
            report.error(f"the bet “{name}” has only a second round", At(path.as_posix()), "add its round 1", "bets")
    report.raise_if_errors()
    return {name: Placed(first, rounds.get((name, 2), ())) for (name, number), first in rounds.items() if number == 1}


SLIDE, LETTERED = "slide", ("slide", "A", "B")


def read_counts(path: Path) -> dict[str, Counted]:
    """Return how many raised each letter of a poll, by the id of its slide.

    The first line names the columns ``slide``, ``A``, ``B`` and so on.

    Raises:
        Problems: for everything that is wrong with the file.
    """
    report = Report()
    found: dict[str, Counted] = {}
    try:
        text = read_text(path, limits.CSV_BYTES)
    except OSError as error:
        why = f"this file cannot be read: {error.strerror}"
        raise WorkshopError(Problem(why, At(path.as_posix()), hint="save it as CSV in UTF-8", code="counts")) from None
    for at, row in read_named(text, path.as_posix(), [name.lower() for name in LETTERED], COUNTS):
        if not row[SLIDE]:
            continue
        if row[SLIDE] in found:
            report.error(f"the poll '{row[SLIDE]}' is in the file twice", at, "keep the line that is right", COUNTS)
        else:
            found[row[SLIDE]] = Counted(_counts(row, at, report, COUNTS), at)
    report.raise_if_errors()
    return found


BETS, COUNTS = "bets", "counts"


def _counts(row: dict[str, str], at: At, report: Report, code: str) -> tuple[int, ...]:
    """Return what each letter got, up to the last one that has a number."""
    cells = [row.get(letter.lower(), "") for letter in LETTERS]
    while cells and not cells[-1]:
        cells.pop()
    for cell in cells:
        if cell and not (
            cell.isascii() and cell.isdecimal() and len(cell) <= len(str(MOST_PEOPLE)) and int(cell) <= MOST_PEOPLE
        ):
            what = "a number of people" if code == BETS else f"a number from 0 to {MOST_PEOPLE}"
            report.error(f"'{cell[:20]}' isn't {what}", at, "write how many placed this letter", code)
            return ()
    return tuple(int(cell or 0) for cell in cells)
