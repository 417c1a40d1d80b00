import re

import pytest
from lxml import etree

from tests.render.svg.drawing import SVG, WHOLE, deck, drawn, number, pen, place, slide, texts, theme
from workshop.layout import rail
from workshop.layout.laid import LaidText
from workshop.model.blocks import Line, Run
from workshop.model.kit import StageMark
from workshop.model.theme import Box, Decor, Foot, Logo, inches
from workshop.render.svg.slide import draw_slide, screen_pen

MARKS = tuple(
    StageMark(id=name, number=n, title=name, short=name, question="") for n, name in enumerate(("one", "two"), 1)
)


def test_a_picture_has_the_proportions_and_the_ground_of_the_deck():
    root = drawn(look=theme(dark=True))
    assert root.get("viewBox") == "0 0 960 540"
    assert root[0].get("fill") == "#0E1B17"


def test_what_the_layout_draws_is_below_the_items():
    decor = (Decor("rect", WHOLE, "panel"), Decor("line", Box(0, 0, WHOLE.w, 0), "rule", 2))
    spot = place()
    root = drawn(LaidText(spot, (Line((Run("one"),)),), 24, 0), places=(spot,), decor=decor)
    assert [node.tag.removeprefix(SVG) for node in root] == ["rect", "rect", "line", "text"]
    assert float(root[2].get("stroke-opacity")) == 0.2


@pytest.mark.parametrize("toy", [(), (Run("Toy: a list."),)])
def test_the_foot_has_a_mark_for_each_stage_the_name_of_this_one_and_the_number(toy):
    made = slide(rail=True, toy=toy)
    root = etree.fromstring(draw_slide(pen(), deck(made, marks=MARKS), made))
    assert texts(root) == ["7", "1 \u00a0one"]
    current = [node for node in root.iter(f"{SVG}rect") if node.get("fill") == "#0B5144"]
    assert [number(node, "x") for node in current] == [pytest.approx(rail.current(0, 2, Foot()).x / 12_700, abs=0.01)]
    (faint,) = [node for node in root.iter(f"{SVG}path") if node.get("fill-opacity") == "0.12"]
    assert [float(x) for x in re.findall(r"M([\d.]+) ", faint.get("d"))] == [
        pytest.approx(box.x / 12_700, abs=0.01) for box in rail.marks(2, Foot())
    ]


def test_a_picture_behind_the_slide_is_veiled(tmp_path):
    root = drawn(background=tmp_path / "wide.png")
    kinds = [node.tag.removeprefix(SVG) for node in root]
    assert kinds == ["rect", "image", "rect"]
    assert root[2].get("opacity") == "0.8"


def test_a_logo_is_on_slides_with_a_rail(tmp_path):
    look = theme(logo=Logo(tmp_path / "logo.png", Box(0, 0, inches(1), inches(1))))
    assert [node.get("href") for node in drawn(look=look, rail=True).iter(f"{SVG}image")] == ["logo.png"]
    assert not list(drawn(look=look).iter(f"{SVG}image"))


def test_the_same_slide_gives_the_same_picture():
    made = slide(LaidText(place(), (Line((Run("one"),)),), 24, 0))
    assert draw_slide(pen(), deck(made), made) == draw_slide(pen(), deck(made), made)


def test_a_character_that_xml_may_not_contain_does_not_spoil_the_picture_in_the_browser():
    made = slide(LaidText(place(), (Line((Run("a \x07 bell, \ufffe nothing"),)),), 24, 0))
    laid = deck(made)
    root = etree.fromstring(draw_slide(screen_pen(laid, lambda blob, kind: ""), laid, made))
    assert "bell" in "".join(texts(root))
