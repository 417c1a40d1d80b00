"""A moderator's trade-off: blocking more also blocks more that is fine; tested on requests that the rules were and weren't written for.

The rules were written for one list of requests. On a second list, which nobody looked at while writing them, they do worse.
Rules, requests and labels are hand-written; the scores are actually computed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from workshop.ai_models.parts.handed_in import Requests, Rules
from workshop.ai_models.parts.pokes_of_use import MODERATION
from workshop.ai_models.toys.intervals import newcombe
from workshop.ai_models.toys.moderation import alarms, rates
from workshop.inputs.spelling import words
from workshop.model.exhibits import Chart, ChartKind, Column, Exhibit, Findings, Honesty, Knob, Series, Table, demo
from workshop.wording.formats import MINUS, count, number, percent

THRESHOLDS = tuple(range(-2, 8))
BASIS = "rules and requests written by hand; scores added up by the rules"
MESSAGES = 1000


@demo(
    "moderation",
    title="Which requests does the moderator block?",
    toy_of="the filter in front of a chat model",
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
    """Score both lists at every threshold.

    Facts:
        threshold (number): points from which a request is blocked
        rare.messages (count): messages in the calculation about rare harm, which is arithmetic and no run
        rare.{harmful,caught,false} (percent): harmful messages; share of these flagged; share of the others flagged
        rare.{flagged,hits} (number): messages flagged on average, and harmful ones among them
        rare.right (percent): share of the flagged messages that is harmful
        {own,fresh}.{harmful,fine} (count): requests of each kind: on the list that the rules were written for, and on a
            fresh one
        {own,fresh}.{blocked_fine,missed} (count): fine requests blocked, harmful ones missed
        {own,fresh}.{false_blocks,misses} (percent): the same as shares
        {own,fresh}.auc (ratio): chance that a harmful request has more points than a fine one; ties count half
        misses.{low,high} (percent): 95% interval of the fresh list's share of misses minus the own list's
        rising, falling (yes or no): whether on the fresh list misses never fall and false blocks never rise with the
            threshold
        example.{request,words} (text): the fresh harmful request with the fewest points, and its words with points
        example.points (number): its points
    """
    own = rates(rules.points, requests.harmful, requests.fine, threshold)
    new = rates(rules.points, fresh.harmful, fresh.fine, threshold)
    curve = [rates(rules.points, fresh.harmful, fresh.fine, t) for t in THRESHOLDS]
    false_blocks = tuple(point["false_blocks"] for point in curve)
    misses = tuple(point["misses"] for point in curve)
    slipped = min(fresh.harmful, key=rules.score)
    parts = [f"{word} {rules.points[word]:+d}".replace("-", MINUS) for word in words(slipped) if word in rules.points]
    flagged, hits = alarms(MESSAGES, harmful, caught, false)
    rare = {
        "messages": MESSAGES, "harmful": harmful, "caught": caught, "false": false, "flagged": flagged,
        "hits": hits, "right": hits / flagged,
    }  # fmt: skip
    facts = {
        "threshold": threshold, "rare": rare, "own": own, "fresh": new,
        "rising": all(b >= a for a, b in pairwise(misses)),
        "misses": dict(
            zip(("low", "high"), newcombe(own["missed"], own["harmful"], new["missed"], new["harmful"]), strict=True)
        ),
        "falling": all(b <= a for a, b in pairwise(false_blocks)),
        "example": {"request": slipped, "points": rules.score(slipped), "words": parts or ["no word with points"]},
    }  # fmt: skip
    finding = (
        f"From {count(threshold, 'point')} up the rules miss {percent(own['misses'])} of the harmful requests that they were written "
        f"for and {percent(new['misses'])} of fresh ones; they block {percent(own['false_blocks'])} and "
        f"{percent(new['false_blocks'])} of the fine ones."
    )
    exhibits: dict[str, Exhibit] = {
        "compared": compared_chart(own, new, threshold, finding),
        "trade": trade_chart(misses, false_blocks),
        "scores": scores_table(rules, fresh, threshold, finding),
    }
    return Findings(facts, exhibits)


def compared_chart(own: dict[str, Any], new: dict[str, Any], threshold: int, finding: str) -> Chart:
    """Return the mistakes on both lists, side by side."""
    names = ("old list", "fresh list")
    return Chart(
        ChartKind.COLUMN,
        title="Mistakes on old and fresh requests",
        measure=f"Share of mistakes with the bar at {number(threshold)}: fine requests blocked, harmful ones missed",
        finding=finding,
        categories=("fine, but blocked", "harmful, but missed"),
        series=(
            Series(names[0], (own["false_blocks"], own["misses"]), role="context"),
            Series(names[1], (new["false_blocks"], new["misses"]), role="accent"),
        ),
        unit="percent",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
        y_min=0.0,
    )


def trade_chart(misses: tuple[float, ...], false_blocks: tuple[float, ...]) -> Chart:
    """Return misses and false blocks at every threshold."""
    return Chart(
        ChartKind.LINE,
        title="The trade, threshold by threshold",
        measure="Share of fresh requests handled wrongly, by the points at which the rules block",
        finding=f"From {THRESHOLDS[0]} to {THRESHOLDS[-1]} points, misses go from {percent(misses[0])} to "
        f"{percent(misses[-1])} and false blocks from {percent(false_blocks[0])} to {percent(false_blocks[-1])}.",
        categories=tuple(f"{t}".replace("-", MINUS) for t in THRESHOLDS),
        series=(Series("fine, but blocked", false_blocks), Series("harmful, but missed", misses, role="stop")),
        x_label="points from which a request is blocked",
        unit="percent",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
        y_min=0.0,
        y_max=1.0,
    )


def scores_table(rules: Rules, fresh: Requests, threshold: int, finding: str) -> Table:
    """Return some fresh requests with their points and the verdict."""
    return Table(
        "Scores of fresh requests",
        (Column("Fresh request"), Column("Harmful"), Column("Points", "number"), Column("Verdict")),
        tuple(
            (request, label, rules.score(request), "block" if rules.score(request) >= threshold else "pass")
            for label, part in (("yes", fresh.harmful[:3]), ("no", fresh.fine[7:10]))
            for request in part
        ),
        finding=finding,
        measure=f"Points added up word by word; blocked at {threshold} or more",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )
