"""Repeat one sentence of a small notice board, and watch the next word tilt towards it."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.ai_models.toys.duplicates import BOARD, after_repeating
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Honesty, Knob, Reference, Series, Table, demo
from workshop.wording.formats import ratio

COPIES = (1, 2, 3, 5, 10, 20, 30)
BASIS = f"{len(BOARD)} sentences written by us"


@demo(
    "duplicates",
    title="Repeat one sentence",
    toy_of="text that stands on the web many times over",
    claims={
        "Copies tilt the guess": "eight.last > eight.first",
        "The other answer fades": "nine.last < nine.first",
    },
    knobs={"copies": Knob(2, 10000, "how often the first sentence is repeated at most")},
)
def duplicates(*, copies: int = 30) -> Findings:
    """Repeat the first sentence and guess.

    Facts:
        copies (count): how often the sentence is repeated at most
        sentence (text): the sentence that is repeated
        {eight,nine}.{first,last} (ratio): probability of the word after "opens at", with one copy and with the most
        unsmoothed (ratio): copies / (copies + 1), the share from counting "gate opens at" alone
        steps.copies (count): numbers of copies tried
        steps.{eight,nine} (ratio): probability of the word at each of them

    Exhibits: ``tilt`` (lines by copies), ``table``.
    """
    steps = [c for c in COPIES if c < copies] + [copies]
    chances = [after_repeating(BOARD[0], c) for c in steps]
    facts = {
        "copies": copies,
        "sentence": BOARD[0],
        "eight": {"first": chances[0][0], "last": chances[-1][0]},
        "nine": {"first": chances[0][1], "last": chances[-1][1]},
        "unsmoothed": copies / (copies + 1),
        "steps": {"copies": steps, "eight": [e for e, _ in chances], "nine": [n for _, n in chances]},
    }
    return Findings(facts, {"tilt": chart(steps, chances), "table": table(steps, chances)})


def chart(steps: Sequence[int], chances: Sequence[tuple[float, float]]) -> Chart:
    """Draw both words over the copies."""
    x = tuple(float(step) for step in steps)
    words = len({word for sentence in BOARD for word in sentence.split()}) + 1
    return Chart(
        ChartKind.LINE,
        title="Copies tilt the guess",
        measure="Probability of the next word after “opens at”, by copies of one sentence",
        finding=f"With {steps[-1]} copies “eight” goes from {ratio(chances[0][0])} to {ratio(chances[-1][0])}, "
        f"“nine” from {ratio(chances[0][1])} to {ratio(chances[-1][1])}",
        series=(
            Series("eight", tuple(eight for eight, _ in chances), x=x, role="stop"),
            Series("nine", tuple(nine for _, nine in chances), x=x, role="accent"),
        ),
        references=(Reference("any word", 1 / words),),
        x_label=f"copies of “{BOARD[0]}”",
        unit="ratio",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
        y_min=0,
        y_max=1,
    )


def table(steps: Sequence[int], chances: Sequence[tuple[float, float]]) -> Table:
    """List the same numbers."""
    return Table(
        title="Copies tilt the guess",
        columns=(Column("Copies", "count"), Column("P(eight)", "ratio"), Column("P(nine)", "ratio")),
        rows=tuple((step, eight, nine) for step, (eight, nine) in zip(steps, chances, strict=True)),
        finding=f"“nine” falls from {ratio(chances[0][1])} to {ratio(chances[-1][1])}",
        measure="Probability of the next word after “opens at”",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )
