"""Exercises on what a language model does with numbers: softmax, temperature, the first merge, an exponent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from workshop.demos.byte_pairs import EXAMPLE, learn
from workshop.demos.neural import softmax
from workshop.demos.scaling import fitted
from workshop.demos.temperature import sharpened
from workshop.formats import number, ratio
from workshop.model.exhibits import Frozen, Worked
from workshop.problems.variants import pick

SCORES = ((2, 1), (3, 1), (2, 0), (1, 0))
SHARES = ((0.5, 0.3, 0.15, 0.05), (0.4, 0.3, 0.2, 0.1), (0.6, 0.2, 0.15, 0.05))
COUNTS = ((5, 2, 6, 3), (4, 3, 5, 4), (6, 1, 7, 2))
# Two points of a scaling law: size and excess of each
POINTS = (((100, 0.8), (10_000, 0.08)), ((100, 0.9), (1000, 0.3)), ((1000, 1.6), (100_000, 0.4)))


def softmax_two(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Turn two scores into probabilities; ``level`` and ``facts`` are not used.

    Returns:
        ``given.scores``, ``given.powers`` (e to each); ``answer.first``, ``answer.second``.
    """
    del level, facts
    scores = pick(rng, SCORES)
    powers = [math.exp(score) for score in scores]
    first, second = softmax(scores)
    return Worked(
        Frozen({"scores": scores, "powers": powers}),
        {"first": first, "second": second},
        (
            f"{number(powers[0], 2)} + {number(powers[1], 2)} = {number(sum(powers), 2)}",
            f"{number(powers[0], 2)} / {number(sum(powers), 2)} = {ratio(first)}",
            f"{number(powers[1], 2)} / {number(sum(powers), 2)} = {ratio(second)}",
        ),
        (first - 0.01, first + 0.01),
    )


def sharpen(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Lower the temperature to one half: square every share and scale; ``level`` and ``facts`` are not used.

    Returns:
        ``given.shares`` (four), ``given.temperature``; ``answer.squares``, ``answer.sum``, ``answer.shares``.
    """
    del level, facts
    shares = pick(rng, SHARES)
    squares = [share**2 for share in shares]
    new = sharpened(shares, 0.5)
    return Worked(
        Frozen({"shares": shares, "temperature": 0.5}),
        {"squares": squares, "sum": sum(squares), "shares": new},
        (
            " + ".join(ratio(square, 4) for square in squares) + f" = {ratio(sum(squares), 4)}",
            *(
                f"{ratio(square, 4)} / {ratio(sum(squares), 4)} = {ratio(p, 3)}"
                for square, p in zip(squares, new, strict=True)
            ),
        ),
        (new[0] - 0.005, new[0] + 0.005),
    )


def first_merge(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Find the pair of letters that is joined first; ties by the alphabet. ``level`` and ``facts`` are not used.

    Returns:
        ``given.words``, ``given.counts``; ``answer.pair``, ``answer.count``, ``answer.tied`` (pairs as frequent),
        ``answer.next`` (the second merge).
    """
    del level, facts
    counts = dict(zip(EXAMPLE, pick(rng, COUNTS), strict=True))
    first, second = learn(counts, 2)
    having = [word for word in counts if "".join(first.pair) in f"{word}_"]
    total = " + ".join(str(counts[word]) for word in having)
    return Worked(
        Frozen({"words": tuple(counts), "counts": tuple(counts.values())}),
        {
            "pair": "".join(first.pair),
            "count": first.count,
            "tied": first.tied,
            "next": "".join(second.pair),
        },
        (
            f"{' and '.join(first.pair)} stand together in {' and '.join(having)}: {total} = {first.count}",
            f"{first.tied} pairs come {first.count} times; by the alphabet {'+'.join(first.pair)} is first",
        ),
    )


def exponent(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Find the exponent of a scaling law from two points; ``level`` and ``facts`` are not used.

    Returns:
        ``given.small``, ``given.large``: ``size`` and ``excess``; ``answer.exponent``, ``answer.tenfold`` (what is
        left of the excess after ten times the size).
    """
    del level, facts
    (small, above), (large, below) = pick(rng, POINTS)
    slope, _ = fitted((small, large), (above, below))
    steps = math.log10(large / small)
    return Worked(
        Frozen({"small": {"size": small, "excess": above}, "large": {"size": large, "excess": below}}),
        {"exponent": slope, "tenfold": 10**-slope},
        (
            f"size: {number(steps)} times tenfold",
            f"log₁₀({number(above)} / {number(below)}) = {number(math.log10(above / below), 2)}",
            f"{number(math.log10(above / below), 2)} / {number(steps)} = {ratio(slope)}",
        ),
        (slope - 0.02, slope + 0.02),
    )
