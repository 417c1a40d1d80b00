"""Charts of the collapse demo: how many different sentences and words are left in each generation."""

from __future__ import annotations

from workshop.model.exhibits import Chart, ChartKind, Column, Honesty, Series, Table
from workshop.wording.formats import count, number, percent

BASIS = "a garden grammar; each generation replaces the text before it"

Lines = dict[str, list[tuple[int, int]]]


def names(kept: float, sharp: float) -> dict[str, str]:
    """Return the name of each line."""
    return {
        "own": "own text",
        "sharp": f"own text, temperature {number(sharp)}",
        "mixed": f"keeps {percent(kept)} real text",
    }


def chart(lines: Lines, kept: float, sharp: float, sentences: int) -> Chart:
    """Draw distinct sentences by generation."""
    generations = tuple(float(g) for g in range(len(lines["own"])))
    roles = {"own": "", "sharp": "stop", "mixed": "accent"}
    first, own, mixed = lines["own"][0][0], lines["own"][-1][0], lines["mixed"][-1][0]
    return Chart(
        ChartKind.LINE,
        title="Distinct sentences by generation",
        measure=f"Distinct sentences among {sentences}, generation by generation",
        finding=f"From {count(first)} distinct sentences, generation {len(generations) - 1} still has {count(own)} when "
        f"fed on its own text, and {count(mixed)} when {percent(kept)} of the reading stays real",
        series=tuple(
            Series(label, tuple(float(size) for size, _ in lines[name]), x=generations, role=roles[name])
            for name, label in names(kept, sharp).items()
        ),
        x_label="generation",
        unit="count",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
        y_min=0,
    )


def table(lines: Lines, kept: float, sharp: float) -> Table:
    """List what is left of sentences and words."""
    rows = tuple(
        (label, lines[name][0][0], lines[name][-1][0], lines[name][0][1], lines[name][-1][1])
        for name, label in names(kept, sharp).items()
    )
    return Table(
        title="What is left",
        columns=(
            Column("Reads"),
            Column("Sentences, first", "count"),
            Column("Sentences, last", "count"),
            Column("Words, first", "count"),
            Column("Words, last", "count"),
        ),
        rows=rows,
        finding=f"Of {rows[0][3]} words, {rows[0][4]} are left on its own text and {rows[2][4]} with real text kept",
        measure="Distinct sentences and words in the reading",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )
