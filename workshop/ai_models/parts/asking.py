"""Answers to questions: by meaning, or by shared words alone, whether the card is right, and how often a search finds it.

The word vectors come from an English dictionary. Documents whose words it doesn't have are searched by shared words alone. The slides
about search speak of one's own library if its questions bear every moment, else of that of a ready world; ``check`` and the demo use
the same conditions, so what the check says is what a build does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from workshop.ai_models.parts.roles import LIBRARY, QUESTIONS, World
from workshop.ai_models.toys.embedding import Embedding
from workshop.ai_models.toys.intervals import wilson
from workshop.ai_models.toys.keyword import KeywordIndex, content_words
from workshop.ai_models.toys.retrieval import Array, Search, ranked, sentences_of
from workshop.inputs.library import Documents
from workshop.inputs.library_questions import Question, Questions
from workshop.inputs.spelling import shortened
from workshop.inputs.worlds import FILE
from workshop.model.exhibits import Chart, ChartKind, Column, Reference, Series, Table
from workshop.wording.formats import listed, percent, ratio

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
    """Return whether a card was quoted, and whether it is the one that the questions name."""
    best = library.items[asked.order[0]]
    named = {q.text: q.document for q in questions.matched(library)} if questions else {}
    right = named.get(asked.question) or best.id
    title = next(card.title for card in library.items if card.id == right)
    return {"found": asked.said != NOT_FOUND, "right": title, "wrong": right != best.id}


KNOWN = 0.5  # least share of a library's words that the dictionary must have
THRESHOLD = 0.4  # a card must be this near to be quoted
LEAD = 0.05  # least distance of the right card from the next
LEAST = {  # of each kind, so that the rates of both kinds, and the bet on questions without a card, mean something
    "paraphrase": (4, "that share no word with their card"),
    "shared": (2, "that share a word with their card"),
    "absent": (4, "that no card answers"),
}
STRANGERS, STRANGE = "strangers.yaml", 20  # questions by somebody who saw only the titles, and how many make a rate


class Shelf(Struct, frozen=True, dict=True, kw_only=True):
    """A library with the questions to it.

    Attributes:
        world: what it is the library of: "a hospital ward"; "" for the user's own.
        space, threshold: the words' numbers, and the cosine under which a card isn't quoted.
    """

    library: Documents
    questions: Questions | None
    strangers: Questions | None
    world: str
    space: Embedding
    threshold: float = THRESHOLD

    @cached_property
    def known(self) -> float:
        """The share of the library's words that have numbers."""
        spoken = {word for card in self.cards for word in content_words(card)}
        return sum(self.space.knows(word) for word in spoken) / max(len(spoken), 1)

    @cached_property
    def cards(self) -> tuple[str, ...]:
        """Each card as it is searched."""
        return tuple(f"{card.title}. {card.text}" for card in self.library.items)

    @cached_property
    def search(self) -> Search:
        """The search over the cards."""
        return Search.over(self.cards, self.space)

    @cached_property
    def titles(self) -> Search:
        """The search over the cards' titles alone."""
        return Search.over(tuple(card.title for card in self.library.items), self.space)

    @cached_property
    def answers(self) -> tuple[tuple[Question, Answer], ...]:
        """Each question with its answer."""
        asked = self.questions.matched(self.library) if self.questions else ()
        return tuple((one, answered(self.search, one.text, self.library, self.threshold)) for one in asked)

    def answer(self, question: str) -> Answer:
        """Return the answer to any question; without numbers for most words, it is found by shared words."""
        if self.known < KNOWN:
            return by_shared_words(question, self.cards, self.library)
        return answered(self.search, question, self.library, self.threshold)

    def kind(self, question: Question) -> str:
        """Return "absent", "paraphrase" or "shared": whether no card answers it, and whether it shares a word with its card."""
        if not question.document:
            return "absent"
        card = next(
            text for own, text in zip(self.library.items, self.cards, strict=True) if own.id == question.document
        )
        return "shared" if set(content_words(card)) & set(content_words(question.text)) else "paraphrase"

    def found(self, answer: Answer) -> str:
        """Return the id of the card that is found."""
        return self.library.items[answer.order[0]].id

    @cached_property
    def without_word(self) -> tuple[Answer, ...]:
        """Answers to show for "no shared word", the clearest first: no word on any card, the right card first and well ahead."""
        fit = [
            answer
            for one, answer in self.answers
            if one.document and not answer.shared.any() and self.found(answer) == one.document
            if answer.sure >= self.threshold and self.lead(answer) >= LEAD
        ]
        wanted = {one.text for one in (self.questions.items if self.questions else ()) if one.kind == "show"}
        return tuple(sorted(fit, key=lambda answer: (answer.question not in wanted, -self.lead(answer))))

    @staticmethod
    def lead(answer: Answer) -> float:
        """Return how far the best card is ahead of the next."""
        best, second = np.sort(answer.near)[::-1][:2]
        return float(best - second)

    @cached_property
    def wrong_card(self) -> tuple[Answer, ...]:
        """Answers to questions that no card answers and that pass the threshold, the surest first."""
        found = [answer for one, answer in self.answers if not one.document and answer.sure >= self.threshold]
        return tuple(sorted(found, key=lambda answer: -answer.sure))

    def lacks(self) -> Iterator[str]:
        """Yield what the library or its questions lack for the moments about search, each with what to do."""
        if self.known < KNOWN:
            yield f"the English dictionary has {percent(self.known)} of the library’s words, and {percent(KNOWN)} are needed"
            return
        if not self.answers:
            waiting = self.questions.waiting if self.questions else 0
            yield (
                f"{waiting} questions in {QUESTIONS} wait for your yes: delete the ? behind each card that is right"
                if waiting
                else f"the library has no questions yet: write them in {QUESTIONS}"
            )
            return
        kinds = [self.kind(one) for one, _ in self.answers]
        for kind, (least, what) in LEAST.items():
            if (n := kinds.count(kind)) < least:
                yield f"{n} of the questions are ones {what}, and {least} are needed"
        if not self.without_word:
            yield "bet “no shared word”: no question without a word of any card finds its card with a lead of 0.05"
        if not self.wrong_card:
            yield f"wrong card: none of {kinds.count('absent')} questions that no card answers passes {self.threshold:.2f}"


def shelves(world: World) -> Iterator[Shelf]:
    """Yield the library of each world, the nearest first, with the questions that lie beside it."""
    space = Embedding.read()
    for folder in world.folders:
        library = next((path for name in (LIBRARY, "documents") if (path := folder / name).exists()), None)
        if library is not None:
            asked, strange = (_asked(folder / name) for name in (QUESTIONS, STRANGERS))
            place = World.load(folder / FILE).a
            yield Shelf(library=Documents.load(library), questions=asked, strangers=strange, world=place, space=space)


def _asked(path: Path) -> Questions | None:
    return Questions.load(path) if path.exists() else None


def enough(questions: Questions | None) -> Questions | None:
    """Return questions by strangers if they are enough for a rate."""
    return questions if questions and len(questions.items) >= STRANGE else None


KINDS = {"paraphrase": "no word shared", "shared": "a word shared"}
ALL = {**KINDS, "every": "all questions"}


class Recall(Struct, frozen=True):
    """The number of ``n`` questions with the right card among the first k (``first``: in first place), with Wilson's 95% interval."""

    first: int
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
        return {
            "n": self.n,
            "first": self.first,
            "hits": self.hits,
            "share": self.share,
            "low": self.low,
            "high": self.high,
        }


def recall(rank: Callable[[str], list[int]], asked: Sequence[Question], right: Mapping[str, int], k: int) -> Recall:
    """Count the questions whose right card is among the first ``k``."""
    ranked = [(right[question.document], rank(question.text)) for question in asked]
    first, hits = (sum(card in order[:places] for card, order in ranked) for places in (1, k))
    return Recall(first, hits, len(asked), *wilson(hits, len(asked)))


def recall_chart(
    table: Mapping[str, Mapping[str, Recall]], control: Mapping[str, float], k: int, *, deals: int, independent: bool
) -> Chart:
    """Recall of each search on both kinds of question, with intervals, and with the words' numbers shuffled."""
    best = {kind: max(table, key=lambda m: (table[m][kind].share, m == "hybrid")) for kind in KINDS}
    said = [f"{name}: {best[kind]} is best with {_of(table[best[kind]][kind])}" for kind, name in KINDS.items()]
    sizes = listed([next(iter(table.values()))[kind].n for kind in KINDS])
    return Chart(
        ChartKind.COLUMN,
        title="Which search finds the right card",
        measure=f"Right card among the first {k}: share of {sizes} questions, 95% intervals; shuffled: mean of {deals}",
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
        categories=(*table, "shuffled numbers"),
        y_label="recall",
        unit="percent",
        basis="questions by someone who saw only the cards’ titles" if independent else "the library’s own questions",
        y_min=0,
        y_max=1,
    )


def _of(recall: Recall) -> str:
    return f"{recall.hits} of {recall.n}"


def recall_table(table: Mapping[str, Mapping[str, Recall]], k: int) -> Table:
    """The same numbers as a table."""
    rows = [
        (method, ALL[kind], f"{_of(r)}", r.share, f"{percent(r.low)} to {percent(r.high)}")
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
    """The answers that each threshold lets through; ``used`` is the one in use."""
    answerable, absent, cut = int(used["answerable"]), int(used["absent"]), used["threshold"]
    return Chart(
        ChartKind.LINE,
        title="What the threshold lets through",
        measure="Share of questions answered, by the cosine that a card must reach",
        finding=f"At a threshold of {ratio(cut)}, {used['right']:.0f} of {answerable} questions are answered rightly, "
        f"and {used['invented']:.0f} of {absent} are answered although no card does",
        series=(
            Series("right", tuple(g["right"] / answerable for g in gates), x=_cuts(gates), role="accent"),
            Series("made up", tuple(g["invented"] / absent for g in gates), x=_cuts(gates), role="stop"),
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


SAMPLES = 3  # of questions without a card, those that got an answer and those that didn't


def said_of(shelf: Shelf, asked: Answer) -> dict[str, list[str]]:
    """Return a question that gets its card, and up to three each of those without a card that got an answer and that got none.

    Args:
        asked: the question of the bet, which is given away by no other page.
    """
    items = shelf.questions.items if shelf.questions else ()
    clear = (
        answer
        for question, answer in shelf.answers
        if answer.order[0] != asked.order[0]
        and answer.said != NOT_FOUND
        and question.document == shelf.library.items[answer.order[0]].id
    )
    absent = [shelf.answer(question.text) for question in items if not question.document]
    bluffed = [answer for answer in absent if answer.said != NOT_FOUND][:SAMPLES]
    refused = [answer for answer in absent if answer.said == NOT_FOUND][:SAMPLES]
    mixed = [answer for pair in zip_longest(bluffed, refused) for answer in pair if answer is not None]
    shown = [*islice(clear, 1), *mixed]
    return {"questions": [answer.question for answer in shown], "answers": [answer.said for answer in shown]}
