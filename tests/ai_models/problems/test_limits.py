from fractions import Fraction

import numpy as np
import pytest

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.hallucination import hallucination
from workshop.ai_models.parts.handed_in import Facts
from workshop.ai_models.problems.evals import false_shares, guess_or_pass, never_zero, reliability
from workshop.ai_models.toys.calibration import reliability as rows_of
from workshop.ai_models.toys.hallucination import chance_true

KINDS = WORLD.facts()[::8]
READ = {"kinds": KINDS}


def seeds():
    return [None, *(np.random.default_rng(seed) for seed in range(25))]


def test_the_paper_fractions_are_the_charts_fractions(run):
    paper, chart = false_shares(None, 1, READ).answer, run(hallucination).facts["wrong"]
    for name in ("two", "three", "four", "five"):
        assert paper[name] == pytest.approx(chart[name])


def test_every_paper_answer_is_counted_by_the_model():
    """The demo's own model reads a world of the printed kinds, as large as the sheet says."""
    for rng in seeds():
        worked = false_shares(rng, 1, READ)
        each = worked.givens["each"]
        sentences = []
        for kind, sentence in enumerate(KINDS):
            first, *middle, last = sentence.split()
            sentences += [" ".join([f"{first}{i}", *middle, f"{last}{kind}{i}"]) for i in range(each)]
        facts = tuple(sentences)
        for name, context in (("two", 2), ("three", 3), ("four", 4), ("five", 5)):
            assert worked.answer[name] == pytest.approx(float(1 - chance_true(facts, context)))


def test_the_printed_sentences_are_in_the_kits_facts():
    facts = Facts(WORLD.facts())
    assert set(KINDS) <= set(facts.sentences)


def test_the_number_of_words_before_the_last_says_what_is_certain():
    found = false_shares(None, 1, READ).givens
    assert found["sentences"] == KINDS
    assert found["before"] == tuple(len(sentence.split()) - 1 for sentence in KINDS)


def test_once_in_a_thousand_a_thousand_times():
    worked = never_zero(None, 1, {})
    assert worked.answer["at_least_one"] == pytest.approx(0.632, abs=5e-4)
    assert worked.answer["at_least_one"] == pytest.approx(float(1 - Fraction(999, 1000) ** 1000))


def test_the_mean_gap_is_the_demos_calibration_error():
    for rng in seeds():
        worked = reliability(rng, 1, {})
        given = worked.givens
        sure = np.repeat(np.array(given["sure"]) + 1e-9, given["each"])
        right = np.concatenate([np.arange(given["each"]) < r for r in given["right"]])
        error = sum(n * abs(said - hit) for _, n, said, hit in rows_of(sure, right)) / len(sure)
        assert worked.answer["error"] == pytest.approx(error, abs=1e-6)


def test_a_guess_pays_exactly_above_the_least_confidence():
    assert guess_or_pass(None, 1, {}).answer["choices"] == ("guess", "guess", "pass")
    for rng in seeds():
        worked = guess_or_pass(rng, 1, {})
        sure = Fraction(str(worked.givens["sure"]))
        for penalty, gain, choice, least in zip(
            worked.givens["penalties"], *(worked.answer[k] for k in ("gains", "choices", "least")), strict=True
        ):
            assert gain == pytest.approx(float(sure - (1 - sure) * penalty))
            assert (choice == "guess") == (sure > least)
