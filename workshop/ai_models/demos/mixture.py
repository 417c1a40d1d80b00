"""Divide a reading budget between prose and sums, and see what the model is bad at afterwards."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from workshop.ai_models.parts.pokes_of_training import MIXTURE
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.cleaning import without_copies
from workshop.ai_models.toys.grammar import grammar
from workshop.ai_models.toys.mixture import mixed, sums, surprise, write
from workshop.ai_models.toys.word_counts import WordCounts
from workshop.inputs.spelling import words
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Honesty, Knob, Series, Table, demo
from workshop.wording.formats import bits, count, percent

SUMS = sums("{} plus {} is {}")
SHARES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
WRITTEN = 5  # texts that a model of each share writes
READINGS = 8  # models per share; their mean is shown
BASIS = "grammar sentences and sums, shares chosen by us"


@demo(
    "mixture",
    title="Choose the mixture",
    toy_of="how much code, prose and talk a model gets to read",
    claims={
        "Without sums it is bad at sums": "sums.none > sums.half + 3",
        "Without prose it is bad at prose": "prose.none > prose.half + 3",
        "The best mean is not at either end": "best.share > 0 and best.share < 1",
    },
    knobs={"budget": Knob(200, 5000, "words that each model reads")},
    pokes=MIXTURE,
)
def mixture(*, rng: np.random.Generator, world: World, budget: int = 600) -> Findings:
    """Train models for each share and test them on both kinds of text.

    Facts:
        budget (count): words that each model reads
        shares (percent): shares of sums tried
        prose_bits, sums_bits, mean_bits (bits): surprise per word on unseen prose, on unseen sums and on average, at each
            share
        among.{prose,sums} (number): the same as a number of words that it chooses among
        {prose,sums}.{none,half,all} (bits): surprise with none, half and all of the reading of that kind
        best.share (percent): share of sums with the lowest mean
        best.mean (bits): the mean there

    Exhibits: ``bits`` (lines over the share of sums), ``choices`` (the same in words that it chooses among), ``shares`` (table),
    and ``written_0`` to ``written_6`` (table of texts that a model of each share writes).
    """
    place = grammar(world.grammar())
    prose = without_copies(place.sample(rng, 400))
    prose, unseen = prose[:120], [s for s in place.sample(rng, 300) if s not in set(prose[:120])][:100]
    order = rng.permutation(len(SUMS))
    known, asked = [SUMS[i] for i in order[15:]], [SUMS[i] for i in order[:15]]
    vocabulary = [word for text in (*prose, *unseen, *SUMS) for word in words(text)]
    rows, texts = [], {}
    for at, share in enumerate(SHARES):
        measured = []
        for _ in range(READINGS):
            read = mixed(share, prose, known, budget, rng)
            measured.append(surprise(model := WordCounts(vocabulary), read, unseen, asked))
        own = np.random.default_rng(at)  # so that what is measured doesn't depend on what is written
        texts[f"written_{at}"] = written([write(model, own) for _ in range(WRITTEN)], share)
        on_prose, on_sums = np.mean(measured, axis=0)
        rows.append((share, float(on_prose), float(on_sums), float(on_prose + on_sums) / 2))
    best = min(rows, key=lambda row: row[3])
    half = SHARES.index(0.5)
    facts = {
        "budget": budget,
        "shares": SHARES,
        "prose_bits": [row[1] for row in rows],
        "sums_bits": [row[2] for row in rows],
        "mean_bits": [row[3] for row in rows],
        "among": {"prose": [2 ** row[1] for row in rows], "sums": [2 ** row[2] for row in rows]},
        "prose": {"none": rows[-1][1], "half": rows[half][1], "all": rows[0][1]},
        "sums": {"none": rows[0][2], "half": rows[half][2], "all": rows[-1][2]},
        "best": {"share": best[0], "mean": best[3]},
    }
    return Findings(facts, {"bits": lines(rows), "choices": choices(rows), "shares": table(rows, best), **texts})


def written(texts: list[str], share: float) -> Table:
    """List what a model writes, and whether its sums are right."""
    rows = tuple((text, told(text)) for text in texts)
    return Table(
        title="What it writes",
        columns=(Column("What it writes"), Column("A sum?")),
        rows=rows,
        finding=f"With {percent(share)} sums, {sum(kind != '–' for _, kind in rows)} of {len(rows)} texts are sums",
        measure=f"Texts that a model writes after {percent(share)} sums",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )


def told(text: str) -> str:
    """Return whether a text is a sum that is right, one that is wrong, or neither."""
    if " plus " not in text:
        return "–"
    return "right" if text in SUMS else "wrong"


Row = tuple[float, float, float, float]


def lines(rows: list[Row]) -> Chart:
    """Draw surprise on both kinds of text over the share of sums."""
    return Chart(
        ChartKind.LINE,
        title="Surprise by mixture",
        measure="Surprise on unseen text in bits per word (0: it knew each word), by share of sums read",
        finding=f"With no sums it needs {bits(rows[0][2])} bits per word on sums, with nothing else "
        f"{bits(rows[-1][1])} on prose; at half and half {bits(rows[3][2])} and {bits(rows[3][1])}",
        series=(
            Series("prose", tuple(row[1] for row in rows), x=SHARES),
            Series("sums", tuple(row[2] for row in rows), x=SHARES),
        ),
        x_label="share of sums",
        unit="bits",
        honesty=Honesty.SIMULATED,
        basis=f"{BASIS}; mean of {READINGS} readings",
        y_min=0,
    )


def choices(rows: list[Row]) -> Chart:
    """Draw the same in words: 2 to the power of the bits, on a logarithmic axis."""
    prose, on_sums = ([_whole(2 ** row[k]) for row in rows] for k in (1, 2))
    half = SHARES.index(0.5)
    return replace(
        lines(rows),
        title="Choices by mixture",
        measure="Words it chooses among in unseen text, by share of sums read; each step up is many times more",
        finding=f"With no sums it chooses among {count(round(on_sums[0]))} words in sums, with nothing else among {count(round(prose[-1]))} "
        f"in prose; at half and half {count(round(on_sums[half]))} and {count(round(prose[half]))}",
        series=(Series("prose", tuple(prose), x=SHARES), Series("sums", tuple(on_sums), x=SHARES)),
        unit="number",
        y_log=True,
        y_min=None,
    )


def _whole(words: float) -> float:
    """Return a number of words as it is read at the end of a line: whole from ten on, with one digit below."""
    return float(round(words)) if words >= 10 else round(words, 1)


def table(rows: list[Row], best: Row) -> Table:
    """List both surprises and their mean."""
    return Table(
        title="Surprise by mixture",
        columns=(
            Column("Sums", "percent"),
            Column("On prose", "bits"),
            Column("On sums", "bits"),
            Column("Mean", "bits"),
        ),
        rows=tuple(rows),
        finding=f"The lowest mean, {bits(best[3])} bits, comes with {percent(best[0])} sums",
        measure="Surprise on unseen text in bits per word",
        highlight=rows.index(best),
        honesty=Honesty.SIMULATED,
        basis=f"{BASIS}; mean of {READINGS} readings",
    )
