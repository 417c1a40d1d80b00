"""Find the cards that can answer a question, put them into the context, and quote the best one.

Three searches over the same cards: by shared words (``keyword``), by nearness of embeddings, and by both rankings
fused. Embeddings learn from the notebook's sentences and the cards' own; how many numbers a word gets is chosen on
the first half of the paraphrase questions, and only the other half is reported. A paraphrase shares no word with its card.

    >>> fuse([[0, 1, 2], [2, 0]], constant=1)       # 1/(1+1) + 1/(1+2), 1/(1+2), 1/(1+3) + 1/(1+1)
    {0: 0.833..., 1: 0.333..., 2: 0.75}

Facts: ``library.size``, ``sentences.size``, ``k``, ``threshold``, ``numbers.chosen``, ``numbers.tuned`` (how
often it had the right card first, where it was chosen); ``asked.…`` and ``missing.…`` (the unanswerable question with the surest card), each with
``question``, ``card``, ``id``, ``score`` (cosine), ``keyword``, ``next.card``, ``next.score``, ``answer``;
``recall.METHOD.KIND.…`` for keyword, embedding, hybrid and paraphrase, shared, each with ``n``, ``hits``, ``share``,
``low``, ``high``; ``shuffled.KIND`` (mean share with shuffled words);
``gate.right``, ``gate.answerable``, ``gate.invented``, ``gate.absent``: questions answered rightly, and answered
although nothing in the library does; ``examples[0…]``: ``question`` and three ``cards`` with ``title`` and ``text``.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from workshop.demos.data import Documents, Question, Questions, Sentences
from workshop.demos.embedding import Embedding
from workshop.demos.intervals import wilson
from workshop.demos.keyword import KeywordIndex, content_words
from workshop.demos.retrieval_exhibits import (
    Answer,
    Recall,
    context_code,
    gate_chart,
    map_chart,
    neighbours_table,
    recall_chart,
    recall_table,
    scores_chart,
    scores_table,
)
from workshop.errors import Problem, WorkshopError
from workshop.model.exhibits import Code, Exhibit, Findings, Frozen, Knob, demo

Array = npt.NDArray[np.float64]
SIZES = (5, 10, 20, 40)
SHUFFLES = 4
EXAMPLES = 6
NOT_FOUND = "not in the library"
LEAST = {
    "paraphrase": (4, "that share no word with their card"),
    "shared": (2, "that share a word with their card"),
    "absent": (1, "that no card answers"),
}


def fuse(
    rankings: Sequence[Sequence[int]],
    constant: float = 60,
) -> dict[int, float]:
    """Sum 1 / (constant + rank) over the rankings (Cormack et al. 2009)."""
    total: dict[int, float] = {}
    for ranking in rankings:
        for rank, card in enumerate(ranking, 1):
            total[card] = total.get(card, 0) + 1 / (constant + rank)
    return dict(sorted(total.items()))


def ranked(scores: Array) -> list[int]:
    """Return the cards with a score above 0, best first; the order of the library settles a tie."""
    order = np.argsort(-scores.round(9), kind="stable")
    return [int(card) for card in order if scores[card] > 1e-9]


@dataclass(frozen=True, slots=True)
class Search:
    """Both kinds of search over the same cards; ``directions`` has one row a card."""

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
        """Rank by both rankings fused."""
        both = fuse([self.keyword(question), self.embedding(question)])
        return sorted(both, key=lambda card: (-both[card], card))

    def answer(self, question: str, library: Documents, threshold: float) -> Answer:
        """Quote the best card's best sentence, or say that it is not in the library."""
        order, near = self.hybrid(question) or [0], self.nearness(question)
        best = library.items[order[0]]
        quote = max(sentences_of(best.text), key=lambda s: (self.space.cosine(question, s), s))
        sure = float(near[order[0]])
        said = f"“{quote}” ({best.title})" if sure >= threshold else NOT_FOUND
        return Answer(question, order, near, self.keywords.scores(question), said)


def sentences_of(text: str) -> list[str]:
    """Split a text after full stops, question marks and exclamation marks."""
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


@demo(
    "retrieval",
    title="Find the right card",
    knobs={
        "k": Knob(1, 10, "how many cards go into the context"),
        "threshold": Knob(0, 1, "the cosine under which the answer is 'not in the library'"),
        "numbers": Knob(0, 100, "how many numbers a word gets; 0 chooses on half of the questions"),
    },
    claims={
        "embeddings find paraphrases better than shuffled words do": "recall.embedding.paraphrase.low > shuffled.paraphrase",
        "keywords cannot find a card that shares no word": "recall.keyword.paraphrase.hits == 0",
    },
    seeds=range(5),
)
def retrieval(
    *,
    sentences: Sentences,
    library: Documents,
    questions: Questions,
    rng: Any,
    question: str = "",
    k: int = 3,
    threshold: float = 0.45,
    numbers: int = 0,
) -> Findings:
    """Ask the library every question three ways; ``question`` is the one to show, the first of the file if empty."""
    sentences.at_least(120, "to learn which words belong together")
    cards = tuple(f"{card.title}. {card.text}" for card in library.items)
    kinds = by_kind(questions, library, cards)
    tuning, paraphrases = kinds["paraphrase"][::2], kinds["paraphrase"][1::2]
    right = {card.id: place for place, card in enumerate(library.items)}
    notebook = [content_words(s) for s in (*sentences.items, *(s for card in cards for s in sentences_of(card)))]

    full = Embedding.learn(notebook, max(*SIZES, numbers))
    searches = {n: Search.over(cards, full.shortened(n)) for n in (*SIZES, numbers)}
    firsts = {n: recall(s.embedding, tuning, right, 1).share for n, s in searches.items() if n}
    chosen = numbers or max(SIZES, key=lambda n: (firsts[n], -n))
    search = searches[chosen]
    ways = {"keyword": search.keyword, "embedding": search.embedding, "hybrid": search.hybrid}
    asked_of = {"paraphrase": paraphrases, "shared": kinds["shared"]}
    table = {way: {kind: recall(rank, asked_of[kind], right, k) for kind in asked_of} for way, rank in ways.items()}
    shuffled = [Search.over(cards, Embedding.learn(shuffle(notebook, rng), chosen)).embedding for _ in range(SHUFFLES)]
    control = {
        kind: sum(recall(rank, asked, right, k).share for rank in shuffled) / SHUFFLES
        for kind, asked in asked_of.items()
    }

    answers = [(q, search.answer(q.text, library, threshold)) for q in questions.items]
    asked = search.answer(question, library, threshold) if question else answers[0][1]
    missing = max((a for q, a in answers if not q.document), key=lambda a: a.sure)
    one_each = {q.document: q.text for q in kinds["paraphrase"][::2]}
    gates = [gate(answers, right, cut) for cut in (threshold, *np.linspace(0, 0.9, 10))]
    facts = {
        "library": {"size": len(cards)},
        "sentences": {"size": len(sentences.items)},
        "k": k,
        "threshold": threshold,
        "numbers": {"chosen": chosen, "tuned": firsts[chosen]},
        "asked": asked.facts(library),
        "missing": missing.facts(library),
        "recall": {way: {kind: r.facts() for kind, r in row.items()} for way, row in table.items()},
        "shuffled": control,
        "gate": gates[0],
        "gates": {key: [g[key] for g in gates[1:]] for key in ("threshold", "right", "invented")},
        "silent": silent(answers, right),
        "examples": examples(kinds["shared"], search, library)[:EXAMPLES],
    }
    exhibits: dict[str, Exhibit] = {
        "scores": scores_chart(asked, library, threshold),
        "missing": scores_chart(missing, library, threshold),
        "all_scores": scores_table(asked, library),
        "neighbours": neighbours_table(search.space, list(one_each.values()), len(sentences.items)),
        "context": context_code(asked, library, k),
        "recall": recall_chart(table, control, k, SHUFFLES),
        "recall_table": recall_table(table, k),
        "gate": gate_chart(gates[0], gates[1:]),
        "fusion": Code(
            "Two rankings into one", inspect.getsource(fuse), "A card gains one share a ranking that has it"
        ),
        "map": map_chart(search.directions, search.space.of(asked.question), asked, library),
    }
    return Findings(Frozen(facts), exhibits)


def recall(rank: Callable[[str], list[int]], asked: Sequence[Question], right: Mapping[str, int], k: int) -> Recall:
    """Count the questions whose right card is among the first ``k``."""
    hits = sum(right[question.document] in rank(question.text)[:k] for question in asked)
    return Recall(hits, len(asked), *wilson(hits, len(asked)))


def by_kind(questions: Questions, library: Documents, cards: Sequence[str]) -> dict[str, list[Question]]:
    """Sort questions into those that share a word with their card, those that do not, and those without a card.

    Raises:
        WorkshopError: if one kind has too few, or an answer is not in the library.
    """
    questions.check(library)
    card_of = {document.id: set(content_words(card)) for document, card in zip(library.items, cards, strict=True)}
    kinds: dict[str, list[Question]] = {"paraphrase": [], "shared": [], "absent": []}
    for question in questions.items:
        shares = question.document and card_of[question.document] & set(content_words(question.text))
        kinds["shared" if shares else "paraphrase" if question.document else "absent"].append(question)
    for kind, (least, what) in LEAST.items():
        if len(kinds[kind]) < least:
            message = f"there are {len(kinds[kind])} questions {what}, and {least} are needed"
            raise WorkshopError(
                Problem(message, questions.at, "add some; a line without a document has no answer", "bad-data")
            )
    return kinds


def examples(asked: Sequence[Question], search: Search, library: Documents) -> list[dict[str, Any]]:
    """Return questions for a sheet with three cards each; where possible one card alone shares the most words."""
    clear: list[dict[str, Any]] = []
    tied: list[dict[str, Any]] = []
    for question in asked:
        order = search.hybrid(question.text)
        order += [place for place in range(len(search.cards)) if place not in order]
        counts = [len(set(content_words(question.text)) & set(content_words(search.cards[c]))) for c in order[:3]]
        cards = [{"title": library.items[c].title, "text": library.items[c].text} for c in order[:3]]
        (clear if counts.count(max(counts)) == 1 else tied).append({"question": question.text, "cards": cards})
    return clear or tied


def shuffle(sentences: Sequence[Sequence[str]], rng: Any) -> list[list[str]]:
    """Deal all words out again at random into sentences of the same lengths: the control that must lose."""
    dealt = iter(rng.permutation([word for sentence in sentences for word in sentence]).tolist())
    return [[next(dealt) for _ in sentence] for sentence in sentences]


def silent(answers: Sequence[tuple[Question, Answer]], right: Mapping[str, int]) -> dict[str, float]:
    """Count what is left of the right answers if the threshold lies just above the surest answer without a card."""
    surest = max(answer.sure for question, answer in answers if not question.document)
    left = gate([(q, a) for q, a in answers if not q.document or a.sure > surest], right, surest)
    return {"above": surest, "right": left["right"]}


def gate(answers: Sequence[tuple[Question, Answer]], right: Mapping[str, int], cut: float) -> dict[str, float]:
    """Count what a threshold lets through: right answers, and answers to questions that no card answers."""
    given = [(q, a) for q, a in answers if a.sure >= cut]
    return {
        "threshold": round(float(cut), 3),
        "right": sum(q.document != "" and right[q.document] == a.order[0] for q, a in given),
        "answerable": sum(q.document != "" for q, _ in answers),
        "invented": sum(q.document == "" for q, _ in given),
        "absent": sum(q.document == "" for q, _ in answers),
    }
