"""Every state of every poke of the kit equals a fresh run, through the facts and exhibits that ``demo NAME --json --set …`` prints."""

import json
import re

import pytest

from workshop.build import explore
from workshop.cli.listings import as_json, run_one
from workshop.expressions import Evaluator
from workshop.model.exhibits import Frozen
from workshop.model.pokes import Cases, Guess, Read, Sweep
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.runs.arguments import parameters
from workshop.wording.formats import show

REGISTRY = standard_registry()
DEMOS = tuple(name for name in REGISTRY.names("demo") if REGISTRY.get("demo", name).pokes)


@pytest.fixture(scope="module")
def data(kit_path, cache):
    page, problems, _ = explore(kit_path, Request(cache=cache), REGISTRY, base=kit_path)
    assert [p for p in problems if p.code == "poke"] == []
    assert len(page) <= 700 * 1024
    found = json.loads(re.search(rb'id="pokes">(.*?)</script>', page, re.DOTALL)[1])
    return {poke["id"]: poke for poke in found["pokes"]}


def fresh(name, knobs, kit_path):
    """Return what the command line prints for one run that nobody kept."""
    asked = Request(sets={(name, knob): value for knob, value in knobs.items()})
    findings, _ = run_one(name, asked, REGISTRY, kit_path, kit_path)
    return json.loads(as_json(name, 0, findings))


def grids(name, data):
    """Yield each part of a demo with states: its declaration and its data."""
    pokes = REGISTRY.get("demo", name).pokes
    for poke, part in zip(pokes, data[name]["parts"], strict=True):
        turned = poke.then if isinstance(poke, Guess) else poke
        if isinstance(turned, Sweep | Cases):
            yield turned, part.get("then", part)


def compare(name, poke, part, state, kit_path):
    """Compare one state: every value that is read large, every number of every chart, every cell."""
    names = [control["name"] for control in part["controls"]]
    choice = dict(zip(names, state["key"].split("|"), strict=True))
    own = {p.name for p in parameters(REGISTRY.get("demo", name)) if p.kind == "knob"}
    if isinstance(poke, Sweep) and poke.before is not None and choice[poke.knob] == "0":
        return
    run = fresh(name, {key: value for key, value in choice.items() if key in own}, kit_path)
    places = {**part["base"], **state["set"]}.values()
    exactly = {*places, *re.findall(r">([^<>]+)<", part["html"])}
    for item in poke.shows:
        if isinstance(item, Read):
            expression = re.sub(r"(?<!\{)\{(\w+)\}(?!\})", lambda m: choice[m[1]], item.value)
            assert Evaluator(Frozen(run["facts"])).text(expression) in exactly, (name, state["key"], item)
            continue
        exhibit = run["exhibits"][re.sub(r"\{(\w+)\}", lambda m: choice[m[1]], item)]
        if exhibit["type"] == "chart":
            for line in spoken(exhibit):
                assert any(line in text for text in (*places, part["html"])), (name, state["key"], item, line)
        cells = [cell for row in exhibit.get("cells", ())[:16] for cell in row if cell]
        assert [cell for cell in cells if cell not in exactly] == [], (name, state["key"], item)


def spoken(chart):
    """Yield the values of each series in their order, each with its place."""
    for series in chart["series"]:
        at = [f"{x:g}" for x in series["x"]] if series["x"] else chart["categories"]
        values = zip(at, series["values"], strict=True)
        yield ", ".join(f"{place} {show(value, chart['unit'])}" for place, value in values if value is not None)


@pytest.fixture(scope="module")
def html(kit_path, cache):
    page, *_ = explore(kit_path, Request(cache=cache), REGISTRY, base=kit_path)
    from html import unescape

    text = page.decode()
    return {
        name: unescape(re.search(rf'<section class="poke" id="{name}".*?</section>', text, re.DOTALL)[0])
        for name in DEMOS
    }


@pytest.mark.long
@pytest.mark.parametrize("name", DEMOS)
def test_one_state_of_each_poke_equals_a_fresh_run(name, data, html, kit_path):
    for poke, part in grids(name, data):
        compare(name, poke, part | {"html": html[name]}, part["states"][-1], kit_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", DEMOS)
def test_every_state_of_each_poke_equals_a_fresh_run(name, data, html, kit_path):
    for poke, part in grids(name, data):
        for state in part["states"]:
            compare(name, poke, part | {"html": html[name]}, state, kit_path)


@pytest.mark.long
def test_every_demo_of_the_kit_can_be_poked(data):
    assert set(DEMOS) == set(data) - {"map"}
