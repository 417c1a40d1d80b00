"""What the retrieval demo shows: charts for one question, how often each search is right, and what people can ask on the page."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from textwrap import wrap
from typing import Any

import numpy as np

from workshop.ai_models.parts.asking import (
    NOT_FOUND,
    Answer,
    Shelf,
    answered,
    gate_chart,
    recall,
    recall_chart,
    recall_table,
)
from workshop.ai_models.toys.embedding import FILE, ZERO_AT, Embedding, stem
from workshop.ai_models.toys.keyword import STOP_WORDS, content_words
from workshop.ai_models.toys.retrieval import Search
from workshop.errors import Problem, Problems
from workshop.inputs.library import Documents
from workshop.inputs.library_questions import Question, Questions
from workshop.model.exhibits import Chart, ChartKind, Code, Column, Exhibit, Reference, Series, Table
from workshop.model.frozen import Frozen
from workshop.model.poke_tables import Library
from workshop.model.pokes import Ask, Dial, Read
from workshop.wording.formats import listed, ratio

SHOWN = 6
WIDTH = 56
MOST_LINES = 11  # of the context; more don't fit on a slide


def scores_chart(answer: Answer, library: Documents, threshold: float, *, known: bool = True) -> Chart:
    """The nearest cards to a question, and the threshold that they must reach; unless it is ``known``, the first is wrong."""
    cards = answer.nearest[:SHOWN]
    best, second = cards[:2]
    title, other = library.items[best].title, library.items[second].title
    size = len(library.items)
    part = f": the {SHOWN} nearest of {size}" if size > SHOWN else ""
    return Chart(
        ChartKind.BAR,
        title=f"Cards near “{answer.question}”",
        measure=f"How near in meaning to “{answer.question}”, from 0 to 1{part}",
        finding=f"{title} is nearest with {ratio(answer.near[best])}, the next is {other} with {ratio(answer.near[second])}",
        series=(
            Series(
                "nearness",
                tuple(float(answer.near[card]) for card in cards),
                role="" if known else "stop",
                labels=() if known else ("wrong", *[""] * (len(cards) - 1)),
            ),
        ),
        categories=tuple(library.items[card].title for card in cards),
        references=(Reference("threshold", threshold),),
        x_label="nearness",
        highlight=(title,),
        basis=f"{size} cards",
        y_min=min(0.0, float(answer.near[cards].min())),
        y_max=1,
    )


def keyword_chart(answer: Answer, library: Documents) -> Chart:
    """The cards by their words in common with a question, if words have no embeddings."""
    cards = answer.nearest[:SHOWN]
    titles = tuple(library.items[card].title for card in cards)
    found = answer.shared.any()
    first = f"{titles[0]} comes first with {ratio(answer.shared[cards[0]])}"
    return Chart(
        ChartKind.BAR,
        title=f"Cards that share words with “{answer.question}”",
        measure=f"Keyword score of each card for “{answer.question}”: 0 where no word is shared",
        finding=f"{first}, then {titles[1]} with {ratio(answer.shared[cards[1]])}"
        if found
        else "No card shares a word",
        series=(Series("keyword score", tuple(float(answer.shared[card]) for card in cards)),),
        categories=titles,
        x_label="keyword score",
        highlight=titles[:1] if found else (),
        basis=f"{len(library.items)} cards, searched by shared words",
        y_min=0,
        y_max=None if found else 1,
    )


def scores_table(answer: Answer, library: Documents, cards: Sequence[str]) -> Table:
    """Every card with its words in common with a question, its keyword score and its cosine.

    Args:
        cards: the text of each card that is searched, with its title if that counts.
    """
    asked = set(content_words(answer.question))
    rows = []
    for card in answer.nearest:
        document = library.items[card]
        both = sorted(asked & set(content_words(cards[card])))
        rows.append((document.title, listed(both) or "none", float(answer.shared[card]), float(answer.near[card])))
    sharing = int(sum(answer.shared > 0))
    course = f"{sharing or 'no'} {'card shares' if sharing in (0, 1) else 'cards share'} a word with it"
    return Table(
        title=f"Every card for “{answer.question}”",
        columns=(Column("Card"), Column("Shared words"), Column("Keyword", "ratio"), Column("Cosine", "ratio")),
        rows=tuple(rows),
        finding=f"“{answer.question}”: {course}; by cosine {rows[0][0]} comes first with {ratio(rows[0][3])}",
        measure=f"Both scores of every card for “{answer.question}”",
        highlight=0,
        basis=f"{len(rows)} cards",
    )


def context_code(answer: Answer, library: Documents, k: int, *, blank: bool = False) -> Code:
    """The assembled prompt (instruction, the first k cards, the question) and its answer; or a line for a question."""
    cards = [library.items[card] for card in answer.order[:k]]
    asked = _block(f"Question: {answer.question or '_' * (WIDTH - 10)}", 1)
    said = [] if blank else _block(f"Answer: {answer.said}", 2)
    room = MOST_LINES - 3 - len(asked) - len(said)
    seen = cards if len(cards) <= room else cards[: room - 1]
    lines = ["Answer from these cards only, and name the card.", ""]
    for card in seen:
        lines += _block(f"[{card.title}] {card.text}", room // len(seen))
    if len(seen) < len(cards):
        lines.append(f"… and {len(cards) - len(seen)} cards more")
    lines += ["", *asked, *said]
    return Code(
        f"The context for “{answer.question}”" if not blank else "The context for a question of this room",
        "\n".join(lines),
        f"An instruction, {len(cards)} cards with {cards[0].title} first, the question, and the answer: {answer.said if not blank else 'none yet'}",
        language="text",
    )


def _block(text: str, most: int) -> list[str]:
    return wrap(text, WIDTH, subsequent_indent="  ", max_lines=most, placeholder=" …")


DEALS = 4
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


COMMON = 850  # words besides those of the cards and questions: the commonest ones of the dictionary
ODD = ("zzz", "", "How many HOUSES are there?", "It’s the owls’ house, isn't it")
DIGITS = range(3, 10)

POKES = (
    Ask(
        "library",
        label="Ask the library",
        examples="suggested",
        lead="Ask a library of short cards. It quotes the card that is nearest in meaning.",
        bet="which-card",
    ),
    Dial(
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
        "{{ gate.answerable | count }} questions are answered rightly, and a quotation comes up for {{ gates.invented[{gate}] | count }} of the "
        "{{ gate.absent | count }} that no card answers.",
        needs="missing",
        bet="bet-sauna",
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
