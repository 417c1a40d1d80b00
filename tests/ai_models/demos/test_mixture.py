"""The mixture's surprises, measured again with counts of whole stretches of words."""

from __future__ import annotations

import re
from collections import Counter
from math import log2

import numpy as np
import pytest

from tests.ai_models.garden import GRAMMAR, WORLD
from workshop.ai_models.demos.mixture import READINGS, SHARES, SUMS, mixture
from workshop.ai_models.toys.cleaning import without_copies
from workshop.ai_models.toys.mixture import NUMBERS, mixed


def surprise(read: list[str], texts: list[str], size: int, prior: float = 2.0) -> float:
    """Return bits per word by the textbook's recursion: (times seen + prior x shorter guess) / (times there + prior)."""

    def stretches(sentences: list[str]) -> list[tuple[str, str, str]]:
        marked = [["<", "<", *sentence.split(), ">"] for sentence in sentences]
        return [tuple(words[i - 2 : i + 1]) for words in marked for i in range(2, len(words))]

    seen = Counter(stretch[2 - n :] for stretch in stretches(read) for n in range(3))
    there = Counter(stretch[2 - n : 2] for stretch in stretches(read) for n in range(3))
    bits = []
    for stretch in stretches(texts):
        chance = 1 / size
        for n in range(3):
            chance = (seen[stretch[2 - n :]] + prior * chance) / (there[stretch[2 - n : 2]] + prior)
        bits.append(-log2(chance))
    return float(np.mean(bits))


@pytest.fixture(scope="module", params=[0, 1])
def again(request):
    """Return the demo's texts for a seed: those read and those asked about, and (share, texts) of every model."""
    rng, garden = np.random.default_rng(request.param), GRAMMAR
    prose = without_copies(garden.sample(rng, 400))
    prose, unseen = prose[:120], [s for s in garden.sample(rng, 300) if s not in set(prose[:120])][:100]
    order = rng.permutation(len(SUMS))
    known, asked = [SUMS[i] for i in order[15:]], [SUMS[i] for i in order[:15]]
    size = len({word for text in (*prose, *unseen, *SUMS) for word in text.split()}) + 1
    read = {share: [mixed(share, prose, known, 600, rng) for _ in range(READINGS)] for share in SHARES}
    found = mixture.function(world=WORLD, rng=np.random.default_rng(request.param))
    return read, unseen, asked, size, found


def test_the_surprise_of_every_share_is_that_of_counting_stretches_of_words(again):
    read, unseen, asked, size, found = again
    on_prose, on_sums = (
        [np.mean([surprise(texts, tests, size) for texts in read[share]]) for share in SHARES]
        for tests in (unseen, asked)
    )
    found = found.facts
    assert list(found["prose_bits"]) == pytest.approx(on_prose)
    assert list(found["sums_bits"]) == pytest.approx(on_sums)
    means = [(p + s) / 2 for p, s in zip(on_prose, on_sums, strict=True)]
    assert found["best"]["share"] == SHARES[means.index(min(means))]
    assert found["best"]["mean"] == pytest.approx(min(means))
    assert list(found["among"]["sums"]) == pytest.approx(2 ** np.array(on_sums))


def test_what_each_model_writes_has_only_words_that_it_may_know_and_its_sums_are_judged_by_adding(again):
    read, unseen, _, _, found = again
    known = {
        word
        for text in (*unseen, *SUMS, *(t for texts in read.values() for one in texts for t in one))
        for word in text.split()
    }
    kinds = []
    for at in range(len(SHARES)):
        rows = found.exhibits[f"written_{at}"].rows
        assert {word for text, _ in rows for word in text.split()} <= known
        for text, kind in rows:
            sums = re.fullmatch(r"(\w+) plus (\w+) is (\w+)", text)
            right = sums and NUMBERS.index(sums[1]) + NUMBERS.index(sums[2]) == NUMBERS.index(sums[3])
            assert kind == ("right" if right else "wrong" if " plus " in text else "–")
        kinds.append([kind for _, kind in rows])
    assert set(kinds[0]) == {"–"}  # without sums it writes none
    assert any(kind != "–" for kind in kinds[-1])
