"""Cut a handbook into chunks before searching it: how long should a chunk be?

It shows why chunks should follow the entries of a text: only the first sentence about a thing names it, so a chunk of one sentence
may have the answer without the name, and then can't be found; a long chunk has both, and much else. It leaves out overlap, headings
and search by meaning, which real systems use. Source: a handbook and questions of our own.

    >>> chunked(["a", "b", "c", "d"], 3)
    ['a b c', 'd']
    >>> sentences, questions = handbook(("cup", "key", "pen"), ("hall", "yard"), np.random.default_rng(0))
    >>> [round(tried(sentences, questions, size)[0], 2) for size in (1, 3)]
    [0.33, 1.0]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workshop.ai_models.toys.keyword import KeywordIndex
from workshop.ai_models.toys.words import words

COLOURS = ("red", "blue", "green", "white", "black", "yellow", "grey", "orange")
MONTHS = ("january", "march", "may", "july", "october", "december")
ENTRY = 3  # sentences about each thing
FIRST_BOUGHT, FIRST_COST = 1990, 10


@dataclass(frozen=True)
class Asked:
    """A question, its thing, and the index of the sentence that answers it."""

    question: str
    thing: str
    answer: int


def handbook(things: Sequence[str], places: Sequence[str], rng: np.random.Generator) -> tuple[list[str], list[Asked]]:
    """Return the sentences of the handbook, and three questions about each thing."""
    sentences: list[str] = []
    questions: list[Asked] = []
    for number, thing in enumerate(things):
        place, colour, month = (str(rng.choice(options)) for options in (places, COLOURS, MONTHS))
        first = len(sentences)
        sentences += [
            f"The {thing} was bought in {FIRST_BOUGHT + number}.",
            f"It is kept in the {place} behind the {colour} door.",
            f"Its service is due in {month} and costs {FIRST_COST + number} euros.",
        ]
        questions += [
            Asked(f"when was the {thing} bought", thing, first),
            Asked(f"where is the {thing} kept", thing, first + 1),
            Asked(f"what does the service of the {thing} cost", thing, first + 2),
        ]
    return sentences, questions


def chunked(sentences: Sequence[str], size: int) -> list[str]:
    """Return the text in chunks of ``size`` sentences; the last one may be shorter."""
    return [" ".join(sentences[start : start + size]) for start in range(0, len(sentences), size)]


def tried(sentences: Sequence[str], questions: Sequence[Asked], size: int) -> tuple[float, float]:
    """Return the share of best chunks with both thing and answer, and their mean number of words."""
    chunks = chunked(sentences, size)
    index = KeywordIndex.of(chunks)
    best = [chunks[int(index.scores(asked.question).argmax())] for asked in questions]
    hits = [
        sentences[asked.answer] in chunk and asked.thing in words(chunk)
        for asked, chunk in zip(questions, best, strict=True)
    ]
    return sum(hits) / len(hits), sum(len(words(chunk)) for chunk in best) / len(best)
