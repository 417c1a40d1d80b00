import pytest

from workshop.layout import scene
from workshop.model.theme import Foot, inches


def test_eight_stages_have_the_marks_of_the_design():
    boxes = scene.marks(8, Foot())
    assert len(boxes) == 8
    assert abs(boxes[0].w - inches(1.3)) < 10
    assert abs(boxes[1].x - boxes[0].right - inches(0.08)) < 10


@pytest.mark.parametrize("count", [1, 3, 8, 12, 13, 30])
def test_the_rail_is_as_wide_for_any_number_of_stages(count):
    assert abs(scene.marks(count, Foot())[-1].right - (Foot().left + Foot().width)) < 20 * count
    assert abs(scene.current(count - 1, count, Foot()).right - (Foot().left + Foot().width)) < 20 * count


def test_more_than_twelve_stages_share_one_bar():
    assert len(scene.marks(13, Foot())) == 1
    assert scene.current(1, 13, Foot()).x == scene.current(0, 13, Foot()).right


def test_without_stages_there_is_no_rail():
    assert scene.marks(0, Foot()) == ()


@pytest.mark.parametrize("count", [2, 8, 12, 20])
def test_the_name_never_reaches_the_slide_number(count):
    assert all(scene.name_box(k, count, Foot()).right <= Foot().number for k in range(count))


def test_the_name_of_a_stage_can_be_read_from_the_last_row():
    assert scene.FOOTER.sizes == (18,)
    assert scene.name_box(0, 8, Foot()).h >= inches(0.3)


def test_with_eight_stages_every_name_is_under_its_mark():
    assert [scene.name_box(k, 8, Foot()).x for k in range(8)] == [mark.x for mark in scene.marks(8, Foot())]


def test_the_block_covers_its_mark():
    for k, mark in enumerate(scene.marks(8, Foot())):
        block = scene.current(k, 8, Foot())
        assert (block.x, block.w) == (mark.x, mark.w)
        assert block.y < mark.y < mark.bottom < block.bottom
