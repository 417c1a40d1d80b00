"""Charts and tables of the retrieval demo, from plain numbers; every sentence is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import numpy as np
import numpy.typing as npt

from workshop.demos.data import Documents
from workshop.demos.embedding import Embedding
from workshop.demos.keyword import content_words
from workshop.formats import listed, percent, ratio
from workshop.model.exhibits import Chart, ChartKind, Code, Column, Reference, Series, Table

Array = npt.NDArray[np.float64]
SHOWN = 6
WIDTH = 60
KINDS = {"paraphrase": "no word shared", "shared": "a word shared"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found for one question.

    Attributes:
        order: cards, best first; never empty.
        near: cosine of each card.
        shared: keyword score of each card.
        said: the quoted answer, or that there is none.
    """

    question: str
    order: list[int]
    near: Array
    shared: Array
    said: str

    @property
    def sure(self) -> float:
        """The cosine of the best card."""
        return float(self.near[self.order[0]])

    def facts(self, library: Documents) -> dict[str, Any]:
        """Return what may be printed about it."""
        best, runner_up = library.items[self.order[0]], next(c for c in _nearest(self) if c != self.order[0])
        return {
            "question": self.question,
            "card": best.title,
            "id": best.id,
            "score": self.sure,
            "keyword": float(self.shared.max()),
            "next": {"card": library.items[runner_up].title, "score": float(self.near[runner_up])},
            "answer": self.said,
        }


@dataclass(frozen=True, slots=True)
class Recall:
    """In how many of ``n`` questions the right card was among the first k, with Wilson's 95% interval."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Hits of n."""
        return self.hits / self.n

    def facts(self) -> dict[str, float]:
        """Return what may be printed about it."""
        return {"n": self.n, "hits": self.hits, "share": self.share, "low": self.low, "high": self.high}


def _nearest(answer: Answer) -> list[int]:
    return [int(card) for card in np.argsort(-answer.near.round(9), kind="stable")]


def scores_chart(answer: Answer, library: Documents, threshold: float) -> Chart:
    """The nearest cards to a question and the threshold they have to reach."""
    cards = _nearest(answer)[:SHOWN]
    best, second = cards[:2]
    title, other = library.items[best].title, library.items[second].title
    return Chart(
        ChartKind.BAR,
        title=f"Cards near “{answer.question}”",
        measure=f"Cosine of each card with “{answer.question}”: the {SHOWN} nearest of {len(library.items)}",
        finding=f"{title} is nearest with {ratio(answer.near[best])}, the next is {other} with {ratio(answer.near[second])}",
        series=(Series("cosine", tuple(float(answer.near[card]) for card in cards)),),
        categories=tuple(library.items[card].title for card in cards),
        references=(Reference("threshold", threshold),),
        x_label="cosine",
        highlight=(title,),
        basis=f"{len(library.items)} cards",
        y_min=min(0.0, float(answer.near[cards].min())),
        y_max=1,
    )


def scores_table(answer: Answer, library: Documents) -> Table:
    """Every card with the words it shares with a question, its keyword score and its cosine."""
    asked = set(content_words(answer.question))
    rows = []
    for card in _nearest(answer):
        document = library.items[card]
        both = sorted(asked & set(content_words(f"{document.title} {document.text}")))
        rows.append((document.title, listed(both) or "none", float(answer.shared[card]), float(answer.near[card])))
    none = not answer.shared.any()
    course = "no card shares a word with it" if none else f"{sum(answer.shared > 0)} cards share a word with it"
    return Table(
        title=f"Every card for “{answer.question}”",
        columns=(Column("Card"), Column("Shared words"), Column("Keyword", "ratio"), Column("Cosine", "ratio")),
        rows=tuple(rows),
        finding=f"“{answer.question}”: {course}; by cosine {rows[0][0]} comes first with {ratio(rows[0][3])}",
        measure=f"Both scores of every card for “{answer.question}”",
        highlight=0,
        basis=f"{len(rows)} cards",
    )


def neighbours_table(space: Embedding, questions: Sequence[str], sentences: int) -> Table:
    """The commonest word of each question, if it was learnt, and the words whose directions are nearest."""
    chosen = []
    for question in questions:
        known = [word for word in content_words(question) if word in space.index]
        common = min(known, key=lambda word: (space.rarity[word], word), default="")
        if common and common not in chosen:
            chosen.append(common)
    rows = tuple((word, *space.neighbours(word, 3)) for word in chosen[:SHOWN])
    return Table(
        title="Nearest words",
        columns=(Column("Word"), Column("Nearest"), Column("Second"), Column("Third")),
        rows=rows,
        finding=f"The word nearest to {rows[0][0]!r} is {rows[0][1]!r}",
        measure=f"Words with the nearest directions, learnt from {sentences} sentences and the cards",
        basis=f"{space.places.shape[1]} numbers a word",
    )


def context_code(answer: Answer, library: Documents, k: int) -> Code:
    """The prompt as assembled, instruction, the first k cards and the question, with the answer it got."""
    cards = [library.items[card] for card in answer.order[:k]]
    lines = ["Answer from these cards only, and name the card.", ""]
    for card in cards:
        lines += wrap(f"[{card.id}] {card.title}: {card.text}", WIDTH, subsequent_indent="  ")
    lines += ["", f"Question: {answer.question}", f"Answer: {answer.said}"]
    return Code(
        f"The context for “{answer.question}”",
        "\n".join(lines),
        f"An instruction, {len(cards)} cards with {cards[0].title} first, the question, and the answer: {answer.said}",
        language="text",
    )


def recall_chart(
    table: Mapping[str, Mapping[str, Recall]], control: Mapping[str, float], k: int, shuffles: int
) -> Chart:
    """Recall of each search on both kinds of question, with intervals, beside embeddings of shuffled words."""
    best = {kind: max(table, key=lambda m: (table[m][kind].share, m == "hybrid")) for kind in KINDS}
    said = [f"{name}: {best[kind]} is best with {_of(table[best[kind]][kind])}" for kind, name in KINDS.items()]
    sizes = listed([next(iter(table.values()))[kind].n for kind in KINDS])
    return Chart(
        ChartKind.COLUMN,
        title="Which search finds the right card",
        measure=f"Share of {sizes} questions with the right card among the first {k}, with 95% intervals; "
        f"words shuffled: mean of {shuffles} embeddings from a notebook whose words were dealt out anew",
        finding=f"Right card among the first {k}. " + "; ".join(said),
        series=tuple(
            Series(
                name,
                (*(row[kind].share for row in table.values()), control[kind]),
                low=(*(row[kind].low for row in table.values()), control[kind]),
                high=(*(row[kind].high for row in table.values()), control[kind]),
                role="accent" if kind == "paraphrase" else "context",
            )
            for kind, name in KINDS.items()
        ),
        categories=(*table, "words shuffled"),
        y_label="recall",
        unit="percent",
        basis="no paraphrase shown here played a part in choosing the embedding",
        y_min=0,
        y_max=1,
    )


def _of(recall: Recall) -> str:
    return f"{recall.hits} of {recall.n}"


def recall_table(table: Mapping[str, Mapping[str, Recall]], k: int) -> Table:
    """The same as numbers."""
    rows = [
        (method, KINDS[kind], f"{_of(r)}", r.share, f"{percent(r.low)} to {percent(r.high)}")
        for method, row in table.items()
        for kind, r in row.items()
    ]
    surest = max(rows, key=lambda row: row[3])
    return Table(
        title=f"Recall at {k}",
        columns=(
            Column("Search"),
            Column("Question"),
            Column("Found"),
            Column("Share", "percent"),
            Column("95% interval"),
        ),
        rows=tuple(rows),
        finding=f"The highest share is {percent(surest[3])}, {surest[0]} search with {surest[1]}",
        measure=f"Right card among the first {k}",
        basis="Wilson intervals",
    )


def gate_chart(used: Mapping[str, float], gates: Sequence[Mapping[str, float]]) -> Chart:
    """What each threshold lets through; ``used`` is the one in use."""
    answerable, absent, cut = int(used["answerable"]), int(used["absent"]), used["threshold"]
    return Chart(
        ChartKind.LINE,
        title="What the threshold lets through",
        measure="Share of questions answered, by the cosine that a card must reach",
        finding=f"At a threshold of {ratio(cut)}, {used['right']:.0f} of {answerable} questions are answered rightly, "
        f"and {used['invented']:.0f} of {absent} are answered although no card does",
        series=(
            Series("answered rightly", tuple(g["right"] / answerable for g in gates), x=_cuts(gates), role="accent"),
            Series(
                "answered without a card", tuple(g["invented"] / absent for g in gates), x=_cuts(gates), role="stop"
            ),
        ),
        references=(Reference("in use", cut, axis="x"),),
        x_label="threshold",
        y_label="share",
        unit="percent",
        basis=f"{answerable} questions with a card, {absent} without",
        y_min=0,
        y_max=1,
    )


def _cuts(gates: Sequence[Mapping[str, float]]) -> tuple[float, ...]:
    return tuple(g["threshold"] for g in gates)


def map_chart(directions: Array, question: Array, answer: Answer, library: Documents) -> Chart:
    """Cards and the question in the plane that keeps most of their differences; the nearest card is named."""
    everything = np.vstack([directions, question])
    centred = everything - everything.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    plane = centred @ axes[:2].T
    plane *= np.sign(plane[np.abs(plane).argmax(axis=0), [0, 1]])
    found = _nearest(answer)[0]
    labels = tuple(card.title if place == found else "" for place, card in enumerate(library.items))
    nearest = library.items[found].title
    return Chart(
        ChartKind.SCATTER,
        title="The library as a map",
        measure=f"Cards and “{answer.question}” on a plane: {plane.shape[0] - 1} cards, {directions.shape[1]} numbers each",
        finding=f"By all {directions.shape[1]} numbers the card nearest to “{answer.question}” is {nearest}",
        series=(
            Series("cards", tuple(plane[:-1, 1]), x=tuple(plane[:-1, 0]), labels=labels),
            Series(f"“{answer.question}”", (plane[-1, 1],), x=(plane[-1, 0],), role="accent"),
        ),
        x_label="first direction",
        y_label="second direction",
        unit="number",
        basis="a plane loses most of the differences: trust the cosines",
    )
