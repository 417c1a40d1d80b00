"""Answers to questions: by meaning, or by shared words alone, and whether the card is right.

The word vectors come from an English dictionary. Documents whose words it doesn't have are searched by shared words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from workshop.ai_models.toys.keyword import KeywordIndex
from workshop.ai_models.toys.retrieval import Array, Search, ranked, sentences_of
from workshop.inputs.library import Documents, Questions
from workshop.inputs.texts import shortened

NOT_FOUND = "not in the library"


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
        best, others = library.items[self.order[0]], [card for card in self.nearest if card != self.order[0]]
        return {
            "question": self.question,
            "card": best.title,
            "id": best.id,
            "score": self.sure,
            "keyword": float(self.shared.max()),
            "next": {"card": library.items[others[0]].title, "score": float(self.near[others[0]])},
            "third": {"card": library.items[others[:2][-1]].title},
            "answer": self.said,
        }


def answered(search: Search, question: str, library: Documents, threshold: float) -> Answer:
    """Quote the best card's best sentence, or say that the answer isn't in the library."""
    order, near = search.hybrid(question) or [0], search.nearness(question)
    best = library.items[order[0]]
    quote = search.quote(question, best.text)
    said = f"“{shortened(quote)}” ({best.title})" if near[order[0]] >= threshold else NOT_FOUND
    shared = search.keywords.scores(question)
    return Answer(question=question, order=order, near=near, shared=shared, said=said)


def by_shared_words(question: str, cards: Sequence[str], library: Documents) -> Answer:
    """Rank the cards by shared words, and quote the best one's best sentence; both scores of the answer are the keyword score."""
    shared = KeywordIndex.of(cards).scores(question)
    order = ranked(shared)
    if not order:
        return Answer(question=question, order=[0], near=shared, shared=shared, said=NOT_FOUND)
    best = library.items[order[0]]
    sentences = sentences_of(best.text)
    quote = sentences[int(KeywordIndex.of(sentences).scores(question).argmax())]
    return Answer(
        question=question, order=order, near=shared, shared=shared, said=f"“{shortened(quote)}” ({best.title})"
    )


def judged(asked: Answer, questions: Questions | None, library: Documents) -> dict[str, Any]:
    """Return whether a card was quoted, and whether it is the one that the questions name."""
    best = library.items[asked.order[0]]
    named = {q.text: q.document for q in questions.matched(library)} if questions else {}
    right = named.get(asked.question) or best.id
    title = next(card.title for card in library.items if card.id == right)
    return {"found": asked.said != NOT_FOUND, "right": title, "wrong": right != best.id}
