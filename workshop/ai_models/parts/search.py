"""Three searches over the same cards: by shared words, by nearness of embeddings, and by fusing both rankings.

>>> fuse([[0, 1, 2], [2, 0]], constant=1)       # 1/(1+1) + 1/(1+2), 1/(1+2), 1/(1+3) + 1/(1+1)
{0: 0.833..., 1: 0.333..., 2: 0.75}
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from workshop.ai_models.parts.embedding import Embedding
from workshop.ai_models.parts.keyword import KeywordIndex
from workshop.inputs.library import Documents
from workshop.inputs.texts import shortened

Array = npt.NDArray[np.float64]
NOT_FOUND = "not in the library"


def fuse(
    rankings: Sequence[Sequence[int]],
    constant: float = 60,
) -> dict[int, float]:
    """Sum 1 / (constant + rank) of all rankings (Cormack 2009)."""
    total: dict[int, float] = {}
    for ranking in rankings:
        for rank, card in enumerate(ranking, 1):
            total[card] = total.get(card, 0) + 1 / (constant + rank)
    return dict(sorted(total.items()))


def ranked(scores: Array) -> list[int]:
    """Return the cards with a score above 0, best first; ties go by the order of the library."""
    order = np.argsort(-scores.round(9), kind="stable")
    return [int(card) for card in order if scores[card] > 1e-9]


class Answer(Struct, frozen=True, kw_only=True):
    """The result of a search for one question.

    Attributes:
        order: cards, best first; never empty.
        near: cosine of each card.
        shared: keyword score of each card.
        said: the quoted answer, or the words that there is none.
    """

    question: str
    order: Sequence[int]
    near: Array
    shared: Array
    said: str

    @property
    def sure(self) -> float:
        """The cosine of the best card."""
        return float(self.near[self.order[0]])

    @property
    def nearest(self) -> list[int]:
        """All cards, the nearest first; ties go by the order of the library."""
        return [int(card) for card in np.argsort(-self.near.round(9), kind="stable")]

    def facts(self, library: Documents) -> dict[str, Any]:
        """Return it as facts."""
        best, runner_up = library.items[self.order[0]], next(c for c in self.nearest if c != self.order[0])
        return {
            "question": self.question,
            "card": best.title,
            "id": best.id,
            "score": self.sure,
            "keyword": float(self.shared.max()),
            "next": {"card": library.items[runner_up].title, "score": float(self.near[runner_up])},
            "answer": self.said,
        }


class Search(Struct, frozen=True):
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
        """Rank by the angle between question and card."""
        return ranked(self.nearness(question))

    def nearness(self, question: str) -> Array:
        """Return the cosine of a question with each card."""
        return self.directions @ self.space.of(question)

    def hybrid(self, question: str) -> list[int]:
        """Rank by fusing both rankings."""
        both = fuse([self.keyword(question), self.embedding(question)])
        return sorted(both, key=lambda card: (-both[card], card))

    def answer(self, question: str, library: Documents, threshold: float) -> Answer:
        """Quote the best card's best sentence, or say that the answer isn't in the library."""
        order, near = self.hybrid(question) or [0], self.nearness(question)
        best = library.items[order[0]]
        quote = max(sentences_of(best.text), key=lambda s: (self.space.cosine(question, s), s))
        sure = float(near[order[0]])
        said = f"“{shortened(quote)}” ({best.title})" if sure >= threshold else NOT_FOUND
        return Answer(question=question, order=order, near=near, shared=self.keywords.scores(question), said=said)


def sentences_of(text: str) -> list[str]:
    """Split a text after full stops, question marks and exclamation marks."""
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]
