"""Words as rows of numbers, learnt from nothing but which words stand together in a sentence.

Count how often two words share a sentence, keep what is more than chance would bring (positive pointwise mutual
information), and squeeze the table into ``k`` numbers a word with a singular value decomposition. Source:
Levy, Goldberg and Dagan 2015, with context smoothing 0.75 and the square root of the singular values.

    >>> space = Embedding.learn([("hose", "water"), ("pipe", "water"), ("bee", "hive"), ("wax", "hive")], k=2)
    >>> round(space.cosine("hose", "pipe"), 2), round(space.cosine("hose", "wax"), 2)
    (1.0, 0.0)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from workshop.ai_models.parts.keyword import content_words

Array = npt.NDArray[np.float64]
SMOOTHING = 0.75
MOST_WORDS = 1200  # a decomposition takes the cube of it: about a second


@dataclass(frozen=True, slots=True)
class Embedding:
    """A place for each word.

    Attributes:
        index: word -> row.
        places: shape (words, k), the most important direction first.
        rarity: word -> log(sentences / sentences that have it), the word's weight in a text.
    """

    index: dict[str, int]
    places: Array
    rarity: dict[str, float]

    @classmethod
    def learn(cls, sentences: Sequence[Sequence[str]], k: int = 20, most: int = MOST_WORDS) -> Embedding:
        """Learn ``k`` numbers a word from sentences given as words, for the ``most`` commonest words."""
        times = Counter(word for sentence in sentences for word in sentence)
        if len(times) > most:
            common = set(sorted(times, key=lambda word: (-times[word], word))[:most])
            sentences = [[word for word in sentence if word in common] for sentence in sentences]
        index = {word: row for row, word in enumerate(sorted({w for sentence in sentences for w in sentence}))}
        having = Counter(word for sentence in sentences for word in set(sentence))
        rarity = {word: log(len(sentences) / n) for word, n in having.items()}
        left, strength = left_part(association(sentences, index))
        signs = np.sign(left[np.abs(left).argmax(axis=0), np.arange(left.shape[1])])  # a decomposition leaves them open
        return cls(index, (left * signs * np.sqrt(strength))[:, :k], rarity)

    def shortened(self, k: int) -> Embedding:
        """Return the same places with only the first ``k`` numbers."""
        return Embedding(self.index, self.places[:, :k], self.rarity)

    def of(self, text: str) -> Array:
        """Return a text's direction, shape (k,), length 1: the sum of its words, rare ones counting more.

        All zeros if it has no word that was learnt.
        """
        total = np.zeros(self.places.shape[1])
        for word in content_words(text):
            if word in self.index:
                total += self.rarity[word] * self.places[self.index[word]]
        length = float(np.linalg.norm(total))
        return total / length if length else total

    def cosine(self, a: str, b: str) -> float:
        """Return how alike two texts point: 1 the same way, 0 at right angles."""
        return float(self.of(a) @ self.of(b))

    def neighbours(self, word: str, count: int = 3) -> list[str]:
        """Return the words whose directions are nearest to a learnt word's."""
        unit = self.places / np.maximum(np.linalg.norm(self.places, axis=1, keepdims=True), 1e-12)
        order = np.argsort(-(unit @ unit[self.index[word]]).round(9), kind="stable")
        names = list(self.index)
        return [names[row] for row in order if names[row] != word][:count]


def left_part(table: Array) -> tuple[Array, Array]:
    """Return the left half of a singular value decomposition, the strongest direction first.

    The eigenvectors of table x table transposed are the same and cost a third.
    """
    squares, left = np.linalg.eigh(table @ table.T)
    return left[:, ::-1], np.sqrt(np.maximum(squares[::-1], 0))


def association(sentences: Sequence[Sequence[str]], index: dict[str, int]) -> Array:
    """Return max(0, log(P(a, b) / (P(a) P(b)))) for every two words, shape (words, words)."""
    together = np.zeros((len(index), len(index)))
    for sentence in sentences:
        rows = [index[word] for word in sentence]
        for at, a in enumerate(rows):
            for b in rows[:at] + rows[at + 1 :]:
                together[a, b] += 1
    share = together.sum(axis=1) / together.sum()
    context = together.sum(axis=0) ** SMOOTHING
    by_chance = np.outer(share, context / context.sum())
    ratio = np.divide(together / together.sum(), by_chance, out=np.ones_like(together), where=together > 0)
    positive: Array = np.maximum(np.log(ratio), 0)
    return positive
