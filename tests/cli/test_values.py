import pytest

from workshop.cli.command_line import program
from workshop.cli.values import MOST_NAMES, names, slot


def test_names_are_one_per_line(tmp_path):
    file = tmp_path / "names.txt"
    file.write_text("﻿Amina Okonjo-Reyes\n\n  Tom   Ash \n", "utf-8")
    assert names(file) == ("Amina Okonjo-Reyes", "Tom Ash")


def test_names_are_found_in_their_column(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text('number,Name,mail\n1,"Ash, Tom",t@a.example\n2,Amina,\n', "utf-8")
    assert names(file) == ("Ash, Tom", "Amina")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Full_Name,mail\nAda Lovelace,a@b.example\n", ("Ada Lovelace",)),
        ("Surname;First name;mail\nLovelace;Ada;x\n;Ben;\n;;\n", ("Ada Lovelace", "Ben")),
        ("id,Student\n1,Ada\n2\n3,  Ben  Okri \n", ("Ada", "Ben Okri")),
    ],
)
def test_names_are_found_in_any_reasonable_column_even_if_rows_are_short(tmp_path, text, found):
    file = tmp_path / "people.csv"
    file.write_text(text, "utf-8")
    assert names(file) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n1,2\n", "no column 'name'"), ("", "0 names"), ("x\n" * (MOST_NAMES + 1), "names; from 1")],
)
def test_a_file_without_names_is_refused(tmp_path, text, said):
    file = tmp_path / "people.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=said):
        names(file)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    file = tmp_path / "people.csv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="UTF-8"):
        names(file)


def test_no_file_means_no_names():
    assert names(None) == ()


def test_a_file_with_semicolons_has_columns_too(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name;mail\nAnn;a@example.org\nBen;b@example.org\n")
    assert names(path) == ("Ann", "Ben")


def test_an_address_is_not_a_name_to_print(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("ann@example.org\n")
    with pytest.raises(ValueError, match="isn't a name to print"):
        names(path)


@pytest.mark.parametrize(
    ("text", "minutes"), [("3h", 180), ("1h30", 90), ("1:30", 90), ("1.5 hours", 90), ("45 min", 45), ("all", 0)]
)
def test_a_slot_may_be_written_in_hours(text, minutes):
    assert slot(text) == minutes


@pytest.mark.parametrize("text", ["h", "3h soon", "30h"])
def test_a_slot_that_isnt_a_length_of_time_is_refused(text):
    with pytest.raises(ValueError, match="write 45, 3h, or all"):
        slot(text)


@pytest.mark.parametrize(
    ("started", "named"),
    [
        ("/usr/bin/workshop", "workshop"),
        ("/cache/bin/workshop-kit", "workshop-kit"),
        ("workshop-kit.exe", "workshop-kit"),
    ],
)
def test_what_is_printed_begins_with_the_name_that_was_typed(monkeypatch, started, named):
    monkeypatch.setattr("sys.argv", [started, "build"])
    assert program() == named
