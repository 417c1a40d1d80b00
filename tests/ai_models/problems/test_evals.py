from math import comb

import numpy as np
import pytest
from scipy.stats import beta, binomtest
from statsmodels.stats.proportion import proportion_confint

from tests.ai_models.problems.arithmetic import sums, worked_out
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


def test_every_board_has_all_three_verdicts_and_a_row_that_passes_although_it_got_worse():
    for rng in seeds():
        worked = release_board(rng, 1, {})
        margin = number(worked.givens["margin"])
        assert set(worked.answer["verdicts"]) == {"BLOCK", "HOLD", "PASS"}
        trap = False
        for row, verdict in zip(worked.givens["rows"], worked.answer["verdicts"], strict=True):
            low, change, high = number(row["low"]), number(row["change"]), number(row["high"])
            assert low < change < high
            assert verdict == ("BLOCK" if high < margin else "HOLD" if low < margin else "PASS")
            assert min(abs(low - margin), abs(high - margin)) > 0.05, "no end may look like the margin"
            trap |= verdict == "PASS" and high < 0
        assert trap


# name, change, ends of the interval, and whether it may be shifted: those near the margin would change kind
STANDARD = (
    ("sums", 12, 5, 19, True),
    ("names", -3, -9, 3, False),
    ("dates", -1, -1.8, -0.2, False),
    ("privacy", -14, -25, -4, True),
)


def printed_row(row):
    return tuple(number(row[key]) for key in ("change", "low", "high"))


def test_the_standard_board_is_printed_in_points_with_a_sign():
    given = release_board(None, 1, {}).givens
    assert given["margin"] == "−2"
    assert [row["suite"] for row in given["rows"]] == [name for name, *_ in STANDARD]
    assert [printed_row(row) for row in given["rows"]] == [tuple(row[1:4]) for row in STANDARD]
    assert given["rows"][0]["change"] == "+12.0"


def test_boards_differ_in_suites_margins_and_the_order_of_their_verdicts():
    made = [release_board(rng, 1, {}) for rng in seeds()[1:]]
    assert len({worked.answer["verdicts"] for worked in made}) > 12
    assert len({worked.answer["suites"] for worked in made}) > 20
    assert {worked.givens["margin"] for worked in made} == {"−2", "−3", "−4"}
    assert all(len(set(worked.answer["suites"])) == 4 for worked in made)


def test_the_intervals_of_a_board_lie_around_their_change_and_the_chart_has_its_margin():
    clear, held = [], []
    for rng in seeds()[1:]:
        worked = release_board(rng, 1, {})
        margin = number(worked.givens["margin"])
        (line,) = worked.exhibit.references
        assert line.value == pytest.approx(margin / 100)
        for row, verdict in zip(worked.givens["rows"], worked.answer["verdicts"], strict=True):
            change, low, high = printed_row(row)
            if verdict == "HOLD":
                held.append((low - margin, high - margin))
            elif abs(low - margin) > 1.01 and abs(high - margin) > 1.01:  # no end was moved away from the margin
                clear.append((low + high) / 2 - change)
    assert max(map(abs, clear)) == pytest.approx(0, abs=0.06)
    assert len(clear) > 20
    assert all(-7.3 <= low <= -6.7 and 4.7 <= high <= 5.4 for low, high in held), "the margin is well inside"


def test_the_working_of_a_board_says_where_each_interval_is():
    said = {
        "PASS": "the whole bar is above {}",
        "HOLD": "{} is inside the bar",
        "BLOCK": "the whole bar is below {}",
    }
    for rng in seeds():
        worked = release_board(rng, 1, {})
        margin = worked.givens["margin"]
        assert worked.answer["release"] == "BLOCK", "every board has a row that is worse for sure"
        for row, verdict, line in zip(worked.givens["rows"], worked.answer["verdicts"], worked.working, strict=True):
            assert line == f"{row['suite']}: {row['low']} to {row['high']}, {said[verdict].format(margin)}"


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


def test_the_printed_row_is_pascals_and_changed_and_same_items_are_those_of_the_task():
    for rng in seeds():
        worked = sign_test(rng, 1, {})
        given = worked.givens
        changed = given["changed"]
        assert changed == given["gained"] + given["lost"]
        assert given["lost"] in (1, 2, 3, 4, 5)
        assert given["every"] == f"{2**changed:,}"
        assert [int(text.replace(",", "")) for text in given["row"]] == [comb(changed, k) for k in range(6)]
        often = worked.answer["p"] > 1 / 20
        assert abs(worked.answer["p"] - 1 / 20) > 0.004, "the verdict doesn't hang on rounding"
        assert worked.answer["because"] == (
            "chance does this more often than 1 time in 20" if often else "chance does this less often than 1 in 20"
        )
    made = [sign_test(rng, 1, {}) for rng in seeds()]
    assert len({(worked.givens["changed"], worked.givens["lost"]) for worked in made}) > 10
    assert {worked.answer["enough"] for worked in made} == {"yes", "no"}


def test_the_working_of_a_sign_test_adds_up_to_its_p():
    for rng in seeds():
        worked = sign_test(rng, 1, {})
        lost, row = worked.givens["lost"], worked.givens["row"]
        ways, twice, share = worked.working
        ((left, right, _),) = sums(ways)
        assert left == right == sum(comb(worked.givens["changed"], k) for k in range(lost + 1))
        assert ways == f"{' + '.join(row[: lost + 1])} = {int(right):,} ways to lose {lost} or fewer"
        assert twice == f"twice that, for both directions: {2 * int(right):,}"
        ((left, right, unit),) = sums(share)
        assert left == pytest.approx(worked.answer["p"])
        assert abs(left - right) <= unit / 2
        assert unit == 0.001


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


def test_the_working_of_the_rule_of_three_is_right_to_the_last_digit():
    wanted = set()
    for rng in seeds():
        worked = rule_of_three(rng, 1, {})
        n, aim = worked.givens["n"], worked.givens["wanted"]
        first, second = worked.working
        ((left, right, unit),) = sums(first)
        assert left == pytest.approx(3 / n)
        assert abs(left - right) <= unit / 2 + 1e-12
        assert unit == 0.01
        assert worked.answer["rate"] == pytest.approx(3 / n)
        assert abs(worked_out(first.rpartition(" ")[2]) - 3 / n) <= 0.005 + 1e-12
        ((left, right, _),) = sums(second)
        assert left == pytest.approx(right) == pytest.approx(3 / aim) == worked.answer["needed"]
        assert second.endswith("tries without one success")
        wanted.add((n, aim))
    assert len(wanted) > 20
    assert all(12 <= n <= 60 and 0.005 <= aim <= 0.06 for n, aim in wanted)


def test_the_printed_share_of_the_rule_of_three_never_hangs_on_a_rounding():
    tries = {rule_of_three(np.random.default_rng(seed), 1, {}).givens["n"] for seed in range(200)}
    assert {12, 60} <= tries
    assert tries.isdisjoint({24, 40}), "3/24 and 3/40 end in a five"


def test_a_test_with_faulty_questions_has_two_hundred_to_a_thousand():
    sizes = {faulty_test(np.random.default_rng(seed), 1, {}).givens["n"] for seed in range(200)}
    assert sizes == set(range(200, 1001, 100))


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


def test_the_working_of_a_ceiling_counts_faulty_and_sound_questions():
    sizes = set()
    for rng in seeds():
        worked = faulty_test(rng, 1, {})
        n = worked.givens["n"]
        faulty, best = worked.working
        share = worked.givens["share"]
        ((left, right, _),) = sums(faulty)
        assert left == pytest.approx(right) == pytest.approx(worked.answer["faulty"]) == pytest.approx(share * n)
        assert faulty == f"{n:,} × {100 * share:.1f}% = {int(right):,} faulty questions"
        for left, right, unit in sums(best):
            assert abs(left - right) <= unit / 2 + 1e-12
            assert right == pytest.approx(worked.answer["best"])
        assert best.startswith(f"({n:,} − {int(worked.answer['faulty']):,}) / {n:,} = ")
        assert worked.givens["claimed"] == pytest.approx(worked.answer["best"] + 0.005), "half a point too good"
        sizes.add((n, share))
    assert len(sizes) > 15


def test_the_working_of_a_margin_of_error_is_right_to_the_last_digit():
    shares = set()
    for rng in seeds():
        worked = margin_of_error(rng, 2, {})
        p = worked.givens["p"]
        n, wanted = worked.givens["n"], worked.givens["wanted"]
        assert n * p == pytest.approx(round(n * p)), "so many items can be right"
        half, needed = worked.working
        ((left, right, unit),) = sums(half)
        assert left == pytest.approx(worked.answer["half"])
        assert abs(left - right) <= unit / 2
        assert unit == 0.001
        ((left, right, _),) = sums(needed)
        assert right == worked.answer["needed"]
        assert left <= right < left + 1, "questions are counted up"
        assert left == pytest.approx(1.96**2 * p * (1 - p) / wanted**2)
        shares.add(p)
    assert len(shares) > 10
    standard = margin_of_error(None, 2, {})
    assert (standard.givens["p"], standard.answer["needed"]) == (0.9, 3458)
