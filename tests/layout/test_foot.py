import pytest

from workshop.layout import foot
from workshop.model.theme import inches


def test_eight_stages_have_the_marks_of_the_design():
    boxes = foot.marks(8)
    assert len(boxes) == 8
    assert abs(boxes[0].w - inches(1.3)) < 10
    assert abs(boxes[1].x - boxes[0].right - inches(0.08)) < 10


@pytest.mark.parametrize("count", [1, 3, 8, 12, 13, 30])
def test_the_rail_is_as_wide_for_any_number_of_stages(count):
    assert abs(foot.marks(count)[-1].right - (foot.LEFT + foot.WIDTH)) < 20 * count
    assert abs(foot.current(count - 1, count).right - (foot.LEFT + foot.WIDTH)) < 20 * count


def test_more_than_twelve_stages_share_one_bar():
    assert len(foot.marks(13)) == 1
    assert foot.current(1, 13).x == foot.current(0, 13).right


def test_without_stages_there_is_no_rail():
    assert foot.marks(0) == ()


@pytest.mark.parametrize("count", [2, 8, 12, 20])
def test_the_name_never_reaches_the_slide_number(count):
    assert all(foot.name_box(k, count).right <= foot.NUMBER_LEFT for k in range(count))


def test_with_eight_stages_every_name_is_under_its_mark():
    assert [foot.name_box(k, 8).x for k in range(8)] == [mark.x for mark in foot.marks(8)]


def test_the_block_covers_its_mark():
    for k, mark in enumerate(foot.marks(8)):
        block = foot.current(k, 8)
        assert (block.x, block.w) == (mark.x, mark.w)
        assert block.y < mark.y < mark.bottom < block.bottom
