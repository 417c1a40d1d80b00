"""Train each generation on the text of the one before it, with and without some of the real text.

The writer is a count model without smoothing: it can only write words in an order that it has read, so its vocabulary can
never grow. The question is how fast it shrinks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from workshop.ai_models.parts.collapse_exhibits import chart, table
from workshop.ai_models.parts.pokes_of_data import COLLAPSE
from workshop.ai_models.toys.grammar import garden_grammar
from workshop.ai_models.toys.temperature import Choice
from workshop.ai_models.toys.word_counts import END, START
from workshop.model.exhibits import Findings, Frozen, Knob, demo

SENTENCES = 100  # read and written by each generation
LONGEST = 25
SHARP = 0.7  # temperature of the cautious writer


def written(read: Sequence[str], how_many: int, temperature: float, rng: np.random.Generator) -> list[str]:
    """Return sentences by a model that has read ``read``: each word is drawn by how often it followed the two before it."""
    follows: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in read:
        marked = [START, START, *sentence.split(), END]
        for (first, second), word in zip(pairwise(marked), marked[2:], strict=False):
            follows[first, second][word] += 1
    options = {}
    for context, counts in follows.items():
        weights = np.array(list(counts.values()), float) ** (1 / temperature)
        options[context] = Choice.of(list(counts), weights / weights.sum())
    sentences = []
    for _ in range(how_many):
        text: list[str] = [START, START]
        while text[-1] != END and len(text) < LONGEST:
            text.append(options[text[-2], text[-1]].draw(rng))
        sentences.append(" ".join(word for word in text if word not in (START, END)))
    return sentences


def lineage(
    real: Sequence[str], generations: int, temperature: float, kept: float, rng: np.random.Generator
) -> list[tuple[int, int]]:
    """Return (distinct sentences, distinct words) in the reading of each generation, beginning with the real text."""
    reading, sizes = list(real), []
    for _ in range(generations + 1):
        sizes.append((len(set(reading)), len({word for sentence in reading for word in sentence.split()})))
        real_again = [real[int(rng.integers(len(real)))] for _ in range(round(kept * SENTENCES))]
        reading = real_again + written(reading, SENTENCES - len(real_again), temperature, rng)
    return sizes


@demo(
    "collapse",
    title="Models fed on models",
    claims={
        "Fed on its own text, a model says fewer different things": "own.last < own.first",
        "With real text kept, it says more than without": "mixed.last > own.last",
        "A cautious writer loses more": "sharp.last < own.last",
    },
    knobs={
        "generations": Knob(2, 30, "models in a row"),
        "kept": Knob(0.05, 0.9, "share of real text in each reading of the mixed line, 0 to 1"),
    },
    pokes=COLLAPSE,
)
def collapse(*, rng: np.random.Generator, generations: int = 10, kept: float = 0.3) -> Findings:
    """Follow three lines of models.

    Facts:
        generations, sentences, kept (share of real text), temperature (of the cautious line).
        own, sharp, mixed: distinct sentences ``first`` and ``last``, and distinct words ``words_last``.
        words_first: distinct words of the real text.

    Exhibits: ``distinct`` (lines by generation), ``words`` (table).
    """
    real = garden_grammar().sample(rng, SENTENCES)
    lines = {
        "own": lineage(real, generations, 1, 0, rng),
        "sharp": lineage(real, generations, SHARP, 0, rng),
        "mixed": lineage(real, generations, 1, kept, rng),
    }
    facts = {
        "generations": generations,
        "sentences": SENTENCES,
        "kept": kept,
        "temperature": SHARP,
        "words_first": lines["own"][0][1],
        **{
            name: {"first": sizes[0][0], "last": sizes[-1][0], "words_last": sizes[-1][1]}
            for name, sizes in lines.items()
        },
    }
    return Findings(
        Frozen(facts), {"distinct": chart(lines, kept, SHARP, SENTENCES), "words": table(lines, kept, SHARP)}
    )
