"""Reads an exercise as a participant sees it, and compares its printed key with an independent solution."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workshop.check.nonsense import told
from workshop.model.blocks import ShownChart, ShownTable, plain
from workshop.model.exhibits import Chart
from workshop.model.kit import Exercise

Pairs = Iterator[tuple[str, float | str]]
NUMBER = r"[−-]?\d[\d,]*(?:\.\d+)?"


def lines(blocks: object) -> str:
    return "\n".join(line for line, _ in told(blocks))


@dataclass(frozen=True)
class Paper:
    """A printed exercise: the whole text of the task, its tables as rows of cells, its key, and its charts."""

    task: str
    tables: list[list[list[str]]]
    key: str
    charts: tuple[Chart, ...] = ()

    @classmethod
    def of(cls, exercise: Exercise) -> Paper:
        tables = [
            [[plain(cell) for cell in row] for row in (block.header, *block.rows)]
            for block in exercise.task
            if isinstance(block, ShownTable)
        ]
        charts = tuple(block.chart for block in exercise.task if isinstance(block, ShownChart))
        return cls(lines(exercise.task), tables, lines(exercise.solution), charts)

    def given(self, pattern: str) -> list[float]:
        """Return the numbers that ``#`` stands for in a pattern found in the task."""
        return [value(text) for text in found(pattern, self.task)]

    def printed(self, pattern: str) -> list[str]:
        """Return the texts that ``#`` and groups stand for in a pattern found in the key."""
        return found(pattern, self.key)

    def column(self, number: int, table: int = 0) -> list[str]:
        """Return a column of a table without its heading."""
        return [row[number] for row in self.tables[table][1:]]


def found(pattern: str, text: str) -> list[str]:
    match = re.search(pattern.replace("#", f"({NUMBER})"), text)
    assert match, f"{pattern!r} is not in {text!r}"
    return list(match.groups())


def value(text: str) -> float:
    """Return the number that a text prints: "−1,000.5%" is −10.005."""
    number = float(text.replace(",", "").replace("−", "-").replace("+", "").rstrip("% "))
    return number / 100 if text.rstrip().endswith("%") else number


def numbers(text: str) -> list[str]:
    return re.findall(NUMBER, text)


def agrees(printed: str, wanted: float | str) -> bool:
    """Return whether a printed answer is the expected one, rounded to the number of printed digits.

    >>> agrees("0.41", 0.4125), agrees("16%", 0.161), agrees("−2.40", -2.3979), agrees("0.42", 0.4125)
    (True, True, True, False)
    """
    if isinstance(wanted, str):
        return printed == wanted
    decimals = len(printed.rstrip("%").partition(".")[2]) + 2 * printed.endswith("%")
    return abs(value(printed) - wanted) <= 0.5 * 10**-decimals + 1e-6
