from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.charts.samples import (
    NARROW,
    SAMPLES,
    answers,
    attacks,
    chart,
    cleaning,
    collapse,
    gate,
    label_boxes,
    library,
    next_word,
    on_paper,
    on_slide,
    picks,
    recall,
    scaling,
    surprise,
    trade,
    training,
)  # fmt: skip
from workshop.charts.estimate import text_width
from workshop.charts.geometry import Rect
from workshop.charts.key import key_entries, key_rect, key_rows
from workshop.charts.resolve import resolve_chart
from workshop.errors import WorkshopError
from workshop.model.exhibits import ChartKind, Reference, Series
from workshop.themes.beds import LIGHT
from workshop.wording import formats

VALUE = st.floats(-1e6, 1e6).map(lambda v: float(f"{v:.6g}"))
WORD = st.text("abcdefghij", min_size=1, max_size=7)


def labels(resolved, series=0):
    return {label.index: label.text for label in resolved.series[series].labels}


# ---------------------------------------------------------------- what is said
def test_a_single_line_says_the_value_at_each_point():
    assert list(labels(on_slide(surprise())).values()) == ["4.00", "2.55", "1.84", "1.67", "1.46"]


def test_several_lines_are_named_once_at_their_ends():
    resolved = on_slide(collapse())
    ends = [labels(resolved, k) for k in range(3)]
    assert ends == [{10: "8  own text, T = .7"}, {10: "29  own text, T = 1"}, {10: "34  keeps 30% real text"}]


def test_names_at_line_ends_are_moved_apart_where_the_lines_end_together():
    series = tuple(Series(name, (1.0, 2.0 + k / 1000)) for k, name in enumerate("abcd"))
    boxes = label_boxes(on_slide(chart(ChartKind.LINE, series, ("one", "two"))))
    assert all(one.overlap(two) < 5 for k, one in enumerate(boxes) for two in boxes[k + 1 :])


def test_a_reference_is_named_with_its_value():
    assert [r.label for r in on_slide(next_word()).references] == ["chance: .06"]
    assert [r.label for r in on_slide(gate()).references] == ["no change"]


def test_a_reference_that_says_its_value_already_does_not_say_it_twice():
    spec = replace(surprise(), references=(Reference("log2 of 16 words, 4.00 bits", 4.0),))
    assert on_slide(spec).references[0].label == "log2 of 16 words, 4.00 bits"


def test_the_highlighted_bar_keeps_its_colour_and_the_rest_is_context():
    series = on_slide(next_word()).series[0]
    assert series.color == "accent"
    assert series.point_colors == tuple((k, "context") for k in range(1, 5))


def test_bars_need_no_value_axis():
    assert not on_slide(next_word()).value_axis.visible
    assert on_slide(surprise()).value_axis.visible


def test_grouped_bars_name_their_series_once():
    texts = [label.text for series in on_slide(picks()).series for label in series.labels]
    assert [text for text in texts if "before" in text or "after" in text] == [".15 before", ".48 after"]


def test_a_reference_may_say_its_value_in_its_own_words():
    spec = replace(surprise(), references=(Reference("start", 4.0, label="starts at {}"), Reference("a: b", 2.0)))
    assert [r.label for r in on_slide(spec).references] == ["starts at 4.00", "a: b, 2.00"]


def test_columns_side_by_side_are_named_in_a_row_above_that_no_value_touches():
    resolved = on_slide(answers())
    left, top, width, height = resolved.key
    wide, high = resolved.size
    key = Rect(left * wide, top * high, width * wide, height * high)
    names = [series.name for series in resolved.series]
    entries = key_entries(names, resolved.reference_size, key.left, key.top, key.width)
    assert [entry.name for entry in entries] == ["base", "tuned", "control"]
    assert all(entry.words.right < after.swatch.left for entry, after in pairwise(entries))
    assert all(box.top >= key.bottom for box in label_boxes(resolved))
    assert {label.text for series in resolved.series for label in series.labels} <= {f"{n}%" for n in range(101)}
    assert on_slide(next_word()).key is None


def test_long_names_of_columns_take_several_rows():
    names = tuple(f"a kind of answer with a long name, number {k}" for k in range(3))
    assert [len(row) for row in key_rows(names, 18, 560)] == [1, 1, 1]
    assert [len(row) for row in key_rows(names, 18, 1200)] == [2, 1]
    assert key_rect(names, 18, 1200).height > key_rect(names[:1], 18, 1200).height


def test_labels_stand_past_the_ends_of_intervals():
    resolved = on_slide(attacks())
    frame = resolved.frame
    for label, box in zip(resolved.series[0].labels, label_boxes(resolved), strict=True):
        assert box.bottom <= frame.along_value(resolved.chart.series[0].high[label.index])


def test_a_waterfall_signs_its_changes_only():
    assert list(labels(on_slide(cleaning())).values()) == ["346", "−169", "−40", "−17", "120"]


def test_a_blocked_row_is_said_with_a_cross_and_painted_in_the_stop_colour():
    resolved = on_slide(gate())
    assert [row.verdict for row in resolved.rows] == ["PASS"] * 4 + ["× BLOCK"]
    assert resolved.rows[4].color == "stop"
    assert resolved.series[0].point_markers == ((4, "diamond"),)


def test_a_forest_plot_s_data_lie_between_its_names_and_verdicts():
    resolved = on_slide(gate())
    frame = resolved.frame
    series = resolved.chart.series[0]
    assert frame.along_value(min(series.low)) > 150
    assert frame.along_value(max(series.high)) < resolved.verdict_at * resolved.size[0]


def test_twelve_named_points_are_all_named_and_no_name_covers_another():
    for resolved in (on_slide(library()), on_slide(library(), box=NARROW)):
        boxes = label_boxes(resolved)
        assert resolved.left_out == ()
        assert len(boxes) == 12
        assert all(one.overlap(two) == 0 for k, one in enumerate(boxes) for two in boxes[k + 1 :])


def test_groups_of_points_are_named_and_a_plane_s_upright_axis_too():
    assert {note.text for note in on_slide(library()).notes} == {"garden", "house"}
    assert [note.text for note in on_slide(trade()).notes] == ["harmful answered"]


def test_names_there_is_no_room_for_are_listed():
    points = Series("p", (1.0,) * 30, x=(1.0,) * 30, labels=tuple(f"point number {k}" for k in range(30)))
    resolved = on_slide(chart(ChartKind.SCATTER, (points,)))
    assert len(resolved.left_out) + len(resolved.series[0].labels) == 30
    assert resolved.left_out


def test_lines_over_numbers_take_both_axes_from_the_data():
    resolved = on_slide(training())
    assert resolved.other_axis.title == "steps"
    assert [text for _, text in resolved.other_axis.ticks] == ["0", "50", "100", "150", "200", "250"]
    assert [reference.axis for reference in resolved.references] == ["value", "other"]


def test_two_logarithmic_axes_have_powers_as_ticks():
    resolved = on_slide(scaling())
    assert [text for _, text in resolved.value_axis.ticks] == [".01", ".1", "1", "10"]
    assert [text for _, text in resolved.other_axis.ticks] == ["100", "1,000", "10,000", "100,000", "1,000,000"]


# ---------------------------------------------------------------- looks
def test_series_differ_in_marker_and_dash_or_pattern_not_only_in_colour():
    series = tuple(Series(name, (1.0, 2.0, 3.0)) for name in "abcd")
    lines = on_slide(chart(ChartKind.LINE, series, ("x", "y", "z"))).series
    assert [s.color for s in lines] == ["accent", "c2", "c5", "c3"]
    assert len({(s.marker, s.dash) for s in lines}) == 4
    bars = on_slide(chart(ChartKind.COLUMN, series[:3], ("x", "y", "z"))).series
    assert [s.pattern for s in bars] == ["", "wdUpDiag", ""]


def test_a_role_that_is_asked_for_is_not_given_away_twice():
    series = (Series("one", (1.0, 2.0)), Series("two", (2.0, 1.0), role="accent"))
    assert [s.color for s in on_slide(chart(ChartKind.LINE, series, ("x", "y"))).series] == ["c2", "accent"]


def test_a_label_takes_its_series_colour_only_where_it_can_be_read():
    series = tuple(Series(name, (1.0, 2.0)) for name in "abcd")
    spec = chart(ChartKind.LINE, series, ("x", "y"))
    light = [s.labels[0].color for s in on_slide(spec).series]
    dark = [s.labels[0].color for s in on_slide(spec, theme="dark").series]
    assert light == ["accent", "ink", "c5", "c3"]
    assert dark == ["accent", "ink", "c5", "ink"]


# ---------------------------------------------------------------- what cannot be drawn
@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (chart(ChartKind.LINE, tuple(Series(n, (1.0, 2.0)) for n in "abcde"), ("x", "y")), "5 lines .* at most 4"),
        (chart(ChartKind.COLUMN, tuple(Series(n, (1.0, 2.0)) for n in "abcd"), ("x", "y")), "at most 3"),
        (chart(ChartKind.BAR, (Series("a", (1.0,) * 40),), tuple(f"row {k}" for k in range(40))), "40 categories"),
        (chart(ChartKind.COLUMN, (Series("a", (1.0,) * 40),), tuple(f"c{k}" for k in range(40))), "40 columns"),
        (chart(ChartKind.LINE, (Series("a", (None, None)),), ("x", "y")), "nothing to draw"),
        (chart(ChartKind.WATERFALL, (Series("a", (10.0, -3.0, 8.0)),), ("x", "y", "z")), "add up to 7"),
        (chart(ChartKind.FOREST, (Series("a", (1.0, None)),), ("x", "y")), "no estimate"),
        (chart(ChartKind.COLUMN, (Series("a", (1.0,)),), ("x",), highlight=("z",)), "no category 'z'"),
        (chart(ChartKind.LINE, (Series("a", (1.0, 2.0), role="red"),), ("x", "y")), "no role 'red'"),
        (chart(ChartKind.LINE, (Series("a", (1.0,)),), ("x",), references=(Reference("r", 1, axis="x"),)), "numbers along x"),
        (chart(ChartKind.SCATTER, (Series("a", (1.0,)),), ("x",)), "numbers along x"),
    ],
)  # fmt: skip
def test_a_chart_that_cannot_be_read_is_refused_with_the_fix(spec, message):
    with pytest.raises(WorkshopError, match=message) as caught:
        on_slide(spec)
    assert caught.value.problem.hint
    assert spec.title in caught.value.problem.message


def test_columns_with_names_too_long_become_lying_bars():
    names = tuple(f"Unpronounceablecountryname number {k}" for k in range(6))
    resolved = on_slide(chart(ChartKind.COLUMN, (Series("a", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)),), names), box=NARROW)
    assert resolved.chart.kind is ChartKind.BAR


def test_steps_in_time_may_be_named_now_and_then_but_columns_are_all_named():
    many = tuple(f"step {k}" for k in range(40))
    assert on_slide(chart(ChartKind.LINE, (Series("a", tuple(map(float, range(40)))),), many)).every > 1


def test_an_unknown_medium_is_refused():
    with pytest.raises(ValueError, match="medium"):
        resolve_chart(surprise(), width_pt=400, height_pt=300, colors=LIGHT, medium="film")


# ---------------------------------------------------------------- always
@pytest.mark.parametrize("name", SAMPLES)
def test_resolving_is_pure(name):
    assert on_slide(SAMPLES[name]()) == on_slide(SAMPLES[name]())


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("where", ["wide", "narrow", "paper"])
def test_no_label_leaves_the_box(name, where):
    spec = SAMPLES[name]()
    resolved = {"wide": on_slide, "narrow": lambda s: on_slide(s, box=NARROW), "paper": on_paper}[where](spec)
    ground = Rect(0, 0, *resolved.size)
    assert all(box.outside(ground) < 3 for box in label_boxes(resolved))
    left, top, width, height = resolved.plot
    assert left >= 0
    assert top >= 0
    assert left + width <= 1 + 1e-9
    assert top + height <= 1 + 1e-9


@settings(max_examples=60)
@given(st.sampled_from(list(ChartKind)), st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=6), st.data())
def test_any_finite_data_resolve(kind, pairs, data):
    values = [y for _, y in pairs]
    names = tuple(data.draw(st.lists(WORD, min_size=len(values), max_size=len(values), unique=True)))
    if kind is ChartKind.WATERFALL:
        values.append(sum(values))
        names = (*names, "total")
    if kind is ChartKind.SCATTER:
        spec = chart(kind, (Series("one", tuple(values), x=tuple(x for x, _ in pairs)),), unit="number")
    else:
        spec = chart(kind, (Series("one", tuple(values)),), names, unit="number")
    resolved = on_slide(spec)
    frame = resolved.frame
    plot = frame.plot
    for point in frame.points(0):
        assert plot.left - 1e-3 <= point[0] <= plot.right + 1e-3
        assert plot.top - 1e-3 <= point[1] <= plot.bottom + 1e-3


@settings(max_examples=60)
@given(st.lists(st.lists(VALUE, min_size=3, max_size=3), min_size=2, max_size=4))
def test_names_at_line_ends_never_collide(rows):
    series = tuple(Series(f"line {k}", tuple(row)) for k, row in enumerate(rows))
    boxes = label_boxes(on_slide(chart(ChartKind.LINE, series, ("x", "y", "z"), unit="number")))
    assert all(one.overlap(two) < 5 for k, one in enumerate(boxes) for two in boxes[k + 1 :])


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=8), st.sampled_from(["ratio", "percent"]))
def test_labels_print_values_as_everything_else_does(values, unit):
    spec = chart(ChartKind.COLUMN, (Series("a", tuple(values)),), tuple("abcdefgh"[: len(values)]), unit=unit)
    rounded = spec.series[0].values
    assert list(labels(on_slide(spec)).values()) == [formats.show(value, unit) for value in rounded]


def test_several_lines_run_from_edge_to_edge_so_that_nothing_crosses_their_names():
    resolved = on_slide(collapse())
    frame = resolved.frame
    assert frame.point(0, 0)[0] == pytest.approx(frame.plot.left)
    assert frame.point(0, 10)[0] == pytest.approx(frame.plot.right)
    over_numbers = on_slide(training())
    assert over_numbers.other_axis.maximum == max(over_numbers.chart.series[0].x)


def test_grouped_lying_bars_with_a_reference_stand_up():
    spec = replace(picks(), categories=tuple("abcdef"), references=(Reference("chance", 1 / 6),))
    assert on_slide(picks()).chart.kind is ChartKind.BAR
    assert on_slide(spec).chart.kind is ChartKind.COLUMN


def test_a_long_name_at_a_line_s_end_is_wrapped():
    series = (Series("fed on its own text and nothing else at all", (1.0, 2.0)), Series("b", (2.0, 1.0)))
    label = on_slide(chart(ChartKind.LINE, series, ("x", "y")), box=NARROW).series[0].labels[0]
    assert 2 <= len(label.text.split("\n")) <= 3


def test_a_reference_without_free_room_over_the_columns_is_named_beside_them():
    spec = chart(
        ChartKind.COLUMN, (Series("a", (3.0, 3.0, 3.0)),), ("x", "y", "z"), references=(Reference("chance", 1.5),)
    )
    resolved = on_slide(spec)
    assert [reference.position for reference in resolved.references] == ["right"]
    left, _, width, _ = resolved.plot
    assert left + width < 0.95


def test_a_forest_plot_has_a_line_with_ends_that_all_intervals_lie_within():
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


def test_a_long_line_says_each_extreme_once():
    line = Series("share", (0.3, 0.5, 1.0, 0.8, 1.0, 0.9, 0.95, 1.0))
    resolved = on_slide(chart(ChartKind.LINE, (line,), tuple("abcdefgh"), unit="percent"))
    assert list(labels(resolved).values()) in (["30%", "100%"], ["100%"])


def test_words_after_the_values_of_bars_are_printed():
    spec = replace(recall(), series=(replace(recall().series[0], labels=("wrong", "", "")),))
    assert list(labels(on_slide(spec)).values()) == [".39 wrong", ".87", ".94"]
