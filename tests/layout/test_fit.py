"""Tests how text, tables, code and pictures fit their boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.layout.samples import AT, bullets, numbers, prose, runs, table
from workshop.errors import Report
from workshop.layout.context import Desk
from workshop.layout.fit import best_size, common_size, fit_text, fit_title, moved, split_lines
from workshop.layout.measure import HELD, Ruler
from workshop.layout.slots import fit_code, inside
from workshop.layout.tables import fit_table
from workshop.model.blocks import Line, Run, ShownCode, plain
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder, inches
from workshop.themes.beds import light
from workshop.wording.messages import messages

THEME = light()
RULER = Ruler(THEME)
LINES = st.lists(
    st.builds(
        Line,
        st.lists(st.builds(Run, st.text("abc de-fg", max_size=60), strong=st.booleans()), max_size=3).map(tuple),
        level=st.sampled_from([0, 0, 1]),
        marker=st.sampled_from(["none", "bullet", "number"]),
        step=st.integers(0, 3),
    ),
    min_size=1,
    max_size=14,
).map(tuple)
TEXT_PLACES = [
    (role, p.role)
    for role, spec in THEME.layouts.items()
    for p in spec.placeholders
    if p.type not in ("chart", "tbl", "pic") and not p.mono and p.role != "title"
]


def desk() -> Desk:
    return Desk(theme=THEME, ruler=RULER, words=messages("en-GB"), report=Report())


def place(layout: str, role: str = "main") -> Placeholder:
    found = THEME.layouts[layout].find(role)
    assert found is not None
    return found


@given(LINES, st.sampled_from(TEXT_PLACES))
def test_any_text_fits_or_is_a_problem(lines: tuple[Line, ...], where: tuple[str, str]) -> None:
    placeholder, at_desk = place(*where), desk()
    laid = fit_text(at_desk, placeholder, lines, AT)
    assert laid.size in placeholder.sizes
    assert [line.text.replace(HELD, " ") for line in laid.lines] == [line.text for line in lines]
    assert [replace(line, runs=()) for line in laid.lines] == [replace(line, runs=()) for line in lines]
    measured = RULER.prose(placeholder, laid.lines, laid.size)
    assert laid.height == round(measured.height * EMU_PER_POINT)
    assert (laid.height <= placeholder.height + 1) == (not at_desk.report.found)
    widest = (placeholder.box.w - 2 * placeholder.inset) / EMU_PER_POINT
    assert measured.width <= widest or any(len(row.text) == 1 for rows in measured.rows for row in rows)


@given(LINES, st.sampled_from(["content", "activity"]))
def test_splitting_loses_no_line_and_keeps_the_order(lines: tuple[Line, ...], layout: str) -> None:
    parts = split_lines(RULER, place(layout), lines)
    joined = [line for part in parts for line in part]
    assert [(line.runs, line.level, line.number) for line in joined] == [
        (line.runs, line.level, line.number) for line in lines
    ]
    assert all(parts)
    if len(parts) > 1:
        assert all(best_size(RULER, place(layout), part) is not None for part in parts)


def every_cut(lines: tuple[Line, ...], parts: int) -> Iterator[list[tuple[Line, ...]]]:
    """Yield every way to split into ``parts``: before a first level that isn't introduced by a colon."""
    may = [
        k
        for k in range(1, len(lines))
        if not lines[k].level and (lines[k - 1].marker != "none" or not lines[k - 1].text.rstrip().endswith(":"))
    ]
    for ends in combinations(may, parts - 1):
        yield [lines[start:end] for start, end in pairwise((0, *ends, len(lines)))]


def highest(placeholder: Placeholder, parts: Sequence[tuple[Line, ...]]) -> float:
    return max(RULER.prose(placeholder, part, placeholder.sizes[-1]).height for part in parts)


ROOMS = st.sampled_from([0.8, 1.3, 2.0]).map(
    lambda high: moved(place("content"), replace(place("content").box, h=inches(high)))
)
FEW = st.lists(
    st.builds(
        lambda words, end, level, marker: Line((Run("word " * words + end),), level=level, marker=marker),
        st.sampled_from([1, 1, 2, 14, 26]),
        st.sampled_from(["", "", ":"]),
        st.sampled_from([0, 0, 0, 1]),
        st.sampled_from(["bullet", "none"]),
    ),
    min_size=1,
    max_size=8,
).map(tuple)


@settings(deadline=None, max_examples=60)  # it tries every cut
@given(FEW, ROOMS)
def test_a_split_has_the_fewest_parts_and_the_lowest_highest_one_of_all_cuts(
    lines: tuple[Line, ...], placeholder: Placeholder
) -> None:
    parts = split_lines(RULER, placeholder, lines)
    for count in range(1, len(lines) + 1):
        sound = [
            highest(placeholder, cut)
            for cut in every_cut(lines, count)
            if all(best_size(RULER, placeholder, part) is not None for part in cut)
        ]
        if sound:
            assert len(parts) == count
            assert highest(placeholder, parts) == pytest.approx(min(sound))
            return
    assert parts == [lines]


def test_a_list_of_hundreds_of_lines_is_split_without_trying_every_cut() -> None:
    lines = bullets(*[f"line {n} " + "word " * (n % 23) for n in range(400)]).lines
    parts = split_lines(RULER, place("content"), lines)
    assert len(parts) == 81
    assert tuple(line for part in parts for line in part) == lines
    assert all(best_size(RULER, place("content"), part) is not None for part in parts)


def test_a_list_with_one_line_that_fits_nowhere_stays_whole() -> None:
    lines = bullets(*["a line"] * 200, "word " * 800, *["a line"] * 200).lines
    assert split_lines(RULER, place("content"), lines) == [lines]


def test_a_short_list_takes_the_largest_size_and_a_longer_one_a_smaller() -> None:
    sizes = [fit_text(desk(), place("content"), bullets(*["a line"] * n).lines, AT).size for n in (4, 6, 7)]
    assert sizes == [32, 32, 26]


def test_a_long_list_is_split_into_even_parts() -> None:
    parts = split_lines(RULER, place("content"), bullets(*[f"line {n}" for n in range(12)]).lines)
    assert [len(part) for part in parts] == [6, 6]


def test_a_second_level_and_what_a_colon_announces_stay_together() -> None:
    lines = (*bullets("one", "- under", "- under", "two", "- under", "- under", "- under").lines,)
    lines += (*prose("Then:").lines, *bullets("three", "four", "five").lines)
    parts = split_lines(RULER, place("content"), lines)
    assert len(parts) == 2
    assert parts[1][0].level == 0
    assert parts[0][-1].text != "Then:"


def test_clicks_of_a_second_part_begin_at_one() -> None:
    lines = tuple(Line(runs(f"line {n}"), level=0, marker="bullet", step=n) for n in range(1, 13))
    parts = split_lines(RULER, place("content"), lines)
    assert [line.step for line in parts[1]] == [1, 2, 3, 4, 5, 6]


def test_too_much_text_says_how_many_words_are_too_many_and_where() -> None:
    at_desk = desk()
    fit_text(at_desk, place("statement", "aside"), prose(" ".join(["word"] * 80)).lines, AT)
    (problem,) = at_desk.report.found
    assert problem.at == AT
    assert "words too many in 'aside'" in problem.message
    assert "notes" in problem.hint


# ---------------------------------------------------------------- titles
def test_a_title_of_three_lines_is_a_problem_with_the_number_of_words() -> None:
    at_desk = desk()
    fit_title(at_desk, place("content", "title"), runs(" ".join(["measured"] * 22)), AT, 2)
    (problem,) = at_desk.report.found
    assert problem.code == "title-length"
    assert problem.hint.startswith("shorten it by ")


def test_a_title_with_a_word_wider_than_its_place_is_told_so() -> None:
    at_desk = desk()
    fit_title(at_desk, place("content", "title"), runs("W" * 60), AT, 4)
    (problem,) = at_desk.report.found
    assert problem.message.startswith("a word of the title is wider than its place")


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(0, 4), st.floats(0.3, 2.0))
def test_a_title_never_needs_as_many_lines_as_there_is_room_for(words: int, most: int, high: float) -> None:
    at_desk, title = desk(), place("content", "title")
    low = replace(title, box=replace(title.box, h=round(high * 914_400)))
    fit_title(at_desk, low, runs(" ".join(["measured"] * words)), AT, most)
    for problem in at_desk.report.found:
        needed, room = (int(n) for n in re.findall(r"needs (\d+) lines .* room for (\d+)", problem.message)[0])
        assert needed > room


def test_a_title_of_two_lines_gets_one_soft_break() -> None:
    title = "Surprise falls from 4 bits to under 1 in four rounds of reading"
    laid = fit_title(desk(), place("content", "title"), runs(title), AT, 2)
    assert laid.size == 32
    assert laid.lines[0].text.replace("\v", " ") == title
    assert laid.lines[0].text.count("\v") == 1


def test_a_title_shrinks_before_it_is_a_problem() -> None:
    at_desk = desk()
    words = (
        "A longer title that would take three lines at the largest size but comes out in two lines at the smallest one"
    )
    laid = fit_title(at_desk, place("content", "title"), runs(words), AT, 2)
    assert laid.size < 32
    assert at_desk.report.found == []


def test_parts_of_a_list_take_the_largest_size_that_each_of_them_can() -> None:
    short, long = bullets("one line").lines, bullets(*["a line of a few words"] * 7).lines
    sizes = [best_size(RULER, place("content"), part) for part in (short, long)]
    assert sizes[0][0] > sizes[1][0]
    for parts in ([short, long], [long, short]):
        assert common_size(RULER, place("content"), parts) == sizes[1][0]
    assert common_size(RULER, place("content"), [short]) == sizes[0][0]


def test_parts_that_fit_at_no_size_take_the_smallest() -> None:
    endless = bullets(*["a line"] * 90).lines
    assert common_size(RULER, place("content"), [endless]) == place("content").sizes[-1]


# ---------------------------------------------------------------- tables
def test_a_small_table_is_large_and_numbers_share_one_width() -> None:
    (laid,) = fit_table(desk(), place("table"), table("by|one|another", "words|0.10|1.00", aligns="lrr"), AT)
    assert laid.size == 28
    assert laid.header_size == 20
    assert laid.widths[1] == laid.widths[2]


@pytest.mark.parametrize(("rows", "size"), [(4, 28), (5, 24), (6, 24), (7, 22), (8, 20)])
def test_more_rows_are_smaller(rows: int, size: float) -> None:
    (laid,) = fit_table(desk(), place("table"), table("what|how many", *["bread|12"] * rows, aligns="lr"), AT)
    assert laid.size == size


def test_a_long_table_goes_on_with_its_header_and_keeps_every_row() -> None:
    whole = table("what|how many", *[f"bread {n}|{n}" for n in range(17)], aligns="lr", highlight=13)
    parts = fit_table(desk(), place("table"), whole, AT)
    assert len(parts) == 3
    assert {part.table.header for part in parts} == {whole.header}
    assert tuple(row for part in parts for row in part.table.rows) == whole.rows
    assert len({part.widths for part in parts}) == 1
    assert [part.table.highlight for part in parts] == [-1, -1, 2]
    assert all(len(part.heights) == len(part.table.rows) + 1 for part in parts)


def test_a_table_that_may_not_go_on_is_a_problem() -> None:
    at_desk = desk()
    fit_table(at_desk, place("table-and-text"), table("a|b", *["x|1"] * 12), AT, split=False)
    assert "12 rows" in at_desk.report.found[0].message
    assert at_desk.report.found[0].at == AT


@given(
    st.lists(st.lists(st.text("abcd efg-", max_size=40), min_size=3, max_size=3), min_size=1, max_size=20),
    st.sampled_from(["table", "toy-stops"]),
)
def test_any_table_stays_in_its_box_or_is_a_problem(cells: list[list[str]], layout: str) -> None:
    at_desk, placeholder = desk(), place(layout)
    shown = table("one|two|three", *("|".join(row) for row in cells))
    parts = fit_table(at_desk, placeholder, shown, AT)
    rows = [row for part in parts for row in part.table.rows]
    assert [[plain(cell).replace(HELD, " ") for cell in row] for row in rows] == [
        [plain(cell) for cell in row] for row in shown.rows
    ]
    for part in parts:
        assert sum(part.widths) <= placeholder.box.w
        if not at_desk.report.found:
            assert sum(part.heights) <= placeholder.box.h
            assert part.size in placeholder.sizes


# ---------------------------------------------------------------- code and pictures
def code(text: str) -> ShownCode:
    return ShownCode(text, "python", "code", AT)


def test_code_keeps_its_lines_and_shrinks_for_a_long_one() -> None:
    assert fit_code(desk(), place("code"), code("x = 1\n    y = 2"), AT).size == 24
    laid = fit_code(desk(), place("code"), code("x" * 46), AT)
    assert laid.size == 18
    assert [line.text for line in laid.lines] == ["x" * 46]


def test_a_line_of_code_that_is_too_long_is_named() -> None:
    at_desk = desk()
    fit_code(at_desk, place("code"), code("short\n" + "long_name " * 8), AT)
    (problem,) = at_desk.report.found
    assert problem.message.startswith("line 2 of the code has 79 characters; 48 fit at 18 pt")


def test_too_many_lines_of_code_are_a_problem() -> None:
    at_desk = desk()
    fit_code(at_desk, place("code"), code("x\n" * 20), AT)
    assert at_desk.report.found[0].code == "code-height"


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_a_picture_is_not_distorted_and_touches_two_sides(width: int, height: int) -> None:
    place_ = Box(10, 20, 7_000_000, 4_000_000)
    box = inside(place_, width, height)
    assert box.w <= place_.w
    assert box.h <= place_.h
    assert box.w == place_.w or box.h == place_.h
    assert abs(box.w * height - box.h * width) <= max(width, height)


def test_a_numbered_list_counts_on_after_a_split() -> None:
    parts = split_lines(RULER, place("activity"), numbers(*["a step of one line"] * 10).lines)
    assert [line.number for line in parts[1]] == [6, 7, 8, 9, 10]


def test_words_after_figures_get_air_that_is_part_of_their_column() -> None:
    (laid,) = fit_table(desk(), place("table"), table("what|from|verdict|why", "sums|12|PASS|so", aligns="lrll"), AT)
    (plain_,) = fit_table(desk(), place("table"), table("what|from|verdict|why", "sums|12|PASS|so", aligns="llll"), AT)
    assert laid.air == (0, 0, inches(0.2), 0)
    assert plain_.air == (0, 0, 0, 0)
    assert laid.widths[2] > plain_.widths[2]


@pytest.mark.parametrize("aligns", ["lr", "lll", "lrl", "lcc", "lrr"])
def test_a_tables_rules_reach_the_edge_of_its_place(aligns: str) -> None:
    columns = len(aligns)
    shown = table("|".join("abc"[:columns]), "|".join(["x", "1", "why"][:columns]), aligns=aligns)
    (laid,) = fit_table(desk(), place("table"), shown, AT)
    assert sum(laid.widths) == place("table").box.w


def test_columns_of_figures_are_equally_wide() -> None:
    (laid,) = fit_table(desk(), place("table"), table("what|a|longer head", "x|1|2", aligns="lrr"), AT)
    assert abs(laid.widths[1] - laid.widths[2]) <= 1
