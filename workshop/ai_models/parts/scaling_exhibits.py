"""Charts of the scaling demo: the fitted line, and its predictions beside the measured values."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.model.exhibits import Chart, ChartKind, Column, Series, Table
from workshop.wording.formats import bits, count, number, percent

BASIS = "a count model in a world with known probabilities"


def law_chart(
    sizes: Sequence[int], fitted: int, excess: Sequence[float], line: Sequence[float], exponent: float
) -> Chart:
    """Draw the measured values, and the line with its continuation."""
    places = tuple(map(float, sizes))
    known = tuple(value if place < fitted else None for place, value in enumerate(excess))
    fresh = tuple(value if place >= fitted else None for place, value in enumerate(excess))
    return Chart(
        ChartKind.LINE,
        title="Excess surprise by size",
        measure="Bits per word above the floor, by examples read; both axes logarithmic",
        finding=f"From {count(sizes[0])} to {count(sizes[-1])} examples the excess falls from {bits(excess[0])} to "
        f"{bits(excess[-1])} bits along a line of slope {number(-exponent, 2)}, fitted to the first {fitted} sizes",
        series=(
            Series("line fitted to five", tuple(line), x=places, role="context"),
            Series("five sizes", known, x=places),
            Series("three more", fresh, x=places, role="accent"),
        ),
        x_label="examples read",
        unit="bits",
        basis=BASIS,
        x_log=True,
        y_log=True,
    )


def predicted_table(sizes: Sequence[int], fitted: int, excess: Sequence[float], line: Sequence[float]) -> Table:
    """List the predictions beside the measured values."""
    rows = [(size, said, seen, said / seen - 1) for size, said, seen in zip(sizes, line, excess, strict=True)][fitted:]
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
        measure=f"Bits above the floor at sizes that the line was not fitted to; fitted on {count(sizes[0])} to {count(sizes[fitted - 1])}",
        basis=BASIS,
    )
