"""Clean a tiny crawl step by step, and let the same model read a few words from the pages after each step.

It shows what each step removes and what it costs: exact copies, near-copies by shared word pairs, rules against rubbish, and a
mask over personal data. It leaves out scale: real pipelines find near-copies by hashing, and judge quality with a model. Source:
Lee et al. 2021, arXiv 2107.06499; rules as in C4 and FineWeb, scaled down to pages of one line.

    >>> one, other = word_pairs("the clock is on the wall"), word_pairs("the clock is on the desk")
    >>> round(jaccard(one, other), 3)
    0.667
    >>> masked("call 555 123 456 or mail ana@club.org")
    'call PHONE or mail EMAIL'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from workshop.ai_models.toys.word_counts import WordCounts
from workshop.ai_models.toys.words import words

DRAWS = 20  # readings per step; their mean perplexity counts
ADVERTISING = re.compile(r"click|casino|newsletter|cookies|\${3}")


def without_copies(pages: Sequence[str]) -> list[str]:
    """Keep the first of identical pages."""
    return list(dict.fromkeys(pages))


def word_pairs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the pairs of neighbouring words; a page of one word counts as one pair."""
    parts = words(text)
    return frozenset(pairwise(parts)) or frozenset({parts})


def jaccard(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> float:
    """Return the similarity of two sets, 0 to 1: shared elements divided by all elements."""
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


def blocked(page: str, forbidden: str) -> bool:
    """Whether a list of forbidden words would drop the page, since it has these letters."""
    return forbidden in page.lower()


def masked(page: str) -> str:
    """Replace e-mail addresses and telephone numbers by a word that says what was there."""
    without_mail = re.sub(r"[\w.]+@[\w.]+\w", "EMAIL", page)
    return re.sub(r"\+?\d[\d \-]{5,}\d", "PHONE", without_mail)


def clean(raw: Sequence[str], threshold: float) -> list[list[str]]:
    """Return the pages as crawled and after each of the four steps."""
    unique = without_copies(raw)
    distinct = without_near_copies(unique, threshold)
    sound = [page for page in distinct if not any(rule(page) for _, rule in RULES)]
    return [list(raw), unique, distinct, sound, [masked(page) for page in sound]]


def read_on_budget(pages: Sequence[str], budget: int, rng: np.random.Generator) -> list[str]:
    """Draw pages, with replacement, until ``budget`` words (including end marks) are read."""
    drawn: list[str] = []
    left = budget
    while left > 0:
        page = pages[int(rng.integers(len(pages)))]
        drawn.append(page)
        left -= len(words(page)) + 1
    return drawn


def perplexities(
    steps: Sequence[Sequence[str]], held_out: Sequence[str], budget: int, rng: np.random.Generator
) -> list[float]:
    """Return one perplexity per step: the mean of ``DRAWS`` models that each read ``budget`` words."""
    vocabulary = {word for pages in (*steps, held_out) for page in pages for word in words(page)}
    means = []
    for pages in steps:
        measured = []
        for _ in range(DRAWS):
            model = WordCounts(vocabulary)
            for page in read_on_budget(pages, budget, rng):
                model.feed(page)
            measured.append(model.perplexity(held_out))
        means.append(float(np.mean(measured)))
    return means
