"""Reproduces forgetting and replay in a scikit-learn model, and the floor of a diary line by counting."""

from __future__ import annotations

import re
from collections import Counter
from math import log2

import numpy as np
import pytest

from tests.ai_models.demos.second_model import SecondModel
from tests.ai_models.garden import THINGS
from tests.ai_models.garden import shed as arranged
from workshop.ai_models.demos.forgetting import DIALOGUES, forgetting
from workshop.ai_models.toys.forgetting import LOOKS, known_at_best
from workshop.ai_models.toys.tool_shed import PEOPLE, question

PAGES = 1200


def test_a_model_of_scikit_learn_forgets_too_and_remembers_with_old_text_mixed_in(run):
    rng = np.random.default_rng(0)
    shed = arranged(rng)
    base = SecondModel(shed.vocabulary, 5, 64).learn(shed.pages(rng, PAGES), 8)
    practice = shed.dialogues(rng, DIALOGUES)
    old = [page for page in shed.pages(rng, PAGES) if page[0] != "where"][:DIALOGUES]
    alone, mixed = base.copy().learn(practice, 3), base.copy().learn(practice + old, 3)
    lines = [shed.diary(rng) for _ in range(200)]
    asked = [question(tool) + shed.answer(tool) for tool in shed.held_out]
    second = {
        "forgets": alone.bits(lines) - base.bits(lines),
        "learns": base.bits(asked) - alone.bits(asked),
        "remembers": mixed.bits(lines) - base.bits(lines),
    }
    findings = run(forgetting)
    found = findings.facts
    first = {
        "forgets": found["general"]["after"] - found["general"]["before"],
        "learns": found["dialogue"]["before"] - found["dialogue"]["after"],
        "remembers": found["replay"]["general"]["after"] - found["replay"]["general"]["before"],
    }
    for seen in (first, second):
        assert seen["forgets"] > 0.5
        assert seen["learns"] > 0.5
        assert seen["remembers"] < 0.3
    assert_lines_run_on_into_answers(findings)


def assert_lines_run_on_into_answers(findings):
    """Before tuning both models write the same; after it only the one that was tuned on dialogues alone answers in its diary."""
    before, after = (findings.exhibits[f"written_{at}"].rows for at in (0, len(LOOKS) - 1))
    assert all(alone == mixed for alone, mixed in before)
    assert all(re.fullmatch(r"\w+ \w+ the \w+\.", line) for line, _ in before[:-1])
    (*alone, _), (*mixed, _) = zip(*after, strict=True)
    assert any(". in the " in line for line in alone)
    assert not any(". in the " in line for line in mixed)
    assert [line.count("? in the ") for line in after[-1]] == [1, 1]


def test_the_floor_of_a_diary_line_is_that_of_counting_many_pages():
    """A page's next word is guessed by how often it followed all words before it; only diary lines are measured."""
    shed = arranged(np.random.default_rng(1))
    pages = [(*page, "END") for page in shed.pages(np.random.default_rng(2), 40_000)]
    starts = Counter(page[:length] for page in pages for length in range(min(len(page), 6) + 1))
    lines = [page for page in pages if page[0] in PEOPLE]
    bits = [log2(starts[line[:k]] / starts[line[: k + 1]]) for line in lines for k in range(len(line))]
    assert known_at_best(len(THINGS)) == pytest.approx(np.mean(bits), abs=0.02)
