"""A real network, its loss, its floor and its blame."""

import math

import numpy as np
import pytest
from scipy.special import softmax as scipy_softmax

from tests.ai_models.garden import GRAMMAR, WORLD
from workshop.ai_models.demos.neural import neural
from workshop.ai_models.toys.neural import TinyLM, softmax
from workshop.ai_models.toys.training import nudged, windows
from workshop.inputs.spelling import words
from workshop.runs.runner import generator


def test_with_the_kits_own_seed_it_is_within_a_twentieth_of_a_bit():
    assert neural.function(world=WORLD, rng=generator(0, neural.name)).facts["gap"] < 0.05


def test_softmax_is_scipys():
    scores = [2.0, 1.0, -3.0, 0.5]
    assert softmax(scores) == pytest.approx(list(scipy_softmax(scores)))


def test_the_floor_is_that_of_someone_who_knows_the_grammar(run):
    found = run(neural).facts
    garden = GRAMMAR
    whole = -sum(p * math.log2(p) for p in garden.probabilities)
    length = sum(p * (len(words(s)) + 1) for s, p in zip(garden.sentences, garden.probabilities, strict=True))
    assert found["floor"] == pytest.approx(whole / length, abs=0.1)


def test_a_network_of_two_units_stays_far_above_the_floor(run):
    assert run(neural, width=2).facts["gap"] > 0.3


def test_nudging_leaves_every_weight_as_it_was():
    model = TinyLM.untrained(["hen", "eats"], 2, np.random.default_rng(0))
    before = model.copy().weights
    nudged(model, *windows([["hen", "eats"]], model))
    assert all(np.array_equal(before[name], values) for name, values in model.weights.items())


def test_the_table_shows_one_weight_of_each_part(run):
    rows = run(neural).exhibits["blame"].rows
    assert [row[0] for row in rows] == ["embed", "mix", "mix bias", "guess", "guess bias"]
    assert all(row[2] == row[3] for row in rows)
