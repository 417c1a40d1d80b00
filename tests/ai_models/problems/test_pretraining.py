"""Compares sheets with the run's own table, a die with the counts, and blame with finite differences."""

from itertools import count

import numpy as np
import pytest
from scipy.special import softmax

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.trigram import trigram
from workshop.ai_models.parts.next_words import rolls
from workshop.ai_models.problems.pretraining import (
    blame,
    exponent,
    next_word,
    sharpen,
    softmax_two,
    train_table,
)

SEEDS = (None, *range(20))


def generator(seed):
    return None if seed is None else np.random.default_rng(seed)


@pytest.fixture(scope="module")
def run():
    return trigram.function(world=WORLD, rng=np.random.default_rng(0))


def test_the_sheet_says_what_the_slide_says(run):
    worked = next_word(None, 1, run.facts)
    word, votes, p, bits = run.exhibits["counts"].rows[0]
    assert (worked.givens["word"], worked.answer["counts"][0]) == (word, votes)
    assert (worked.answer["p"], worked.answer["bits"]) == (p, bits) == (0.4125, pytest.approx(1.27753, abs=1e-5))
    assert worked.working[1] == "(2 + 1/16) / (4 + 1) = 2.0625 / 5 = 0.4125"
    assert worked.answer["again"]["p"] == pytest.approx((3 + 1 / 16) / 6)
    assert 2 ** -worked.answer["again"]["bits"] == pytest.approx(worked.answer["again"]["p"])


def printed_faces(worked):
    """Return the words before a roll, as printed -> the word on each of the six faces; "roll again" where it says so."""
    found = {}
    for after, row in zip(worked.givens["after"], worked.answer["faces"], strict=True):
        faces = {}
        for part in row.split(", "):
            numbers, _, word = part.partition(" ")
            first, _, last = numbers.partition("–")
            faces |= dict.fromkeys(range(int(first), int(last or first) + 1), word)
        found[after] = [faces[n] for n in range(1, 7)]
    return found


def write(faces, follows, digits):
    """Return a sentence written as the page says, from printed digits."""
    row = []
    while True:
        after = " ".join(["(start)", "(start)", *row][-2:])
        word = follows.get(after) or "roll again"
        while word == "roll again":
            word = faces[after][int(next(digits)) - 1]
        if word == ".":
            return " ".join(row)
        row.append(word)


def follows_alone(worked):
    """Return what follows in every sentence that is printed, where only one word does."""
    found = {}
    for sentence in worked.givens["lines"]:
        row = ["(start)", "(start)", *sentence.split(), "."]
        for a, b, c in zip(row, row[1:], row[2:], strict=False):
            found.setdefault(f"{a} {b}", set()).add(c)
    return {pair: words.pop() for pair, words in found.items() if len(words) == 1}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sentence_of_the_key_is_what_the_printed_faces_and_digits_write_and_it_is_new(run, seed):
    worked = train_table(generator(seed), 1, run.facts)
    digits = [row.replace(" ", "") for row in worked.givens["digits"]]
    assert [len(row) for row in digits] == [6] * 10
    at = worked.answer["column"]
    rolls = iter("".join(digits[at:] + digits[:at]))
    assert write(printed_faces(worked), follows_alone(worked), rolls) == worked.answer["sentence"]
    assert worked.answer["sentence"] not in worked.givens["lines"]


def test_the_boxes_and_the_faces_are_those_of_round_one(run):
    worked = train_table(None, 1, run.facts)
    assert worked.givens["after"] == ("(start) (start)", "(start) the", "the spade", "by the")
    assert worked.givens["boxes"][3] == "fence □□□□   pond □□□□   bench □□□□"
    assert worked.answer["boxes"] == (
        "the ■■■□   a ■□□□",
        "spade ■■□   rake ■□□",
        "stood ■□   lay ■□",
        "fence ■■□□   pond ■□□□   bench ■□□□",
    )
    assert worked.answer["faces"][0] == "1–3 the, 4 a, 5–6 roll again"


def test_a_table_of_four_expects_two_and_a_half_new_sentences_and_nearly_every_table_has_one(run):
    answer = train_table(None, 1, run.facts).answer
    assert (answer["different"], answer["read"], answer["new"]) == (12, 4, 2.5)
    assert answer["least"] == pytest.approx(1 - (3 / 8) ** 4)


def test_of_ten_thousand_sentences_from_printed_digits_five_in_eight_were_never_read(run):
    worked = train_table(None, 1, run.facts)
    faces, follows, new = printed_faces(worked), follows_alone(worked), 0
    for seed in range(10):
        stream = np.random.default_rng(seed)
        digits = (digit for _ in count() for row in rolls(stream) for digit in row)
        new += sum(write(faces, follows, digits) not in worked.givens["lines"] for _ in range(1000))
    assert new / 10_000 == pytest.approx(0.625, abs=0.015)


def test_the_printed_digits_are_the_first_that_the_seed_of_the_run_gives(run):
    assert list(run.facts["first"]["digits"]) == rolls(np.random.default_rng(0))


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


SEEDS_LANGUAGE = (None, *range(12))


def test_the_standard_answers_are_those_of_the_table_of_demos():
    assert softmax_two(None, 1, {}).answer["first"] == pytest.approx(0.731, abs=5e-4)
    assert list(sharpen(None, 1, {}).answer["shares"]) == pytest.approx([0.685, 0.247, 0.062, 0.007], abs=5e-4)
    assert exponent(None, 1, {}).answer["exponent"] == pytest.approx(0.5)


@pytest.mark.parametrize("seed", SEEDS_LANGUAGE)
def test_softmax_and_temperature_are_scipys(seed):
    worked = softmax_two(generator(seed), 1, {})
    assert [worked.answer["first"], worked.answer["second"]] == pytest.approx(list(softmax(worked.givens["scores"])))
    worked = sharpen(generator(seed), 1, {})
    expected = softmax(np.log(worked.givens["shares"]) / 0.5)
    assert list(worked.answer["shares"]) == pytest.approx(list(expected))


@pytest.mark.parametrize("seed", SEEDS_LANGUAGE)
def test_the_exponent_leads_from_one_point_to_the_other(seed):
    worked = exponent(generator(seed), 1, {})
    small, large = worked.givens["small"], worked.givens["large"]
    factor = (small["size"] / large["size"]) ** worked.answer["exponent"]
    assert small["excess"] * factor == pytest.approx(large["excess"])


@pytest.mark.parametrize("seed", SEEDS_LANGUAGE)
def test_a_score_that_is_much_lower_is_rare_but_never_zero(seed):
    worked = softmax_two(generator(seed), 1, {})
    first, second = worked.givens["scores"]
    assert worked.answer["rare"] == pytest.approx(1e6 * softmax([first, second - worked.givens["lower"]])[1])
    assert worked.answer["rare"] > 0


def test_four_published_steps_of_ten_times_are_the_first_to_halve_the_loss():
    worked = exponent(None, 1, {}).answer
    assert worked["steps"] == 4
    assert 10 ** (-0.076 * worked["half"]) == pytest.approx(0.5)
