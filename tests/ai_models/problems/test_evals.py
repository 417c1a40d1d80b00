import numpy as np
import pytest
from scipy.stats import beta, binomtest
from statsmodels.stats.proportion import proportion_confint

from workshop.ai_models.demos.release_gate import release_gate
from workshop.ai_models.problems.evals import faulty_test, margin_of_error, release_board, rule_of_three, sign_test


def seeds():
    return [None, *(np.random.default_rng(seed) for seed in range(25))]


def number(text):
    return float(text.replace("−", "-").replace("+", ""))


def test_the_standard_board_has_one_row_of_each_kind():
    answer = release_board(None, 1, {}).answer
    assert answer["verdicts"] == ("PASS", "HOLD", "PASS", "BLOCK")
    assert answer["release"] == "BLOCK"


def test_every_board_is_equally_hard_and_its_printed_ends_give_the_verdicts():
    for rng in seeds():
        worked = release_board(rng, 1, {})
        assert sorted(worked.answer["verdicts"]) == ["BLOCK", "HOLD", "PASS", "PASS"]
        for row, verdict in zip(worked.givens["rows"], worked.answer["verdicts"], strict=True):
            low, change, high = number(row["low"]), number(row["change"]), number(row["high"])
            assert low < change < high
            assert verdict == ("BLOCK" if high < -2 else "HOLD" if low < -2 else "PASS")


def test_the_board_of_the_run_follows_the_same_rule(run):
    found = run(release_gate).facts
    for suite in found["suites"].values():
        low, high, margin = suite["low"], suite["high"], found["margin"]
        assert suite["verdict"] == ("BLOCK" if high < -margin else "HOLD" if low < -margin else "PASS")


def test_every_p_is_scipys_binomial_test():
    for rng in seeds():
        worked = sign_test(rng, 1, {})
        given = worked.givens
        assert worked.answer["p"] == pytest.approx(binomtest(given["lost"], given["changed"]).pvalue)
        assert worked.answer["enough"] == ("yes" if worked.answer["p"] < 0.05 else "no")


def test_twelve_to_four_is_not_enough():
    assert sign_test(None, 1, {}).answer["p"] == pytest.approx(0.0768, abs=5e-5)
    assert sign_test(None, 1, {}).answer["enough"] == "no"


def test_the_printed_row_gives_the_working():
    worked = sign_test(None, 1, {})
    ways = [int(text.replace(",", "")) for text in worked.givens["row"][: worked.givens["lost"] + 1]]
    assert 2 * sum(ways) / 65_536 == pytest.approx(worked.answer["p"])
    assert f"{2 * sum(ways):,}" in worked.working[1]


def test_none_in_twenty_allows_fifteen_percent():
    answer = rule_of_three(None, 1, {}).answer
    assert answer["rate"] == pytest.approx(0.15)
    assert answer["needed"] == 300


def test_the_rule_of_three_is_a_little_above_the_exact_one_sided_end():
    for rng in seeds():
        worked = rule_of_three(rng, 1, {})
        n = worked.givens["n"]
        assert worked.answer["exact"] == pytest.approx(beta.ppf(0.95, 1, n))
        assert worked.answer["exact"] < worked.answer["rate"] < worked.answer["exact"] * 1.15
        assert worked.answer["wilson"] == pytest.approx(proportion_confint(0, n, method="wilson")[1])


def test_faulty_questions_put_a_ceiling_on_the_score():
    assert faulty_test(None, 1, {}).answer == {"faulty": 13, "best": 0.935}
    for rng in seeds():
        worked = faulty_test(rng, 1, {})
        assert worked.answer["faulty"] + worked.answer["best"] * worked.givens["n"] == pytest.approx(worked.givens["n"])
        assert worked.givens["claimed"] > worked.answer["best"]


def test_the_margin_of_error_is_the_normal_interval_of_statsmodels():
    for rng in seeds():
        worked = margin_of_error(rng, 2, {})
        p, n = worked.givens["p"], worked.givens["n"]
        low, high = proportion_confint(round(p * n), n, method="normal")
        assert worked.answer["half"] == pytest.approx((high - low) / 2, abs=1e-4)
        assert 1.96 * (p * (1 - p) / worked.answer["needed"]) ** 0.5 <= worked.givens["wanted"]
        assert 1.96 * (p * (1 - p) / (worked.answer["needed"] - 1)) ** 0.5 > worked.givens["wanted"]
