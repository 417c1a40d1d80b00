"""Three searches over the same cards: by shared words, by nearness of embeddings, and by fusing both rankings.

It shows retrieval-augmented generation up to the answer: rank the cards for a question, fuse the rankings, quote the nearest
sentence of a card. Two parts of it are toys of their own: ``keyword`` counts words, ``embedding`` has the numbers. It leaves out the model that writes the answer, and an index that needn't look at every card. Source: Lewis et al. 2020, arXiv
2005.11401; reciprocal rank fusion of Cormack, Clarke and Büttcher 2009.

    >>> {card: round(score, 3) for card, score in fuse([[0, 1, 2], [2, 0]], constant=1).items()}
    {0: 0.833, 1: 0.333, 2: 0.75}
    >>> search = Search.over(("The tap is by the gate.", "Bees live in the hive."), Embedding.read())
    >>> search.keyword("Where are the insects?"), search.embedding("Where are the insects?")[0]  # no word in common, but near
    ([], 1)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workshop.ai_models.toys.embedding import Embedding
from workshop.ai_models.toys.keyword import KeywordIndex

Array = npt.NDArray[np.float64]


def fuse(
    rankings: Sequence[Sequence[int]],
    constant: float = 60,
) -> dict[int, float]:
    """Sum 1 / (constant + rank); a large constant evens out the ranks."""
    total: dict[int, float] = {}
    for ranking in rankings:
        for rank, card in enumerate(ranking, 1):
            total[card] = total.get(card, 0) + 1 / (constant + rank)
    return dict(sorted(total.items()))


def ranked(scores: Array) -> list[int]:
    """Return the cards with a score above 0, best first; of equal ones, the card that comes first."""
    order = np.argsort(-scores.round(9), kind="stable")
    return [int(card) for card in order if scores[card] > 1e-9]


@dataclass(frozen=True)
class Search:
    """Both kinds of search over the same cards; ``directions`` has one row per card."""

    cards: tuple[str, ...]
    keywords: KeywordIndex
    space: Embedding
    directions: Array

    @classmethod
    def over(cls, cards: tuple[str, ...], space: Embedding) -> Search:
        """Index the cards once."""
        return cls(cards, KeywordIndex.of(cards), space, np.array([space.of(card) for card in cards]))

    def keyword(self, question: str) -> list[int]:
        """Rank by shared words."""
        return ranked(self.keywords.scores(question))

    def embedding(self, question: str) -> list[int]:
        """Rank by the angle between question and card; a card at a right angle or more isn't found."""
        return ranked(self.nearness(question))

    def nearness(self, question: str) -> Array:
        """Return the cosine of a question with each card."""
        return self.directions @ self.space.of(question)

    def hybrid(self, question: str) -> list[int]:
        """Rank by fusing both rankings."""
        both = fuse([self.keyword(question), self.embedding(question)])
        return sorted(both, key=lambda card: (-both[card], card))

    def quote(self, question: str, text: str) -> str:
        """Return the sentence of a text that is nearest to the question."""
        return max(sentences_of(text), key=lambda s: (self.space.cosine(question, s), s))


def sentences_of(text: str) -> list[str]:
    """Split a text after full stops, question marks and exclamation marks."""
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]
