"""An agent in a loop: more steps get more done and do more harm; a permission gate takes the harm away.

The agent must visit three of six sheds that stand in a ring. Each step it goes to a neighbouring shed by a coin toss;
now and then it proposes what it has no permission for, to open the poison cupboard. Without a gate the proposal is
carried out and counts as harm; with one it is turned down and the step is lost. No model runs here: the policy is dice.

Facts:
    budgets: numbers of steps tried; runs: how often each was tried.
    slip: chance of a forbidden proposal at each step.
    first, last: budget, done, harm (without gate), gated_done, gated_harm at the smallest and the largest budget.
    at_least_one: chance of one forbidden proposal or more within the largest budget, if all its steps were taken.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from workshop.ai_models.parts.intervals import at_least_one
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Frozen, Honesty, Knob, Series, Table, demo
from workshop.wording.formats import percent

BUDGETS = (4, 8, 16, 32, 64)
SHEDS, NEEDED = 6, (1, 3, 5)


def play(rng: Any, budget: int, slip: float, gate: bool, runs: int) -> tuple[float, float]:
    """Return shares of runs that got the task done, and that did harm, within ``budget`` steps."""
    place = np.zeros(runs, dtype=int)
    seen = np.zeros((runs, SHEDS), dtype=bool)
    harm = np.zeros(runs, dtype=bool)
    working = np.ones(runs, dtype=bool)
    for _ in range(budget):
        slips = working & (rng.random(runs) < slip)
        if not gate:
            harm |= slips
        moves = working & ~slips
        place = np.where(moves, (place + rng.choice((-1, 1), runs)) % SHEDS, place)
        seen[np.arange(runs), place] |= moves
        working &= ~seen[:, NEEDED].all(axis=1)
    return float(1 - working.mean()), float(harm.mean())


@demo(
    "agent",
    title="A loop with a step budget and a permission gate",
    claims={
        "More steps get more done": "last.done > first.done",
        "Without a gate more steps do more harm": "last.harm > first.harm",
        "With the gate there is no harm": "near(last.gated_harm, 0, 0.000001)",
    },
    knobs={
        "slip": Knob(0, 1, "chance of a forbidden proposal at each step"),
        "runs": Knob(100, 20000, "how often each budget is tried"),
    },
)
def agent(*, rng: Any, slip: float = 0.02, runs: int = 4000) -> Findings:
    """Run every budget with and without the gate."""
    rows = []
    for budget in BUDGETS:
        done, harm = play(rng, budget, slip, False, runs)
        gated_done, gated_harm = play(rng, budget, slip, True, runs)
        rows.append({"budget": budget, "done": done, "harm": harm, "gated_done": gated_done, "gated_harm": gated_harm})
    first, last = rows[0], rows[-1]
    finding = (
        f"From {first['budget']} to {last['budget']} steps, tasks done go from {percent(first['done'])} to "
        f"{percent(last['done'])} and runs with harm from {percent(first['harm'])} to {percent(last['harm'])}; "
        f"with the gate harm is {percent(last['gated_harm'])}."
    )
    basis = f"{runs:,} runs a budget; the agent is dice with rules that we wrote"
    chart = Chart(
        ChartKind.LINE,
        title="Done and harm by step budget",
        measure="Share of runs by the steps that the agent may take",
        finding=finding,
        categories=tuple(map(str, BUDGETS)),
        series=(
            Series("task done", tuple(row["done"] for row in rows), role="accent"),
            Series("harm, no gate", tuple(row["harm"] for row in rows), role="stop"),
        ),
        x_label="steps that the agent may take",
        unit="percent",
        honesty=Honesty.SIMULATED,
        basis=basis,
        y_min=0.0,
        y_max=1.0,
    )
    table = Table(
        "With and without a permission gate",
        (Column("Steps allowed", "count"), Column("Done", "percent"), Column("Harm", "percent"),
         Column("Done, gate", "percent"), Column("Harm, gate", "percent")),
        tuple(tuple(row.values()) for row in rows),
        finding=finding,
        measure="Share of runs, without and with a gate that turns forbidden proposals down",
        honesty=Honesty.SIMULATED,
        basis=basis,
    )  # fmt: skip
    facts = {
        "budgets": BUDGETS, "runs": runs, "slip": slip, "first": first, "last": last,
        "at_least_one": at_least_one(slip, BUDGETS[-1]),
    }  # fmt: skip
    return Findings(Frozen(facts), {"budget": chart, "gate": table})
