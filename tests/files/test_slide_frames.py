from lxml import etree

from workshop.files.package_file import NAMESPACES
from workshop.files.slide_frames import SLIDE, box_of, inside, moved
from workshop.model.theme import Box

NAMES = " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in "ap")


def group(form):
    return etree.fromstring(f"<p:grpSp {NAMES}><p:grpSpPr>{form}</p:grpSpPr></p:grpSp>")


def shape(form):
    return etree.fromstring(f"<p:sp {NAMES}><p:spPr>{form}</p:spPr></p:sp>")


# 200 x 100 of its own, shown as 100 x 200 at (1000, 2000)
HALF_AND_TWICE = group(
    '<a:xfrm><a:off x="1000" y="2000"/><a:ext cx="100" cy="200"/><a:chOff x="40" y="60"/><a:chExt cx="200" cy="100"/></a:xfrm>'
)


def test_the_corner_of_a_groups_own_coordinates_is_its_place_on_the_slide():
    assert moved(Box(40, 60, 200, 100), inside(HALF_AND_TWICE, SLIDE)) == Box(1000, 2000, 100, 200)


def test_groups_in_groups_are_moved_by_each_of_them():
    outer = group(
        '<a:xfrm><a:off x="0" y="500"/><a:ext cx="10" cy="10"/><a:chOff x="1000" y="2000"/><a:chExt cx="5" cy="5"/></a:xfrm>'
    )
    frame = inside(HALF_AND_TWICE, inside(outer, SLIDE))
    assert moved(Box(40, 60, 200, 100), frame) == Box(0, 500, 200, 400)


def test_a_group_without_coordinates_of_its_own_changes_nothing():
    for form in ("", '<a:xfrm><a:off x="7" y="7"/><a:ext cx="5" cy="5"/></a:xfrm>'):
        assert inside(group(form), (2.0, 2.0, 1.0, 1.0)) == (2.0, 2.0, 1.0, 1.0)


def test_a_shape_has_a_box_only_with_a_place_and_a_size():
    whole = '<a:xfrm><a:off x="1" y="2"/><a:ext cx="3" cy="4"/></a:xfrm>'
    assert box_of(shape(whole)) == Box(1, 2, 3, 4)
    assert [box_of(shape(form)) for form in ("", '<a:xfrm rot="5"/>', '<a:xfrm><a:off x="1" y="2"/></a:xfrm>')] == [
        None
    ] * 3
