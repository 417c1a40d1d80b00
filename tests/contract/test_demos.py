"""Tests what must be true of every demo and its modules."""

import ast
import json
from functools import cache as once
from pathlib import Path

import numpy as np
import pytest

from tests.tiers import few
from workshop.ai_models.register import DEMOS, PROBLEMS, kit_folder
from workshop.cli.listings import as_json, draw_charts
from workshop.content import load
from workshop.expressions import Evaluator
from workshop.model.exhibits import Chart, Honesty, meanings, named
from workshop.plugins.registry import standard_registry
from workshop.runs.cache import from_json, to_json
from workshop.runs.runner import RunRequest, parameters, run_demo
from workshop.wording.formats import FILTERS

PACKAGE = Path(__file__).resolve().parents[2] / "workshop" / "ai_models"
MODULES, PARTS = (
    sorted(path for path in (PACKAGE / name).glob("*.py") if path.name != "__init__.py") for name in ("demos", "parts")
)
REGISTRY = standard_registry()
NAMES = REGISTRY.names("demo")
EVERY = 6  # make test draws the charts of one in so many demos, and runs these twice
ALLOWED = (
    "workshop.ai_models.demos",
    "workshop.ai_models.parts",
    "workshop.ai_models.toys",
    "workshop.ai_models.register.kit_folder",
    "workshop.model",
    "workshop.errors",
    "workshop.wording.formats",
    "workshop.inputs",
)


@pytest.fixture(scope="module")
def run():
    """Return a function that runs a demo on the kit's data."""
    data = load(kit_folder())[0].data

    def run_it(name, cache):
        asked = RunRequest(name=name, demo=name, knobs={}, data=data.get(name, {}), at=None)
        return run_demo(asked, REGISTRY, seed=0, cache=cache)

    return run_it


@pytest.fixture(scope="module")
def found(run, cache):
    return once(lambda name: run(name, cache))


def test_every_module_of_demos_is_a_demo_of_its_name():
    assert sorted(DEMOS) == [path.stem for path in MODULES]
    assert set(DEMOS) <= set(NAMES)


def test_every_problem_can_be_called():
    assert all(callable(REGISTRY.get("problem", name)) for name in PROBLEMS)


@pytest.mark.parametrize("path", [*MODULES, *PARTS], ids=lambda p: p.stem)
def test_a_module_imports_numpy_the_model_what_is_handed_in_and_other_demos_and_nothing_else_of_ours(path):
    nodes = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom) and n.module]
    imported = [f"{node.module}.{alias.name}" for node in nodes for alias in node.names]
    assert [name for name in imported if name.startswith("workshop") and not name.startswith(ALLOWED)] == []


@pytest.mark.parametrize("name", NAMES)
def test_its_claims_hold_for_the_kits_data_and_seed(name, found):
    demo, facts = REGISTRY.get("demo", name), found(name).facts
    for sentence, claim in demo.claims.items():
        assert Evaluator(facts).claim(claim), sentence


@pytest.mark.parametrize("name", NAMES)
def test_it_describes_its_knobs_and_the_basis_of_its_exhibits(name, found):
    demo = REGISTRY.get("demo", name)
    assert demo.name == name
    turnable = {p.name for p in parameters(demo) if p.kind == "knob"}
    assert set(demo.knobs) <= turnable
    for exhibit in found(name).exhibits.values():
        assert exhibit.finding.strip()
        assert exhibit.honesty in Honesty


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_has_a_meaning_and_every_meaning_a_fact(name, found):
    facts = [fact for fact, _ in named(found(name).facts)]
    declared = meanings(REGISTRY.get("demo", name))
    assert [fact for fact in facts if not any(meaning.fits(fact) for meaning in declared)] == []
    assert [meaning.name for meaning in declared if not any(map(meaning.fits, facts))] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_unit_is_one_that_numbers_are_printed_in_or_has_a_plain_name(name):
    units = {meaning.unit for meaning in meanings(REGISTRY.get("demo", name))}
    assert units <= {*FILTERS, "yes or no", "nats", "seconds"}


@pytest.mark.parametrize("name", NAMES)
def test_what_it_finds_can_be_kept_for_the_next_build(name, found):
    back, _ = from_json(to_json((found(name), False)))
    assert (back.facts, back.exhibits, back.about) == (found(name).facts, found(name).exhibits, found(name).about)


@pytest.mark.parametrize("name", NAMES)
def test_it_prints_as_json(name, found):
    record = json.loads(as_json(name, 0, found(name)))
    assert record["demo"] == name
    assert set(record["exhibits"]) == set(found(name).exhibits)


@pytest.mark.parametrize("name", few(NAMES, *NAMES[::EVERY]))
def test_its_charts_are_drawn_to_files(name, found, tmp_path):
    charts = {key: e for key, e in found(name).exhibits.items() if isinstance(e, Chart)}
    first = dict(list(charts.items())[:1])  # the rest are of the same kinds, and every kind is drawn in test_charts
    written = draw_charts(type(found(name))(found(name).facts, first), tmp_path, REGISTRY)
    assert [path.suffix for path in written] == [".svg", ".png", ".pdf"] * len(first)
    assert all(path.stat().st_size > 500 for path in written)


@pytest.mark.parametrize("name", few(NAMES, *NAMES[::EVERY]))
def test_two_runs_with_one_seed_find_the_same(name, run, found):
    again = run(name, None)
    first = found(name)
    assert (again.facts, again.exhibits, again.about.claims) == (first.facts, first.exhibits, first.about.claims)
    assert np.isfinite(again.about.seconds)
