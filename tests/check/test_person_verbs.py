import pytest

from tests.check.samples import exercise, note, said, sheet, slide
from workshop.ai_models.register import kit_folder
from workshop.check.check_words import Words, words_for
from workshop.check.person_verbs import check_person_verbs, finder, person_verbs
from workshop.content.kit_files import read_style
from workshop.errors import Report
from workshop.model.meta import PersonVerb, StyleMeta

ENGLISH = words_for("en-GB")
STYLE = read_style(kit_folder() / "style.yaml", Report(), [])
FINDER = finder(STYLE, ENGLISH)


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
def test_quotes_questions_denials_and_people_are_exempt(text):
    assert person_verbs(text, FINDER) == []


def test_the_hint_names_a_verb_that_fits_a_machine():
    (problem,) = check_person_verbs([slide("The model believes it")], [], STYLE, ENGLISH)
    assert "gives a high probability to" in problem.hint
    assert problem.code == "person-verb"


def test_slides_exercises_and_what_the_facilitator_says_are_read():
    text = "The model wants it"
    shown = [slide(text, line=3, notes=[note("say", text, 8), note("reply", text, 9)])]
    assert [line for line, _ in said(check_person_verbs(shown, [sheet(exercise(text, line=20))], STYLE, ENGLISH))] == [
        4,
        8,
        9,
        20,
    ]


@pytest.mark.parametrize("kind", ["ask", "expect", "wrong"])
def test_questions_and_what_others_will_say_are_exempt(kind):
    assert said(check_person_verbs([slide(notes=[note(kind, "The model knows it.")])], [], STYLE, ENGLISH)) == []


@pytest.mark.parametrize("slot", ["claim", "options"])
def test_a_claim_to_be_refuted_and_options_of_a_prediction_are_exempt(slot):
    assert said(check_person_verbs([slide("The model knows it", slot=slot)], [], STYLE, ENGLISH)) == []


def test_a_kit_decides_what_is_not_a_person():
    dough = StyleMeta(things=("dough",), called="a lump", person_verbs=(PersonVerb(forms=("hate",), instead="tears"),))
    found = list(check_person_verbs([slide("Doughs hate it, the model knows it")], [], dough, ENGLISH))
    assert [problem.message for problem in found] == ["'Doughs hate' treats a lump as a person"]


def test_in_an_unknown_language_only_the_words_of_the_kit_are_looked_for():
    teig = StyleMeta(things=("Teig",), person_verbs=(PersonVerb(forms=("mögen", "mag"), instead="klebt"),))
    assert words_for("xx") is None
    found = check_person_verbs([slide("Der Teig mag es. Der Teig in der Form mag es")], [], teig, Words())
    assert [problem.message for problem in found] == ["'Teig mag' treats a thing as a person"]


def test_special_characters_in_the_words_of_a_kit_are_taken_literally():
    odd = StyleMeta(things=("C++",), person_verbs=(PersonVerb(forms=("th(ink",), instead="runs"),))
    assert list(check_person_verbs([slide("The C th ink it")], [], odd, ENGLISH)) == []
    assert finder(odd, ENGLISH).instead == {"th(ink": "runs"}


def test_every_verb_of_the_list_has_a_replacement_and_occurs_once():
    forms = [form for verb in STYLE.person_verbs for form in verb.forms]
    assert len(forms) == len(set(forms))
    assert all(verb.instead for verb in STYLE.person_verbs)
    for form in forms:
        assert person_verbs(f"The models {form} it", FINDER), form
