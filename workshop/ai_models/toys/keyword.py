"""Search by shared words: BM25, in the form that Lucene uses.

It shows how search worked before embeddings, and still does: a card scores for every word of the question that it has, more for a
rare word, less in a long card, and each repetition adds less. It leaves out stemming, phrases and spelling, and it can't find what
is said in other words. Source: Robertson and Zaragoza 2009, The Probabilistic Relevance Framework.

    >>> content_words("Where do the owls live?")
    ('owls', 'live')
    >>> index = KeywordIndex.of(["forty euros a plot", "the desk and the lift"])
    >>> [float(score > 0) for score in index.scores("where is the lift")]
    [0.0, 1.0]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from workshop.ai_models.toys.words import words

_STOP = """
a about all an and any are as at be by can do does for from go had has have how i if in into is it its many may me
much must my no not of on only or our out so than that the their them then there these they this to up was we were
what when where which who why will with you your
"""
# Words that say nothing about a topic; both kinds of search ignore them
STOP_WORDS = frozenset(_STOP.split())


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that can point to a topic."""
    return tuple(word for word in words(text) if word not in STOP_WORDS)


@dataclass(frozen=True)
class KeywordIndex:
    """Word counts of every card.

    Attributes:
        counts: one counter per card.
        rarity: word -> log(1 + (N - n + 0.5) / (n + 0.5)), if n of N cards have it.
        k1: how soon a repeated word stops counting.
        b: how much a long card is penalized, 0 to 1.
    """

    counts: tuple[Counter[str], ...]
    rarity: Mapping[str, float]
    k1: float = 1.5
    b: float = 0.75

    @classmethod
    def of(cls, cards: Sequence[str]) -> KeywordIndex:
        """Count the words of each card."""
        counts = tuple(Counter(content_words(card)) for card in cards)
        having = Counter(word for count in counts for word in count)
        rarity = {word: log(1 + (len(cards) - n + 0.5) / (n + 0.5)) for word, n in having.items()}
        return cls(counts, rarity)

    def scores(self, question: str) -> npt.NDArray[np.float64]:
        """Return one score per card, shape (cards,); 0 if no word is shared."""
        lengths = [count.total() for count in self.counts]
        mean = sum(lengths) / len(lengths) or 1
        asked = [word for word in content_words(question) if word in self.rarity]
        found = np.zeros(len(self.counts))
        for place, (count, length) in enumerate(zip(self.counts, lengths, strict=True)):
            damping = self.k1 * (1 - self.b + self.b * length / mean)
            for word in asked:
                if times := count.get(word, 0):
                    found[place] += self.rarity[word] * times / (times + damping)
        return found
