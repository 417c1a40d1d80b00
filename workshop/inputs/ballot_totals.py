"""Reads totals from a show of hands, one line per round: ``1 14 9``, ``round 1: 14 to 9``, or ``14 9`` in the order of the rounds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workshop.errors import At, Report
from workshop.inputs.ballot_codes import Row, left_out

_BETWEEN = r"\s*(?:[,;:/\s–-]|to|against)\s*"
TOTALS = re.compile(
    rf"^(?:(?:round|r)?\s*(?P<round>\d{{1,3}})\s*(?:[:.)=]|{_BETWEEN})\s*)?a?\s*(?P<a>\d{{1,6}}){_BETWEEN}b?\s*(?P<b>\d{{1,6}})$",
    re.IGNORECASE,
)
HEAD = re.compile(r"^(?:round|r|n[or]\.?)?[\s,;:]*a[\s,;:]+b$", re.IGNORECASE)


def are_totals(kept: Sequence[tuple[int, str]]) -> bool:
    """Return whether most lines are totals rather than ballots."""
    return 2 * sum(bool(TOTALS.match(text)) for _, text in kept) > len(kept)


def count_totals(kept: Sequence[tuple[int, str]], name: str, report: Report) -> list[Row]:
    """Return the votes of each round.

    Args:
        kept: number and text of each line that is not empty.
    """
    found: dict[str, tuple[int, Row]] = {}
    clash: set[str] = set()
    for line, text in kept:
        match = TOTALS.match(text)
        if match is None:
            if not HEAD.match(text):
                message = f"row {line}: {text!r} isn't the total of a round"
                left_out(report, message, At(name, line), "write round, A, B: 1 14 9")
            continue
        number = str(int(match["round"])) if match["round"] else str(len(found) + 1)
        one, other = int(match["a"]), int(match["b"])
        if not match["round"]:
            what = f"row {line}: {text!r} has no round number, and is read as round {number}"
            report.warn(what, At(name, line), f"write {number} {one} {other}", "bad-data")
        note_once(found, clash, line, (number, "", "", one, other), name, report)
    return [row for number, (_, row) in found.items() if number not in clash]


def note_once(
    found: dict[str, tuple[int, Row]], clash: set[str], line: int, row: Row, name: str, report: Report
) -> None:
    """Add the votes of a round to ``found``: identical repeats count once, different votes for one round don't count.

    Args:
        found: round -> row of the file and votes.
        clash: rounds that appear with different votes.
    """
    number = row[0]
    if number not in found:
        found[number] = (line, row)
        return
    before, same = found[number]
    if row == same:
        message = f"row {line}: round {number!r} appears twice, first in row {before}, and counts once"
        report.warn(message, At(name, line, 1), "take one out", "bad-data")
    else:
        clash.add(number)
        message = f"rows {before} and {line}: round {number!r} appears twice, with different votes"
        left_out(report, message, At(name, line, 1), "keep the one that is right")
