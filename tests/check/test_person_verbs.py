import pytest

from tests.check.samples import exercise, note, said, sheet, slide
from workshop.check.person_verbs import check_person_verbs, finder, person_verbs
from workshop.check.words import Words, words_for

ENGLISH = words_for("en-GB")
FINDER = finder(ENGLISH)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The model knows where the spade is", "model knows"),
        ("Models that think ahead cost more", "Models that think"),
        ("A network will then decide", "network will then decide"),
        ("A toy can think", "toy can think"),
        ("Our chatbot really wants to help", "chatbot really wants"),
        ("The filter has already decided", "filter has already decided"),
        ("We trained the assistant. It understands you", "It understands"),
    ],
)
def test_a_model_that_does_what_a_person_does_is_found(text, found):
    if text.startswith("We trained"):
        assert person_verbs(text, FINDER) == []  # that sentence begins with us
        text = "The assistant was trained. It understands you"
    assert [verb for verb, _ in person_verbs(text, FINDER)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "“The model knows where the spade is”",
        'Somebody says "the model knows it"',
        "What does the model know?",
        "Does a chatbot understand you?",
        "A model does not know your village",
        "The model knows nothing of it",
        "The model doesn't know it",
        "The model can neither forget nor know it",
        "Nobody knows the model",
        "Those who run a bot think twice",
        "People who use a model want to know more",
        "The gardener waits. It decides itself",
        "The remodelled known world",
        "The model predicts the next word",
    ],
)
def test_what_is_quoted_asked_denied_or_of_people_is_free(text):
    assert person_verbs(text, FINDER) == []


def test_the_hint_names_a_verb_that_fits_a_machine():
    (problem,) = check_person_verbs([slide("The model believes it")], [], ENGLISH)
    assert "gives a high probability to" in problem.hint
    assert problem.code == "person-verb"


def test_slides_exercises_and_what_the_facilitator_says_are_read():
    text = "The model wants it"
    shown = [slide(text, line=3, notes=[note("say", text, 8), note("reply", text, 9)])]
    assert [line for line, _ in said(check_person_verbs(shown, [sheet(exercise(text, line=20))], ENGLISH))] == [
        4,
        8,
        9,
        20,
    ]


@pytest.mark.parametrize("kind", ["ask", "expect", "wrong"])
def test_what_is_asked_and_what_others_will_say_is_free(kind):
    assert said(check_person_verbs([slide(notes=[note(kind, "The model knows it.")])], [], ENGLISH)) == []


@pytest.mark.parametrize("slot", ["claim", "options"])
def test_a_claim_to_be_refuted_and_options_of_a_prediction_are_free(slot):
    assert said(check_person_verbs([slide("The model knows it", slot=slot)], [], ENGLISH)) == []


def test_a_language_without_a_list_is_not_read():
    assert words_for("xx") is None
    assert said(check_person_verbs([slide("The model knows it")], [], Words())) == []


def test_every_verb_of_the_list_has_something_to_write_instead_and_stands_in_it_once():
    forms = [form for verb in ENGLISH.person_verbs for form in verb.forms]
    assert len(forms) == len(set(forms))
    assert all(verb.instead for verb in ENGLISH.person_verbs)
    for form in forms:
        assert person_verbs(f"The models {form} it", FINDER), form
