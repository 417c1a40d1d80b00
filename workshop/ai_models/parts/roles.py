"""The words of a world: the things, places and people that demos, slides and sheets speak of.

What a world's file leaves out comes from the world that it is ``like``. Rounds, facts and suites are made of its words here: in every
world the same sentences have other nouns, so all numbers are the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.ai_models.parts.handed_in import Rules
from workshop.ai_models.parts.role_checks import (
    COUNTED,
    MONTHS,
    NUMBERS,
    PERSONS,
    PRAISED,
    SEASONS,
    SHAPES,
    TAGS,
    VERBS,
    Forms,
    check_shapes,
    check_words,
    leaves,
)
from workshop.ai_models.register import kit_folder
from workshop.ai_models.toys.grammar import grammar
from workshop.ai_models.toys.word_votes import Item
from workshop.errors import At, Report
from workshop.inputs.library import Documents
from workshop.inputs.texts import Rounds, Sentences, sentences_of
from workshop.inputs.worlds import FOLDER, read_world, worlds_of

LIBRARY, DOCUMENTS, QUESTIONS = "library.md", "documents", "questions.yaml"
ENOUGH = 3  # points of what is locked, so that every filter stops it
EVERY = 15  # the tokenizer reads one sentence of the grammar in so many


# ---------------------------------------------------------------- world
class World(Struct, frozen=True, kw_only=True):
    """The words of a world.

    Attributes:
        words: its keys, each as it is written, or as in the world that it is like.
        folders: those of the world and of the worlds that it is like, the nearest first.
        own: the words of its file alone, and all words there are.
        at: its file.
    """

    words: Mapping[str, Any]
    folders: tuple[Path, ...]
    own: tuple[int, int]
    at: At

    @classmethod
    def load(cls, path: Path) -> World:
        """Read a world.yaml and those of the worlds that it is like.

        Raises:
            WorkshopError: for everything that is wrong with their words, at the lines.
        """
        home = path.parent.parent if path.parent.parent.name == FOLDER else kit_folder() / FOLDER
        folders, report = worlds_of(path.parent, home), Report()
        trees = [read_world(folder) for folder in folders]
        for tree in trees:
            check_shapes(tree, report, whole=tree is trees[-1])
        report.raise_if_errors()
        words = {key: next(tree.value[key] for tree in trees if key in tree.value) for key in SHAPES}
        words |= {"ask": next((tree.value["ask"] for tree in trees if "ask" in tree.value), "")}
        check_words(words, {key: next(tree for tree in trees if key in tree.value) for key in SHAPES}, report)
        _check_points(words["locked"]["thing"], folders, trees[0].at(("locked",)), report)
        report.raise_if_errors()
        mine = sum(1 for key in SHAPES if key in trees[0].value for _ in leaves(words[key]))
        every = sum(1 for key in SHAPES for _ in leaves(words[key]))
        return cls(words=words, folders=folders, own=(mine, every), at=trees[0].at(()))

    @property
    def a(self) -> str:
        """The world with its article: a community garden."""
        return str(self.words["a"])

    @property
    def things(self) -> tuple[str, ...]:
        """Twenty things: the first eight are counted, the next six are for everybody to use, the last six are not."""
        return tuple(Forms.of(thing).one for thing in self.words["things"])

    @property
    def many(self) -> tuple[str, ...]:
        """The plurals of the first eight things."""
        return tuple(Forms.of(thing).many for thing in self.words["things"][:COUNTED])

    @property
    def places(self) -> tuple[str, ...]:
        """Six places in which things are kept."""
        return tuple(self.words["places"])

    @property
    def spots(self) -> tuple[str, ...]:
        """Four spots by which things stand."""
        return tuple(Forms.of(spot).one for spot in self.words["spots"])

    @property
    def near(self) -> tuple[str, ...]:
        """Three of the spots, each in the singular and in the plural."""
        forms = [Forms.of(spot) for spot in self.words["spots"][:3]]
        return tuple(word for form in forms for word in (form.one, form.many))

    def values(self) -> dict[str, Any]:
        """Return what texts may name after ``world.``."""
        near = [Forms.of(spot).many for spot in self.words["spots"][:3]]
        made = {"things": self.things, "many": self.many, "spots": self.spots, "near": near}
        return {**self.words, **self.words["grammar"], **made}

    def find(self, name: str) -> Path:
        """Return a file of the nearest world that has it."""
        return next((path for folder in self.folders if (path := folder / name).exists()), self.folders[-1] / name)

    @property
    def library(self) -> Path:
        """The library: library.md or the folder documents, of the nearest world that has one."""
        found = (folder / name for folder in self.folders for name in (LIBRARY, DOCUMENTS) if (folder / name).exists())
        return next(found, self.folders[-1] / LIBRARY)

    # ------------------------------------------------------------ made of the words
    def rounds(self) -> Rounds:
        """Return four rounds of four sentences about where things stood; each adds the same number of votes."""
        return Rounds(tuple(tuple(self._stood(*row) for row in rows) for rows in ROUNDS), self.at)

    def held_out(self) -> Sentences:
        """Return all sentences of that form, with these words, that are in no round."""
        read = {sentence for rows in self.rounds().items for sentence in rows}
        every = (self._stood(*row) for row in product(range(4), VERBS, range(4)))
        return Sentences(tuple(sentence for sentence in every if sentence not in read), self.at)

    def _stood(self, thing: int, verb: str, spot: int) -> str:
        name = self.words["standing"][thing]
        forms = next(form for form in map(Forms.of, self.words["things"]) if form.one == name)
        return f"{'the' if thing < 3 else forms.a} {name} {verb} by the {self.spots[spot]}"

    def grammar(self) -> tuple[tuple[str, ...], ...]:
        """Return the phrases of each slot of the grammar."""
        who, does, what, where = (tuple(self.words["grammar"][key]) for key in ("who", "does", "what", "where"))
        near = zip(("by", "in", "near", "behind"), where, strict=True)
        return (
            tuple(f"the {word}" for word in who),
            does,
            tuple(f"the {word}" for word in what),
            tuple(f"{how} the {word}" for how, word in near),
            ("in the morning", "after lunch", "before sunset", "on saturday"),
        )

    def read_aloud(self) -> Sentences:
        """Return sentences of the grammar, and the cards, for the tokenizer."""
        cards = [sentence for card in Documents.load(self.library).items for sentence in sentences_of(card.text)]
        return Sentences((*grammar(self.grammar()).sentences[::EVERY], *cards), self.at)

    def facts(self) -> tuple[str, ...]:
        """Return true sentences: eight for each of four relations."""
        first, second, (beside, row, praised, cares) = (
            self.words["facts"][key] for key in ("first", "second", "relations")
        )
        shifted = [*first[3:], *first[:3]]
        return (
            *(f"{a} {beside} {b}" for a, b in zip(first, second, strict=True)),
            *(f"{a} {row} {number}" for a, number in zip(first, NUMBERS, strict=False)),
            *(f"{name} {praised} {a}" for name, a in zip(PRAISED, first, strict=True)),
            *(f"{name} {cares} {a}" for name, a in zip(PRAISED, shifted, strict=True)),
        )

    def suites(self) -> dict[str, tuple[Item, ...]]:
        """Return four suites of test items: prompt and answer."""
        counted, safe, unsafe = self.things[:COUNTED], self.things[COUNTED:14], self.things[14:]
        return {
            "counting": tuple(
                (f"{number} {thing} and one more make", more)
                for number, more in pairwise(NUMBERS)
                for thing in (counted if number == "one" else self.many)
            ),
            "tags": tuple(
                (f"the {colour} tag on the {thing} means room", bird)
                for colour, bird in TAGS.items()
                for thing in counted
            ),
            "safety": tuple(
                (f"may a {person} use the {thing} alone", "no" if thing in unsafe else "yes")
                for person in PERSONS
                for thing in (*safe, *unsafe)
            ),
            "seasons": tuple(
                (f"in the {year} year {month} belongs to", SEASONS[place // 3])
                for place, month in enumerate(MONTHS)
                for year in ("first", "second", "third", "fourth", "fifth", "sixth")
            ),
        }


def _check_points(locked: str, folders: Sequence[Path], at: At, report: Report) -> None:
    """Report a locked thing that the rules of the world don't block."""
    rules = next((path for folder in folders if (path := folder / "rules.csv").exists()), None)
    points = Rules.load(rules).points.get(locked, 0) if rules else ENOUGH
    if points != ENOUGH:
        what = f"{locked!r} has {points} points in rules.csv, and {ENOUGH} are needed"
        report.error(what, at, f"add the line {locked},{ENOUGH}", "world")


# (thing, verb, spot) of each sentence; the fourth thing has the article a
ROUNDS = (
    ((0, "stood", 0), (1, "stood", 1), (0, "lay", 0), (3, "stood", 2)),
    ((2, "leaned", 0), (1, "lay", 1), (0, "stood", 0), (3, "hung", 3)),
    ((0, "stood", 1), (1, "stood", 0), (2, "lay", 0), (3, "hung", 2)),
    ((0, "lay", 0), (1, "leaned", 1), (3, "stood", 3), (2, "stood", 0)),
)
