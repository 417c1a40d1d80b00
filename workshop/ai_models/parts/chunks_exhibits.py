"""Charts of the chunks demo: how often the best chunk has the answer, and how many words it has."""

from __future__ import annotations

from collections.abc import Mapping

from workshop.model.exhibits import Chart, ChartKind, Column, Reference, Series, Table
from workshop.wording.formats import number, percent

BASIS = "a handbook and questions made up by us, keyword search"

Rows = Mapping[int, tuple[float, float]]  # sentences per chunk -> (share of hits, mean words)


def hits_chart(rows: Rows, entry: int) -> Chart:
    """Draw the share of questions whose best chunk has tool and answer, by chunk size."""
    return Chart(
        ChartKind.LINE,
        title="Answers found by chunk size",
        measure="Share of questions whose best chunk has both name and answer, by sentences per chunk",
        finding=f"Chunks of one sentence serve {percent(rows[1][0])} of the questions, of {entry} sentences "
        f"{percent(rows[entry][0])} with {number(rows[entry][1], 0)} words of context",
        series=(
            Series("name and answer", tuple(hit for hit, _ in rows.values()), x=tuple(map(float, rows)), role="accent"),
        ),
        references=(Reference("one entry", float(entry), axis="x"),),
        x_label="sentences per chunk",
        unit="percent",
        basis=BASIS,
        x_log=True,
        y_min=0,
        y_max=1,
    )


def sizes_table(rows: Rows, entry: int) -> Table:
    """List hits and words by size."""
    best = rows[entry]
    return Table(
        title="Chunk sizes",
        columns=(
            Column("Sentences per chunk", "count"),
            Column("Name and answer", "percent"),
            Column("Words in the context", "count"),
        ),
        rows=tuple((size, hit, length) for size, (hit, length) in rows.items()),
        finding=f"Chunks of {entry} sentences serve {percent(best[0])} of the questions with {number(best[1], 0)} words",
        measure="The best chunk for each question, by keyword search",
        highlight=list(rows).index(entry),
        basis=BASIS,
    )
