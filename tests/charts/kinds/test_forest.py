from msgspec.structs import replace

from tests.charts.samples import (
    gate,
    on_slide,
)  # fmt: skip
from workshop.model.exhibits import ChartKind


def test_a_blocked_row_has_a_cross_and_the_stop_colour():
    resolved = on_slide(gate())
    assert [row.verdict for row in resolved.rows] == ["PASS"] * 4 + ["× BLOCK"]
    assert resolved.rows[4].color == "stop"
    assert resolved.series[0].point_markers == ((4, "diamond"),)


def test_the_data_of_a_forest_plot_are_between_its_names_and_verdicts():
    resolved = on_slide(gate())
    frame = resolved.frame
    series = resolved.chart.series[0]
    assert frame.along_value(min(series.low)) > 150
    assert frame.along_value(max(series.high)) < resolved.verdict_at * resolved.size[0]


def test_a_forest_plot_has_an_axis_whose_ends_enclose_all_intervals():
    resolved = on_slide(gate())
    series = resolved.chart.series[0]
    assert [text for _, text in resolved.value_axis.ticks] == ["−60", "0", "+80"]
    low, high = resolved.value_axis.ticks[0][0], resolved.value_axis.ticks[-1][0]
    assert low <= min(series.low)
    assert max(series.high) <= high
    assert resolved.plot[1] + resolved.plot[3] < 1


def test_counts_beside_a_forest_plot_end_on_one_edge_and_verdicts_begin_on_one():
    counted = replace(gate().series[0], labels=("1 of 30", "27 of 30", "30 of 30", "2 of 30", "1 of 30"))
    resolved = on_slide(replace(gate(), series=(counted,)))
    assert (resolved.verdict_side, on_slide(gate()).verdict_side) == ("left", "right")
    assert resolved.verdict_at > on_slide(gate()).verdict_at


def native_numbers(resolved):
    """Return the estimates, and the ends of each row's interval; percentage points are 100 times as large in the cells."""
    chart, factor = resolved.chart, 100 if resolved.chart.unit == "points" else 1
    series = chart.series[0]
    found = {series.name: ((), [factor * value for value in series.values])}
    for row, low, high in zip(chart.categories, series.low, series.high, strict=True):
        found[f"{row}, interval"] = (), (factor * low, factor * high)
    return found


NUMBERS = {ChartKind.FOREST: native_numbers}
