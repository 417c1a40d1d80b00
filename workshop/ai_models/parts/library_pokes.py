"""What people can do with a library: ask it, with every word whose numbers fit on a page."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from workshop.ai_models.parts.asking import Answer, answered
from workshop.ai_models.toys.embedding import FILE, ZERO_AT, Embedding, stem
from workshop.ai_models.toys.keyword import STOP_WORDS, content_words
from workshop.ai_models.toys.retrieval import Search
from workshop.inputs.library import Documents, Questions
from workshop.model.frozen import Frozen
from workshop.model.pokes import Ask, Dial, Guess, Library, Read
from workshop.wording.formats import ratio

COMMON = 850  # words besides those of the cards and questions: the commonest ones of the dictionary
ODD = ("zzz", "", "How many HOUSES are there?", "It’s the owls’ house, isn't it")
DIGITS = range(3, 10)

POKES = (
    Guess(
        "{{ gate.absent | count }} questions that no card answers are asked. A card is quoted only if it is near enough in meaning: at least "
        "{{ threshold | ratio }}, where 1 is nearest. How many of them get a quotation all the same?",
        {"none": "None", "few": "1 or 2", "some": "3 to 5", "many": "More than 5"},
        truth="'none' if gate.invented == 0 else ('few' if gate.invented < 3 else ('some' if gate.invented < 6 else 'many'))",
        then=Dial(
            "gate",
            "gates.threshold",
            unit="ratio",
            start="4",
            marks=True,
            label="A card must be this near",
            shows=(
                Read("answered rightly", "gates.right[{gate}] | count"),
                Read("made up", "gates.invented[{gate}] | count"),
                "gate",
            ),
            finding="From a nearness of {{ gates.threshold[{gate}] | ratio }} up, {{ gates.right[{gate}] | count }} of "
            "{{ gate.answerable | count }} questions are answered rightly, and {{ gates.invented[{gate}] | count }} of {{ gate.absent | count }} "
            "get a quotation although no card answers them.",
        ),
        comment="“{{ missing.question }}” comes as near as {{ missing.score | ratio }} to a card, “{{ missing.card }}”. Nearness in meaning isn’t "
        "an answer.",
        needs="missing",
        lead="Bet first. Then ask the library yourself.",
    ),
    Ask(
        "library",
        label="Ask the library",
        examples="suggested",
        lead="Every card gets a score for shared words, and one for how near it is in meaning (1 is nearest).",
    ),
)


def suggested(
    asked: str,
    facts: Mapping[str, Any],
    known: Sequence[Questions | None],
    search: Search | None,
    documents: Documents,
    threshold: float,
) -> list[str]:
    """Return questions to choose from, one for each way in which it can end; none for a library without questions of people.

    They are one that is answered from the right card, the one that is shown, the two that no card answers, one that is answered
    from a wrong card, and one whose card isn't near enough.
    """
    if not any(known):
        return []
    right: list[tuple[float, str]] = []
    wrong: list[str] = []
    missed: list[str] = []
    for question in (q for some in known if some is not None for q in some.items if q.document):
        answer = answered(search, question.text, documents, threshold) if search is not None else None
        if answer is None or question.text == asked:
            continue
        if answer.sure < threshold:
            missed.append(question.text)
        elif documents.items[answer.order[0]].id == question.document:
            right.append((_echoed(answer), question.text))
        else:
            wrong.append(question.text)
    best = [max(right, key=lambda item: item[0])[1]] if right else []
    without = [facts[name]["question"] for name in ("refused", "missing") if name in facts]
    return list(dict.fromkeys([*best, asked, *without, *wrong[:1], *missed[:1]]))


def _echoed(answer: Answer) -> float:
    """Return the share of the quoted words that the question has, too: people see at once that such an answer fits."""
    quoted = {stem(word) for word in content_words(answer.said.rpartition(" (")[0])}
    return len(quoted & {stem(word) for word in content_words(answer.question)}) / max(len(quoted), 1)


def carried(
    search: Search | None,
    documents: Documents,
    questions: Iterable[Questions | None],
    examples: Sequence[str],
    *,
    k: int,
    threshold: float,
) -> dict[str, Library]:
    """Return what the page needs for answering as ``search`` does, with what it answers to all known questions.

    Without embeddings there is nothing to ask.
    """
    if search is None:
        return {}
    known = [q for some in questions if some is not None for q in some.items]
    texts = list(dict.fromkeys([*examples, *(q.text for q in known), *ODD]))
    chosen = _chosen(search.space, [*search.cards, *texts])
    answers = [answered(search, text, documents, threshold) for text in texts]
    return {
        "library": Library(
            cards=tuple((card.id, card.title, card.text) for card in documents.items),
            stems=tuple(chosen),
            places=_packed(search.space, list(chosen.values())),
            numbers=search.space.places.shape[1] + search.space.places.shape[1] % 2,
            rarity=_rounded(search, list(chosen.values()), documents, answers, threshold),
            stop=tuple(sorted(STOP_WORDS)),
            k=k,
            threshold=threshold,
            titled=search.cards[0] != documents.items[0].text,
            truth={q.text: q.document for q in known},
            proofs=tuple(Frozen(_proof(answer)) for answer in answers),
        )
    }


def _chosen(space: Embedding, texts: Sequence[str]) -> dict[str, int]:
    """Return stem -> row of every word of some texts, and of the commonest words besides."""
    said = {stem(word) for text in texts for word in content_words(text)}
    spoken = [name for name in space.index if name.isalpha() and len(name) > 1 and name not in said]
    common = sorted(spoken, key=lambda name: (space.rarity[space.index[name]], name))[:COMMON]
    return {name: space.index[name] for name in sorted({*common, *said} & space.index.keys())}


def _packed(space: Embedding, rows: Sequence[int]) -> str:
    """Return the numbers of some words as they are kept, two in a byte, in Base64."""
    with np.load(FILE, allow_pickle=False) as kept:
        halves = kept["halves"][list(rows), : (space.places.shape[1] + 1) // 2]
    if space.places.shape[1] % 2:
        halves[:, -1] = halves[:, -1] & 0xF0 | ZERO_AT  # one number too many: make it 0
    return base64.b64encode(halves.tobytes()).decode()


def _rounded(
    search: Search, rows: Sequence[int], documents: Documents, answers: Sequence[Answer], threshold: float
) -> tuple[float, ...]:
    """Return the words' weights with as few digits as give the same answers."""
    for digits in DIGITS:
        again = Search.over(search.cards, replace(search.space, rarity=search.space.rarity.round(digits)))
        if all(_proof(answered(again, a.question, documents, threshold)) == _proof(a) for a in answers):
            break
    return tuple(round(float(search.space.rarity[row]), digits) for row in rows)


def _proof(answer: Answer) -> dict[str, Any]:
    """Return an answer as the page must find it, its numbers as they are printed."""
    return {
        "question": answer.question,
        "order": list(answer.order),
        "sure": ratio(answer.sure),
        "keyword": ratio(float(answer.shared.max())),
        "said": answer.said,
    }
