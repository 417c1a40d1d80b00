"""Count how often a fluent model is wrong, in exact fractions.

The model reads true sentences only and then writes by itself, looking back at a few words. A
sentence that it writes is false if it is not among those it read. Nothing is sampled: the
chance of each true sentence is a product of fractions, and what is left is false.

    >>> facts = Facts(("ana likes kale", "ben likes mint"))
    >>> chance_true(facts, 1), chance_true(facts, 2)
    (Fraction(1, 2), Fraction(1, 1))

Facts:
    sentences: how many it read.
    wrong.<two, three, four, five>: share of false sentences for each number of words of context.
    example: what it wrote (false), with ``context`` words in view; ``truth``: a true sentence with the same beginning.
    recites: whether at the longest context only sentences that it read come out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from workshop.demos.data import read_text
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Frozen, Series, Table, demo

CONTEXTS = {"two": 2, "three": 3, "four": 4, "five": 5}
START, END = "<s>", "</s>"


@dataclass(frozen=True, slots=True)
class Facts:
    """True sentences, one a line."""

    sentences: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Facts:
        """Read a text file; full stops at the end and second copies are dropped.

        Raises:
            WorkshopError: if the file cannot be read as text, or is empty.
        """
        text, _ = read_text(path)
        lines = (line.strip().rstrip(".") for line in text.split("\n"))
        return cls(tuple(dict.fromkeys(line for line in lines if line)))


Counts = dict[tuple[str, ...], Counter[str]]


def steps(sentence: str, context: int) -> list[tuple[tuple[str, ...], str]]:
    """Return (the words in view, the next word) for every place in a sentence."""
    words = [START] * context + [*sentence.split(), END]
    return [(tuple(words[i - context : i]), words[i]) for i in range(context, len(words))]


def count(facts: Facts, context: int) -> Counts:
    """Train: count which word followed each stretch of ``context`` words."""
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
    """Let the model write one sentence, each next word drawn by its count."""
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
    """Return false sentences that the model wrote, each beside the true one with the longest common beginning."""
    counts = count(facts, context)
    found: dict[str, str] = {}
    for _ in range(200):
        sentence = write(counts, context, rng)
        if sentence not in facts.sentences and sentence not in found and len(found) < wanted:
            found[sentence] = max(facts.sentences, key=lambda true: shared_words(true, sentence))
    return list(found.items())


def shared_words(one: str, other: str) -> int:
    """Return how many words two sentences share from the start."""
    pairs = zip(one.split(), other.split(), strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one.split()), len(other.split())))


@demo(
    "hallucination",
    title="Trained on truths only, how often does it say something false?",
    claims={
        "Less context, more false sentences":
            "wrong.two > wrong.three and "
            "wrong.three > wrong.four and "
            "wrong.four > wrong.five",
        "With five words of context it only recites": "recites",
    },
)  # fmt: skip
def hallucination(*, rng: Any, facts: Facts) -> Findings:
    """Count on each length of context, and let the shortest write a few sentences."""
    wrong = {name: 1 - chance_true(facts, context) for name, context in CONTEXTS.items()}
    shares = {name: float(share) for name, share in wrong.items()}
    examples = false_examples(facts, CONTEXTS["two"], rng)
    said, true = examples[0] if examples else ("", "")
    basis = f"{len(facts.sentences)} true sentences, next word by count; exact fractions, nothing sampled"
    falling = all(a > b for a, b in zip(wrong.values(), list(wrong.values())[1:], strict=False))
    finding = "The share of false sentences is " + ", ".join(
        f"{share} with {name} words of context" for name, share in wrong.items()
    )
    finding += ": it falls with every word." if falling else "."
    chart = Chart(
        ChartKind.COLUMN,
        title="False sentences by length of context",
        measure="Share of the sentences it writes that are false, by words of context it looks back at",
        finding=finding,
        categories=tuple(f"{name} words" for name in wrong),
        series=(Series("false", tuple(shares.values())),),
        unit="fraction",
        highlight=("two words",),
        basis=basis,
        y_min=0.0,
        y_max=1.0,
    )
    table = Table(
        "False shares as fractions",
        (Column("Words it looks back at", "count"), Column("True", "fraction"), Column("False", "fraction"),
         Column("False", "percent")),
        tuple((CONTEXTS[name], 1 - share, share, share) for name, share in shares.items()),
        finding=finding,
        measure="Share of the sentences it writes, exact",
        basis=basis,
    )  # fmt: skip
    written = Table(
        "What it wrote",
        (Column("It wrote"), Column("It had read")),
        tuple(examples),
        finding=f"{len(examples)} false sentences that it wrote with two words in view, each beside a true one.",
        measure="False sentences written with two words of context, beside the true one that begins alike",
        basis=f"{len(facts.sentences)} true sentences, next word drawn by count",
    )
    known = {
        "sentences": len(facts.sentences), "wrong": shares, "example": said, "truth": true,
        "context": CONTEXTS["two"], "recites": wrong["five"] == 0,
    }  # fmt: skip
    return Findings(Frozen(known), {"by_context": chart, "fractions": table, "written": written})
