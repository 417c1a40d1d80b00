"""Likely isn't guaranteed: a chance that is never zero, in many conversations.

A model draws its answers, so an unwanted answer always has a chance, however far its score is pushed down: softmax never
returns zero. This demo is arithmetic: the chance of one failure or more in n conversations is 1 - (1 - p)^n.
"""

from __future__ import annotations

from workshop.ai_models.parts.pokes_of_use import NEVER_ZERO
from workshop.ai_models.toys.never_zero import at_least_one, pushed_down
from workshop.model.exhibits import Chart, ChartKind, Findings, Honesty, Knob, Series, demo
from workshop.wording.formats import count, ratio

CHANCES = (0.01, 0.001, 0.0001)
TIMES = (1, 10, 100, 1000, 10_000, 100_000)
GAPS = (0, 2, 4, 6, 8, 10)


@demo(
    "never_zero",
    title="Rare, times many",
    toy_of="rare mistakes in a product with many users",
    claims={
        "Pushing the score down never makes the chance zero": "pushed.p[5] > 0",
        "A thousand conversations make a one-in-a-thousand failure likely": "at_least_one > 0.5",
    },
    knobs={"p": Knob(0.000001, 1, "chance of failure in one conversation"), "n": Knob(1, 10**9, "conversations")},
    pokes=NEVER_ZERO,
)
def never_zero(*, p: float = 0.001, n: int = 1000) -> Findings:
    """Compute the chances.

    Facts:
        p (number): chance of failure in one conversation
        n (count): conversations
        expected (number): failures on average
        at_least_one (percent): chance of one failure or more
        pushed.gaps (number): how far the unwanted answer's score is below the wanted one's
        pushed.p (ratio): its chance then
    """
    total = at_least_one(p, n)
    chart = Chart(
        ChartKind.LINE,
        title="Chance of at least one failure",
        measure="Chance of at least one failure, by number of conversations",
        finding=f"With a chance of {ratio(p, 3)} each, {count(n)} conversations fail at least once with chance {ratio(total, 3)}.",
        categories=tuple(count(times) for times in TIMES),
        series=tuple(
            Series(f"1 in {count(1 / chance)}", tuple(at_least_one(chance, times) for times in TIMES))
            for chance in CHANCES
        ),
        x_label="conversations",
        unit="percent",
        honesty=Honesty.ILLUSTRATIVE,
        basis="arithmetic, conversations taken as independent",
        y_min=0.0,
        y_max=1.0,
    )
    pushed = {"gaps": GAPS, "p": [pushed_down(gap) for gap in GAPS]}
    facts = {"p": p, "n": n, "expected": p * n, "at_least_one": total, "pushed": pushed}
    return Findings(facts, {"many": chart})
