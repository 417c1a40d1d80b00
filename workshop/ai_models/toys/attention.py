"""One attention head: how much each earlier word counts for the choice between "stands" and "stand".

It shows a query, keys, values and the attention weights between them, with the gradients that backpropagation needs, on sentences
such as "today the key near the cups ___"; the toy ``training`` corrects the parameters. It leaves out the rest of a transformer:
many heads, many layers, and a query from every word (only ___ asks here, always with the same one). Source: Vaswani et al. 2017,
arXiv 1706.03762.

    >>> model = Attention.untrained(("key", "cup", "keys", "cups"), np.random.default_rng(0))
    >>> weights = model.looks([["the", "key", "near", "the", "cups"]])[0]
    >>> weights.round(1).tolist()                        # untrained, every word counts about the same
    [0.2, 0.2, 0.2, 0.2, 0.2]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from workshop.ai_models.toys.neural import Indices, Weights

PREPOSITIONS = ("near", "by", "behind", "under")
OPENINGS = ((), ("today",), ("again", "today"))
WIDTH = 8  # numbers for each word and each place
LONGEST = 10  # words before the verb
PAD, VERB = "", "___"
VERBS = ("stands", "stand")  # the two columns of every chance
WORDS = (PAD, VERB, "the", *OPENINGS[2], *PREPOSITIONS)  # then come the nouns


@dataclass
class Attention:
    """The words, and the parameters: a row of numbers per word and per place, and the three matrices of the head."""

    words: tuple[str, ...]
    weights: Weights

    @classmethod
    def untrained(cls, nouns: Sequence[str], rng: np.random.Generator) -> Attention:
        """Return a head with small random weights."""
        words = (*WORDS, *nouns)
        shapes = {"word": (len(words), WIDTH), "place": (LONGEST + 1, WIDTH), "query": (WIDTH, WIDTH), "key": (WIDTH, WIDTH), "value": (WIDTH, len(VERBS))}  # fmt: skip
        return cls(words, {name: rng.normal(0, 0.3, shape) for name, shape in shapes.items()})

    @property
    def size(self) -> int:
        """The number of weights."""
        return sum(values.size for values in self.weights.values())

    def forward(self, inputs: Indices, *, flat: bool = False) -> tuple[np.ndarray, ...]:
        """Return (chances of both verbs, attention weights, rows of numbers) for rows of words; ``flat`` looks at all words equally."""
        w = self.weights
        rows = w["word"][inputs] + w["place"]
        scores = (rows @ w["key"] @ (rows[:, -1] @ w["query"])[:, :, None])[:, :, 0] / WIDTH**0.5
        seen = inputs > WORDS.index(VERB)
        powers = np.exp(scores * (not flat)) * seen
        looks = powers / powers.sum(axis=1, keepdims=True)
        exps = np.exp((looks[:, :, None] * (rows @ w["value"])).sum(axis=1))
        return exps / exps.sum(axis=1, keepdims=True), looks, rows

    def gradients(self, inputs: Indices, targets: Indices) -> Weights:
        """Return, for each weight, by how much the mean surprise (in nats) grows as the weight grows."""
        w = self.weights
        chances, looks, rows = self.forward(inputs)
        wrong = (chances - np.eye(2)[targets]) / len(targets)
        d_mixed = wrong @ w["value"].T  # the gradient of the mixed row, the average that the head looks at
        d_looks = (rows * d_mixed[:, None]).sum(axis=2)
        d_scores = looks * (d_looks - (looks * d_looks).sum(axis=1, keepdims=True)) / WIDTH**0.5
        asked, keys = rows[:, -1] @ w["query"], rows @ w["key"]
        d_asked = (d_scores[:, :, None] * keys).sum(axis=1)
        d_rows = looks[:, :, None] * d_mixed[:, None] + d_scores[:, :, None] * (asked @ w["key"].T)[:, None]
        d_rows[:, -1] += d_asked @ w["query"].T
        d_word = np.zeros_like(w["word"])
        np.add.at(d_word, inputs, d_rows)
        mixed = (looks[:, :, None] * rows).sum(axis=1)
        return {
            "word": d_word,
            "place": d_rows.sum(axis=0),
            "query": rows[:, -1].T @ d_asked,
            "key": (d_scores[:, :, None] * rows).sum(axis=1).T @ asked,
            "value": mixed.T @ wrong,
        }

    def looks(self, sentences: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """Return how much each word of each sentence counts for the verb."""
        found = self.forward(self.encoded(sentences))[1]
        return [row[: len(sentence)] for row, sentence in zip(found, sentences, strict=True)]

    def encoded(self, sentences: Sequence[Sequence[str]]) -> Indices:
        """Return the indices of the words, padded to ``LONGEST``, with the place of the verb at the end."""
        return np.array([[self.words.index(w) for w in (*s, *[PAD] * (LONGEST - len(s)), VERB)] for s in sentences])


def phrase(nouns: Sequence[str], prepositions: Sequence[str]) -> tuple[str, ...]:
    """Return "the key near the cups by the door": a subject, and what it is near."""
    more = [word for prep, noun in zip(prepositions, nouns[1:], strict=True) for word in (prep, "the", noun)]
    return ("the", nouns[0], *more)


def pairs(nouns: Sequence[str], plurals: Sequence[str]) -> list[tuple[str, str]]:
    """Return every pair of different nouns, each in either number."""
    every = [*enumerate(nouns), *enumerate(plurals)]
    return [(a, b) for (i, a), (j, b) in product(every, repeat=2) if i != j]
