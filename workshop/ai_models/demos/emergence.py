"""The same models scored in two ways: one score climbs step by step, the other seems to leap.

Tiny neural models of increasing size learn which of twenty words follows each pair. Scored by word, they improve evenly.
Scored by eight words in a row, all of which must be right, the same models look as if an ability had suddenly appeared.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from workshop.ai_models.parts.pokes_of_use import EMERGENCE
from workshop.ai_models.toys.emergence import RUNS, answers, scored, trained, world
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Knob, Series, Table, demo
from workshop.wording.formats import percent

SHOWN = 8  # rows that the page shows
HIDDEN = (2, 4, 8, 12, 16, 24, 32, 48, 64)


@demo(
    "emergence",
    title="A leap, or a way of counting?",
    toy_of="abilities that seem to appear all at once in large models",
    claims={"All-or-nothing scoring makes the larger leap": "jump.exact > jump.token"},
    knobs={"length": Knob(5, 20, "words in a row that must all be right")},
    pokes=EMERGENCE,
)
def emergence(*, rng: Any, length: int = 8) -> Findings:
    """Train every size once and score it both ways.

    Facts:
        sizes (count): weights of each model
        token, exact (percent): share right of each model, by word and for whole rows
        answers (yes or no): whether each model is right, word by word, in the first rows
        shown (count): number of those rows
        length (count): words in a row that must all be right
        jump.{token,exact} (percent): largest rise from one size to the next
        ninety (percent): how often so many words are all right, if each is right nine times in ten
        power (ratio): largest difference between exact and token to the power of the length
    """
    inputs, targets = world(rng)
    asked = rng.integers(0, len(targets), (RUNS, length))
    rows, shown = [], []
    for hidden in HIDDEN:
        model = trained(hidden, inputs, targets, rng)
        right = answers(model, inputs, targets)
        rows.append((model.size, *scored(right, asked)))
        shown.append(right[asked[:SHOWN]].tolist())
    sizes, token, exact = zip(*rows, strict=True)
    jump = {name: max(b - a for a, b in pairwise(scores)) for name, scores in (("token", token), ("exact", exact))}
    finding = (
        f"From {sizes[0]:,} to {sizes[-1]:,} weights the score by word rises from {percent(token[0])} to "
        f"{percent(token[-1])}, at most {percent(jump['token'])} at a time; with {length} words in a row it rises from "
        f"{percent(exact[0])} to {percent(exact[-1])}, {percent(jump['exact'])} in one step."
    )
    basis = f"{len(HIDDEN)} neural models; {RUNS:,} rows of {length} words asked"
    chart = Chart(
        ChartKind.LINE,
        title="Two scores of the same models",
        measure="Share right by number of weights",
        finding=finding,
        series=(
            Series("each word", token, x=sizes, role="context"),
            Series(f"{length} in a row", exact, x=sizes, role="accent"),
        ),
        x_label="weights",
        unit="percent",
        basis=basis,
        y_min=0.0,
        y_max=1.0,
    )
    table = Table(
        "Two scores of the same models",
        (
            Column("Weights", "count"),
            Column("Each word right", "percent"),
            Column(f"{length} in a row right", "percent"),
        ),
        tuple(rows),
        finding=finding,
        measure="Same models, same answers, two ways of counting",
        basis=basis,
    )
    power = max(abs(e - t**length) for t, e in zip(token, exact, strict=True))
    facts = {
        "sizes": sizes, "token": token, "exact": exact, "length": length, "jump": jump, "answers": shown, "shown": SHOWN, "power": power, "ninety": 0.9**length,
    }  # fmt: skip
    names = tuple(replace(series, name=name) for series, name in zip(chart.series, ("A", "B"), strict=True))
    return Findings(facts, {"scores": chart, "read": replace(chart, series=names, key=chart), "table": table})
