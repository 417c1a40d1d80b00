"""Letting a tiny model continue a text by itself, word by word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workshop.ai_models.toys.neural import END, START, TinyLM


def continue_text(
    model: TinyLM, prompt: Sequence[str], times: int, longest: int, rng: np.random.Generator
) -> list[list[str]]:
    """Continue ``prompt`` ``times`` times up to the end mark, drawing each word with the model's probabilities."""
    start = ([model.vocabulary.index(START)] * model.window + model.encode(prompt))[-model.window :]
    tokens = np.tile(np.array(start), (times, 1))
    drawn = []
    for _ in range(longest):
        chances, _, _ = model.forward(tokens[:, -model.window :])
        picked = (chances.cumsum(axis=1) < rng.random((times, 1))).sum(axis=1)
        picked = np.minimum(picked, len(model.vocabulary) - 1)
        drawn.append(picked)
        tokens = np.column_stack([tokens[:, 1:], picked])
    texts = [[model.vocabulary[i] for i in row] for row in np.array(drawn).T]
    return [text[: text.index(END)] if END in text else text for text in texts]


def joined(words: Sequence[str]) -> str:
    """Join words and marks as people write them, without a blank before a mark.

    >>> joined(["in", "the", "porch", ",", "friend", "."])
    'in the porch, friend.'
    """
    return " ".join(words).replace(" ,", ",").replace(" .", ".").replace(" ?", "?")
