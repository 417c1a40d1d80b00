"""Charts of the cleaning demo: pages by step, perplexity by step, the price of rules and of thresholds."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.model.exhibits import Chart, ChartKind, Column, Frozen, Honesty, Reference, Series, Table
from workshop.wording.formats import bits, listed

STEPS = ("Raw", "Copies out", "Near ones out", "Rules", "Masked")
DRAWS = 20  # readings per step; their mean perplexity is shown
BASIS = "genuine pages from a garden grammar, dirt added by us"


def page_chart(sizes: Sequence[int]) -> Chart:
    """Draw how many pages each step removed."""
    raw, exact, near, rules, final = sizes
    return Chart(
        ChartKind.WATERFALL,
        title="Pages kept and dropped",
        measure="Pages, step by step",
        finding=f"Of {raw} pages, copies take {raw - exact}, near-copies {exact - near} and rules {near - rules}; "
        f"{final} are kept",
        series=(Series("pages", (raw, exact - raw, near - exact, rules - near, final)),),
        categories=("Crawled", "Copies", "Near-copies", "Rules", "Kept"),
        unit="count",
        highlight=("Kept",),
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )


def perplexity_chart(facts: Frozen) -> Chart:
    """Draw the perplexity after each step, with the floor; the lowest column is highlighted."""
    p, budget = facts["perplexity"], facts["budget"]
    measured = (p["raw"], p["exact"], p["near"], p["rules"], p["final"])
    return Chart(
        ChartKind.COLUMN,
        title="Perplexity after each step",
        measure=f"Perplexity on unseen sentences after reading {budget} words (lower is better)",
        finding=f"With {budget} words to read, perplexity goes from {bits(p['raw'])} on raw pages to "
        f"{bits(p['final'])} on clean ones; the floor is {bits(p['floor'])}",
        series=(Series("perplexity", measured),),
        categories=STEPS,
        references=(Reference("knows the grammar", p["floor"]),),
        unit="bits",
        highlight=(STEPS[measured.index(min(measured))],),
        honesty=Honesty.SIMULATED,
        basis=f"{BASIS}; mean of {DRAWS} readings",
        y_min=0,
    )


def rule_table(rules: Sequence[tuple[str, int, int]], genuine: int) -> Table:
    """List what each rule dropped and what it cost."""
    *used, (_, _, cost) = rules
    costly = [name for name, _, lost in used if lost]
    price = f"{listed(costly).lower()} cost some" if costly else "the rules in use cost none"
    return Table(
        title="Rules and their price",
        columns=(Column("Rule"), Column("Pages dropped", "count"), Column("Genuine lost", "count")),
        rows=tuple(rules),
        finding=f"Of {genuine} genuine sentences {price}; one forbidden word would cost {cost}",
        measure="What each rule drops, and what it costs",
        highlight=len(rules) - 1,
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )


def threshold_table(prices: Sequence[tuple[float, int, int]], used: float) -> Table:
    """List what other near-copy thresholds would have done."""
    strict, *_ = prices
    return Table(
        title="The near-copy threshold",
        columns=(Column("Threshold", "number"), Column("Pages dropped", "count"), Column("Genuine lost", "count")),
        rows=tuple(prices),
        finding=f"At {strict[0]:g} near-copy removal drops {strict[1]} pages and loses {strict[2]} genuine sentences; "
        f"at {prices[-2][0]:g} it drops {prices[-2][1]} and loses {prices[-2][2]}",
        measure="One knob: how alike may two pages be?",
        highlight=next((i for i, (t, *_) in enumerate(prices) if abs(t - used) < 1e-9), -1),
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )
