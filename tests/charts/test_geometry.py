import itertools

from hypothesis import given
from hypothesis import strategies as st

from tests.charts.samples import cleaning, label_boxes, library, on_slide, surprise
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


def test_what_is_apart_already_is_not_moved():
    assert spread([10, 100, 50], [20, 20, 20], 0, 200) == [10, 100, 50]


def test_a_segment_through_a_box_is_crossed_for_its_length_inside():
    box = Rect(0, 0, 10, 10)
    assert box.crossed(((-5, 5), (15, 5))) == 10
    assert box.crossed(((-5, 20), (15, 20))) == 0
    assert box.crossed(((2, 2), (2, 6))) == 4


def test_a_waterfall_runs_from_total_to_total_and_ends_on_the_ground():
    frame = on_slide(cleaning()).frame
    spans = [frame.bar_span(0, index) for index in range(5)]
    assert spans == [(0, 346), (346, 177), (177, 137), (137, 120), (0, 120)]


def test_data_and_places_are_inverse():
    frame = on_slide(library()).frame
    x, y = frame.data(frame.point(0, 2))
    assert abs(x - 0.15) < 1e-9
    assert abs(y - 0.62) < 1e-9


def test_labels_of_a_single_line_cover_neither_each_other_nor_the_line():
    resolved = on_slide(surprise())
    boxes, frame = label_boxes(resolved), resolved.frame
    points = frame.points(0)
    assert len(boxes) == 5
    for k, box in enumerate(boxes):
        assert all(box.overlap(other) == 0 for other in boxes[k + 1 :])
        assert all(box.crossed(pair) < 6 for pair in itertools.pairwise(points))
