"""Cut a handbook into chunks before searching it: how long should a chunk be?

The handbook has three sentences about each thing; only the first names it, the others say "it". A question names the thing,
so a one-sentence chunk with the answer may lack the name and then can't be found. A chunk of three sentences that begins
with the name has both. A long chunk has both too, and much else, which also goes into the context.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workshop.ai_models.parts.pokes_of_use import CHUNKS
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.chunks import ENTRY, handbook, tried
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Knob, Reference, Series, Table, demo
from workshop.wording.formats import number, percent

BASIS = "a handbook and questions made up by us, keyword search"

Rows = Mapping[int, tuple[float, float]]  # sentences per chunk -> (share of hits, mean words)
SIZES = (1, 2, 3, 5, 6, 10, 20, 60)


@demo(
    "chunks",
    title="How long should a chunk be?",
    toy_of="how documents are cut up for such an assistant",
    claims={
        "Chunks of one entry answer everything": "aligned.hit > 0.999",
        "One sentence per chunk loses the name": "single.hit < 0.5",
        "Nothing shorter answers as much": "aligned.shortest",
        "The whole handbook as one chunk costs far more words": "whole.words > 10 * aligned.words",
    },
    knobs={"size": Knob(1, 60, "sentences per chunk, to compare with one entry")},
    pokes=CHUNKS,
)
def chunks(*, rng: np.random.Generator, world: World, size: int = 2) -> Findings:
    """Cut, search, and check whether the best chunk has the thing and the answer.

    Facts:
        sentences, entries, entry (count): sentences of the handbook, its entries, and sentences per entry
        questions (count): questions asked
        {aligned,single,whole,tried}.size (count): sentences per chunk: one entry, one sentence, the whole handbook, and the
            knob
        {aligned,single,whole,tried}.hit (percent): questions whose best chunk has both thing and answer
        {aligned,single,whole,tried}.words (count): mean number of words of the best chunk
        aligned.shortest (yes or no): whether no shorter chunks answer as much
        sizes.sentences (count): all sizes of chunks tried
        sizes.hit (percent): questions served at each size
        sizes.words (count): words of context at each size
        example.{question,thing,sentence} (text): a question whose answer doesn't name the thing

    Exhibits: ``hits`` (line by size), ``sizes`` (table).
    """
    sentences, questions = handbook(world.things, world.places, rng)
    rows = {count: tried(sentences, questions, count) for count in sorted({*SIZES, size})}
    aligned = rows[ENTRY]
    named = {"aligned": ENTRY, "single": 1, "whole": len(sentences), "tried": size}
    found = {name: {"size": count, "hit": rows[count][0], "words": rows[count][1]} for name, count in named.items()}
    shortest = all(hit < aligned[0] for hit, length in rows.values() if length < aligned[1])
    facts = {
        "sentences": len(sentences),
        "entries": len(world.things),
        "entry": ENTRY,
        "questions": len(questions),
        **found,
        "aligned": {**found["aligned"], "shortest": shortest},
        "sizes": {
            "sentences": list(rows),
            "hit": [hit for hit, _ in rows.values()],
            "words": [length for _, length in rows.values()],
        },
        "example": {
            "question": questions[1].question,
            "thing": questions[1].thing,
            "sentence": sentences[questions[1].answer],
        },
    }
    return Findings(facts, {"hits": hits_chart(rows, ENTRY), "sizes": sizes_table(rows, ENTRY)})


def hits_chart(rows: Rows, entry: int) -> Chart:
    """Draw the share of questions whose best chunk has thing and answer, by chunk size."""
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
