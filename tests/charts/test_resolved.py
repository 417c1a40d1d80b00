import pytest

from tests.charts.samples import collapse, gate, library, on_slide, picks, scaling, surprise


@pytest.mark.parametrize("make", [library, scaling])
def test_the_conversions_between_data_and_places_are_inverse(make):
    resolved = on_slide(make())
    data, frame = resolved.chart.series[0], resolved.frame
    assert frame.data(frame.point(0, 2)) == pytest.approx((data.x[2], data.values[2]))


@pytest.mark.parametrize("make", [surprise, collapse])
def test_categories_count_from_zero(make):
    resolved = on_slide(make())
    assert resolved.frame.data(resolved.frame.point(0, 3)) == pytest.approx((3, resolved.chart.series[0].values[3]))


@pytest.mark.parametrize("make", [picks, gate])
def test_values_that_run_from_left_to_right_are_found_by_x(make):
    frame = on_slide(make()).frame
    place = frame.along_value(0.1), frame.along_other(2)
    assert frame.data(place) == pytest.approx((2, 0.1))
