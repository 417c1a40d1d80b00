"""Straight quotes and apostrophes become typographic ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.model.exhibits import Column, Table
from workshop.wording.typography import curled, curled_parts, typeset


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


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [
        ("de", '"Ich bin\'s," sagte er, "der \'Neue\'."', "„Ich bin’s,“ sagte er, „der ‚Neue‘.“"),
        ("de-CH", '("so")', "(„so“)"),
        ("fr", "il dit \"c'est l'eau\".", "il dit «\u202fc’est l’eau\u202f»."),
        ("fr-CH", 'il dit "oui"', "il dit «oui»"),
        ("es", "dijo \"que 'no'\"", "dijo “que ‘no’”"),
        ("ar", 'قالت "نعم" له', "قالت ”نعم“ له"),
        ("he", 'אמר "כן" לצה"ל, וג\'ירפה', "אמר ”כן” לצה״ל, וג׳ירפה"),
        ("ja", '彼は"はい"と言った。\'A\'と"B"', "彼は「はい」と言った。『A』と「B」"),
        ("pl", '"tak"', "„tak”"),
        ("de", "Hans' Rad", "Hans’ Rad"),
        ("de", 'a " b', 'a " b'),
    ],
)
def test_each_language_has_the_marks_of_cldr(language: str, typed: str, shown: str) -> None:
    assert curled(typed, language) == shown


@pytest.mark.parametrize("language", ["uk", "tlh"])
def test_a_language_that_is_not_in_the_table_keeps_its_quotes_and_gets_apostrophes_between_letters(
    language: str,
) -> None:
    assert curled("l'eau \"x\" 'y'", language) == "l’eau \"x\" 'y'"


def test_neighbouring_text_decides_at_the_edges() -> None:
    assert curled_parts(["garden", "'s end"], "en") == ["garden", "’s end"]
    assert curled_parts(["word ", '"', "bold"], "en")[1] == "“"
    assert curled_parts(["bold", '"'], "en")[1] == "”"


def test_code_keeps_its_marks_and_does_not_open_a_quote() -> None:
    assert curled_parts(['say "', 'print("x', '" now'], "de", kept=(1,)) == ["say „", 'print("x', "“ now"]
    assert curled_parts(["", 'x = "a', ""], "ja", kept=(1,)) == ["", 'x = "a', ""]


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
