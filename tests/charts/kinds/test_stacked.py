from itertools import pairwise

import pytest

from tests.charts.samples import chart, on_slide
from workshop.errors import WorkshopError
from workshop.model.exhibits import Chart, ChartKind, Reference, Series


def minutes() -> Chart:
    series = (
        Series("talk", (30.0, 25.0, 40.0)),
        Series("tasks", (20.0, 35.0, None)),
        Series("breaks", (0.0, 15.0, 15.0)),
    )
    return chart(ChartKind.STACKED, series, ("Mon", "Tue", "Wed"), unit="count", references=(Reference("planned", 60),))


SAMPLES = {"minutes": minutes}


def test_each_part_stands_on_those_before_it():
    frame = on_slide(minutes()).frame
    for day in range(3):
        parts = [frame.bar(k, day) for k in range(3)]
        there = [part for part in parts if part]
        for lower, upper in pairwise(there):
            assert upper.bottom == pytest.approx(lower.top)
            assert upper.left == pytest.approx(lower.left)
        total = sum(s.values[day] or 0 for s in minutes().series)
        assert there[-1].top == pytest.approx(frame.along_value(total))


def test_the_axis_reaches_the_largest_total():
    assert on_slide(minutes()).value_axis.maximum >= 75


def test_negative_parts_are_refused():
    with pytest.raises(WorkshopError, match="can't be negative"):
        on_slide(chart(ChartKind.STACKED, (Series("a", (1.0, -1.0)),), ("x", "y")))


def test_sixty_columns_thin_their_names():
    names = tuple(f"week {k}" for k in range(60))
    resolved = on_slide(chart(ChartKind.STACKED, (Series("a", (1.0,) * 60), Series("b", (2.0,) * 60)), names))
    assert resolved.every > 1
