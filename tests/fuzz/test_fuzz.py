"""Tests that kits and talks from a grammar are built, or refused with sentences; nothing else may happen."""

import os
import subprocess
import sys

import pytest

from tests.fuzz.case import CASES, Case
from tests.fuzz.grammar import case_of
from tests.fuzz.templates import template_case
from tests.fuzz.tools import tool_case
from tests.fuzz.trial import Fate, tried
from tests.tiers import few

pytestmark = pytest.mark.long

SEEDS, BLOCK = 160, 20
IN_CI = (0, 20)  # the blocks of seeds that CI tries
AUDITED = 20  # one in so many is validated
PRINT_CASES = "from tests.fuzz.seeds import made\nfor seed in range({}): print(made('source', seed), made('template', seed), made('tool', seed))"
KEPT = sorted(CASES.glob("*.json"))


@pytest.mark.parametrize("first", few(range(0, SEEDS, BLOCK), ci=IN_CI))
def test_whatever_is_in_a_kit_it_is_built_or_refused_with_sentences(tmp_path, cache, first):
    fates = []
    for seed in range(first, first + BLOCK):
        folder = tmp_path / str(seed)
        folder.mkdir()
        outcome = tried(case_of(seed), folder, cache, audit=seed % AUDITED == 0)
        assert outcome.fate is not Fate.FAILED, f"seed {seed}: {outcome.kind}\n{outcome.why}"
        fates.append(outcome.fate)
    assert set(fates) == {Fate.BUILT, Fate.REFUSED}


@pytest.mark.parametrize("first", few(range(0, SEEDS, BLOCK), ci=IN_CI))
def test_whatever_is_wrong_in_a_template_the_deck_is_valid_or_it_is_refused_with_a_sentence(tmp_path, cache, first):
    fates = []
    for seed in range(first, first + BLOCK):
        folder = tmp_path / str(seed)
        folder.mkdir()
        outcome = tried(template_case(seed), folder, cache)
        assert outcome.fate is not Fate.FAILED, f"seed {seed}: {outcome.kind}\n{outcome.why}"
        fates.append(outcome.fate)
    assert set(fates) == {Fate.BUILT, Fate.REFUSED}


@pytest.mark.parametrize("first", few(range(0, SEEDS, BLOCK), ci=IN_CI))
def test_whatever_is_in_a_talk_for_another_tool_it_is_built_or_refused_with_sentences(tmp_path, cache, first):
    fates = []
    for seed in range(first, first + BLOCK):
        folder = tmp_path / str(seed)
        folder.mkdir()
        outcome = tried(tool_case(seed), folder, cache, audit=seed % AUDITED == 0)
        assert outcome.fate is not Fate.FAILED, f"seed {seed}: {outcome.kind}\n{outcome.why}"
        fates.append(outcome.fate)
    assert Fate.BUILT in fates


@pytest.mark.broad
def test_a_seed_gives_the_same_case_in_every_process():
    command = [sys.executable, "-c", PRINT_CASES.format(SEEDS)]
    told = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": order}, capture_output=True, check=True).stdout
        for order in ("1", "2")
    ]
    assert told[0].count(b"Case(") == 3 * SEEDS
    assert told[0] == told[1]


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_what_failed_once_is_built_or_refused_now(tmp_path, cache, path):
    outcome = tried(Case.load(path), tmp_path, cache)
    assert outcome.fate is not Fate.FAILED, f"{outcome.kind}\n{outcome.why}"
