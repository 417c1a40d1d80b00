"""Tests that sentences which explain or compare aren't said where a knob or a seed makes them false."""

import re

import pytest
import yaml

from workshop.ai_models.register import kit_folder
from workshop.expressions import Evaluator
from workshop.plugins.registry import standard_registry

REGISTRY = standard_registry()
GUARD = re.compile(r'\b(?:claim|when)="((?:[^"\\]|\\.)*)"')
EXECUTIVES = "audiences/executives/"
# file, words of the sentence, and the run that makes it false: demo, seed, knobs
FALSE_THERE = [
    ("01-training-data.md", "every good sentence stays", "cleaning", 0, {"threshold": 0.3}),
    ("02-pretraining.md", "The first step was the big one", "trigram", 0, {"rounds": 1}),
    ("02-pretraining.md", "It learnt to look for the first noun", "attention", 0, {"updates": 0}),
    ("03-fine-tuning.md", "instead of {{ fine_tuning.dialogues", "fine_tuning", 0, {"dialogues": 1}),
    ("04-alignment.md", "still has a share of", "votes", 0, {"beta": 0.05}),
    ("05-evals.md", "More right over all tests", "release_gate", 0, {"more": 0}),
    ("05-evals.md", "We made the gap", "release_gate", 0, {"more": 0}),
    ("05-evals.md", "The new model read far more", "release_gate", 0, {"less": 200}),
    ("05-evals.md", "**by construction**", "contamination", 5, {}),
    ("05-evals.md", "**by construction**", "contamination", 12, {}),
    ("05-evals.md", "**by construction**", "contamination", 29, {}),
    ("06-deployment.md", "An agent gets more done", "agent", 0, {"slip": 1}),
    ("06-deployment.md", "Rare harm, good filter", "moderation", 0, {"harmful": 1, "false": 0}),
    ("08-limits.md", "Any failure in", "never_zero", 0, {"p": 0.5, "n": 3}),
    ("08-limits.md", "too sure at the top {#sure", "calibration", 0, {"tidy": 0.3}),
    (EXECUTIVES + "05-evals.md", "Right answers rose from", "release_gate", 0, {"more": 0}),
    (EXECUTIVES + "05-evals.md", "We made the gap", "release_gate", 0, {"more": 0}),
    (EXECUTIVES + "06-deployment.md", "With more steps, more gets done", "agent", 0, {"slip": 1}),
    (EXECUTIVES + "08-limits.md", "said {{ calibration.top.said", "calibration", 0, {"tidy": 0.3}),
]


def condition_of(file: str, words: str) -> str:
    """Return the first condition behind these words in their line; named facts are written out."""
    folder = kit_folder()
    line = next(line for line in (folder / file).read_text("utf-8").splitlines() if words in line)
    found = GUARD.search(line, line.index(words))
    assert found, f"{file}: “{words}” is said whatever the run gives"
    front = (folder / file.rsplit("/", 1)[-1]).read_text("utf-8").split("\n---\n")[0].removeprefix("---\n")
    facts = yaml.safe_load(front)["facts"]
    return re.sub(r"\b\w+\b", lambda word: f"({facts[word[0]]})" if word[0] in facts else word[0], found[1])


@pytest.mark.parametrize(("file", "words", "demo", "seed", "knobs"), FALSE_THERE)
def test_a_sentence_is_left_out_where_a_knob_or_a_seed_makes_it_false(file, words, demo, seed, knobs, run):
    facts = {demo: run(REGISTRY.get("demo", demo), seed=seed, **knobs).facts}
    if demo == "fine_tuning":
        facts["one_dialogue"] = run(REGISTRY.get("demo", demo), dialogues=1).facts
    assert not Evaluator(facts).claim(condition_of(file, words))


USUAL = [case for case in FALSE_THERE if case[2] not in {"fine_tuning", "contamination"}]


@pytest.mark.parametrize(("file", "words", "demo"), [case[:3] for case in USUAL])
def test_the_same_sentence_is_said_in_the_usual_run(file, words, demo, run):
    assert Evaluator({demo: run(REGISTRY.get("demo", demo)).facts}).claim(condition_of(file, words))
