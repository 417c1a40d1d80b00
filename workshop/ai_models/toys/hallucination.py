"""Compute how often a fluent model is wrong, in exact fractions.

It shows that a model which has read only true sentences still writes false ones: where two sentences share the words that it looks
back at, it can begin with one and end with the other, and the chance of that is a product of fractions. It leaves out questions,
sources and everything that keeps real models closer to what they read. Source: exact arithmetic on a count model; Kalai and Vempala
2023, arXiv 2311.14648, for why calibrated models must err.

    >>> read = ("ana likes tea", "ben likes jam")
    >>> chance_true(read, 1), chance_true(read, 2)
    (Fraction(1, 2), Fraction(1, 1))
    >>> ending("ana sits in row number eight", "ana sits in row number two")
    'two'
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

START, END = "<s>", "</s>"


Counts = dict[tuple[str, ...], Counter[str]]


def steps(sentence: str, context: int) -> list[tuple[tuple[str, ...], str]]:
    """Return (words in view, next word) for every position in a sentence."""
    words = [START] * context + [*sentence.split(), END]
    return [(tuple(words[i - context : i]), words[i]) for i in range(context, len(words))]


def count(sentences: Sequence[str], context: int) -> Counts:
    """Train: count which word followed each sequence of ``context`` words."""
    counts: Counts = defaultdict(Counter)
    for sentence in sentences:
        for view, word in steps(sentence, context):
            counts[view][word] += 1
    return counts


def chance_true(sentences: Sequence[str], context: int) -> Fraction:
    """Return the exact chance that the model writes one of the sentences it read."""
    counts, total = count(sentences, context), Fraction(0)
    for sentence in sentences:
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
        choices = list(counts[view])
        weights = [counts[view][word] / counts[view].total() for word in choices]
        word = choices[rng.choice(len(choices), p=weights)]
        if word == END:
            break
        words.append(word)
        view = (*view, word)[-context:]
    return " ".join(words)


def false_examples(sentences: Sequence[str], context: int, rng: Any, wanted: int = 3) -> list[tuple[str, str]]:
    """Return false sentences that the model wrote, each with the true sentence that has the longest common beginning."""
    counts = count(sentences, context)
    found: dict[str, str] = {}
    for _ in range(200):
        sentence = write(counts, context, rng)
        if sentence not in sentences and sentence not in found and len(found) < wanted:
            found[sentence] = max(sentences, key=lambda true: shared_words(true, sentence))
    return list(found.items())


def ending(said: str, true: str) -> str:
    """Return the words of a true sentence from the first one that differs from another sentence."""
    return " ".join(true.split()[shared_words(said, true) :])


def shared_words(one: str, other: str) -> int:
    """Return how many words two sentences share at the beginning."""
    pairs = zip(one.split(), other.split(), strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one.split()), len(other.split())))
