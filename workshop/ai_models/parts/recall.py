"""Measures of a search: how often it finds the right card, and the effect of a threshold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from workshop.ai_models.parts.asking import Answer
from workshop.ai_models.toys.intervals import wilson
from workshop.ai_models.toys.keyword import content_words
from workshop.ai_models.toys.retrieval import Search
from workshop.errors import Problem, WorkshopError
from workshop.inputs.library import Documents, Question, Questions

LEAST = {
    "paraphrase": (4, "that share no word with their card"),
    "shared": (2, "that share a word with their card"),
    "absent": (1, "that no card answers"),
}
MEASURED = ("paraphrase", "shared")  # kinds that are needed in questions that are only for measuring


class Recall(Struct, frozen=True):
    """The number of ``n`` questions with the right card among the first k, with Wilson's 95% interval."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of hits."""
        return self.hits / self.n

    def facts(self) -> dict[str, float]:
        """Return it as facts."""
        return {"n": self.n, "hits": self.hits, "share": self.share, "low": self.low, "high": self.high}


def recall(rank: Callable[[str], list[int]], asked: Sequence[Question], right: Mapping[str, int], k: int) -> Recall:
    """Count the questions whose right card is among the first ``k``."""
    hits = sum(right[question.document] in rank(question.text)[:k] for question in asked)
    return Recall(hits, len(asked), *wilson(hits, len(asked)))


def by_kind(
    questions: Questions, library: Documents, cards: Sequence[str], needed: Sequence[str] = tuple(LEAST)
) -> dict[str, list[Question]]:
    """Sort questions into those that share a word with their card, those that don't, and those without a card.

    Args:
        needed: the kinds that must occur.

    Raises:
        WorkshopError: if one kind has too few, or an answer isn't in the library.
    """
    card_of = {document.id: set(content_words(card)) for document, card in zip(library.items, cards, strict=True)}
    kinds: dict[str, list[Question]] = {"paraphrase": [], "shared": [], "absent": []}
    for question in questions.matched(library):
        shares = question.document and card_of[question.document] & set(content_words(question.text))
        kinds["shared" if shares else "paraphrase" if question.document else "absent"].append(question)
    for kind in needed:
        least, what = LEAST[kind]
        if len(kinds[kind]) < least:
            message = f"there are {len(kinds[kind])} questions {what}, and {least} are needed"
            raise WorkshopError(
                Problem(
                    message, questions.at, hint="add some; a line without a document has no answer", code="bad-data"
                )
            )
    return kinds


def examples(asked: Sequence[Question], search: Search, library: Documents) -> list[dict[str, Any]]:
    """Return questions for a sheet with three cards each; if possible, just one card shares the most words."""
    clear: list[dict[str, Any]] = []
    tied: list[dict[str, Any]] = []
    for question in asked:
        order = search.hybrid(question.text)
        order += [place for place in range(len(search.cards)) if place not in order]
        counts = [len(set(content_words(question.text)) & set(content_words(search.cards[c]))) for c in order[:3]]
        cards = [{"title": library.items[c].title, "text": library.items[c].text} for c in order[:3]]
        (clear if counts.count(max(counts)) == 1 else tied).append({"question": question.text, "cards": cards})
    return clear or tied


def silent(answers: Sequence[tuple[Question, Answer]], right: Mapping[str, int]) -> dict[str, float]:
    """Count the right answers that are left if the threshold is just above the surest answer without a card."""
    surest = max(answer.sure for question, answer in answers if not question.document)
    left = gate([(q, a) for q, a in answers if not q.document or a.sure > surest], right, surest)
    return {"above": surest, "right": left["right"]}


def gate(answers: Sequence[tuple[Question, Answer]], right: Mapping[str, int], cut: float) -> dict[str, float]:
    """Count the answers that a threshold lets through: right ones, and ones to questions that no card answers."""
    given = [(q, a) for q, a in answers if a.sure >= cut]
    return {
        "threshold": round(float(cut), 3),
        "right": sum(q.document != "" and right[q.document] == a.order[0] for q, a in given),
        "answerable": sum(q.document != "" for q, _ in answers),
        "invented": sum(q.document == "" for q, _ in given),
        "absent": sum(q.document == "" for q, _ in answers),
    }
