"""Item analysis of a quiz: how hard each question was, what changed, and which wrong answer drew people."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from workshop.model.exhibits import Chart, ChartKind, Column, Honesty, Reference, Series, Table
from workshop.model.prints import LETTERS, Question
from workshop.room.answers import Row
from workshop.wording.formats import percent, points

Z = 1.959963984540054  # two-sided, 95%


class Item(Struct, frozen=True, kw_only=True):
    """One question, answered by the same people before and after.

    Attributes:
        people: how many filled in both sheets.
        before, after: shares of right answers, each with its interval: share, low end, high end.
        gained, lost: people who were right only after, and only before.
        change: after minus before, with its interval.
        drawn: the misconception behind the wrong answer that was picked most often afterwards, and by how many; ("", 0) if by nobody.
    """

    name: str
    people: int
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    gained: int
    lost: int
    change: tuple[float, float, float]
    drawn: tuple[str, int]

    @property
    def told(self) -> str:
        """Return what the change says: "better", "worse", or "can’t tell" if its interval contains zero."""
        _, low, high = self.change
        return "better" if low > 0 else "worse" if high < 0 else "can’t tell"


def wilson(right: int, n: int) -> tuple[float, float, float]:
    """Return a share and Wilson's 95% interval.

    >>> tuple(round(end, 3) for end in wilson(0, 20))
    (0.0, 0.0, 0.161)
    """
    share, wide = right / n, Z**2 / n
    middle = (share + wide / 2) / (1 + wide)
    half = Z * math.sqrt(share * (1 - share) / n + wide / (4 * n)) / (1 + wide)
    return share, max(0.0, middle - half), min(1.0, middle + half)


def paired_change(gained: int, lost: int, n: int) -> tuple[float, float, float]:
    """Return the difference of two shares of the same people, with a 95% interval.

    The interval is Bonett and Price's (2012): half of the people answer differently once more, in either direction, and the
    usual normal interval is taken. It holds its promise with few people, too, where the usual one is too narrow.
    """
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    half = Z * math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    return (gained - lost) / n, max(-1.0, up - down - half), min(1.0, up - down + half)


def analyse(
    before: Sequence[Row], after: Sequence[Row], questions: Sequence[Question], names: Sequence[str]
) -> tuple[Item, ...]:
    """Return an item per question, for people in the same order in both.

    Args:
        after: with letters in terms of the sheet before.
    """
    found = []
    for place, (question, name) in enumerate(zip(questions, names, strict=True)):
        first, then = ([_right(row, question, place) for row in rows] for rows in (before, after))
        gained = sum(now and not was for was, now in zip(first, then, strict=True))
        lost = sum(was and not now for was, now in zip(first, then, strict=True))
        found.append(
            Item(
                name=name,
                people=len(first),
                before=wilson(sum(first), len(first)),
                after=wilson(sum(then), len(then)),
                gained=gained,
                lost=lost,
                change=paired_change(gained, lost, len(first)),
                drawn=_drawn(after, question, place),
            )
        )
    return tuple(found)


def _right(row: Row, question: Question, place: int) -> bool:
    return bool(row.letters[place]) and question.options[LETTERS.index(row.letters[place])].right


def _drawn(rows: Sequence[Row], question: Question, place: int) -> tuple[str, int]:
    letters = [row.letters[place] for row in rows if row.letters[place] and not _right(row, question, place)]
    if not letters:
        return "", 0
    letter, count = min(Counter(letters).items(), key=lambda found: (-found[1], found[0]))
    return question.options[LETTERS.index(letter)].misconception.replace("-", " "), count


def changes_drawn(items: Sequence[Item], basis: str) -> Chart:
    """Return the change of each question with its interval."""
    changes, lows, highs = zip(*(item.change for item in items), strict=True)
    return Chart(
        ChartKind.FOREST,
        "Change by question",
        measure="Share of right answers, after minus before, points; the bar is the 95% interval",
        finding=_finding(items),
        series=(Series("change", changes, low=lows, high=highs, labels=tuple(item.told for item in items)),),
        categories=tuple(item.name for item in items),
        references=(Reference("no change", 0, axis="x"),),
        unit="points",
        honesty=Honesty.SUPPLIED,
        basis=basis,
    )


def items_table(items: Sequence[Item], basis: str) -> Table:
    """Return one row per question, the hardest one afterwards first."""
    rows = tuple(
        (
            item.name,
            _interval(item.before),
            _interval(item.after),
            f"{points(item.change[0])} ({points(item.change[1])} to {points(item.change[2])})",
            item.told,
            f"{item.drawn[0]} ({item.drawn[1]})" if item.drawn[1] else "–",
        )
        for item in sorted(items, key=lambda item: item.after[0])
    )
    heads = (
        "Question",
        "Right before",
        "Right after",
        "Change, points",
        "So it got",
        "Most picked wrong answer stands for",
    )
    return Table(
        "Questions, the hardest first",
        tuple(map(Column, heads)),
        rows,
        finding=_finding(items),
        measure="95% intervals: Wilson for shares, Bonett and Price for changes of the same people",
        honesty=Honesty.SUPPLIED,
        basis=basis,
    )


def _interval(share: tuple[float, float, float]) -> str:
    return f"{percent(share[0])} ({percent(share[1])} to {percent(share[2])})"


def _finding(items: Sequence[Item]) -> str:
    hardest = min(items, key=lambda item: item.after[0])
    unsure = sum(item.told == "can’t tell" for item in items)
    more = (
        f"; for {unsure} of {len(items)} questions, {items[0].people} people are too few to tell a change from chance"
    )
    return f"Hardest afterwards: {hardest.name}, {percent(hardest.after[0])} right" + (more if unsure else "")
