"""Tests that each audience's kit differs in its slides and sheets, not only on the cover."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from tests.contract import kits
from tests.tiers import few_rows
from workshop.ai_models.register import kit_folder
from workshop.build import plan
from workshop.check.nonsense import told
from workshop.content import load
from workshop.model import kit
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

PAIRS = tuple(combinations(kits.AUDIENCES, 2))
LEAST_SHARE = 0.25  # of the core slides of both audiences
LEAST_EXERCISES = 2
CHROME = ("mode", "minutes", "unit", "label", "claim-label", "reply-label")  # words of the engine


def texts(thing: object) -> Iterator[str]:
    """Yield every text below a resolved part of a plan, in order."""
    yield from (line for line, _ in told(thing))


def planned(audience: str, cache: Path) -> kit.Kit:
    return kits.laid_out(audience, kits.ALL, cache)[0].kit


def slides(audience: str, cache: Path) -> dict[str, str]:
    """Return core slide id -> the text on it; a continuation slide counts as a separate one."""
    return {
        slide.id: "\n".join(
            [slide.title_text, *(text for name, blocks in slide.slots if name not in CHROME for text in texts(blocks))]
        )
        for slide in planned(audience, cache).slides
        if slide.priority == "core"
    }


def exercises(audience: str, cache: Path) -> dict[str, str]:
    return {
        e.id: "\n".join(texts((e.title, e.task))) for sheet in planned(audience, cache).sheets for e in sheet.exercises
    }


def differing(one: dict[str, str], other: dict[str, str]) -> tuple[list[str], int]:
    """Return the ids whose text differs or that only one of the two has, and the total number of ids."""
    ids = sorted({*one, *other})
    return [name for name in ids if one.get(name) != other.get(name)], len(ids)


@pytest.mark.broad
@pytest.mark.parametrize(("one", "other"), few_rows(PAIRS, PAIRS[0]))
def test_a_quarter_of_the_core_slides_differs_between_any_two_audiences(one, other, cache):
    changed, every = differing(slides(one, cache), slides(other, cache))
    assert len(changed) >= LEAST_SHARE * every, f"{len(changed)} of {every}"


@pytest.mark.broad
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_at_least_two_exercises_differ_between_any_two_audiences(one, other, cache):
    changed, _ = differing(exercises(one, cache), exercises(other, cache))
    assert len(changed) >= LEAST_EXERCISES, changed


@pytest.mark.broad
@pytest.mark.parametrize("audience", kits.AUDIENCES)
def test_every_sheet_of_every_audience_has_three_exercises_or_more(audience, cache):
    counts = {sheet.stage: len(sheet.exercises) for sheet in planned(audience, cache).sheets}
    assert {stage: n for stage, n in counts.items() if n < 3} == {}


def test_the_quiz_has_a_question_per_stage_and_each_wrong_option_names_its_misconception():
    every = yaml.safe_load((kit_folder() / "quiz.yaml").read_text("utf-8"))
    quiz = [question for question in every if not question.get("later")]
    content, _ = load(kit_folder())
    assert [q["stage"] for q in quiz] == [stage.id for stage in content.stages if stage.number]
    named = [option["misconception"] for q in quiz for option in q["options"] if not option.get("right")]
    for question in every:
        assert len(question["options"]) == 4, question["id"]
        assert sum(option.get("right", False) for option in question["options"]) == 1, question["id"]
        assert all(option.get("right", False) != ("misconception" in option) for option in question["options"])
    assert len(named) == len(set(named)) == 3 * len(quiz)


@pytest.mark.broad
@pytest.mark.parametrize("audience", kits.AUDIENCES)
def test_the_quiz_comes_before_and_after_or_not_at_all(audience, cache):
    kit = planned(audience, cache)
    shown = {slide.id for slide in kit.slides if not slide.hidden} & {"pre-quiz", "post-quiz"}
    assert shown == {"pre-quiz", "post-quiz"}


@pytest.mark.parametrize("audience", kits.few_at_work())
def test_a_clients_name_stands_on_the_cover_and_without_one_nothing_is_missing(audience, cache):
    for name, end in (("ACME", " at ACME"), ("", "")):
        request = Request(audience=audience, variables={"client": name}, cache=cache)
        made, _ = plan(kit_folder(), request, standard_registry(), base=None)
        assert made.occasion.startswith("Workshop for ")
        assert made.occasion.endswith(end)
        assert " at " not in made.occasion.removesuffix(end)
