"""A tiny neural language model: embed the last words, mix them once, guess the next word.

It shows a forward pass and backpropagation, written out by hand: the shape is embed, join, tanh, softmax, and everything is an
array of numbers, without a table of text. How the weights are moved is in the toy ``training``. It leaves out attention, depth
and size: a transformer stacks dozens of such mixtures and chooses what to look at. Source: Bengio et al. 2003.

    >>> [round(share, 3) for share in softmax([2.0, 1.0])]
    [0.731, 0.269]
    >>> model = TinyLM.untrained(["hi", "there"], window=2, rng=np.random.default_rng(0))
    >>> model.forward(np.array([[0, 0]]))[0].round(2).tolist()      # a guess among two words and two marks
    [[0.24, 0.2, 0.27, 0.29]]
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

START, END = "<s>", "</s>"
Weights = dict[str, NDArray[np.float64]]
Indices = NDArray[np.int64]


def softmax(scores: Sequence[float]) -> list[float]:
    """Return e to the power of each score, as shares of their sum."""
    powers = [math.exp(score) for score in scores]
    return [power / sum(powers) for power in powers]


@dataclass
class TinyLM:
    """Weights and vocabulary; ``window`` is the number of words that it looks back."""

    vocabulary: tuple[str, ...]
    window: int
    weights: Weights

    @classmethod
    def untrained(
        cls, words: Iterable[str], window: int, rng: np.random.Generator, embedding: int = 16, hidden: int = 48
    ) -> TinyLM:
        """Return a model with small random weights; its words keep the order in which they are given."""
        vocabulary = tuple(dict.fromkeys((START, END, *words)))
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
        scores = hidden @ w["guess"]
        scores += w["guess_bias"]
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores, out=scores)
        chances /= chances.sum(axis=1, keepdims=True)
        return chances, hidden, joined

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
        np.add.at(d_embed, inputs.reshape(-1), pieces)  # a word seen twice gets both
        return {
            "embed": d_embed,
            "mix": joined.T @ d_hidden,
            "mix_bias": d_hidden.sum(axis=0),
            "guess": hidden.T @ d_scores,
            "guess_bias": d_scores.sum(axis=0),
        }
