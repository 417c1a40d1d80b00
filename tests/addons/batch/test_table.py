import pytest

from workshop.addons.batch.row_table import read_rows
from workshop.errors import WorkshopError


def cells(path, text):
    path.write_text(text, "utf-8")
    return [row.cells for row in read_rows(path)]


def test_each_cell_that_is_not_empty_has_its_column(tmp_path):
    found = cells(tmp_path / "rows.csv", "audience;minutes;data\n students ;;a=b.txt\n;45;\n")
    assert found == [(("audience", "students"), ("data", "a=b.txt")), (("minutes", "45"),)]


def test_a_row_knows_the_line_in_which_it_begins(tmp_path):
    (tmp_path / "rows.csv").write_text('audience,footer\na,"two\nlines"\n\nb,c\n')
    assert [str(row.at) for row in read_rows(tmp_path / "rows.csv")] == [
        f"{tmp_path}/rows.csv:{line}" for line in (2, 5)
    ]


def test_a_column_may_appear_twice(tmp_path):
    assert cells(tmp_path / "rows.csv", "data,data\nx=1,y=2\n") == [(("data", "x=1"), ("data", "y=2"))]


def test_json_lines_have_numbers_lists_and_objects(tmp_path):
    line = (
        '{"minutes": 45, "pdf": true, "grey": false, "overlay": ["a", "b"], "data": {"t.x": "c.txt"}, "seed": null}\n'
    )
    assert cells(tmp_path / "rows.jsonl", line) == [
        (
            *(("minutes", "45"), ("pdf", "yes"), ("grey", "no")),
            *(("overlay", "a"), ("overlay", "b"), ("data.t.x", "c.txt")),
        )
    ]


def test_a_line_that_is_not_json_is_the_fault_of_its_row_alone(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"seed": 1}\n{seed}\n[1]\n{"a": [[1]]}\n' + "[" * 100_000 + "\n")
    found = read_rows(path)
    assert [bool(row.fault) for row in found] == [False, True, True, True, True]
    assert "this line isn't JSON" in found[1].fault
    assert "isn't an object" in found[2].fault
    assert "'a' has lists or objects inside others" in found[3].fault


def test_a_row_with_too_many_cells_has_a_fault(tmp_path):
    (tmp_path / "rows.csv").write_text("audience\na\na,b\n")
    assert [row.fault for row in read_rows(tmp_path / "rows.csv")] == [
        "",
        "this row has more cells than there are columns",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("audience\n", "this file has no rows"),
        ("", "this file has no rows"),
        ("audience,,\na,b,c\n", "column 2 has no name"),
        ("a\n" + "x\n" * 5_001, "5,001 rows; the limit is 5,000 rows"),
        ("a\n" + "x" * 200_000, "this isn't a table"),
    ],
)
def test_what_is_no_table_of_kits_is_refused(tmp_path, text, says):
    with pytest.raises(WorkshopError, match=says):
        cells(tmp_path / "rows.csv", text)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    (tmp_path / "odd.csv").write_bytes(b"\xff\xfe")
    for name, says in (("none.csv", "No such file"), ("odd.csv", "isn't text in UTF-8")):
        with pytest.raises(WorkshopError, match=says):
            read_rows(tmp_path / name)
