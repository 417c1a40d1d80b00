"""A tiny web to clean: garden sentences with the dirt of a real crawl, and a cleaning step for each kind of dirt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from msgspec import Struct

from workshop.errors import Problem, WorkshopError
from workshop.inputs.door import read_text_file
from workshop.inputs.structured import read_named
from workshop.inputs.texts import words

# Number of copies of each line of a kind in the crawl
TIMES = {"spam": 10, "boilerplate": 12, "filler": 4, "personal": 2}
ADVERTISING = re.compile(r"click|casino|newsletter|cookies|\${3}")


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


def near_copy(text: str, rng: np.random.Generator) -> str:
    """Return ``text`` as a careless site might copy it: with a word in capitals, an extra mark, or an extra word."""
    parts = text.split()
    place = int(rng.integers(len(parts)))
    change = rng.integers(3)
    if change == 0:
        parts[place] = parts[place].upper()
    elif change == 1:
        parts.append("!")
    else:
        parts.insert(place, "very")
    return " ".join(parts)


def crawl(genuine: Sequence[str], dirt: Dirt, rng: np.random.Generator) -> list[str]:
    """Return the genuine sentences, dirt, ten copies each of six sentences, and forty near-copies, all shuffled."""
    pages = [*genuine, *(text for kind, text in dirt.lines for _ in range(TIMES.get(kind, 1)))]
    pages += [genuine[i] for i in rng.choice(len(genuine), 6, replace=False) for _ in range(10)]
    pages += [near_copy(genuine[i], rng) for i in rng.choice(len(genuine), 40, replace=False)]
    return [pages[i] for i in rng.permutation(len(pages))]


def without_copies(pages: Sequence[str]) -> list[str]:
    """Keep the first of identical pages."""
    return list(dict.fromkeys(pages))


def word_pairs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the pairs of neighbouring words; a page of one word counts as one pair."""
    parts = words(text)
    return frozenset(pairwise(parts)) or frozenset({parts})


def jaccard(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> float:
    """Return the similarity of two sets, 0 to 1: shared elements divided by all elements.

    >>> cat, rug = word_pairs("the cat sat on the mat"), word_pairs("the cat sat on the rug")
    >>> round(jaccard(cat, rug), 3)
    0.667
    """
    return len(a & b) / len(a | b)


def without_near_copies(pages: Sequence[str], threshold: float) -> list[str]:
    """Drop each page whose word pairs have a similarity of at least ``threshold`` with those of a cleaner page.

    A page is cleaner if fewer of its characters aren't lower-case letters; among equals, the shorter page stays.
    """
    by_cleanness = sorted(pages, key=lambda page: (len(re.findall(r"[^a-z ]", page)), len(page)))
    kept: dict[str, frozenset[tuple[str, ...]]] = {}
    for page in by_cleanness:
        pairs = word_pairs(page)
        if all(jaccard(pairs, other) < threshold for other in kept.values()):
            kept[page] = pairs
    return [page for page in pages if page in kept]


def _letters(page: str) -> float:
    parts = page.split()
    return sum(any(c.isalpha() for c in part) for part in parts) / len(parts)


# Rules like published ones, scaled down to pages of one line
RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("fewer than four words", lambda page: len(words(page)) < 4),
    ("mostly symbols", lambda page: _letters(page) < 0.8),
    ("the same words again", lambda page: len(set(words(page))) < len(words(page)) / 2),
    ("code or filler", lambda page: bool(re.search(r"[{}]|lorem ipsum", page))),
    ("advertising words", lambda page: bool(ADVERTISING.search(page.lower()))),
)


def blocked(page: str) -> bool:
    """Whether a list of forbidden words with "weed" would drop the page."""
    return "weed" in page.lower()


def masked(page: str) -> str:
    """Replace e-mail addresses and telephone numbers by a word that says what was there."""
    without_mail = re.sub(r"[\w.]+@[\w.]+\w", "EMAIL", page)
    return re.sub(r"\+?\d[\d \-]{5,}\d", "PHONE", without_mail)


def read_on_budget(pages: Sequence[str], budget: int, rng: np.random.Generator) -> list[str]:
    """Draw pages, with replacement, until ``budget`` words (including end marks) are read."""
    drawn: list[str] = []
    left = budget
    while left > 0:
        page = pages[int(rng.integers(len(pages)))]
        drawn.append(page)
        left -= len(words(page)) + 1
    return drawn
