"""Temperature on the counts of the kit's own rounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax
from scipy.stats import entropy as scipy_entropy

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.temperature import temperature
from workshop.ai_models.toys.bias import sharpened as of_two
from workshop.ai_models.toys.temperature import entropy, sharpened
from workshop.expressions import Evaluator

ROUNDS = WORLD.rounds()
FOUR = (0.5, 0.3, 0.15, 0.05)


def facts(seed=0, **knobs):
    return temperature.function(world=WORLD, text=ROUNDS, rng=np.random.default_rng(seed), **knobs).facts


@pytest.mark.parametrize("seed", range(20))
def test_every_claim_holds_for_every_seed(seed):
    found = facts(seed)
    for claim in temperature.claims.values():
        assert Evaluator(found).claim(claim), claim


@pytest.mark.parametrize("heat", [0.25, 0.5, 1, 2, 5])
def test_the_shares_are_a_softmax_of_the_logarithms(heat):
    assert sharpened(FOUR, heat) == pytest.approx(list(softmax(np.log(FOUR) / heat)))
    assert entropy(FOUR) == pytest.approx(scipy_entropy(FOUR, base=2))


@given(st.floats(0.01, 0.99), st.floats(0.2, 5))
def test_two_words_sharpen_as_in_the_demo_of_bias(p, heat):
    assert sharpened([p, 1 - p], heat)[0] == pytest.approx(of_two(p, heat))


@pytest.mark.parametrize("heat", [0.1, 0.7, 1.0, 1.5, 4.0])
def test_the_knob_is_one_of_the_three_temperatures(heat):
    found = facts(temperature=heat)
    assert heat in (found["low"], 1.0, found["high"])
    assert found["low"] < 1 < found["high"]


def test_the_riddle_is_of_the_lowest_temperature_and_five_sentences_of_the_one_turned_to():
    made = temperature.function(world=WORLD, text=ROUNDS, rng=np.random.default_rng(0), temperature=3.0)
    assert made.facts["riddle"]["heat"] == made.facts["low"] == 0.5
    assert len(made.exhibits["five"].rows) == 5
    assert made.exhibits["five"].rows[0][0] == made.facts["turned"]["sentence"]
