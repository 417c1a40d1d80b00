from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from tests.ai_models.demos.second_model import SecondModel
from tests.ai_models.garden import PLACES, THINGS, WORLD
from tests.ai_models.garden import shed as arranged
from workshop.ai_models.demos.fine_tuning import fine_tuning
from workshop.ai_models.demos.forgetting import forgetting
from workshop.ai_models.toys.fine_tuning import HIDDEN, PAGES, WINDOW
from workshop.ai_models.toys.forgetting import known_at_best
from workshop.ai_models.toys.neural import TinyLM
from workshop.ai_models.toys.tool_shed import question
from workshop.model.exhibits import Findings
from workshop.runs.runner import generator


def test_no_diary_can_be_guessed_better_than_its_maker_could() -> None:
    found = forgetting.function(world=WORLD, rng=np.random.default_rng(1)).facts
    assert found["general"]["before"] > known_at_best(len(THINGS)) - 0.05


@pytest.mark.long
def test_the_same_generator_gives_the_same_findings() -> None:
    first, second = (fine_tuning.function(world=WORLD, rng=np.random.default_rng(7)) for _ in range(2))
    assert first == second


def test_no_dialogue_mentions_a_held_out_thing() -> None:
    shed = arranged(np.random.default_rng(0))
    for dialogue in shed.dialogues(np.random.default_rng(1), 200):
        assert not set(dialogue) & set(shed.held_out)


def test_a_silent_page_states_no_fact_about_the_things_it_leaves_out() -> None:
    shed = arranged(np.random.default_rng(0))
    for page in shed.pages(np.random.default_rng(1), 300, silent_on=shed.held_out):
        stated = {page[i - 1] for i, word in enumerate(page) if word == "is" and page[i - 1] != "where"}
        assert not stated & set(shed.held_out)


def test_things_are_spread_evenly_over_the_places() -> None:
    counts = Counter(arranged(np.random.default_rng(3)).place.values())
    assert set(counts) == set(PLACES)
    assert max(counts.values()) - min(counts.values()) <= 1


def test_every_word_of_every_page_is_in_the_vocabulary() -> None:
    shed = arranged(np.random.default_rng(0))
    pages = shed.pages(np.random.default_rng(1), 300) + shed.dialogues(np.random.default_rng(2), 50)
    assert {word for page in pages for word in page} <= set(shed.vocabulary)
    assert len(set(THINGS)) == len(THINGS)


def test_the_held_out_facts_were_stated_as_often_as_an_independent_count_says(run: Callable[..., Findings]) -> None:
    """A statement is 'the THING is in the PLACE .'."""
    rng = generator(0, "fine_tuning")
    shed = arranged(rng)
    TinyLM.untrained(shed.vocabulary, WINDOW, rng, hidden=HIDDEN)
    stated = Counter(
        page[i + 1]
        for page in shed.pages(rng, PAGES)
        for i, word in enumerate(page)
        if word == "the" and page[i + 2 : i + 4] == ["is", "in"]
    )
    counts = [stated[thing] for thing in shed.held_out]
    assert run(fine_tuning).facts["stated"] == {"least": min(counts), "most": max(counts)}
    assert min(counts) > 20


@pytest.mark.broad
@pytest.mark.long
def test_a_model_of_scikit_learn_answers_once_tuned_and_is_right_only_if_its_base_read_the_facts(run) -> None:
    rng = np.random.default_rng(0)
    shed = arranged(rng)
    base, ignorant = (
        SecondModel(shed.vocabulary, 5, 64).learn(shed.pages(rng, 1200, silent_on=silent), 8)
        for silent in ((), shed.held_out)
    )
    practice = shed.dialogues(rng, 300)
    tuned, control = (model.copy().learn(practice, 3) for model in (base, ignorant))

    def share(model: SecondModel, test: Callable[[str, list[str]], bool]) -> float:
        return float(np.mean([test(tool, model.goes_on(question(tool))) for tool in shed.held_out]))

    def answers(_: str, said: list[str]) -> bool:
        return said[:2] == ["in", "the"] and said[2] in PLACES

    def right(tool: str, said: list[str]) -> bool:
        return said == shed.answer(tool)

    found = run(fine_tuning).facts
    for seen in (
        {name: (found[name]["answers"], found[name]["right"]) for name in ("base", "tuned", "control")},
        {
            name: (share(model, answers), share(model, right))
            for name, model in (("base", base), ("tuned", tuned), ("control", control))
        },
    ):
        assert seen["base"][0] < 0.1
        assert min(seen["tuned"][0], seen["control"][0]) > 0.8
        assert seen["tuned"][1] > 0.75
        assert seen["control"][1] < seen["tuned"][1] / 2


def test_each_model_has_two_bars_and_the_one_without_facts_the_colour_of_warnings(run: Callable[..., Findings]) -> None:
    found = run(fine_tuning)
    chart = found.exhibits["names"]
    assert [series.role for series in chart.series] == ["context", "accent", "stop"]
    for series, model in zip(chart.series, ("base", "tuned", "control"), strict=True):
        assert series.values == (found.facts[model]["answers"], found.facts[model]["right"])
