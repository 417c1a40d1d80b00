"""Columns whose words are lines on a page, or said in turn, and columns with a drawing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.layout.scenes import SLIDES, baked, named
from workshop.errors import errors_in
from workshop.layout.laid import LaidOut, LaidShapes, LaidText, Shape


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> LaidOut:
    laid, problems = baked(tmp_path_factory.mktemp("bread"))
    assert errors_in(problems) == ()
    return laid


def shapes(laid: LaidOut, name: str) -> list[Shape]:
    return [shape for item in named(laid, name).items if isinstance(item, LaidShapes) for shape in item.shapes]


def test_each_paragraph_of_a_page_is_a_line_on_a_rule_and_the_later_ones_step_back(deck: LaidOut) -> None:
    found = shapes(deck, "said")
    lines = [shape for shape in found if shape.kind == "text"]
    rules = [shape.box.y for shape in found if shape.kind == "line"]
    assert [(shape.lines[0].text, shape.color) for shape in lines] == [
        ("What is bread?", "ink"),
        ("What is rye?", "ink"),
        ("What is wheat?", "muted"),
        ("Ask a baker.", "muted"),
    ]
    assert all(line.box.bottom < rule for line, rule in zip(lines, rules, strict=True))
    assert [run.strong for shape in lines for run in shape.lines[0].runs] == [True, False, False, False]


def test_what_is_said_in_turn_is_at_the_left_on_marigold_and_at_the_right_on_a_field(deck: LaidOut) -> None:
    first, second = (shape for shape in shapes(deck, "said") if shape.kind == "rect" and shape.fill)
    assert (first.fill, second.fill) == ("open", "field")
    assert first.box.x < second.box.x
    assert first.box.bottom < second.box.y
    assert first.box.w == second.box.w


def test_words_that_have_no_room_are_two_columns_of_words(tmp_path: Path) -> None:
    text = SLIDES.replace("It is flour and water, and a baker bakes it at night.", "It is flour and water. " * 14)
    laid, problems = baked(tmp_path, {"01-dough.md": text})
    assert errors_in(problems) == ()
    assert any("flour" in line.text for item in named(laid, "said").items for line in getattr(item, "lines", ()))


def test_a_drawing_stands_beside_the_heading_of_its_column(deck: LaidOut) -> None:
    heads = [
        item for item in named(deck, "two").items if isinstance(item, LaidText) and "heading" in item.placeholder.role
    ]
    drawn = [shape for shape in shapes(deck, "two") if shape.picture]
    assert [shape.picture.name for shape in drawn if shape.picture] == ["bowl", "oven"]
    for head, shape in zip(heads, drawn, strict=True):
        assert shape.box.right <= head.placeholder.box.x
        assert shape.box.bottom == head.placeholder.box.bottom
