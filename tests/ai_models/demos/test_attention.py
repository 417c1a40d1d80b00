import numpy as np
import pytest

from tests.ai_models.garden import THINGS, WORLD
from workshop.ai_models.demos.attention import Nouns, attention, drawn
from workshop.ai_models.toys.attention import LONGEST, Attention, pairs
from workshop.runs.runner import generator

SENTENCE = ("the", "spade", "near", "the", "baskets")
NOUNS = Nouns(THINGS[:6], WORLD.many[:6])
PAIRED = (NOUNS.one, NOUNS.many)
EVERY = (*NOUNS.one, *NOUNS.many)
SEEDS = range(20)


@pytest.fixture(scope="module")
def runs():
    return [attention.function(world=WORLD, rng=generator(seed, "attention")).facts for seed in SEEDS]


def test_backpropagation_gives_the_slope_that_nudging_each_weight_gives():
    model = Attention.untrained(EVERY, np.random.default_rng(3))
    inputs, targets = model.encoded([SENTENCE, ("today", "the", "hoes", "by", "the", "barrow")]), np.array([0, 1])

    def surprise():
        return -np.log(model.forward(inputs)[0][np.arange(2), targets]).mean()

    for name, slopes in model.gradients(inputs, targets).items():
        values = model.weights[name]
        for place in np.ndindex(values.shape):
            seen, kept = [], values[place]
            for step in (1e-6, -1e-6):
                values[place] = kept + step
                seen.append(surprise())
            values[place] = kept
            assert (seen[0] - seen[1]) / 2e-6 == pytest.approx(slopes[place], abs=1e-7), (name, place)


def test_weights_add_up_to_one_over_the_words_of_each_sentence_alone():
    model = Attention.untrained(EVERY, np.random.default_rng(0))
    short, long = model.looks([SENTENCE, (*SENTENCE, "by", "the", "barrow")])
    assert (len(short), len(long)) == (5, 8)
    assert short.sum() == pytest.approx(1)
    assert long.sum() == pytest.approx(1)


def test_no_sentence_is_longer_than_the_model_has_places_for():
    assert max(map(len, drawn(pairs(*PAIRED), EVERY, 2000, np.random.default_rng(1)))) == LONGEST


def test_the_first_noun_is_the_subject_and_the_last_one_the_nearest():
    sentence = ("today", "the", "hoes", "by", "the", "barrow")
    assert NOUNS.places(sentence) == [2, 5]
    assert NOUNS.fronted(sentence) == ("by", "the", "barrow", "today", "the", "hoes")
    assert len(pairs(*PAIRED)) == (6 * 2) * (5 * 2)
    assert ("ladder", "ladders") not in pairs(*PAIRED)


@pytest.mark.broad
def test_in_every_run_it_finds_the_subject_and_a_flat_average_does_not(runs):
    assert all(run["right"] > 0.95 for run in runs)
    assert all(run["weight"] > 0.5 for run in runs)
    assert all(run["right"] - run["flat"] > 0.2 for run in runs)
    assert all(run["front"] < 0.5 for run in runs)


def test_untrained_every_word_counts_about_the_same_and_the_verb_is_a_guess():
    run = attention.function(world=WORLD, rng=generator(0, "attention"), updates=0).facts
    assert run["weight"] == pytest.approx(1 / 6, abs=0.06)
    assert 0.2 < run["right"] < 0.8


@pytest.mark.broad
def test_a_word_with_most_of_the_weight_is_named_for_each_sentence(runs):
    for run in runs:
        for words, word, share in zip(
            run["cases"]["words"], run["cases"]["most"], run["cases"]["subject"], strict=True
        ):
            assert word in words.split()
            assert 0 <= share <= 1


def test_the_subject_is_after_a_phrase_that_stands_in_front():
    assert NOUNS.subject(SENTENCE) == 1
    assert NOUNS.subject(("near", "the", "baskets", "the", "spade")) == 4


@pytest.mark.broad
def test_a_verb_is_right_if_it_agrees_with_the_subject(runs):
    assert runs[0]["cases"]["verb"] == ("stands", "stand", "stand")
    assert runs[0]["cases"]["hit"] == (True, True, False)


def test_the_weights_of_each_sentence_add_up_to_one_and_are_those_that_are_told():
    found = attention.function(world=WORLD, rng=generator(0, "attention"))
    cases = found.facts["cases"]
    for number, text in enumerate(cases["words"]):
        words, weights = tuple(text.split()), cases["weights"][number]
        assert sum(weights) == pytest.approx(1)
        assert weights[NOUNS.subject(words)] == cases["subject"][number]
        assert words[weights.index(max(weights))] == cases["most"][number]
    assert found.exhibits["weights"].series[0].values == cases["weights"][0]
