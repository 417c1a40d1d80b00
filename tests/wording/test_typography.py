"""Straight quotes and apostrophes become typographic ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.model.exhibits import Column, Table
from workshop.wording.typography import curled, typeset


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("the garden's gate", "the garden’s gate"),
        ("the raters' pick", "the raters’ pick"),
        ('It says "continue", then stops.', "It says “continue”, then stops."),
        ("('so')", "(‘so’)"),
        ("\"'so,' she said\"", "“‘so,’ she said”"),
        ("in the '90s", "in the ’90s"),
        ('"16" of 32', "“16” of 32"),
        ('the answer—"no"', "the answer—“no”"),
        ("rock 'n' roll", "rock ‘n’ roll"),
        ("a ' b", "a ' b"),
        ("", ""),
    ],
)
def test_english_marks_curl_according_to_their_neighbours(typed: str, shown: str) -> None:
    assert curled(typed, "en-GB") == shown


@pytest.mark.parametrize("language", ["de", "fr", "ja", "uk"])
def test_another_language_keeps_its_quotes_and_gets_apostrophes_between_letters(language: str) -> None:
    assert curled("l'eau \"x\" 'y'", language) == "l’eau \"x\" 'y'"


def test_neighbouring_text_decides_at_the_edges() -> None:
    assert curled("'s end", before="garden") == "’s end"
    assert curled('"', before="word ", after="bold") == "“"
    assert curled('"', before="bold", after="") == "”"


@given(st.text(alphabet="ab '\"(.,5 ’“"))
def test_curling_keeps_the_length_and_happens_once(text: str) -> None:
    once = curled(text)
    assert len(once) == len(text)
    assert curled(once) == once


def test_all_text_of_an_exhibit_is_set_and_the_rest_kept() -> None:
    table = Table("It's", (Column("who's", "text"),), (("Ann's",), (3,)), finding='"so"')
    done = typeset(table, "en")
    assert (done.title, done.columns[0].name, done.rows, done.finding) == ("It’s", "who’s", (("Ann’s",), (3,)), "“so”")
    assert typeset(Table("a", (Column("b", "text"),), (), finding="c"), "en") == Table(
        "a", (Column("b", "text"),), (), finding="c"
    )
