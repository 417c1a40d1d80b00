import pytest

from tests.charts.samples import library, on_slide, surprise


def test_the_conversions_between_data_and_places_are_inverse():
    frame = on_slide(library()).frame
    x, y = frame.data(frame.point(0, 2))
    assert abs(x - 0.15) < 1e-9
    assert abs(y - 0.62) < 1e-9


def test_categories_have_no_numbers_between_them():
    with pytest.raises(ValueError, match="no numbers between them"):
        on_slide(surprise()).frame.data((100.0, 100.0))
