"""Tables of text as spreadsheets save them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.errors import WorkshopError
from workshop.inputs.csv_text import TableError, read_cells, read_named

CELLS = st.text('ab ,;"\n1', max_size=6).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=5), st.sampled_from(",;"))
def test_what_a_spreadsheet_writes_is_read_again(rows, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([["a", "b"], *rows])
    assert [cells for _, cells in read_cells(out.getvalue())] == [["a", "b"], *(row for row in rows if any(row))]


def test_a_row_knows_the_line_in_which_it_begins():
    assert read_cells('a,b\n\n"x\ny",2\n3,4\n') == [(1, ["a", "b"]), (3, ["x\ny", "2"]), (5, ["3", "4"])]


def test_a_cell_longer_than_any_table_has_is_an_error_with_its_line():
    with pytest.raises(TableError, match="line 2"):
        read_cells("a,b\n" + "x" * 200_000 + ",1\n")


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a,c\n1,2\n", "no column is named 'b'", 1),
        ("a,b\n1,2,3\n", "too many commas", 2),
        ("", "no column is named 'a'", 1),
    ],
)
def test_what_is_wrong_is_reported_with_its_line(text, message, line):
    with pytest.raises(WorkshopError) as caught:
        read_named(text, "t.csv", ("a", "b"))
    assert message in caught.value.problem.message
    assert caught.value.problem.at.line == line
    assert caught.value.problem.hint


def test_names_of_columns_are_read_in_any_case_and_order():
    ((at, row),) = read_named("B;A\n2;1\n", "t.csv", ("a", "b"))
    assert (row, at.line) == ({"b": "2", "a": "1"}, 2)
