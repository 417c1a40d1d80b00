"""Words as rows of numbers, made only from which words occur together in the entries of a dictionary.

It shows what an embedding is: two words are near each other if they share entries, and the same other words, more often than by
chance; a text is the sum of its words, in which rare ones count more. It leaves out context, so that "bank" has one place, and the
making of the numbers, which ``docs/make_word_vectors.py`` did once, from WordNet 3.0. Source: Levy, Goldberg and Dagan 2015
(positive pointwise mutual information, context smoothing 0.75, singular value decomposition).

    >>> space = Embedding.read()
    >>> space.cosine("fee", "payment") > 0.5 > 0.1 > space.cosine("fee", "insects")
    True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from workshop.ai_models.toys.keyword import content_words

Array = npt.NDArray[np.float64]
FILE = Path(__file__).parent.parent / "word_vectors" / "vectors.npz"
BLOCK = 2000  # rows processed at a time: all of them at once would need three times the memory of the result
ZERO_AT = 8  # a number is stored in half a byte, as 1 to 15, which means -7 to 7


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return a word without the endings of plural, past and present, so that "rakes" and "raked" count as the same word.

    >>> stem("hoses"), stem("watering"), stem("stopped"), stem("berries"), stem("bees")
    ('hos', 'water', 'stop', 'berry', 'bee')
    """
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("ses", "xes", "zes", "ches", "shes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and set(rest) & set("aeiouy"):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "ls" else rest
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@dataclass(frozen=True, kw_only=True)
class Embedding:
    """An embedding for each word.

    Attributes:
        words: the commonest form of each word in the dictionary.
        index: stem -> row.
        places: shape (words, k), each row of length 1; the most important direction comes first.
        rarity: weight of each word in a text, log(sentences / sentences that have it), shape (words,).
        entries, sentences: how many entries of the dictionary were read, and how many definitions and examples.
    """

    words: tuple[str, ...]
    index: Mapping[str, int]
    places: Array
    rarity: Array
    entries: int
    sentences: int

    @classmethod
    @lru_cache(maxsize=1)
    def read(cls) -> Embedding:
        """Return the numbers that come with the kit."""
        with np.load(FILE, allow_pickle=False) as kept:
            words = tuple(str(kept["words"]).split(" "))
            halves, rarity, counts = kept["halves"], kept["rarity"].astype(float), kept["counts"].tolist()
        places = np.stack([halves >> 4, halves & 15], axis=2).reshape(len(words), -1) - float(ZERO_AT)
        index = {stem(word): row for row, word in enumerate(words)}
        return cls(words=words, index=index, places=unit(places), rarity=rarity, entries=counts[0], sentences=counts[1])

    def shortened(self, k: int) -> Embedding:
        """Return the same words with only the first ``k`` numbers."""
        if k >= self.places.shape[1]:
            return self
        return replace(self, places=unit(self.places[:, :k]))

    def shuffled(self, rng: Any) -> Embedding:
        """Return the same words, each with the numbers of another one, as a control that should do worse."""
        return replace(self, places=self.places[rng.permutation(len(self.places))])

    def knows(self, word: str) -> bool:
        """Whether a word has an embedding."""
        return stem(word) in self.index

    def of(self, text: str) -> Array:
        """Return a text's direction, of shape (k,) and length 1: the sum of its words, in which rare ones count more.

        It is all zeros if no word of the text has an embedding.
        """
        rows = [self.index[stem(word)] for word in content_words(text) if self.knows(word)]
        return np.asarray(unit((self.rarity[rows] @ self.places[rows])[None])[0])

    def cosine(self, a: str, b: str) -> float:
        """Return the cosine of two texts: 1 for the same direction, 0 for a right angle."""
        return float(self.of(a) @ self.of(b))


def unit(rows: Array) -> Array:
    """Return rows scaled to length 1; rows of zeros stay zero."""
    made = np.empty(rows.shape)
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        made[start : start + BLOCK] = block / np.maximum(np.linalg.norm(block, axis=1, keepdims=True), 1e-12)
    return made
