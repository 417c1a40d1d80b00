"""How often a search finds the right card: counted with an interval, and as charts, with the effect of each threshold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from workshop.ai_models.toys.intervals import wilson
from workshop.inputs.library import Question
from workshop.model.exhibits import Chart, ChartKind, Column, Reference, Series, Table
from workshop.wording.formats import listed, percent, ratio

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
