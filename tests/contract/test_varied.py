"""Tests another seed, every knob at its ends and unusual documents: the kit still fits, and reports what it leaves out."""

import pytest

from tests.contract import kits
from workshop.ai_models.register import kit_folder
from workshop.build import prepare
from workshop.errors import Severity
from workshop.model.request import Request
from workshop.model.walk import runs_needed
from workshop.plugins.registry import standard_registry
from workshop.runs.arguments import parameters

AUDIENCES = ("general", "students", "executives", "engineers")
USING_ALL = ("general", "engineers", "executives")  # audiences that together see every demo that has knobs
LONG = "Quarterly report on the state of the regional infrastructure programme and its many subsidiaries"


def problems(**asked):
    _, found = prepare(kit_folder(), Request(**asked), standard_registry(), base=None)
    return [str(problem) for problem in found if problem.severity > Severity.ADVICE and problem.code != "pinned-knob"]


def at_their_ends(end):
    """Yield every knob of every demo at its low or high end."""
    registry = standard_registry()
    for name in registry.names("demo"):
        demo = registry.get("demo", name)
        for one in parameters(demo):
            knob = demo.knobs.get(one.name)
            if knob is not None and isinstance(one.default, int | float):  # words have no range
                value = getattr(knob, end)
                yield name, one.name, f"{value:g}" if isinstance(one.default, float) else str(int(value))


@pytest.mark.parametrize(
    "audience",
    [
        pytest.param(AUDIENCES[0], marks=pytest.mark.broad),
        *(pytest.param(name, marks=pytest.mark.slow) for name in AUDIENCES[1:]),
    ],
)
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4))])
def test_another_seed_builds(seed, audience, cache):
    assert problems(seed=seed, audience=audience, cache=cache) == []


@pytest.mark.parametrize(
    "place",
    [pytest.param(0, marks=pytest.mark.broad), *(pytest.param(place, marks=pytest.mark.slow) for place in (1, 2, 3))],
)
@pytest.mark.parametrize("end", ["low", pytest.param("high", marks=pytest.mark.slow)])
def test_knobs_at_their_ends_build(end, place, cache):
    first: dict[str, tuple[str, str]] = {}
    knobs = list(at_their_ends(end))
    for name, knob, value in knobs[place::4] + knobs:
        first.setdefault(name, (knob, value))
    sets = {(name, knob): value for name, (knob, value) in first.items()}
    audience = USING_ALL[place % 3]
    runs = runs_needed(kits.content(), audience, (), standard_registry().names("demo"))
    seen = {run.demo for run in runs} | {run.name for run in runs}
    used = {key: value for key, value in sets.items() if key[0] in seen}
    assert problems(sets=used, audience=audience, cache=cache) == []


ODD = {
    "long titles that begin alike": {
        f"{LONG.replace(' ', '_')}_{k}": f"# {LONG}, number {k}\n\n" + f"{LONG} was neither finished nor begun. " * 8
        for k in range(5)
    },
    "one line each": {f"{k}": f"Item {k} is kept in box {k}.\n" for k in range(3)},
    "no spaces": {f"{k}": "图书馆在早上九点开门。访客需要出示证件。桥在河边。\n" * 9 for k in range(4)},
}


def paired(kinds, audiences):
    """Yield every pair; for each audience, one kind of documents is broad, a different one each time, and the others slow; of the first pair neither is said."""
    for row, kind in enumerate(kinds):
        for column, audience in enumerate(audiences):
            tier = pytest.mark.broad if column % len(kinds) == row else pytest.mark.slow
            yield pytest.param(kind, audience, marks=tier if row or column else ())


@pytest.mark.broad
@pytest.mark.parametrize(("kind", "audience"), [*paired(ODD, AUDIENCES)])
def test_odd_documents_build(kind, audience, cache, tmp_path):
    for name, text in ODD[kind].items():
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    assert problems(data={("retrieval", "library"): tmp_path}, audience=audience, cache=cache) == []
