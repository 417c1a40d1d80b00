"""From ballots, one line a person, to the votes of each round, in the form that demos read."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from workshop.answers_csv import read_letters
from workshop.errors import Report
from workshop.model.prints import Ballots
from workshop.plan.codes import CHECK_LETTERS

COLUMNS = ("round", "first", "second", "first_votes", "second_votes")


def tally(path: Path, ballots: Ballots) -> str:
    """Return the votes of each round as CSV text.

    Args:
        path: lines of ``participant,1,…`` with A, B or - in each column; a code that is not of these ballots is a slip.

    Raises:
        Problems: with the line of everything that is wrong.
    """
    numbers = [str(round_.number) for round_ in ballots.rounds]
    rows = read_letters(path, ("participant",), numbers, ["AB"] * len(numbers))
    report, seen = Report(), set[str]()
    known = {_number(code): code for code in ballots.codes}
    for row in rows:
        code = row.given["participant"].upper()
        if code in seen:
            report.error(f"the ballot {code} stands here twice", row.at, "one of the two is a slip", "ballots")
        elif code not in ballots.codes:
            near = known.get(_number(code))
            hint = f"number {_number(code)} has the letter {near[-1]}" if near else "its letter or its number is a slip"
            report.error(f"there is no ballot {code}", row.at, hint, "ballots")
        seen.add(code)
    report.raise_if_errors()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for place, round_ in enumerate(ballots.rounds):
        votes = Counter(row.letters[place] for row in rows)
        writer.writerow((round_.number, round_.a.kind, round_.b.kind, votes["A"], votes["B"]))
    return out.getvalue()


def _number(code: str) -> str:
    return code.rstrip(CHECK_LETTERS).lstrip("0")
