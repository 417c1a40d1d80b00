"""Paper exercises of the evals stage. Without ``rng`` each one returns its documented standard numbers."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, comb, sqrt
from typing import Any

from workshop.ai_models.demos.release_gate import verdict
from workshop.ai_models.parts.intervals import exact_sign_p, wilson
from workshop.model.exhibits import Chart, ChartKind, Frozen, Honesty, Reference, Series, Worked
from workshop.wording.formats import count, percent, points, ratio

# Name, change, low end, high end, as shares. One row for each outcome of the rule, and one that
# is certainly worse than before, but within the margin.
BOARD: tuple[tuple[str, float, float, float], ...] = (
    ("sums", 0.12, 0.05, 0.19),
    ("names", -0.03, -0.09, 0.03),
    ("dates", -0.01, -0.018, -0.002),
    ("privacy", -0.14, -0.25, -0.04),
)
MARGIN = 0.02
REASONS = {
    "PASS": "the whole interval is above {margin}",
    "HOLD": "{margin} is inside the interval",
    "BLOCK": "the whole interval is below {margin}",
}


def release_board(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Give a verdict for each row of a table with intervals.

    Standard: sums PASS, names HOLD, dates PASS, privacy BLOCK; the release is blocked. Other sheets get the
    same four kinds of row in another order, moved by up to one point.
    """
    del level, facts
    rows: tuple[tuple[str, float, float, float], ...] = BOARD
    if rng is not None:
        order = rng.permutation(len(BOARD))
        shift = [int(n) / 100 for n in rng.integers(-1, 2, len(BOARD))]
        names = [row[0] for row in BOARD]
        kinds = [BOARD[i] for i in order]
        # the two rows near the margin aren't moved, since their verdict would change
        moves = [0.0 if row[0] in ("names", "dates") else s for row, s in zip(kinds, shift, strict=True)]
        rows = tuple(
            (name, round(change + move, 3), round(low + move, 3), round(high + move, 3))
            for name, (_, change, low, high), move in zip(names, kinds, moves, strict=True)
        )
    margin = points(-MARGIN)
    given = [
        {"suite": name, "change": points(change, 1), "low": points(low, 1), "high": points(high, 1)}
        for name, change, low, high in rows
    ]
    verdicts = [verdict(low, high, MARGIN) for _, _, low, high in rows]
    working = tuple(
        f"{row['suite']}: {row['low']} to {row['high']}, {REASONS[word].format(margin=margin)}"
        for row, word in zip(given, verdicts, strict=True)
    )
    decision = next(word for word in ("BLOCK", "HOLD", "PASS") if word in verdicts)
    answer = {"verdicts": verdicts, "release": decision}
    return Worked(
        Frozen({"rows": given, "margin": margin}), answer, working, exhibit=_verdicts_drawn(rows, verdicts, decision)
    )


def _verdicts_drawn(rows: tuple[tuple[str, float, float, float], ...], verdicts: list[str], decision: str) -> Chart:
    """Draw the rows' intervals against the margin, each with its verdict."""
    names, changes, lows, highs = zip(*rows, strict=True)
    return Chart(
        ChartKind.FOREST,
        title="Four rows against the margin",
        measure="Made-up change, new minus old, points; the bar is where the true change plausibly lies",
        finding=f"{', '.join(f'{name}: {word}' for name, word in zip(names, verdicts, strict=True))}; the release: {decision}",
        categories=names,
        series=(Series("change", changes, low=lows, high=highs, labels=tuple(verdicts)),),
        references=(Reference(f"margin, {points(-MARGIN)}", -MARGIN, axis="x"),),
        unit="points",
        honesty=Honesty.ILLUSTRATIVE,
        basis="scores made up for the exercise",
    )


def sign_test(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the exact two-sided p of "as many gained as lost" from a row of Pascal's triangle.

    Standard: 12 gained, 4 lost, 40 answered alike: p = 5,034 / 65,536 = 0.077. Other sheets keep 16 changed
    items, so that the printed row stays the same, with 3 to 5 of them lost.
    """
    del level, facts
    changed, same = 16, 40
    lost = 4 if rng is None else int(rng.choice((3, 4, 5)))
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
    return Worked(Frozen(givens), answer, working)


def rule_of_three(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the largest rate that "none in n" still allows: about 3 / n (one-sided, 95%).

    Standard: 0 break-ins in 20 tries allow about 15%; 300 tries are needed for 1%. The exact end is
    1 - 0.05 ** (1/20) = 13.9%; Wilson's two-sided interval ends at 16.1%.
    """
    del level, facts
    n = 20 if rng is None else int(rng.choice((15, 20, 25, 30, 50, 60)))
    wanted = 0.01 if rng is None else float(rng.choice((0.01, 0.02, 0.005)))
    needed = round(3 / wanted)
    working = (
        f"3 / {n} = {ratio(3 / n, 2)}, so up to about {percent(3 / n)}",
        f"3 / {percent(wanted, 1 if wanted < 0.01 else 0)} = {count(needed)} tries without one success",
    )
    answer = {"rate": 3 / n, "needed": needed, "exact": 1 - 0.05 ** (1 / n), "wilson": wilson(0, n)[1]}
    return Worked(Frozen({"n": n, "wanted": wanted}), answer, working)


def faulty_test(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Find the highest possible score of a perfect model if some questions are faulty.

    Standard: 200 questions, 6.5% faulty, so 13; a model that is right on every sound question and on none of the
    faulty ones gets 187 of 200, or 93.5%; one with 94% has agreed with at least one wrong key.
    """
    del level, facts
    n, share = (200, 0.065) if rng is None else (int(rng.choice((200, 400, 600, 1000))), 0.065)
    faulty = round(n * share)
    best = (n - faulty) / n
    working = (
        f"{count(n)} × {percent(share, 1)} = {count(faulty)} faulty questions",
        f"({count(n)} − {count(faulty)}) / {count(n)} = {count(n - faulty)} / {count(n)} = {percent(best, 1)}",
    )
    givens = {"n": n, "share": share, "claimed": best + 0.005}
    return Worked(Frozen(givens), {"faulty": faulty, "best": best}, working)


def margin_of_error(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the half-width of a 95% interval of a score, and the questions that a narrower one needs.

    Standard: 90% of 100 questions: 1.96 × √(0.9 × 0.1 / 100) = 0.059; for half a width of one point 3,458 questions.
    This is the normal approximation, which is good if both right and wrong answers are many; Wilson's interval is better for few.
    """
    del level, facts
    p = 0.9 if rng is None else float(rng.choice((0.8, 0.85, 0.9)))
    n, wanted = 100, 0.01
    half = 1.96 * sqrt(p * (1 - p) / n)
    needed = ceil(round(1.96**2 * p * (1 - p) / wanted**2, 6))
    product = ratio(p * (1 - p), 4 if round(p * 100) % 10 else 2)
    working = (
        f"1.96 × √({product} / {n}) = {ratio(half, 3)}",
        f"1.96² × {product} / {ratio(wanted)}² = {count(needed)}",
    )
    return Worked(Frozen({"p": p, "n": n, "wanted": wanted}), {"half": half, "needed": needed}, working)
