import pytest
from msgspec.structs import replace

from tests.check.samples import exercise, said, sheet, slide, term
from workshop.check.abbreviations import check_abbreviations, written_out
from workshop.model.blocks import Line, Prose, Run
from workshop.model.formula import Formula, Row


def check(slides, *sheets, known=(), terms=()):
    return said(check_abbreviations(slides, sheets, known, terms))


def test_an_abbreviation_that_is_never_spelled_out_is_named_at_its_first_use():
    shown = [slide("Flour", "The WHO says so", line=4), slide("WHO again", line=9)]
    assert check(shown) == [(6, "'WHO' is never spelled out")]


def test_exercises_come_after_the_slides():
    assert check([slide("Flour")], sheet(exercise("Ask the WHO", line=30))) == [(30, "'WHO' is never spelled out")]


@pytest.mark.parametrize(
    "text",
    [
        "The World Health Organization (WHO) says so",
        "WHO (World Health Organization)",
        "The World Health Organization, WHO, says so",
        "WHO: World Health Organization",
    ],
)
def test_spelled_out_there_or_earlier_it_is_fine(text):
    assert check([slide(text), slide("The WHO")]) == []
    assert check([slide("The WHO", line=2), slide(text)]) != []


def test_other_words_in_brackets_explain_nothing():
    assert not written_out("WHO", "Some people (WHO) say so")
    assert check([slide("Some people (WHO) say so")]) != []


def test_the_glossary_the_kit_and_the_language_may_know_it():
    assert check([slide("The WHO")], terms=[term("World Health Organization (WHO)")]) == []
    assert check([slide("The WHO")], known=["WHO"]) == []


@pytest.mark.parametrize(
    "text",
    ["GPT-4 and GPT-3.5", "Chapter XII", "A, B or C", "Sheet S1", "ALLTOOLOUD", "McDonald", "two lbs"],
)
def test_names_with_a_number_roman_numerals_and_single_letters_do_not_count(text):
    assert check([slide(text)]) == []


def test_a_word_in_capitals_for_emphasis_is_just_a_word():
    assert check([slide("Say STOP")]) != []
    assert check([slide("Say STOP"), slide("They stop")]) == []


@pytest.mark.parametrize("text", ["Three CPUs", "One H2O", "Use MD5"])
def test_a_plural_and_digits_belong_to_it(text):
    assert len(check([slide(text)])) == 1


def test_formulas_and_letters_below_the_line_are_no_abbreviations():
    water = (Run("H"), Run("2", script=-1), Run("O is "), Run("AB", formula=Formula(Row(()))))
    assert check([replace(slide(), slots=(("main", (Prose((Line(water),)),)),))]) == []
