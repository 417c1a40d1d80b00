"""Tests our slides on a client's page: ours is somewhat above its middle, and what touches an edge goes on to the page's."""

from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout import samples
from tests.templates.conftest import template_file
from workshop.layout.client_page import _Onto
from workshop.layout.laid import LaidShapes, Shape
from workshop.model.policy import KIT
from workshop.model.stage_picture import Outline, StagePicture
from workshop.model.theme import Around, Box, inches
from workshop.themes.template import template_theme

AROUND = Around(0, inches(0.75), inches(1.75))
ONTO = _Onto(AROUND)  # 4:3
WIDE, HIGH = 12_192_000, 6_858_000


def test_a_panel_that_touches_the_upper_edge_begins_at_that_of_the_page():
    assert ONTO.area(Box(0, 0, inches(3), inches(2))) == Box(0, 0, inches(3), inches(2.75))


def test_an_area_over_the_whole_slide_is_over_the_whole_page():
    assert ONTO.area(Box(0, 0, WIDE, HIGH)) == Box(0, 0, WIDE, HIGH + inches(2.5))


def test_what_touches_no_edge_moves_with_ours():
    assert ONTO.area(Box(inches(1), inches(1), inches(2), inches(2))).y == inches(1.75)


def test_a_picture_over_the_whole_slide_goes_on_to_the_edges_of_the_page_and_keeps_its_scale():
    bed = (("M", (0.0, 5.0)), ("L", (10.0, 5.0)), ("L", (10.0, 10.0)), ("L", (0.0, 10.0)), ("Z", ()))
    picture = StagePicture(name="cover", alt="", width=10, height=10, outlines=(Outline("bed", bed),))
    made = ONTO.shape(Shape(kind="picture", box=Box(0, 0, HIGH, HIGH), fill="bg", picture=picture))
    assert made.box == Box(0, 0, HIGH, HIGH + inches(2.5))
    unit = HIGH / 10
    assert made.picture.height * unit == made.box.h
    ys = [values[1] * unit for _, values in made.picture.outlines[0].path if values]
    assert [round(y) for y in ys] == [HIGH // 2 + inches(0.75)] * 2 + [made.box.h] * 2


def test_a_deck_on_a_narrow_page_has_the_pages_proportions_and_nothing_of_it_is_outside(tmp_path):
    theme = template_theme(template_file("python-pptx", tmp_path)).theme
    laid, _ = lay_out(replace(samples.kit(), policy=KIT), theme)
    assert laid.theme.width * 3 == laid.theme.height * 4
    boxes = [
        shape.box
        for slide in laid.slides
        for item in slide.items
        for shape in (item.shapes if isinstance(item, LaidShapes) else ())
    ]
    boxes += [item.placeholder.box for s in laid.slides for item in s.items if not isinstance(item, LaidShapes)]
    assert len(boxes) > 50
    assert all(box.y >= 0 and box.bottom <= laid.theme.height + 12_700 for box in boxes)


def test_on_a_higher_page_there_is_less_room_above_our_slides_than_between_them_and_the_foot(tmp_path):
    theme = template_theme(template_file("python-pptx", tmp_path)).theme
    laid, _ = lay_out(replace(samples.kit(), policy=KIT), theme)
    titles = [
        i.placeholder.box.y
        for s in laid.slides
        for i in s.items
        if getattr(i, "placeholder", None) is not None and i.placeholder.role == "title"
    ]
    assert min(titles) < inches(1.5)
    assert theme.template.dressed.foot.top > inches(9.3)
