"""Stage 1 on paper: near-copies by hand, and whether the text would fit into the weights."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import log2
from typing import Any

from workshop.ai_models.problems.variants import draw, is_clear, pick, whole
from workshop.model.exhibits import Worked
from workshop.wording.formats import count, number, ratio

# Pairs of sentences in which the last word differs, or (level 2) a word in the middle
NEAR_COPIES = ("the cat sleeps in the box", "the cat sleeps in the bed")
CHANGED_INSIDE = ("the cat sleeps in the box", "the cat waits in the box")
SUBJECTS = (
    "the owl",
    "a frog",
    "the cat",
    "a child",
    "the crow",
    "a hamster",
    "my aunt",
    "the goat",
    "a wren",
    "our guest",
)
VERBS = ("sleeps", "waits", "sits", "sings", "rests", "eats", "hides", "stays")
WHERE = ("in the", "by the", "near the", "behind the", "under the", "beside the")
KINDS = ("", "", "old ", "long ", "red ", "small wooden ", "warm little ")
LOOKS = ("new", "dark", "wide", "quiet", "empty")
ENDINGS = ("all day", "at night", "each morning", "for an hour", "on warm days", "until it rains")
EDITS = ("last word", "word inside", "ending")
PLACES = ("box", "bed", "car", "park", "yard", "road", "house", "stairs", "sofa", "wall")
THRESHOLDS = (0.8, 0.6)
LEAST_LIKENESS = 0.3
# Billions of weights, trillions of tokens read, bits of a token
MODEL = (8, 15, 17)
WEIGHT_BITS = 16


def near_duplicates(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Score two sentences by the word pairs that they share, and judge them at two thresholds.

    Level 1 gives 4 of 6 = 0.667 (keep at 0.8, drop at 0.6); level 2 changes a word in the middle: 3 of 7 = 0.429. Other
    sheets have other sentences of six to eleven words; at level 1 all of them are kept at 0.8 and dropped at 0.6.
    ``facts`` aren't used.
    """
    del facts
    a, b = (NEAR_COPIES if level < 2 else CHANGED_INSIDE) if rng is None else _near_copies(rng, level)
    pairs_a, pairs_b = (list(dict.fromkeys(pairwise(text.split()))) for text in (a, b))
    shared = [pair for pair in pairs_a if pair in pairs_b]
    either = len({*pairs_a, *pairs_b})
    score = len(shared) / either
    usual, strict = (("drop" if score >= threshold else "keep") for threshold in THRESHOLDS)
    names = ", ".join(f"“{one} {other}”" for one, other in shared)
    first, second = (" ".join(pair) for pair in pairs_a[:2])
    return Worked(
        {"a": a, "b": b, "threshold": THRESHOLDS[0], "strict": THRESHOLDS[1], "first": first, "second": second},
        {
            "of_a": len(pairs_a),
            "of_b": len(pairs_b),
            "shared": len(shared),
            "either": either,
            "score": score,
            "verdict": usual,
            "strict_verdict": strict,
            "hundred": round(100 * score),
            "words": _single_words(a, b),
            "pairs": names,
        },
        (
            f"Both have {names}: {len(shared)} pairs",
            f"{len(pairs_a)} + {len(pairs_b)} − {len(shared)} = {either} different pairs in all",
            f"{len(shared)} / {either}",
        ),
    )


def _near_copies(rng: Any, level: int) -> tuple[str, str]:
    """Return two sentences, one of which has another last word, one more word inside, or more words at its end; level 2: and another verb."""

    def make(rng: Any) -> tuple[str, str] | None:
        subject, where, kind = (pick(rng, options) for options in (SUBJECTS, WHERE, KINDS))
        verbs, places, looks = (rng.permutation(options)[:2].tolist() for options in (VERBS, PLACES, LOOKS))
        edit = pick(rng, EDITS if level < 2 else (*EDITS, "verb alone"))
        a = f"{subject} {verbs[0]} {where} {kind}{places[0]}"
        b = " ".join(
            (
                subject,
                verbs[level > 1],
                where,
                f"{looks[0]} " * (edit == "word inside") + kind + places[edit == "last word"],
                *((pick(rng, ENDINGS),) if edit == "ending" else ()),
            )
        )
        low, high = THRESHOLDS[::-1] if level < 2 else (LEAST_LIKENESS, THRESHOLDS[1])
        return pick(rng, ((a, b), (b, a))) if low <= _likeness(a, b) < high else None

    return draw(rng, NEAR_COPIES if level < 2 else CHANGED_INSIDE, make)


def _likeness(a: str, b: str) -> float:
    one, two = ({*pairwise(text.split())} for text in (a, b))
    return len(one & two) / len(one | two)


def _single_words(a: str, b: str) -> dict[str, float]:
    """Return the same similarity for single words."""
    one, two = set(a.split()), set(b.split())
    shared, either = len(one & two), len(one | two)
    return {"shared": shared, "either": either, "score": shared / either}


def bits_a_token(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compare the bits that a model has for each token it read with those needed to store the token.

    Eight billion weights of 16 bits and 15 trillion tokens leave 0.0085 bits per token; one of 131,072 tokens takes 17.
    Both levels are the same, and ``facts`` aren't used.
    """
    del level, facts
    weights, tokens, token_bits = draw(rng, MODEL, _model)
    room = round(_room(weights, tokens), 4)
    vocabulary = 2**token_bits
    each = log2(vocabulary)
    return Worked(
        {"weights": weights, "tokens": tokens, "bits": WEIGHT_BITS, "vocabulary": vocabulary},
        {"room": room, "whole": each, "times": round(each / room)},
        (
            f"{weights} · 10⁹ · {WEIGHT_BITS} / ({tokens} · 10¹²) = {ratio(room, 4)}",
            f"log₂ {count(vocabulary)} = {number(each)}",
            f"{number(each)} / {ratio(room, 4)} = {count(round(each / room))}",
        ),
    )


def _room(weights: int, tokens: int) -> float:
    """Return the bits of weights per token, for billions of weights and trillions of tokens."""
    return weights * 1e9 * WEIGHT_BITS / (tokens * 1e12)


def _model(rng: Any) -> tuple[int, int, int] | None:
    weights, tokens, token_bits = whole(rng, 2, 20), whole(rng, 2, 30), whole(rng, 15, 18)
    room = round(_room(weights, tokens), 4)
    fits = 0.004 < room < 0.02 and is_clear(_room(weights, tokens), 4) and is_clear(token_bits / room, 0)
    return (weights, tokens, token_bits) if fits else None
