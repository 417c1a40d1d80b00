"""Charts of the moderation demo: mistakes on two lists, the trade-off, and scores of requests."""

from __future__ import annotations

from typing import Any

from workshop.ai_models.parts.points import Requests, Rules
from workshop.model.exhibits import Chart, ChartKind, Column, Honesty, Series, Table
from workshop.wording.formats import MINUS, number, percent

THRESHOLDS = tuple(range(-2, 8))
BASIS = "rules and requests written by hand; scores added up by the rules"


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
