"""Tests what must be true of the pokes of every demo: each state on the page, place by place, against a run of the demo made here."""

import json
import re
import subprocess
import sys
from functools import cache as once
from pathlib import Path

import pytest
from lxml import html

from tests.contract.kits import content
from workshop.addons.explore.companion import BUDGET
from workshop.addons.explore.explore_command import explore_page
from workshop.ai_models.register import DEMOS as ALL
from workshop.expressions import Evaluator
from workshop.model.exhibits import Chart, Table
from workshop.model.frozen import Frozen
from workshop.model.pokes import Answers, Arcs, Cases, Dots, Pick, Read, Sort, Sweep, Train, Write
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.runs.arguments import parameters
from workshop.runs.runner import RunRequest, run_demo
from workshop.wording.formats import show

REGISTRY = standard_registry()
LEFT = {"contamination", "bias", "saturation", "neural", "duplicates"}  # these stay on slides and sheets
DEMOS = sorted({*ALL} - {"cost"} - LEFT)  # executives fill in the numbers of the cost on their leaf
ROOT = Path(__file__).resolve().parents[3]
BEFORE = "0"  # key of the state before the first step


@pytest.fixture(scope="module")
def page(kit_path, cache):
    made, problems, _ = explore_page(kit_path, Request(cache=cache), REGISTRY, base=kit_path)
    assert [problem for problem in problems if problem.code == "poke"] == []
    return made.decode()


@pytest.fixture(scope="module")
def data(page):
    return {
        poke["id"]: poke for poke in json.loads(re.search(r'id="pokes">(.*?)</script>', page, re.DOTALL)[1])["pokes"]
    }


@pytest.fixture(scope="module")
def boxes(page):
    tree = html.fromstring(page)
    return {name: tree.get_element_by_id(name) for name in DEMOS}


def put(text, choice):
    """Put what was chosen into a text."""
    return re.sub(r"(?<!\{)\{(\w+)\}(?!\})", lambda found: choice.get(found[1], found[0]), text)


def words_of(sentence, choice, found):
    """Return a finding as it must read: an exhibit's own, or a sentence with its values."""
    if put(sentence, choice) in found.exhibits:
        return found.exhibits[put(sentence, choice)].finding.rstrip(".") + "."
    return re.sub(r"\{\{(.*?)\}\}", lambda v: Evaluator(found.facts).text(v[1].strip()), put(sentence, choice))


def shown_in(element, state, attribute=""):
    """Return what an element shows in a state: its place if it has one there, else what the page was written with."""
    place = element.get("data-k", "") + (f"@{attribute}" if attribute else "")
    return state.get(place, element.get(attribute) if attribute else element.text_content())


def grids(name, data):
    """Yield (declaration, data, number of its part) of everything with states."""
    for number, (poke, part) in enumerate(zip(REGISTRY.get("demo", name).pokes, data[name]["parts"], strict=True)):
        if isinstance(poke, Sweep | Cases):
            yield poke, part, number


@once
def fresh(name, knobs=()):
    """Run a demo in this process, without a cache; ``knobs`` as they are typed after ``--set``."""
    bound = content().data.get(name, {})
    asked = RunRequest(name=name, demo=name, knobs=dict(knobs), data=bound, at=None)
    return run_demo(asked, REGISTRY, seed=0, cache=None)


def run_of(name, choice):
    """Run the demo with what was chosen; what isn't a knob turns nothing."""
    own = {p.name for p in parameters(REGISTRY.get("demo", name)) if p.kind == "knob"}
    return fresh(name, tuple((knob, value) for knob, value in choice.items() if knob in own))


def check_chart(chart, figure, state):
    """The chart's words hold every value, in order; what is drawn has a table of its own to be read from."""
    (svg,) = [drawn for drawn in figure.iter("svg") if drawn.get("role") == "img"]
    said = shown_in(svg, state, "aria-label")
    values = [show(v, chart.unit) for series in chart.series for v in series.values if v is not None]
    assert re.sub(r"[^0-9]", "", said).endswith(re.sub(r"[^0-9]", "", values[-1]))
    at = 0
    for value in values:
        at = said.index(value, at) + len(value)


def check_table(table, box, state):
    rows = [row for row in box.iter("tr") if row.getparent().tag == "tbody" and shown_in(row, state, "class") != "off"]
    written = [[shown_in(cell, state) for cell in row] for row in rows]
    wanted = [[show(c, column.unit) for c, column in zip(row, table.columns, strict=True)] for row in table.rows[:16]]
    assert written == wanted


def check_dots(item, figure, state, choice, found):
    """The area of each part is its count, in squares of 10 by 10, and together they are all."""
    evaluate = Evaluator(found.facts)
    counts = [evaluate.value(put(part.count, choice)) for part in item.parts[:-1]]
    counts.append(evaluate.value(put(item.total, choice)) - sum(counts))
    paths = list(figure.iter("path"))
    areas = [
        sum(float(w) * float(h) for w, h in re.findall(r"h(-?[\d.]+)v([\d.]+)", shown_in(path, state, "d"))) / 100
        for path in paths
    ]
    assert areas == pytest.approx(counts, abs=0.02)
    (svg,) = [drawn for drawn in figure.iter("svg") if drawn.get("role") == "img"]
    said = re.findall(r" ([\d.,]+)(?:;|$)", shown_in(svg, state, "aria-label"))
    assert [float(n.replace(",", "")) for n in said] == pytest.approx(counts, abs=0.01)


def check_arcs(item, figure, state, choice, found):
    """Both drawings, of which the page shows one, have every word with its weight, and the word that comes next."""
    words, weights, last = (Evaluator(found.facts).value(put(e, choice)) for e in (item.words, item.weights, item.last))
    wanted = [
        text for word, weight in zip(words.split(), weights, strict=True) for text in (word, show(weight, "ratio"))
    ]
    flat, tall = (e for e in figure.iter("svg"))
    for svg in (flat, tall):
        assert [shown_in(text, state) for text in svg.iter("text")] == [*wanted, last]


def check_answers(item, figure, state, choice, found):
    """There is a square for each right and each wrong answer, and a tick for each row that is right as a whole."""
    rows = Evaluator(found.facts).value(put(item.rows, choice))
    squares = [shown_in(path, state, "d").count("z") for path in figure.iter("path")]
    assert squares == [sum(row.count(kind) for row in rows) for kind in (True, False)]
    assert [shown_in(text, state) for text in figure.iter("text")] == ["✓" if all(row) else "" for row in rows]


def check_state(poke, box, state, choice, found):
    reads = {term.text_content(): term.getnext() for term in box.iter("dt")}
    quoted = {p.text_content(): p.getnext() for p in box.iter("p") if p.getnext() is not None}
    figures = iter([e for e in box.iter("figure", "div") if e.tag == "figure" or e.get("class") == "scroll"])
    for item in poke.shows:
        if isinstance(item, Read):
            wanted, name = Evaluator(found.facts).text(put(item.value, choice)), words_of(item.name, choice, found)
            assert shown_in(reads[name] if name in reads else quoted[name], state) == wanted, name
            continue
        if isinstance(item, Dots):
            check_dots(item, next(figures), state, choice, found)
            continue
        if isinstance(item, Arcs | Answers):
            check = check_arcs if isinstance(item, Arcs) else check_answers
            check(item, next(figures), state, choice, found)
            continue
        exhibit, figure = found.exhibits[put(item, choice)], next(figures)
        if isinstance(exhibit, Chart):
            check_chart(exhibit, figure, state)
        elif isinstance(exhibit, Table):
            check_table(exhibit, figure, state)
        else:
            assert shown_in(next(figure.iter("pre")), state) == exhibit.text.rstrip("\n")
    (told,) = [p for p in box.iter("p") if p.get("data-finding") is not None]
    assert shown_in(told, state) == words_of(poke.finding, choice, found)


def check(name, data, boxes, chosen):
    for poke, part, number in grids(name, data):
        (box,) = [e for e in boxes[name].iter() if e.get("data-part") == str(number)]
        names = [control["name"] for control in part["controls"]]
        for state in chosen(part["states"]):
            choice = dict(zip(names, state["key"].split("|"), strict=True))
            if not (isinstance(poke, Sweep) and poke.before is not None and state["key"] == BEFORE):
                check_state(poke, box, state["set"], choice, run_of(name, choice))


@pytest.mark.broad
@pytest.mark.long
@pytest.mark.parametrize("name", sorted(DEMOS))
def test_both_ends_of_what_can_be_turned_show_what_the_demo_computes(name, data, boxes):
    check(name, data, boxes, lambda states: (states[0], states[-1]))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(DEMOS))
def test_every_state_shows_what_the_demo_computes(name, data, boxes):
    check(name, data, boxes, lambda states: states)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(DEMOS))
def test_the_last_state_of_each_poke_shows_what_the_command_line_prints(name, data, boxes):
    own = {p.name for p in parameters(REGISTRY.get("demo", name)) if p.kind == "knob"}
    for poke, part, number in grids(name, data):
        (box,) = [e for e in boxes[name].iter() if e.get("data-part") == str(number)]
        last = part["states"][-1]
        choice = dict(zip([c["name"] for c in part["controls"]], last["key"].split("|"), strict=True))
        knobs = [text for knob, value in choice.items() if knob in own for text in ("--set", f"{knob}={value}")]
        command = [sys.executable, "build_deck.py", "demo", name, "--json", "--no-cache", *knobs]
        printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        evaluate = Evaluator(Frozen(json.loads(printed)["facts"]))
        reads = {term.text_content(): term.getnext() for term in box.iter("dt")}
        for read in (item for item in poke.shows if isinstance(item, Read) and item.name in reads):
            assert shown_in(reads[read.name], last["set"]) == evaluate.text(put(read.value, choice))


@pytest.mark.parametrize("name", sorted(DEMOS))
def test_every_demo_can_be_poked_and_says_what_to_do(name, data):
    pokes = REGISTRY.get("demo", name).pokes
    assert pokes
    assert any(poke.lead for poke in pokes)
    assert len(data[name]["parts"]) == len(pokes)


def test_no_value_is_left_unfilled(page):
    assert re.findall(r".{40}\{\{.{40}", page) == []


def test_no_number_of_a_sentence_is_typed():
    """Each is a value of the state's own run, with which the other tests compare it."""
    findings = [getattr(poke, "finding", "") for name in DEMOS for poke in REGISTRY.get("demo", name).pokes]
    assert [text for text in findings if re.search(r"\d", re.sub(r"\{\{.*?\}\}|\{\w+\}", "", text))] == []


def test_surprise_has_no_unit_on_the_page_of_those_who_have_never_met_one(page, data):
    tree = html.fromstring(page)
    for script in [*tree.iter("script")]:
        script.drop_tree()
    turned = [
        text
        for poke in data.values()
        for part in poke["parts"]
        for s in part.get("states", ())
        for text in s["set"].values()
    ]
    assert (
        re.findall(r".{40}\bbits?\b.{20}", "\n".join((html.tostring(tree, encoding="unicode"), *map(str, turned))))
        == []
    )


def test_every_demo_says_what_it_is_a_toy_of(boxes):
    heads = {name: box.find_class("about")[0].text_content() for name, box in boxes.items()}
    toys = {name: REGISTRY.get("demo", name).toy_of for name in DEMOS}
    assert {name: toy for name, toy in toys.items() if not toy or f"a toy of {toy}" not in heads[name]} == {}


def test_the_kinds_that_people_sort_write_pick_and_train_with_are_all_there():
    pokes = [poke for name in DEMOS for poke in REGISTRY.get("demo", name).pokes]
    assert all(any(isinstance(poke, kind) for poke in pokes) for kind in (Sort, Write, Pick, Train))


def test_the_page_is_as_small_as_it_must_be(page):
    assert len(page.encode()) <= BUDGET


def test_sentences_that_can_end_are_compared_with_those_that_were_read(data):
    """The written line is false exactly if the demo's model has never read it."""
    (table,) = [part["table"] for part in data["hallucination"]["parts"] if part["kind"] == "write"]
    facts = fresh("hallucination").facts
    assert len(table["read"]) == facts["sentences"]
    assert facts["truth"] in table["read"]
    assert facts["example"] not in table["read"]


def test_no_name_in_a_chart_is_cut_off(page):
    assert re.findall(r">([^<>]*…)</text>", page) == []


def test_demos_that_left_the_page_are_named_in_their_stage(page):
    tree = html.fromstring(page)
    there = {name: tree.get_element_by_id(name).text_content() for name in LEFT}
    assert all(text.endswith(" (on the slides only)") for text in there.values())


def told(data, boxes):
    """Yield demo, state, its sentence, and what its picture has that differs from the one in which the page is written."""
    for name in DEMOS:
        for _, part, number in grids(name, data):
            (box,) = [e for e in boxes[name].iter() if e.get("data-part") == str(number)]
            (said,) = [p for p in box.iter("p") if p.get("data-finding") is not None]
            for state in part["states"]:
                picture = {place: text for place, text in state["set"].items() if place != said.get("data-k")}
                yield name, number, state["key"], shown_in(said, state["set"]), picture


def test_no_sentence_is_empty_and_only_equal_pictures_share_one(data, boxes):
    seen = {}
    for name, number, key, sentence, picture in told(data, boxes):
        assert sentence.strip(), (name, key)
        seen.setdefault((name, number, sentence), []).append((key, picture))
    shared = {
        (name, sentence): [key for key, _ in states]
        for (name, _, sentence), states in seen.items()
        if any(picture != states[0][1] for _, picture in states)
    }
    assert shared == {}


def test_what_is_said_in_every_state_of_a_knob_is_the_result_of_none(data, boxes):
    parts = {}
    for name, number, _, sentence, _ in told(data, boxes):
        parts.setdefault((name, number), []).append(set(re.split(r"(?<=[.”]) (?=[A-Z])", sentence)))
    assert {name: always for name, said in parts.items() if (always := set.intersection(*said))} == {}


def test_all_sentences_are_in_the_file_that_a_person_reads(data, boxes):
    """If one changes, the file beside this test is written anew, so that a review sees it."""
    lines = [f"{name} {key}: {sentence}" for name, _, key, sentence, _ in told(data, boxes)]
    written, text = Path(__file__).with_name("sentences.txt"), "\n".join(lines) + "\n"
    before = written.read_text("utf-8") if written.is_file() else ""
    if before != text:
        written.write_text(text, "utf-8")
    assert before == text, "sentences.txt has changed: read it, and commit it"
