"""The list of demos."""

import pytest

from workshop.ai_models.register import kit_folder
from workshop.cli.demo_lines import demo_lines
from workshop.content import load
from workshop.plugins.registry import standard_registry
from workshop.runs.owners import used_by
from workshop.runs.runner import RunRequest, run_demos


@pytest.fixture(scope="module")
def content():
    return load(kit_folder())[0]


@pytest.fixture(scope="module")
def used(content):
    return used_by(content)


def test_every_demo_is_listed_with_its_title_its_stage_and_its_knobs(content, cache):
    registry = standard_registry()
    lines = dict(demo_lines(content, registry, cache))
    assert sorted(lines) == sorted(registry.names("demo"))
    assert lines["votes"].startswith("You are the feedback; stage 4; knobs: beta=1.0")
    assert "data: ballots, rounds" in lines["votes"]


def test_every_demo_of_the_kit_is_used_in_a_stage(used):
    assert [name for name in standard_registry().names("demo") if name not in used] == []


def test_a_demo_that_never_ran_says_so_and_one_that_ran_says_how_long_it_took(content, tmp_path):
    registry = standard_registry()
    run_demos([RunRequest(name="bias", demo="bias", knobs={}, data={}, at=None)], registry, seed=0, cache=tmp_path)
    lines = dict(demo_lines(content, registry, tmp_path))
    assert lines["bias"].endswith(" s")
    assert lines["votes"].endswith("not run yet")
    assert dict(demo_lines(content, registry, None))["bias"].endswith("not run yet")


def test_demos_are_in_the_order_of_the_stages_that_use_them_first(content, used):
    names = [name for name, _ in demo_lines(content, standard_registry(), None)]
    order = [str(stage.number or stage.id) for stage in content.stages]
    first = [order.index(used[name][0]) for name in names]
    assert first == sorted(first)
