r"""The room's ballots: which two kinds of answer were compared in each round, and how many people picked each.

Reads a room's votes, which can be typed in five ways, or exported from polls.

Totals from a show of hands, one line per round: ``1 14 9``. The printed ballots as they are, one per line: ``07M ABBABA``, with
``-`` for a round without a tick. A table with one line per participant: ``participant,1,2,3`` with A, B or nothing in each cell.
Totals with column names: ``round,a,b``. Totals that name the answers: ``round,first,second,first_votes,second_votes``. Columns are separated
by commas, semicolons or tabs; ``//`` or ``#`` begins a comment.

An entry that can only mean one thing is read as that, with a warning; an ambiguous entry is reported and left out.

    >>> count_ballots("1 14 9\n2 3 20\n", "room.txt").rounds
    (('1', '', '', 14, 9), ('2', '', '', 3, 20))
    >>> count_ballots("01E AB\n02F -A\n", "room.txt").rounds
    (('1', '', '', 1, 0), ('2', '', '', 1, 1))
    >>> count_ballots("participant,1,2\nann,A,B\nben,,B\n", "room.csv").rounds
    (('1', '', '', 1, 0), ('2', '', '', 0, 2))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.errors import At, Report
from workshop.inputs.text_folders import read_text_file as read_text
from workshop.inputs.text_folders import wrong
from workshop.inputs.yaml_text import parse_yaml

if TYPE_CHECKING:  # a live room reads lines of a chat without it
    import numpy as np
    from numpy.typing import NDArray
from workshop.inputs.ballot_forms import Counted, count_ballots


class Tally(Struct, frozen=True, kw_only=True):
    """One round: two kinds of answer and their votes."""

    round: str
    first: str
    second: str
    first_votes: int
    second_votes: int

    @property
    def votes(self) -> int:
        """All votes of the round."""
        return self.first_votes + self.second_votes


class Pairs(Struct, frozen=True):
    """Which kinds of answer are under A and B in each round: the YAML file with ``rounds`` from which ballots are printed.

    Attributes:
        kinds: round -> kind of A, kind of B.
        texts: round -> question, answer A, answer B; without the rounds that lack one of them.
    """

    kinds: Mapping[str, tuple[str, str]]
    at: At
    texts: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Pairs:
        """Read the file.

        Raises:
            WorkshopError: if a round lacks its number, or the kind of an answer.
        """
        text, name = read_text(path)
        tree = parse_yaml(text, name, Report())
        content: Any = tree.value if tree is not None else None
        try:
            rounds = content["rounds"] if isinstance(content, dict) else content
            kinds = {str(entry["round"]): (str(entry["a"]["kind"]), str(entry["b"]["kind"])) for entry in rounds}
        except (KeyError, TypeError):
            hint = "write a list 'rounds', each with 'round: 1', 'a: {kind: …}' and 'b: {kind: …}'"
            raise wrong("this file does not say which answers met in which round", At(name), hint) from None
        return cls(kinds, At(name), {str(entry["round"]): found for entry in rounds if (found := _texts(entry))})


def _texts(entry: Any) -> tuple[str, str, str] | None:
    """Return the question and both answers of a round, or ``None`` if one of them is missing."""
    found = (entry.get("question"), entry["a"].get("text"), entry["b"].get("text"))
    return (str(found[0]), str(found[1]), str(found[2])) if all(found) else None


class Ballots(Struct, frozen=True):
    """Tallies of all rounds.

    Attributes:
        rounds: in the order of the file; kinds are "" if the file doesn't name them.
        simulated: whether the file says so in a comment line.
        people: how many ballots were counted; 0 if only tallies were given.
    """

    rounds: tuple[Tally, ...]
    simulated: bool
    at: At
    people: int = 0

    @classmethod
    def load(cls, path: Path) -> Ballots:
        """Read totals, a table with one line per participant, or a list of ballot codes; see ``ballot_forms``.

        Raises:
            WorkshopError: if nothing in the file can be read as votes.
        """
        text, name = read_text(path)
        counted: Counted = count_ballots(text, name)
        rounds = tuple(
            Tally(round=number, first=first, second=second, first_votes=firsts, second_votes=seconds)
            for number, first, second, firsts, seconds in counted.rounds
        )
        ballots = cls(rounds, counted.simulated, At(name), counted.people)
        if not any(tally.votes for tally in rounds):
            raise wrong("there are no votes", At(name), "type in how many picked A and B in each round")
        if all(tally.first for tally in rounds):
            ballots.check()
        return ballots

    def named(self, pairs: Pairs) -> Ballots:
        """Return the same votes with the kinds of answer that were compared in each round.

        Raises:
            WorkshopError: for an unknown round, or if no common scale can be fitted.
        """
        if all(tally.first for tally in self.rounds):
            return self
        unknown = [tally.round for tally in self.rounds if tally.round not in pairs.kinds]
        if unknown:
            hint = f"{pairs.at.path} has the rounds {', '.join(pairs.kinds)}"
            raise wrong(f"there is no round {unknown[0]!r}", self.at, hint)
        rounds = tuple(
            tally
            if tally.first
            else replace(tally, first=pairs.kinds[tally.round][0], second=pairs.kinds[tally.round][1])
            for tally in self.rounds
        )
        ballots = replace(self, rounds=rounds)
        ballots.check(tuple(pairs.kinds))
        return ballots

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of answer, in order of appearance."""
        return tuple(dict.fromkeys(kind for tally in self.rounds for kind in (tally.first, tally.second)))

    def wins(self) -> NDArray[np.float64]:
        """Return a matrix: how often the row's kind was picked over the column's."""
        import numpy as np

        place = {kind: i for i, kind in enumerate(self.kinds)}
        won = np.zeros((len(place), len(place)))
        for tally in self.rounds:
            first, second = place[tally.first], place[tally.second]
            won[first, second] += tally.first_votes
            won[second, first] += tally.second_votes
        return won

    def check(self, printed: Sequence[str] = ()) -> None:
        """Refuse ballots from which no common scale can be fitted.

        Args:
            printed: the rounds on the ballots, if they are known.

        Raises:
            WorkshopError: if two groups of answers were never compared.
        """
        import numpy as np

        met = self.wins() + self.wins().T > 0
        reached = np.linalg.matrix_power(np.eye(len(met)) + met, len(met))[0] > 0
        if not reached.all():
            lonely = self.kinds[int(np.argmin(reached))]
            empty = [tally.round for tally in self.rounds if not tally.votes]
            untyped = [name for name in printed if name not in {tally.round for tally in self.rounds}]
            hint = "add a round in which it meets one of the others, or votes if there are none"
            if untyped:
                hint = f"type the votes of {_rounds(untyped)} too"
            missing = f"; nobody voted in {_rounds(empty)}" if empty else ""
            message = f"{lonely!r} was never compared with {self.kinds[0]!r}, not even through a third answer{missing}"
            raise wrong(message, self.at, hint)


def _rounds(names: Sequence[str]) -> str:
    *first, last = names
    return f"rounds {', '.join(first)} and {last}" if first else f"round {last}"
