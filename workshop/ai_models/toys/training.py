"""Train the tiny neural model: guess a batch, work out each weight's blame, move all weights a little, repeat.

It shows the loop of pretraining, which is also that of fine-tuning: only the texts differ. ``nudged`` checks backpropagation by
moving single weights. It leaves out what makes the loop large: thousands of chips, checkpoints, and texts that are read only
once. Source: Adam, Kingma and Ba 2015, with a rate that falls to a tenth.

    >>> model = TinyLM.untrained(["hi", "there"], window=2, rng=np.random.default_rng(0))
    >>> inputs, targets = windows([["hi", "there"]] * 20, model)
    >>> before = model.bits(inputs, targets)
    >>> train(model, inputs, targets, steps=50, rate=0.05, rng=np.random.default_rng(1))
    >>> model.bits(inputs, targets) < before / 4
    True
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import numpy as np

from workshop.ai_models.toys.neural import END, START, Indices, TinyLM, Weights

NUDGE = 1e-5


class Trainable(Protocol):
    """What can be trained: weights by name, and by how much the surprise grows with each."""

    weights: Weights

    @property
    def size(self) -> int:
        """The number of weights."""

    def gradients(self, inputs: Indices, targets: Indices, /) -> Weights:
        """Return the slope of the mean surprise for each weight."""


def windows(texts: Iterable[Sequence[str]], model: TinyLM) -> tuple[Indices, Indices]:
    """Return (inputs, targets): the words before each word, and before the end mark, of each text; and these words."""
    place = {word: i for i, word in enumerate(model.vocabulary)}
    padding = [place[START]] * model.window
    read: list[int] = []
    starts: list[int] = []  # of the windows; none reaches from one text into the next
    targets: list[int] = []
    for text in texts:
        inside = [place[word] for word in text]
        starts += range(len(read), len(read) + len(inside) + 1)
        read += padding + inside
        targets += [*inside, place[END]]
    return np.lib.stride_tricks.sliding_window_view(np.array(read), model.window)[starts], np.array(targets)


def train(
    model: Trainable,
    inputs: Indices,
    targets: Indices,
    *,
    steps: int,
    rate: float,
    rng: np.random.Generator,
    batch: int = 64,
    watch: Callable[[int], Any] | None = None,
) -> None:
    """Correct all weights ``steps`` times, after ``batch`` guesses each, with Adam and a decreasing rate.

    ``watch`` is called with the number of completed steps, before the first and after each.
    """
    mean, square = np.zeros(model.size), np.zeros(model.size)  # of all weights in a row
    for step in range(steps):
        if watch:
            watch(step)
        rows = rng.integers(0, len(targets), batch)
        now = rate * (1 - 0.9 * step / steps)
        slopes = model.gradients(inputs[rows], targets[rows])
        slope = np.concatenate([slopes[name].ravel() for name in model.weights])
        mean *= 0.9
        mean += 0.1 * slope
        square *= 0.99
        square += 0.01 * slope**2
        size = np.sqrt(square / (1 - 0.99 ** (step + 1))) + 1e-8
        moved, start = now * mean / (1 - 0.9 ** (step + 1)) / size, 0
        for values in model.weights.values():
            values[...] -= moved[start : start + values.size].reshape(values.shape)
            start += values.size
    if watch:
        watch(steps)


def nudged(model: TinyLM, inputs: Indices, targets: Indices) -> list[tuple[str, float, float, float]]:
    """Return (name, value, blame by backpropagation, blame by nudging) of one weight of each part, in nats."""
    found = []
    for name, blames in model.gradients(inputs, targets).items():
        place = np.unravel_index(np.abs(blames).argmax(), blames.shape)
        value, seen = float(model.weights[name][place]), []
        for step in (NUDGE, -NUDGE):
            model.weights[name][place] = value + step
            seen.append(model.bits(inputs, targets) * math.log(2))
        model.weights[name][place] = value
        found.append((name.replace("_", " "), value, float(blames[place]), (seen[0] - seen[1]) / (2 * NUDGE)))
    return found
