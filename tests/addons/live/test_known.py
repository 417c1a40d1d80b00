"""Nothing secret leaves before it is shown: the data of wall and phones don't depend on what others picked, nor on what is right."""

import msgspec
import pytest

from tests.addons.live.made import CODES, RIGHT, anything
from tests.tiers import few
from workshop.addons.live.course import TOLD, Course
from workshop.addons.live.known import line_of, phone, wall


def with_other_picks(course: Course, own: str) -> Course:
    """Return the same room in which everybody else picked something else, and so did the hands."""
    picks = {
        key: {
            seat: pick
            if seat == own
            else msgspec.structs.replace(pick, pick="?" + pick.pick, sure=not pick.sure, clash=True)
            for seat, pick in given.items()
        }
        for key, given in course.picks.items()
    }
    hands = {key: {"Z": sum(given.values())} for key, given in course.hands.items()}
    return msgspec.structs.replace(course, picks=picks, hands=hands)


@pytest.mark.parametrize("part", few(range(10), 0))
def test_before_an_answer_is_shown_wall_and_phones_know_nothing_of_it(part):
    kept = 0
    for seed in range(1000 * part, 1000 * part + 1000):
        happened = list(anything(seed))
        if not happened:
            continue
        last = happened[-1][2]
        for seat in CODES[:2]:
            other = with_other_picks(last, seat)
            if last.phase != TOLD:
                assert phone(last, seat, RIGHT) == phone(other, seat, {})
                kept += bool(last.picks)
                assert wall(last, RIGHT) == wall(other, {}) == wall(last, {})
    assert kept > 100


def test_a_shown_bet_has_its_counts_on_the_wall_alone_and_its_right_letter_on_phones_that_have_a_seat():
    shown = [
        after for seed in range(300) for _, _, after in anything(seed) if after.phase == TOLD and after.poll == "crawl"
    ]
    assert shown
    for course in shown:
        seen = wall(course, RIGHT)
        assert seen["right"] == {"crawl": "A"}
        assert set(seen["counts"]["crawl"]) == set("ABC")
        own = phone(course, "07M", RIGHT)
        assert own["right"] == {"crawl": "A"}
        assert "counts" not in own
        assert "right" not in phone(course, "", RIGHT)


def test_the_letters_of_a_quiz_stay_secret_even_when_it_is_over():
    shown = [
        after
        for seed in range(400)
        for _, _, after in anything(seed, 60)
        if after.phase == TOLD and after.poll.startswith("quiz")
    ]
    assert shown
    assert all(wall(course, RIGHT)["counts"] is None for course in shown)


def test_the_line_of_a_seat_has_its_bets_by_name_and_its_rounds():
    lines = [line_of(after, "07M") for seed in range(200) for _, _, after in anything(seed)]
    longest = max(lines, key=len)
    assert longest.startswith("07M ")
    assert "the-crawl=" in longest
