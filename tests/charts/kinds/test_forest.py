import pytest
from msgspec.structs import replace

from tests.charts.samples import chart, gate, on_paper, on_slide
from workshop.charts.kinds.forest import CLOSE, MARK, THICK
from workshop.charts.labels import label_box
from workshop.model.exhibits import ChartKind, Reference, Series


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


# ---------------------------------------------------------------- zones
SIDES = ("worse than the margin, {}", "above it")


def board(
    changes=(0.12, -0.03, -0.01, -0.14), ends=((0.05, 0.19), (-0.09, 0.03), (-0.018, -0.002), (-0.25, -0.04)), **more
):
    lows, highs = zip(*ends, strict=True)
    series = Series("change", changes, low=lows, high=highs, labels=("PASS", "HOLD", "PASS", "BLOCK"))
    margin = Reference("margin", -0.02, axis="x", sides=SIDES, **more)
    return chart(
        ChartKind.FOREST, (series,), ("sums", "names", "dates", "privacy"), references=(margin,), unit="points"
    )


def wide_board():
    """No end is near the margin."""
    return board(ends=((0.05, 0.19), (-0.09, 0.03), (0.02, 0.09), (-0.25, -0.08)), changes=(0.12, -0.03, 0.05, -0.14))


SAMPLES = {"board": board, "wide_board": wide_board}


def test_two_grounds_meet_at_a_reference_with_sides_and_have_their_names_over_them():
    resolved = on_slide(board())
    below, above = resolved.zones.grounds
    assert above.area.left == resolved.frame.along_value(-0.02)
    assert below.area.right == pytest.approx(above.area.left)
    assert (below.color, above.color) == ("stop_soft", "accent_soft")
    assert (below.name, above.name) == ("worse than the margin, −2", "above it")
    assert below.words.bottom < below.area.top
    assert resolved.references == ()


def test_the_worse_zone_may_be_the_upper_one_and_then_the_lower_one_is_grey():
    below, above = on_slide(board(worse="above")).zones.grounds
    assert (below.color, above.color) == ("panel", "stop_soft")


def test_an_interval_wholly_in_the_worse_zone_has_the_stop_colour():
    assert on_slide(board()).series[0].point_colors == ((3, "stop"),)
    assert on_slide(board(worse="above")).series[0].point_colors == ((0, "stop"), (2, "stop"), (3, "stop"))


def test_estimates_in_zones_are_ticks_on_blocks():
    zones = on_slide(board()).zones
    assert zones.tick == pytest.approx(MARK)
    assert zones.thick == pytest.approx(MARK * THICK)


@pytest.mark.parametrize("resolve", [on_slide, on_paper])
def test_a_lens_shows_the_row_whose_end_is_too_near_to_the_edge(resolve):
    resolved = resolve(board())
    lens, frame = resolved.zones.lens, resolved.frame
    assert frame.along_value(-0.018) - frame.along_value(-0.02) < CLOSE * resolved.series[0].marker_size
    assert lens.row == 2
    assert lens.times in {5, 10, 20}
    seen = lens.interval.left - lens.edge
    assert seen == pytest.approx(lens.times * (frame.along_value(-0.018) - frame.along_value(-0.02)))


def test_a_lens_covers_no_interval_and_no_label():
    resolved = on_slide(board())
    box, series = resolved.zones.lens.box, resolved.series[0]
    assert all(
        box.overlap(label_box(resolved.frame, series, label, resolved.label_size)) == 0 for label in series.labels
    )
    for _, ((low, y), (high, _)) in resolved.frame.intervals(0):
        assert not (box.left < high and low < box.right and box.top < y < box.bottom)


def test_without_an_end_near_the_edge_there_is_no_lens():
    assert on_slide(wide_board()).zones.lens is None


def test_what_is_read_off_on_paper_does_not_give_away_the_verdict():
    series = replace(board().series[0], labels=())
    resolved = on_paper(replace(board(), series=(series,), key=board()))
    assert resolved.series[0].point_colors == ()


@pytest.mark.parametrize("sides", [("one",), ("one", "two", "three")])
def test_sides_other_than_two_are_refused(sides):
    with pytest.raises(ValueError, match="give two texts, or none"):
        Reference("margin", 0, sides=sides)


def test_a_worse_side_is_below_or_above():
    with pytest.raises(ValueError, match="'below' or 'above', not 'left'"):
        Reference("margin", 0, sides=("a", "b"), worse="left")


def native_numbers(resolved):
    """Return the estimates, and the ends of each row's interval; percentage points are 100 times as large in the cells."""
    chart, factor = resolved.chart, 100 if resolved.chart.unit == "points" else 1
    series = chart.series[0]
    found = {series.name: ((), [factor * value for value in series.values])}
    for row, low, high in zip(chart.categories, series.low, series.high, strict=True):
        found[f"{row}, interval"] = (), (factor * low, factor * high)
    if resolved.zones is not None:  # an interval has a gap for its tick
        return {series.name: found[series.name]}
    return found


NUMBERS = {ChartKind.FOREST: native_numbers}
