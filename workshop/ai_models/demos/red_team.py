"""A red team against the moderator: the same harmful requests in several disguises, and how often each gets through.

Attacks, requests and rules are written by hand; the scores are actually computed. With so few tries every rate needs an
interval, and "never got through" doesn't mean "can't get through".
"""

from __future__ import annotations

from typing import Any

from workshop.ai_models.parts.handed_in import Attacks, Requests, Rules
from workshop.ai_models.parts.pokes_of_use import RED_TEAM
from workshop.ai_models.toys.intervals import wilson
from workshop.ai_models.toys.moderation import score
from workshop.ai_models.toys.red_team import HOW, Points, through
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Honesty, Knob, Reference, Series, Table, demo
from workshop.wording.formats import percent


@demo(
    "red_team",
    title="Which disguise gets past the moderator?",
    toy_of="jailbreaks",
    claims={
        "Some attack gets through so much more often that its interval lies above that of plain requests": "best.low > plain.high"
    },
    knobs={"threshold": Knob(-2, 7, "points from which a request is blocked")},
    pokes=RED_TEAM,
)
def red_team(*, rules: Rules, requests: Requests, attacks: Attacks, threshold: int = 2) -> Findings:
    """Try every attack on every harmful request.

    Facts:
        tried (count): harmful requests
        threshold (number): points from which the moderator blocks
        {plain,best}.name (text): no attack, and the attack that works most often
        {plain,best}.through (count): requests that get through
        {plain,best}.{rate,low,high} (percent): their share, and its 95% interval
        {plain,best}.first (text): the first request as the moderator reads it
        works (count): attacks whose interval lies above that of the plain requests
        attacks.names (text): all attacks
        attacks.through (count): requests that get through with each
        example.{before,after} (text): one request, and the same after the best attack
        example.points.{before,after} (number): the points of both
    """
    tried = len(requests.harmful)
    results: list[dict[str, Any]] = []
    for name, how, text in attacks.items:
        dressed = [HOW[how](request, rules.points, text) for request in requests.harmful]
        passed = through(dressed, rules.points, threshold)
        low, high = wilson(passed, tried)
        results.append({
            "name": name, "through": passed, "rate": passed / tried, "low": low, "high": high, "first": dressed[0],
        })  # fmt: skip
    plain = results[0]
    best = max(results, key=lambda result: float(result["low"]))
    finding = (
        f"Unchanged, {plain['through']} of {tried} harmful requests got through; with “{best['name']}” "
        f"{best['through']} did (interval {percent(best['low'])} to {percent(best['high'])})."
    )
    basis = "attacks, requests and rules written by hand; 95% intervals (Wilson)"
    chart = Chart(
        ChartKind.FOREST,
        title="Share that gets through, attack by attack",
        measure="Share of harmful requests that get through; a bar spans where the true share probably lies",
        finding=finding,
        categories=tuple(result["name"] for result in results),
        series=(
            Series(
                "gets through",
                tuple(result["rate"] for result in results),
                low=tuple(result["low"] for result in results),
                high=tuple(result["high"] for result in results),
                labels=tuple(f"{result['through']} of {tried}" for result in results),
            ),
        ),
        references=(
            Reference(
                "as it is, at most", plain["high"], sides=("no clear difference", "clearly more often"), worse="above"
            ),
        ),
        unit="percent",
        honesty=Honesty.SIMULATED,
        basis=basis,
        y_min=0.0,
        y_max=1.0,
    )
    facts = {
        "tried": tried, "threshold": threshold, "plain": plain, "best": best,
        "works": sum(result["low"] > plain["high"] for result in results),
        "attacks": {"names": [r["name"] for r in results], "through": [r["through"] for r in results]},
        "example": _example(rules.points, plain["first"], best["first"]),
    }  # fmt: skip
    return Findings(facts, {"rates": chart, "dressed": _dressed(results, finding, tried, basis)})


def _example(points: Points, before: str, after: str) -> dict[str, Any]:
    return {
        "before": before,
        "after": after,
        "points": {"before": score(points, before), "after": score(points, after)},
    }


def _dressed(results: list[dict[str, Any]], finding: str, tried: int, basis: str) -> Table:
    return Table(
        "What each attack does to one request",
        (Column("Attack"), Column("What the moderator reads"), Column("Through", "count")),
        tuple((result["name"], result["first"], result["through"]) for result in results),
        finding=finding,
        measure=f"One harmful request, dressed up; and how many of {tried} such requests get through",
        honesty=Honesty.SIMULATED,
        basis=basis,
    )
