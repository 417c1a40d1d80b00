from fractions import Fraction

import numpy as np
import pytest

from workshop.ai_models.problems.deployment import (
    THRESHOLD,
    add_points,
    agent_steps,
    alarms,
    filter_price,
)
from workshop.ai_models.toys.never_zero import at_least_one


def seeds():
    return [None, *(np.random.default_rng(seed) for seed in range(25))]


def test_of_fifty_nine_flagged_messages_sixteen_percent_are_harmful():
    answer = alarms(None, 1, {}).answer
    assert answer["flagged"] == pytest.approx(59)
    assert answer["right"] == pytest.approx(0.161, abs=5e-4)


def test_every_share_is_bayes_rule():
    for rng in seeds():
        worked = alarms(rng, 1, {})
        harmful, caught, false = (Fraction(str(worked.givens[k])) for k in ("harmful", "caught", "false"))
        bayes = harmful * caught / (harmful * caught + (1 - harmful) * false)
        assert worked.answer["right"] == pytest.approx(float(bayes))
        assert worked.answer["hits"] + worked.answer["missed"] == pytest.approx(worked.answer["bad"])


def test_words_that_are_not_printed_have_no_points():
    """Adding up the printed points of the words, one by one, gives the sheet's answer."""
    for rng in seeds():
        worked = add_points(rng, 1, {})
        printed = dict(zip(worked.givens["words"], worked.givens["points"], strict=True))
        for request, row in zip(worked.givens["requests"], worked.answer, strict=True):
            assert sum(printed.get(word, 0) for word in request.split()) == row["score"]


def test_the_standard_sheet_has_a_false_alarm_and_a_miss():
    judged = [row["judged"] for row in add_points(None, 1, {}).answer]
    assert judged == ["right", "right", "false alarm", "miss"]


def test_every_verdict_follows_from_points_and_label():
    for rng in seeds():
        worked = add_points(rng, 1, {})
        for harmful, row in zip(worked.givens["harmful"], worked.answer, strict=True):
            blocked = row["score"] >= THRESHOLD
            assert row["verdict"] == ("block" if blocked else "pass")
            assert (row["judged"] == "right") == (blocked == (harmful == "yes"))


def test_more_steps_slip_more_often_by_the_formula():
    for rng in seeds():
        worked = agent_steps(rng, 1, {})
        for n, once in zip(worked.givens["steps"], worked.answer, strict=True):
            assert once == pytest.approx(at_least_one(worked.givens["slip"], n), abs=0.0051)


def test_a_slip_in_ten_steps_has_the_documented_chances():
    assert agent_steps(None, 1, {}).answer == (0.41, 0.65, 0.88)


def test_the_price_of_a_filter_is_its_two_published_rates():
    answer = filter_price(None, 1, {}).answer
    assert (answer["price"], answer["refusals"], answer["damage"]) == (474, 190, 237)
    for rng in seeds():
        worked = filter_price(rng, 1, {})
        assert worked.answer["price"] / worked.givens["bill"] == pytest.approx(0.237, abs=1e-3)
        assert worked.answer["refusals"] / worked.givens["requests"] == pytest.approx(0.0038)
