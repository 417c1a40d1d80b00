"""Pictures of stages as native shapes."""

from __future__ import annotations

from itertools import count

from pptx.oxml.ns import qn

from workshop.model.stage_picture import Outline, StagePicture
from workshop.model.theme import Box
from workshop.render.office_xml import Element, Parsed, el, parsed
from workshop.render.pptx.stage_shapes import Frame, stage_picture

AREA = (("M", (10.0, 20.0)), ("L", (50.0, 20.0)), ("C", (60.0, 20.0, 60.0, 90.0, 50.0, 90.0)), ("Z", ()))
PICTURE = StagePicture(
    name="dough",
    alt="A loaf",
    width=100,
    height=50,
    outlines=(Outline("figure", AREA), Outline("figure", AREA), Outline("open", AREA), Outline("mark", AREA[:2], 4.0)),
)
BOX = Box(1000, 2000, 1_000_000, 500_000)


def made(ground: str = "field", *, linked: bool = False, alt: str = "A loaf") -> Parsed:
    numbers = count(8)

    def link() -> Element | None:
        return el("a:hlinkClick", r_id="rId9") if linked else None

    return parsed(stage_picture(PICTURE, BOX, Frame(ground, alt, 7), lambda: next(numbers), link))


def test_it_is_one_group_with_alternative_text_and_a_freeform_per_look() -> None:
    group = made()
    named = group.find(f"{qn('p:nvGrpSpPr')}/{qn('p:cNvPr')}")
    shapes = group.findall(qn("p:sp"))
    assert (named.get("id"), named.get("descr")) == ("7", "A loaf")
    assert [shape.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}").get("id") for shape in shapes] == ["8", "9", "10"]
    assert [len(shape.findall(f".//{qn('a:path')}")) for shape in shapes] == [2, 1, 1]


def test_every_shape_has_the_frame_of_the_group_and_the_coordinates_of_the_picture() -> None:
    for shape in made().findall(qn("p:sp")):
        offset, extent = shape.find(f".//{qn('a:off')}"), shape.find(f".//{qn('a:ext')}[@cx]")
        assert (offset.get("x"), offset.get("y")) == ("1000", "2000")
        assert (extent.get("cx"), extent.get("cy")) == ("1000000", "500000")
        for path in shape.iter(qn("a:path")):
            assert (path.get("w"), path.get("h")) == ("10000", "5000")
    first = next(made().iter(qn("a:path")))
    assert [(p.get("x"), p.get("y")) for p in first.iter(qn("a:pt"))][:2] == [("1000", "2000"), ("5000", "2000")]


def test_colours_are_slots_of_the_theme_that_suit_the_ground() -> None:
    def slots(ground: str) -> list[str]:
        return [color.get("val") for color in made(ground).iter(qn("a:schemeClr"))]

    assert slots("field") == ["lt1", "accent6", "dk1"]
    assert slots("bg") == ["accent1", "accent6", "dk1"]
    assert slots("open") == ["dk1", "lt1", "dk1"]
    assert list(made().iter(qn("a:srgbClr"))) == []


def test_a_stroke_is_as_wide_as_in_the_picture_and_has_no_area() -> None:
    *_, stroke = made().findall(qn("p:sp"))
    line = stroke.find(f"{qn('p:spPr')}/{qn('a:ln')}")
    assert (line.get("w"), line.get("cap")) == ("40000", "flat")
    assert stroke.find(f"{qn('p:spPr')}/{qn('a:noFill')}") is not None


def test_on_a_link_every_shape_leads_where_the_link_does() -> None:
    assert len(list(made(linked=True).iter(qn("a:hlinkClick")))) == 3
    assert list(made().iter(qn("a:hlinkClick"))) == []
