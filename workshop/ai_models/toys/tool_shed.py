"""Things and where they are kept: pages for a base model, dialogues for an assistant.

It is a world whose facts are drawn at random, so that nobody can know them without having read them, with some things that no
dialogue mentions. It leaves out everything that makes language rich: there are three kinds of page and one form of answer.
Source: a world of our own.

    >>> shed = Shed.arranged(("cup", "key"), ("hall", "yard"), np.random.default_rng(0))
    >>> " ".join(shed.statement("cup"))
    'the cup is in the hall .'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

PEOPLE = ("anna", "tom", "mia", "paul")
DEEDS = ("took", "found", "wants", "cleaned")
HELD_OUT = 6  # things that no dialogue mentions

Tokens = list[str]


def question(thing: str) -> Tokens:
    """Return "where is the … ?"."""
    return ["where", "is", "the", thing, "?"]


@dataclass(frozen=True)
class Shed:
    """Where each thing is kept."""

    things: tuple[str, ...]
    places: tuple[str, ...]
    place: Mapping[str, str]

    @classmethod
    def arranged(cls, things: tuple[str, ...], places: tuple[str, ...], rng: np.random.Generator) -> Shed:
        """Put the things into the places at random, as evenly as possible."""
        order = rng.permutation(len(things))
        return cls(things, places, {things[int(thing)]: places[i % len(places)] for i, thing in enumerate(order)})

    @property
    def held_out(self) -> tuple[str, ...]:
        """The things that dialogues leave out."""
        return self.things[:HELD_OUT]

    @property
    def practised(self) -> tuple[str, ...]:
        """The things that dialogues are about."""
        return self.things[HELD_OUT:]

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every word of this world."""
        return (*self.things, *self.places, *PEOPLE, *DEEDS, "where", "is", "the", "in", "?", ".")

    def answer(self, thing: str) -> Tokens:
        """Return "in the … ."."""
        return ["in", "the", self.place[thing], "."]

    def statement(self, thing: str) -> Tokens:
        """Return "the … is in the … ."."""
        return ["the", thing, "is", *self.answer(thing)]

    def pages(self, rng: np.random.Generator, count: int, *, silent_on: Sequence[str] = ()) -> list[Tokens]:
        """Return pages of three kinds: lists of questions (45%), statements of fact (35%), a diary line (20%).

        No statement is made about the things in ``silent_on``.
        """
        known = [thing for thing in self.things if thing not in silent_on]
        pages: list[Tokens] = []
        for kind in rng.random(count):
            if kind < 0.45:
                pages.append(_joined(question(thing) for thing in _some(rng, self.things, int(rng.integers(2, 5)))))
            elif kind < 0.8:
                pages.append(_joined(self.statement(thing) for thing in _some(rng, known, int(rng.integers(1, 3)))))
            else:
                pages.append(self.diary(rng))
        return pages

    def diary(self, rng: np.random.Generator) -> Tokens:
        """Return a line such as "mia found the cup ."."""
        return [str(rng.choice(PEOPLE)), str(rng.choice(DEEDS)), "the", str(rng.choice(self.things)), "."]

    def dialogues(self, rng: np.random.Generator, count: int) -> list[Tokens]:
        """Return ``count`` questions with answers, only about the practised things."""
        return [question(thing) + self.answer(thing) for thing in rng.choice(self.practised, count).tolist()]


def _some(rng: np.random.Generator, things: Sequence[str], count: int) -> list[str]:
    return [things[i] for i in rng.choice(len(things), count, replace=False)]


def _joined(parts: Iterable[Tokens]) -> Tokens:
    return [token for part in parts for token in part]
