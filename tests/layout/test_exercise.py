"""Tables to fill in, and code in its panel."""

from __future__ import annotations

from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout.samples import AT, bullets, kit, prose, slide, table
from workshop.constructs.boxes import Given
from workshop.layout.exercise import fill_aligns
from workshop.layout.laid import LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.model.blocks import Run, ShownCode, ShownTable
from workshop.model.theme import inches
from workshop.themes.beds import light

BLANK = (Run("", blank=True),)


def with_blank(given: ShownTable, row: int, column: int) -> ShownTable:
    cells = [list(cells) for cells in given.rows]
    cells[row][column] = BLANK
    return replace(given, rows=tuple(map(tuple, cells)))


def test_places_to_write_in_are_centred_with_the_short_figures_beside_them() -> None:
    given = with_blank(table("after|mat|rug", "votes|2|1", aligns="lrr"), 0, 2)
    assert fill_aligns(given) == ("left", "center", "center")


def test_a_column_of_words_keeps_its_alignment_and_one_to_fill_in_is_still_centred() -> None:
    given = with_blank(table("request|why|block?", "how?|because nobody knows it|x", aligns="llr"), 0, 2)
    assert fill_aligns(given) == ("left", "left", "center")
    assert fill_aligns(with_blank(table("a|b", "1|2", aligns="lr"), 0, 0)) == ("center", "center")


def test_a_table_with_nothing_to_fill_in_keeps_its_alignment() -> None:
    assert fill_aligns(table("a|b", "x|1", aligns="lr")) == ("left", "right")


def on_slide(rows: int) -> LaidSlide:
    given = Given("Round one", (bullets("the spade stood by the shed", "the rake stood by the gate", "a tap"),), AT)
    counts = table("after|shed|gate", *(f"votes {k}|2|1" for k in range(rows)))
    parts = (("main", (prose("Count the votes."),)), ("data", (counts,)), ("given", (given,)))
    laid, problems = lay_out(kit(slide("exercise", "Count", parts)), light())
    assert not problems
    return laid.slides[0]


def test_a_given_text_is_in_two_columns_between_the_table_and_the_foot() -> None:
    page = on_slide(1)
    (panel,) = (item.shapes for item in page.items if isinstance(item, LaidShapes))
    (laid,) = (item for item in page.items if isinstance(item, LaidTable))
    assert [[line.text for line in shape.lines] for shape in panel] == [
        ["Round one"],
        ["the spade stood by the shed", "the rake stood by the gate"],
        ["a tap"],
    ]
    assert panel[0].box.y >= laid.placeholder.box.y + sum(laid.heights)
    assert panel[2].box.x > panel[1].box.x
    assert panel[1].box.bottom <= inches(6.66)


def test_a_given_text_gives_way_to_a_table_that_needs_the_room() -> None:
    assert not [item for item in on_slide(6).items if isinstance(item, LaidShapes)]


def _panel(lines: int) -> LaidText:
    text = "\n".join(f"line {k}" for k in range(lines))
    shown = slide("code", "Code", (("main", (ShownCode(text, "python", "code", AT),)),))
    laid, problems = lay_out(kit(shown), light())
    assert not problems
    page: LaidSlide = laid.slides[0]
    return next(item for item in page.items if isinstance(item, LaidText) and item.placeholder.mono)


def test_a_panel_of_code_is_as_high_as_its_lines_with_space_above_and_below_and_fills_half_a_slide() -> None:
    few, more, many = _panel(3), _panel(8), _panel(11)
    assert few.placeholder.box.h == inches(3.3)
    assert more.placeholder.box.h == more.height + 2 * more.placeholder.inset_y > inches(3.3)
    assert few.placeholder.inset_y >= inches(0.15)
    assert many.size == 20
    assert many.height + 2 * many.placeholder.inset_y <= many.placeholder.box.h
