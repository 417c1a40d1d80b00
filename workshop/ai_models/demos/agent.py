"""An agent in a loop: with more steps it gets more done and does more harm, most of which a permission gate stops.

The agent must visit three of six rooms in a ring. At each step a coin toss decides to which neighbouring room it goes; now
and then it proposes something that it has no permission for, to open a locked cupboard, and that step is lost. Without
a gate, the proposal is carried out and counts as harm. A perfect gate would remove all harm by definition, so this one
misses some: it lets a share ``missed`` of the forbidden proposals through. The same runs are evaluated after each budget,
without and with the gate. No model runs here: the policy is dice.
"""

from __future__ import annotations

from typing import Any

from workshop.ai_models.parts.pokes_of_use import AGENT
from workshop.ai_models.toys.agent import BUDGETS, play
from workshop.ai_models.toys.never_zero import at_least_one
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Honesty, Knob, Series, Table, demo
from workshop.wording.formats import percent


@demo(
    "agent",
    title="A loop with a step budget and a permission gate",
    toy_of="an agent that uses tools, with and without permission",
    claims={
        "More steps get more done": "last.done > first.done",
        "Without a gate more steps do more harm": "last.harm > first.harm",
        "Harm levels off: the last doubling of the steps adds less than the one before": "harm[4] - harm[3] < harm[3] - harm[2]",
        "The gate stops more than half of the harm and not all of it": "0 < last.gated_harm and last.gated_harm < last.harm / 2",
    },
    knobs={
        "slip": Knob(0, 1, "chance of a forbidden proposal at each step"),
        "missed": Knob(0, 1, "share of forbidden proposals that the gate lets through"),
        "runs": Knob(100, 20000, "how many runs are made"),
    },
    pokes=AGENT,
)
def agent(*, rng: Any, slip: float = 0.02, missed: float = 0.1, runs: int = 4000) -> Findings:
    """Run it once and evaluate it after every budget.

    Facts:
        budgets (count): numbers of steps that the agent may take
        runs (count): how often the task is tried
        slip (percent): chance of a forbidden proposal at each step
        missed (percent): share of the forbidden proposals that the gate lets through
        {first,last}.budget (count): the smallest and the largest number of steps
        {first,last}.done (percent): runs whose task is done within these steps
        {first,last}.harm (percent): runs that did harm within these steps, without a gate
        {first,last}.gated_harm (percent): the same with the gate
        harm (percent): runs that did harm without a gate, at each number of steps
        at_least_one (percent): chance of a forbidden proposal within the most steps, if all were taken
    """
    rows = [
        {"budget": budget, "done": done, "harm": harm, "gated_harm": gated}
        for budget, (done, harm, gated) in zip(BUDGETS, play(rng, slip, missed, runs), strict=True)
    ]
    first, last = rows[0], rows[-1]
    finding = (
        f"From {first['budget']} to {last['budget']} steps, tasks done go from {percent(first['done'])} to "
        f"{percent(last['done'])} and runs with harm from {percent(first['harm'])} to {percent(last['harm'])}; "
        f"with a gate that misses {percent(missed)} of what is forbidden they end at {percent(last['gated_harm'])}."
    )
    basis = f"{runs:,} runs; the agent is dice with rules that we wrote"
    chart = Chart(
        ChartKind.LINE,
        title="Done and harm by step budget",
        measure="Share of runs by the steps that the agent may take",
        finding=finding,
        categories=tuple(map(str, BUDGETS)),
        series=(
            Series("task done", tuple(row["done"] for row in rows), role="accent"),
            Series("harm, no gate", tuple(row["harm"] for row in rows), role="stop"),
            Series("harm, gate", tuple(row["gated_harm"] for row in rows), role="context"),
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
        (Column("Steps allowed", "count"), Column("Done", "percent"), Column("Harm, no gate", "percent"),
         Column("Harm, gate", "percent")),
        tuple(tuple(row.values()) for row in rows),
        finding=finding,
        measure=f"Share of runs; the gate turns down {percent(1 - missed)} of the forbidden proposals",
        honesty=Honesty.SIMULATED,
        basis=basis,
    )  # fmt: skip
    facts = {
        "budgets": BUDGETS, "runs": runs, "slip": slip, "missed": missed, "first": first, "last": last,
        "harm": [row["harm"] for row in rows], "at_least_one": at_least_one(slip, BUDGETS[-1]),
    }  # fmt: skip
    return Findings(facts, {"budget": chart, "gate": table})
