from __future__ import annotations

import numpy as np
import pytest

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.fine_tuning import fine_tuning
from workshop.ai_models.demos.forgetting import forgetting
from workshop.ai_models.problems.tuning import low_rank, read_trade, style_or_fact, tune_counts


@pytest.fixture(scope="module")
def findings():
    return forgetting.function(world=WORLD, rng=np.random.default_rng(0))


def test_the_standard_sheet_goes_from_a_quarter_to_five_eighths():
    answer = tune_counts(None, 1, {}).answer
    assert (answer["before"], answer["after"]) == (0.25, 0.625)


def test_the_dialogues_asked_for_make_exactly_three_in_four():
    for seed in range(20):
        worked = tune_counts(np.random.default_rng(seed), 1, {})
        given, needed = worked.givens, worked.answer["needed"]
        assert (given["answers"] + needed) / (given["total"] + needed) == 0.75


def test_the_answers_are_read_off_the_table_as_it_is_printed(findings):
    worked = read_trade(None, 1, findings.facts)
    table = {row[0]: [round(value, 2) for value in row[1:]] for row in findings.exhibits["trade"].rows}
    asked = {row["step"]: table[row["step"]] for row in worked.givens["rows"].values()}
    assert worked.answer["step"] == min(asked, key=lambda step: asked[step][0])
    assert worked.answer["cost"] == pytest.approx(table[worked.answer["step"]][1] - table[0][1])
    assert worked.answer["full"] == pytest.approx(table[150][1] - table[0][1])
    assert worked.answer["replayed"] == pytest.approx(table[150][2] - table[0][2])


def test_the_printed_rows_are_those_of_the_table(findings):
    table = {row[0]: row for row in findings.exhibits["trade"].rows}
    for row in read_trade(None, 1, findings.facts).givens["rows"].values():
        printed = (row["step"], row["dialogue"], row["diary"], row["replay"])
        assert printed == pytest.approx(table[row["step"]], abs=0.005)


def test_a_low_rank_update_trains_as_many_weights_as_its_two_matrices_have():
    for seed in range(6):
        worked = low_rank(np.random.default_rng(seed), 1, {})
        side, rank = worked.givens["side"], worked.givens["rank"]
        b, a = np.zeros((side, rank)), np.zeros((rank, side))
        assert worked.answer["low"] == a.size + b.size
        assert worked.answer["full"] == (b @ a).size
        assert worked.answer["share"] == pytest.approx((a.size + b.size) / (b @ a).size)
        assert worked.answer["share"] * 1000 == pytest.approx(round(worked.answer["share"] * 1000))


def test_manner_and_facts_are_the_differences_of_the_printed_shares():
    facts = fine_tuning.function(world=WORLD, rng=np.random.default_rng(0)).facts
    worked = style_or_fact(None, 1, facts)
    printed = {name: [round(100 * worked.givens[name][key]) for key in ("answers", "right")] for name in worked.givens}
    assert round(100 * worked.answer["style"]) == printed["tuned"][0] - printed["base"][0]
    assert round(100 * worked.answer["fact"]) == printed["tuned"][1] - printed["control"][1]
    assert worked.givens["control"]["right"] == pytest.approx(facts["control"]["right"], abs=0.005)
