"""Charts of the release gate: changes with their intervals, and the verdict for each suite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.model.exhibits import Chart, ChartKind, Column, Reference, Series, Table
from workshop.model.pokes import Guess, Read, Sweep
from workshop.wording.formats import points

BASIS = "both models trained here by counting; items that neither has read; 95% intervals (paired bootstrap)"

POKES = (
    Guess(
        "The candidate gets {{ overall.candidate | percent }} of {{ overall.n }} test items right, the current model "
        "{{ overall.current | percent }}. The items come in {{ tested }} groups, called suites. What should happen?",
        {
            "PASS": "Release it: it is better overall",
            "HOLD": "Hold it: more test items are needed",
            "BLOCK": "Block it",
        },
        truth="verdict",
        comment="The rule forgives a suite a loss of {{ margin | percent }}, and one suite that clearly loses more is enough to block. The "
        "weakest one is {{ worst.name }}.",
        then=Sweep(
            "margin",
            (0.0, 0.02, 0.1, 0.2, 0.3, 0.4),
            label="Loss that the rule forgives a suite",
            unit="percent",
            shows=(Read("the gate’s decision", "verdict"), "forest"),
            finding="With a loss of {{ margin | percent }} forgiven, suites that pass: {{ passed }} of {{ tested }}; that need more items to "
            "tell (HOLD): {{ held }}; that are clearly worse (BLOCK): {{ blocked }}. The gate says {{ verdict }}.",
        ),
        lead="Better on the whole can hide worse in one place. Bet first; then see the suites, and move what the rule forgives.",
    ),
)


def forest(overall: Mapping[str, Any], results: Mapping[str, Mapping[str, Any]], margin: float) -> Chart:
    """Draw every suite's difference with its interval and the margin of the rule; the first row is all items together."""
    rows = [("all items", overall), *results.items()]
    return Chart(
        ChartKind.FOREST,
        title="Candidate minus current model, suite by suite",
        measure="Change in share right, candidate minus current model, in points",
        finding=sentence(overall, results),
        categories=tuple(f"{name} ({row['n']})" for name, row in rows),
        series=(
            Series(
                "change",
                tuple(row["difference"] for _, row in rows),
                low=tuple(row["low"] for _, row in rows),
                high=tuple(row["high"] for _, row in rows),
                labels=("–", *(row["verdict"] for _, row in rows[1:])),
            ),
        ),
        references=(Reference(f"margin, {points(-margin)}" if margin else "no change", -margin, axis="x"),),
        unit="points",
        basis=BASIS,
    )


def table(overall: Mapping[str, Any], results: Mapping[str, Mapping[str, Any]], worst: str) -> Table:
    """List the same numbers as a table for the release board."""
    columns = (
        Column("Suite"), Column("Items", "count"), Column("Current", "percent"), Column("Candidate", "percent"),
        Column("Change", "points"), Column("From", "points"), Column("To", "points"), Column("Verdict"),
    )  # fmt: skip
    keys = ("n", "current", "candidate", "difference", "low", "high")
    rows = [("all items", *(overall[key] for key in keys), None)]
    rows += [(name, *(row[key] for key in keys), row["verdict"]) for name, row in results.items()]
    return Table(
        "The release board's table",
        columns,
        tuple(rows),
        finding=sentence(overall, results),
        measure="Share right on held-out items; change in points, with the ends of its 95% paired interval",
        highlight=1 + list(results).index(worst),
        basis=BASIS,
    )


def sentence(overall: Mapping[str, Any], results: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the result in words."""
    moved = "more" if overall["difference"] > 0 else "fewer"
    blocked = [name for name, result in results.items() if result["verdict"] == "BLOCK"]
    stop = f"{' and '.join(blocked)} blocked" if blocked else "no suite blocked"
    return f"The candidate answers {abs(100 * overall['difference']):.0f} points {moved} of all items; {stop}."
