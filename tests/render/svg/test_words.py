from itertools import pairwise

import pytest

from tests.render.svg.drawing import SVG, drawn, number, pen, place, texts, theme
from workshop.layout.laid import LaidText
from workshop.layout.measure import Ruler
from workshop.model.blocks import Line, Run
from workshop.model.theme import Box, inches

LONG = "Every count is a vote, and the votes are added up before the model guesses the next word of the sentence"
NARROW = Box(inches(1), inches(1), inches(4), inches(5))


def text(*lines, box=NARROW, size=24, **look):
    spot = place(box, **look)
    return drawn(LaidText(spot, lines, size, 0), places=(spot,))


def test_lines_break_where_the_layout_measured_them():
    spot = place(NARROW)
    rows = Ruler(theme()).prose(spot, (Line((Run(LONG),)),), 24).rows[0]
    assert len(rows) > 3
    assert texts(text(Line((Run(LONG),)))) == [row.text for row in rows]


def test_a_row_keeps_the_looks_of_its_runs_where_it_is_cut():
    runs = (Run("Every count is "), Run("a vote, and the votes are", strong=True), Run(" added up", accent=True))
    root = text(Line(runs))
    bold = " ".join(s.text for s in root.iter(f"{SVG}tspan") if s.get("font-weight") == "700")
    assert bold.split() == ["a", "vote,", "and", "the", "votes", "are"]
    (accent,) = {s.get("fill") for s in root.iter(f"{SVG}tspan") if "added" in s.text}
    assert accent == "#0B5144"


def test_rows_are_one_and_a_fifth_of_the_size_apart():
    ys = [number(node, "y") for node in text(Line((Run(LONG),)), size=20).iter(f"{SVG}text")]
    assert [b - a for a, b in pairwise(ys)] == pytest.approx([24.0] * (len(ys) - 1))


@pytest.mark.parametrize(("anchor", "middle"), [("t", 72 + 12), ("ctr", 252), ("b", 432 - 12)])
def test_text_is_at_the_top_in_the_middle_or_at_the_foot_of_its_box(anchor, middle):
    (row,) = text(Line((Run("xxx"),)), size=20, anchor=anchor).iter(f"{SVG}text")
    assert number(row, "y") == pytest.approx(middle + 12 - 0.212 * 20, abs=0.1)


@pytest.mark.parametrize(("align", "x", "anchor"), [("l", 72, "start"), ("ctr", 216, "middle"), ("r", 360, "end")])
def test_text_is_aligned_in_its_box(align, x, anchor):
    (row,) = text(Line((Run("xxx"),)), align=align).iter(f"{SVG}text")
    assert (number(row, "x"), row.get("text-anchor")) == (x, anchor)


def test_the_second_level_of_a_list_is_smaller_indented_and_muted():
    first, second = Line((Run("one"),), marker="bullet"), Line((Run("two"),), marker="bullet", level=1)
    root = text(first, second)
    one, dash, two = root.iter(f"{SVG}text")
    assert "".join(dash.itertext()) == "–"
    assert (number(one, "font-size"), number(two, "font-size")) == (24, 20)
    assert number(two, "x") > number(one, "x") > 72
    assert next(two.iter(f"{SVG}tspan")).get("fill") == "#4D5B56"
    _, square = root.iter(f"{SVG}rect")
    assert 72 <= number(square, "x") < 74
    assert number(square, "y") + number(square, "height") < number(one, "y")


def test_numbers_of_a_list_hang_in_front_of_its_text():
    lines = tuple(Line((Run(word),), marker="number", number=n) for n, word in ((3, "three"), (4, "four")))
    assert texts(text(*lines)) == ["3", "three", "4", "four"]


def test_marked_and_blank_words_have_a_ground_as_wide_as_they_are():
    root = text(Line((Run("a "), Run("marked", mark=True), Run(" word and "), Run("", blank=True))))
    _, mark, blank = root.iter(f"{SVG}rect")
    assert number(mark, "width") == pytest.approx(Ruler(theme()).width("marked", 24), abs=0.01)
    assert number(mark, "x") == pytest.approx(72 + Ruler(theme()).width("a ", 24), abs=0.01)
    assert texts(root) == ["a marked word and ?"]
    assert {mark.get("fill"), blank.get("fill")} == {"#F6B92F"}


def test_struck_words_have_a_line_through_them():
    root = text(Line((Run("gone", strike=True), Run(" stays"))))
    _, line = root.iter(f"{SVG}rect")
    assert number(line, "width") == pytest.approx(Ruler(theme()).width("gone", 24), abs=0.01)
    assert number(line, "height") < 2


def test_characters_that_the_typeface_lacks_are_apart_and_nothing_is_lost():
    spot = place(NARROW)
    covered = frozenset(map(ord, "abc "))
    root = drawn(
        LaidText(spot, (Line((Run("ab ✓ c"),)),), 24, 0),
        places=(spot,),
        using=pen(covered=covered, faces=lambda name: name.upper()),
    )
    assert texts(root) == ["ab ", "✓", " c"]
    faces = [node.get("font-family") for node in root.iter(f"{SVG}text")]
    assert faces == [None, "SYMBOLS", None]
    xs = [number(node, "x") for node in root.iter(f"{SVG}text")]
    assert xs == sorted(xs)


def test_words_from_a_file_never_become_markup():
    root = text(Line((Run('<script>alert("x")</script> & ]]>', link='#"><g'),)), box=Box(0, 0, inches(13), inches(2)))
    assert texts(root) == ['<script>alert("x")</script> & ]]>']
    assert not list(root.iter(f"{SVG}script", f"{SVG}g"))


def test_lines_of_code_keep_their_indent():
    root = text(Line((Run("    return x"),)), mono=True)
    assert texts(root) == ["    return x"]
    (row,) = root.iter(f"{SVG}text")
    assert row.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_the_number_of_a_point_is_bold_if_its_first_word_is():
    lines = tuple(
        Line((Run("B", strong=strong), Run(" then D")), marker="number", number=1 + strong) for strong in (False, True)
    )
    numbers = [node for node in drawn(LaidText(place(), lines, 24, 0)).iter(f"{SVG}text") if node.text]
    assert [(node.text, node.get("font-weight")) for node in numbers] == [("1", None), ("2", "700")]


def test_a_line_that_just_fits_isn_t_broken():
    words = "As many different ones: each copies well"
    wide = Ruler(theme()).width(words, 28)
    for share, rows in ((1.0, 1), (0.99, 2)):
        box = Box(0, 0, round(wide * share * 12_700), inches(3))
        root = drawn(LaidText(place(box, sizes=(28,)), (Line((Run(words),)),), 28, 0))
        assert len(list(root.iter(f"{SVG}text"))) == rows


@pytest.mark.parametrize(("align", "share"), [("l", 0), ("ctr", 0.5), ("r", 1)])
def test_what_stands_on_a_mark_is_at_its_place_in_a_typeface_of_any_width(align, share):
    root = text(Line((Run("From: "), Run("", blank=True), Run(" on"))), align=align)
    (*_, mark) = root.iter(f"{SVG}rect")
    (blank,) = [span for span in root.iter(f"{SVG}tspan") if span.text == "?"]
    assert number(blank, "x") == pytest.approx(number(mark, "x") + share * number(mark, "width"), abs=0.02)


def test_words_without_a_mark_are_placed_as_one():
    spans = text(Line((Run("one "), Run("two", strong=True)))).iter(f"{SVG}tspan")
    assert [span.get("x") for span in spans] == [None, None]
