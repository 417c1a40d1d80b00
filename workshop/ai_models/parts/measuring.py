"""Ask a library many questions three ways, and measure: the embedding is chosen on one half, and reported on the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from workshop.ai_models.parts.embedding import Embedding
from workshop.ai_models.parts.recall import by_kind, examples, gate, recall, shuffle, silent
from workshop.ai_models.parts.recall_exhibits import gate_chart, recall_chart, recall_table
from workshop.ai_models.parts.search import Answer, Search
from workshop.ai_models.parts.search_exhibits import scores_chart
from workshop.inputs.library import Documents
from workshop.inputs.questions import Questions
from workshop.model.exhibits import Exhibit

SIZES = (5, 10, 20, 40)
SHUFFLES = 4
EXAMPLES = 6


def measured(
    questions: Questions,
    library: Documents,
    cards: tuple[str, ...],
    notebook: Sequence[Sequence[str]],
    *,
    rng: Any,
    k: int,
    threshold: float,
    numbers: int,
) -> tuple[Search, list[Answer], dict[str, Any], dict[str, Exhibit]]:
    """Choose the embedding on half of the paraphrases, ask everything else, and return search, answers and what was found."""
    kinds = by_kind(questions, library, cards)
    tuning, paraphrases = kinds["paraphrase"][::2], kinds["paraphrase"][1::2]
    right = {card.id: place for place, card in enumerate(library.items)}
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
    answers = [search.answer(q.text, library, threshold) for q in questions.items]
    pairs = list(zip(questions.items, answers, strict=True))
    missing = max((a for q, a in pairs if not q.document), key=lambda a: a.sure)
    gates = [gate(pairs, right, cut) for cut in (threshold, *np.linspace(0, 0.9, 10))]
    facts: dict[str, Any] = {
        "numbers": {"tuned": firsts[chosen]},
        "paraphrases": {
            "beat_shuffled": table["embedding"]["paraphrase"].low > control["paraphrase"],
            "hidden_from_keywords": table["keyword"]["paraphrase"].hits == 0,
        },
        "missing": missing.facts(library),
        "recall": {way: {kind: r.facts() for kind, r in row.items()} for way, row in table.items()},
        "shuffled": control,
        "gate": gates[0],
        "gates": {key: [g[key] for g in gates[1:]] for key in ("threshold", "right", "invented")},
        "silent": silent(pairs, right),
        "examples": examples(kinds["shared"], search, library)[:EXAMPLES],
    }
    exhibits: dict[str, Exhibit] = {
        "missing": scores_chart(missing, library, threshold, known=False),
        "recall": recall_chart(table, control, k, SHUFFLES),
        "recall_table": recall_table(table, k),
        "gate": gate_chart(gates[0], gates[1:]),
    }
    return search, answers, facts, exhibits
