"""Why benchmarks wear out: the nearer to the top, the more questions it takes to notice that the errors were halved.

These are textbook sample sizes for two shares, 5% two-sided, 80% power; unpooled for separate questions, McNemar's test for
the same questions. On the same questions, the new model fixes some of the old errors and makes a few new ones.
"""

from __future__ import annotations

from typing import Any

from workshop.ai_models.toys.saturation import noticed, same, separate
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Honesty, Knob, Series, Table, demo
from workshop.wording.formats import count, percent

TESTS = 20
OLD, BETTER = 0.9, 0.95  # scores in these tests: the new model makes half as many errors
SCORES = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)


@demo(
    "saturation",
    title="How many questions does it take?",
    toy_of="test sets that are nearly solved",
    claims={
        "Near the top it takes more questions": "last.separate > first.separate",
        "The same questions for both save a fifth or more at every score": "saved.least > 0.2",
    },
    knobs={
        "slips": Knob(0, 0.4, "new errors, as a share of the old ones"),
        "asked": Knob(10, 10_000, "questions per model in the repeated tests"),
    },
)
def saturation(*, rng: Any, slips: float = 0.1, asked: int = 100) -> Findings:
    """Compute the sample sizes for every score.

    Facts:
        scores (percent): old scores
        separate, same (count): questions to notice that half the errors are gone, if each model gets different ones or both
            the same
        one_point.{separate,same} (count): the same for 97% against 98%, if 1.5% of the answers are gained and 0.5% lost
        {first,last}.score (percent): the lowest and the highest old score
        {first,last}.{separate,same} (count): questions there
        asked, tests (count): questions per model in tests that are repeated, and how many these are
        {old,better} (percent): scores of both models in these tests
        noticed.{better,same} (count): tests in which the new model comes out as better, if it is, and if it is just as good
        saved.{least,most} (percent): questions saved by asking both models the same ones, over all scores
    """
    rows = []
    for score in SCORES:
        errors = 1 - score
        rows.append((score, separate(score, score + errors / 2), same(errors * (0.5 + slips), errors * slips)))
    first, last = ({"score": s, "separate": n, "same": m} for s, n, m in (rows[0], rows[-1]))
    saved = [1 - both / each for _, each, both in rows]
    finding = (
        f"To notice that half the errors are gone takes {count(rows[0][1])} questions at {percent(rows[0][0])} right and "
        f"{count(rows[-1][1])} at {percent(rows[-1][0])}; {count(rows[-1][2])} if both models get the same ones."
    )
    basis = "sample sizes by formula; 80% chance to notice, 5% risk of a false alarm"
    chart = Chart(
        ChartKind.LINE,
        title="Questions needed by score",
        measure="Questions needed to notice that half the errors are gone, by the old model’s score",
        finding=finding,
        categories=tuple(percent(score) for score in SCORES),
        series=(
            Series("separate", tuple(n for _, n, _ in rows), role="context"),
            Series("the same", tuple(m for _, _, m in rows), role="accent"),
        ),
        x_label="old score",
        unit="count",
        honesty=Honesty.ILLUSTRATIVE,
        basis=basis,
        y_min=0.0,
    )
    table = Table(
        "Questions needed",
        (Column("Old score", "percent"), Column("Separate questions", "count"), Column("Same questions", "count")),
        tuple(rows),
        finding=finding,
        measure=chart.measure,
        honesty=Honesty.ILLUSTRATIVE,
        basis=basis,
    )
    facts = {
        "scores": SCORES, "separate": [n for _, n, _ in rows], "same": [m for _, _, m in rows],
        "one_point": {"separate": separate(0.97, 0.98), "same": same(0.015, 0.005)}, "first": first, "last": last,
        "saved": {"least": min(saved), "most": max(saved)},
        "asked": asked, "tests": TESTS, "old": OLD, "better": BETTER,
        "noticed": {name: noticed(OLD, new, asked, TESTS, rng) for name, new in (("better", BETTER), ("same", OLD))},
    }  # fmt: skip
    return Findings(facts, {"needed": chart, "table": table})
