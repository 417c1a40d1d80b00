"""Tests the questions that are drafted for a client's cards: few, at most two per card, and enough for all moments about search."""

from collections import Counter

import pytest

from workshop.ai_models.parts.asking import LEAD, THRESHOLD
from workshop.ai_models.parts.by_letters import misleads, wins
from workshop.ai_models.parts.drafted_questions import Everyday, drafted_questions, shelf_of
from workshop.inputs.drafted_cards import Card, id_of

TEXTS = {
    "Opening hours": "We open at nine on weekdays and at ten on Saturdays. On Sundays the doors stay shut.",
    "Annual pass": "The pass costs 32 euros. It takes two days to print.",
    "Wireless network": "Choose the network for guests. The code hangs above the counter.",
    "Lift and ramp": "A ramp leads to the door. The lift goes to all floors.",
    "Lost property": "Scarves and gloves wait a month in the blue chest.",
    "Lunch": "Soup and bread are served from noon. Order by ten.",
    "Fire drill": "Walk down the stairs and meet beside the gate.",
    "Bicycles": "Lock them to the rail in the yard.",
}
CARDS = [(id_of(card), card) for card in (Card(title, text) for title, text in TEXTS.items())]


@pytest.fixture(scope="module")
def lines():
    return drafted_questions(CARDS)


def test_at_most_thirty_lines_wait_two_to_a_card_and_six_without_one(lines):
    taken = Counter(line.card for line in lines)
    assert len(lines) <= 30
    assert all(line.waits for line in lines)
    assert taken.pop("none") == 6
    assert max(taken.values()) <= 2
    assert set(taken) <= {name for name, _ in CARDS}


def test_no_question_is_asked_twice(lines):
    assert len({line.question for line in lines}) == len(lines)


@pytest.mark.parametrize(
    ("question", "card"),
    [
        ("is there internet", "wireless-network"),
        ("what time does it close on Sunday", "opening-hours"),
        ("are there stairs or an elevator", "lift-and-ramp"),
        ("is there a place for bicycles", "bicycles"),
    ],
)
def test_questions_that_a_card_answers_are_put_to_it(lines, question, card):
    assert {line.question: line.card for line in lines}[question] == card


def test_of_the_questions_without_a_card_some_get_one_all_the_same_and_some_dont(lines):
    shelf = shelf_of(CARDS)
    sure = [shelf.answer(line.question).sure for line in lines if line.card == "none"]
    assert 0 < sum(value >= THRESHOLD for value in sure) < len(sure)


def test_cards_of_another_language_get_no_lines():
    german = Card("Zugang", "Der Schlüssel hängt drinnen neben dem Fenster.")
    assert drafted_questions([("a", german), ("b", Card("Fenster", "Sie bleiben im Winter geschlossen."))]) == ()


def test_one_card_alone_gets_no_lines():
    assert drafted_questions(CARDS[:1]) == ()


def test_everyday_questions_are_many_and_none_is_also_an_odd_one():
    book = Everyday.read()
    assert len(book.asked) + len(book.odd) >= 240
    assert not set(book.asked) & set(book.odd)
    assert all(book.asked.values())


def test_among_the_lines_is_one_that_a_card_wins_by_shared_words_and_one_that_they_lead_astray(lines):
    shelf, places = shelf_of(CARDS), {name: place for place, (name, _) in enumerate(CARDS)}
    decided = [line for line in lines if line.card in places]
    assert any(wins(line.question, shelf.cards, places[line.card]) for line in decided)
    assert any(misleads(line.question, shelf.cards, places[line.card]) for line in decided)


def test_among_the_lines_are_some_without_a_word_of_any_card_that_are_well_ahead(lines):
    shelf = shelf_of(CARDS)
    answers = [shelf.answer(line.question) for line in lines if line.card != "none"]
    assert sum(not a.shared.any() and a.sure >= THRESHOLD and shelf.lead(a) >= LEAD for a in answers) >= 2


def test_a_card_is_about_what_all_words_of_a_thing_name(lines):
    things = Everyday.read().asked["what happens on my first morning"]
    assert frozenset({"first", "week"}) in things


def test_a_card_that_has_a_word_in_another_sense_gets_no_question_about_it():
    card = Card("Cooldown", "In between each cycle we rest for two weeks. Nobody starts anything large.")
    lines = drafted_questions([*CARDS[:-1], (id_of(card), card)])
    assert "is there a place for bicycles" not in [line.question for line in lines]
