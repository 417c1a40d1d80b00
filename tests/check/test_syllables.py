import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.check.syllables import syllables

# the number of stressed and unstressed vowels in the CMU Pronouncing Dictionary
COUNTED = {
    1: "a the one use trained likes voice length played whole strength",
    2: "model being many little pages about layer fluent wanted people sometimes table doubled",
    3: "somebody idea important genuine computer usual beforehand hundredfold remembered languages",
    4: "material everybody surprisingly information January",
    5: "vocabulary university contamination",
    6: "responsibility reliability",
}


@pytest.mark.parametrize(("count", "word"), [(n, word) for n, row in COUNTED.items() for word in row.split()])
def test_common_words_have_the_syllables_that_a_pronouncing_dictionary_gives(count, word):
    assert syllables(word) == count


@given(st.text())
def test_every_word_has_at_least_one_syllable_and_no_more_than_letters(word):
    assert 1 <= syllables(word) <= max(1, len(word))


def test_capitals_and_marks_change_nothing():
    assert syllables("“Likely!”") == syllables("likely") == 2
