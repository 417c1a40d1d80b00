"""Charts of the neural demo: the loss over the steps with its floor, and the slopes of five weights."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.model.exhibits import Chart, ChartKind, Column, Reference, Series, Table
from workshop.wording.formats import bits, number

BASIS = "tiny neural model on a garden grammar with known probabilities"


def loss_chart(looks: Sequence[int], curve: Sequence[tuple[float, float]], floor: float) -> Chart:
    """Draw the surprise on read and on held-out sentences over the steps."""
    return Chart(
        ChartKind.LINE,
        title="Loss while training",
        measure="Surprise in bits per word, by training step",
        finding=f"Surprise on held-out sentences falls from {bits(curve[0][1])} to {bits(curve[-1][1])} bits per word; "
        f"the floor is {bits(floor)}",
        series=(
            Series("read", tuple(a for a, _ in curve), role="context"),
            Series("held out", tuple(b for _, b in curve), role="accent"),
        ),
        categories=tuple(f"{step:,}" for step in looks),
        references=(Reference("floor", floor),),
        x_label="steps of training, wider apart as it goes on",
        unit="bits",
        basis=BASIS,
        y_min=0,
    )


def blame_table(blamed: Sequence[tuple[str, float, float, float]]) -> Table:
    """Compare backpropagation with nudging each weight."""
    return Table(
        title="Blame of five weights",
        columns=(Column("Weight in"), Column("Value"), Column("Backpropagation"), Column("By nudging it")),
        rows=tuple((name, *(number(value, 4) for value in values)) for name, *values in blamed),
        finding=f"For each of {len(blamed)} weights backpropagation and nudging give the same slope",
        measure="How much the loss grows as the weight grows, before training",
        basis=BASIS,
    )
