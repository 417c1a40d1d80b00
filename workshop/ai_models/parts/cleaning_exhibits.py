"""What cleaning shows: pages, perplexity, the price of each rule, and the near-copy threshold."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.ai_models.toys.cleaning import DRAWS
from workshop.model.exhibits import Chart, ChartKind, Column, Honesty, Reference, Series, Table
from workshop.model.frozen import Frozen
from workshop.wording.formats import bits, listed

SHOWN_STEPS = ("Raw", "Copies out", "Near ones out", "Rules", "Masked")
BASIS = "pages from a grammar of our own, dirt added by us"


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
        categories=SHOWN_STEPS,
        references=(Reference("knows the grammar", p["floor"]),),
        unit="bits",
        highlight=(SHOWN_STEPS[measured.index(min(measured))],),
        honesty=Honesty.SIMULATED,
        basis=f"{BASIS}; mean of {DRAWS} readings",
        y_min=0,
    )


def price_chart(rules: Sequence[tuple[str, int, int]], genuine: int) -> Chart:
    """Draw what each rule dropped, a square for each page, with the genuine ones marked."""
    *used, (_, _, cost) = rules
    costly = [name for name, _, lost in used if lost]
    price = f"{listed(costly).lower()} cost some" if costly else "the rules in use cost none"
    names, dropped, lost = zip(*rules, strict=True)
    return Chart(
        ChartKind.SQUARES,
        title="Rules and their price",
        measure="What each rule drops: a square for each page",
        finding=f"Of {genuine} genuine sentences {price}; one forbidden word would cost {cost}",
        series=(Series("rubbish", dropped), Series("genuine, lost", lost)),
        categories=names,
        unit="count",
        highlight=(names[-1],),
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
