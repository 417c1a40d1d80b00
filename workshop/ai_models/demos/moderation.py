"""A moderator's trade-off: blocking more also blocks more that is fine; tested on requests that the rules were and weren't written for.

The rules were written for one list of requests. On a second list, which nobody looked at while writing them, they do worse.
Rules, requests and labels are hand-written; the scores are actually computed.

Facts:
    threshold: points from which a request is blocked.
    own, fresh: harmful, fine (numbers of requests); false_blocks, misses (shares at the threshold); blocked_fine,
        missed (numbers); auc (chance that a harmful request has more points than a fine one, ties count half).
    rising, falling: whether, on the fresh list, misses never fall and false blocks never rise as the threshold goes up.
    example: request, points, words of the fresh harmful request with the fewest points.
    rare: what a filter flags if little is harmful: messages, harmful, caught, false (shares), flagged (expected
        number), right (share of the flagged that is harmful). This is plain arithmetic, not a run.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from workshop.ai_models.parts.moderation_exhibits import THRESHOLDS, compared_chart, scores_table, trade_chart
from workshop.ai_models.parts.points import Requests, Rules
from workshop.ai_models.parts.pokes_of_products import MODERATION
from workshop.inputs.texts import words
from workshop.model.exhibits import (
    Exhibit,
    Findings,
    Frozen,
    Knob,
    demo,
)
from workshop.wording.formats import MINUS, number, percent


def rates(rules: Rules, requests: Requests, threshold: int) -> dict[str, Any]:
    """Return false blocks and misses at a threshold, as shares and as numbers."""
    harmful = [rules.score(request) for request in requests.harmful]
    fine = [rules.score(request) for request in requests.fine]
    blocked_fine = sum(score >= threshold for score in fine)
    missed = sum(score < threshold for score in harmful)
    wins = sum((bad > good) + 0.5 * (bad == good) for bad in harmful for good in fine)
    return {
        "harmful": len(harmful), "fine": len(fine), "blocked_fine": blocked_fine, "missed": missed,
        "false_blocks": blocked_fine / len(fine), "misses": missed / len(harmful),
        "auc": wins / (len(harmful) * len(fine)),
    }  # fmt: skip


@demo(
    "moderation",
    title="Which requests does the moderator block?",
    claims={
        "As the threshold rises, misses rise and false blocks fall": "rising and falling",
        "The rules do worse on requests they were not written for": "fresh.auc < own.auc",
    },
    knobs={
        "threshold": Knob(-2, 7, "points from which a request is blocked"),
        "harmful": Knob(0.0001, 1, "share of harmful messages in the calculation with 1,000 messages"),
        "caught": Knob(0.0001, 1, "share of the harmful ones that are flagged"),
        "false": Knob(0, 1, "share of the fine ones that are flagged"),
    },
    pokes=MODERATION,
)
def moderation(
    *, rules: Rules, requests: Requests, fresh: Requests, threshold: int = 2, harmful: float = 0.01,
    caught: float = 0.95, false: float = 0.05,
) -> Findings:  # fmt: skip
    """Score both lists at every threshold."""
    own, new = rates(rules, requests, threshold), rates(rules, fresh, threshold)
    curve = [rates(rules, fresh, t) for t in THRESHOLDS]
    false_blocks = tuple(point["false_blocks"] for point in curve)
    misses = tuple(point["misses"] for point in curve)
    slipped = min(fresh.harmful, key=rules.score)
    parts = [f"{word} {rules.points[word]:+d}".replace("-", MINUS) for word in words(slipped) if word in rules.points]
    hits, alarms = 1000 * harmful * caught, 1000 * (1 - harmful) * false
    rare = {
        "messages": 1000, "harmful": harmful, "caught": caught, "false": false, "flagged": hits + alarms,
        "hits": hits, "right": hits / (hits + alarms),
    }  # fmt: skip
    facts = {
        "threshold": threshold, "rare": rare, "own": own, "fresh": new,
        "rising": all(b >= a for a, b in pairwise(misses)),
        "falling": all(b <= a for a, b in pairwise(false_blocks)),
        "example": {"request": slipped, "points": rules.score(slipped), "words": parts or ["no word with points"]},
    }  # fmt: skip
    finding = (
        f"From {number(threshold)} points up the rules miss {percent(own['misses'])} of the harmful requests that they were written "
        f"for and {percent(new['misses'])} of fresh ones; they block {percent(own['false_blocks'])} and "
        f"{percent(new['false_blocks'])} of the fine ones."
    )
    exhibits: dict[str, Exhibit] = {
        "compared": compared_chart(own, new, threshold, finding),
        "trade": trade_chart(misses, false_blocks),
        "scores": scores_table(rules, fresh, threshold, finding),
    }
    return Findings(Frozen(facts), exhibits)
