import pytest

from tests.addons.live.made import deck
from workshop.addons.live.course import Course, Event
from workshop.addons.live.known import counts, line_of
from workshop.addons.live.typed import read_typed


def at(slide, *, opened=True):
    course = Course(deck=deck()).after(Event(what="go", question=slide, at=1.0))
    return course.after(Event(what="open", at=2.0)) if opened else course


def take(text, course):
    """Return the state after lines, and what was told of them."""
    lines = read_typed(text, course)
    for line in lines:
        for event in line.events:
            course = course.after(event)
    return course, [line.told for line in lines]


def test_a_code_and_a_letter_answer_what_is_open():
    course, told = take("07M B\n7m a\n 01E\tc ", at("crawl"))
    assert counts(course, "crawl", 1) == {"A": 1, "C": 1}
    assert told == ["07M: B", "07M: A", "01E: C"]


def test_the_rounds_of_a_vote_are_taken_whenever_they_are_typed_with_a_dash_for_none():
    course, _ = take("07M AB-\n01E B B A", at("kept", opened=False))
    assert [counts(course, f"round-{k}", 1) for k in (1, 2, 3)] == [{"A": 1, "B": 1}, {"B": 2}, {"A": 1}]


def test_a_line_of_the_companion_page_pasted_from_a_chat_has_bets_by_name_with_both_rounds():
    chat = (
        "10:03:11 From Ann Smith to Everyone: 07M the-crawl=B unseen-tools=AD ABB\nBen Jones  10:04 AM\n01E the-crawl=c"
    )
    course, told = take(chat, at("welcome", opened=False))
    assert counts(course, "crawl", 1) == {"B": 1, "C": 1}
    assert (counts(course, "unseen", 1), counts(course, "unseen", 2)) == ({"A": 1}, {"D": 1})
    assert line_of(course, "07M") == "07M the-crawl=B unseen-tools=AD ABB"
    assert not any(name in line for line in told for name in ("Ann", "Smith", "Ben", "Jones"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("07N B", "no tag has its code"),
        ("Ann Smith: B", "no tag has its code"),
        ("07M D", "isn't an answer"),
        ("07M", "isn't an answer"),
        ("07M the-crow=B", "the-crow=B isn't an answer"),
        ("07M the-crawl=AB", "isn't an answer"),
        ("07M ABBA", "isn't an answer"),
    ],
)
def test_a_line_that_cannot_be_read_changes_nothing_and_says_why(line, told):
    before = at("crawl")
    course, said = take(line, before)
    assert course == before
    assert told in said[0]
    assert "Smith" not in said[0]


def test_in_the_second_round_a_letter_is_one_of_the_second_round():
    course = at("unseen")
    for what in ("close", "again"):
        course = course.after(Event(what=what, at=3.0))
    course, _ = take("07M D", course)
    assert counts(course, "unseen", 2) == {"D": 1}
