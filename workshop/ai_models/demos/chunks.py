"""Cut a handbook into chunks before searching it: how long should a chunk be?

The handbook has three sentences about each tool; only the first names it, the others say "it". A question names the tool,
so a one-sentence chunk with the answer may lack the name and then can't be found. A chunk of three sentences that begins
with the name has both. A long chunk has both too, and much else, which also goes into the context.

    >>> chunked(["a", "b", "c", "d"], 3)
    ['a b c', 'd']
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from workshop.ai_models.parts.chunks_exhibits import hits_chart, sizes_table
from workshop.ai_models.parts.keyword import KeywordIndex
from workshop.ai_models.parts.pokes_of_products import CHUNKS
from workshop.inputs.texts import words
from workshop.model.exhibits import Findings, Frozen, Knob, demo

_TOOLS = """
mower strimmer drill ladder kettle oven projector tent trailer pump chipper barrow scales press sieve fridge
printer megaphone generator heater
"""
TOOLS = tuple(_TOOLS.split())
ROOMS = ("shed", "cellar", "office", "attic", "kitchen", "garage", "porch", "loft")
COLOURS = ("red", "blue", "green", "white", "black", "yellow", "grey", "orange")
MONTHS = ("january", "march", "may", "july", "october", "december")
ENTRY = 3  # sentences about each tool
SIZES = (1, 2, 3, 5, 6, 10, 20, 60)
FIRST_BOUGHT, FIRST_COST = 1990, 10


class Asked(Struct, frozen=True):
    """A question, its tool, and the index of the sentence that answers it."""

    question: str
    tool: str
    answer: int


def handbook(rng: np.random.Generator) -> tuple[list[str], list[Asked]]:
    """Return the sentences of the handbook, and three questions about each tool."""
    sentences: list[str] = []
    questions: list[Asked] = []
    for place, tool in enumerate(TOOLS):
        room, colour, month = (str(rng.choice(options)) for options in (ROOMS, COLOURS, MONTHS))
        first = len(sentences)
        sentences += [
            f"The {tool} was bought in {FIRST_BOUGHT + place}.",
            f"It is kept in the {room} behind the {colour} door.",
            f"Its service is due in {month} and costs {FIRST_COST + place} euros.",
        ]
        questions += [
            Asked(f"when was the {tool} bought", tool, first),
            Asked(f"where is the {tool} kept", tool, first + 1),
            Asked(f"what does the service of the {tool} cost", tool, first + 2),
        ]
    return sentences, questions


def chunked(sentences: Sequence[str], size: int) -> list[str]:
    """Return the text in chunks of ``size`` sentences; the last one may be shorter."""
    return [" ".join(sentences[start : start + size]) for start in range(0, len(sentences), size)]


def tried(sentences: Sequence[str], questions: Sequence[Asked], size: int) -> tuple[float, float]:
    """Return the share of best chunks with both tool and answer, and their mean number of words."""
    chunks = chunked(sentences, size)
    index = KeywordIndex.of(chunks)
    best = [chunks[int(index.scores(asked.question).argmax())] for asked in questions]
    hits = [
        sentences[asked.answer] in chunk and asked.tool in words(chunk)
        for asked, chunk in zip(questions, best, strict=True)
    ]
    return sum(hits) / len(hits), sum(len(words(chunk)) for chunk in best) / len(best)


@demo(
    "chunks",
    title="How long should a chunk be?",
    claims={
        "Chunks of one entry answer everything": "aligned.hit > 0.999",
        "One sentence per chunk loses the name": "single.hit < 0.5",
        "Nothing shorter answers as much": "aligned.shortest",
        "The whole handbook as one chunk costs far more words": "whole.words > 10 * aligned.words",
    },
    knobs={"size": Knob(1, 60, "sentences per chunk, to compare with one entry")},
    pokes=CHUNKS,
)
def chunks(*, rng: np.random.Generator, size: int = 2) -> Findings:
    """Cut, search, and check whether the best chunk has the tool and the answer.

    Facts:
        sentences, entries, entry (sentences per entry), questions.
        aligned (one entry per chunk), single (one sentence), whole (one chunk), tried (``size`` sentences): each with
            ``size``, ``hit`` (share of questions, 0 to 1) and ``words`` (mean words in the context).
        aligned also has ``shortest``: whether no shorter chunks answer as much.
        sizes: lists for all chunks tried: ``sentences``, ``hit``, ``words``.
        example: ``question``, ``tool``, ``sentence``: one whose answer doesn't name the tool.

    Exhibits: ``hits`` (line by size), ``sizes`` (table).
    """
    sentences, questions = handbook(rng)
    rows = {count: tried(sentences, questions, count) for count in sorted({*SIZES, size})}
    aligned = rows[ENTRY]
    named = {"aligned": ENTRY, "single": 1, "whole": len(sentences), "tried": size}
    found = {name: {"size": count, "hit": rows[count][0], "words": rows[count][1]} for name, count in named.items()}
    shortest = all(hit < aligned[0] for hit, length in rows.values() if length < aligned[1])
    facts = {
        "sentences": len(sentences),
        "entries": len(TOOLS),
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
            "tool": questions[1].tool,
            "sentence": sentences[questions[1].answer],
        },
    }
    return Findings(Frozen(facts), {"hits": hits_chart(rows, ENTRY), "sizes": sizes_table(rows, ENTRY)})
