"""Tests that no sentence about the release gate is false when chance makes it come out otherwise.

Of the seeds 0 to 299, 25 block nothing; in 3 of the seeds 0 to 1,499 the candidate is no better. A few of these are tried here.
"""

import pytest

from tests.contract import kits
from workshop.ai_models.register import kit_folder
from workshop.build import plan
from workshop.check.nonsense import told
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.runs.runner import RunRequest, run_demo

REGISTRY = standard_registry()
BETTER = (
    "more right over all tests",
    "rose from",
    "the total hide",
    "can the total rise",
)
BLOCKS = ("stays shut", "one block is enough.", "worse on")
MADE_UP = frozenset({"board", "board-answer"})  # slides about scores that we made up
SPOKEN = "slip-one"  # only what is said there is about the run
UNBLOCKED, NO_BETTER = (6, 11), (471, 810)


def lines(seed, audience, cache):
    """Return all that people read or hear in the stage of the gate, but for bets, whose options may be wrong."""
    asked = Request(audience=audience, seed=seed, stages=("evals",), minutes=kits.ALL, cache=cache)
    kit, _ = plan(kit_folder(), asked, REGISTRY, base=None)
    slides = [s for s in kit.slides if s.id == SPOKEN or ("release_gate" in s.runs and s.id not in MADE_UP)]
    said = [slide.title if slide.layout == "predict" else slide for slide in slides]
    return [line.lower() for part in said for line, _ in told(part)]


def gate(seed, cache):
    data = {"world": kit_folder() / "worlds" / "garden" / "world.yaml"}
    return run_demo(
        RunRequest(name="release_gate", demo="release_gate", knobs={}, data=data, at=None),
        REGISTRY,
        seed=seed,
        cache=cache,
    ).facts


def false_lines(seed, audience, cache):
    """Return the lines that the run of a seed contradicts."""
    found, said = gate(seed, cache), lines(seed, audience, cache)
    wrong = [] if found["overall"]["difference"] > 0 else list(BETTER)
    wrong += [] if found["blocked"] else list(BLOCKS)
    return [line for line in said if any(phrase in line for phrase in wrong)]


@pytest.mark.parametrize("audience", kits.few_first())
@pytest.mark.parametrize("seed", [*UNBLOCKED, *NO_BETTER])
def test_no_sentence_about_the_gate_is_false_for_a_seed_that_comes_out_otherwise(seed, audience, cache):
    assert false_lines(seed, audience, cache) == []


def test_the_sentences_that_are_looked_for_are_there_for_the_kits_own_seed(cache):
    said = [line for audience in kits.AUDIENCES for line in lines(0, audience, cache)]
    for phrase in (*BETTER, *BLOCKS):
        assert any(phrase in line for line in said), phrase


def test_these_seeds_do_come_out_otherwise(cache):
    assert all(gate(seed, cache)["blocked"] == 0 for seed in UNBLOCKED)
    assert all(gate(seed, cache)["overall"]["difference"] <= 0 for seed in NO_BETTER)
