"""A moderator that can be added up by hand: each word has points, and a request with enough points is blocked."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.demos.text import words
from workshop.errors import At, Problem, WorkshopError, did_you_mean


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file.

    Raises:
        WorkshopError: at the first line if a column is missing, or if there is no row.
    """
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restval="")
        found = reader.fieldnames or ()
        for column in columns:
            if column not in found:
                hint = did_you_mean(column, found) or f"the first line must read {','.join(columns)}"
                raise WorkshopError(
                    Problem(f"there is no column named {column!r}", At(Path(path).name, 1), hint, "bad-data")
                )
        content = list(reader)
    if not content:
        raise WorkshopError(Problem("the table has no row", At(Path(path).name, 2), "write one a line", "bad-data"))
    yield from content


@dataclass(frozen=True, slots=True)
class Rules:
    """Word -> points; positive points speak for blocking, negative ones against."""

    points: Mapping[str, int]

    @classmethod
    def load(cls, path: Path) -> Rules:
        """Read a CSV file with the columns word and points.

        Raises:
            WorkshopError: at the line, if points are not a whole number.
        """
        points = {}
        for line, row in enumerate(rows(path, ("word", "points")), 2):
            try:
                points[row["word"].strip().lower()] = int(row["points"])
            except ValueError:
                message = f"{row['points']!r} is not a whole number of points"
                problem = Problem(message, At(Path(path).name, line), "write 3, 2, 1 or –2 as -2", "bad-data")
                raise WorkshopError(problem) from None
        return cls(points)

    def score(self, request: str) -> int:
        """Return the sum of the points of all its words.

        >>> Rules({"poison": 3, "my": -2}).score("how do I poison my bed")
        1
        """
        return sum(self.points.get(word, 0) for word in words(request))


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests, parted by a person into harmful and fine."""

    harmful: tuple[str, ...]
    fine: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Requests:
        """Read a CSV file with the columns request and harmful ("yes" or "no")."""
        content = list(rows(path, ("request", "harmful")))
        for line, row in enumerate(content, 2):
            if row["harmful"].strip() not in ("yes", "no"):
                message = f"{row['harmful']!r} is neither yes nor no"
                raise WorkshopError(Problem(message, At(Path(path).name, line), "write yes or no", "bad-data"))
        parted = {word: tuple(r["request"] for r in content if r["harmful"].strip() == word) for word in ("yes", "no")}
        return cls(parted["yes"], parted["no"])
