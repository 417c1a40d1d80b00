"""Paper exercises of the limits stage. Without ``rng`` each one returns its documented standard numbers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from workshop.ai_models.problems.variants import are_clear, draw, pick, whole
from workshop.ai_models.toys.never_zero import at_least_one
from workshop.model.exhibits import Worked
from workshop.wording.formats import count, number, ratio

EACH = 8  # sentences of each of the four kinds that the model read


def false_shares(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Derive the share of false sentences for three lengths of context.

    Standard: four kinds of eight sentences, equally likely; false shares 7/8, 21/32, 7/16 and 0 for contexts of two,
    three, four and five words. Other sheets have another number of sentences of each kind, and other kinds in another
    order; one is certain from three words on, and all are from five.
    """
    del level
    # all words before the last one must be in view to make it certain: only the first word distinguishes sentences of a kind
    read = tuple((said, len(said.split()) - 1) for said in facts["kinds"])
    each, kinds = (EACH, read) if rng is None else _world(rng, read)
    lucky = Fraction(1, each)
    answer: dict[str, Any] = {"shares": []}
    working = []
    for context, name in ((2, "two"), (3, "three"), (4, "four"), (5, "five")):
        certain = sum(needed <= context for _, needed in kinds)
        true = Fraction(certain, len(kinds)) + Fraction(len(kinds) - certain, len(kinds)) * lucky
        answer[name] = float(1 - true)
        answer["shares"].append({"certain": certain, "true": str(true), "false": str(1 - true)})
        working.append(f"{context} words: {certain} of {len(kinds)} kinds certain, the others right 1 time in {each}")
    givens = {
        "each": each, "kinds": len(kinds), "sentences": [sentence for sentence, _ in kinds],
        "before": [len(sentence.split()) - 1 for sentence, _ in kinds],
    }  # fmt: skip
    return Worked(givens, answer, tuple(working))


def _world(rng: Any, kinds: tuple[tuple[str, int], ...]) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Return how many sentences each kind has, and four kinds: of one length three, of one or two length four."""
    return whole(rng, 3, 40), tuple(kinds[int(place)] for place in rng.permutation(len(kinds)))


def never_zero(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the chance of at least one failure in many conversations.

    Standard: 1 failure in 1,000 conversations, 1,000 conversations: 1 - 0.999^1000 = 0.632.
    """
    del level, facts
    n, one_in = draw(rng, (1000, 1000), _month)
    p = 1 / one_in
    none = (1 - p) ** n
    working = (
        f"no failure in one conversation: 1 − {ratio(p, 3)} = {ratio(1 - p, 3)}",
        f"no failure in {count(n)}: {ratio(1 - p, 3)} to the power {count(n)} = {ratio(none, 3)}",
        f"at least one: 1 − {ratio(none, 3)}",
    )
    givens = {"p": p, "n": n, "one_in": one_in, "none": none}
    return Worked(givens, {"at_least_one": at_least_one(p, n), "expected": p * n}, working)


def _month(rng: Any) -> tuple[int, int] | None:
    """Return conversations in a month, and in how many of them one goes wrong."""
    n, one_in = whole(rng, 200, 2400, 50), pick(rng, (1000, 500, 250, 200))
    return (n, one_in) if 0.05 < (1 - 1 / one_in) ** n < 0.8 and are_clear([(1 - 1 / one_in) ** n], 3) else None


def reliability(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the calibration error of five groups of ten answers each.

    Standard: said 0.5, 0.6, 0.7, 0.8, 0.9 sure; right 4, 6, 5, 7, 6 of 10; mean gap 0.14 (expected calibration error).
    """
    del level, facts
    sure = (0.5, 0.6, 0.7, 0.8, 0.9)
    right = (4, 6, 5, 7, 6) if rng is None else tuple(int(r) for r in rng.integers((3, 4, 4, 5, 5), (6, 7, 8, 9, 9)))
    gaps = [abs(s - r / 10) for s, r in zip(sure, right, strict=True)]
    error = sum(gaps) / len(gaps)
    working = (
        f"gaps {', '.join(ratio(gap, 1) for gap in gaps)}",
        f"sum {number(round(sum(gaps), 9))}, divided by {len(gaps)}: {ratio(error)}",
    )
    return Worked({"sure": list(sure), "right": list(right), "each": 10}, {"gaps": gaps, "error": error}, working)


def guess_or_pass(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Find when a guess pays: a right answer earns a mark, a wrong one costs some, and passing earns none.

    Standard: 60% sure; without a penalty a guess earns 0.6 on average, with a penalty of 1 mark 0.2, with 3 marks -0.6, so that
    one should pass. A guess pays if the confidence is above penalty / (penalty + 1): 0, 0.5, 0.75.
    """
    del level, facts
    standard: tuple[float, tuple[int, ...]] = (0.6, (0, 1, 3))
    sure, penalties = draw(rng, standard, _marks)
    digits = 2 if round(sure * 100) % 10 else 1
    gains = [sure - (1 - sure) * penalty for penalty in penalties]
    working = tuple(f"{ratio(sure, digits)} × 1 − {ratio(1 - sure, digits)} × {penalty}" for penalty in penalties)
    answer = {
        "gains": [round(gain, 2) for gain in gains], "choices": ["guess" if gain > 0 else "pass" for gain in gains],
        "least": [penalty / (penalty + 1) for penalty in penalties],
    }  # fmt: skip
    return Worked({"sure": sure, "penalties": list(penalties)}, answer, working)


def _marks(rng: Any) -> tuple[float, tuple[int, ...]] | None:
    """Return a confidence and three penalties, none of which makes guessing and passing earn the same."""
    sure = whole(rng, 55, 85, 10) / 100
    penalties = (0, *sorted(int(place) + 1 for place in rng.permutation(9)[:2]))
    gains = [sure - (1 - sure) * penalty for penalty in penalties]
    return (sure, penalties) if min(map(abs, gains)) > 0.01 and min(gains) < 0 < gains[1] else None
