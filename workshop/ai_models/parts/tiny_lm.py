"""A tiny neural language model: embed the last words, mix them once, guess the next word.

The shape is that of Bengio et al. 2003 (embed, join, tanh, softmax); the gradients are written out by hand, and Adam
moves the weights. Everything is a numpy array; there are no lookup tables of text.

    >>> model = TinyLM.untrained(["hi", "there"], window=2, rng=np.random.default_rng(0))
    >>> inputs, targets = windows([["hi", "there"]] * 20, model)
    >>> before = model.bits(inputs, targets)
    >>> train(model, inputs, targets, steps=50, rate=0.05, rng=np.random.default_rng(1))
    >>> model.bits(inputs, targets) < before / 4
    True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

START, END = "<s>", "</s>"
Weights = dict[str, NDArray[np.float64]]
Indices = NDArray[np.int64]


class TinyLM(Struct):
    """Weights and vocabulary; ``window`` is the number of words that it looks back."""

    vocabulary: tuple[str, ...]
    window: int
    weights: Weights

    @classmethod
    def untrained(
        cls, words: Iterable[str], window: int, rng: np.random.Generator, embedding: int = 16, hidden: int = 48
    ) -> TinyLM:
        """Return a model with small random weights."""
        vocabulary = tuple(sorted({*words, START, END}))
        n, joined = len(vocabulary), window * embedding
        weights = {
            "embed": rng.normal(0, 0.3, (n, embedding)),
            "mix": rng.normal(0, joined**-0.5, (joined, hidden)),
            "mix_bias": np.zeros(hidden),
            "guess": rng.normal(0, hidden**-0.5, (hidden, n)),
            "guess_bias": np.zeros(n),
        }
        return cls(vocabulary, window, weights)

    @property
    def size(self) -> int:
        """The number of weights."""
        return sum(values.size for values in self.weights.values())

    def copy(self) -> TinyLM:
        """Return a copy with separate weights, for further training."""
        return TinyLM(self.vocabulary, self.window, {name: values.copy() for name, values in self.weights.items()})

    def encode(self, tokens: Sequence[str]) -> list[int]:
        """Return the index of each token in the vocabulary."""
        return [self.vocabulary.index(token) for token in tokens]

    def forward(self, inputs: Indices) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return (probabilities, hidden, joined) for rows of ``window`` word indices."""
        w = self.weights
        joined = w["embed"][inputs].reshape(len(inputs), -1)
        hidden = np.tanh(joined @ w["mix"] + w["mix_bias"])
        scores = hidden @ w["guess"] + w["guess_bias"]
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        return chances / chances.sum(axis=1, keepdims=True), hidden, joined

    def bits(self, inputs: Indices, targets: Indices) -> float:
        """Return the mean surprise at ``targets``, in bits per word."""
        chances, _, _ = self.forward(inputs)
        return float(-np.log2(chances[np.arange(len(targets)), targets] + 1e-12).mean())

    def gradients(self, inputs: Indices, targets: Indices) -> Weights:
        """Return, for each weight, by how much the mean surprise (in nats) grows as the weight grows."""
        w = self.weights
        chances, hidden, joined = self.forward(inputs)
        rows = np.arange(len(targets))
        chances[rows, targets] -= 1  # softmax with cross-entropy: guess minus truth
        d_scores = chances / len(targets)
        d_hidden = (d_scores @ w["guess"].T) * (1 - hidden**2)
        d_embed = np.zeros_like(w["embed"])
        pieces = (d_hidden @ w["mix"].T).reshape(-1, w["embed"].shape[1])
        one_hot = np.eye(len(self.vocabulary))[inputs.reshape(-1)]
        d_embed += one_hot.T @ pieces
        return {
            "embed": d_embed,
            "mix": joined.T @ d_hidden,
            "mix_bias": d_hidden.sum(axis=0),
            "guess": hidden.T @ d_scores,
            "guess_bias": d_scores.sum(axis=0),
        }


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
    model: TinyLM,
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
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        size = np.sqrt(square / (1 - 0.99 ** (step + 1))) + 1e-8
        moved, start = now * mean / (1 - 0.9 ** (step + 1)) / size, 0
        for values in model.weights.values():
            values[...] -= moved[start : start + values.size].reshape(values.shape)
            start += values.size
    if watch:
        watch(steps)
