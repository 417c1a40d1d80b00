"""Find the cards that can answer a question, put them into the context, and quote the best one.

Three searches over the same cards: by shared words (``keyword``), by nearness of embeddings, and by both rankings
fused. Embeddings learn from the notebook's sentences and the cards' own; how many numbers a word gets is chosen on
the first half of the paraphrase questions, and only the other half is reported. A paraphrase shares no word with its card.
A library that comes without questions is asked for by its own titles, which are then no part of the cards, and nothing is measured.
If it is too small to learn from as well, it is searched by shared words alone.

Facts: ``measured`` (whether there were questions), ``learnt`` (whether there are embeddings), ``library.size``,
``sentences.size`` (to learn from), ``k`` (cards in the context, never all), ``threshold``, ``numbers.chosen`` (0 if nothing
was learnt); ``asked.…`` with ``question``, ``card``, ``id``, ``score`` (cosine; the keyword score if nothing was learnt),
``keyword``, ``next.card``, ``next.score``, ``answer``; ``paraphrases.beat_shuffled``, ``paraphrases.hidden_from_keywords`` (yes if there were none). Only where
something was measured: ``numbers.tuned`` (how often it had the right card first, where it was
chosen); ``missing.…``, likewise (the unanswerable question with the surest card);
``recall.METHOD.KIND.…`` for keyword, embedding, hybrid and paraphrase, shared, each with ``n``, ``hits``, ``share``,
``low``, ``high``; ``shuffled.KIND`` (mean share with shuffled words);
``gates.threshold``, ``gates.right``, ``gates.invented`` (one value a threshold of the chart); ``silent.above``,
``silent.right``: right answers left where no question without a card is answered;
``gate.right``, ``gate.answerable``, ``gate.invented``, ``gate.absent``: questions answered rightly, and answered
although nothing in the library does; ``examples[0…]``: ``question`` and three ``cards`` with ``title`` and ``text``.
"""

from __future__ import annotations

import inspect
from typing import Any

from workshop.ai_models.parts.asking import by_shared_words, keyword_chart, titles
from workshop.ai_models.parts.embedding import Embedding
from workshop.ai_models.parts.keyword import content_words
from workshop.ai_models.parts.measuring import measured
from workshop.ai_models.parts.recall import by_kind
from workshop.ai_models.parts.search import Answer, Search, fuse, sentences_of
from workshop.ai_models.parts.search_exhibits import (
    context_code,
    map_chart,
    neighbours_table,
    scores_chart,
    scores_table,
)
from workshop.inputs.data import Documents, Questions, Sentences
from workshop.inputs.files import wrong
from workshop.model.exhibits import Code, Exhibit, Findings, Frozen, Knob, demo

USUAL = 20  # numbers a word, where there are no questions to choose by
ENOUGH = 120  # sentences to learn from


@demo(
    "retrieval",
    title="Find the right card",
    knobs={
        "k": Knob(1, 10, "how many cards go into the context"),
        "threshold": Knob(0, 1, "the cosine under which the answer is 'not in the library'"),
        "numbers": Knob(0, 100, "how many numbers a word gets; 0 chooses on half of the questions"),
    },
    claims={
        "embeddings find paraphrases better than shuffled words do": "paraphrases.beat_shuffled",
        "keywords cannot find a card that shares no word": "paraphrases.hidden_from_keywords",
    },
)
def retrieval(
    *,
    library: Documents,
    sentences: Sentences | None = None,
    questions: Questions | None = None,
    rng: Any,
    question: str = "",
    k: int = 3,
    threshold: float = 0.45,
    numbers: int = 0,
) -> Findings:
    """Ask the library every question three ways; ``question`` is the one to show, the first of the file if empty."""
    titled = questions is not None
    cards = tuple(f"{card.title}. {card.text}" if titled else card.text for card in library.items)
    written = (*(sentences.items if sentences else ()), *(s for card in cards for s in sentences_of(card)))
    notebook = [content_words(sentence) for sentence in written]
    learnt_from = len(sentences.items) if sentences else len(written)
    source = f"{learnt_from} sentences and the cards" if sentences else f"the {learnt_from} sentences of the library"
    k = min(k, len(cards) - 1)
    learnt = len(written) >= ENOUGH
    search: Search | None = None
    if questions is not None:
        if not learnt:
            message = f"there are {len(written)} sentences in all, too few to measure a search by meaning"
            raise wrong(message, library.at, f"{ENOUGH} would be enough; or leave the questions out")
        search, answers, facts, exhibits = measured(
            questions, library, cards, notebook, rng=rng, k=k, threshold=threshold, numbers=numbers
        )
        one_each = {q.document: q.text for q in by_kind(questions, library, cards)["paraphrase"][::2]}
        asked = search.answer(question, library, threshold) if question else answers[0]
        exhibits |= of_meaning(search, asked, list(one_each.values()), library, threshold, source)
    else:
        facts = {"paraphrases": {"beat_shuffled": True, "hidden_from_keywords": True}}
        if learnt:
            search = Search.over(cards, Embedding.learn(notebook, numbers or USUAL))
        names = titles([card.title for card in library.items], cards, search.space.index if search else None)
        if search:
            asked = search.answer(question or names[0], library, threshold)
            exhibits = of_meaning(search, asked, names, library, threshold, source)
        else:
            asked = by_shared_words(question or names[0], cards, library)
            exhibits = {"scores": keyword_chart(asked, library)}
        k = min(k, len(asked.order))
    facts |= {
        "measured": titled,
        "learnt": learnt,
        "library": {"size": len(cards)},
        "sentences": {"size": learnt_from},
        "k": k,
        "threshold": threshold,
        "numbers": {"chosen": search.space.places.shape[1] if search else 0, **facts.get("numbers", {})},
        "asked": asked.facts(library),
    }
    exhibits |= {
        "context": context_code(asked, library, k),
        "fusion": Code(
            "Two rankings into one", inspect.getsource(fuse), "A card gains one share a ranking that has it"
        ),
    }
    return Findings(Frozen(facts), exhibits)


def of_meaning(
    search: Search, asked: Answer, names: list[str], library: Documents, threshold: float, source: str
) -> dict[str, Exhibit]:
    """Return what is shown of a question where words have places; ``names`` are questions whose words have neighbours."""
    return {
        "scores": scores_chart(asked, library, threshold),
        "all_scores": scores_table(asked, library),
        "neighbours": neighbours_table(search.space, names, source),
        "map": map_chart(search.directions, search.space.of(asked.question), asked, library),
    }
