"""Ballots that a room counted itself: totals per round, in blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workshop.errors import At, Report

if TYPE_CHECKING:  # a live room reads lines of a chat without it
    pass
from workshop.inputs.ballot_codes import TOTALS, Row, bad, left_out

BLOCKS = "write one line for each round; of several tables, one such block for each"
HEAD = re.compile(r"^(?:round|r|n[or]\.?)?[\s,;:]*a[\s,;:]+b$", re.IGNORECASE)


def are_totals(kept: Sequence[tuple[int, str]]) -> bool:
    """Return whether most lines are totals rather than ballots."""
    return 2 * sum(bool(TOTALS.match(text)) for _, text in kept) > len(kept)


def count_totals(kept: Sequence[tuple[int, str]], name: str, report: Report) -> list[Row]:
    """Return the votes of each round; several tables may each give a block with one line per round, and are added up.

    Args:
        kept: number and text of each line that is not empty.
    """
    found: list[tuple[int, str, int, int]] = []
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
        found.append((line, number, one, other))
    return _added_up(found, name, report)


def _added_up(found: Sequence[tuple[int, str, int, int]], name: str, report: Report) -> list[Row]:
    """Return the sum of all blocks, each of which has every round once."""
    rounds = list(dict.fromkeys(number for _, number, *_ in found))
    for begin in range(0, len(found), len(rounds) or 1):
        block = found[begin : begin + len(rounds)]
        numbers = [number for _, number, *_ in block]
        if again := next((number for place, number in enumerate(numbers) if number in numbers[:place]), ""):
            lines = " and ".join(str(line) for line, number, *_ in block if number == again)
            bad(report, f"rows {lines}: round {again!r} appears twice in one block", At(name, block[0][0]), BLOCKS)
            return []
        if len(block) < len(rounds):
            bad(report, f"{len(found)} rows aren't a multiple of {len(rounds)} rounds", At(name, block[0][0]), BLOCKS)
            return []
    votes = {number: [0, 0] for number in rounds}
    for _, number, one, other in found:
        votes[number][0] += one
        votes[number][1] += other
    return [(number, "", "", one, other) for number, (one, other) in votes.items()]


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
