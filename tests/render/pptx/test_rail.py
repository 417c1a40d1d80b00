import pytest

from workshop.model.theme import inches
from workshop.render.pptx import rail


def test_eight_stages_have_the_marks_of_the_design():
    boxes = rail.marks(8)
    assert len(boxes) == 8
    assert abs(boxes[0].w - inches(1.3)) < 10
    assert abs(boxes[1].x - boxes[0].right - inches(0.08)) < 10


@pytest.mark.parametrize("count", [1, 3, 8, 12, 13, 30])
def test_the_rail_is_as_wide_for_any_number_of_stages(count):
    assert abs(rail.marks(count)[-1].right - (rail.LEFT + rail.WIDTH)) < 20 * count
    assert abs(rail.current(count - 1, count).right - (rail.LEFT + rail.WIDTH)) < 20 * count


def test_more_than_twelve_stages_share_one_bar():
    assert len(rail.marks(13)) == 1
    assert rail.current(1, 13).x == rail.current(0, 13).right


def test_without_stages_there_is_no_rail():
    assert rail.marks(0) == ()


@pytest.mark.parametrize("count", [2, 8, 12, 20])
def test_the_name_never_reaches_the_slide_number(count):
    assert all(rail.name_box(k, count).right <= rail.NUMBER_LEFT for k in range(count))


def test_with_eight_stages_every_name_is_under_its_mark():
    assert [rail.name_box(k, 8).x for k in range(8)] == [mark.x for mark in rail.marks(8)]


def test_the_block_covers_its_mark():
    for k, mark in enumerate(rail.marks(8)):
        block = rail.current(k, 8)
        assert (block.x, block.w) == (mark.x, mark.w)
        assert block.y < mark.y < mark.bottom < block.bottom
