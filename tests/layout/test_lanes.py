"""Tables drawn as lanes: a row is a lane, its cells are stations, and its last cell is the result."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout.samples import REAL, kit, prose, slide, table
from workshop.layout.laid import LaidShapes, LaidSlide, LaidTable, Shape
from workshop.model.blocks import ShownTable
from workshop.themes.beds import light

ROWS = (
    "Product | Limit | Filter | Card | Model | Answer",
    "Bare | – | – | – | writes | In the barn.",
    "Helper | pass | 0 points | porch | writes | In the porch, friend.",
    "Agent | – | – | porch | writes | In the porch.",
)


def as_lanes(*rows: str, highlight: int = -1) -> ShownTable:
    return replace(table(*rows, highlight=highlight), lanes=True)


def laid(shown: ShownTable, *told: str) -> LaidSlide:
    slots = (("measure", (prose("On its way through each product"),)), ("main", (shown,)))
    deck, problems = lay_out(
        kit(slide("table", "Same weights, three answers", slots, name="trace", source=REAL)), light()
    )
    assert [problem.message for problem in problems] == list(told)
    (page,) = deck.slides
    return page


def shapes(page: LaidSlide) -> tuple[Shape, ...]:
    (drawn,) = [item for item in page.items if isinstance(item, LaidShapes)]
    return drawn.shapes


def said(page: LaidSlide, text: str) -> list[Shape]:
    return [shape for shape in shapes(page) if any(line.text == text for line in shape.lines)]


def test_each_row_is_a_lane_from_its_name_to_its_result() -> None:
    page = laid(as_lanes(*ROWS))
    lines = [shape for shape in shapes(page) if shape.kind == "line"]
    assert len(lines) == len(ROWS) - 1
    for line, name, result in zip(
        lines, ("Bare", "Helper", "Agent"), ("In the barn.", "In the porch, friend.", "In the porch."), strict=True
    ):
        (first,), (last,) = said(page, name), said(page, result)
        assert first.box.y < line.box.y < first.box.bottom
        assert last.box.y < line.box.y < last.box.bottom
        assert first.box.right <= line.box.x
        assert line.box.right <= last.box.x


def test_a_station_that_a_lane_does_not_have_is_dashed_and_empty() -> None:
    dashed = [shape for shape in shapes(laid(as_lanes(*ROWS))) if shape.dash]
    assert len(dashed) == 5
    assert all(not shape.fill and not shape.lines for shape in dashed)


def test_a_column_that_says_the_same_everywhere_is_one_bar_across_all_lanes() -> None:
    page = laid(as_lanes(*ROWS))
    (bar,) = said(page, "writes")
    lines = [shape.box.y for shape in shapes(page) if shape.kind == "line"]
    assert bar.fill == "field"
    assert bar.box.y < min(lines) < max(lines) < bar.box.bottom


def test_only_the_result_of_the_highlighted_row_is_marked() -> None:
    page = laid(as_lanes(*ROWS, highlight=0))
    assert [shape.fill for text in ("In the barn.", "In the porch.") for shape in said(page, text)] == ["open", "panel"]


@pytest.mark.parametrize(
    "rows",
    [
        (*ROWS, *ROWS[1:]),
        ("Product | Answer", "Bare | In the barn.", "Agent | In the porch."),
        (ROWS[0], *(row.replace("porch ", "somewhere incomprehensible ") for row in ROWS[1:])),
    ],
    ids=["six rows", "two columns", "long words"],
)
def test_a_table_that_does_not_fit_its_lanes_is_shown_as_a_table_and_the_build_says_so(rows: tuple[str, ...]) -> None:
    page = laid(as_lanes(*rows), "slide 1: the table isn't drawn as lanes")
    assert any(isinstance(item, LaidTable) for item in page.items)


def test_a_table_without_the_class_stays_a_table() -> None:
    assert any(isinstance(item, LaidTable) for item in laid(table(*ROWS)).items)


def test_lanes_are_not_smaller_than_18_points() -> None:
    assert min(size for shape in shapes(laid(as_lanes(*ROWS))) for size in shape.sizes) >= 18
