"""Tests which people and places are found in documents."""

from workshop.inputs.drafted_words import people_in, places_in

TEXTS = [
    "The nurse calls you at noon. The printer costs ten cents.",
    "Ask the nurse who knows. Pay at the desk, in the evening, or at the desk.",
]


def test_those_who_do_something_are_people_and_things_are_not():
    assert people_in(TEXTS) == ("nurse",)


def test_places_are_where_something_is_and_times_are_not():
    assert places_in(TEXTS) == ("desk",)


def test_texts_without_any_give_none():
    assert people_in([""]) == places_in(["Nothing here."]) == ()
