"""Exercises on the numbers in a language model: softmax, temperature, the first merge, scaling laws."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from workshop.ai_models.demos.neural import softmax
from workshop.ai_models.demos.scaling import fitted
from workshop.ai_models.demos.temperature import sharpened
from workshop.ai_models.parts.byte_pairs import END, EXAMPLE, cut, learn
from workshop.ai_models.problems.variants import pick
from workshop.model.exhibits import Frozen, Worked
from workshop.wording.formats import bits, count, number, ratio

SCORES = ((2, 1), (3, 1), (2, 0), (1, 0))
LOWER, MILLION = 10, 1_000_000
SHARES = ((0.5, 0.3, 0.15, 0.05), (0.4, 0.3, 0.2, 0.1), (0.6, 0.2, 0.15, 0.05))
LONG = "newest"  # a word of the example, to cut into pieces after two merges
PAIRS = ("lo", "we", "es")  # none occurs twice in one word
COUNTS = ((5, 2, 6, 3), (4, 3, 5, 4), (6, 1, 7, 2))
# Two points of a scaling law: size and excess of each
POINTS = (((100, 0.8), (10_000, 0.08)), ((100, 0.9), (1000, 0.3)), ((1000, 1.6), (100_000, 0.4)))
PUBLISHED = 0.076  # exponent of the loss in the number of parameters (Kaplan et al. 2020)
SIZES_ON_PAPER = (500, 1000, 2000)  # each is twice the one before; two are printed, the third is predicted


def softmax_two(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Turn two scores into probabilities; ``level`` and ``facts`` aren't used.

    Returns:
        ``given.scores``, ``given.powers`` (e to each), ``given.lower``; ``answer.first``, ``answer.second``, and
        ``answer.rare``: how often in a million the second one comes if its score is lower by that much.
    """
    del level, facts
    scores = pick(rng, SCORES)
    powers = [math.exp(score) for score in scores]
    first, second = softmax(scores)
    left = math.exp(scores[1] - LOWER)
    rare = MILLION * left / (powers[0] + left)
    return Worked(
        Frozen({"scores": scores, "powers": powers, "lower": LOWER}),
        {"first": first, "second": second, "rare": rare},
        (
            f"{number(powers[0], 2)} + {number(powers[1], 2)} = {number(sum(powers), 2)}",
            f"{number(powers[0], 2)} / {number(sum(powers), 2)} = {ratio(first)}",
            f"{number(powers[1], 2)} / {number(sum(powers), 2)} = {ratio(second)}",
            f"{number(left * MILLION, 1)} millionths / {number(powers[0] + left, 2)} = {number(rare, 0)} in a million",
        ),
        (first - 0.01, first + 0.01),
    )


def sharpen(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Lower the temperature to one half: square every share and rescale; ``level`` and ``facts`` aren't used.

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
    """Find the pair of letters that is joined first; ties go by the alphabet. ``level`` and ``facts`` aren't used.

    Returns:
        ``given.words``, ``given.counts``, ``given.pairs`` (to count), ``given.long`` and ``given.letters`` (a word
        and its symbols); ``answer.pairs``, ``answer.pair``, ``answer.count``, ``answer.tied`` (pairs as frequent),
        ``answer.next`` (the second merge), ``answer.pieces`` and ``answer.guesses`` (of the long word after both).
    """
    del level, facts
    counts = dict(zip(EXAMPLE, pick(rng, COUNTS), strict=True))
    first, second = learn(counts, 2)
    having = [word for word in counts if "".join(first.pair) in f"{word}_"]
    total = " + ".join(str(counts[word]) for word in having)
    pieces = cut(LONG, (first, second))
    return Worked(
        Frozen(
            {
                "words": tuple(counts),
                "counts": tuple(counts.values()),
                "pairs": PAIRS,
                "long": LONG,
                "letters": len(LONG + END),
            }
        ),
        {
            "pairs": tuple(sum(counts[word] for word in counts if pair in word) for pair in PAIRS),
            "pair": "".join(first.pair),
            "count": first.count,
            "tied": first.tied,
            "next": "".join(second.pair),
            "pieces": " ".join(pieces),
            "guesses": len(pieces),
        },
        (
            f"{' and '.join(first.pair)} occur together in {' and '.join(having)}: {total} = {first.count}",
            f"{first.tied} pairs occur {first.count} times; {'+'.join(first.pair)} comes first in the alphabet",
        ),
    )


def exponent(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Find the exponent of a scaling law from two points; ``level`` and ``facts`` aren't used.

    Returns:
        ``given.small``, ``given.large``: ``size`` and ``excess``, ``given.published`` (an exponent); ``answer.exponent``,
        ``answer.tenfold`` (share of the excess that is left at ten times the size), ``answer.half`` (tenfold steps, not
        rounded, to half the loss at the published exponent) and ``answer.steps`` (the same rounded up).
    """
    del level, facts
    (small, above), (large, below) = pick(rng, POINTS)
    slope, _ = fitted((small, large), (above, below))
    steps = math.log10(large / small)
    half = math.log10(2) / PUBLISHED
    return Worked(
        Frozen(
            {
                "small": {"size": small, "excess": above},
                "large": {"size": large, "excess": below},
                "published": PUBLISHED,
            }
        ),
        {"exponent": slope, "tenfold": 10**-slope, "half": half, "steps": math.ceil(half)},
        (
            f"size: tenfold, {number(steps)} times",
            f"log₁₀({number(above)} / {number(below)}) = {number(math.log10(above / below), 2)}",
            f"{number(math.log10(above / below), 2)} / {number(steps)} = {ratio(slope)}",
            f"log₁₀ 2 / {ratio(PUBLISHED, 3)} = {number(half, 2)}",
        ),
        (slope - 0.02, slope + 0.02),
    )


def next_size(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Predict the excess surprise at twice and four times the size from two measured sizes.

    Reads ``sizes.all`` and ``excess.all`` of ``scaling``; every number is used as printed. There is only one version.

    Returns:
        ``given.sizes`` (four), ``given.excess`` (the first two); ``answer.part`` (share that each doubling leaves),
        ``answer.excess`` (the last two), ``answer.measured`` (at the third size), ``answer.taken`` (the third, if the
        same amount were subtracted again).
    """
    del rng, level
    sizes = [*SIZES_ON_PAPER, 2 * SIZES_ON_PAPER[-1]]
    first, second, measured = (round(facts["excess"]["all"][facts["sizes"]["all"].index(n)], 2) for n in SIZES_ON_PAPER)
    part = round(second / first, 2)
    third = round(second * part, 2)
    fourth = round(third * part, 2)
    return Worked(
        Frozen({"sizes": tuple(sizes), "excess": (first, second)}),
        {"part": part, "excess": (third, fourth), "measured": measured, "taken": 2 * second - first},
        (
            f"{bits(second)} / {bits(first)} = {ratio(part)}",
            f"{count(sizes[2])}: {bits(second)} × {ratio(part)} = {bits(third)}",
            f"{count(sizes[3])}: {bits(third)} × {ratio(part)} = {bits(fourth)}",
        ),
    )
