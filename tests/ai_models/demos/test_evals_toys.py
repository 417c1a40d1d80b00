"""Saturation and contamination."""

import numpy as np
import pytest
from statsmodels.stats.power import NormalIndPower

from workshop.ai_models.demos.contamination import contamination
from workshop.ai_models.demos.saturation import SCORES, saturation
from workshop.ai_models.toys.contamination import SUMS, runs
from workshop.ai_models.toys.saturation import noticed, same, separate


@pytest.mark.parametrize("old", [*SCORES, 0.97])
def test_so_many_separate_questions_give_eighty_percent_power(old):
    new = 0.98 if old == 0.97 else (1 + old) / 2
    n = separate(old, new)
    effect = (new - old) / ((old * (1 - old) + new * (1 - new)) / 2) ** 0.5
    power = NormalIndPower().power(effect, n, 0.05)
    assert power == pytest.approx(0.8, abs=0.005)


def test_the_savings_are_those_of_the_printed_table(run):
    found = run(saturation)
    shares = [1 - both / each for _, each, both in found.exhibits["table"].rows]
    assert found.facts["saved"] == pytest.approx({"least": min(shares), "most": max(shares)})


def test_the_documented_numbers_of_questions():
    assert separate(0.97, 0.98) == 3823
    assert same(0.015, 0.005) == 1568


def test_so_many_common_questions_find_the_gain_in_eight_of_ten_exams():
    import numpy as np

    n, gained, lost = same(0.015, 0.005), 0.015, 0.005
    counts = np.random.default_rng(0).multinomial(n, [gained, lost, 1 - gained - lost], 4000)
    up, down = counts[:, 0], counts[:, 1]
    found = np.abs(up - down) / np.sqrt(up + down) > 1.96
    assert found.mean() == pytest.approx(0.8, abs=0.03)


def test_runs_of_four_words_find_every_leak_and_nothing_else(run):
    for seed in range(10):
        four = run(contamination, seed).facts["detector"]["four"]
        assert (four["found"], four["true"]) == (1, 1)


def test_no_two_sums_share_a_run_of_four_words():
    seen = [r for s in SUMS for r in runs(s, 4)]
    assert len(seen) == len(set(seen))


def test_tests_of_the_textbooks_size_notice_as_often_as_the_power_says(run):
    """Four in five notice a real difference, and one in forty says so where there is none."""
    rng, questions = np.random.default_rng(3), separate(0.9, 0.95)
    assert noticed(0.9, 0.95, questions, 4000, rng) / 4000 == pytest.approx(0.8, abs=0.03)
    assert noticed(0.9, 0.9, questions, 4000, rng) / 4000 == pytest.approx(0.025, abs=0.01)
    assert run(saturation, asked=800).facts["noticed"]["better"] >= 18
