"""Tests the questions that a card's own words answer: they are asked as people ask, or not at all."""

import pytest

from workshop.ai_models.parts.card_questions import about, answered_by, could_answer
from workshop.inputs.drafted_cards import Card


@pytest.mark.parametrize(
    ("title", "text", "questions"),
    [
        ("Yoga", "Yoga is on Monday. Bring a mat.", ["when is yoga", "what do I bring for yoga"]),
        ("Your locker", "It costs 2 euros.", ["what does my locker cost"]),
        ("A guided tour", "The guided tour lasts two hours.", ["how long does the guided tour last"]),
        ("Opening an account", "Bring a passport. It takes an hour.", ["how long does opening an account take", "what do I bring for opening an account"]),
        ("Dental Insurance", "The company pays 100% of it.", ["what does dental insurance cost"]),
        ("NHS card", "It costs 3 pounds.", ["what does the NHS card cost"]),
        ("Fines", "Late items cost twenty cents a day. Children pay nothing.", ["how much are the fines"]),
        ("Opening hours", "We are here from ten on weekdays.", ["what are the opening hours"]),
        ("Canteen", "It opens at 11.30 on weekdays.", ["when does the canteen open"]),
        ("Visitors", "Visitors may come from 14.00 to 19.30.", ["when may visitors come"]),
        ("When you are ill", "Tell your lead by ten.", ["what do I do when I am ill"]),
        ("Meeting rooms", "They cost 20 euros an hour.", ["what do meeting rooms cost"]),
    ],
)  # fmt: skip
def test_a_title_is_asked_about_with_its_article_its_number_and_small_letters(title, text, questions):
    assert list(answered_by(Card(title, text))) == questions


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Silence", "Speak quietly."),
        ("Prices", "An adult pays 5.20 euros."),  # "what do prices cost"
        ("Salary", "Salaries arrive on the last working day of the month."),
        ("Being on call", "You get a telephone and 250 euros."),
        ("Business trips", "Hotels may cost up to 130 euros a night."),
        ("Changing rooms", "A lost wristband costs 10 euros."),
        ("The sauna", "Wednesday is for women only."),
        ("Parental leave", "Both parents can take up to twelve months."),
        ("Getting here", "Tram 4 stops on Mondays at the bridge, and it costs 3 euros."),
        ("Toys", "Count the pieces before you bring them back."),
        ("When we are open", "We open at 9.00."),
        ("In general", "Rules are on Mondays."),
        ("Everyone on Support (EOS)", "It takes a day on Monday."),
    ],
)
def test_an_amount_or_a_day_of_something_else_makes_no_question(title, text):
    assert list(answered_by(Card(title, text))) == []


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Homework help", "I have a question about homework help"),
        ("A guided tour", "I have a question about the guided tour"),
        ("Fines", ""),
        ("Lift and ramp", ""),
        ("Onboarding at Larkfield", ""),
    ],
)
def test_a_title_of_two_words_is_in_a_question_that_shared_words_find(title, question):
    assert about(Card(title, "Ask at the desk.")) == question


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("when do I get my wages", "Salaries are paid on the 25th.", True),
        ("how much do I earn", "Salaries are paid on the 25th.", False),
        ("how much is the late fee", "Late items cost 20 cents a day.", True),
        ("may I wear shorts", "Uniforms are washed in the house.", False),
        ("may I take photographs", "Cameras are not used in the showers.", True),
        ("where is the toilet", "Cabins are on the left.", True),
        ("is there internet", "Ask us.", True),
    ],
)
def test_a_card_could_answer_a_question_if_it_has_what_that_asks_for(question, text, answers):
    assert could_answer(question, text) is answers
