"""A scaling law: fit a straight line to five small runs, and let it predict three larger ones.

Questions are distributed like words: the first comes up often, the ten-thousandth hardly ever (Zipf). The answer is the same
nine times out of ten. A counting model reads more and more of them. Its excess over the floor, in bits, falls along a straight
line if both axes are logarithmic. The line isn't quite straight: it bends down a little as luck matters less, so the
prediction is too high, increasingly so for larger runs. Source of the form: Kaplan et al. 2020; of Zipf's part in it:
Michaud et al. 2023.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from workshop.ai_models.parts.pokes_of_training import SCALING
from workshop.ai_models.toys.scaling import ANSWERS, QUESTIONS, explained, fitted, floor, surprise, world
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Knob, Series, Table, demo
from workshop.wording.formats import bits, count, number, percent

SIZES = (100, 200, 300, 500, 1000, 2000, 5000, 10_000)
FITTED = 5
NAMES = {2: "two", 3: "three", 4: "four", 5: "five"}
READINGS = 8  # readings of each size, since luck decides what comes up

BASIS = "a count model in a world with known probabilities"


@demo(
    "scaling",
    title="Five small runs predict three larger ones",
    toy_of="scaling laws, with which large training runs are planned",
    claims={
        "More reading, less surprise": "excess.last < excess.first",
        "A straight line explains five sizes": "r2 > 0.98",
        "It predicts three larger runs to within a quarter": "off < 0.25",
        "It is furthest off at the largest run, and too high there": "errors[2] > 0 and near(errors[2], off, 0.000001)",
        "Leaving the floor in gives a smaller exponent": "naive < 0.8 * exponent",
    },
    knobs={
        "zipf": Knob(1.2, 2, "how much more often the first question comes up than the second"),
        "small": Knob(2, FITTED, "small runs that the line is fitted to"),
    },
    pokes=SCALING,
)
def scaling(*, rng: np.random.Generator, zipf: float = 1.5, small: int = FITTED) -> Findings:
    """Read eight sizes, fit a line to some of the first five, predict three.

    Facts:
        sizes.{first,last,all} (count): examples read
        excess.{first,last,all} (bits): surprise above the floor
        floor (bits): surprise of someone who knows the world
        zipf (number): how lopsided the world is
        exponent, factor (number): of the line fitted to the first sizes
        r2 (number): share of the variance that the line explains
        theory (number): (zipf - 1) / zipf, the exponent for infinitely many questions
        naive (number): the exponent if the floor is left in
        tenfold (percent): share of the excess that ten times the data takes away
        fitted, tested (count): sizes that the line is fitted to, and sizes that it predicts
        predicted, measured (bits): excess at these sizes by the line and by the run
        errors (percent): predicted / measured - 1 at each of them
        off (percent): the largest absolute error

    Exhibits: ``law`` (lines, both axes logarithmic), ``line`` (the same, under names that don't depend on ``small``, without a unit), ``predicted`` (table).
    """
    shares = 1 / np.arange(1, QUESTIONS + 1) ** zipf
    shares /= shares.sum()
    usual = rng.integers(0, ANSWERS, QUESTIONS)
    least, chances = floor(), world(shares, usual)
    seen = [float(np.mean([surprise(s, shares, usual, chances, rng) for _ in range(READINGS)])) for s in SIZES]
    excess = [bits - least for bits in seen]
    exponent, factor = fitted(SIZES[:small], excess[:small])
    line = [factor / size**exponent for size in SIZES]
    errors = [said / measured - 1 for said, measured in zip(line, excess, strict=True)]
    facts = {
        "sizes": {"first": SIZES[0], "last": SIZES[-1], "all": SIZES},
        "excess": {"first": excess[0], "last": excess[-1], "all": excess},
        "floor": least,
        "zipf": zipf,
        "exponent": exponent,
        "factor": factor,
        "r2": explained(SIZES[:small], excess[:small], exponent, factor),
        "theory": (zipf - 1) / zipf,
        "naive": fitted(SIZES[:small], seen[:small])[0],
        "tenfold": 1 - 10**-exponent,
        "fitted": small,
        "tested": len(SIZES) - FITTED,
        "predicted": line[FITTED:],
        "measured": excess[FITTED:],
        "errors": errors[FITTED:],
        "off": max(map(abs, errors[FITTED:])),
    }
    law = law_chart(SIZES, small, excess, line, exponent)
    alike = replace(
        law,
        measure="How much an answer surprises it, beyond what nobody could know; each number on an axis is ten times the one before",
        series=(replace(law.series[0], name="fitted line"), *law.series[1:]),
    )
    return Findings(
        facts,
        {
            "law": law,
            "line": alike,
            "predicted": predicted_table(SIZES, small, excess, line),
        },
    )


def law_chart(
    sizes: Sequence[int], small: int, excess: Sequence[float], line: Sequence[float], exponent: float
) -> Chart:
    """Draw the measured values, and the line with its continuation."""
    places = tuple(map(float, sizes))
    known = tuple(value if place < FITTED else None for place, value in enumerate(excess))
    fresh = tuple(value if place >= FITTED else None for place, value in enumerate(excess))
    return Chart(
        ChartKind.LINE,
        title="Excess surprise by size",
        measure="Surprise above the floor, in bits per word; each number on an axis is ten times the one before",
        finding=f"From {count(sizes[0])} to {count(sizes[-1])} examples the excess falls from {bits(excess[0])} to "
        f"{bits(excess[-1])} bits along a line of slope {number(-exponent, 2)}, fitted to the first {small} sizes",
        series=(
            Series(f"line fitted to {NAMES[small]}", tuple(line), x=places, role="context"),
            Series("five sizes", known, x=places),
            Series("three more", fresh, x=places, role="accent"),
        ),
        x_label="examples read",
        unit="bits",
        basis=BASIS,
        x_log=True,
        y_log=True,
    )


def predicted_table(sizes: Sequence[int], small: int, excess: Sequence[float], line: Sequence[float]) -> Table:
    """List the predictions beside the measured values."""
    rows = [(size, said, seen, said / seen - 1) for size, said, seen in zip(sizes, line, excess, strict=True)][FITTED:]
    worst = max(rows, key=lambda row: abs(row[3]))
    too_high = sum(row[3] > 0 for row in rows)
    return Table(
        title="Predicted and measured",
        columns=(
            Column("Examples read", "count"),
            Column("The line says", "bits"),
            Column("Measured", "bits"),
            Column("Off, %", "points"),
        ),
        rows=tuple(rows),
        finding=f"The line is too high at {too_high} of {len(rows)} larger sizes, and furthest off at {count(worst[0])} "
        f"examples, by {percent(abs(worst[3]))}",
        measure=f"Bits above the floor at sizes that the line was not fitted to; fitted on {count(sizes[0])} to {count(sizes[small - 1])}",
        basis=BASIS,
    )
