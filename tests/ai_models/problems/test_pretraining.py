"""Compares sheets with the run's own table, a die with the counts, and blame with finite differences."""

from pathlib import Path

import numpy as np
import pytest

from workshop.ai_models.demos.trigram import trigram
from workshop.ai_models.problems.pretraining import blame, dice_sentence, next_word, scale_steps
from workshop.ai_models.toys.trigram import Trigram
from workshop.inputs.texts import Rounds, Sentences

DATA = Path(__file__).parents[3] / "slides_src" / "data"
SEEDS = (None, *range(20))


def generator(seed):
    return None if seed is None else np.random.default_rng(seed)


@pytest.fixture(scope="module")
def run():
    return trigram.function(text=Rounds.load(DATA / "rounds.txt"), held_out=Sentences.load(DATA / "held-out.txt"))


def test_the_sheet_says_what_the_slide_says(run):
    worked = next_word(None, 1, run.facts)
    word, votes, p, bits = run.exhibits["counts"].rows[0]
    assert (worked.givens["word"], worked.answer["counts"][0]) == (word, votes)
    assert (worked.answer["p"], worked.answer["bits"]) == (p, bits) == (0.4125, pytest.approx(1.27753, abs=1e-5))
    assert worked.working[1] == "(2 + 1/16) / (4 + 1) = 2.0625 / 5 = 0.4125"
    assert worked.answer["again"]["p"] == pytest.approx((3 + 1 / 16) / 6)
    assert 2 ** -worked.answer["again"]["bits"] == pytest.approx(worked.answer["again"]["p"])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rolled_sentence_follows_the_counts_and_is_new(run, seed):
    worked = dice_sentence(generator(seed), 1, run.facts)
    model = Trigram.untrained(())
    for sentence in worked.givens["lines"]:
        model.read(sentence)
    row = ["<start>", "<start>", *worked.answer["sentence"].split(), "<end>"]
    assert all(model.votes[a, b][c] for a, b, c in zip(row, row[1:], row[2:], strict=False))
    assert worked.answer["new"]
    assert worked.answer["sentence"] not in worked.givens["lines"]
    assert len(worked.working) == len(worked.givens["rolls"].split(", "))
    assert all(1 <= int(roll) <= 6 for roll in worked.givens["rolls"].split(", "))


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("seed", SEEDS)
def test_blame_is_the_slope_of_half_the_squared_error_and_the_step_helps(seed, level):
    worked = blame(generator(seed), level, {})
    x, u, v, target = (worked.givens[name] for name in ("x", "u", "v", "target"))

    def loss(u: float, v: float) -> float:
        return (x * u * v - target) ** 2 / 2

    step = 1e-6
    assert worked.answer["du"] == pytest.approx((loss(u + step, v) - loss(u - step, v)) / (2 * step), abs=1e-6)
    assert worked.answer["dv"] == pytest.approx((loss(u, v + step) - loss(u, v - step)) / (2 * step), abs=1e-6)
    assert abs(worked.answer["new_error"]) < abs(worked.answer["error"])


def test_three_steps_of_the_scaling_law_save_less_and_less():
    for seed in range(6):
        worked = scale_steps(np.random.default_rng(seed), 1, {})
        saved = [worked.answer["saved"][str(step)] for step in (1, 2, 3)]
        assert saved == sorted(saved, reverse=True)
        assert worked.answer["losses"]["3"] == pytest.approx(worked.givens["loss"] * 10 ** (-0.076 * 3), rel=0.01)


def test_four_steps_of_ten_times_bring_the_loss_to_half():
    assert scale_steps(None, 1, {}).answer["half"] == 4
