"""Fit a reward to votes on ordinary answers, then pull the policy after it further and further.

Answers differ in polish only: ordinary ones are spread like a bell curve around 0. A little polish helps, a lot is
slick: the true value is polish minus ``curvature`` times its square. Simulated raters vote on pairs of ordinary answers,
and the reward is the straight line that fits their votes best. The policy then moves away from ordinary answers,
and we can look at both the reward and the true value, because we wrote the latter. The curve of the true value has
the form that Gao et al. (2022) fitted to best-of-n sampling; it is not their reinforcement-learning result.
"""

from __future__ import annotations

import math

import numpy as np

from workshop.ai_models.parts.preference import Floats, distance, pulled
from workshop.model.exhibits import (
    Chart,
    ChartKind,
    Column,
    Findings,
    Frozen,
    Honesty,
    Knob,
    Reference,
    Series,
    Table,
    demo,
)
from workshop.wording.formats import number

PAIRS = 2000
DISTANCES = (0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)  # nats from the ordinary answers
GRID = np.linspace(-8, 14, 2201)
BASIS = "raters and true value written by us"


def true_value(polish: Floats, curvature: float) -> Floats:
    """Return what an answer of so much polish is worth."""
    return polish - curvature * polish**2


def fitted_slope(curvature: float, rng: np.random.Generator) -> float:
    """Return reward per polish, fitted by Newton's method to votes on ``PAIRS`` pairs of ordinary answers."""
    left, right = rng.normal(size=(2, PAIRS))
    prefers_left = rng.random(PAIRS) < 1 / (1 + np.exp(true_value(right, curvature) - true_value(left, curvature)))
    lead = np.where(prefers_left, left - right, right - left)
    slope = 0.0
    for _ in range(30):
        chance = 1 / (1 + np.exp(-slope * lead))
        slope += float((lead * (1 - chance)).sum() / (lead**2 * chance * (1 - chance)).sum())
    return slope


@demo(
    "over_optimisation",
    title="A reward pushed too far",
    claims={
        "The learnt reward keeps rising": "proxy.last > proxy.first",
        "The true value peaks on the way": "peak.inside",
        "At the end it is worth less than at the peak": "value.last < peak.value",
    },
    knobs={"curvature": Knob(0.12, 0.5, "how soon polish becomes slick")},
)
def over_optimisation(*, rng: np.random.Generator, curvature: float = 0.2) -> Findings:
    """Vote, fit, pull.

    Facts:
        pairs, slope (reward per polish), curvature.
        proxy, value: gain over ordinary answers, ``first``, ``last``, ``all``.
        peak: ``distance`` (nats, among those tried), ``value``, ``inside`` (neither first nor last),
            ``exact`` (closed form: 1 / (8 x curvature squared)).

    Exhibits: ``curves`` (lines over distance), ``table``.
    """
    slope = fitted_slope(curvature, rng)
    ordinary = np.exp(-(GRID**2) / 2)
    ordinary /= ordinary.sum()
    value = true_value(GRID, curvature)
    rows = []
    for wanted in DISTANCES:
        # the bell curve moves by slope / beta, and its distance is half the square of that
        policy = pulled(ordinary, slope * GRID, slope / math.sqrt(2 * wanted)) if wanted else ordinary
        rows.append(
            (
                distance(policy, ordinary),
                float((policy - ordinary) @ (slope * GRID)),
                float((policy - ordinary) @ value),
            )
        )
    peak = max(range(len(rows)), key=lambda i: rows[i][2])
    facts = {
        "pairs": PAIRS,
        "slope": slope,
        "curvature": curvature,
        "proxy": {"first": rows[0][1], "last": rows[-1][1], "all": [row[1] for row in rows]},
        "value": {"first": rows[0][2], "last": rows[-1][2], "all": [row[2] for row in rows]},
        "peak": {
            "distance": DISTANCES[peak],
            "value": rows[peak][2],
            "inside": 0 < peak < len(rows) - 1,
            "exact": 1 / (8 * curvature**2),
        },
    }
    return Findings(Frozen(facts), {"curves": chart(rows, peak), "table": table(rows, peak)})


Rows = list[tuple[float, float, float]]


def chart(rows: Rows, peak: int) -> Chart:
    """Draw reward and true value over the distance."""
    return Chart(
        ChartKind.LINE,
        title="Reward and true value",
        measure="Gain over ordinary answers, by distance from them (KL, nats)",
        finding=f"The learnt reward rises to {number(rows[-1][1], 1)}; the true value peaks at {number(rows[peak][2], 2)} "
        f"at distance {number(DISTANCES[peak])} and ends at {number(rows[-1][2], 2)}",
        series=(
            Series("learnt reward", tuple(row[1] for row in rows), x=DISTANCES, role="context"),
            Series("true value", tuple(row[2] for row in rows), x=DISTANCES, role="accent"),
        ),
        references=(Reference("true value peaks", DISTANCES[peak], axis="x", label="true value peaks at {}"),),
        x_label="distance from ordinary answers (nats)",
        unit="ratio",
        honesty=Honesty.SIMULATED,
        basis=f"{PAIRS:,} votes; {BASIS}",
    )


def table(rows: Rows, peak: int) -> Table:
    """List both gains."""
    return Table(
        title="Reward and true value",
        columns=(Column("Distance (nats)", "number"), Column("Learnt reward", "ratio"), Column("True value", "ratio")),
        rows=tuple((wanted, proxy, value) for wanted, (_, proxy, value) in zip(DISTANCES, rows, strict=True)),
        finding=f"The true value is highest at distance {number(DISTANCES[peak])}, the learnt reward at the end",
        measure="Gain over ordinary answers",
        highlight=peak,
        honesty=Honesty.SIMULATED,
        basis=f"{PAIRS:,} votes; {BASIS}",
    )
