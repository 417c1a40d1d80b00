from tests.charts.samples import (
    NARROW,
    chart,
    label_boxes,
    library,
    on_slide,
    trade,
)  # fmt: skip
from workshop.model.exhibits import ChartKind, Series


def test_twelve_named_points_are_all_named_and_no_name_covers_another():
    for resolved in (on_slide(library()), on_slide(library(), box=NARROW)):
        boxes = label_boxes(resolved)
        assert len(boxes) == 12
        assert all(one.overlap(two) == 0 for k, one in enumerate(boxes) for two in boxes[k + 1 :])


def test_groups_of_points_and_the_vertical_axis_are_named():
    assert {note.text for note in on_slide(library()).notes} == {"garden", "house"}
    assert [note.text for note in on_slide(trade()).notes] == ["harmful answered"]


def test_names_without_room_are_left_out():
    points = Series("p", (1.0,) * 30, x=(1.0,) * 30, labels=tuple(f"point number {k}" for k in range(30)))
    resolved = on_slide(chart(ChartKind.SCATTER, (points,)))
    assert 0 < len(resolved.series[0].labels) < 30
