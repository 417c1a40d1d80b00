"""Softmax, temperature and exponent on paper."""

import numpy as np
import pytest
from scipy.special import softmax

from workshop.ai_models.problems.language import exponent, sharpen, softmax_two

SEEDS = (None, *range(12))


def generator(seed):
    return None if seed is None else np.random.default_rng(seed)


def test_the_standard_answers_are_those_of_the_table_of_demos():
    assert softmax_two(None, 1, {}).answer["first"] == pytest.approx(0.731, abs=5e-4)
    assert list(sharpen(None, 1, {}).answer["shares"]) == pytest.approx([0.685, 0.247, 0.062, 0.007], abs=5e-4)
    assert exponent(None, 1, {}).answer["exponent"] == pytest.approx(0.5)


@pytest.mark.parametrize("seed", SEEDS)
def test_softmax_and_temperature_are_scipys(seed):
    worked = softmax_two(generator(seed), 1, {})
    assert [worked.answer["first"], worked.answer["second"]] == pytest.approx(list(softmax(worked.givens["scores"])))
    worked = sharpen(generator(seed), 1, {})
    expected = softmax(np.log(worked.givens["shares"]) / 0.5)
    assert list(worked.answer["shares"]) == pytest.approx(list(expected))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_exponent_leads_from_one_point_to_the_other(seed):
    worked = exponent(generator(seed), 1, {})
    small, large = worked.givens["small"], worked.givens["large"]
    factor = (small["size"] / large["size"]) ** worked.answer["exponent"]
    assert small["excess"] * factor == pytest.approx(large["excess"])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_score_that_is_much_lower_is_rare_but_never_zero(seed):
    worked = softmax_two(generator(seed), 1, {})
    first, second = worked.givens["scores"]
    assert worked.answer["rare"] == pytest.approx(1e6 * softmax([first, second - worked.givens["lower"]])[1])
    assert worked.answer["rare"] > 0


def test_four_published_steps_of_ten_times_are_the_first_to_halve_the_loss():
    worked = exponent(None, 1, {}).answer
    assert worked["steps"] == 4
    assert 10 ** (-0.076 * worked["half"]) == pytest.approx(0.5)
