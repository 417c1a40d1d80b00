"""Dates, numbers, lists and the direction of a language, as CLDR has them."""

from __future__ import annotations

import copy
import pickle

import pytest

from workshop.wording.languages import Language, dated, is_known, is_rtl, is_singular, listed_in, printed

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "day", "number", "share", "words"),
    [
        ("en-GB", "2 December 2026", "1,234.5", "62.5%", "a, b and c"),
        ("en-US", "December 2, 2026", "1,234.5", "62.5%", "a, b and c"),
        ("de", "2. Dezember 2026", "1.234,5", f"62,5{WIDE}%", "a, b und c"),
        ("fr", "2 décembre 2026", f"1{NARROW}234,5", f"62,5{WIDE}%", "a, b et c"),
        ("es", "2 de diciembre de 2026", "1.234,5", f"62,5{WIDE}%", "a, b y c"),
        ("ar", "2 ديسمبر 2026", "1,234.5", "62.5%", "a وb وc"),
        ("he", "2 בדצמבר 2026", "1,234.5", "62.5%", "a, b וc"),
        ("ja", "2026年12月2日", "1,234.5", "62.5%", "a、b、c"),
        ("tlh", "2026-12-02", "1,234.5", "62.5%", "a, b and c"),  # CLDR doesn't have it
    ],
)
def test_each_language_has_its_own_dates_numbers_and_lists(
    language: str, day: str, number: str, share: str, words: str
) -> None:
    assert dated("2026-12-02", language) == day
    assert printed("1,234.5", language) == number
    assert printed("62.5%", language) == share
    assert listed_in(["a", "b", "c"], language) == words


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("de", "1. März 2026"),
        ("fr", "1er mars 2026"),
        ("fr-CH", "1er mars 2026"),
        ("es", "1 de marzo de 2026"),
        ("ar", "1 مارس 2026"),
        ("he", "1 במרץ 2026"),
        ("ja", "2026年3月1日"),
    ],
)
def test_the_first_of_a_month_is_written_as_one_writes_it(language: str, first: str) -> None:
    assert dated("2026-03-01", language) == first


@pytest.mark.parametrize(
    ("language", "singular"),
    [("en", "1"), ("de", "1"), ("es", "1"), ("fr", "1 1.5"), ("he", "1"), ("ar", "1 2 11 45 90 100 1.5"), ("tlh", "1")],
)
def test_behind_which_numbers_a_noun_is_in_the_singular(language: str, singular: str) -> None:
    numbers = ("1", "1.5", "2", "3", "10", "11", "45", "90", "100")
    assert {n for n in numbers if is_singular(n, language)} == set(singular.split())


@pytest.mark.parametrize("text", ["2 December", "20261202", "2026-13-40", "", "spring 2026"])
def test_only_a_date_in_digits_is_written_out(text: str) -> None:
    assert dated(text, "de") == text


def test_signs_and_words_around_a_number_stay() -> None:
    assert printed("<0.01", "de") == "<0,01"
    assert printed("−1,234 of 2,000", "de") == "−1.234 of 2.000"


def test_arabic_and_hebrew_are_written_from_right_to_left() -> None:
    assert [tag for tag in ("ar", "ar-EG", "he", "fa", "ur", "de", "en-GB", "ja", "tlh") if is_rtl(tag)] == [
        "ar",
        "ar-EG",
        "he",
        "fa",
        "ur",
    ]
    assert is_known("de-CH")
    assert not is_known("tlh")


def test_a_language_with_own_words_is_a_tag_that_keeps_them() -> None:
    german = Language("de-CH", ('{"continued": "(weiter)"}',))
    assert f"{german}" == "de-CH"
    assert german != "de-CH"
    assert german == Language("de-CH", german.own)
    for again in (pickle.loads(pickle.dumps(german)), copy.deepcopy(german)):
        assert again == german
        assert again.own == german.own
