"""Train each generation on the text of the one before it, with and without some of the real text.

The writer is a count model without smoothing: it can only write words in an order that it has read, so its vocabulary can
never grow. The question is how fast it shrinks.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace

from workshop.ai_models.parts.pokes_of_training import COLLAPSE
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.collapse import SENTENCES, lineage, survivors
from workshop.ai_models.toys.grammar import grammar
from workshop.model.exhibits import (
    Chart,
    ChartKind,
    Column,
    Exhibit,
    Findings,
    Honesty,
    Knob,
    Reference,
    Series,
    Table,
    demo,
)
from workshop.wording.formats import count, number, percent

BASIS = "a grammar of our own; each generation replaces the text before it"

Readings = dict[str, list[list[str]]]
SHARP = 0.7  # temperature of the cautious writer
FIFTH = 0.2  # share of real text in the line that is sketched on paper
SLOTS = 3  # of the grammar: 180 sentences are possible, and the likely ones repeat
TIMES = {"once": (1, 1), "some": (2, 3), "often": (4, SENTENCES)}  # how often a sentence was read at first


@demo(
    "collapse",
    title="Models fed on models",
    toy_of="models that are trained on what earlier models wrote",
    claims={
        "Fed on its own text, a model says fewer different things": "own.last < own.first",
        "With real text kept, it says more than without": "mixed.last > own.last",
        "A cautious writer loses more": "sharp.last < own.last",
        "What was read once survives less than what was read often": "survive.once < survive.often",
    },
    knobs={
        "generations": Knob(2, 30, "models in a row"),
        "kept": Knob(0.05, 0.9, "share of real text in each reading of the mixed line, 0 to 1"),
    },
    pokes=COLLAPSE,
)
def collapse(*, rng: np.random.Generator, world: World, generations: int = 10, kept: float = 0.1) -> Findings:
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
        half (count): the generation in which the cautious writer has lost half of the different sentences; -1 if they aren't
        half_readable.{low,high} (count): the first and the last generation that a reader of the chart may take for it
        fifth_last (count): different sentences at last, with a fifth of real text kept
        {survive,mixed_survive}.{once,some,often} (percent): share still written at the end, on own text and with real text kept, of
            the sentences read once, two or three times, and four times or more

    Exhibits: ``distinct`` (lines by generation), ``read`` (the same without values, for paper), ``by_count`` (columns), ``words`` (table).
    """
    real = grammar(world.grammar()[:SLOTS]).sample(rng, SENTENCES)
    lines = {
        "own": lineage(real, generations, 1, 0, rng),
        "sharp": lineage(real, generations, SHARP, 0, rng),
        "mixed": lineage(real, generations, 1, kept, rng),
    }
    fifth = lineage(real, generations, 1, FIFTH, rng)
    half, readable = _half_lost([len({*reading}) for reading in lines["sharp"]])
    facts = {
        "half": half,
        "half_readable": readable,
        "fifth_last": len({*fifth[-1]}),
        "generations": generations,
        "sentences": SENTENCES,
        "kept": kept,
        "temperature": SHARP,
        "words_first": words_in(lines["own"][0]),
        **{
            name: {"first": len({*read[0]}), "last": len({*read[-1]}), "words_last": words_in(read[-1])}
            for name, read in lines.items()
        },
        "survive": (own := {name: survivors(lines["own"], *times) for name, times in TIMES.items()}),
        "mixed_survive": (mixed := {name: survivors(lines["mixed"], *times) for name, times in TIMES.items()}),
    }
    exhibits: dict[str, Exhibit] = {
        "distinct": (drawn := chart(lines, kept, SHARP, SENTENCES)),
        "read": _to_read(drawn, fifth, half),
        "by_count": by_count(own, mixed, kept),
        "words": table(lines, kept, SHARP),
    }
    return Findings(facts, exhibits)


def _half_lost(sizes: list[int]) -> tuple[int, dict[str, int]]:
    """Return the first generation with at most half of the sentences, and the range that can be read as such: within 2.5% of the axis."""
    there = next((k for k, size in enumerate(sizes) if size <= sizes[0] / 2), -1)
    near = [k for k, size in enumerate(sizes) if abs(size - sizes[0] / 2) <= 0.025 * max(sizes)]
    return there, {"low": min([there, *near]), "high": max([there, *near])}


def _to_read(drawn: Chart, fifth: list[list[str]], half: int) -> Chart:
    """Return the chart without values; its key has the curve for a fifth of real text, and the generation in which half is lost."""
    series = Series(f"keeps {percent(FIFTH)}", tuple(float(len({*reading})) for reading in fifth), x=drawn.series[0].x)
    marks = (Reference("half is lost", half, axis="x", label="half is lost: {}"),) if half >= 0 else ()
    return replace(drawn, key=replace(drawn, series=(*drawn.series, series), references=marks))


def words_in(reading: list[str]) -> int:
    """Return the number of distinct words of a reading."""
    return len({word for sentence in reading for word in sentence.split()})


def names(kept: float, sharp: float) -> dict[str, str]:
    """Return the name of each line."""
    return {
        "own": "own text",
        "sharp": f"own text, temperature {number(sharp)}",
        "mixed": f"keeps {percent(kept)} real text",
    }


def chart(lines: Readings, kept: float, sharp: float, sentences: int) -> Chart:
    """Draw distinct sentences by generation."""
    generations = tuple(float(g) for g in range(len(lines["own"])))
    roles = {"own": "", "sharp": "stop", "mixed": "accent"}
    sizes = {name: [len({*reading}) for reading in read] for name, read in lines.items()}
    first, own, mixed = sizes["own"][0], sizes["own"][-1], sizes["mixed"][-1]
    return Chart(
        ChartKind.LINE,
        title="Distinct sentences by generation",
        measure=f"Distinct sentences among {sentences}, generation by generation",
        finding=f"From {count(first)} distinct sentences, generation {len(generations) - 1} still has {count(own)} when "
        f"fed on its own text, and {count(mixed)} when {percent(kept)} of the reading stays real",
        series=tuple(
            Series(label, tuple(map(float, sizes[name])), x=generations, role=roles[name])
            for name, label in names(kept, sharp).items()
        ),
        x_label="generation",
        unit="count",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
        y_min=0,
    )


def by_count(own: Mapping[str, float], mixed: Mapping[str, float], kept: float) -> Chart:
    """Draw what is left of the sentences that were read once, a few times and often."""
    labels = names(kept, SHARP)
    return Chart(
        ChartKind.COLUMN,
        title="What is left, by how often it was read",
        measure="Share of the first sentences still written at the end, by how often they were read",
        finding=f"Of what was read once, {percent(own['once'])} is left on own text and {percent(mixed['once'])} with "
        f"{percent(kept)} real text; of what was read four times or more, {percent(own['often'])} and {percent(mixed['often'])}",
        categories=("once", "2 or 3 times", "4 times or more"),
        series=(
            Series(labels["own"], tuple(own.values())),
            Series(labels["mixed"], tuple(mixed.values()), role="accent"),
        ),
        unit="percent",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
        y_min=0,
    )


def table(lines: Readings, kept: float, sharp: float) -> Table:
    """List what is left of sentences and words."""
    rows = tuple(
        (label, len({*lines[name][0]}), len({*lines[name][-1]}), words_in(lines[name][0]), words_in(lines[name][-1]))
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
