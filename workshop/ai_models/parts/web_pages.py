"""A tiny web to clean: garden sentences with the dirt of a real crawl, and a cleaning step for each kind of dirt.

A model that has read only true sentences and writes by itself, looking back at a few words, in exact fractions.

>>> facts = Facts(("ana likes kale", "ben likes mint"))
>>> chance_true(facts, 1), chance_true(facts, 2)
(Fraction(1, 2), Fraction(1, 1))
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from workshop.errors import Problem, WorkshopError
from workshop.inputs.door import read_text_file as read_text
from workshop.inputs.structured import read_named
from workshop.inputs.texts import words

# ---------------------------------------------------------------- web pages
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
        text, name = read_text(path)
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


# ---------------------------------------------------------------- recitation
START, END = "<s>", "</s>"


class Facts(Struct, frozen=True):
    """True sentences, one per line."""

    sentences: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Facts:
        """Read a text file; final full stops and duplicates are dropped.

        Raises:
            WorkshopError: if the file can't be read as text, or is empty.
        """
        text, _ = read_text(path)
        lines = (line.strip().rstrip(".") for line in text.split("\n"))
        return cls(tuple(dict.fromkeys(line for line in lines if line)))


Counts = dict[tuple[str, ...], Counter[str]]


def steps(sentence: str, context: int) -> list[tuple[tuple[str, ...], str]]:
    """Return (words in view, next word) for every position in a sentence."""
    words = [START] * context + [*sentence.split(), END]
    return [(tuple(words[i - context : i]), words[i]) for i in range(context, len(words))]


def count(facts: Facts, context: int) -> Counts:
    """Train: count which word followed each sequence of ``context`` words."""
    counts: Counts = defaultdict(Counter)
    for sentence in facts.sentences:
        for view, word in steps(sentence, context):
            counts[view][word] += 1
    return counts


def chance_true(facts: Facts, context: int) -> Fraction:
    """Return the exact chance that the model writes one of the sentences it read."""
    counts, total = count(facts, context), Fraction(0)
    for sentence in facts.sentences:
        chance = Fraction(1)
        for view, word in steps(sentence, context):
            chance *= Fraction(counts[view][word], counts[view].total())
        total += chance
    return total


def write(counts: Counts, context: int, rng: Any, longest: int = 30) -> str:
    """Let the model write one sentence, drawing each next word by its count."""
    view: tuple[str, ...] = (START,) * context
    words: list[str] = []
    while len(words) < longest:
        choices = sorted(counts[view])
        weights = [counts[view][word] / counts[view].total() for word in choices]
        word = choices[rng.choice(len(choices), p=weights)]
        if word == END:
            break
        words.append(word)
        view = (*view, word)[-context:]
    return " ".join(words)


def false_examples(facts: Facts, context: int, rng: Any, wanted: int = 3) -> list[tuple[str, str]]:
    """Return false sentences that the model wrote, each with the true sentence that has the longest common beginning."""
    counts = count(facts, context)
    found: dict[str, str] = {}
    for _ in range(200):
        sentence = write(counts, context, rng)
        if sentence not in facts.sentences and sentence not in found and len(found) < wanted:
            found[sentence] = max(facts.sentences, key=lambda true: shared_words(true, sentence))
    return list(found.items())


def ending(said: str, true: str) -> str:
    """Return the words of a true sentence from the first one that differs from another sentence.

    >>> ending("kale grows in row number eight", "kale grows in row number two")
    'two'
    """
    return " ".join(true.split()[shared_words(said, true) :])


def shared_words(one: str, other: str) -> int:
    """Return how many words two sentences share at the beginning."""
    pairs = zip(one.split(), other.split(), strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one.split()), len(other.split())))
