"""What people hand in for the demos: read from their files, and refused at the line if it can't be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from workshop.ai_models.toys.moderation import score
from workshop.ai_models.toys.red_team import HOW
from workshop.ai_models.toys.word_votes import Item
from workshop.errors import At, Problem, WorkshopError, did_you_mean
from workshop.inputs.csv_text import read_named
from workshop.inputs.text_folders import read_text_file, wrong


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


class Dirt(Struct, frozen=True):
    """Useless lines by kind: spam, boilerplate, filler, personal."""

    lines: tuple[tuple[str, str], ...]

    @classmethod
    def load(cls, path: Path) -> Dirt:
        """Read a CSV file with the columns ``kind`` and ``text``.

        Raises:
            WorkshopError: if a column is missing or a row has no text.
        """
        text, name = read_text_file(path)
        lines = []
        for at, row in read_named(text, name, ("kind", "text")):
            if not row["text"]:
                raise WorkshopError(
                    Problem("this line has no text", at, hint="write one, or remove the line", code="bad-data")
                )
            lines.append((row["kind"], row["text"]))
        return cls(tuple(lines))


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
        """Return the sum of the points of all its words."""
        return score(self.points, request)


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


class Attacks(Struct, frozen=True):
    """Named attacks: (name, how, text); the first one is plain."""

    items: tuple[tuple[str, str, str], ...]

    @classmethod
    def load(cls, path: Path) -> Attacks:
        """Read a CSV file with the columns attack, how and text.

        Raises:
            WorkshopError: at the line, for an unknown way of attack.
        """
        items = []
        for at, row in rows(path, ("attack", "how", "text")):
            if row["how"] not in HOW:
                problem = f"no way of attack is named {row['how']!r}"
                hint = did_you_mean(row["how"], HOW)
                raise WorkshopError(Problem(problem, at, hint=hint, code="bad-data"))
            items.append((row["attack"], row["how"], row["text"]))
        if items[0][1] != "plain":
            problem = "the first attack is what the others are compared with"
            raise WorkshopError(
                Problem(problem, At(Path(path).name, 2), hint="write 'as it is,plain,'", code="bad-data")
            )
        return cls(tuple(items))


class Suites(Struct, frozen=True):
    """Suite name -> its items, in the order of the file."""

    items: Mapping[str, tuple[Item, ...]]

    @classmethod
    def load(cls, path: Path) -> Suites:
        """Read a CSV file with the columns suite, prompt and answer.

        Raises:
            WorkshopError: if a column is missing or there are no rows.
        """
        suites: dict[str, list[Item]] = {}
        for _, row in rows(path, ("suite", "prompt", "answer")):
            suites.setdefault(row["suite"], []).append((row["prompt"], row["answer"]))
        return cls({name: tuple(items) for name, items in suites.items()})


FACTS, FACT_WORDS = 2_000, 60  # sentences, and words of one


class Facts(Struct, frozen=True):
    """True sentences, one per line."""

    sentences: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Facts:
        """Read a text file; final full stops and duplicates are dropped.

        Raises:
            WorkshopError: if the file can't be read as text or is empty, or has more or longer sentences than exact fractions bear.
        """
        text, name = read_text_file(path)
        lines = (line.strip().rstrip(".") for line in text.split("\n"))
        found = tuple(dict.fromkeys(line for line in lines if line))
        if (longest := max((len(line.split()) for line in found), default=0)) > FACT_WORDS:
            message = f"a line has {longest:,} words; a true sentence has at most {FACT_WORDS}"
            raise wrong(message, At(name), "write one sentence per line")
        if len(found) > FACTS:
            raise wrong(
                f"there are {len(found):,} true sentences; the limit is {FACTS:,}", At(name), "use a part of them"
            )
        return cls(found)
