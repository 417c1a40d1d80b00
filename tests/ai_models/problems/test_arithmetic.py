import pytest

from tests.ai_models.problems.arithmetic import sums, worked_out


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 16 + 1,820", 1837),
        ("(200 − 13) / 200", 0.935),
        ("200 × 6.5%", 13),
        ("3 / 1%", 300),
        ("1.96 × √(0.09 / 100)", 0.0588),
        ("1.96² × 0.09", 0.345744),
        ("−2", -2),
    ],
)
def test_a_printed_sum_is_computed(text, value):
    assert worked_out(text) == pytest.approx(value)


def test_every_equals_sign_of_a_line_is_a_sum():
    assert list(sums("(200 − 13) / 200 = 187 / 200 = 93.5%")) == [
        (0.935, 0.935, 1.0),
        (0.935, pytest.approx(0.935), pytest.approx(0.001)),
    ]
    ((left, right, unit),) = sums("3 / 20 = 0.15, so up to about 15%")
    assert (left, right, unit) == (0.15, 0.15, 0.01)
