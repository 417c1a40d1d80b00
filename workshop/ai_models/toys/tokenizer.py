"""Byte-pair encoding: begin with letters, and repeatedly join the most frequent pair of neighbours.

It shows where tokens come from: each word ends with the mark ``_``, and if several pairs are equally frequent, the first one by
the alphabet is joined. It leaves out bytes, spaces inside tokens, and the large text on which a real vocabulary is learnt.
Source: Sennrich, Haddow and Birch 2016, arXiv 1508.07909, from whom ``EXAMPLE`` is.

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
    """A pair that was joined, its frequency, and how many pairs had the same frequency."""

    pair: tuple[str, str]
    count: int
    tied: int


def joined(pieces: Pieces, pair: tuple[str, str]) -> Pieces:
    """Return the pieces with every occurrence of a pair joined, from left to right."""
    if pair[0] not in pieces or pair[1] not in pieces:
        return pieces
    done: list[str] = []
    for piece in pieces:
        if done and (done[-1], piece) == pair:
            done[-1] += piece
        else:
            done.append(piece)
    return tuple(done)


def learn(frequency: Mapping[str, int], merges: int) -> list[Merge]:
    """Return the merges in order; there are fewer if every word becomes one piece earlier."""
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
    """Return the pieces of any word, known or not, by applying the merges in the order in which they were learnt."""
    pieces: Pieces = (*word, END)
    for merge in merges:
        pieces = joined(pieces, merge.pair)
    return pieces
