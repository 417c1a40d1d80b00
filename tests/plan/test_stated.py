"""Tests values in formulas, and which of a formula's numbers need a run behind them."""

import pytest

from tests.plan.test_resolve import Case
from workshop.model.formula import NUMBER_SIGN, Sign


def test_a_value_in_a_formula_is_filled_in_the_equation_and_in_its_text():
    case = Case("It is $p = {{ toy.share }}$.")
    run = next(run for run in case.blocks[0].lines[0].runs if run.formula is not None)
    assert Sign("0.625", NUMBER_SIGN) in run.formula.body.parts
    assert case.texts == ["It is p = 0.625."]


@pytest.mark.parametrize(
    "formula", ["x^2 + 3y", r"\frac{1}{2} \log_2 x", "A = 2r", "f(2)", "x_{12}", "H = {{ toy.share }}"]
)
def test_exponents_indices_coefficients_and_fractions_need_no_run(formula):
    assert Case(f"${formula}$", digits=True).codes == []


@pytest.mark.parametrize(
    "formula", ["H = 3", r"H \approx 1.5", "x = -4 + y", r"\begin{aligned} a &= 1 \\ b &= c \end{aligned}"]
)
def test_a_number_after_an_equals_sign_needs_one_and_the_message_says_how(formula):
    case = Case(f"${formula}$", digits=True)
    assert case.codes == ["stray-digit"]
    assert "$H = {{ x }}$" in case.report.found[0].hint
    assert Case(f"[${formula}$]{{.fixed}}", digits=True).codes == []


def test_digits_above_and_below_the_line_need_no_run():
    assert Case("H~2~O, 10^3^", digits=True).codes == ["stray-digit"]
    assert Case("H~2~O, x^3^", digits=True).codes == []
