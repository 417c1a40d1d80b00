r"""The room's ballots: which two kinds of answer were compared in each round, and how many people picked each.

Reads a room's votes, which can be typed in five ways, or exported from polls.

Totals from a show of hands, one line per round: ``1 14 9``. The printed ballots as they are, one per line: ``07M ABBABA``, with
``-`` for a round without a tick. A table with one line per participant: ``participant,1,2,3`` with A, B or nothing in each cell.
Totals with column names: ``round,a,b``. Totals that name the answers: ``round,first,second,first_votes,second_votes``. Columns are separated
by commas, semicolons or tabs; ``//`` or ``#`` begins a comment.

An entry that can only mean one thing is read as that, with a warning; an ambiguous entry is reported and left out.

    >>> count_ballots("1 14 9\n2 3 20\n", "room.txt").rounds
    (('1', '', '', 14, 9), ('2', '', '', 3, 20))
    >>> count_ballots("01E AB\n02F -A\n", "room.txt").rounds
    (('1', '', '', 1, 0), ('2', '', '', 1, 1))
    >>> count_ballots("participant,1,2\nann,A,B\nben,,B\n", "room.csv").rounds
    (('1', '', '', 1, 0), ('2', '', '', 0, 2))
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.errors import At, Problem, Problems, Report, WorkshopError, did_you_mean
from workshop.inputs.door import read_text_file as read_text
from workshop.inputs.door import wrong
from workshop.inputs.structured import parse_yaml
from workshop.model.request import CHECK_LETTERS, checked

if TYPE_CHECKING:  # a live room reads lines of a chat without it
    import numpy as np
    from numpy.typing import NDArray

# ---------------------------------------------------------------- ballot codes
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


# ---------------------------------------------------------------- ballot totals
# Reads totals from a show of hands, one line per round: ``1 14 9``, ``round 1: 14 to 9``, or ``14 9`` in the order of the rounds.
_BETWEEN = r"\s*(?:[,;:/\s–-]|to|against)\s*"
TOTALS = re.compile(
    rf"^(?:(?:round|r)?\s*(?P<round>\d{{1,3}})\s*(?:[:.)=]|{_BETWEEN})\s*)?a?\s*(?P<a>\d{{1,6}}){_BETWEEN}b?\s*(?P<b>\d{{1,6}})$",
    re.IGNORECASE,
)
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


# ---------------------------------------------------------------- ballot forms
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


# ---------------------------------------------------------------- ballots
class Tally(Struct, frozen=True, kw_only=True):
    """One round: two kinds of answer and their votes."""

    round: str
    first: str
    second: str
    first_votes: int
    second_votes: int

    @property
    def votes(self) -> int:
        """All votes of the round."""
        return self.first_votes + self.second_votes


class Pairs(Struct, frozen=True):
    """Which kinds of answer are under A and B in each round: the YAML file with ``rounds`` from which ballots are printed.

    Attributes:
        kinds: round -> kind of A, kind of B.
        texts: round -> question, answer A, answer B; without the rounds that lack one of them.
    """

    kinds: Mapping[str, tuple[str, str]]
    at: At
    texts: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Pairs:
        """Read the file.

        Raises:
            WorkshopError: if a round lacks its number, or the kind of an answer.
        """
        text, name = read_text(path)
        tree = parse_yaml(text, name, Report())
        content: Any = tree.value if tree is not None else None
        try:
            rounds = content["rounds"] if isinstance(content, dict) else content
            kinds = {str(entry["round"]): (str(entry["a"]["kind"]), str(entry["b"]["kind"])) for entry in rounds}
        except (KeyError, TypeError):
            hint = "write a list 'rounds', each with 'round: 1', 'a: {kind: …}' and 'b: {kind: …}'"
            raise wrong("this file does not say which answers met in which round", At(name), hint) from None
        return cls(kinds, At(name), {str(entry["round"]): found for entry in rounds if (found := _texts(entry))})


def _texts(entry: Any) -> tuple[str, str, str] | None:
    """Return the question and both answers of a round, or ``None`` if one of them is missing."""
    found = (entry.get("question"), entry["a"].get("text"), entry["b"].get("text"))
    return (str(found[0]), str(found[1]), str(found[2])) if all(found) else None


class Ballots(Struct, frozen=True):
    """Tallies of all rounds.

    Attributes:
        rounds: in the order of the file; kinds are "" if the file doesn't name them.
        simulated: whether the file says so in a comment line.
        people: how many ballots were counted; 0 if only tallies were given.
    """

    rounds: tuple[Tally, ...]
    simulated: bool
    at: At
    people: int = 0

    @classmethod
    def load(cls, path: Path) -> Ballots:
        """Read totals, a table with one line per participant, or a list of ballot codes; see ``ballot_forms``.

        Raises:
            WorkshopError: if nothing in the file can be read as votes.
        """
        text, name = read_text(path)
        counted: Counted = count_ballots(text, name)
        rounds = tuple(
            Tally(round=number, first=first, second=second, first_votes=firsts, second_votes=seconds)
            for number, first, second, firsts, seconds in counted.rounds
        )
        ballots = cls(rounds, counted.simulated, At(name), counted.people)
        if not any(tally.votes for tally in rounds):
            raise wrong("there are no votes", At(name), "type in how many picked A and B in each round")
        if all(tally.first for tally in rounds):
            ballots.check()
        return ballots

    def named(self, pairs: Pairs) -> Ballots:
        """Return the same votes with the kinds of answer that were compared in each round.

        Raises:
            WorkshopError: for an unknown round, or if no common scale can be fitted.
        """
        if all(tally.first for tally in self.rounds):
            return self
        unknown = [tally.round for tally in self.rounds if tally.round not in pairs.kinds]
        if unknown:
            hint = f"{pairs.at.path} has the rounds {', '.join(pairs.kinds)}"
            raise wrong(f"there is no round {unknown[0]!r}", self.at, hint)
        rounds = tuple(
            tally
            if tally.first
            else replace(tally, first=pairs.kinds[tally.round][0], second=pairs.kinds[tally.round][1])
            for tally in self.rounds
        )
        ballots = replace(self, rounds=rounds)
        ballots.check(tuple(pairs.kinds))
        return ballots

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of answer, in order of appearance."""
        return tuple(dict.fromkeys(kind for tally in self.rounds for kind in (tally.first, tally.second)))

    def wins(self) -> NDArray[np.float64]:
        """Return a matrix: how often the row's kind was picked over the column's."""
        import numpy as np

        place = {kind: i for i, kind in enumerate(self.kinds)}
        won = np.zeros((len(place), len(place)))
        for tally in self.rounds:
            first, second = place[tally.first], place[tally.second]
            won[first, second] += tally.first_votes
            won[second, first] += tally.second_votes
        return won

    def check(self, printed: Sequence[str] = ()) -> None:
        """Refuse ballots from which no common scale can be fitted.

        Args:
            printed: the rounds on the ballots, if they are known.

        Raises:
            WorkshopError: if two groups of answers were never compared.
        """
        import numpy as np

        met = self.wins() + self.wins().T > 0
        reached = np.linalg.matrix_power(np.eye(len(met)) + met, len(met))[0] > 0
        if not reached.all():
            lonely = self.kinds[int(np.argmin(reached))]
            empty = [tally.round for tally in self.rounds if not tally.votes]
            untyped = [name for name in printed if name not in {tally.round for tally in self.rounds}]
            hint = "add a round in which it meets one of the others, or votes if there are none"
            if untyped:
                hint = f"type the votes of {_rounds(untyped)} too"
            missing = f"; nobody voted in {_rounds(empty)}" if empty else ""
            message = f"{lonely!r} was never compared with {self.kinds[0]!r}, not even through a third answer{missing}"
            raise wrong(message, self.at, hint)


def _rounds(names: Sequence[str]) -> str:
    *first, last = names
    return f"rounds {', '.join(first)} and {last}" if first else f"round {last}"
