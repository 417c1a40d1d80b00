"""Ask a library many questions in three ways, and measure how often each search is right."""

from __future__ import annotations

from typing import Any

import numpy as np

from workshop.ai_models.parts.asking import NOT_FOUND, Answer, answered
from workshop.ai_models.parts.recall import MEASURED, by_kind, examples, gate, recall, silent
from workshop.ai_models.parts.recall_exhibits import gate_chart, recall_chart, recall_table
from workshop.ai_models.parts.search_exhibits import scores_chart
from workshop.ai_models.toys.retrieval import Search
from workshop.inputs.library import Documents, Questions
from workshop.model.exhibits import Exhibit

DEALS = 4
EXAMPLES = 6
CUTS = 10  # number of thresholds in the chart, a tenth apart


def measured(
    search: Search,
    questions: Questions,
    library: Documents,
    *,
    rng: Any,
    k: int,
    threshold: float,
    independent: Questions | None,
) -> tuple[list[Answer], dict[str, Any], dict[str, Exhibit]]:
    """Return the answers to ``questions``, with facts and exhibits.

    How often a card is found is measured on ``independent`` if there are any, else on ``questions``. Questions without a
    card come from ``questions``.
    """
    kinds = by_kind(questions, library, search.cards)
    asked = by_kind(independent, library, search.cards, MEASURED) if independent else kinds
    absent, answerable = kinds["absent"], asked["paraphrase"] + asked["shared"]
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
        "examples": examples(kinds["shared"], search, library)[:EXAMPLES],
    }
    exhibits: dict[str, Exhibit] = {
        "missing": scores_chart(without[-1], library, threshold, known=False),
        "recall": recall_chart(table, control, k, deals=DEALS, independent=independent is not None),
        "recall_table": recall_table(table, k),
        "gate": gate_chart(gates[0], gates[1:]),
    }
    return [answered(search, q.text, library, threshold) for q in questions.items], facts, exhibits


def _dealt_out(search: Search, asked: dict[str, Any], right: dict[str, int], *, rng: Any, k: int) -> dict[str, float]:
    """Return how often the card of each kind of question is found when the words' numbers are dealt out anew."""
    totals = dict.fromkeys(asked, 0.0)
    for _ in range(DEALS):  # one at a time: each deal takes 34 MB
        rank = Search.over(search.cards, search.space.dealt(rng)).embedding
        for kind, those in asked.items():
            totals[kind] += recall(rank, those, right, k).share
    return {kind: total / DEALS for kind, total in totals.items()}
