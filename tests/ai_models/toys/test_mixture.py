"""Tests the sums that the models of two demos read."""

import pytest

from workshop.ai_models.toys.mixture import sums

DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.mark.parametrize("wording", ["{} and {} make {}", "{} plus {} is {}"])
def test_every_sum_below_ten_is_there_once_and_right(wording):
    said = [tuple(map(DIGITS.index, text.split()[::2])) for text in sums(wording)]
    assert sorted(said) == [(a, b, a + b) for a in range(10) for b in range(10) if a + b < 10]
