"""Bias in, more bias out: the lower the temperature, the more the model exaggerates the skew of its text.

The model counts who "said" something in ten sentences about nurses and ten about pilots. At temperature 1 it repeats
the skew of its text; at a lower temperature it exaggerates it. Chances are p^(1/T), scaled to add up to one.
"""

from __future__ import annotations

from workshop.ai_models.toys.bias import share, sharpened, written
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Knob, Reference, Series, Table, demo
from workshop.wording.formats import number, percent

TEMPERATURES = (2.0, 1.0, 0.7, 0.5, 0.25)


@demo(
    "bias",
    title="A skew in the text, and in what the model writes",
    toy_of="stereotypes that grow from text to model",
    claims={"A lower temperature exaggerates the skew": "cold > text"},
    knobs={
        "she": Knob(6, 9, "sentences of ten in which the nurse is she"),
        "he": Knob(6, 9, "sentences of ten in which the pilot is he"),
    },
)
def bias(*, she: int = 8, he: int = 7) -> Findings:
    """Count the text, then sharpen.

    Facts:
        she, he (percent): sentences of the text in which the nurse is she and the pilot is he
        temperatures (number): the temperatures tried
        nurse, pilot (percent): chance of she and of he at each temperature
        text, cold (percent): chance of she after the nurse at temperature 1 and at the lowest
    """
    text = written(she, he)
    nurse, pilot = share(text, "nurse", "she"), share(text, "pilot", "he")
    rows = [(t, sharpened(nurse, t), sharpened(pilot, t)) for t in TEMPERATURES]
    finding = (
        f"In the text the nurse is she in {percent(nurse)} of the sentences; at temperature {number(TEMPERATURES[-1])} "
        f"the model says so in {percent(rows[-1][1], 1)}."
    )
    basis = f"{len(text)} sentences counted; chances by formula"
    chart = Chart(
        ChartKind.LINE,
        title="Skew by temperature",
        measure="Chance of each word, by temperature (lower means surer)",
        finding=finding,
        categories=tuple(number(t) for t in TEMPERATURES),
        series=(
            Series("nurse: she", tuple(row[1] for row in rows)),
            Series("pilot: he", tuple(row[2] for row in rows)),
        ),
        references=(Reference("no skew", 0.5),),
        x_label="temperature",
        unit="percent",
        basis=basis,
        y_min=0.0,
        y_max=1.0,
    )
    table = Table(
        "Skew by temperature",
        (Column("Temperature", "number"), Column("Nurse: she", "percent"), Column("Pilot: he", "percent")),
        tuple(rows),
        finding=finding,
        measure=chart.measure,
        highlight=1,
        basis=basis,
    )
    facts = {
        "she": nurse, "he": pilot, "temperatures": TEMPERATURES, "nurse": [row[1] for row in rows],
        "pilot": [row[2] for row in rows], "text": sharpened(nurse, 1.0), "cold": rows[-1][1],
    }  # fmt: skip
    return Findings(facts, {"skew": chart, "table": table})
