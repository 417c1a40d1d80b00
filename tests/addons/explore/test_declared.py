"""What a declaration gets wrong is refused with file and line, and the rest of the page is made."""

import json

import pytest
from lxml import html
from msgspec.structs import replace

from tests.addons.explore.ten import DOUBLED, STEPS, found, made, outcome, sections_of
from workshop.addons.explore import step
from workshop.addons.explore.drawn import PokeError
from workshop.addons.explore.states import controls_of
from workshop.errors import Report
from workshop.model.pokes import (
    Ask,
    Before,
    Choice,
    Dial,
    Map,
    Pick,
    Read,
    Sort,
    Sweep,
    Toggle,
    Train,
    Write,
)


def refused(*pokes):
    report = Report()
    made_ = sections_of((made("fine", DOUBLED), made("wrong", *pokes)), report)
    assert [section.id for section in made_] == ["fine"]
    assert len(report.errors) == len(report.found) == 1
    problem = report.found[0]
    assert problem.at.path.endswith("tests/addons/explore/ten.py")
    assert problem.at.line > 0
    return str(problem)


def classes_of(section, part):
    """Return the classes of the places whose classes change, in each state: the page is written in one of them."""
    written = {
        e.get("data-k") + "@class": e.get("class") for e in html.fromstring(section.html).iter() if e.get("data-k")
    }
    changing = {place for state in part["states"] for place in state["set"] if place.endswith("@class")}
    return [{place: state["set"].get(place, written[place]) for place in changing} for state in part["states"]]


def sweep(**changes):
    given = {"label": "How often", "shows": (), "finding": "{{ times }}"}
    return Sweep(changes.pop("knob", "times"), changes.pop("values", (1, 2)), **(given | changes))


@pytest.mark.parametrize(
    ("poke", "words"),
    [
        (sweep(knob="tiems"), "which wrong doesn't have — did you mean 'times'?"),
        (sweep(values=(1, 5000)), "wrong.times can't be 5000 — it must be a whole number from 1 to 1,000"),
        (sweep(values=(1, 1.5)), "wrong.times can't be 1.5"),
        (sweep(values=tuple(range(1, 22))), "times has 21 values — give it from 2 to 20"),
        (sweep(values=(1,)), "times has 1 values"),
        (sweep(unit="percent(0"), "percent"),
        (sweep(unit="percnt"), "there is no filter 'percnt' — did you mean 'percent'?"),
        (Sort("?", cards="names", by="numbers", unit="cuont"), "there is no filter 'cuont'"),
        (Pick("rounds", outcome, label="?", unit="shares"), "there is no filter 'shares'"),
        (sweep(kind="dial"), "can't be of the kind 'dial'"),
        (sweep(shows=("size",)), "none of its exhibits is named 'size' (it has: sizes, curve, animals)"),
        (sweep(shows=(Read("x", "sice"),)), "there is no run or name 'sice'"),
        (sweep(finding="{{ times.x }}"), "times"),
        (sweep(finding="{{ times | percnt }}"), "there is no filter 'percnt'"),
        (Toggle("kind", {"warm": "W", "hot": "H"}, label="?", shows=(Read("x", "kinds.{kind}.says"),)), "kinds.hot"),
        (
            Toggle("kind", "names", label="?", by=Choice("times", {str(n): str(n) for n in range(1, 10)}, label="?")),
            "27 states; at most 24",
        ),
        (Pick("round", outcome, label="?"), "'round' isn't a table of rounds"),
        (Ask("nexd", label="?", examples=("a",)), "'nexd' isn't a table that can be asked"),
        (
            Write("next", label="?", examples=("a",), key="last_word", value="(count + 2) / (total + 4)"),
            "gives 0.50 for “b” after “a”, but the demo says 0.25",
        ),
        (
            Write("next", label="?", examples=("a",), key="last_word", value="total.x"),
            "isn't a formula that the page can compute",
        ),
        (Write("next", label="?", examples=("a",), key="first_word", value="count"), "the key can't be 'first_word'"),
        (
            Write("next", label="?", examples=("a",), key="last_word", value="count", unit="points"),
            "can't print the unit 'points'",
        ),
        (
            Dial("kind", {"a": "A", "b": "B"}, label="?", shows=("sizes",), marks=True),
            "marks 2 options in 'sizes', which has 3",
        ),
        (Train("next", label="?"), "'next' isn't a table of a reading"),
        (Dial("times", "names", label="?"), "'times' is a knob, but its options are the list 'names'"),
        (Map("sizes", label="?"), "none of its exhibits is a table named 'sizes'"),
        (Sort("?", cards="names", by="kinds"), "isn't a list of facts"),
        (Sort("?", cards="names", by="names"), "must be lists of the same length"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_poke_that_does_not_fit_its_demo_is_refused_at_the_line_of_the_demo(poke, words):
    assert words in refused(poke)


def test_a_sweep_with_a_slow_run_is_named_in_one_line(monkeypatch):
    monkeypatch.setattr(step, "SLOW", -1.0)
    report = Report()
    assert sections_of((made("slid", DOUBLED),), report)
    (problem,) = report.found
    assert str(problem.severity.name) == "ADVICE"
    assert "a poke of slid turns times, and its 4 runs take 0 s together" in str(problem)


def test_two_values_of_a_dial_may_not_read_the_same():
    share = Sweep("share", (0.001, 0.0012), label="?", shows=(), finding="?", unit="percent")
    with pytest.raises(PokeError, match="two values of share read the same: <1%, <1%"):
        controls_of(share, found(), "")
    (control,) = controls_of(replace(share, unit="percent(2)"), found(), "")
    assert control.texts == ("0.10%", "0.12%")


def test_the_rounds_before_the_first_step_need_no_run():
    report = Report()
    (section,) = sections_of((made("stepped", STEPS),), report)
    assert not report.found
    assert '"keys":["0","1","2"]' in section.data
    assert Before("x").points == 0


def test_without_texts_nothing_can_be_typed_and_no_text_travels():
    demos = (
        made(
            "asked",
            Ask("next", label="?", examples=("a",), key="last_word", value="(count + 1 / size) / (total + 1)"),
            DOUBLED,
        ),
    )
    with_texts, without = (sections_of(demos, Report(), texts=texts)[0] for texts in (True, False))
    assert with_texts.texts == 1
    assert without.texts == 0
    assert "data-text" in with_texts.html
    assert "data-text" not in without.html
    assert '"table"' not in without.data


def test_a_dial_over_what_one_run_measured_marks_its_point_and_formats_its_numbers():
    report = Report()
    shows = (Read("number", "numbers[{spot}] | count"), "animals")
    dial = Dial("spot", "numbers", unit="percent", label="?", shows=shows, finding="{spot}", marks=True)
    (section,) = sections_of((made("dialled", dial),), report)
    assert not report.found
    (part,) = json.loads(section.data)["parts"]
    assert part["controls"][0]["texts"] == ["100%", "3,000%", "2,000%"]
    lit = [{key for key, value in seen.items() if value == "lit"} for seen in classes_of(section, part)]
    assert [len(rows) for rows in lit] == [1, 1, 1]
    assert len(set.union(*lit)) == 3


def test_the_chosen_bar_of_a_dial_has_the_accent_and_the_others_are_grey():
    dial = Dial("spot", "names", label="?", shows=("sizes",), finding="{spot}", marks=True)
    (section,) = sections_of((made("dialled", dial),), Report())
    (part,) = json.loads(section.data)["parts"]
    fills = [[v for _, v in sorted(seen.items()) if v.startswith("f-")] for seen in classes_of(section, part)]
    assert [row.index("f-accent") for row in fills] == [0, 1, 2]
    assert all(row.count("f-context") == 2 for row in fills)
