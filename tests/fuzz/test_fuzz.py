"""Tests that kits and talks from a grammar are built, or refused with sentences; nothing else may happen."""

import pytest

from tests.fuzz.case import CASES, Case
from tests.fuzz.grammar import case_of
from tests.fuzz.trial import Fate, tried

pytestmark = pytest.mark.long

SEEDS, BLOCK = 160, 20
AUDITED = 20  # one in so many is validated
KEPT = sorted(CASES.glob("*.json"))


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_whatever_is_in_a_kit_it_is_built_or_refused_with_sentences(tmp_path, cache, first):
    fates = []
    for seed in range(first, first + BLOCK):
        folder = tmp_path / str(seed)
        folder.mkdir()
        outcome = tried(case_of(seed), folder, cache, audit=seed % AUDITED == 0)
        assert outcome.fate is not Fate.FAILED, f"seed {seed}: {outcome.kind}\n{outcome.why}"
        fates.append(outcome.fate)
    assert set(fates) == {Fate.BUILT, Fate.REFUSED}


def test_a_seed_always_gives_the_same_case():
    assert [case_of(seed) for seed in range(20)] == [case_of(seed) for seed in range(20)]


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_what_failed_once_is_built_or_refused_now(tmp_path, cache, path):
    outcome = tried(Case.load(path), tmp_path, cache)
    assert outcome.fate is not Fate.FAILED, f"{outcome.kind}\n{outcome.why}"
