"""Tests that every step continues after a fault, and works for all audiences at once."""

import random
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from workshop import steps
from workshop.build import check, plan, prepare
from workshop.errors import Problem, Problems, Severity, WorkshopError
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx import deck

WRITTEN = (".md", ".yaml", ".csv")
COUNTING = """\
import pathlib

from workshop.model.exhibits import Findings, Frozen, demo


@demo("toast", title="Toast", knobs={})
def toast() -> Findings:
    \"\"\"Count the runs.\"\"\"
    log = pathlib.Path(LOG)
    log.write_text(log.read_text() + "x" if log.exists() else "x")
    return Findings(Frozen({"slices": 2}), {})
"""


@pytest.fixture
def own_bread(bread, tmp_path):
    """A copy of the bread kit that a test may change."""
    copy = tmp_path / "bread"
    shutil.copytree(bread, copy)
    return copy


@pytest.fixture
def two_audiences(own_bread, tmp_path):
    """The bread kit for everyone and for bakers, with a demo that notes each of its runs."""
    (own_bread / "audiences" / "bakers.yaml").write_text("title: Bakers\n")
    (own_bread / "demos" / "toast.py").write_text(COUNTING.replace("LOG", repr(str(tmp_path / "log"))))
    kit, page = own_bread / "kit.yaml", own_bread / "02-oven.md"
    kit.write_text(kit.read_text().replace("demos/oven.py]", "demos/oven.py, demos/toast.py]"))
    page.write_text(page.read_text() + "\n## Toast is cut {#toast}\n\n- {{ toast.slices }} slices\n")
    return own_bread


def errors_of(kit, request):
    with pytest.raises(Problems) as raised:
        prepare(kit, request, standard_registry(), base=None)
    found = raised.value.problems
    return [(Path(p.at.path).name if p.at else "", p.code) for p in found if p.severity is Severity.ERROR]


def test_missing_facts_and_charts_are_named_whatever_else_is_wrong(own_bread, cache):
    kit, one, two = own_bread / "kit.yaml", own_bread / "01-dough.md", own_bread / "02-oven.md"
    sheet = own_bread / "exercises" / "01-dough.md"
    kit.write_text(kit.read_text().replace("people: 8", "people: many\nlicense: CC0"))
    one.write_text(
        one.read_text().replace("minutes=3", "minutes=abc", 1) + "\n## More {#more}\n\n{{ dough.nothing }}\n"
    )
    two.write_text(two.read_text() + "\n## Rise {#rise}\n\n![](chart:dough.fall)\n\n[^1] {{ 1 + }}\n")
    sheet.write_text(sheet.read_text().replace("::: task", "::: tusk", 1))
    found = errors_of(own_bread, Request(cache=cache, trust=True))
    assert {("kit.yaml", "schema"), ("kit.yaml", "unknown-key"), ("01-dough.md", "number")} <= {*found}
    assert {("01-dough.md", "unknown-fact"), ("02-oven.md", "unknown-chart"), ("01-dough.md", "unknown-name")} <= {
        *found
    }


def test_an_unknown_audience_stops_at_once_with_what_was_found_so_far(own_bread, cache):
    kit = own_bread / "kit.yaml"
    kit.write_text(kit.read_text().replace("people: 8", "people: many"))
    found = errors_of(own_bread, Request(cache=cache, trust=True, audience="millers"))
    assert found == [("", "unknown-audience"), ("kit.yaml", "schema")]


def test_an_unknown_default_audience_is_one_problem_at_its_line(own_bread, cache):
    kit = own_bread / "kit.yaml"
    kit.write_text(kit.read_text().replace("audience: general", "audience: millers"))
    assert errors_of(own_bread, Request(cache=cache, trust=True)) == [("kit.yaml", "unknown-audience")]


@pytest.mark.long
def test_check_runs_each_demo_once_for_all_audiences_and_says_where_it_is(two_audiences, tmp_path):
    told = []
    found = check(two_audiences, Request(trust=True), standard_registry(), base=None, progress=told.append)
    assert not [p for p in found if p.severity is Severity.ERROR]
    assert (tmp_path / "log").read_text() == "x"
    assert told == ["read", "run demos", "bakers, general"]


@pytest.mark.parametrize("audiences", [1, 2])
def test_check_says_what_does_not_fit_on_paper_only_if_asked(two_audiences, audiences, cache):
    sheet = two_audiences / "exercises" / "01-dough.md"
    row = "| " + " | ".join(f"Unbreakable{letter}" for letter in "abcdefghijklmn") + " |"
    table = f"{row}\n|{'---|' * 14}\n{row}\n\n"
    sheet.write_text(sheet.read_text().replace("::: hint\n", f"::: hint\n{table}", 1))
    request = Request(trust=True, cache=cache, audience="" if audiences == 2 else "general")
    seen, printed = (
        check(two_audiences, request, standard_registry(), base=None, printed=printed) for printed in (False, True)
    )
    assert "print-overflow" not in {p.code for p in seen}
    assert {p.code for p in printed} - {p.code for p in seen} == {"print-overflow"}


@pytest.mark.parametrize("sure", [True, False])
def test_check_writes_a_deck_only_if_something_could_still_be_wrong_with_it(two_audiences, cache, sure):
    def torn(laid):
        raise Problems([Problem("torn", code="torn")])

    registry = standard_registry()
    registry.targets["writer"]["deck"] = replace(deck.DECK, render=torn, is_sure=lambda laid: sure)
    request = Request(trust=True, cache=cache, audience="general")
    codes = {p.code for p in check(two_audiences, request, registry, base=None, printed=True)}
    assert ("torn" in codes) != sure


def test_a_mistake_for_one_audience_does_not_hide_those_of_the_next(two_audiences):
    page = two_audiences / "02-oven.md"
    page.write_text(
        page.read_text()
        + "\n## Sliced {#sliced for=bakers}\n\n- {{ toast.slice }}\n\n## Spread {#spread for=general}\n\n- {{ toast.jam }}\n"
    )
    found = check(two_audiences, Request(trust=True), standard_registry(), base=None)
    errors = {p.message for p in found if p.severity is Severity.ERROR}
    assert errors == {"there is no fact 'toast.slice'", "there is no fact 'toast.jam'"}


def test_each_audience_has_the_runs_that_it_refers_to(two_audiences):
    page = two_audiences / "02-oven.md"
    page.write_text(page.read_text().replace("{#toast}", "{#toast for=bakers}"))
    loaded = steps.load(two_audiences, Request(trust=True), standard_registry(), None, everybody=True)
    ran = steps.run(loaded)
    assert "toast" in ran.needed["bakers"]
    assert "toast" not in ran.needed["general"]
    assert {*ran.findings} == {*ran.needed["bakers"], *ran.needed["general"]}


def test_a_plan_is_the_same_without_a_layout(bread, cache):
    request = Request(cache=cache, trust=True)
    kit, _ = plan(bread, request, standard_registry(), base=None)
    assert kit == prepare(bread, request, standard_registry(), base=None)[0].kit


def spoilt(text: str, rng: random.Random) -> str:
    """Return a text with one line lost, doubled, cut, or with another value."""
    lines = text.split("\n")
    k = rng.randrange(len(lines))
    line = lines[k]
    head, colon, _ = line.partition(":")
    place = rng.randrange(len(line) + 1)
    lines[k : k + 1] = rng.choice(
        [
            [],
            [line, line],
            [line[:place]],
            [line[:place] + rng.choice('{}[]:"=-#x1 ') + line[place:]],
            [line.replace("=", "=abc")],
            [head + colon + rng.choice((" abc", " [abc]", " {a: b}"))],
        ]
    )
    return "\n".join(lines)


@pytest.mark.long
@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_a_kit_with_any_line_damaged_is_built_or_gives_problems(tmp_path_factory, bread, seed):
    rng, kit = random.Random(seed), tmp_path_factory.mktemp("spoilt") / "bread"
    shutil.copytree(bread, kit)
    files = sorted(path for path in kit.rglob("*") if path.suffix in WRITTEN)
    for file in rng.sample(files, rng.randint(1, 3)):
        file.write_text(spoilt(file.read_text(), rng))
    with suppress(WorkshopError):  # any other exception fails the test
        laid, _ = prepare(kit, Request(trust=True), standard_registry(), base=None)
        assert laid.slides
