from itertools import pairwise

from msgspec.structs import replace

from tests.charts.samples import (
    NARROW,
    answers,
    attacks,
    chart,
    label_boxes,
    labels,
    next_word,
    on_slide,
    picks,
    recall,
    surprise,
)  # fmt: skip
from workshop.charts.geometry import Rect
from workshop.charts.labels import key_entries, key_rect, key_rows
from workshop.model.exhibits import ChartKind, Reference, Series


def test_the_highlighted_bar_keeps_its_colour_and_the_rest_is_context():
    series = on_slide(next_word()).series[0]
    assert series.color == "accent"
    assert series.point_colors == tuple((k, "context") for k in range(1, 5))


def test_bars_need_no_value_axis():
    assert not on_slide(next_word()).value_axis.visible
    assert on_slide(surprise()).value_axis.visible


def test_grouped_bars_name_their_series_once():
    texts = [label.text for series in on_slide(picks()).series for label in series.labels]
    assert [text for text in texts if "before" in text or "after" in text] == ["0.15 before", "0.48 after"]


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


def test_labels_are_beyond_the_ends_of_intervals():
    resolved = on_slide(attacks())
    frame = resolved.frame
    for label, box in zip(resolved.series[0].labels, label_boxes(resolved), strict=True):
        assert box.bottom <= frame.along_value(resolved.chart.series[0].high[label.index])


def test_columns_with_long_names_become_horizontal_bars():
    names = tuple(f"Unpronounceablecountryname number {k}" for k in range(6))
    resolved = on_slide(chart(ChartKind.COLUMN, (Series("a", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)),), names), box=NARROW)
    assert resolved.chart.kind is ChartKind.BAR


def test_grouped_horizontal_bars_with_a_reference_become_columns():
    spec = replace(picks(), categories=tuple("abcdef"), references=(Reference("chance", 1 / 6),))
    assert on_slide(picks()).chart.kind is ChartKind.BAR
    assert on_slide(spec).chart.kind is ChartKind.COLUMN


def test_a_reference_over_low_bars_is_named_beside_the_columns_since_their_values_are_over_it():
    low = (Series("a", (41.0, 21.0, 1.0, 1.0)),)
    spec = chart(ChartKind.COLUMN, low, ("w", "x", "y", "z"), references=(Reference("chance", 3.0),), unit="count")
    resolved = on_slide(spec)
    assert any(label.dy for label in resolved.series[0].labels)
    assert [reference.position for reference in resolved.references] == ["right"]


def test_a_reference_without_free_room_over_the_columns_is_named_beside_them():
    spec = chart(
        ChartKind.COLUMN, (Series("a", (3.0, 3.0, 3.0)),), ("x", "y", "z"), references=(Reference("chance", 1.5),)
    )
    resolved = on_slide(spec)
    assert [reference.position for reference in resolved.references] == ["right"]
    left, _, width, _ = resolved.plot
    assert left + width < 0.95


def test_words_after_the_values_of_bars_are_printed():
    spec = replace(recall(), series=(replace(recall().series[0], labels=("wrong", "", "")),))
    assert list(labels(on_slide(spec)).values()) == ["0.39 wrong", "0.87", "0.94"]
