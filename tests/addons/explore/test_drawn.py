"""Charts of a sweep share one axis, and no state makes it longer than what is shown."""

import re

import pytest
from msgspec.structs import replace

from workshop.addons.explore.drawn import Look, Places, Words, figure
from workshop.charts.kind import BUILT_IN
from workshop.model.exhibits import Chart, ChartKind, Reference, Series
from workshop.plugins.registry import standard_registry
from workshop.themes.choose import page_colors


def forest(margin):
    """Return two estimates with their intervals, and a margin."""
    change = Series("change", (0.19, -0.21), low=(0.1, -0.36), high=(0.28, -0.06), labels=("PASS", "BLOCK"))
    return Chart(
        ChartKind.FOREST,
        title="Changes",
        measure="Change, in points",
        finding="One is better",
        series=(change,),
        categories=("counting (76)", "safety (48)"),
        unit="points",
        references=(Reference("margin", -margin, axis="x"),),
        basis="made up",
    )


@pytest.mark.parametrize("margins", [(0.02,), (0.02, 0.1), (0.02, 0.1, 0.4)])
def test_the_axis_of_a_forest_plot_ends_where_its_intervals_and_margins_do(margins):
    look = Look(page_colors(standard_registry().get("theme", "light")())["light"], BUILT_IN, Words("en"))
    made = figure(
        [forest(m) for m in margins], list(map(str, margins)), Places(prefix="p", count=len(margins), start=0), look
    )
    texts = [t.replace("−", "-") for t in re.findall(r">([+−]?\d+)</text>", made.html)]
    ends = [float(text) for text in texts if float(text) not in (19, -21)]
    assert -50 <= min(ends) <= -36
    assert 28 <= max(ends) <= 40


def test_the_name_of_a_forest_plots_row_stands_over_its_interval_in_a_chart_as_narrow_as_a_phone():
    look = Look(page_colors(standard_registry().get("theme", "light")())["light"], BUILT_IN, Words("en"))
    long = replace(
        forest(0.02), references=(), categories=("an innocent excuse after it", "a polite word or two around it")
    )
    made = figure([long], [""], Places(prefix="p", count=1, start=0), look)
    assert 'viewBox="0 0 394 ' in made.html
    heights = [float(re.search(rf'y="([\d.]+)">{name}</text>', made.html)[1]) for name in long.categories]
    verdicts = [float(y) for y in re.findall(r'y="([\d.]+)">(?:PASS|× BLOCK)</text>', made.html)]
    assert [0 < verdict - name < 20 for name, verdict in zip(heights, verdicts, strict=True)] == [True, True]
