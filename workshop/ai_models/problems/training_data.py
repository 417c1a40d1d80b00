"""Stage 1 on paper: near-copies by hand, a mixture chosen from a table, and whether the text would fit into the weights."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import log2
from typing import Any

from workshop.ai_models.problems.variants import pick
from workshop.model.exhibits import Frozen, Worked
from workshop.wording.formats import bits, count, number, percent, ratio

# Pairs of sentences in which the last word differs, or (level 2) a word in the middle
NEAR_COPIES = (
    ("the hen sleeps in the shed", "the hen sleeps in the barn"),
    ("a frog sat by the pond", "a frog sat by the gate"),
    ("the cat ran to the fence", "the cat ran to the hedge"),
    ("a child plays near the beans", "a child plays near the roses"),
)
CHANGED_INSIDE = (
    ("the hen sleeps in the shed", "the hen waits in the shed"),
    ("a frog sat by the pond", "a frog sang by the pond"),
    ("the cat ran to the fence", "the cat walked to the fence"),
    ("a child plays near the beans", "a child sings near the beans"),
)
THRESHOLDS = (0.8, 0.6)
# Number of prose questions for each sum
WEIGHTS = (9, 4, 3)
SHARES_ON_PAPER = (0.1, 0.25, 0.5, 0.75, 0.9)
NOTES = "ABCDEF"
# Billions of weights, trillions of tokens read
MODELS = ((8, 15), (4, 8), (2, 3))
WEIGHT_BITS, VOCABULARY = 16, 2**17
WHISPER_ROLLS = ((1, 3, 3, 6, 2, 1), (2, 4, 1, 2, 3, 6))


def near_duplicates(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Score two sentences by the word pairs that they share, and judge them at two thresholds.

    Level 1 gives 4 of 6 = 0.667 (keep at 0.8, drop at 0.6); level 2 changes a word in the middle: 3 of 7 = 0.429.
    ``facts`` aren't used.
    """
    del facts
    a, b = pick(rng, NEAR_COPIES if level < 2 else CHANGED_INSIDE)
    pairs_a, pairs_b = (list(dict.fromkeys(pairwise(text.split()))) for text in (a, b))
    shared = [pair for pair in pairs_a if pair in pairs_b]
    either = len({*pairs_a, *pairs_b})
    score = len(shared) / either
    usual, strict = (("drop" if score >= threshold else "keep") for threshold in THRESHOLDS)
    names = ", ".join(f"“{first} {second}”" for first, second in shared)
    return Worked(
        Frozen({"a": a, "b": b, "threshold": THRESHOLDS[0], "strict": THRESHOLDS[1], "pairs": len(pairs_a)}),
        {
            "shared": len(shared),
            "either": either,
            "score": score,
            "verdict": usual,
            "strict_verdict": strict,
            "hundred": round(100 * score),
            "words": _single_words(a, b),
        },
        (
            f"Both have {names}: {len(shared)} pairs",
            f"{len(pairs_a)} + {len(pairs_b)} − {len(shared)} = {either} different pairs in all",
            f"{len(shared)} / {either}",
        ),
    )


def _single_words(a: str, b: str) -> dict[str, float]:
    """Return the same similarity for single words."""
    one, two = set(a.split()), set(b.split())
    shared, either = len(one & two), len(one | two)
    return {"shared": shared, "either": either, "score": shared / either}


def mixture_choice(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Choose the share of sums with the lowest mean surprise, then for readers who ask for prose more often.

    Reads ``shares``, ``prose_bits`` and ``sums_bits`` of the mixture demo, rounded as printed, so that sheet and
    key use the same numbers. Both levels are the same.
    """
    del level
    weight = pick(rng, WEIGHTS)
    places = [facts["shares"].index(share) for share in SHARES_ON_PAPER]
    for digits in (1, 2, 3):  # one decimal, unless two mixtures would then tie
        rows = [
            (facts["shares"][i], round(facts["prose_bits"][i], digits), round(facts["sums_bits"][i], digits))
            for i in places
        ]
        plain = [round((prose + sums) / 2, 4) for _, prose, sums in rows]
        weighted = [round((weight * prose + sums) / (weight + 1), 4) for _, prose, sums in rows]
        if plain.count(min(plain)) == weighted.count(min(weighted)) == 1:
            break
    best, favourite = plain.index(min(plain)), weighted.index(min(weighted))
    return Worked(
        Frozen(
            {
                "rows": {
                    str(number): {"share": share, "prose": bits(prose, digits), "sums": bits(sums, digits)}
                    for number, (share, prose, sums) in enumerate(rows, 1)
                },
                "weight": weight,
                "questions": weight + 1,
            }
        ),
        {
            "means": {str(number): mean for number, mean in enumerate(plain, 1)},
            "weighted": {str(number): mean for number, mean in enumerate(weighted, 1)},
            "share": rows[best][0],
            "mean": plain[best],
            "weighted_share": rows[favourite][0],
            "weighted_mean": weighted[favourite],
        },
        (
            "Means: " + ", ".join(f"{percent(row[0])} {bits(m)}" for row, m in zip(rows, plain, strict=True)),
            f"{weight} to 1: ({weight} × prose + sums) / {weight + 1}: "
            + ", ".join(f"{percent(row[0])} {bits(m)}" for row, m in zip(rows, weighted, strict=True)),
        ),
    )


def whispers(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Write two generations of six notes with a die; each note is copied from the generation before.

    The first generation has six different notes A to F; a roll of n copies note n. A note that isn't copied is lost
    for good, so the number of different notes can only fall. The standard rolls leave 4, then 3 of 6. Both levels are
    the same, and ``facts`` aren't used.
    """
    del level, facts
    rolls = WHISPER_ROLLS if rng is None else _even_rolls(rng)
    first = tuple(NOTES[roll - 1] for roll in rolls[0])
    second = tuple(first[roll - 1] for roll in rolls[1])
    lost = sorted(set(NOTES) - set(second))
    return Worked(
        Frozen({"rolls": {str(i): ", ".join(map(str, row)) for i, row in enumerate(rolls, 1)}, "notes": len(NOTES)}),
        {
            "first": ", ".join(first),
            "second": ", ".join(second),
            "different": {"1": len(set(first)), "2": len(set(second))},
            "lost": ", ".join(lost),
            "expected": len(NOTES) * (1 - (1 - 1 / len(NOTES)) ** len(NOTES)),
        },
        (
            f"generation one: {', '.join(first)}: {len(set(first))} different notes",
            f"generation two: {', '.join(second)}: {len(set(second))} different notes",
            f"lost for good: {', '.join(lost)}",
        ),
    )


def _even_rolls(rng: Any) -> tuple[tuple[int, ...], ...]:
    """Return two rows of rolls that leave as many notes as the standard ones do."""
    while True:
        rolls = tuple(tuple(int(face) for face in rng.integers(1, 7, size=len(NOTES))) for _ in range(2))
        if len(set(rolls[0])) == 4 and len({rolls[0][roll - 1] for roll in rolls[1]}) == 3:
            return rolls


def bits_a_token(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compare the bits that a model has for each token it read with those needed to store the token.

    Eight billion weights of 16 bits and 15 trillion tokens leave 0.0085 bits per token; one of 131,072 tokens takes 17.
    Both levels are the same, and ``facts`` aren't used.
    """
    del level, facts
    weights, tokens = pick(rng, MODELS)
    room = round(weights * 1e9 * WEIGHT_BITS / (tokens * 1e12), 4)
    whole = log2(VOCABULARY)
    return Worked(
        Frozen({"weights": weights, "tokens": tokens, "bits": WEIGHT_BITS, "vocabulary": VOCABULARY}),
        {"room": room, "whole": whole, "times": round(whole / room)},
        (
            f"{weights} · 10⁹ · {WEIGHT_BITS} / ({tokens} · 10¹²) = {ratio(room, 4)}",
            f"log₂ {count(VOCABULARY)} = {number(whole)}",
            f"{number(whole)} / {ratio(room, 4)} = {count(round(whole / room))}",
        ),
    )
