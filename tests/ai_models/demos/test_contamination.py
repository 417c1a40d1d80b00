"""Answers the leaked test again by comparing texts from their end, and repeats its detector by searching for substrings."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile

import numpy as np
import pytest

from workshop.ai_models.demos.contamination import RUNS, TESTED, contamination
from workshop.ai_models.toys.contamination import SUMS
from workshop.runs.runner import generator


def recalled(prompt: str, text: list[str]) -> str:
    """Return the most frequent answer among the sums that share the longest end with the prompt; ties go to the first in the alphabet."""
    asked = prompt.split()[::-1]
    common = {
        read: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(asked, read.split()[-2::-1], strict=False)))
        for read in text
    }
    votes = Counter(read.split()[-1] for read in text if common[read] == max(common.values()))
    return min(votes, key=lambda answer: (-votes[answer], answer))


@pytest.mark.parametrize("leaked", [1, 10, 20])
@pytest.mark.parametrize("seed", range(4))
def test_all_scores_are_those_of_a_search_for_the_longest_common_end(run, seed, leaked):
    order = [SUMS[i] for i in generator(seed, contamination.name).permutation(len(SUMS))]
    test, text = order[:TESTED], order[TESTED:] + order[:leaked]
    right = [recalled(total.rpartition(" ")[0], text) == total.rpartition(" ")[2] for total in test]
    found = run(contamination, seed=seed, leaked=leaked).facts
    assert found["all"] == pytest.approx(np.mean(right))
    assert found["recited"] == pytest.approx(np.mean(right[:leaked]))
    assert found["clean"] == pytest.approx(np.mean(right[leaked:]))
    for name, n in RUNS.items():
        padded = [f" {read} " for read in text]
        flagged = [
            place
            for place, total in enumerate(test)
            if any(f" {' '.join(total.split()[i : i + n])} " in read for read in padded for i in range(6 - n))
        ]
        got = found["detector"][name]
        assert got["flagged"] == len(flagged)
        assert got["found"] == pytest.approx(sum(place < leaked for place in flagged) / leaked)
        assert got["true"] == pytest.approx(sum(place < leaked for place in flagged) / len(flagged) if flagged else 0)
