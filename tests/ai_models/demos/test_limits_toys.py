"""Calibration, emergence, bias, probe, never zero."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from tests.ai_models.garden import NOUNS
from workshop.ai_models.demos.bias import TEMPERATURES, bias
from workshop.ai_models.demos.calibration import FRESH, calibration
from workshop.ai_models.demos.emergence import emergence
from workshop.ai_models.demos.never_zero import never_zero
from workshop.ai_models.demos.probe import probe
from workshop.ai_models.toys.bias import sharpened
from workshop.ai_models.toys.calibration import ROOMS, reliability, write_notes
from workshop.ai_models.toys.probe import moved
from workshop.runs.runner import generator


def test_the_reliability_rows_are_scikit_learns():
    rng = np.random.default_rng(0)
    sure = rng.random(3000) * 0.999
    right = rng.random(3000) < sure**2
    shares, means = calibration_curve(right, sure, n_bins=10)
    rows = reliability(sure, right)
    assert [row[3] for row in rows] == pytest.approx(list(shares))
    assert [row[2] for row in rows] == pytest.approx(list(means))


def test_confidence_and_share_right_are_the_same_when_counted_note_by_note(run):
    """The same notes, counted in dictionaries and exact fractions."""
    rng = generator(0, "calibration")
    home = rng.integers(0, ROOMS, (ROOMS, ROOMS))
    read, fresh = (list(zip(*write_notes(home, n, 0.7, rng), strict=True)) for n in (1000, FRESH))
    seen = Counter((tool, day) for tool, day, _ in read)
    stood = Counter(read)
    k, top, every = Fraction(1, 20), [], []
    for tool, day, shed in fresh:
        votes = [stood[tool, day, place] for place in range(ROOMS)]
        said = (max(votes) + k) / (seen[tool, day] + ROOMS * k)
        every.append((said, votes.index(max(votes)) == shed))
        if said >= Fraction(9, 10):
            top.append(every[-1])
    found = run(calibration).facts
    assert len(top) == found["top"]["n"]
    for group, name in ((top, found["top"]), (every, {"said": found["sure"], "right": found["right"]})):
        assert float(sum(said for said, _ in group) / len(group)) == pytest.approx(name["said"])
        assert sum(hit for _, hit in group) / len(group) == pytest.approx(name["right"])


@pytest.mark.parametrize("k", [0.02, 0.05, 0.3])
def test_so_many_notes_that_agree_make_it_ninety_percent_sure_and_no_fewer(run, k):
    notes = run(calibration, k=k).facts["unanimous"]
    said = [(Fraction(n) + Fraction(str(k))) / (n + ROOMS * Fraction(str(k))) for n in (notes - 1, notes)]
    assert said[0] < Fraction(9, 10) <= said[1]


def test_with_very_many_notes_it_is_right_as_often_as_the_world_allows(run):
    found = run(calibration, notes=200_000).facts
    assert found["right"] == pytest.approx(found["ceiling"], abs=0.025)
    assert found["error"] < 0.05


def test_eight_in_a_row_is_the_score_by_word_eight_times_over(run):
    """The words asked about are drawn at random, so the measured share is close to the power."""
    assert run(emergence).facts["power"] < 0.03


def test_the_same_models_score_higher_by_word_at_every_size(run):
    found = run(emergence).facts
    assert all(token >= exact for token, exact in zip(found["token"], found["exact"], strict=True))


@pytest.mark.parametrize("temperature", TEMPERATURES)
def test_the_skew_is_a_softmax_of_log_chances(temperature):
    from scipy.special import softmax

    assert sharpened(0.8, temperature) == pytest.approx(softmax(np.log([0.8, 0.2]) / temperature)[0])


def test_the_documented_skews(run):
    assert run(bias).facts["nurse"][1:] == pytest.approx((0.8, 0.8787, 0.941, 0.996), abs=5e-4)


def test_a_pushed_down_chance_is_never_zero(run):
    chances = run(never_zero).facts["pushed"]["p"]
    assert all(chance > 0 for chance in chances)
    assert list(chances) == sorted(chances, reverse=True)


def test_flattening_leaves_a_coin_toss(run):
    assert np.mean([run(probe, seed).facts["flattened"] for seed in range(6)]) == pytest.approx(0.5, abs=0.15)


def test_every_plural_is_paired_with_its_noun():
    assert all(many == one + "s" for one, many in zip(NOUNS.one, NOUNS.many, strict=True))


def test_moving_once_flattens_and_twice_mirrors():
    rng = np.random.default_rng(0)
    embed, direction = rng.normal(size=(5, 4)), np.array([1.0, 0, 0, 0])
    assert moved(embed, [1, 2], direction, 0.3, 1)[[1, 2], 0] == pytest.approx([0.3, 0.3])
    assert moved(embed, [1, 2], direction, 0.3, 2)[1, 0] == pytest.approx(0.6 - embed[1, 0])
    assert np.array_equal(moved(embed, [1], direction, 0.3, 1)[[0, 2, 3, 4]], embed[[0, 2, 3, 4]])
