"""Tests every claim of every demo, run as users run it; ``make claims`` runs only this file."""

import inspect

import pytest

from workshop.ai_models.register import kit_folder
from workshop.content import load
from workshop.expressions import Evaluator
from workshop.plugins.registry import standard_registry
from workshop.runs.runner import RunRequest, generator, run_demo

SEEDS = range(20)
FEW = SEEDS[:2]
REGISTRY = standard_registry()


@pytest.fixture(scope="module")
def data():
    return load(kit_folder())[0].data


@pytest.mark.parametrize(
    "seeds",
    [pytest.param(FEW, marks=pytest.mark.broad), pytest.param(SEEDS[len(FEW) :], marks=pytest.mark.slow)],
    ids=["few", "rest"],
)
@pytest.mark.parametrize("name", REGISTRY.names("demo"))
def test_every_claim_holds_for_seeds_0_to_19(name, seeds, data, cache):
    demo = REGISTRY.get("demo", name)
    request = RunRequest(name=name, demo=name, knobs={}, data=data.get(name, {}), at=None)
    drawn = "rng" in inspect.signature(demo.function).parameters
    broken = []
    for seed in seeds if drawn else seeds[:1]:
        facts = Evaluator(run_demo(request, REGISTRY, seed=seed, cache=cache).facts)
        broken += [f"seed {seed}: {said}" for said, claim in demo.claims.items() if not facts.claim(claim)]
    assert broken == []


def test_a_demos_stream_depends_on_the_seed_and_on_the_demos_name():
    names = REGISTRY.names("demo")
    drawn = {generator(seed, name).random() for seed in SEEDS for name in names}
    assert len(drawn) == len(SEEDS) * len(names)
    assert generator(3, "agent").random() == generator(3, "agent").random()
