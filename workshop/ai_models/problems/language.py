"""Exercises on the numbers in a language model: softmax, temperature, scaling laws."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from workshop.ai_models.problems.variants import are_clear, draw, is_clear, whole
from workshop.ai_models.toys.neural import softmax
from workshop.ai_models.toys.scaling import fitted
from workshop.ai_models.toys.temperature import sharpened
from workshop.model.exhibits import Worked
from workshop.wording.formats import number, ratio

SCORES: tuple[float, float] = (2, 1)
LOWER, MILLION = 10, 1_000_000
SHARES: tuple[float, ...] = (0.5, 0.3, 0.15, 0.05)
# Two points of a scaling law, size and excess of each; the share of the loss that is to be left
POINTS = ((100, 0.8), (10_000, 0.08), 0.5)
PUBLISHED = 0.076  # exponent of the loss in the number of parameters (Kaplan et al. 2020)


def softmax_two(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Turn two scores into probabilities; ``level`` and ``facts`` aren't used.

    Returns:
        ``given.scores``, ``given.powers`` (e to each), ``given.lower``; ``answer.first``, ``answer.second``, and
        ``answer.rare``: how often in a million the second one comes if its score is lower by that much.
    """
    del level, facts
    scores, lower = draw(rng, (SCORES, LOWER), _scores)
    powers = [math.exp(score) for score in scores]
    first, second = softmax(scores)
    left = math.exp(scores[1] - lower)
    rare = MILLION * left / (powers[0] + left)
    return Worked(
        {"scores": scores, "powers": powers, "lower": lower},
        {"first": first, "second": second, "rare": rare},
        (
            f"{number(powers[0], 2)} + {number(powers[1], 2)} = {number(sum(powers), 2)}",
            f"{number(powers[0], 2)} / {number(sum(powers), 2)} = {ratio(first)}",
            f"{number(powers[1], 2)} / {number(sum(powers), 2)} = {ratio(second)}",
            f"{number(left * MILLION, 1)} millionths / {number(powers[0] + left, 2)} = {number(rare, 0)} in a million",
        ),
        (first - 0.01, first + 0.01),
    )


def _scores(rng: Any) -> tuple[tuple[float, float], int] | None:
    """Return two scores with one decimal, and by how much the second is lowered."""
    high, low, lower = whole(rng, 11, 29) / 10, whole(rng, 3, 19) / 10, whole(rng, 9, 11)
    first = 1 / (1 + math.exp(low - high))
    rare = MILLION * math.exp(low - lower) / (math.exp(high) + math.exp(low - lower))
    fits = 0.3 <= round(high - low, 6) <= 2.2 and is_clear(first, 2) and is_clear(rare, 0) and rare > 5
    return ((high, low), lower) if fits else None


def sharpen(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Lower the temperature to one half: square every share and rescale; ``level`` and ``facts`` aren't used.

    Returns:
        ``given.shares`` (four), ``given.temperature``; ``answer.squares``, ``answer.sum``, ``answer.shares``.
    """
    del level, facts
    shares = draw(rng, SHARES, _four_shares)
    squares = [share**2 for share in shares]
    new = sharpened(shares, 0.5)
    return Worked(
        {"shares": shares, "temperature": 0.5},
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


def _four_shares(rng: Any) -> tuple[float, ...] | None:
    """Return four falling shares with two decimals that add up to one, each at least 0.04 below the one before."""
    parts = sorted((whole(rng, 4, 60) for _ in range(3)), reverse=True)
    parts.append(100 - sum(parts))
    falls = all(a - b >= 4 for a, b in pairwise(parts)) and parts[-1] >= 4
    if not falls or not are_clear(sharpened([part / 100 for part in parts], 0.5), 3):
        return None
    return tuple(part / 100 for part in parts)


def exponent(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Find the exponent of a scaling law from two points; ``level`` and ``facts`` aren't used.

    Returns:
        ``given.small``, ``given.large``: ``size`` and ``excess``, ``given.published`` (an exponent), ``given.left`` (a
        share); ``answer.exponent``, ``answer.tenfold`` (share of the excess that is left at ten times the size),
        ``answer.half`` (tenfold steps, not rounded, until ``given.left`` of the loss is left at the published exponent)
        and ``answer.steps`` (the same rounded up).
    """
    del level, facts
    (small, above), (large, below), left = draw(rng, POINTS, _points)
    slope, _ = fitted((small, large), (above, below))
    steps = math.log10(large / small)
    half = math.log10(1 / left) / PUBLISHED
    return Worked(
        {
            "small": {"size": small, "excess": above},
            "large": {"size": large, "excess": below},
            "published": PUBLISHED,
            "left": left,
        },
        {"exponent": slope, "tenfold": 10**-slope, "half": half, "steps": math.ceil(half)},
        (
            f"size: tenfold, {number(steps)} times",
            f"log₁₀({number(above)} / {number(below)}) = {number(math.log10(above / below), 2)}",
            f"{number(math.log10(above / below), 2)} / {number(steps)} = {ratio(slope)}",
            f"log₁₀ {number(1 / left, 2)} / {ratio(PUBLISHED, 3)} = {number(half, 2)}",
        ),
        (slope - 0.02, slope + 0.02),
    )


Point = tuple[int, float]


def _points(rng: Any) -> tuple[Point, Point, float] | None:
    """Return two points a few tenfold steps apart, and a share whose steps are not almost a whole number."""
    small, steps = 10 ** whole(rng, 2, 3), whole(rng, 1, 3)
    above, below, left = whole(rng, 4, 18) / 10, whole(rng, 4, 60) / 100, whole(rng, 30, 70, 5) / 100
    slope = math.log10(above / below) / steps
    fits = 0.15 < slope < 0.7 and is_clear(slope, 2) and is_clear(10**-slope, 2)
    steps_left = math.log10(round(1 / left, 2)) / PUBLISHED
    fits = fits and 0.04 < steps_left % 1 < 0.96
    return ((small, above), (small * 10**steps, below), left) if fits else None
