"""The same models scored in two ways: one score climbs step by step, the other seems to leap.

It shows that a leap can come from the way of counting: tiny networks learn which of twenty words follows each pair, and are scored by
word, or by rows of words that must all be right. It leaves out large models and their tasks, where not every leap has been
explained away. Source: Schaeffer et al. 2023, arXiv 2304.15004.

    >>> inputs, targets = world(np.random.default_rng(0))
    >>> inputs.shape, targets.shape
    ((400, 2), (400,))
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workshop.ai_models.toys.neural import Indices, TinyLM
from workshop.ai_models.toys.training import train

WORDS = 20
RUNS = 4000


def world(rng: Any) -> tuple[Indices, Indices]:
    """Return every pair of words, and the word that follows each, drawn at random."""
    follows = rng.integers(0, WORDS, (WORDS, WORDS))
    first, second = np.divmod(np.arange(WORDS * WORDS), WORDS)
    shift = 2  # the model's vocabulary begins with its two marks
    return np.stack([first, second], axis=1) + shift, follows[first, second] + shift


def trained(hidden: int, inputs: Any, targets: Any, rng: Any) -> TinyLM:
    """Return a model with ``hidden`` units that has practised all pairs."""
    model = TinyLM.untrained([f"w{i:02}" for i in range(WORDS)], 2, rng, embedding=8, hidden=hidden)
    train(model, inputs, targets, steps=300, rate=0.03, rng=rng, batch=128)
    return model


def answers(model: TinyLM, inputs: Indices, targets: Indices) -> NDArray[np.bool_]:
    """Return whether the model's likeliest word is right, for each pair."""
    return np.asarray(model.forward(inputs)[0].argmax(axis=1) == targets)


def scored(right: NDArray[np.bool_], asked: Indices) -> tuple[float, float]:
    """Return the share of pairs that are right, and of the rows in ``asked``, shape (rows, length), in which all are."""
    return float(right.mean()), float(right[asked].all(axis=1).mean())
