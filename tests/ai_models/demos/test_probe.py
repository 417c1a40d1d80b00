"""Compares the direction for "more than one" with a scikit-learn probe, and its reversal with swapped embeddings."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from tests.ai_models.garden import NOUNS
from workshop.ai_models.demos.probe import probe
from workshop.ai_models.toys.neural import START, TinyLM
from workshop.ai_models.toys.probe import READ_FROM, STAND, STANDS, WINDOW, sentences
from workshop.ai_models.toys.training import train, windows
from workshop.runs.runner import generator

SEEDS = range(3)
ONE, MANY, NEAR = NOUNS.one, NOUNS.many, NOUNS.near


def agreeing(model: TinyLM, embed: np.ndarray) -> float:
    """Return the share of agreeing verbs, one sentence and one product of matrices at a time."""
    w, agrees = model.weights, []
    for nouns, right, wrong in ((ONE, STANDS, STAND), (MANY, STAND, STANDS)):
        for noun in nouns:
            for near in NEAR:
                words = ([START] * WINDOW + ["the", noun, "near", "the", near])[-WINDOW:]
                joined = np.concatenate([embed[model.vocabulary.index(word)] for word in words])
                scores = w["guess"].T @ np.tanh(w["mix"].T @ joined + w["mix_bias"]) + w["guess_bias"]
                odds = np.exp(scores)
                for_right, for_wrong = (sum(odds[model.vocabulary.index(v)] for v in verbs) for verbs in (right, wrong))
                agrees.append(for_right > for_wrong)
    return float(np.mean(agrees))


@pytest.fixture(scope="module", params=SEEDS)
def trained(request, run):
    """A seed's model, trained as the demo trains it, and what the demo found."""
    rng = generator(request.param, "probe")
    words = [*ONE, *MANY, *NEAR, *STANDS, *STAND, "the", "near"]
    model = TinyLM.untrained(words, WINDOW, rng, embedding=6, hidden=16)
    train(model, *windows(sentences(NOUNS, rng, 1500), model), steps=600, rate=0.02, rng=rng)
    return model, run(probe, seed=request.param).facts


def test_the_verbs_agree_as_often_as_counted_one_by_one_as_trained_and_flattened(trained):
    model, found = trained
    embed = model.weights["embed"]
    assert found["intact"] == pytest.approx(agreeing(model, embed))
    one, many = embed[model.encode(ONE[:READ_FROM])], embed[model.encode(MANY[:READ_FROM])]
    direction = many.mean(axis=0) - one.mean(axis=0)
    flat, nouns = embed.copy(), model.encode(ONE + MANY)
    for noun in nouns:  # each noun's projection on the direction becomes that of the middle
        shadow = (embed[noun] - (one.mean(axis=0) + many.mean(axis=0)) / 2) @ direction / (direction @ direction)
        flat[noun] -= shadow * direction
    assert found["flattened"] == pytest.approx(agreeing(model, flat))


def test_turning_round_does_what_swapping_each_noun_with_its_plural_does(trained):
    """With swapped embeddings every verb agrees with the other form: one minus the share as trained, exactly."""
    model, found = trained
    swapped = model.weights["embed"].copy()
    one, many = model.encode(ONE), model.encode(MANY)
    swapped[one], swapped[many] = model.weights["embed"][many], model.weights["embed"][one]
    assert agreeing(model, swapped) == pytest.approx(1 - found["intact"])
    assert found["flipped"] == pytest.approx(agreeing(model, swapped), abs=0.05)


def test_a_logistic_probe_of_all_nouns_finds_a_direction_that_reverses_the_verb_too(trained):
    model, found = trained
    embed = model.weights["embed"]
    nouns = model.encode(ONE + MANY)
    plural = np.array([0] * len(ONE) + [1] * len(MANY))
    fitted = LogisticRegression(C=10).fit(embed[nouns], plural)
    direction = fitted.coef_[0] / np.linalg.norm(fitted.coef_[0])
    middle = -fitted.intercept_[0] / np.linalg.norm(fitted.coef_[0])
    mirrored = embed.copy()
    mirrored[nouns] -= 2 * np.outer(embed[nouns] @ direction - middle, direction)
    assert fitted.score(embed[nouns], plural) == 1
    assert agreeing(model, mirrored) < 0.05
    assert found["probed"] > 0.9


def test_with_the_direction_turned_round_the_sentence_itself_goes_wrong(trained):
    _, found = trained
    said = {name: [text.split()[-1] for text in found["said"][name].split(", ")] for name in ("intact", "flipped")}
    many, one = said["intact"]
    assert (many in STAND, one in STANDS) == (True, True)
    many, one = said["flipped"]
    assert (many in STANDS, one in STAND) == (True, True)
