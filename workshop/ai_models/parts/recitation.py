"""A model that has read only true sentences and writes by itself, looking back at a few words, in exact fractions.

>>> facts = Facts(("ana likes kale", "ben likes mint"))
>>> chance_true(facts, 1), chance_true(facts, 2)
(Fraction(1, 2), Fraction(1, 1))
"""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.inputs.door import read_text_file

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
        text, _ = read_text_file(path)
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
