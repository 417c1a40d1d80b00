import pytest

from tests.check.samples import note, said, slide, term
from workshop.check.check_words import words_for
from workshop.check.terms import check_terms, forms, known_words

ENGLISH = words_for("en")
ORDER = ("one", "two", "three")


def check(slides, *terms):
    return said(check_terms(slides, terms, ORDER, ENGLISH))


def test_a_term_used_before_its_section_is_named_once_at_its_line():
    shown = [slide("Flour", "The bit counts", line=4), slide("One more bit", line=9), slide("A bit", stage="two")]
    assert check(shown, term("bit")) == [(6, "'bit' is used before it is explained")]


def test_the_hint_says_where_the_term_is_explained():
    (problem,) = check_terms([slide("Bits")], [term("bit")], ORDER, ENGLISH)
    assert "section 'two'" in problem.hint
    (problem,) = check_terms([slide("Bits")], [term("bit", explained="ruler")], ORDER, ENGLISH)
    assert "slide 'ruler'" in problem.hint


@pytest.mark.parametrize("stage", ["two", "three"])
def test_from_its_section_on_a_term_may_be_used(stage):
    assert check([slide("The bit counts", stage=stage)], term("bit")) == []


def test_a_slide_that_explains_a_term_comes_before_those_that_use_it():
    uses, explains = slide("A bit here", stage="two", line=3), slide("A bit", name="ruler", stage="two", line=9)
    assert check([uses, explains], term("bit", explained="ruler")) == [(4, "'bit' is used before it is explained")]
    assert check([explains, uses], term("bit", explained="ruler")) == []
    assert check([uses], term("bit", explained="ruler")) == []  # that slide isn't shown: its section is used instead


def test_a_divider_may_name_what_its_section_is_going_to_explain():
    divider, explains = slide("Bits", layout="section", stage="two"), slide("A bit", name="ruler", stage="two")
    assert check([divider, explains], term("bit", explained="ruler")) == []
    assert len(check([slide("Bits", layout="section"), explains], term("bit", explained="ruler"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A bit (one yes-or-no question) is little",
        "Bit: one yes-or-no question",
        "One yes-or-no question (a bit)".replace("a bit", "bit"),
        "A bit is a yes-or-no question",
        "A yes-or-no question is called a bit",
        "“Bit” means a yes-or-no question",
    ],
)
def test_a_gloss_on_the_slide_explains_a_term_for_all_that_follow(text):
    shown = [slide("Each bit counts", text), slide("Nine bits", line=9)]
    assert check(shown, term("bit")) == []


def test_a_gloss_may_be_said_and_a_bold_word_is_one():
    assert check([slide("Nine bits", notes=[note("say", "A bit is a yes-or-no question.")])], term("bit")) == []
    assert check([slide("Nine bits", notes=[note("expect", "A bit is a yes-or-no question.")])], term("bit")) != []
    from tests.check.samples import prose
    from workshop.model import kit

    bold = kit.Slide(id="s", layout="content", title=(), slots=(("main", (prose("bits", strong=True),)),), stage="one")
    assert check([bold], term("bit")) == []


@pytest.mark.parametrize("text", ["A bitter end", "Two-bit work", "He said “a bit”", "Bite it"])
def test_other_words_and_quoted_ones_are_not_the_term(text):
    assert check([slide(text)], term("bit")) == []


def test_plural_and_capital_are_the_term_and_both_names_of_it_count():
    assert forms(term("likeness (Jaccard)")) == ("likeness", "Jaccard")
    assert len(check([slide("Jaccard wins")], term("likeness (Jaccard)"))) == 1
    assert len(check([slide("Nine Bits")], term("bit"))) == 1
    assert check([slide("a rag for dishes")], term("RAG")) == []
    assert forms(term("p")) == ()


def test_everyday_words_and_terms_without_a_section_are_exempt():
    assert check([slide("A tool")], term("tool", everyday=True)) == []
    assert check([slide("A tool")], term("tool", stage="")) == []


def test_claims_and_options_may_use_any_word():
    assert check([slide("A bit", slot="claim"), slide("A bit", slot="options")], term("bit")) == []


def test_the_longest_of_a_glossarys_terms_is_found():
    found = known_words([term("model"), term("base model")])
    assert found.findall("Base models and model") == ["Base models", "model"]
    assert known_words([]) is None
