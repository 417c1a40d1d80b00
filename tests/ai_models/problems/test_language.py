"""Softmax, temperature, first merge and exponent on paper."""

import numpy as np
import pytest
from scipy.special import softmax

from workshop.ai_models.demos.scaling import scaling
from workshop.ai_models.problems.language import exponent, first_merge, next_size, sharpen, softmax_two

SEEDS = (None, *range(12))


def generator(seed):
    return None if seed is None else np.random.default_rng(seed)


def test_the_standard_answers_are_those_of_the_table_of_demos():
    assert softmax_two(None, 1, {}).answer["first"] == pytest.approx(0.731, abs=5e-4)
    assert list(sharpen(None, 1, {}).answer["shares"]) == pytest.approx([0.685, 0.247, 0.062, 0.007], abs=5e-4)
    merge = first_merge(None, 1, {}).answer
    assert (merge["pair"], merge["count"], merge["tied"]) == ("es", 9, 3)
    assert exponent(None, 1, {}).answer["exponent"] == pytest.approx(0.5)


@pytest.mark.parametrize("seed", SEEDS)
def test_softmax_and_temperature_are_scipys(seed):
    worked = softmax_two(generator(seed), 1, {})
    assert [worked.answer["first"], worked.answer["second"]] == pytest.approx(list(softmax(worked.givens["scores"])))
    worked = sharpen(generator(seed), 1, {})
    expected = softmax(np.log(worked.givens["shares"]) / 0.5)
    assert list(worked.answer["shares"]) == pytest.approx(list(expected))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_merge_is_counted_by_hand(seed):
    worked = first_merge(generator(seed), 1, {})
    counts = dict(zip(worked.givens["words"], worked.givens["counts"], strict=True))
    pairs = {}
    for word, times in counts.items():
        for a, b in zip(word, word[1:] + "_", strict=True):
            pairs[a + b] = pairs.get(a + b, 0) + times
    most = max(pairs.values())
    assert worked.answer["count"] == most
    assert worked.answer["pair"] == min(pair for pair, n in pairs.items() if n == most)
    assert worked.answer["tied"] == list(pairs.values()).count(most)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_exponent_leads_from_one_point_to_the_other(seed):
    worked = exponent(generator(seed), 1, {})
    small, large = worked.givens["small"], worked.givens["large"]
    factor = (small["size"] / large["size"]) ** worked.answer["exponent"]
    assert small["excess"] * factor == pytest.approx(large["excess"])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_word_is_cut_into_the_pieces_that_two_merges_leave(seed):
    worked = first_merge(generator(seed), 1, {})
    pieces = list(f"{worked.givens['long']}_")
    for merge in (worked.answer["pair"], worked.answer["next"]):
        for place in reversed(range(len(pieces) - 1)):
            if "".join(pieces[place : place + 2]) == merge:
                pieces[place : place + 2] = [merge]
    assert worked.answer["pieces"].split() == pieces
    assert worked.answer["guesses"] == len(pieces)
    counts = dict(zip(worked.givens["words"], worked.givens["counts"], strict=True))
    for pair, times in zip(worked.givens["pairs"], worked.answer["pairs"], strict=True):
        assert times == sum(word.count(pair) * n for word, n in counts.items())


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


def test_the_next_size_lies_on_the_line_through_the_two_before():
    facts = scaling.function(rng=np.random.default_rng(0)).facts
    worked = next_size(None, 1, facts)
    sizes, excess = worked.givens["sizes"], worked.givens["excess"]
    slope, above = np.polyfit(np.log(sizes[:2]), np.log(excess), 1)
    line = np.exp(above + slope * np.log(sizes[2:]))
    assert list(worked.answer["excess"]) == pytest.approx(list(line), abs=0.01)
    assert worked.answer["measured"] == pytest.approx(facts["measured"][0], abs=0.005)
