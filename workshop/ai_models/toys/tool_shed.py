"""The garden's tools and where they are kept: pages for a base model, dialogues for an assistant.

It is a world whose facts are drawn at random, so that nobody can know them without having read them, with some tools that no
dialogue mentions. It leaves out everything that makes language rich: there are three kinds of page and one form of answer.
Source: a world of our own.

    >>> shed = Shed.arranged(np.random.default_rng(0))
    >>> " ".join(shed.statement("rake"))
    'the rake is in the shed .'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

_TOOLS = """
hose rake spade ladder kettle saw drill broom bucket lamp
barrow sieve trowel shears net pump axe tarp fork twine
"""
TOOLS = tuple(_TOOLS.split())
PLACES = ("shed", "cellar", "barn", "attic", "porch", "hut")
PEOPLE = ("anna", "tom", "mia", "paul")
DEEDS = ("took", "found", "wants", "cleaned")
HELD_OUT = 6  # tools that no dialogue mentions

Tokens = list[str]


def question(tool: str) -> Tokens:
    """Return "where is the … ?"."""
    return ["where", "is", "the", tool, "?"]


@dataclass(frozen=True)
class Shed:
    """Where each tool is kept."""

    place: Mapping[str, str]

    @classmethod
    def arranged(cls, rng: np.random.Generator) -> Shed:
        """Put the tools into the places at random, as evenly as possible."""
        order = rng.permutation(len(TOOLS))
        return cls({TOOLS[int(tool)]: PLACES[i % len(PLACES)] for i, tool in enumerate(order)})

    @property
    def held_out(self) -> tuple[str, ...]:
        """The tools that dialogues leave out."""
        return TOOLS[:HELD_OUT]

    @property
    def practised(self) -> tuple[str, ...]:
        """The tools that dialogues are about."""
        return TOOLS[HELD_OUT:]

    def answer(self, tool: str) -> Tokens:
        """Return "in the … ."."""
        return ["in", "the", self.place[tool], "."]

    def statement(self, tool: str) -> Tokens:
        """Return "the … is in the … ."."""
        return ["the", tool, "is", *self.answer(tool)]

    def pages(self, rng: np.random.Generator, count: int, *, silent_on: Sequence[str] = ()) -> list[Tokens]:
        """Return pages of three kinds: lists of questions (45%), statements of fact (35%), a diary line (20%).

        No statement is made about the tools in ``silent_on``.
        """
        known = [tool for tool in TOOLS if tool not in silent_on]
        pages: list[Tokens] = []
        for kind in rng.random(count):
            if kind < 0.45:
                pages.append(_joined(question(tool) for tool in _some(rng, TOOLS, int(rng.integers(2, 5)))))
            elif kind < 0.8:
                pages.append(_joined(self.statement(tool) for tool in _some(rng, known, int(rng.integers(1, 3)))))
            else:
                pages.append(diary(rng))
        return pages

    def dialogues(self, rng: np.random.Generator, count: int) -> list[Tokens]:
        """Return ``count`` questions with answers, only about the practised tools."""
        return [question(tool) + self.answer(tool) for tool in rng.choice(self.practised, count).tolist()]


def diary(rng: np.random.Generator) -> Tokens:
    """Return a line such as "mia found the rake ."."""
    return [str(rng.choice(PEOPLE)), str(rng.choice(DEEDS)), "the", str(rng.choice(TOOLS)), "."]


def vocabulary() -> tuple[str, ...]:
    """Return every word of this world."""
    return (*TOOLS, *PLACES, *PEOPLE, *DEEDS, "where", "is", "the", "in", "?", ".")


def _some(rng: np.random.Generator, tools: Sequence[str], count: int) -> list[str]:
    return [tools[i] for i in rng.choice(len(tools), count, replace=False)]


def _joined(parts: Iterable[Tokens]) -> Tokens:
    return [token for part in parts for token in part]
