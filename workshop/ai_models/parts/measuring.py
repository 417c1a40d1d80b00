"""Ask a library many questions of each kind in three ways, and measure how often each search is right, and what a threshold does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from workshop.ai_models.parts.asking import NOT_FOUND, Answer, answered
from workshop.ai_models.parts.fit import Shelf
from workshop.ai_models.parts.recall import gate_chart, recall, recall_chart, recall_table
from workshop.ai_models.parts.search_exhibits import scores_chart
from workshop.ai_models.toys.keyword import content_words
from workshop.ai_models.toys.retrieval import Search
from workshop.errors import Problem, Problems
from workshop.inputs.library import Documents, Question, Questions
from workshop.model.exhibits import Exhibit

DEALS = 4
EXAMPLES = 6
CUTS = 10  # number of thresholds in the chart, a tenth apart


def measured(shelf: Shelf, *, rng: Any, k: int) -> tuple[dict[str, Any], dict[str, Exhibit]]:
    """Return what comes of all questions to a library, as facts and exhibits.

    How often a card is found is measured on the questions by strangers if there are any, else on the library's own. Questions
    without a card are always its own.
    """
    refuse_shared(shelf.questions, shelf.strangers)
    search, library, threshold = shelf.search, shelf.library, shelf.threshold
    own = [one for one, _ in shelf.answers]
    asked = by_kind(shelf, shelf.strangers.matched(library) if shelf.strangers else own)
    absent, answerable = by_kind(shelf, own)["absent"], asked["paraphrase"] + asked["shared"]
    asked = {"paraphrase": asked["paraphrase"], "shared": asked["shared"], "every": answerable}
    right = {card.id: place for place, card in enumerate(library.items)}
    ways = {"keyword": search.keyword, "embedding": search.embedding, "hybrid": search.hybrid}
    table = {way: {kind: recall(rank, asked[kind], right, k) for kind in asked} for way, rank in ways.items()}

    control = _dealt_out(search, asked, right, rng=rng, k=k)
    pairs = [(q, answered(search, q.text, library, threshold)) for q in (*answerable, *absent)]
    without = sorted((a for q, a in pairs if not q.document), key=lambda a: a.sure)
    stopped = [a for a in without if a.said == NOT_FOUND]
    gates = [gate(pairs, right, cut) for cut in (threshold, *np.linspace(0, 1 - 1 / CUTS, CUTS))]
    facts: dict[str, Any] = {
        "paraphrases": {
            "beat_dealt": table["embedding"]["paraphrase"].low > control["paraphrase"],
            "hidden_from_keywords": table["keyword"]["paraphrase"].hits == 0,
        },
        "missing": without[-1].facts(library),
        "refused": (stopped or without)[-1].facts(library),
        "recall": {way: {kind: r.facts() for kind, r in row.items()} for way, row in table.items()},
        "dealt": control,
        "gate": gates[0],
        "gates": {key: [g[key] for g in gates[1:]] for key in ("threshold", "right", "invented")},
        "silent": silent(pairs, right),
        "examples": examples(by_kind(shelf, own)["shared"], search, library)[:EXAMPLES],
    }
    exhibits: dict[str, Exhibit] = {
        "missing": scores_chart(without[-1], library, threshold, known=False),
        "recall": recall_chart(table, control, k, deals=DEALS, independent=shelf.strangers is not None),
        "recall_table": recall_table(table, k),
        "gate": gate_chart(gates[0], gates[1:]),
    }
    return facts, exhibits


def refuse_shared(questions: Questions | None, independent: Questions | None) -> None:
    """Raise if a question is in both files, with its place in each: whoever wrote the search has then seen it."""
    mine = {question.text.casefold(): question for question in (questions.items if questions else ())}
    both = [
        (mine[one.text.casefold()], one)
        for one in (independent.items if independent else ())
        if one.text.casefold() in mine
    ]
    if both:
        raise Problems(
            Problem(f"'{one.text}' is in both files of questions", one.at, hint="leave it out of one", code="bad-data")
            for pair in both
            for one in pair
        )


def _dealt_out(search: Search, asked: dict[str, Any], right: dict[str, int], *, rng: Any, k: int) -> dict[str, float]:
    """Return how often the card of each kind of question is found when the words' numbers are dealt out anew."""
    totals = dict.fromkeys(asked, 0.0)
    for _ in range(DEALS):  # one at a time: each deal takes 34 MB
        rank = Search.over(search.cards, search.space.shuffled(rng)).embedding
        for kind, those in asked.items():
            totals[kind] += recall(rank, those, right, k).share
    return {kind: total / DEALS for kind, total in totals.items()}


def by_kind(shelf: Shelf, questions: Iterable[Question]) -> dict[str, list[Question]]:
    """Sort questions into those that share a word with their card, those that don't, and those without a card."""
    kinds: dict[str, list[Question]] = {"paraphrase": [], "shared": [], "absent": []}
    for question in questions:
        kinds[shelf.kind(question)].append(question)
    return kinds


def examples(asked: Sequence[Question], search: Search, library: Documents) -> list[dict[str, Any]]:
    """Return questions for a sheet with three cards each; if possible, just one card shares the most words.

    The first is one for which another card shares a word, too, if there is such a question.
    """
    first: dict[str, Any] | None = None
    clear: list[dict[str, Any]] = []
    tied: list[dict[str, Any]] = []
    for question in asked:
        order = search.hybrid(question.text)
        order += [place for place in range(len(search.cards)) if place not in order]
        counts = [len(set(content_words(question.text)) & set(content_words(search.cards[c]))) for c in order[:3]]
        cards = [{"title": library.items[c].title, "text": library.items[c].text} for c in order[:3]]
        example = {"question": question.text, "cards": cards}
        if counts.count(max(counts)) > 1:
            tied.append(example)
        elif first is None and sum(map(bool, counts)) > 1:
            first = example
        else:
            clear.append(example)
    return [*([first] if first else []), *clear] or tied


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
