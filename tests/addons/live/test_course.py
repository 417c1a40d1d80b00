import pytest
from msgspec.structs import replace

from tests.addons.live.made import POLLS, RIGHT, anything, deck
from workshop.addons.live.course import ENDED, OPEN, SHOWN, SHUT, TOLD, Course, Event, Refused
from workshop.addons.live.known import advice, counts, remote, wall

AT = {"at": 1000.0}


def run(*events, course=None):
    """Return the state after events, each a name or (name, fields)."""
    course = course or Course(deck=deck())
    for event in events:
        what, more = event if isinstance(event, tuple) else (event, {})
        course = course.after(Event(what=what, **{**AT, **more}))
    return course


def at_bet(slide="crawl"):
    return run(
        ("seat", {"seat": "07M", "device": "a"}), ("seat", {"seat": "01E", "device": "b"}), ("go", {"question": slide})
    )


def phone(pick, seat="07M", device="a", question="crawl"):
    return (
        "answer",
        {"seat": seat, "device": device, "question": question, "pick": pick, "by": "phone"},
    )


def paper(pick, seat="07M", question="crawl"):
    return ("answer", {"seat": seat, "question": question, "pick": pick, "by": "paper"})


def test_a_bet_is_opened_closed_and_shown_and_the_next_slide_follows():
    course = at_bet()
    phases = []
    for what in ("open", "close", "show", "next"):
        course = run(what, course=course)
        phases.append(course.phase)
    assert phases == [OPEN, SHUT, TOLD, SHOWN]
    assert course.slide == "kept"


@pytest.mark.parametrize(
    ("before", "what"),
    [
        ((), "close"),
        ((), "show"),
        (("open",), "next"),
        (("open",), "open"),
        (("open",), "show"),
        (("open", "close"), "next"),
        (("open", "close", "show"), "open"),
        (("open", "close", "show", "back", "next"), "open"),
        (("pause",), "next"),
        (("end",), "next"),
        ((), "resume"),
    ],
)
def test_what_cannot_be_done_now_is_refused_with_the_present_state(before, what):
    course = run(*before, course=at_bet())
    with pytest.raises(Refused) as refused:
        run(what, course=course)
    assert refused.value.present == course.present


def own(*lines):
    return ("own", {"pick": "\n".join(lines)})


def test_a_question_of_ones_own_is_asked_at_once_counted_and_kept_beside_what_the_slide_asks():
    course = run(own("Tea or  coffee?", "Tea", "Coffee"), course=at_bet())
    assert (course.phase, course.current.name, course.current.items[0].options) == (
        OPEN,
        "Tea or coffee?",
        ("Tea", "Coffee"),
    )
    course = run(
        phone("B", question="own-1"),
        "close",
        ("hands", {"question": "own-1", "pick": "A", "count": 4}),
        "show",
        course=course,
    )
    assert counts(course, "own-1", 1) == {"A": 4, "B": 1}
    assert wall(course, RIGHT)["counts"] == {"own-1": {"A": 4, "B": 1}}
    course = run("back", "next", "next", course=course)
    assert remote(course, RIGHT, 0)["next_poll"] == ""
    course = run(("go", {"question": "crawl"}), course=course)
    assert remote(course, RIGHT, 0)["next_poll"] == "crawl"
    again = run(own("And cake?", "Yes", "No"), course=course)
    assert again.poll == "own:2"


@pytest.mark.parametrize(
    "lines",
    [
        ("Alone?",),
        ("One?", "Yes"),
        ("", "Yes", "No"),
        ("Gap?", "Yes", "", "No"),
        ("Five?", *"abcde"),
        ("x" * 161, "a", "b"),
        ("q", "a" * 61, "b"),
    ],
)
def test_a_question_of_ones_own_without_two_to_four_answers_is_refused(lines):
    with pytest.raises(Refused):
        run(own(*lines), course=at_bet())


def test_the_last_answer_before_closing_counts_once_per_seat():
    course = run("open", phone("A"), phone("B"), phone("C", "01E", "b"), "close", course=at_bet())
    assert counts(course, "crawl", 1) == {"B": 1, "C": 1}
    with pytest.raises(Refused, match="too late"):
        run(phone("A"), course=course)


def test_a_phone_answers_only_for_its_own_seat():
    with pytest.raises(Refused, match="type the number on your tag"):
        run("open", phone("A", "01E", "a"), course=at_bet())


@pytest.mark.parametrize("order", [(phone("B"), paper("A")), (paper("A"), phone("B"))])
def test_paper_wins_over_a_phone_with_the_same_code_and_the_remote_says_so(order):
    course = run("open", *order, course=at_bet())
    assert counts(course, "crawl", 1) == {"A": 1}
    assert remote(course, RIGHT, 0)["told_apart"] == ["07M"]


def test_a_room_without_a_phone_works_with_hands_and_paper_in_one_count():
    hands = [("hands", {"question": "crawl", "pick": letter, "count": count}) for letter, count in (("A", 2), ("B", 4))]
    course = run(("go", {"question": "crawl"}), "open", *hands, paper("B", "03H"), "close", "show")
    assert counts(course, "crawl", 1) == {"A": 2, "B": 5}
    corrected = run(("hands", {"question": "crawl", "pick": "B", "count": 3}), course=course)
    assert counts(corrected, "crawl", 1) == {"A": 2, "B": 4}


def test_another_phone_waits_for_a_yes_and_the_first_one_loses_the_seat():
    other = ("seat", {"seat": "07M", "device": "c"})
    course = run(other, course=at_bet())
    assert (course.seats["07M"], course.waits("c")) == ("a", "07M")
    assert [one["seat"] for one in remote(course, RIGHT, 0)["asks"]] == ["07M"]
    assert run(("yes", {"seat": "07M"}), course=course).seats["07M"] == "c"
    assert run(("no", {"seat": "07M"}), course=course).waits("c") == ""


def test_whoever_has_no_tag_gets_a_code_that_no_tag_has_and_keeps_it():
    course = run(*[("seat", {"device": device}) for device in ("x", "y", "x")])
    numbers = [int(code[:-1]) for code in course.seats]
    assert len(numbers) == 2
    assert min(numbers) > 24


def test_a_slide_with_clicks_takes_them_before_the_next_one():
    course = run(("go", {"question": "kept"}), "next")
    assert (course.slide, course.click) == ("kept", 1)
    course = run("next", course=course)
    assert run("back", course=course).click == 1


def test_slides_that_are_left_out_are_passed_over_both_ways_and_only_what_is_ahead_can_be():
    course = run(("go", {"question": "crawl"}), ("skip", {"pick": "kept unseen"}))
    assert run("next", course=course).slide == "answers"
    assert run("next", "back", course=course).slide == "crawl"
    with pytest.raises(Refused):
        run(("skip", {"pick": "welcome"}), course=course)


def test_minutes_are_those_for_which_a_slide_was_shown_without_pauses():
    course = run(
        ("next", {"at": 1000.0}), ("next", {"at": 1060.0}), ("pause", {"at": 1090.0}), ("resume", {"at": 1300.0}),
        ("next", {"at": 1360.0}),
    )  # fmt: skip
    assert course.spent == {"welcome": 60.0, "quiz-before": 90.0}


def test_a_number_and_a_word_can_be_asked_on_any_slide():
    course = run(("open", {"question": "number:crawl"}), phone("41,5", question="number:crawl"), course=at_bet())
    assert counts(course, "number:crawl", 1) == {"41.5": 1}
    with pytest.raises(Refused):
        run(phone("many", question="number:crawl"), course=course)
    with pytest.raises(Refused):
        run(("open", {"question": "word:kept"}), course=at_bet())


@pytest.mark.parametrize(
    ("right", "wrong", "told"), [(1, 2, "hint"), (35, 65, "again"), (7, 3, "again"), (3, 1, "tell"), (0, 0, "")]
)
def test_the_remote_says_what_to_do_after_the_first_round_of_a_bet_that_is_placed_again(right, wrong, told):
    hands = [
        ("hands", {"question": "unseen", "pick": letter, "count": count})
        for letter, count in (("D", right), ("A", wrong))
    ]
    course = run(("go", {"question": "unseen"}), "open", *hands, "close")
    assert advice(course, RIGHT) == told
    assert advice(run("again", "close", course=course), RIGHT) == ""


def test_a_deck_that_was_drawn_again_keeps_the_slide_that_is_shown():
    longer = replace(deck(), slides=deck(("new", "crawl")).slides)
    assert run(("deck", {"deck": longer}), course=at_bet()).slide == "crawl"
    with pytest.raises(Refused):
        run(("deck", {"deck": longer}), course=at_bet("kept"))


def test_whatever_happens_the_room_is_in_one_of_its_phases_and_what_was_told_is_never_asked_again():
    for seed in range(1000):
        for before, _, after in anything(seed):
            asked = after.phase in (OPEN, SHUT, TOLD)
            assert bool(after.poll) == asked
            assert after.phase == SHOWN or asked or after.phase in ("lobby", ENDED)
            assert before.told <= after.told
            assert not (after.phase == OPEN and after.poll in after.told)
            assert before.phase != OPEN or after.phase in (OPEN, SHUT, ENDED)
            assert {poll.id for poll in POLLS} == set(after.deck.by_id)
