"""Tests names of documents: short enough for a chart, and all different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.inputs.card_names import MOST, columns, cut, names_of

TITLES = st.lists(st.text("aAb 2çß桥–", min_size=1).filter(str.strip), min_size=1, max_size=8)


@given(TITLES)
def test_names_are_short_and_no_two_alike(titles):
    names = names_of(titles, [f"d{k}" for k in range(len(titles))])
    assert all(name and columns(name) <= MOST for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_a_short_title_is_its_name():
    assert names_of(["Opening hours", "Water butt"], ["a", "b"]) == ("Opening hours", "Water butt")


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Minutes of the meeting of the board in May"] * 2, ("Minutes of the meeting of … (p-1)", "Minutes of the meeting of … (p-2)")),
        (["Rules for staff", "Rules for staff of the northern office"], ("Rules for staff", "Rules for staff of the northern …")),
        (["Item", "item"], ("Item (p-1)", "item (p-2)")),
    ],
)  # fmt: skip
def test_titles_that_are_the_same_have_the_id_of_their_document(titles, names):
    assert names_of(titles, ["p-1", "p-2"]) == names


def test_if_ids_are_long_a_number_distinguishes_them():
    ids = [f"{'folder-' * 9}{k}" for k in range(3)]
    assert names_of(["Title"] * 3, ids) == ("Title (1)", "Title (2)", "Title (3)")


def test_a_name_that_somebody_gave_is_not_given_again():
    assert names_of(["Tap", "Tap", "Tap (1)"], ["x" * 40, "y" * 40, "z"]) == ("Tap (2)", "Tap (3)", "Tap (1)")


def test_a_word_as_long_as_a_line_is_cut():
    assert cut("Rechtsschutzversicherungsgesellschaften", MOST) == "Rechtsschutzversich…"
    assert cut("桥" * 30, MOST) == "桥" * 9 + "…"
