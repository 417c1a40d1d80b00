import itertools

from hypothesis import given
from hypothesis import strategies as st

from workshop.charts.geometry import Rect, spread

PLACE = st.floats(0, 1000)


@given(st.lists(st.tuples(PLACE, st.floats(1, 40)), min_size=1, max_size=10))
def test_spread_centres_leave_no_overlap_and_keep_their_order(items):
    centers, heights = [c for c, _ in items], [h for _, h in items]
    placed = spread(centers, heights, -1e4, 1e4)
    order = sorted(range(len(items)), key=lambda i: (centers[i], i))
    for one, two in itertools.pairwise(order):
        assert placed[two] - placed[one] >= (heights[one] + heights[two]) / 2 - 1e-6


@given(st.lists(PLACE, min_size=1, max_size=6))
def test_spread_keeps_within_its_range_when_all_fit(centers):
    placed = spread(centers, [20] * len(centers), 0, 400)
    assert min(placed) >= 10 - 1e-6
    assert max(placed) <= 390 + 1e-6


def test_boxes_that_are_already_apart_are_not_moved():
    assert spread([10, 100, 50], [20, 20, 20], 0, 200) == [10, 100, 50]


def test_a_segment_through_a_box_is_crossed_for_its_length_inside():
    box = Rect(0, 0, 10, 10)
    assert box.crossed(((-5, 5), (15, 5))) == 10
    assert box.crossed(((-5, 20), (15, 20))) == 0
    assert box.crossed(((2, 2), (2, 6))) == 4
