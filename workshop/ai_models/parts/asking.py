"""Answers to questions: by meaning, by shared words alone, and whether the card is right; and questions for a library without any.

The word vectors come from an English dictionary. A library whose words it doesn't have is searched by shared words alone,
and the slides say nothing about meaning.

    >>> titles(["Business travel", "Complaints"], ["trains and hotels", "every complaint and all complaints"])
    ['Complaints', 'Business travel']
    >>> titles(["One", "Two"], ["a train, a hotel, a train", "the hotel"])
    ['train hotel', 'hotel']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from workshop.ai_models.toys.keyword import KeywordIndex, content_words
from workshop.ai_models.toys.retrieval import Array, Search, ranked, sentences_of
from workshop.inputs.library import MOST, WORD, Documents, Questions, columns
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


def titles(names: Sequence[str], cards: Sequence[str], known: Collection[str] | None = None) -> list[str]:
    """Return titles to use as questions, at least one; titles with two or more words from the cards come first.

    If no card has a word of any title, the question for each card is its two most frequent words.

    Args:
        names: the title of each card, which isn't part of the card.
        known: words that the search has embeddings for; all words of the cards if ``None``.
    """
    counts = [Counter(content_words(card)) for card in cards]
    words = {word for count in counts for word in count if known is None or word in known}
    found = {name: len(words & set(content_words(name))) for name in names}
    if any(found.values()):
        return sorted(found, key=lambda name: -min(found[name], 2))
    topics = [_topic([word for word, _ in count.most_common() if word in words]) for count in counts]
    return [topic for topic in topics if topic] or list(names)


def _topic(words: Sequence[str]) -> str:
    """Return the first two pronounceable words: no address, and no sentence in a script without spaces."""
    spoken = [word for word in words if columns(word) <= WORD][:2]
    return " ".join(spoken if columns("".join(spoken)) <= MOST - 1 else spoken[:1])


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
    """Return whether a card was quoted, and whether it is the one that the questions name or whose title was the question."""
    best = library.items[asked.order[0]]
    named = {q.text: q.document for q in questions.matched(library)} if questions else {}
    titled = {card.title: card.id for card in library.items}
    right = named.get(asked.question) or titled.get(asked.question) or best.id
    title = next(card.title for card in library.items if card.id == right)
    return {"found": asked.said != NOT_FOUND, "right": title, "wrong": right != best.id}
