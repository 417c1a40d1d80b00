"""A release gate: the candidate is better overall but worse in one suite, and the gate stops it.

Both models are trained here. The candidate reads more text, most of it about counting and hardly
any about safety. Half of each suite is held out from both; a held-out prompt can be
answered by a model that has picked up its pattern, so the suites don't test recall of trained items.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from itertools import chain
from typing import Any

from msgspec.structs import replace

from workshop.ai_models.parts.handed_in import Suites
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.release_gate import compare, split, train, verdict
from workshop.model.exhibits import (
    Chart,
    ChartKind,
    Code,
    Column,
    Exhibit,
    Findings,
    Knob,
    Reference,
    Series,
    Table,
    demo,
)
from workshop.model.pokes import Read, Sweep
from workshop.wording.formats import count

BASIS = "both models trained here by counting; items that neither has read; 95% intervals (paired bootstrap)"

POKES = (
    Sweep(
        "margin",
        (0.0, 0.02, 0.1, 0.2, 0.3, 0.4),
        label="Loss that the rule forgives a test",
        unit="percent",
        shows=(Read("the gate’s decision", "verdict"), "forest"),
        finding="With a loss of {{ margin | percent }} forgiven, tests that pass: {{ passed }} of {{ tested }}; that need more items to "
        "tell (HOLD): {{ held }}; that are clearly worse (BLOCK): {{ blocked }}. The gate says {{ verdict }}.",
        lead="Move how much worse a test may get before the gate shuts.",
        bet="gate-predict",
    ),
)


@demo(
    "release_gate",
    title="May the candidate replace the current model?",
    toy_of="the decision to release a new model",
    claims={
        "The candidate is better overall": "overall.difference > 0",
        "A test loses, and the gate does not let the candidate pass": "worst.difference < 0 and verdict != 'PASS'",
    },
    knobs={
        "margin": Knob(0, 0.5, "loss in a test that the rule forgives"),
        "each": Knob(10, 400, "sentences of each kind that the current model reads"),
        "usual": Knob(10, 400, "sentences of each kind that the candidate reads"),
        "more": Knob(0, 1000, "sentences of the pushed kind that the candidate reads"),
        "less": Knob(0, 400, "sentences of the neglected kind that the candidate reads"),
    },
    pokes=POKES,
)
def release_gate(
    *, rng: Any, world: World, suites: Suites | None = None, margin: float = 0.02, each: int = 40, usual: int = 50, more: int = 200, less: int = 6,
    pushed: str = "counting", neglected: str = "safety",
) -> Findings:  # fmt: skip
    """Train both models, test both on the same held-out items, apply the rule.

    Facts:
        margin (percent): loss in a suite that the rule forgives
        {overall,suites.*,worst}.n (count): held-out items: of all suites, of each, and of the one with the largest loss
        {overall,suites.*,worst}.{current,candidate} (percent): share that each model answers rightly
        {overall,suites.*,worst}.{gained,lost} (count): items that only the candidate, and only the current model, answers
            rightly
        {overall,suites.*,worst}.{difference,low,high} (points): candidate minus current model, and its 95% interval
        {overall,suites.*,worst}.p (number): exact p of the sign test, for these items alone
        {overall,suites.*,worst}.verdict (text): BLOCK, HOLD or PASS
        worst.name (text): the suite with the largest loss
        worst.corrected (number): its p times the number of suites, at most 1 (Bonferroni)
        names, verdicts (text): of each suite
        tested, blocked, held, passed (count): suites, and those with each verdict
        verdict (text): the gate's decision
        pushed, neglected (text): suites of which the candidate reads more and less
        reads.{each,usual,more,less} (count): sentences read of each suite: by the current model; by the candidate; of the
            pushed and of the neglected one
    """
    pool, held_out = split(suites.items if suites else world.suites(), rng, share=0.5)
    current = train(pool, dict.fromkeys(pool, each), rng)
    candidate = train(pool, dict.fromkeys(pool, usual) | {pushed: more, neglected: less}, rng)

    before = {name: current.right(items) for name, items in held_out.items()}
    after = {name: candidate.right(items) for name, items in held_out.items()}
    results = {name: compare(before[name], after[name], margin, rng) for name in before}
    overall = compare([*chain(*before.values())], [*chain(*after.values())], margin, rng)
    worst = min(results, key=lambda name: float(results[name]["difference"]))

    verdicts = [result["verdict"] for result in results.values()]
    decision = next(word for word in ("BLOCK", "HOLD", "PASS") if word in verdicts)
    facts = {
        "margin": margin, "overall": overall, "suites": results, "tested": len(results), "names": [*results], "verdicts": verdicts,
        "worst": {"name": worst, **results[worst], "corrected": min(1.0, results[worst]["p"] * len(results))},
        "blocked": verdicts.count("BLOCK"), "held": verdicts.count("HOLD"), "passed": verdicts.count("PASS"),
        "verdict": decision, "pushed": pushed, "neglected": neglected,
        "reads": {"each": each, "usual": usual, "more": more, "less": less},
    }  # fmt: skip
    rule = Code("The rule of the gate", inspect.getsource(verdict), "Block, hold or pass by both ends of the interval")
    exhibits: dict[str, Exhibit] = {
        "forest": (drawn := forest(overall, results, margin)),
        "read": replace(drawn, series=(replace(drawn.series[0], labels=()),), key=drawn),
        "verdicts": table(overall, results, worst),
        "rule": rule,
    }
    return Findings(facts, exhibits)


def forest(overall: Mapping[str, Any], results: Mapping[str, Mapping[str, Any]], margin: float) -> Chart:
    """Draw every suite's difference with its interval and the margin of the rule; the first row is all items together."""
    rows = [("all items", overall), *results.items()]
    return Chart(
        ChartKind.FOREST,
        title="Candidate minus current model, test by test",
        measure="Change in share right, candidate minus current model, in points",
        finding=sentence(overall, results),
        categories=tuple(f"{name} ({row['n']})" for name, row in rows),
        series=(
            Series(
                "change",
                tuple(row["difference"] for _, row in rows),
                low=tuple(row["low"] for _, row in rows),
                high=tuple(row["high"] for _, row in rows),
                labels=("–", *(row["verdict"] for _, row in rows[1:])),
            ),
        ),
        references=(
            Reference(
                "margin",
                -margin,
                axis="x",
                sides=("worse than the margin, {}", "above it") if margin else ("worse", "better"),
            ),
        ),
        unit="points",
        basis=BASIS,
    )


def table(overall: Mapping[str, Any], results: Mapping[str, Mapping[str, Any]], worst: str) -> Table:
    """List the same numbers as a table for the release board."""
    columns = (
        Column("Test"), Column("Items", "count"), Column("Current", "percent"), Column("Candidate", "percent"),
        Column("Change", "points"), Column("From", "points"), Column("To", "points"), Column("Verdict"),
    )  # fmt: skip
    keys = ("n", "current", "candidate", "difference", "low", "high")
    rows = [("all items", *(overall[key] for key in keys), None)]
    rows += [(name, *(row[key] for key in keys), row["verdict"]) for name, row in results.items()]
    return Table(
        "The release board's table",
        columns,
        tuple(rows),
        finding=sentence(overall, results),
        measure="Share right on held-out items; change in points, with both ends of its bar",
        highlight=1 + list(results).index(worst),
        basis=BASIS,
    )


def sentence(overall: Mapping[str, Any], results: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the result in words."""
    change = round(100 * overall["difference"])
    moved = f"{count(abs(change), 'point')} {'higher' if change > 0 else 'lower'} than" if change else "the same as"
    blocked = [name for name, result in results.items() if result["verdict"] == "BLOCK"]
    stop = f"{' and '.join(blocked)} blocked" if blocked else "no test blocked"
    return f"Over all items the candidate’s score is {moved} the current model’s; {stop}."
