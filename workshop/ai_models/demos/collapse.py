"""Train each generation on the text of the one before it, with and without some of the real text.

The writer is a count model without smoothing: it can only write words in an order that it has read, so its vocabulary can
never grow. The question is how fast it shrinks.
"""

from __future__ import annotations

import numpy as np

from workshop.ai_models.parts.pokes_of_data import COLLAPSE
from workshop.ai_models.toys.collapse import SENTENCES, lineage
from workshop.ai_models.toys.grammar import garden_grammar
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Honesty, Knob, Series, Table, demo
from workshop.wording.formats import count, number, percent

BASIS = "a garden grammar; each generation replaces the text before it"

Lines = dict[str, list[tuple[int, int]]]
SHARP = 0.7  # temperature of the cautious writer


@demo(
    "collapse",
    title="Models fed on models",
    claims={
        "Fed on its own text, a model says fewer different things": "own.last < own.first",
        "With real text kept, it says more than without": "mixed.last > own.last",
        "A cautious writer loses more": "sharp.last < own.last",
    },
    knobs={
        "generations": Knob(2, 30, "models in a row"),
        "kept": Knob(0.05, 0.9, "share of real text in each reading of the mixed line, 0 to 1"),
    },
    pokes=COLLAPSE,
)
def collapse(*, rng: np.random.Generator, generations: int = 10, kept: float = 0.3) -> Findings:
    """Follow three lines of models.

    Facts:
        generations (count): models in a row
        sentences (count): sentences that each model reads and writes
        kept (percent): share of real text in each reading of the mixed line
        temperature (number): temperature of the cautious writer
        words_first (count): different words of the real text
        {own,sharp,mixed}.{first,last} (count): different sentences at first and at last: on own text, cautious, with real
            text kept
        {own,sharp,mixed}.words_last (count): different words at last

    Exhibits: ``distinct`` (lines by generation), ``words`` (table).
    """
    real = garden_grammar().sample(rng, SENTENCES)
    lines = {
        "own": lineage(real, generations, 1, 0, rng),
        "sharp": lineage(real, generations, SHARP, 0, rng),
        "mixed": lineage(real, generations, 1, kept, rng),
    }
    facts = {
        "generations": generations,
        "sentences": SENTENCES,
        "kept": kept,
        "temperature": SHARP,
        "words_first": lines["own"][0][1],
        **{
            name: {"first": sizes[0][0], "last": sizes[-1][0], "words_last": sizes[-1][1]}
            for name, sizes in lines.items()
        },
    }
    return Findings(facts, {"distinct": chart(lines, kept, SHARP, SENTENCES), "words": table(lines, kept, SHARP)})


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
