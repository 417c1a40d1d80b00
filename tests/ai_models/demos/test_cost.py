"""The bill of a month, worked out in another order."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from workshop.ai_models.demos.cost import cost


@given(st.integers(1_000, 10**6), st.integers(0, 100), st.integers(1, 60))
def test_both_bills_are_products(answers, share, minutes):
    facts = cost.function(answers=answers, share=share / 100, minutes=minutes).facts
    assert abs(facts["model"] - Fraction(answers * 2 * 5, 1000)) <= 1
    assert abs(facts["checking"] - Fraction(answers * share * minutes * 40, 6000)) <= 1
