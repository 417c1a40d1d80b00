from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.blank import kit_with
from tests.check.samples import FILE, exercise, note, sheet, slide, stage, term
from workshop.check.style import MOST_WORDS, check_kit
from workshop.errors import At
from workshop.layout.laid import LaidOut
from workshop.model.meta import AudienceMeta, KitMeta, PersonVerb, StageMeta, StyleMeta
from workshop.model.policy import KIT, TALK
from workshop.model.source import AudienceSource, Content, StageSource
from workshop.themes.beds import light

STYLE = StyleMeta(things=("model",), person_verbs=(PersonVerb(forms=("know", "knows"), instead="has read"),))
NOTES = (note("say", "So it is."), note("next", "Now we weigh."))
HARD = "Interpretability investigations necessitate considerable computational infrastructure. " * 6


def check(*slides, is_kit=True, language="en-GB", sheets=(), terms=(), grade=0, variables=None, style=None, **meta):
    shown = kit_with(
        title="",
        language=language,
        stages=(stage("one", *slides),),
        sheets=sheets,
    )
    sections = tuple(StageSource(id=name, meta=StageMeta(title=name), at=At(FILE)) for name in ("one", "two"))
    audience = AudienceSource("general", AudienceMeta(reading_grade=grade), At(""))
    content = Content(root=Path(), name="", policy=KIT if is_kit else TALK, meta=KitMeta(**meta), stages=sections,
                      audiences=(audience,), glossary=terms, variables=variables or {}, style=style)  # fmt: skip
    return check_kit(LaidOut(kit=replace(shown, policy=KIT if is_kit else TALK), theme=light(), slides=()), content)


def codes(problems):
    return [problem.code for problem in problems]


def test_a_slide_with_a_finding_notes_and_minutes_is_fine():
    assert check(slide("Flour", notes=NOTES)) == ()


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (slide(title="", notes=NOTES), "no-title"),
        (slide(title="Overview", notes=NOTES), "topic-title"),
        (slide(title="The dough", notes=NOTES), "topic-title"),
        (slide(title="Warm dough rises.", notes=NOTES), "full-stop"),
        (slide("rye flour " * (MOST_WORDS // 2 + 1), notes=NOTES), "words"),
        (slide(notes=NOTES[1:]), "notes"),
        (replace(slide(notes=NOTES), minutes=0), "minutes"),
    ],
)
def test_each_mistake_of_a_slide_has_its_code(made, code):
    assert codes(check(made)) == [code]
    assert check(replace(made, hidden=True)) == ()


def test_a_single_file_is_warned_about_nothing_that_is_style():
    hard = [slide(HARD, "The model knows the WHO"), slide()]
    found = check(*hard, is_kit=False, terms=(term("model"),), grade=8)
    assert codes(found) == []


@pytest.mark.parametrize(
    ("said", "letter"),
    [
        ("Many hands for A or C.", "A"),
        ("“B: it sticks.”", "B"),
        ("That leaves D", "D"),
        ("A letter, then hands up.", ""),
        ("Rye wins, by a hair: 8B, B-sides and O’B.", ""),
    ],
)
def test_notes_name_the_options_of_a_bet_by_their_words(said, letter):
    bet = slide(name="bet", title="Which dough rises first?", layout="predict", notes=(*NOTES, note("expect", said)))
    answer = replace(
        slide(name="answer", title="Rye dough rises first", notes=(*NOTES, note("expect", said))), answers=(bet.id,)
    )
    other = slide(name="other", title="Oven B is free today", notes=(*NOTES, note("expect", said)))
    found = [problem for problem in check(bet, answer, other) if problem.code == "bet-letter"]
    assert [problem.message for problem in found] == [f"the notes name an option as {letter}"] * (2 if letter else 0)


def test_the_words_of_a_kit_are_read():
    made = slide("The model knows of WHO, and a bit", notes=NOTES)
    found = check(made, sheets=(sheet(exercise(HARD)),), terms=(term("bit"),), grade=8, style=STYLE)
    assert set(codes(found)) == {"abbreviation", "early-term", "person-verb", "reading-grade"}


def test_a_kit_without_a_style_file_is_not_checked_for_what_a_model_does():
    made = slide("The model knows of WHO, and a bit", notes=NOTES)
    assert "person-verb" not in codes(check(made))


def test_the_kit_names_abbreviations_that_its_readers_know():
    assert check(slide("WHO", notes=NOTES), abbreviations=["WHO"]) == ()


def test_the_text_of_a_variable_counts_as_a_name():
    assert check(slide("For ACME", notes=NOTES), variables={"client": "ACME"}) == ()


def test_an_audience_without_a_grade_is_not_measured():
    hard = slide(notes=(note("say", HARD), NOTES[1]))
    assert check(hard) == ()
    assert codes(check(hard, grade=8)) == ["reading-grade", "reading-grade"]


def test_in_a_language_without_a_list_only_the_words_of_the_kit_are_looked_for():
    assert codes(check(slide("Every model knows WHO", notes=NOTES), language="de", grade=1, style=STYLE)) == [
        "person-verb"
    ]
    assert check(slide("The model knows of WHO", notes=NOTES), language="de", grade=1) == ()
