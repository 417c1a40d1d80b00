"""The mixture's surprises, measured again by counting in one flat list, and by hand where nothing of a kind was read."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest

from workshop.ai_models.demos.mixture import READINGS, SHARES, mixed, mixture, sums
from workshop.ai_models.parts.grammar import garden_grammar
from workshop.ai_models.parts.web_pages import without_copies


def surprise(read: list[str], texts: list[str], size: int, prior: float = 2.0) -> float:
    """Return bits a word by the textbook's recursion: (times seen + prior x shorter guess) / (times there + prior)."""
    marked = [["<", "<", *text.split(), ">"] for text in read]
    triples = [tuple(words[place - 2 : place + 1]) for words in marked for place in range(2, len(words))]
    bits = []
    for text in texts:
        told = ["<", "<", *text.split(), ">"]
        for place in range(2, len(told)):
            chance = 1 / size
            for length in range(3):
                before = tuple(told[place - length : place])
                there = [t[2] for t in triples if t[2 - length : 2] == before]
                chance = (there.count(told[place]) + prior * chance) / (len(there) + prior)
            bits.append(-log2(chance))
    return float(np.mean(bits))


@pytest.fixture(scope="module", params=[0, 1])
def again(request):
    """What the demo reads for a seed: what is read and what is asked, and (share, texts) of every model."""
    rng, garden, exercises = np.random.default_rng(request.param), garden_grammar(), sums()
    prose = without_copies(garden.sample(rng, 400))
    prose, unseen = prose[:120], [s for s in garden.sample(rng, 300) if s not in set(prose[:120])][:100]
    order = rng.permutation(len(exercises))
    known, asked = [exercises[i] for i in order[15:]], [exercises[i] for i in order[:15]]
    size = len({word for text in (*prose, *unseen, *exercises) for word in text.split()}) + 1
    read = {share: [mixed(share, prose, known, 600, rng) for _ in range(READINGS)] for share in SHARES}
    found = mixture.function(rng=np.random.default_rng(request.param)).facts
    return read, unseen, asked, size, found


def test_the_surprise_of_every_share_is_that_of_counting_in_a_list(again):
    read, unseen, asked, size, found = again
    on_prose, on_sums = (
        [np.mean([surprise(texts, tests, size) for texts in read[share]]) for share in SHARES]
        for tests in (unseen[:10], asked)
    )
    assert list(found["sums_bits"]) == pytest.approx(on_sums, abs=1e-6)
    means = [(p + s) / 2 for p, s in zip(found["prose_bits"], found["sums_bits"], strict=True)]
    assert found["best"]["share"] == SHARES[int(np.argmin(means))]
    assert np.corrcoef(on_prose, list(found["prose_bits"]))[0, 1] > 0.999
