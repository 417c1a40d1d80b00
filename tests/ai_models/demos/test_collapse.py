"""Compares lines of models with the exact chance of every sentence, and with a writer that picks from lists."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from tests.ai_models.garden import GRAMMAR, WORLD
from workshop.ai_models.demos.collapse import SHARP, SLOTS, collapse
from workshop.ai_models.toys.collapse import SENTENCES, lineage, survivors
from workshop.ai_models.toys.grammar import grammar

SEEDS = 8
Follows = dict[tuple[str, str], list[str]]


def followers(read: list[str]) -> Follows:
    """Return, for each pair of words, every next word, repeated as often as it occurred; "" before the first, "." last."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for sentence in read:
        words = ["", "", *sentence.split(), "."]
        for place in range(2, len(words)):
            found[words[place - 2], words[place - 1]].append(words[place])
    return dict(found)


def chances(read: list[str], temperature: float) -> dict[str, float]:
    """Return every sentence that a model of ``read`` can write, with its exact chance; those below one in ten million are left out."""
    follows, done, open_ = followers(read), defaultdict(float), [(("", ""), 1.0)]
    while open_:
        words, chance = open_.pop()
        options = follows[words[-2], words[-1]]
        weight = {word: options.count(word) ** (1 / temperature) for word in set(options)}
        for word, w in weight.items():
            p = chance * w / sum(weight.values())
            if word == ".":
                done[" ".join(words[2:])] += p
            elif p > 1e-7:  # "in the greenhouse" can follow itself any number of times
                open_.append(((*words, word), p))
    return dict(done)


@pytest.mark.parametrize("temperature", [1, SHARP])
def test_one_generation_keeps_as_many_sentences_as_the_exact_chances_say(temperature):
    """A sentence of chance p is among n drawn with chance 1 - (1 - p)^n; distinct ones add up."""
    real = GRAMMAR.sample(np.random.default_rng(0), SENTENCES)
    exact = np.array(list(chances(real, temperature).values()))
    assert exact.sum() == pytest.approx(1, abs=1e-3)
    expected = (1 - (1 - exact) ** SENTENCES).sum()
    drawn = [len({*lineage(real, 1, temperature, 0, np.random.default_rng(seed))[1]}) for seed in range(40)]
    assert abs(np.mean(drawn) - expected) < 4 * np.std(drawn) / len(drawn) ** 0.5


def picked_line(real: list[str], generations: int, kept: float, rng: np.random.Generator) -> int:
    """Return the distinct sentences of the last generation of a writer that picks the next word out of a list."""
    reading = real
    for _ in range(generations):
        follows = followers(reading)
        own = []
        for _ in range(SENTENCES - round(kept * SENTENCES)):
            words = ["", ""]
            while words[-1] != ".":
                options = follows[words[-2], words[-1]]
                words.append(options[rng.integers(len(options))])
            own.append(" ".join(words[2:-1]))
        reading = own + [real[i] for i in rng.permutation(len(real))[: SENTENCES - len(own)]]
    return len(set(reading))


@pytest.mark.long
def test_the_headline_is_that_of_a_writer_that_picks_from_lists():
    """Over many seeds both writers end with the same number of different sentences, on average."""
    ends = defaultdict(list)
    for seed in range(SEEDS):
        found = collapse.function(world=WORLD, rng=np.random.default_rng(seed)).facts
        rng = np.random.default_rng(1000 + seed)
        real = grammar(WORLD.grammar()[:SLOTS]).sample(rng, SENTENCES)
        for line, kept in (("own", 0), ("mixed", found["kept"])):
            ends[line].append((found[line]["last"], picked_line(real, found["generations"], kept, rng)))
    for line, pairs in ends.items():
        demo, oracle = np.array(pairs).T
        error = ((demo.var(ddof=1) + oracle.var(ddof=1)) / SEEDS) ** 0.5
        assert abs(demo.mean() - oracle.mean()) < 3.5 * error, line
    assert np.mean([oracle for _, oracle in ends["own"]]) < np.mean([oracle for _, oracle in ends["mixed"]])


def test_a_share_survives_of_what_was_read_so_often():
    readings = [["a", "b", "b", "c", "c", "c", "c"], ["a", "c"], ["c", "d"]]
    assert survivors(readings, 1, 1) == 0
    assert survivors(readings, 2, 3) == 0
    assert survivors(readings, 4, 9) == 1
    assert survivors(readings[:2], 1, 3) == 0.5


def test_real_text_is_kept_without_taking_a_sentence_twice():
    real = [str(number) for number in range(SENTENCES)]
    readings = lineage(real, 3, 1, 0.25, np.random.default_rng(0))
    for reading in readings[1:]:
        again = reading[: SENTENCES // 4]
        assert len({*again}) == len(again) == SENTENCES // 4


def test_what_was_read_once_survives_less_than_what_was_read_often_whatever_is_kept():
    for seed in range(20):
        for kept in (0, 0.1, 0.5):
            rng = np.random.default_rng(seed)
            readings = lineage(grammar(WORLD.grammar()[:SLOTS]).sample(rng, SENTENCES), 10, 1, kept, rng)
            assert survivors(readings, 1, 1) < survivors(readings, 4, SENTENCES)
