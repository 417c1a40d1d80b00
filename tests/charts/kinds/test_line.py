from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.charts.samples import (
    NARROW,
    chart,
    collapse,
    label_boxes,
    labels,
    on_slide,
    scaling,
    surprise,
    training,
)  # fmt: skip
from workshop.charts.geometry import text_width
from workshop.model.exhibits import ChartKind, Series

VALUE = st.floats(-1e6, 1e6).map(lambda v: float(f"{v:.6g}"))


def test_a_single_line_has_the_value_at_each_point():
    assert list(labels(on_slide(surprise())).values()) == ["4.00", "2.55", "1.84", "1.67", "1.46"]


def test_several_lines_are_named_once_at_their_ends():
    resolved = on_slide(collapse())
    ends = [labels(resolved, k) for k in range(3)]
    assert ends == [{10: "8  own text, T = 0.7"}, {10: "29  own text, T = 1"}, {10: "34  keeps 30% real text"}]


def test_names_that_would_leave_little_of_the_plot_take_two_rows():
    series = tuple(Series(name, (1.0, 2.0 + k)) for k, name in enumerate(("harmless requests", "harmful ones")))
    drawn = chart(ChartKind.LINE, series, ("one", "two"))
    assert labels(on_slide(drawn))[1] == "2.00  harmless requests"
    narrow = on_slide(drawn, box=NARROW)
    assert "\n" in labels(narrow)[1]
    assert narrow.frame.plot.width > 0.6 * narrow.size[0]


def test_names_at_line_ends_are_moved_apart_where_the_lines_end_together():
    series = tuple(Series(name, (1.0, 2.0 + k / 1000)) for k, name in enumerate("abcd"))
    boxes = label_boxes(on_slide(chart(ChartKind.LINE, series, ("one", "two"))))
    assert all(one.overlap(two) < 5 for k, one in enumerate(boxes) for two in boxes[k + 1 :])


def test_lines_over_numbers_take_both_axes_from_the_data():
    resolved = on_slide(training())
    assert resolved.other_axis.title == "steps"
    assert [text for _, text in resolved.other_axis.ticks] == ["0", "50", "100", "150", "200", "250"]
    assert [reference.axis for reference in resolved.references] == ["value", "other"]


def test_two_logarithmic_axes_have_powers_as_ticks():
    resolved = on_slide(scaling())
    assert [text for _, text in resolved.value_axis.ticks] == ["0.01", "0.1", "1", "10"]
    assert [text for _, text in resolved.other_axis.ticks] == ["100", "1,000", "10,000", "100,000", "1,000,000"]


def test_shares_along_x_have_the_unit_of_shares():
    series = Series("right", (0.1, 0.5, 0.9), x=(0.0, 0.5, 1.0))
    across = on_slide(chart(ChartKind.LINE, (series,), unit="percent", x_unit="percent")).other_axis
    assert {text for _, text in across.ticks} >= {"0%", "100%"}
    assert all(text == f"{round(100 * x)}%" for x, text in across.ticks)


def test_steps_in_time_may_skip_names_but_columns_are_all_named():
    many = tuple(f"step {k}" for k in range(40))
    assert on_slide(chart(ChartKind.LINE, (Series("a", tuple(map(float, range(40)))),), many)).every > 1


@settings(max_examples=60)
@given(st.lists(st.lists(VALUE, min_size=3, max_size=3), min_size=2, max_size=4))
def test_names_at_line_ends_never_collide(rows):
    series = tuple(Series(f"line {k}", tuple(row)) for k, row in enumerate(rows))
    boxes = label_boxes(on_slide(chart(ChartKind.LINE, series, ("x", "y", "z"), unit="number")))
    assert all(one.overlap(two) < 5 for k, one in enumerate(boxes) for two in boxes[k + 1 :])


def test_several_lines_run_from_edge_to_edge_so_that_nothing_crosses_their_names():
    resolved = on_slide(collapse())
    frame = resolved.frame
    assert frame.point(0, 0)[0] == pytest.approx(frame.plot.left)
    assert frame.point(0, 10)[0] == pytest.approx(frame.plot.right)
    over_numbers = on_slide(training())
    assert over_numbers.other_axis.maximum == max(over_numbers.chart.series[0].x)


def test_a_long_name_at_a_line_s_end_is_wrapped():
    series = (Series("fed on its own text and nothing else at all", (1.0, 2.0)), Series("b", (2.0, 1.0)))
    label = on_slide(chart(ChartKind.LINE, series, ("x", "y")), box=NARROW).series[0].labels[0]
    assert 2 <= len(label.text.split("\n")) <= 3


def test_the_name_of_a_line_that_ends_within_the_plot_covers_no_line():
    xs = (1.0, 2.0, 3.0, 4.0, 5.0)
    series = (
        Series("all the way", (1.0, 2.0, 3.0, 4.0, 5.0), x=xs, role="context"),
        Series("half of it", (1.0, 2.0, 3.0, None, None), x=xs),
    )
    resolved = on_slide(chart(ChartKind.LINE, series))
    frame = resolved.frame
    box = label_boxes(resolved)[1]
    points = [point for point in frame.points(0) if point]
    assert all(box.crossed(segment) == 0 for segment in pairwise(points))
    assert box.right < frame.plot.right


def test_wrapped_names_at_line_ends_begin_below_each_other_and_are_equally_wide():
    series = (Series("fed on its own text and nothing else at all", (1.0, 2.0)), Series("b", (2.0, 1.0)))
    text = on_slide(chart(ChartKind.LINE, series, ("x", "y")), box=NARROW).series[0].labels[0].text
    first, second, *_ = text.split("\n")
    assert second.startswith("\u00a0")
    assert text_width(first, 18) == pytest.approx(text_width(second, 18), abs=text_width(" ", 18))


def test_a_long_line_labels_each_extreme_once():
    line = Series("share", (0.3, 0.5, 1.0, 0.8, 1.0, 0.9, 0.95, 1.0))
    resolved = on_slide(chart(ChartKind.LINE, (line,), tuple("abcdefgh"), unit="percent"))
    assert list(labels(resolved).values()) in (["30%", "100%"], ["100%"])


def test_labels_of_a_single_line_cover_neither_each_other_nor_the_line():
    resolved = on_slide(surprise())
    boxes, frame = label_boxes(resolved), resolved.frame
    points = frame.points(0)
    assert len(boxes) == 5
    for k, box in enumerate(boxes):
        assert all(box.overlap(other) == 0 for other in boxes[k + 1 :])
        assert all(box.crossed(pair) < 6 for pair in pairwise(points))


def test_three_hundred_points_have_no_markers_and_few_names():
    values = tuple(100 * 1.01**k for k in range(300))
    days = tuple(f"day {k + 1}" for k in range(300))
    resolved = on_slide(chart(ChartKind.LINE, (Series("price", values),), days, unit="number"))
    (line,) = resolved.series
    assert line.marker == "none"
    shown = resolved.categories[:: resolved.every]
    assert 4 <= len(shown) <= 20
    assert set(labels(resolved)) <= {0, 299}


def test_years_along_x_are_printed_without_a_comma():
    years = Series("warming", (0.2, 0.5, 1.1), x=(1980.0, 2000.0, 2020.0))
    axis = on_slide(chart(ChartKind.LINE, (years,))).other_axis
    assert all("," not in text for _, text in axis.ticks)
    assert axis.format == "0"
