"""Diagrams that are built box by box."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from pptx import Presentation

from tests.laying import lay_out
from tests.layout.samples import kit, slide
from workshop.layout.laid import LaidShapes
from workshop.model.blocks import Diagram, Step
from workshop.render.pptx.deck import write_deck
from workshop.themes.beds import light

STEPS = tuple(Step(name, gloss) for name, gloss in (("Hide", "a word"), ("Guess", "it"), ("Correct", "the weights")))
PLAIN = Diagram(steps=STEPS, alt="Three steps", back="again", figures=("1", "2", "3 | of them"))
P = {"p": "http://schemas.openxmlformats.org/presentationml/2006/main"}


def drawn(diagram: Diagram) -> LaidShapes:
    deck, problems = lay_out(kit(slide("diagram", "A loop", (("main", (diagram,)),))), light())
    assert problems == ()
    return next(item for item in deck.slides[0].items if isinstance(item, LaidShapes))


def test_a_diagram_is_whole_at_once_unless_it_is_built() -> None:
    assert {shape.step for shape in drawn(PLAIN).shapes} == {0}


def test_each_box_appears_with_the_arrow_to_it_and_the_figure_under_it() -> None:
    shapes = drawn(replace(PLAIN, stepwise=True)).shapes
    steps = [shape.step for shape in shapes]
    kinds = [shape.kind for shape in shapes]
    assert steps[:3] == [0, 1, 2]
    assert [step for step, kind in zip(steps, kinds, strict=True) if kind == "arrow"] == [1, 2]
    assert [step for step, kind in zip(steps, kinds, strict=True) if kind == "arrow-back"] == [2]
    said = {shape.lines[0].text: shape.step for shape in shapes if shape.kind == "text"}
    assert said == {"again": 2, "1": 0, "2": 1, "3": 2, "of them": 2}


def test_the_boxes_look_the_same_whether_or_not_they_are_built() -> None:
    whole, built = drawn(PLAIN).shapes, drawn(replace(PLAIN, stepwise=True)).shapes
    assert whole == tuple(replace(shape, step=0) for shape in built)


@pytest.mark.parametrize(
    ("diagram", "clicks"), [(PLAIN, 0), (replace(PLAIN, stepwise=True), 2)], ids=["whole", "built"]
)
def test_every_effect_in_the_deck_shows_a_shape_of_its_slide(diagram: Diagram, clicks: int, tmp_path) -> None:
    deck, _ = lay_out(kit(slide("diagram", "A loop", (("main", (diagram,)),))), light())
    path = tmp_path / "deck.pptx"
    path.write_bytes(write_deck(deck))
    page = Presentation(str(path)).slides[0]
    ids = {str(shape.shape_id) for shape in page.shapes}
    targets = {node.get("spid") for node in page._element.iterfind(".//p:spTgt", P)}
    assert targets <= ids
    assert len(page._element.findall(".//p:cTn[@nodeType='clickEffect']", P)) == clicks
