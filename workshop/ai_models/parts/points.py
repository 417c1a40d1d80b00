"""A moderator whose scores can be added up by hand: each word has points, and a request with enough points is blocked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from workshop.errors import At, Problem, WorkshopError
from workshop.inputs.door import read_text_file
from workshop.inputs.structured import read_named
from workshop.inputs.texts import words


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[At, dict[str, str]]]:
    """Yield the rows of a CSV file with their places.

    Raises:
        WorkshopError: if a column is missing, or there are no rows.
    """
    text, name = read_text_file(path)
    content = read_named(text, name, columns)
    if not content:
        raise WorkshopError(Problem("the table has no row", At(name, 2), hint="write one per line", code="bad-data"))
    yield from content


class Rules(Struct, frozen=True):
    """Word -> points; positive points are for blocking, negative ones against it."""

    points: Mapping[str, int]

    @classmethod
    def load(cls, path: Path) -> Rules:
        """Read a CSV file with the columns word and points.

        Raises:
            WorkshopError: at the line, if points aren't a whole number.
        """
        points = {}
        for at, row in rows(path, ("word", "points")):
            try:
                points[row["word"].lower()] = int(row["points"])
            except ValueError:
                message = f"{row['points']!r} is not a whole number of points"
                raise WorkshopError(Problem(message, at, hint="write 3, 2, 1 or –2 as -2", code="bad-data")) from None
        return cls(points)

    def score(self, request: str) -> int:
        """Return the sum of the points of all its words.

        >>> Rules({"poison": 3, "my": -2}).score("how do I poison my bed")
        1
        """
        return sum(self.points.get(word, 0) for word in words(request))


class Requests(Struct, frozen=True):
    """Requests that a person labelled harmful or fine."""

    harmful: tuple[str, ...]
    fine: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Requests:
        """Read a CSV file with the columns request and harmful ("yes" or "no")."""
        content = list(rows(path, ("request", "harmful")))
        for at, row in content:
            if row["harmful"] not in ("yes", "no"):
                message = f"{row['harmful']!r} is neither yes nor no"
                raise WorkshopError(Problem(message, at, hint="write yes or no", code="bad-data"))
        parted = {word: tuple(r["request"] for _, r in content if r["harmful"] == word) for word in ("yes", "no")}
        return cls(parted["yes"], parted["no"])
