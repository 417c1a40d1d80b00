"""The room's ballots: which two kinds of answer met in a round, and how many picked each."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workshop.demos.data import read_text
from workshop.errors import At, Problem, WorkshopError, did_you_mean

COLUMNS = ("round", "first", "second", "first_votes", "second_votes")


@dataclass(frozen=True, slots=True)
class Tally:
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


@dataclass(frozen=True, slots=True)
class Ballots:
    """Tallies of all rounds.

    Attributes:
        rounds: in the order of the file.
        simulated: whether the file says so in a comment line.
    """

    rounds: tuple[Tally, ...]
    simulated: bool
    at: At

    @classmethod
    def load(cls, path: Path) -> Ballots:
        """Read a CSV file with the columns round, first, second, first_votes, second_votes; ``//`` begins a comment.

        Raises:
            WorkshopError: with the line of the first thing that is wrong.
        """
        text, name = read_text(path)
        lines = text.split("\n")
        comments = [line for line in lines if line.lstrip().startswith("//")]
        body = "\n".join("" if line in comments else line for line in lines)
        reader = csv.DictReader(io.StringIO(body.lstrip("\n")), skipinitialspace=True, restval="")
        skipped = len(body) - len(body.lstrip("\n"))
        for column in COLUMNS:
            if column not in (reader.fieldnames or ()):
                hint = did_you_mean(column, reader.fieldnames or ()) or f"the first line must read {','.join(COLUMNS)}"
                raise _wrong(f"there is no column named {column!r}", At(name, skipped + 1), hint)
        rounds = tuple(_tally(row, At(name, skipped + reader.line_num)) for row in reader)
        ballots = cls(rounds, any("simulated" in line.lower() for line in comments), At(name))
        ballots.check()
        return ballots

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of answer, in order of appearance."""
        return tuple(dict.fromkeys(kind for tally in self.rounds for kind in (tally.first, tally.second)))

    def wins(self) -> NDArray[np.float64]:
        """Return how often the kind of the row was picked over the kind of the column."""
        place = {kind: i for i, kind in enumerate(self.kinds)}
        won = np.zeros((len(place), len(place)))
        for tally in self.rounds:
            first, second = place[tally.first], place[tally.second]
            won[first, second] += tally.first_votes
            won[second, first] += tally.second_votes
        return won

    def check(self) -> None:
        """Refuse ballots from which no common scale can be fitted.

        Raises:
            WorkshopError: if there are no votes, or two groups of answers never met.
        """
        if not self.rounds or not any(tally.votes for tally in self.rounds):
            raise _wrong("there are no votes", self.at, "type the tallies into first_votes and second_votes")
        met = self.wins() + self.wins().T > 0
        reached = np.linalg.matrix_power(np.eye(len(met)) + met, len(met))[0] > 0
        if not reached.all():
            lonely = self.kinds[int(np.argmin(reached))]
            hint = "add a round in which it meets one of the others"
            raise _wrong(f"{lonely!r} never met {self.kinds[0]!r}, not even through a third answer", self.at, hint)


def _tally(row: dict[str, str], at: At) -> Tally:
    if not row["first"].strip() or not row["second"].strip() or row["first"].strip() == row["second"].strip():
        raise _wrong("a round needs two different answers", at, "fill in first and second")
    votes = []
    for column in ("first_votes", "second_votes"):
        text = row[column].strip()
        if not text.isdigit():
            raise _wrong(f"{column} is {text!r}, not a whole number", at, "write how many picked it, 0 if nobody did")
        votes.append(int(text))
    return Tally(row["round"].strip(), row["first"].strip(), row["second"].strip(), votes[0], votes[1])


def _wrong(message: str, at: At, hint: str) -> WorkshopError:
    return WorkshopError(Problem(message, at, hint, "bad-data"))
