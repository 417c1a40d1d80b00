"""Item analysis of a quiz: how hard each question was, what changed, and which wrong answer drew people."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from workshop.addons.room.answer_lines import Row
from workshop.model.exhibits import Chart, ChartKind, Column, Honesty, Reference, Series, Table
from workshop.model.prints import LETTERS, Question
from workshop.wording.formats import percent, points

Z = 1.959963984540054  # two-sided, 95%
Interval = tuple[float, float, float]  # a value, and the ends of its interval


class Item(Struct, frozen=True, kw_only=True):
    """One question, answered by the same people before and after.

    Attributes:
        people: how many filled in both sheets.
        before, after: shares of right answers, each with its interval: share, low end, high end.
        gained, lost: people who were right only after, and only before.
        change: after minus before, with its interval.
        mended: of those who were wrong before, the share that is right after, with its interval; ``None`` if nobody was.
        drawn: the misconception behind the wrong answer that was picked most often afterwards, and by how many; ("", 0) if by nobody.
    """

    name: str
    people: int
    before: Interval
    after: Interval
    gained: int
    lost: int
    change: Interval
    mended: Interval | None
    drawn: tuple[str, int]

    @property
    def told(self) -> str:
        """Return what the change says: "better", "worse", or "can’t tell" if its interval contains zero."""
        _, low, high = self.change
        return "better" if low > 0 else "worse" if high < 0 else "can’t tell"


def wilson(right: int, n: int) -> Interval:
    """Return a share and Wilson's 95% interval.

    >>> tuple(round(end, 3) for end in wilson(0, 20))
    (0.0, 0.0, 0.161)
    """
    share, wide = right / n, Z**2 / n
    middle = (share + wide / 2) / (1 + wide)
    half = Z * math.sqrt(share * (1 - share) / n + wide / (4 * n)) / (1 + wide)
    return share, max(0.0, middle - half), min(1.0, middle + half)


def paired_change(gained: int, lost: int, n: int) -> Interval:
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
        first, then = ([is_right(row, question, place) for row in rows] for rows in (before, after))
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
                mended=wilson(gained, first.count(False)) if False in first else None,
                drawn=as_drawn(after, question, place),
            )
        )
    return tuple(found)


def as_drawn(rows: Sequence[Row], question: Question, place: int) -> tuple[str, int]:
    """Return the misconception that drew most wrong answers to a question, and how many."""
    letters = [row.letters[place] for row in rows if row.letters[place] and not is_right(row, question, place)]
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
            interval(item.before),
            interval(item.after),
            f"{points(item.change[0])} ({points(item.change[1])} to {points(item.change[2])})",
            interval(item.mended) if item.mended else "–",
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
        "Of those wrong before, right after",
        "So it got",
        "What the most common wrong answer stands for",
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


def interval(share: Interval) -> str:
    """Return a share with its interval as it is printed."""
    return f"{percent(share[0])} ({percent(share[1])} to {percent(share[2])})"


def _finding(items: Sequence[Item]) -> str:
    hardest = min(items, key=lambda item: item.after[0])
    unsure = sum(item.told == "can’t tell" for item in items)
    more = (
        f"; for {unsure} of {len(items)} questions, {items[0].people} people are too few to tell a change from chance"
    )
    return f"Hardest afterwards: {hardest.name}, {percent(hardest.after[0])} right" + (more if unsure else "")


def is_right(row: Row, question: Question, place: int) -> bool:
    """Whether a person ticked the right option of the question at a place of the sheet."""
    letter = row.letters[place]
    return bool(letter) and question.options[LETTERS.index(letter)].right
