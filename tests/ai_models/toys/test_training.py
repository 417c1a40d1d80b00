from __future__ import annotations

import numpy as np
import pytest
from scipy.special import log_softmax

from workshop.ai_models.toys.fine_tuning import continue_text
from workshop.ai_models.toys.neural import END, START, TinyLM
from workshop.ai_models.toys.training import train, windows


@pytest.fixture
def model() -> TinyLM:
    return TinyLM.untrained(["hen", "frog", "eats"], 2, np.random.default_rng(0), embedding=3, hidden=4)


def test_every_gradient_agrees_with_finite_differences(model: TinyLM) -> None:
    inputs, targets = windows([["hen", "eats", "frog"], ["frog", "eats"]], model)
    slopes = model.gradients(inputs, targets)
    step = 1e-5
    for name, values in model.weights.items():
        for place in np.ndindex(values.shape):
            kept = values[place]
            values[place] = kept + step
            above = model.bits(inputs, targets)
            values[place] = kept - step
            below = model.bits(inputs, targets)
            values[place] = kept
            measured = (above - below) / (2 * step) * np.log(2)  # bits to nats
            assert slopes[name][place] == pytest.approx(measured, abs=1e-8), (name, place)


def test_the_surprise_is_that_of_a_softmax(model: TinyLM) -> None:
    inputs, targets = windows([["hen", "eats"]], model)
    _, hidden, _ = model.forward(inputs)
    logs = log_softmax(hidden @ model.weights["guess"] + model.weights["guess_bias"], axis=1)
    assert model.bits(inputs, targets) == pytest.approx(-logs[np.arange(len(targets)), targets].mean() / np.log(2))


def test_a_window_begins_with_start_marks_and_ends_with_the_end_mark(model: TinyLM) -> None:
    inputs, targets = windows([["hen"]], model)
    names = [[model.vocabulary[i] for i in row] for row in inputs]
    assert names == [[START, START], [START, "hen"]]
    assert [model.vocabulary[i] for i in targets] == ["hen", END]


def test_a_copy_is_trained_without_touching_the_original(model: TinyLM) -> None:
    before = model.weights["embed"].copy()
    other = model.copy()
    train(other, *windows([["hen"]], model), steps=3, rate=0.1, rng=np.random.default_rng(0), batch=2)
    assert np.array_equal(model.weights["embed"], before)
    assert not np.array_equal(other.weights["embed"], before)


def test_what_was_learnt_is_continued(model: TinyLM) -> None:
    inputs, targets = windows([["hen", "eats", "frog"]], model)
    train(model, inputs, targets, steps=200, rate=0.05, rng=np.random.default_rng(0), batch=8)
    assert continue_text(model, ["hen"], 3, 5, np.random.default_rng(1)) == [["eats", "frog"]] * 3


def test_watching_sees_every_step_from_none_to_all(model: TinyLM) -> None:
    seen: list[int] = []
    inputs, targets = windows([["hen"]], model)
    train(model, inputs, targets, steps=3, rate=0.1, rng=np.random.default_rng(0), watch=seen.append)
    assert seen == [0, 1, 2, 3]


def test_the_size_counts_every_weight(model: TinyLM) -> None:
    assert model.size == 5 * 3 + 6 * 4 + 4 + 4 * 5 + 5
