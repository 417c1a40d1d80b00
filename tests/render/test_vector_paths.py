"""Pictures of stages as SVG."""

from __future__ import annotations

from lxml import etree

from workshop.model.stage_picture import Outline, StagePicture
from workshop.render.vector_paths import EDGE, on_paper, svg

SQUARE = (("M", (1.0, 2.0)), ("L", (9.0, 2.0)), ("L", (9.0, 8.0)), ("Z", ()))
OPEN = (Outline("open", SQUARE), Outline("open", SQUARE))
STROKE = Outline("mark", (("M", (1.0, 1.0)), ("C", (2.0, 2.0, 3.0, 3.0, 4.5, 4.0))), 2.5)
INKS = on_paper("#000000", "#ffffff", soft="#9e9e9e")
NAMESPACE = {"s": "http://www.w3.org/2000/svg"}


def parsed(*outlines: Outline, edge: str = "", alt: str = "A loaf & a knife") -> etree._Element:
    picture = StagePicture(name="dough", alt=alt, width=100, height=56.25, outlines=outlines)
    return etree.fromstring(svg(picture, INKS, edge).encode())


def test_it_has_the_box_of_the_picture_and_says_what_there_is_to_see() -> None:
    root = parsed(*OPEN)
    assert (root.get("viewBox"), root.get("role")) == ("0 0 100 56.25", "img")
    assert root.findtext("s:title", namespaces=NAMESPACE) == "A loaf & a knife"


def test_an_area_is_filled_and_a_stroke_has_its_width() -> None:
    area, stroke = parsed(OPEN[0], STROKE).findall("s:g", NAMESPACE)
    assert (area.get("fill"), area.get("stroke")) == ("#ffffff", None)
    assert (stroke.get("fill"), stroke.get("stroke"), stroke.get("stroke-width")) == ("none", "#000000", "2.5")
    assert [path.get("d") for path in stroke] == ["M 1 1 C 2 2 3 3 4.5 4"]


def test_what_is_open_has_its_edge_under_all_of_its_parts_so_that_they_are_one() -> None:
    edge, areas = parsed(*OPEN, edge="#123456").findall("s:g", NAMESPACE)
    assert (edge.get("stroke"), edge.get("stroke-width")) == ("#123456", f"{2 * EDGE:g}")
    assert len(edge) == len(areas) == 2
    assert areas.get("stroke") is None
