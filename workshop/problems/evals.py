"""Paper exercises of the evals stage. Without ``rng`` each returns its documented standard numbers."""

from __future__ import annotations

from collections.abc import Mapping
from math import comb
from typing import Any

from workshop.demos.intervals import exact_sign_p, wilson
from workshop.demos.release_gate import verdict
from workshop.formats import count, percent, points, ratio
from workshop.model.exhibits import Frozen, Worked

# Name, change, low end, high end; shares. One row for each way the rule can come out, and one that
# is worse than before for sure, yet within the margin.
BOARD: tuple[tuple[str, float, float, float], ...] = (
    ("sums", 0.12, 0.05, 0.19),
    ("tags", -0.03, -0.09, 0.03),
    ("seasons", -0.01, -0.018, -0.002),
    ("safety", -0.14, -0.25, -0.04),
)
MARGIN = 0.02
REASONS = {
    "PASS": "the whole interval is above {margin}",
    "HOLD": "the interval reaches on both sides of {margin}",
    "BLOCK": "the whole interval is below {margin}",
}


def release_board(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Give a verdict for each row of a table with intervals.

    Standard: sums PASS, tags HOLD, seasons PASS, safety BLOCK; the release is blocked. Other sheets get the
    same four kinds of row in another order, moved by up to one point.
    """
    del level, facts
    rows: tuple[tuple[str, float, float, float], ...] = BOARD
    if rng is not None:
        order = rng.permutation(len(BOARD))
        shift = [int(n) / 100 for n in rng.integers(-1, 2, len(BOARD))]
        names = [row[0] for row in BOARD]
        kinds = [BOARD[i] for i in order]
        # the two rows near the margin keep their place, or they would change their kind
        moves = [0.0 if row[0] in ("tags", "seasons") else s for row, s in zip(kinds, shift, strict=True)]
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
    return Worked(Frozen({"rows": given, "margin": margin}), {"verdicts": verdicts, "release": decision}, working)


def sign_test(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Work out the exact two-sided p of "as many gained as lost" from a row of Pascal's triangle.

    Standard: 12 gained, 4 lost, 40 answered alike: p = 5,034 / 65,536 = .077. Other sheets keep 16 changed
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
    return Worked(Frozen(givens), {"p": p, "enough": "no" if p > 0.05 else "yes", "because": told}, working)


def rule_of_three(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Say how large a rate "none in n" still allows: about 3 / n (one-sided, 95%).

    Standard: 0 break-ins in 20 tries allow about 15%; 300 tries are needed for 1%. The exact end is
    1 - .05 ** (1/20) = 13.9%; Wilson's two-sided interval ends at 16.1%.
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
