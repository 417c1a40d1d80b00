"""Compares the widths and heights of tables with the measures of their words, and with trying all cuts."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.layout.samples import AT, table
from workshop.constructs.column_divs import Column, Columns
from workshop.errors import At, Report
from workshop.layout.context import Desk
from workshop.layout.measure import Ruler, Style
from workshop.layout.tables import air, fit_table, is_readable, shown, try_table
from workshop.layouts.grid import MARGIN
from workshop.model.blocks import Run
from workshop.model.kit import Slide
from workshop.model.theme import EMU_PER_POINT, inches
from workshop.themes.beds import light
from workshop.wording.messages import messages

THEME = light()
RULER = Ruler(THEME)
PLACE = THEME.layouts["table"].find("main")
INSETS = 2 * inches(0.14)
PADS = 2 * inches(0.04)


def desk():
    return Desk(theme=THEME, ruler=RULER, words=messages("en-GB"), report=Report())


def fitted(made, **how):
    (laid,) = fit_table(desk(), PLACE, made, AT, **how)
    return laid


def needed(text, size, *, bold=False):
    """Return the width in EMU that a text takes in a cell: measured, a little more, and the insets."""
    return round(RULER.width(text, size, Style(bold)) / 0.99 * EMU_PER_POINT) + INSETS


def rows_in(text, width, size, *, bold=False, air=0):
    """Return the rows into which a cell of a given width breaks."""
    return RULER.rows((Run(text),), (width - INSETS - air) / EMU_PER_POINT, size, Style(bold))


def narrow(width_in, height_in=None):
    box = replace(PLACE.box, w=inches(width_in), h=inches(height_in) if height_in else PLACE.box.h)
    return replace(PLACE, box=box)


# ---------------------------------------------------------------- orphans
def test_the_last_word_of_a_cell_is_not_left_on_a_row_of_its_own():
    said = "may a model be trained on other people's work without asking?"
    laid = try_table(RULER, narrow(10.6), table("Open|The dispute", f"Copyright|{said}", "Other|x"))
    (cell,) = laid.table.rows[0][1]
    before, after = (rows_in(text, laid.widths[1], laid.size) for text in (said, cell.text))
    assert [len(row.text.split()) for row in (before[-1], after[-1])] == [1, 2]
    assert len(after) == len(before)
    assert cell.text.replace("\u00a0", " ") == said


# ---------------------------------------------------------------- widths
@pytest.mark.parametrize(
    ("head", "cell"), [("a long heading", "x"), ("x", "a long cell indeed"), ("the same", "the same")]
)
def test_a_column_of_words_is_twice_as_wide_as_its_longest_cell_and_the_last_one_takes_the_rest(head, cell):
    laid = fitted(table(f"{head}|why", f"{cell}|so"))
    assert laid.size == 28
    assert laid.header_size == 20
    natural = max(needed(head, 20, bold=True), needed(cell, 28))
    assert laid.widths == (2 * natural, PLACE.box.w - 2 * natural)


def test_the_row_that_matters_and_a_strong_first_column_are_measured_in_bold():
    cells = ("mimimimi|so", "x|so")
    marked = fitted(table("a|why", *cells, highlight=0))
    strong = fitted(table("a|why", *cells), strong_first=True)
    usual = fitted(table("a|why", *cells, highlight=1))
    assert marked.widths[0] == strong.widths[0] == 2 * needed("mimimimi", 28, bold=True)
    assert usual.widths[0] == 2 * needed("mimimimi", 28)


def test_only_the_first_column_is_strong():
    laid = fitted(table("a|b|c", "x|mimimimi|so"), strong_first=True)
    assert laid.widths[1] == 2 * needed("mimimimi", 28)


def test_a_place_to_write_in_is_as_wide_as_its_question_mark():
    assert shown((Run("", blank=True), Run("a"), Run("b", blank=True))) == (
        Run("?", strong=True),
        Run("a"),
        Run("b", blank=True),
    )
    blank = replace(table("a|why", "x|so"), rows=(((Run("", blank=True),), (Run("so"),)),))
    assert fitted(blank).widths[0] == 2 * max(needed("a", 20, bold=True), needed("?", 28, bold=True))


def test_columns_that_end_in_figures_are_drawn_out_to_the_edge_in_proportion():
    laid = fitted(table("what|how many", "bread|12", aligns="lr"))
    wanted = (needed("bread", 28), needed("how many", 20, bold=True))
    assert sum(laid.widths) == PLACE.box.w
    assert laid.widths[0] / laid.widths[1] == pytest.approx(wanted[0] / wanted[1], rel=1e-6)


def test_one_column_of_words_alone_is_drawn_out_to_the_edge():
    assert fitted(table("what", "bread")).widths == (PLACE.box.w,)


def test_figures_and_centred_cells_share_one_width_where_there_is_room_for_it():
    laid = fitted(table("what|a|a longer head|why", "x|1|2|so", aligns="lrcl"))
    assert laid.widths[1] == laid.widths[2] == 2 * needed("a longer head", 20, bold=True)


def test_figures_keep_their_own_widths_where_equal_ones_would_not_fit():
    head = "a heading in many long words which fills up nearly all of the room there is"
    made = table(f"what|a|{head}", "x|1|2", aligns="lrr")
    laid = fitted(made)
    assert needed(head, laid.header_size, bold=True) * 2 > PLACE.box.w
    assert laid.widths[1] < laid.widths[2] / 2


def test_words_after_figures_have_air_on_their_left_that_is_no_room_for_text():
    assert air(("left", "right", "left", "left", "center", "left", "right", "right", "left")) == (
        *(0, 0, inches(0.2), 0, 0, 0, 0, 0),
        inches(0.2),
    )
    laid = fitted(table("what|n|verdict|why", "sums|12|PASS it|so", aligns="lrll"))
    assert laid.air == (0, 0, inches(0.2), 0)
    assert laid.widths[2] == 2 * (needed("PASS it", 28) + inches(0.2))


def test_columns_that_do_not_fit_on_one_line_break_the_longest_cells_alone_and_no_word():
    long = "a sentence that goes on and on until it has to be broken, whatever the size of its letters may be"
    laid = fitted(table("what|why|how", f"sums|{long}|by hand"))
    assert sum(laid.widths) == PLACE.box.w
    assert laid.size < 28, "the largest size is for lines of one"
    assert len(rows_in("sums", laid.widths[0], laid.size)) == 1
    assert len(rows_in("by hand", laid.widths[2], laid.size)) == 1
    broken = rows_in(long, laid.widths[1], laid.size)
    assert len(broken) > 1
    assert not any(row.broken for row in broken)
    assert laid.widths[0] == needed("sums", laid.size)


def test_no_column_is_under_its_longest_word():
    words = ("electroencephalography", "characterisation", "x")
    laid = fitted(table("a|b|c", "|".join(f"{word} {word} {word} {word}" for word in words)))
    for word, width in zip(words, laid.widths, strict=True):
        assert width >= needed(word, laid.size)
    assert laid.widths[2] < min(laid.widths[:2])


def test_columns_fit_as_long_as_their_longest_words_do_to_the_last_unit():
    words = ("electroencephalography", "characterisation", "misunderstanding")
    made = table("a|b|c", "|".join(f"{word} {word}" for word in words))
    smallest = PLACE.sizes[-1]
    least = sum(needed(word, smallest) for word in words)
    place = narrow(12, 9)
    laid = try_table(RULER, replace(place, box=replace(place.box, w=least)), made)
    assert laid is not None
    assert (laid.size, laid.widths) == (smallest, tuple(needed(word, smallest) for word in words))
    assert try_table(RULER, replace(place, box=replace(place.box, w=least - 1)), made) is None


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.text("abcd efg", min_size=1, max_size=30), min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(["lll", "lrr", "lrl", "lcc"]),
)
def test_every_cell_has_room_for_its_rows_and_the_widths_are_those_of_the_place(cells, aligns):
    made = table("one|two|three", *("|".join(row) for row in cells), aligns=aligns)
    laid = try_table(RULER, PLACE, made)
    if laid is None:
        return
    assert sum(laid.widths) == PLACE.box.w
    for row, height in zip(cells, laid.heights[1:], strict=True):
        for text, width, space in zip(row, laid.widths, laid.air, strict=True):
            rows = rows_in(text.strip(), width, laid.size, air=space)
            assert not any(found.broken for found in rows)
            assert height >= len(rows) * 1.2 * laid.size * EMU_PER_POINT + PADS - 2


# ---------------------------------------------------------------- heights
def test_rows_of_one_line_have_air_up_to_a_comfortable_height():
    large, small = (try_table(RULER, narrow(12, 9), table("a|b", *["x|y"] * rows)) for rows in (1, 5))
    assert (large.size, small.size) == (28, 24)
    assert large.heights == (inches(0.5), inches(1.05))
    assert small.heights == (inches(0.5), *[inches(1.05)] * 5)


def test_if_there_is_less_room_all_rows_get_the_same_share():
    place = narrow(8, 3.0)
    laid = try_table(RULER, place, table("a|b", *["x|y"] * 4))
    assert laid is not None
    assert len(set(laid.heights[1:])) == 1
    line = round(1.2 * laid.size * EMU_PER_POINT) + PADS
    assert line < laid.heights[1] < inches(1.05)
    assert place.box.h - sum(laid.heights) < 4, "what is left is less than an EMU per row"


def test_a_row_is_as_high_as_its_longest_cell_and_a_header_of_two_lines_is_higher():
    long = "words " * 40
    heads = "a heading that is far too long for its column|b"
    laid = try_table(RULER, narrow(6, 9), table(heads, f"x|{long.strip()}", "x|y"))
    assert laid is not None
    lines = len(rows_in(long.strip(), laid.widths[1], laid.size))
    assert lines > 1
    assert laid.heights[1] == round(lines * 1.2 * laid.size * EMU_PER_POINT) + PADS
    head = len(rows_in("a heading that is far too long for its column", laid.widths[0], 18, bold=True))
    assert head > 1
    assert laid.heights[0] == round(head * 1.2 * 18 * EMU_PER_POINT) + PADS
    assert laid.heights[2] == inches(1.05)


def test_words_that_fit_as_they_are_set_take_one_line_even_if_they_would_not_in_bold():
    long = "a sentence that goes on and on until it has to be broken, whatever the size of its letters may be, and on"
    laid = try_table(RULER, narrow(9, 9), table("a|why", "mimimimi mi|so", f"x|{long}"))
    assert laid is not None
    assert len(rows_in("mimimimi mi", laid.widths[0], laid.size)) == 1
    assert len(rows_in("mimimimi mi", laid.widths[0], laid.size, bold=True)) == 2
    assert laid.heights[1] == inches(1.05), "one line, with air"


# ---------------------------------------------------------------- sizes
@pytest.mark.parametrize(
    ("rows", "size"), [(1, 28), (4, 28), (5, 24), (6, 24), (7, 20), (8, 20), (9, 18), (10, 18), (11, None)]
)
def test_more_rows_are_set_smaller_even_where_there_is_room(rows, size):
    place = replace(narrow(12, 12), sizes=(28, 24, 20, 18))
    laid = try_table(RULER, place, table("a|b", *["x|y"] * rows))
    assert (laid and laid.size) == size


def test_cells_that_need_two_lines_at_the_largest_size_take_a_smaller_one():
    one = "words that fill the line almost to its end when they are set in large letters, and"
    laid = fitted(table("a|b", f"{one}|x"))
    natural = needed(one, 28) + needed("x", 28)
    assert natural > PLACE.box.w
    assert laid.size == next(size for size in PLACE.sizes if size < 28)
    assert laid.header_size == 18


# ---------------------------------------------------------------- continuation
def cut(rows, **how):
    return fit_table(desk(), PLACE, table("what|how many", *[f"bread {n}|{n}" for n in range(rows)], **how), AT)


@pytest.mark.parametrize("rows", [9, 10, 11, 17, 25])
def test_a_long_table_takes_the_fewest_parts_of_about_as_many_rows_at_the_largest_size(rows):
    whole = table("what|how many", *[f"bread {n}|{n}" for n in range(rows)])
    parts = fit_table(desk(), PLACE, whole, AT)
    if len(parts) == 1:
        assert try_table(RULER, PLACE, whole) is not None
        return
    counts = [len(part.table.rows) for part in parts]
    assert max(counts) - min(counts) <= 1
    assert tuple(row for part in parts for row in part.table.rows) == whole.rows
    fewer = [round(rows * k / (len(parts) - 1)) for k in range(len(parts))]
    pieces = [replace(whole, rows=whole.rows[a:b]) for a, b in pairwise(fewer)]
    assert any(try_table(RULER, PLACE, piece) is None for piece in pieces), "one part less would do"
    alone = [try_table(RULER, PLACE, part.table) for part in parts]
    assert {part.size for part in parts} == {min(laid.size for laid in alone if laid is not None)}
    for part in parts:
        assert sum(part.heights) <= PLACE.box.h


@pytest.mark.parametrize(("marked", "where"), [(0, [0, -1]), (5, [5, -1]), (6, [-1, 0]), (11, [-1, 5]), (-1, [-1, -1])])
def test_the_row_that_matters_is_marked_in_the_part_that_it_is_in(marked, where):
    parts = cut(12, highlight=marked)
    assert [len(part.table.rows) for part in parts] == [6, 6]
    assert [part.table.highlight for part in parts] == where


def test_a_table_that_fits_is_in_one_part_even_if_it_may_go_on():
    assert len(cut(4)) == 1


# ---------------------------------------------------------------- refused
def test_too_many_rows_are_counted_against_those_that_fit():
    place, at = narrow(8, 3.0), desk()
    made = table("a|b", *["x|y"] * 17)
    (laid,) = fit_table(at, place, replace(made, at=At("talk.md", 7)), AT, split=False)
    smallest = place.sizes[-1]
    line = round(1.2 * smallest * EMU_PER_POINT) + PADS
    room = (place.box.h - inches(0.5)) // line
    (problem,) = at.report.found
    assert problem.message == f"the table has 17 rows; {room} fit here at {smallest:g} pt"
    assert (problem.code, str(problem.at)) == ("fit", "talk.md:7")
    assert (laid.size, laid.heights) == (smallest, (inches(0.5), *[line] * 17))


def test_a_table_without_a_place_of_its_own_is_reported_where_its_slide_is():
    at = desk()
    fit_table(at, narrow(8, 2.0), replace(table("a|b", *["x|y"] * 12), at=At("")), AT, split=False)
    assert at.report.found[0].at == AT


def test_columns_whose_words_do_not_fit_side_by_side_are_refused_and_still_shown():
    at, place = desk(), narrow(4)
    made = table("|".join("abcd"), "|".join(["electroencephalography"] * 4))
    (laid,) = fit_table(at, place, made, AT)
    (problem,) = at.report.found
    fitting = place.box.w // needed("electroencephalography", place.sizes[-1])
    assert problem.message == f"the table has 4 columns; {fitting} fit here at {place.sizes[-1]:g} pt"
    assert problem.code == "fit"
    assert laid.widths == (place.box.w // 4,) * 4
    assert (laid.size, laid.header_size) == (place.sizes[-1], 18)
    assert laid.heights[1] > round(1.2 * laid.size * EMU_PER_POINT) + PADS, "its words are broken"


def test_a_table_that_may_continue_is_not_a_problem():
    at = desk()
    assert len(fit_table(at, PLACE, table("a|b", *["x|y"] * 20), AT)) > 1
    assert at.report.found == []


# ---------------------------------------------------------------- what nobody could read
def on_a_slide(*blocks):
    slide = Slide(id="s", layout="free", title=(), at=AT, slots=(("main", blocks),))
    at = desk()
    return is_readable(at, slide), [problem.message for problem in at.report.found]


def wide(columns, cell):
    return table("|".join([cell] * columns), *["|".join([cell] * columns)] * 2)


@pytest.mark.parametrize("cell", ["1", "12345", "a1b2c3", "incomprehensibilities"])
def test_how_many_columns_fit_follows_from_their_words(cell):
    each = min(max(needed(cell, 8, bold=bold) for bold in (True, False)), inches(1))
    most = (THEME.width - 2 * MARGIN) // each
    assert on_a_slide(wide(most, cell)) == (True, [])
    fine, told = on_a_slide(wide(most + 30, cell))
    assert (fine, told) == (False, [f"this table has {most + 30} columns; {most} fit on a slide at a legible size"])


def test_a_table_in_a_column_of_a_slide_is_looked_at_too():
    inside = Columns("", (Column("", (wide(90, "1"),), AT),), AT)
    assert on_a_slide(inside)[0] is False


def test_a_row_that_is_higher_than_a_slide_is_refused():
    fine, (message,) = on_a_slide(table("a|b", f"{'word ' * 3000}|x"))
    assert not fine
    assert message.startswith("this table has a row that is ")
    assert message.endswith(" in high at a legible size; a slide has room for 5 in")


def test_a_long_table_and_one_with_a_long_cell_are_fine():
    assert on_a_slide(table("a|b", *["x|y"] * 2000)) == (True, [])
    assert on_a_slide(table("a|b", f"{'word ' * 300}|x")) == (True, [])
