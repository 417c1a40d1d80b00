"""Tests the questions that a card's own words answer: they are asked as people ask, or not at all."""

import pytest

from workshop.ai_models.parts.card_questions import answered_by
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
