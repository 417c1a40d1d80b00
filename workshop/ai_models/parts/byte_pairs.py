"""Byte-pair encoding: begin with letters, and join the pair that stands together most often, again and again.

Each word ends in the mark ``_``, a symbol of its own, so that "est_" at the end of a word is not "est" within. Where several
pairs come equally often, the first by the alphabet is joined; another rule gives other names, but the same
counts. Source: Sennrich, Haddow and Birch 2016, whose example ``EXAMPLE`` is.

    >>> merges = learn(EXAMPLE, 4)
    >>> [("".join(merge.pair), merge.count) for merge in merges]
    [('es', 9), ('est', 9), ('est_', 9), ('lo', 7)]
    >>> cut("lowest", merges)
    ('lo', 'w', 'est_')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

END = "_"
EXAMPLE = {"low": 5, "lower": 2, "newest": 6, "widest": 3}

Pieces = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """A pair that was joined, how often it stood together, and how many pairs stood together as often."""

    pair: tuple[str, str]
    count: int
    tied: int


def joined(pieces: Pieces, pair: tuple[str, str]) -> Pieces:
    """Return the pieces with every occurrence of a pair made one, from left to right."""
    done: list[str] = []
    for piece in pieces:
        if done and (done[-1], piece) == pair:
            done[-1] += piece
        else:
            done.append(piece)
    return tuple(done)


def learn(frequency: Mapping[str, int], merges: int) -> list[Merge]:
    """Return the merges in the order in which they are made; fewer if every word is one piece before."""
    spelt = {word: (*word, END) for word in frequency}
    found: list[Merge] = []
    for _ in range(merges):
        pairs: Counter[tuple[str, str]] = Counter()
        for word, pieces in spelt.items():
            for pair in pairwise(pieces):
                pairs[pair] += frequency[word]
        if not pairs:
            break
        most = max(pairs.values())
        tied = [pair for pair, times in pairs.items() if times == most]
        found.append(Merge(min(tied), most, len(tied)))
        spelt = {word: joined(pieces, found[-1].pair) for word, pieces in spelt.items()}
    return found


def cut(word: str, merges: Sequence[Merge]) -> Pieces:
    """Return the pieces of a word, known or not: the merges done in the order in which they were learnt."""
    pieces: Pieces = (*word, END)
    for merge in merges:
        pieces = joined(pieces, merge.pair)
    return pieces
