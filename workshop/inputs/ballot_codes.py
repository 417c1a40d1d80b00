"""Ballots by code: one line per person, a letter per round, or ticks that were counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from workshop.errors import At, Report
from workshop.model.request import CHECK_LETTERS, checked

if TYPE_CHECKING:  # a live room reads lines of a chat without it
    pass


# Reads printed ballots typed in as they are, one per line: a code and its ticks, ``07M ABBABA``.
#
# A careless entry that can only mean one thing is read as that, with a warning: ``04JBABBBB``, ``11J A B B B B A``,
# ``O4M`` with a letter O, ``7M`` without its leading zero, a repeated line. An ambiguous entry is reported and left out.
BLANKS = frozenset("-–._?")
STAGES = range(1, len(CHECK_LETTERS) + 1)
CODE = re.compile(r"^(?P<number>\d{2,4})(?P<letter>[A-Z])[\s,;:]+(?P<ticks>[A-Z?._–-]+)$")
LOOSE = re.compile(rf"^(?P<number>[\dOI|]{{1,4}})\s*(?P<letter>[{CHECK_LETTERS}])?[\s,;:=]*(?P<ticks>[AB?._–\s,;-]+)$")
NUMBERED = re.compile(r"^\d{2,4}[A-Z]$")
AS_PRINTED = "as printed it is 07M ABBABA"
DIGITS = str.maketrans("OI|", "011")
Row = tuple[str, str, str, int, int]  # round, kind of A, kind of B, votes for each
_DAY, _TIME = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+)?", r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?"
_SENT = rf"\W{{0,2}}{_DAY}{_TIME}\W{{0,4}}"
SENDER = re.compile(rf"^{_SENT}[^\W\d][^:]{{0,120}}:\s+(?=\S)", re.IGNORECASE)
HEADING = re.compile(rf"^(?:{_SENT}[^\W\d][^:]{{0,120}}|[^\W\d][^:]{{0,120}}\s{_SENT}):?$", re.IGNORECASE)


def without_sender(line: str) -> str:
    """Return a line of a chat without the time and the name of whoever sent it; "" for a line that has nothing else.

    >>> without_sender("10:03:11 From Ann to Everyone: 01E ABBABA"), without_sender("Ann Smith  10:03 AM")
    ('01E ABBABA', '')
    >>> without_sender("[03/12/2026, 10:03] Ann: 01E ABBABA"), without_sender("01E ABBABA"), without_sender("1: 14 to 9")
    ('01E ABBABA', '01E ABBABA', '1: 14 to 9')
    """
    if HEADING.match(line) and not is_ballot(line) and not TOTALS.match(line):
        return ""
    return SENDER.sub("", line, count=1)


class Cast(Struct, frozen=True):
    """One ballot: where it was typed in, its code ("" without one) and its ticks."""

    line: int
    code: str
    ticks: tuple[str, ...]


def count_codes(kept: Sequence[tuple[int, str]], name: str, report: Report, stage: int = 0) -> tuple[list[Row], int]:
    """Return the votes of each round, and how many ballots they come from.

    Args:
        kept: number and text of each line that is not empty.
        stage: the one that the ballots were printed for; 0 if only their codes can tell.
    """
    cast = [ballot for line, text in kept if (ballot := _read(line, text, name, report)) is not None]
    length = Counter(len(ballot.ticks) for ballot in cast).most_common(1)[0][0] if cast else 0
    whole = []
    for ballot in cast:
        if len(ballot.ticks) == length:
            whole.append(ballot)
        else:
            message = f"row {ballot.line}: {len(ballot.ticks)} ticks for {length} rounds"
            left_out(report, message, At(name, ballot.line), "write - where nothing was ticked")
    cast = once(fitting(whole, name, report, stage), name, report)
    return count_ticks(cast, [str(n) for n in range(1, length + 1)], name, report), len(cast)


def is_ballot(text: str) -> bool:
    """Return whether a line looks like a printed ballot, however it is typed."""
    return bool(CODE.match(text.upper()) or LOOSE.match(text.upper()))


def _read(line: int, text: str, name: str, report: Report) -> Cast | None:
    """Return the ballot on a line, with a warning if it wasn't typed as printed; ``None`` if the line isn't a ballot."""
    at = At(name, line)
    if match := CODE.match(text.upper()):
        return Cast(line, match["number"] + match["letter"], tuple(match["ticks"]))
    match = LOOSE.match(text.upper())
    ticks = re.sub(r"[\s,;]", "", match["ticks"]) if match else ""
    if match is None or not ticks or not match["number"].translate(DIGITS).isdecimal():
        left_out(report, f"row {line}: {text!r} isn't a ballot", at, "write its code and its ticks: 07M ABBABA")
        return None
    number = f"{int(match['number'].translate(DIGITS)):02d}"
    code = number + match["letter"] if match["letter"] else ""
    what = f"row {line}: {text!r} is read as {code or number} {ticks}"
    report.warn(what if code else f"{what}, without the letter that shows mistakes", at, AS_PRINTED, "bad-data")
    return Cast(line, code or number, tuple(ticks))


def count_ticks(cast: Sequence[Cast], rounds: Sequence[str], name: str, report: Report) -> list[Row]:
    """Return the votes of each round; a tick that is neither A nor B is reported and not counted."""
    votes = {number: Counter[str]() for number in rounds}
    for ballot in cast:
        for number, tick in zip(rounds, ballot.ticks, strict=False):
            if tick in ("A", "B"):
                votes[number][tick] += 1
            elif tick and tick not in BLANKS:
                message = f"row {ballot.line}, round {number}: {tick!r} is neither A nor B"
                left_out(report, message, At(name, ballot.line), "write A, B, or - where nothing was ticked")
    return [(number, "", "", count["A"], count["B"]) for number, count in votes.items()]


def fitting(cast: Sequence[Cast], name: str, report: Report, stage: int = 0) -> list[Cast]:
    """Return the ballots whose letter matches their number, and those with a name instead of a code.

    Args:
        stage: as above.
    """
    numbered = {ballot: ballot.code for ballot in cast if NUMBERED.match(ballot.code)}
    stage = stage or stage_of(list(numbered.values()))
    found = []
    for ballot in cast:
        code = numbered.get(ballot)
        right = checked(stage, int(code[:-1])) if code else ""
        if code and code != right:
            hint = f"read it again: {int(code[:-1]):02d} has the letter {right[-1]}"
            message = f"row {ballot.line}: the letter of {code} doesn't match its number"
            left_out(report, message, At(name, ballot.line, 1), hint)
        else:
            found.append(ballot)
    return found


def stage_of(codes: Sequence[str]) -> int:
    """Return the stage that most codes were printed for: a few mistyped codes don't matter."""
    return max(STAGES, key=lambda stage: sum(code == checked(stage, int(code[:-1])) for code in codes))


def once(cast: Iterable[Cast], name: str, report: Report) -> list[Cast]:
    """Return each ballot once: identical repeats count once, and a ballot typed with different ticks doesn't count."""
    ways: dict[str, list[Cast]] = {}
    for ballot in cast:
        ways.setdefault(ballot.code or f"line {ballot.line}", []).append(ballot)
    found = []
    for same in ways.values():
        first, *others = same
        if all(other.ticks == first.ticks for other in others):
            found.append(first)
            for other in others:
                message = f"row {other.line}: {other.code!r} appears twice, first in row {first.line}, and counts once"
                report.warn(message, At(name, other.line, 1), "take one out", "bad-data")
        else:
            rows = " and ".join(str(ballot.line) for ballot in same)
            message = f"rows {rows}: {first.code!r} appears twice, with different ticks"
            left_out(report, message, At(name, others[-1].line, 1), "keep the one that is right")
    return found


def left_out(report: Report, message: str, at: At, hint: str) -> None:
    """Warn about an ambiguous entry, which isn't counted."""
    report.warn(f"{message}: left out", at, hint, "bad-data")


def bad(report: Report, message: str, at: At, hint: str) -> None:
    """Report a mistake that can't be repaired."""
    report.error(message, at, hint, "bad-data")


# Reads totals from a show of hands, one line per round: ``1 14 9``, ``round 1: 14 to 9``, or ``14 9`` in the order of the rounds.
_BETWEEN = r"\s*(?:[,;:/\s–-]|to|against)\s*"
TOTALS = re.compile(
    rf"^(?:(?:round|r)?\s*(?P<round>\d{{1,3}})\s*(?:[:.)=]|{_BETWEEN})\s*)?a?\s*(?P<a>\d{{1,6}}){_BETWEEN}b?\s*(?P<b>\d{{1,6}})$",
    re.IGNORECASE,
)
