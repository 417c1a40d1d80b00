"""Stages 5 and 8 on paper. Without ``rng`` each function returns its documented standard numbers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, comb, sqrt
from typing import Any

from workshop.ai_models.problems.variants import are_clear, draw, is_clear, pick, whole
from workshop.ai_models.toys.intervals import exact_sign_p, wilson
from workshop.ai_models.toys.never_zero import at_least_one
from workshop.ai_models.toys.release_gate import verdict
from workshop.model.exhibits import Chart, ChartKind, Honesty, Reference, Series, Worked
from workshop.wording.formats import count, number, percent, points, ratio

# Name, change, low end, high end, as shares. One row for each outcome of the rule, and one that
# is certainly worse than before, but within the margin.
BOARD: tuple[tuple[str, float, float, float], ...] = (
    ("sums", 0.12, 0.05, 0.19),
    ("names", -0.03, -0.09, 0.03),
    ("dates", -0.01, -0.018, -0.002),
    ("privacy", -0.14, -0.25, -0.04),
)
MARGIN = 0.02
SUITES = ("sums", "names", "dates", "privacy", "maps", "rhymes", "recipes", "safety", "letters", "colours")
# Kinds of row on other boards, in points from the margin: change, low end, high end
ROWS = {"PASS": (14, 7, 21), "PASS, though worse": (0.6, 0.2, 1.0), "HOLD": (-1, -7, 5), "BLOCK": (-12, -22, -2)}
REASONS = {
    "PASS": "the whole bar is above {margin}",
    "HOLD": "{margin} is inside the bar",
    "BLOCK": "the whole bar is below {margin}",
}


def release_board(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Give a verdict for each row of a table with intervals.

    Standard: sums PASS, names HOLD, dates PASS, privacy BLOCK; the release is blocked. Other sheets have other suites, intervals
    and margins, but always a row that passes although it got worse, one on hold and one that blocks.
    """
    del level, facts
    limit, rows = (MARGIN, BOARD) if rng is None else _board(rng)
    margin = points(-limit)
    given = [
        {"suite": name, "change": points(change, 1), "low": points(low, 1), "high": points(high, 1)}
        for name, change, low, high in rows
    ]
    verdicts = [verdict(low, high, limit) for _, _, low, high in rows]
    working = tuple(
        f"{row['suite']}: {row['low']} to {row['high']}, {REASONS[word].format(margin=margin)}"
        for row, word in zip(given, verdicts, strict=True)
    )
    decision = next(word for word in ("BLOCK", "HOLD", "PASS") if word in verdicts)
    answer = {"verdicts": verdicts, "release": decision, "suites": [name for name, *_ in rows]}
    return Worked(
        {"rows": given, "margin": margin},
        answer,
        working,
        exhibit=_verdicts_drawn(rows, limit, verdicts, decision),
    )


def _board(rng: Any) -> tuple[float, tuple[tuple[str, float, float, float], ...]]:
    """Return a margin and four rows in a random order; ends keep clear of the margin."""
    margin = whole(rng, 2, 4)
    kinds = [*(kind for kind in ROWS if kind != "PASS"), pick(rng, tuple(ROWS))]
    rows = []
    for kind, suite in zip(rng.permutation(len(kinds)), rng.permutation(len(SUITES)), strict=False):
        change, low, high = ROWS[kinds[int(kind)]]
        near = kinds[int(kind)] in ("PASS, though worse", "HOLD")
        move = whole(rng, -2, 2) / 10 if near else whole(rng, -15, 15) / 10
        wider = whole(rng, 0, 1) / 10 if near else whole(rng, 0, 10) / 10
        ends = (change + move, low + move - (0 if near else wider), high + move + wider)
        if kinds[int(kind)] == "PASS":
            ends = (change + move, max(1.0, ends[1]), ends[2])
        if kinds[int(kind)] == "BLOCK":
            ends = (change + move, ends[1], min(-1.0, ends[2]))
        if kinds[int(kind)] == "PASS, though worse":
            ends = (change + move, max(0.1, low + move), min(margin - 0.3, high + move))
        change, low, high = (round((end - margin) / 100, 3) for end in ends)
        rows.append((SUITES[int(suite)], change, low, high))
    return margin / 100, tuple(rows)


def _verdicts_drawn(
    rows: tuple[tuple[str, float, float, float], ...], margin: float, verdicts: list[str], decision: str
) -> Chart:
    """Draw the rows' intervals against the margin, each with its verdict."""
    names, changes, lows, highs = zip(*rows, strict=True)
    return Chart(
        ChartKind.FOREST,
        title="Four rows against the margin",
        measure="Made-up change, new minus old, in points; each bar has two ends",
        finding=f"{', '.join(f'{name}: {word}' for name, word in zip(names, verdicts, strict=True))}; the release: {decision}",
        categories=names,
        series=(Series("change", changes, low=lows, high=highs, labels=tuple(verdicts)),),
        references=(Reference("margin", -margin, axis="x", sides=("worse than the margin, {}", "above it")),),
        unit="points",
        honesty=Honesty.ILLUSTRATIVE,
        basis="scores made up for the exercise",
    )


def sign_test(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the exact two-sided p of "as many gained as lost" from a row of Pascal's triangle.

    Standard: 12 gained, 4 lost, 40 answered alike: p = 5,034 / 65,536 = 0.077. Other sheets have 8 to 32 changed
    items, with 1 to 5 of them lost, and p is never close to 1 in 20.
    """
    del level, facts
    changed, lost, same = draw(rng, (16, 4, 40), _changes)
    gained = changed - lost
    ways = [comb(changed, i) for i in range(lost + 1)]
    every = 2**changed
    p = exact_sign_p(gained, lost)
    givens = {
        "gained": gained, "lost": lost, "same": same, "changed": changed, "every": count(every),
        "row": [count(comb(changed, i)) for i in range(6)],
    }  # fmt: skip
    working = (
        f"{' + '.join(count(way) for way in ways)} = {count(sum(ways))} ways to lose {lost} or fewer",
        f"twice that, for both directions: {count(2 * sum(ways))}",
        f"{count(2 * sum(ways))} / {count(every)} = {ratio(p, 3)}",
    )
    told = "chance does this more often than 1 time in 20" if p > 0.05 else "chance does this less often than 1 in 20"
    answer = {
        "p": p, "ways": sum(ways), "doubled": 2 * sum(ways), "enough": "no" if p > 0.05 else "yes", "because": told
    }  # fmt: skip
    low = max(0.0, round(p - 0.005, 2))
    return Worked(givens, answer, working, (min(low, p), max(low + 0.01, p)))


def _changes(rng: Any) -> tuple[int, int, int] | None:
    """Return changed, lost and unchanged items whose p is between 0.0005 and 0.8, and not close to 0.05."""
    changed, lost, same = whole(rng, 8, 32), whole(rng, 1, 5), whole(rng, 20, 60, 5)
    p = exact_sign_p(changed - lost, lost)
    return (changed, lost, same) if 0.0005 < p < 0.8 and abs(p - 0.05) > 0.005 and is_clear(p, 3) else None


def rule_of_three(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the largest rate that "none in n" still allows: about 3 / n (one-sided, 95%).

    Standard: 0 break-ins in 20 tries allow about 15%; 300 tries are needed for 1%. The exact end is
    1 - 0.05 ** (1/20) = 13.9%; Wilson's two-sided interval ends at 16.1%.
    """
    del level, facts
    n, wanted = draw(rng, (20, 0.01), _tries)
    needed = round(3 / wanted)
    working = (
        f"3 / {n} = {ratio(3 / n, 2)}, so up to about {percent(3 / n)}",
        f"3 / {percent(wanted, 1 if round(1000 * wanted) % 10 else 0)} = {count(needed)} tries without one success",
    )
    answer = {"rate": 3 / n, "needed": needed, "exact": 1 - 0.05 ** (1 / n), "wilson": wilson(0, n)[1]}
    return Worked({"n": n, "wanted": wanted}, answer, working)


def _tries(rng: Any) -> tuple[int, float] | None:
    """Return a number of tries, and a rate that needs a whole number of them."""
    n, wanted = whole(rng, 12, 60), whole(rng, 5, 60) / 1000
    return (n, wanted) if round(3 / wanted, 6) % 5 == 0 and is_clear(3 / n, 2) else None


def faulty_test(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Find the highest possible score of a perfect model if some questions are faulty.

    Standard: 200 questions, 6.5% faulty, so 13; a model that is right on every sound question and on none of the
    faulty ones gets 187 of 200, or 93.5%; one with 94% has agreed with at least one wrong key.
    """
    del level, facts
    n, share = draw(rng, (200, 0.065), _faults)
    faulty = round(n * share)
    best = (n - faulty) / n
    working = (
        f"{count(n)} × {percent(share, 1)} = {count(faulty)} faulty questions",
        f"({count(n)} − {count(faulty)}) / {count(n)} = {count(n - faulty)} / {count(n)} = {percent(best, 1)}",
    )
    givens = {"n": n, "share": share, "claimed": best + 0.005}
    return Worked(givens, {"faulty": faulty, "best": best}, working)


def _faults(rng: Any) -> tuple[int, float] | None:
    """Return a number of questions and a share of faulty ones that give a whole number."""
    n, share = whole(rng, 200, 1000, 100), whole(rng, 35, 95, 5) / 1000
    return (n, share) if round(n * share, 6) % 1 == 0 else None


def margin_of_error(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the half-width of a 95% interval of a score, and the questions that a narrower one needs.

    Standard: 90% of 100 questions: 1.96 × √(0.9 × 0.1 / 100) = 0.059; for half a width of one point 3,458 questions.
    This is the normal approximation, which is good if both right and wrong answers are many; Wilson's interval is better for few.
    """
    del level, facts
    p, n, wanted = draw(rng, (0.9, 100, 0.01), _score)
    half = 1.96 * sqrt(p * (1 - p) / n)
    needed = ceil(round(1.96**2 * p * (1 - p) / wanted**2, 6))
    product = ratio(p * (1 - p), 4 if round(p * 100) % 10 else 2)
    working = (
        f"1.96 × √({product} / {n}) = {ratio(half, 3)}",
        f"1.96² × {product} / {ratio(wanted)}² = {count(needed)}",
    )
    return Worked({"p": p, "n": n, "wanted": wanted}, {"half": half, "needed": needed}, working)


def _score(rng: Any) -> tuple[float, int, float] | None:
    """Return a share of right answers, a number of items, and a half-width that is wanted."""
    p, n, wanted = whole(rng, 60, 95) / 100, whole(rng, 100, 500, 100), whole(rng, 1, 2) / 100
    fits = p * n == round(p * n) and is_clear(1.96 * sqrt(p * (1 - p) / n), 3)
    return (p, n, wanted) if fits else None


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
