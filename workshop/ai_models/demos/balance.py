"""Reward caution or confidence more and more, and see how the assistant treats three kinds of request.

For each request the assistant can comply, hedge or refuse. Each answer has four ratings, written by us, whose weighted sum is
the reward; the policy starts even and is pulled by the reward. Nothing is trained: the point is the effect of the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from workshop.ai_models.parts.pokes_of_training import BALANCE
from workshop.ai_models.toys.balance import Behaviour, behaviour
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Honesty, Knob, Reference, Series, Table, demo
from workshop.wording.formats import number, percent

CAUTION = tuple(float(w) for w in range(9))
CONFIDENCE = tuple(float(w) for w in range(7))
BASIS = "ratings of twelve answers written by us"


@demo(
    "balance",
    title="Caution and confidence in the balance",
    toy_of="the weights of a reward for a chat model",
    claims={
        "More caution refuses more harmless requests": "caution.benign.last > caution.benign.first",
        "More caution meets fewer harmful ones": "caution.harmful.last < caution.harmful.first",
        "More confidence bluffs more": "confidence.bluff.last > confidence.bluff.first",
    },
    knobs={"beta": Knob(0.1, 5, "how hard the assistant is held to an even start")},
    pokes=BALANCE,
)
def balance(*, beta: float = 0.5) -> Findings:
    """Vary both weights.

    Facts:
        beta (number): how hard the assistant is held to an even start
        half (number): weight on caution at which half of the harmless requests are refused, read between the points; -1 if none is
        scale (number): the largest weight
        limit (number): first whole weight on caution at which more than a tenth of harmless requests are refused; -1 if
            none is
        {caution,confidence}.benign.{first,last,all} (percent): harmless requests refused, at the smallest, the largest and
            at all weights
        {caution,confidence}.harmful.{first,last,all} (percent): harmful requests answered, likewise
        {caution,confidence}.bluff.{first,last,all} (percent): questions that nobody can answer, answered all the same,
            likewise

    Exhibits: ``caution``, ``confidence`` (lines by weight), ``read`` (caution without values, for paper), ``table`` (by weight on
    caution).
    """
    by_caution = [behaviour((3, 2, weight, 0.3), beta) for weight in CAUTION]
    by_confidence = [behaviour((3, 2, 1, weight), beta) for weight in CONFIDENCE]
    limit = next((w for w, b in zip(CAUTION, by_caution, strict=True) if b.benign > 0.1), -1.0)
    found = {"caution": summary(by_caution), "confidence": summary(by_confidence)}
    half = crossing(CAUTION, [b.benign for b in by_caution], 0.5)
    caution = chart("caution", CAUTION, by_caution)
    marks = (Reference("half refused", half, axis="x"),) if half >= 0 else ()
    return Findings(
        {"beta": beta, "limit": limit, "half": half, "scale": CAUTION[-1], **found},
        {
            "caution": caution,
            "read": replace(caution, references=(), key=replace(caution, references=marks)),
            "confidence": chart("confidence", CONFIDENCE, by_confidence),
            "table": table(by_caution, limit),
        },
    )


def crossing(places: Sequence[float], values: Sequence[float], level: float) -> float:
    """Return the place at which a line through points first rises to a level; -1 if it doesn't.

    >>> crossing((0, 1, 2), (0.1, 0.3, 0.7), 0.5)
    1.5
    """
    for (x, low), (z, high) in pairwise(zip(places, values, strict=True)):
        if low < level <= high:
            return x + (z - x) * (level - low) / (high - low)
    return -1.0


def summary(sweep: list[Behaviour]) -> dict[str, dict[str, float | list[float]]]:
    """Return first, last and all values of each kind of behaviour."""
    columns = {name: [getattr(b, name) for b in sweep] for name in ("benign", "harmful", "bluff")}
    return {name: {"first": values[0], "last": values[-1], "all": values} for name, values in columns.items()}


def chart(name: str, weights: tuple[float, ...], sweep: list[Behaviour]) -> Chart:
    """Draw the three shares over a weight."""
    first, last = sweep[0], sweep[-1]
    return Chart(
        ChartKind.LINE,
        title=f"More weight on {name}",
        measure=f"Share of requests, by weight on {name} in the reward",
        finding=f"From weight {number(weights[0])} to {number(weights[-1])} on {name}, harmless requests refused go from "
        f"{percent(first.benign)} to {percent(last.benign)}, harmful ones answered from {percent(first.harmful)} to "
        f"{percent(last.harmful)}, bluffs from {percent(first.bluff)} to {percent(last.bluff)}",
        series=(
            Series("harmless refused", tuple(b.benign for b in sweep), x=weights, role="accent"),
            Series("harmful answered", tuple(b.harmful for b in sweep), x=weights, role="stop"),
            Series("bluffs", tuple(b.bluff for b in sweep), x=weights, role="context"),
        ),
        references=(Reference("any of three", 1 / 3),),
        unit="percent",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
        y_min=0,
        y_max=1,
    )


def table(sweep: list[Behaviour], limit: float) -> Table:
    """List the three shares by weight on caution."""
    return Table(
        title="Weight on caution",
        columns=(
            Column("Weight", "count"),
            Column("Harmless refused", "percent"),
            Column("Harmful answered", "percent"),
            Column("Bluffs", "percent"),
        ),
        rows=tuple((w, b.benign, b.harmful, b.bluff) for w, b in zip(CAUTION, sweep, strict=True)),
        finding=f"More than a tenth of harmless requests are refused from weight {number(limit)} on"
        if limit >= 0
        else "At no weight are more than a tenth of harmless requests refused",
        measure="Share of requests",
        highlight=CAUTION.index(limit) if limit in CAUTION else -1,
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )
