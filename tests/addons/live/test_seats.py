import pytest
from msgspec.structs import replace

from tests.addons.live.made import deck
from workshop.addons.live.course import Course, Refused
from workshop.addons.live.deck import Deck
from workshop.addons.live.seats import new_device, read_code, seat_code


@pytest.mark.parametrize("stage", range(20))
def test_every_code_that_is_printed_is_read_as_it_is_in_small_letters_and_without_its_zero(stage):
    here = Deck(slides=(), check=stage)
    for number in range(1, 300):
        code = here.code(number)
        for typed in (code, code.lower(), f" {code[:-1]} {code[-1]} " if stage else code, code.lstrip("0")):
            assert read_code(typed, here) == code


def test_a_wrong_letter_a_missing_one_and_a_word_are_no_codes():
    assert [read_code(typed, deck()) for typed in ("07N", "07", "7", "M", "", "hello", "12345M")] == [""] * 7


def test_whoever_has_no_tag_types_nothing():
    assert seat_code("  ", Course(deck=deck())) == ""
    with pytest.raises(Refused):
        seat_code("8M", Course(deck=deck()))


def test_two_devices_never_have_one_secret():
    assert len({new_device() for _ in range(100)}) == 100


def test_a_number_alone_is_enough_for_a_free_tag_and_a_first_seat():
    here = Course(deck=deck())
    code = here.deck.code(7)
    assert seat_code("7", here, first=True) == seat_code(" 07 ", here, first=True) == code
    for typed, course, first in (
        ("7", here, False),  # its address has a seat already
        ("7", replace(here, seats={code: "a"}), True),  # somebody sits there
        (str(here.deck.people + 1), here, True),  # no tag has it
        ("0", here, True),
        ("7N", here, True),  # a wrong letter is no number alone
    ):
        with pytest.raises(Refused):
            seat_code(typed, course, first=first)
