"""Charts of the temperature demo: the next word at three temperatures, and the sentences written at each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.ai_models.toys.trigram import END
from workshop.model.exhibits import Chart, ChartKind, Column, Reference, Series, Table
from workshop.model.pokes import Read, Sweep
from workshop.wording.formats import bits, number, percent, ratio

FAVOURITES = 4
POKES = (
    Sweep(
        "temperature",
        (0.2, 0.3, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0, 5.0),
        label="Temperature",
        unit="number",
        start=1.0,
        shows=(
            Read("bits: how open the choice is", "turned.entropy | bits"),
            Read("of 100 sentences are ones it has read", "turned.copied | percent"),
            Read("One sentence that it wrote", "turned.sentence", quoted=True),
            "turned",
        ),
        finding="At temperature {{ temperature | number }}, “{{ word }}” gets {{ turned.top | ratio }}, and {{ turned.copied | percent }} of what it "
        "writes are sentences that it has read.",
        lead="The counts stay as they are; only the choosing changes. Cold keeps to the favourite, hot lets everything in.",
    ),
)


def turned_chart(stem: str, names: Sequence[str], shares: Sequence[float], temperature: float, basis: str) -> Chart:
    """Draw the favourites' shares at one temperature, and what each other word gets on average."""
    rest = shares[FAVOURITES:]
    shown = [*shares[:FAVOURITES], *([sum(rest) / len(rest)] if rest else [])]
    words = ["(end)" if name == END else name for name in names[:FAVOURITES]] + (["each other word"] if rest else [])
    return Chart(
        ChartKind.COLUMN,
        title="Next word at one temperature",
        measure=f"Probability of the next word after “{stem} …”; for the other words, the mean",
        finding=f"At temperature {number(temperature)}, “{names[0]}” has {ratio(shares[0])}",
        series=(Series("probability", tuple(shown)),),
        categories=tuple(words),
        highlight=(words[0],),
        basis=basis,
        y_min=0,
        y_max=1,
    )


def next_word_chart(
    stem: str, names: Sequence[str], heats: Mapping[str, float], shares: Mapping[str, Sequence[float]], basis: str
) -> Chart:
    """Draw the favourites' shares at each temperature."""
    roles = {"low": "accent", "read": "", "high": "context"}
    first = {name: ratio(row[0]) for name, row in shares.items()}
    return Chart(
        ChartKind.COLUMN,
        title="Next word by temperature",
        measure=f"Probability of the next word after “{stem} …”, by temperature",
        finding=f"“{names[0]}” has {first['read']} as read, {first['low']} at temperature {number(heats['low'])} "
        f"and {first['high']} at {number(heats['high'])}",
        series=tuple(
            Series(f"at {number(heats[name])}", tuple(row[: len(names)]), role=roles[name])
            for name, row in shares.items()
        ),
        categories=tuple("(end)" if name == END else name for name in names),
        references=(Reference("every word alike", 1 / len(shares["read"])),),
        unit="ratio",
        basis=basis,
        y_min=0,
    )


def sentences_table(rows: Sequence[tuple[float, float, float, str]], written: int, basis: str) -> Table:
    """List what is written at each temperature, side by side."""
    return Table(
        title="What is written",
        columns=(
            Column("Temperature", "number"),
            Column("Next word (bits)", "bits"),
            Column("Was read", "percent"),
            Column("First sentence written"),
        ),
        rows=tuple(rows),
        finding=f"From temperature {number(rows[0][0])} to {number(rows[-1][0])} the choice of the next word opens from "
        f"{bits(rows[0][1])} to {bits(rows[-1][1])} bits, and {percent(rows[0][2])} to {percent(rows[-1][2])} of what is written was read so",
        measure=f"{written} sentences at each temperature: how many occur in the text",
        basis=basis,
    )
