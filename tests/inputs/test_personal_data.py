"""Tests the search for personal data in users' files."""

import pytest

from workshop.errors import Severity
from workshop.inputs.personal_data import MOST_FINDS as MOST
from workshop.inputs.personal_data import find_personal


def found_in(tmp_path, text):
    path = tmp_path / "notes.txt"
    path.write_text(text, encoding="utf-8")
    return find_personal([path])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Write to ann.lee+garden@example.org.", "a mail address"),
        ("Call 030 1234567 after six", "a telephone number"),
        ("Call +44 (0)20 7946 0958", "a telephone number"),
        ("030 1234567 / 0171 7654321", "a telephone number"),
        ("Tel. 030 1234567 0171 7654321", "a telephone number"),
        ("0171 1234567 15.03.2024 10", "a telephone number"),
        ("Dues to DE89 3704 0044 0532 0130 00 please", "an account number (IBAN)"),
        ("GB29NWBK60161331926819", "an account number (IBAN)"),
    ],
)
def test_what_looks_personal_is_named_with_its_line(tmp_path, line, kind):
    (problem,) = found_in(tmp_path, f"First line.\n{line}\n")
    assert kind in problem.message
    assert problem.at.line == 2
    assert problem.at.path.endswith("notes.txt")
    assert problem.severity is Severity.WARNING
    assert problem.hint


@pytest.mark.parametrize(
    "line",
    [
        "We met on 03.04.2024 and 2024-03-04.",
        "It costs 1,250,000 or 0.12345678 of it.",
        "Dues are 40 euros, 12 of them for water.",
        "See section 4.2.1 of arXiv 2406.17557.",
        "ISBN 978-3-16-148410-0",
        "follow @garden, price @ 3 euros",
    ],
)
def test_dates_prices_and_numbers_of_books_are_not(tmp_path, line):
    assert found_in(tmp_path, line) == ()


def test_a_line_with_two_kinds_is_one_warning(tmp_path):
    (problem,) = found_in(tmp_path, "a@b.org, 030 1234567")
    assert problem.message == "this looks like a mail address and a telephone number"


def test_a_long_list_of_members_is_summed_up(tmp_path):
    problems = found_in(tmp_path, "\n".join(f"m{n}@example.org" for n in range(MOST + 5)))
    assert len(problems) == MOST + 1
    assert problems[-1].message.startswith("5 more lines")


def test_every_file_of_a_folder_is_checked_and_unreadable_ones_are_skipped(tmp_path):
    (tmp_path / "a.md").write_text("x@example.org")
    (tmp_path / "b.txt").write_bytes(b"\0y@example.org")
    assert [p.at.path.rpartition("/")[2] for p in find_personal([tmp_path])] == ["a.md"]
