from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from workshop.ai_models.demos.fine_tuning import fine_tuning
from workshop.ai_models.demos.forgetting import forgetting, known_at_best
from workshop.ai_models.parts.tool_shed import PLACES, TOOLS, Shed, vocabulary
from workshop.expressions import Evaluator


@pytest.mark.parametrize("seed", range(5))
def test_every_claim_of_tuning_holds_for_every_seed(seed: int) -> None:
    found = fine_tuning.function(rng=np.random.default_rng(seed)).facts
    for claim in fine_tuning.claims.values():
        assert Evaluator(found).claim(claim), claim


@pytest.mark.parametrize("seed", range(5))
def test_every_claim_of_forgetting_holds_for_every_seed(seed: int) -> None:
    found = forgetting.function(rng=np.random.default_rng(seed)).facts
    for claim in forgetting.claims.values():
        assert Evaluator(found).claim(claim), claim


def test_no_diary_can_be_guessed_better_than_its_maker_could() -> None:
    found = forgetting.function(rng=np.random.default_rng(1)).facts
    assert found["general"]["before"] > known_at_best() - 0.05


def test_the_same_generator_gives_the_same_findings() -> None:
    first, second = (fine_tuning.function(rng=np.random.default_rng(7)) for _ in range(2))
    assert first == second


def test_no_dialogue_mentions_a_held_out_tool() -> None:
    shed = Shed.arranged(np.random.default_rng(0))
    for dialogue in shed.dialogues(np.random.default_rng(1), 200):
        assert not set(dialogue) & set(shed.held_out)


def test_a_silent_page_states_no_fact_about_the_tools_it_leaves_out() -> None:
    shed = Shed.arranged(np.random.default_rng(0))
    for page in shed.pages(np.random.default_rng(1), 300, silent_on=shed.held_out):
        stated = {page[i - 1] for i, word in enumerate(page) if word == "is" and page[i - 1] != "where"}
        assert not stated & set(shed.held_out)


def test_tools_are_spread_evenly_over_the_places() -> None:
    counts = Counter(Shed.arranged(np.random.default_rng(3)).place.values())
    assert set(counts) == set(PLACES)
    assert max(counts.values()) - min(counts.values()) <= 1


def test_every_word_of_every_page_is_in_the_vocabulary() -> None:
    shed = Shed.arranged(np.random.default_rng(0))
    pages = shed.pages(np.random.default_rng(1), 300) + shed.dialogues(np.random.default_rng(2), 50)
    assert {word for page in pages for word in page} <= set(vocabulary())
    assert len(set(TOOLS)) == len(TOOLS)
