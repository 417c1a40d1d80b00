"""Cut a handbook into chunks before searching it: how long should a chunk be?

It shows why chunks should follow the entries of a text: only the first sentence about a tool names it, so a chunk of one sentence
may have the answer without the name, and then can't be found; a long chunk has both, and much else. It leaves out overlap, headings
and search by meaning, which real systems use. Source: a handbook and questions of our own.

    >>> chunked(["a", "b", "c", "d"], 3)
    ['a b c', 'd']
    >>> sentences, questions = handbook(np.random.default_rng(0))
    >>> [round(tried(sentences, questions, size)[0], 2) for size in (1, 3)]
    [0.33, 1.0]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workshop.ai_models.toys.keyword import KeywordIndex
from workshop.ai_models.toys.words import words

_TOOLS = """
mower strimmer drill ladder kettle oven projector tent trailer pump chipper barrow scales press sieve fridge
printer megaphone generator heater
"""
TOOLS = tuple(_TOOLS.split())
ROOMS = ("shed", "cellar", "office", "attic", "kitchen", "garage", "porch", "loft")
COLOURS = ("red", "blue", "green", "white", "black", "yellow", "grey", "orange")
MONTHS = ("january", "march", "may", "july", "october", "december")
ENTRY = 3  # sentences about each tool
FIRST_BOUGHT, FIRST_COST = 1990, 10


@dataclass(frozen=True)
class Asked:
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
