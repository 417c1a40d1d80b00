import re

import pytest

from tests.check.samples import exercise, note, said, sheet, slide, stage
from workshop.check.reading_ease import ENOUGH, check_reading, reading

EASY = "The cat sat on the mat. " * 6
HARD = "Interpretability investigations necessitate considerable computational infrastructure. " * 5


def ease(found):
    """Return Flesch's reading ease of 1948, whose published values test the counts on which the grade is based."""
    return 206.835 - 1.015 * found.words / found.sentences - 84.6 * found.syllables / found.plain


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The cat sat on the mat.", 116),
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.", 69),
    ],
)
def test_counts_give_the_published_reading_ease(text, published):
    assert ease(reading([text])) == pytest.approx(published, abs=0.5)


def test_the_grade_is_that_of_the_formula():
    found = reading(["The cat sat on the mat."])
    assert found.grade == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert reading([]).grade == 0


def test_each_line_ends_a_sentence():
    assert reading(["Warm dough", "Cold dough"]) == reading(["Warm dough. Cold dough."])


def test_numbers_and_abbreviations_are_words_whose_length_does_not_count():
    plain, more = reading(["We read ten pages"]), reading(["We read 1,234,567 RLHF pages"])
    assert more.words == plain.words + 1
    assert more.syllables == plain.syllables - 1
    assert more.plain == plain.plain - 1


def test_an_explained_term_is_one_word_without_syllables():
    known = re.compile(r"reinforcement learning|contamination")
    found = reading(["We try reinforcement learning on contamination"], known)
    assert (found.words, found.plain, found.syllables) == (5, 3, 3)


def test_a_hard_slide_is_named_with_its_grade_and_the_audiences():
    (line, message), *_ = said(check_reading([stage("one", slide(HARD))], [], 8, "students", None))
    assert line == 2
    assert re.fullmatch(r"this slide reads at grade \d\d\.\d; audience 'students' reads at 8", message)


def test_a_short_slide_is_not_measured():
    few = "Interpretability investigations necessitate considerable computational infrastructure"
    assert len(few.split()) < ENOUGH
    assert said(check_reading([stage("one", slide(few, title="So it is"))], [], 8, "students", None)) == []


def test_speech_and_tasks_are_measured_at_their_own_places():
    spoken = stage("one", slide("Flour", notes=[note("say", HARD, 12)]))
    found = said(check_reading([spoken], [sheet(exercise(HARD, line=30))], 8, "general", None))
    assert [(line, message.partition(" reads")[0]) for line, message in found] == [
        (12, "what is said here"),
        (30, "this exercise"),
        (2, "section 'one'"),
    ]


def test_a_section_is_measured_as_a_whole_without_leeway():
    parts = [slide("Considerable investigations necessitate infrastructure", title="So", line=n) for n in range(2, 12)]
    found = said(check_reading([stage("one", *parts)], [], 8, "general", None))
    assert [message.partition(" reads")[0] for _, message in found] == ["section 'one'"]


def test_easy_text_is_fine_and_hidden_slides_and_printed_matter_are_not_read():
    assert said(check_reading([stage("one", slide(EASY))], [], 8, "general", None)) == []
    from msgspec.structs import replace

    assert said(check_reading([stage("one", replace(slide(HARD), hidden=True))], [], 8, "general", None)) == []
