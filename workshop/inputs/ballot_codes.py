"""Printed ballots as they are typed in: a code and its ticks, ``07M ABBABA``, one per line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from workshop.errors import At, Report
from workshop.model.codes import CHECK_LETTERS, checked

BLANKS = frozenset("-–._?")
STAGES = range(1, len(CHECK_LETTERS) + 1)
CODE = re.compile(r"^(\d{2,4}[A-Z])[\s,;:]+([A-Z?._–-]+)$")
NUMBERED = re.compile(r"^\d{2,4}[A-Z]$")
Row = tuple[str, str, str, int, int]  # round, kind of A, kind of B, votes for each


def count_codes(kept: Sequence[tuple[int, str]], name: str, report: Report, stage: int = 0) -> tuple[list[Row], int]:
    """Return the votes of each round, and the number of ballots.

    Args:
        kept: number and text of each line that is not empty.
        stage: the one that the ballots were printed for; 0 if only their codes can tell.
    """
    ballots: list[tuple[int, str, str]] = []
    for line, text in kept:
        match = CODE.match(text.upper())
        if match is None:
            bad(
                report,
                f"row {line}: {text!r} isn't a ballot",
                At(name, line),
                "write its code and its ticks: 07M ABBABA",
            )
            continue
        ballots.append((line, match[1], match[2]))
    check_letters([(line, code) for line, code, _ in ballots], name, report, stage)
    length = Counter(len(ticks) for _, _, ticks in ballots).most_common(1)[0][0] if ballots else 0
    seen: dict[str, int] = {}
    votes = [Counter[str]() for _ in range(length)]
    for line, code, ticks in ballots:
        once(code, line, seen, name, report)
        if len(ticks) != length:
            message = f"row {line}: {len(ticks)} ticks for {length} rounds"
            bad(report, message, At(name, line, len(code) + 2), "write - where nothing was ticked")
        for place, tick in enumerate(ticks[:length]):
            if tick in ("A", "B"):
                votes[place][tick] += 1
            elif tick not in BLANKS:
                message = f"row {line}, round {place + 1}: {tick!r} is neither A nor B"
                bad(report, message, At(name, line, len(code) + 2 + place), "write A, B, or - for neither")
    return [(str(n), "", "", count["A"], count["B"]) for n, count in enumerate(votes, 1)], len(ballots)


def check_letters(codes: Sequence[tuple[int, str]], name: str, report: Report, stage: int = 0) -> None:
    """Report each code whose letter doesn't match its number.

    Args:
        codes: line and code; names that aren't codes are left alone.
        stage: as above.
    """
    numbered = [(line, code) for line, code in codes if NUMBERED.match(code)]
    stage = stage or stage_of([code for _, code in numbered])
    for line, code in numbered:
        right = checked(stage, int(code[:-1]))
        if code != right:
            hint = f"read it again: {int(code[:-1]):02d} has the letter {right[-1]}"
            bad(report, f"row {line}: the letter of {code} doesn't match its number", At(name, line, 1), hint)


def stage_of(codes: Sequence[str]) -> int:
    """Return the stage that most codes were printed for; a few mistyped codes don't matter."""
    return max(STAGES, key=lambda stage: sum(code == checked(stage, int(code[:-1])) for code in codes))


def once(key: str, line: int, seen: dict[str, int], name: str, report: Report) -> None:
    """Report a key that an earlier line has."""
    if key and key in seen:
        bad(report, f"row {line}: {key!r} appears twice, first in row {seen[key]}", At(name, line, 1), "keep one")
    seen.setdefault(key, line)


def bad(report: Report, message: str, at: At, hint: str) -> None:
    """Report a mistake in the file."""
    report.error(message, at, hint, "bad-data")
