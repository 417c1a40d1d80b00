"""A room's quiz before and after: who changed their answers, and what stayed weeks later."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.addons.room.answer_lines import Row, read_letters, read_rows
from workshop.addons.room.item_analysis import (
    Interval,
    analyse,
    as_drawn,
    changes_drawn,
    interval,
    is_right,
    items_table,
    wilson,
)
from workshop.errors import Report
from workshop.model.blocks import plain
from workshop.model.exhibits import Chart, ChartKind, Column, Exhibit, Findings, Honesty, Reference, Series, Table
from workshop.model.frozen import Frozen
from workshop.model.prints import LETTERS, Question
from workshop.wording.formats import count, percent

# The change from the quiz before to the quiz after, and the number of people behind it.
WHEN = ("before", "after")
LATER = "later"
FEW = 6  # people: with fewer, even a change in all of them could be chance


class Sheets(Struct):
    """The sheets of all times, by participant."""

    before: dict[str, Row]
    after: dict[str, Row]
    later: dict[str, Row] = field(default_factory=dict)

    @property
    def everybody(self) -> frozenset[str]:
        """The participants who filled in any sheet."""
        return frozenset((*self.before, *self.after, *self.later))

    @property
    def both(self) -> tuple[str, ...]:
        """The participants who filled in both, in the order of the file."""
        return tuple(name for name in self.before if name in self.after)


def asked(path: Path, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions that have a column in the file; all of them if none does."""
    head = {name for _, cells in read_rows(path)[:1] for name in cells}
    return tuple(q for q in questions if str(q.number) in head) or tuple(questions)


def read_sheets(path: Path, questions: Sequence[Question], later: Sequence[Question] = ()) -> Sheets:
    """Read ``participant,when,1,…`` with a letter for each question, and ``later`` with those for all later questions in one word.

    Raises:
        Problems: for every mistake, with its line.
    """
    letters = [LETTERS[: len(question.options)] for question in questions]
    numbers = [str(question.number) for question in questions]
    rows = read_letters(path, ("participant", "when"), numbers, letters, (LATER,))
    report, found = Report(), Sheets({}, {})
    for row in rows:
        # 7 and 07 are the same card
        who, when = row.given["participant"].lstrip("0"), row.given["when"].lower()
        if when not in WHEN or not who:
            report.error(f"{who!r}, {when!r}: a line begins with a participant and a time", row.at, "before or after")
            continue
        sheets = found.before if when == "before" else found.after
        if who in sheets:
            report.error(f"{who!r} appears twice {when}", row.at, "keep one line", "answers")
        sheets[who] = replace(row, letters=_as_before(row, questions)) if when == "after" else row
        if row.given[LATER] and later:
            found.later[who] = replace(row, letters=_in_one_word(row, later, report))
    report.raise_if_errors()
    return found


def _in_one_word(row: Row, questions: Sequence[Question], report: Report) -> tuple[str, ...]:
    """Return the letters of a column that has those of several questions, such as "B-CA"."""
    word = row.given[LATER].upper()
    fits = len(word) == len(questions) and all(
        letter in ("-", *LETTERS[: len(question.options)]) for letter, question in zip(word, questions, strict=True)
    )
    if not fits:
        hint = f"write {len(questions)} letters in one word, with a dash where nothing is ticked, and give --minutes as for the build"
        report.error(f"column {LATER} is {word!r}", row.at, hint, "answers")
    return tuple("" if letter == "-" or not fits else letter for letter in word.ljust(len(questions)))


def _as_before(row: Row, questions: Sequence[Question]) -> tuple[str, ...]:
    """Return the letters of a sheet afterwards in terms of the sheet before, since its options are in another order."""
    return tuple(
        LETTERS[question.again[LETTERS.index(letter)]] if letter else ""
        for letter, question in zip(row.letters, questions, strict=True)
    )


def what_changed(
    sheets: Sheets, questions: Sequence[Question], names: Sequence[str], later: Sequence[Question] = ()
) -> Findings:
    """Return the right answers before, after and weeks later, and the misconceptions that were picked.

    Only people with both sheets are compared; if nobody has both, the two groups are compared, and the basis says so.

    Args:
        names: one per question, for the chart.

    Facts:
        people: ``both``, ``before``, ``after``, ``later``; right: ``before``, ``after``, ``later`` (shares, 0 to 1; ``later`` only if there are such sheets).
        more, fewer, same: people with more, fewer or as many right answers after.
        chance: how often a coin would divide ``more`` and ``fewer`` as unevenly (exact, two-sided); ``few``: too few to tell.
        sure: ``before``, ``after``: ``n``, the answers ticked as sure, and ``right``, the share of them that is right.

    Exhibits: ``change`` (bars by question), ``misconceptions`` (table); if people filled in both sheets, ``items`` (table: how hard
    each question was, its change, and what drew people) and ``changes`` (with intervals); ``later`` (table), if there are such sheets.
    """
    paired = bool(sheets.both)
    groups = [[group[name] for name in (sheets.both if paired else group)] for group in (sheets.before, sheets.after)]
    right = [_mean([_share(rows, q, k)[0] for k, q in enumerate(questions)]) for rows in groups]
    gains = [_score(sheets.after[w], questions) - _score(sheets.before[w], questions) for w in sheets.both]
    more, fewer = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    few, chance, basis = len(sheets.both) < FEW, sign_test(more, fewer), _basis(sheets)
    sure = [_sure(rows, questions) for rows in groups]
    then = list(sheets.later.values())
    kept = [_share(then, question, k)[0] for k, question in enumerate(later)] if then else []
    finding = f"Right answers: {percent(right[0])} before, {percent(right[1])} after, "
    finding += f"{percent(_mean(kept))} of other questions later, " if kept else ""
    finding += f"by {basis}"
    finding += _compared(more, fewer, None if few else chance) if paired else ""
    finding += _sure_compared(sure)
    facts = {
        "people": {"both": len(sheets.both), "before": len(sheets.before), "after": len(sheets.after)}
        | ({LATER: len(then)} if kept else {}),
        "right": {"before": right[0], "after": right[1]} | ({LATER: _mean(kept)} if kept else {}),
        "more": more,
        "fewer": fewer,
        "same": len(gains) - more - fewer,
        "chance": chance,
        "few": few,
        "sure": dict(zip(WHEN, sure, strict=True)),
    }
    stayed = what_stayed(sheets, questions, later) if kept else ()
    change = _change_drawn(groups, questions, names, finding, basis, stayed)
    exhibits: dict[str, Exhibit] = {"change": change, "misconceptions": _misconceptions(groups, questions, basis)}
    if paired:
        items = analyse(groups[0], groups[1], questions, names)
        exhibits |= {"items": items_table(items, basis), "changes": changes_drawn(items, basis)}
    if kept:
        exhibits["later"] = _later_table(then, later, stayed)
    return Findings(Frozen(facts), exhibits)


class Stayed(Struct, frozen=True, kw_only=True):
    """A question that was asked weeks later, and what the people whose number is on a sheet of both times answered.

    Attributes:
        question: its number in the sheet weeks later.
        partner: the number of the question of the same stage after the workshop; 0 if there was none.
        right: the share of right answers weeks later.
        kept: of those who were right on its partner, the share that is right weeks later; ``None`` if nobody was.
    """

    question: int
    partner: int
    people: int
    right: Interval
    kept: Interval | None = None


def what_stayed(sheets: Sheets, questions: Sequence[Question], later: Sequence[Question]) -> tuple[Stayed, ...]:
    """Return each question weeks later with what stayed, paired by the number of the person and by the stage."""
    places = {question.stage: place for place, question in enumerate(questions)}
    found = []
    for at, question in enumerate(later):
        rows = {name: is_right(row, question, at) for name, row in sheets.later.items()}
        place = places.get(question.stage)
        partner = questions[place] if place is not None else None
        knew = [
            right
            for name, right in rows.items()
            if partner and place is not None and name in sheets.after and is_right(sheets.after[name], partner, place)
        ]
        found.append(
            Stayed(
                question=question.number,
                partner=partner.number if partner else 0,
                people=len(rows),
                right=wilson(sum(rows.values()), len(rows)),
                kept=wilson(sum(knew), len(knew)) if knew else None,
            )
        )
    return tuple(found)


def _later_table(rows: Sequence[Row], questions: Sequence[Question], stayed: Sequence[Stayed]) -> Table:
    """Return one row per question that was asked weeks after, with what stayed of the question of its stage."""
    told = []
    for place, question in enumerate(questions):
        right = sum(is_right(row, question, place) for row in rows)
        name, many = as_drawn(rows, question, place)
        share = interval(wilson(right, len(rows)))
        kept = stayed[place].kept
        told.append(
            (
                question.number,
                plain(question.text),
                share,
                interval(kept) if kept else "–",
                f"{name} ({many})" if many else "–",
            )
        )
    heads = (
        "Number",
        "Question",
        "Right",
        "Of those right after, on its stage",
        "What the most common wrong answer stands for",
    )
    return Table(
        "Asked weeks after",
        tuple(map(Column, heads)),
        tuple(told),
        finding=f"Weeks later, {_people(len(rows))} answered {count(len(questions))} other questions",
        measure="95% intervals: Wilson",
        honesty=Honesty.SUPPLIED,
        basis=_people(len(rows)),
    )


def _change_drawn(
    groups: Sequence[Sequence[Row]],
    questions: Sequence[Question],
    names: Sequence[str],
    finding: str,
    basis: str,
    stayed: Sequence[Stayed],
) -> Chart:
    """Return the shares before, after and weeks later as bars, with the share by guessing if it is the same for all questions."""
    shares = [[_share(rows, question, k) for k, question in enumerate(questions)] for rows in groups]
    then = {one.partner: one.right for one in stayed}
    third = (_bars(LATER, [then.get(question.number) for question in questions]),) if then else ()
    guessing = {1 / len(question.options) for question in questions}
    return Chart(
        ChartKind.BAR,
        "Right answers before and after",
        measure="Share of right answers, question by question; later: another question of the same stage"
        if third
        else "Share of right answers, question by question",
        finding=finding,
        series=(_bars(WHEN[0], shares[0], "context"), _bars(WHEN[1], shares[1], "accent"), *third),
        categories=tuple(names),
        references=(Reference("guessing", guessing.pop()),) if len(guessing) == 1 else (),
        unit="percent",
        honesty=Honesty.SUPPLIED,
        basis=basis,
        y_min=0,
        y_max=1,
    )


def _compared(more: int, fewer: int, chance: float | None) -> str:
    """Return how many people gained and lost, and how likely that is by chance; ``None`` if they are too few to tell."""
    told = "too few people to tell it from chance" if chance is None else f"by chance alone {percent(chance, 1)}"
    return f"; {more} have more right, {fewer} fewer" + (f", {told}" if chance is None else f" ({told})")


def _sure_compared(sure: Sequence[Mapping[str, float]]) -> str:
    """Return how many of the answers ticked as sure were right; "" if at one of the times nobody was sure."""
    if not all(part["n"] for part in sure):
        return ""
    shares = [f"{percent(part['right'])} of {count(part['n'])}" for part in sure]
    return f"; of the sure answers, {shares[0]} were right before and {shares[1]} after"


def sign_test(more: int, fewer: int) -> float:
    """Return how often fair coins divide ``more + fewer`` people at least as unevenly (exact, two-sided).

    >>> sign_test(5, 0), sign_test(3, 3), sign_test(0, 0)
    (0.0625, 1.0, 1.0)
    """
    n, low = more + fewer, min(more, fewer)
    tail: int = sum(math.comb(n, k) for k in range(low + 1))
    return min(1.0, float(Fraction(2 * tail, 2**n)))


def _sure(rows: Sequence[Row], questions: Sequence[Question]) -> dict[str, float]:
    """Return the number of answers ticked as sure, and the share of them that is right."""
    ticked = [is_right(row, question, k) for row in rows for k, question in enumerate(questions) if row.sure[k]]
    return {"n": len(ticked), "right": _mean(ticked)}


def _share(rows: Sequence[Row], question: Question, place: int) -> Interval:
    right = sum(is_right(row, question, place) for row in rows)
    return wilson(right, len(rows)) if rows else (0.0, 0.0, 0.0)


def _bars(name: str, shares: Sequence[Interval | None], role: str = "") -> Series:
    """Return shares as bars with their intervals; a gap where there is none."""
    lows, highs = ([share[end] if share else 0.0 for share in shares] for end in (1, 2))
    return Series(name, tuple(share and share[0] for share in shares), low=tuple(lows), high=tuple(highs), role=role)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _score(row: Row, questions: Sequence[Question]) -> int:
    return sum(is_right(row, question, place) for place, question in enumerate(questions))


def _basis(sheets: Sheets) -> str:
    both = len(sheets.both)
    if not both:
        return f"{_people(len(sheets.before))} before and {_people(len(sheets.after))} after, nobody in both"
    alone = [
        f"{count(n - both)} only {when}"
        for n, when in zip(map(len, (sheets.before, sheets.after)), WHEN, strict=True)
        if n > both
    ]
    return f"{_people(both)} with both sheets" + (f" ({' and '.join(alone)}, left out)" if alone else "")


def _people(n: int) -> str:
    return "1 person" if n == 1 else f"{count(n)} people"


def _misconceptions(groups: Sequence[Sequence[Row]], questions: Sequence[Question], basis: str) -> Table:
    picked = [
        Counter(
            question.options[LETTERS.index(row.letters[place])].misconception
            for row in rows
            for place, question in enumerate(questions)
            if row.letters[place]
        )
        for rows in groups
    ]
    wrong = [option.misconception for question in questions for option in question.options if not option.right]
    names = sorted(dict.fromkeys(wrong), key=lambda name: (-picked[1][name], -picked[0][name], wrong.index(name)))
    rows = tuple(
        (name.replace("-", " "), picked[0][name], picked[1][name])
        for name in names
        if picked[0][name] or picked[1][name]
    )
    first = (
        f"“{rows[0][0]}” was picked most often afterwards, {rows[0][2]} times"
        if rows
        else "nobody picked a wrong answer"
    )
    columns = (Column("Misconception"), Column("before", "count"), Column("after", "count"))
    return Table("Misconceptions picked", columns, rows, finding=first, honesty=Honesty.SUPPLIED, basis=basis)
