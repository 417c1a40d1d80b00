"""Train each generation on the text of the one before it, with and without some of the real text.

It shows model collapse: the writer can only write words in an order that it has read, so what one generation happens not to write,
the next can't read, and real text kept in each reading slows the loss. It leaves out networks, which also invent; they lose the
rare things first, too. Source: Shumailov et al. 2024.

    >>> written(["the road is wet"], 2, 1, np.random.default_rng(0))
    ['the road is wet', 'the road is wet']
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from workshop.ai_models.toys.temperature import Choice
from workshop.ai_models.toys.word_counts import END, START

SENTENCES = 200  # read and written by each generation
LONGEST = 25


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
) -> list[list[str]]:
    """Return the reading of each generation, beginning with the real text, of which a share is kept in each."""
    readings = [list(real)]
    for _ in range(generations):
        again = [real[place] for place in rng.choice(len(real), round(kept * len(real)), replace=False)]
        readings.append(again + written(readings[-1], len(real) - len(again), temperature, rng))
    return readings


def survivors(readings: Sequence[Sequence[str]], least: int, most: int) -> float:
    """Return the share of the sentences that the first reading has ``least`` to ``most`` times and the last one still has."""
    asked = [sentence for sentence, times in Counter(readings[0]).items() if least <= times <= most]
    return len(set(asked) & set(readings[-1])) / max(1, len(asked))
