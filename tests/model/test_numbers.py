"""Tests the way from text to numbers against Python's own, for what people and programs write."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workshop.model.numbers import LONGEST, decimal, measure, whole

ODD = ("nan", "inf", "-inf", "1e5", "1e400", "1_000", "", " 1", "1 ", "+", ".", "-.", "0x10", "½", "1,5", "1.2.3")


@pytest.mark.parametrize("text", [*ODD, "9" * (LONGEST + 1)])
def test_what_python_would_take_but_nobody_should_write_is_no_number(text):
    assert decimal(text, -math.inf, math.inf) is None
    assert whole(text, -math.inf, math.inf) is None


@given(st.decimals(-(10**20), 10**20, places=3), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
@example(5, 5, 5)
def test_a_number_comes_through_if_it_is_within_its_range(number, least, most):
    found = decimal(f"{number:f}", least, most)
    assert found == (float(number) if least <= float(number) <= most else None)


@given(st.integers(-(10**30), 10**30))
def test_a_whole_number_keeps_all_its_digits(number):
    assert whole(str(number), -(10**30), 10**30) == number
    assert whole(f"{number}.0", -(10**30), 10**30) is None


@pytest.mark.parametrize("text", ["-1cm", "wide", "1e308%", "9" * 400, "1 2", "cm", "%", "5vw"])
def test_what_is_no_length_has_no_number(text):
    assert measure(text) is None
