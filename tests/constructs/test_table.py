"""Builds every construct once as a slide and once on paper, so that a forgotten one fails here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import replace
from pptx import Presentation
from pypdf import PdfReader

from workshop.build import build
from workshop.constructs.boxes import Hint
from workshop.constructs.construct import Construct, Place, drawn, titled, unseen
from workshop.constructs.table import BY_BLOCK, CONSTRUCTS, DIVS, SPAN_CLASSES, has, text_of
from workshop.constructs.talk_divs import TALKS
from workshop.layout.diagrams import DRAWS
from workshop.layout.slots import FITS
from workshop.model.blocks import Block, Drawn, Line, Panel, Prose, Run
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.print.block_data import SETS, Galley

KIT = "title: Every construct\nlanguage: en-GB\nsections: [01-all]\n"
SECTION = "---\nstage: all\nnumber: 1\ntitle: All\n---\n"
SHEET = "---\nstage: all\ntitle: All\naim: See each of them\n---\n"
NOTES = "::: notes\n**Say** This.\n\n**Next** That.\n:::\n"
WRITTEN = {"quote": "> {}\n"}  # not written as a div; a map is made by its layout
UNFENCED = [c for c in CONSTRUCTS if c.name in WRITTEN]
ON_SLIDES = [*(d for d in DIVS.values() if d.place is not Place.EXERCISE and not d.within), *UNFENCED]
IN_SOLUTIONS = [d for d in DIVS.values() if "solution" in d.within]
IN_TASKS = [*(d for d in DIVS.values() if d.place is Place.ANYWHERE and not d.within), *UNFENCED]


def words(markdown: str) -> list[str]:
    return re.findall(r"[^\W\d_]{3,}", markdown.replace("column", ""))


def fenced(div: Construct) -> str:
    return WRITTEN.get(div.name, f":::: {div.name}\n{{}}\n::::\n").format(div.example)


def a_slide(div: Construct) -> str:
    layout = f" layout={div.slot.layout}" if div.slot else ""
    notes = "" if div.place is Place.NOTES else NOTES
    return f"## This is a {div.name} {{#{div.name} minutes=1{layout}}}\n\n{fenced(div)}\n{notes}\n"


def a_span(name: str) -> str:
    span = SPAN_CLASSES[name]
    return f"## A span of {name} {{#span-{name} minutes=1}}\n\nPlain [{span.example}]{{.{name}}}\n\n{NOTES}\n"


def a_task(div: Construct) -> str:
    head = f"## Task with {div.name} {{#task-{div.name} minutes=1 level=1}}\n\n"
    task, solution = ("", fenced(div)) if div in IN_SOLUTIONS else (fenced(div), "")
    return f"{head}::: task\nBegin.\n\n{task}:::\n\n::: solution\nDone.\n\n{solution}:::\n\n"


@dataclass(frozen=True)
class Finished:
    slides: dict[str, Any]
    sheets: str
    answers: str

    def text(self, title: str) -> str:
        slide = self.slides[title]
        return " ".join(shape_text(shape) for shape in slide.shapes) + slide.notes_slide.notes_text_frame.text


def shape_text(shape: Any) -> str:
    inner: Iterator[str] = map(shape_text, shape.shapes) if hasattr(shape, "shapes") else iter(())
    return " ".join([shape.text_frame.text if shape.has_text_frame else "", *inner])


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Finished:
    """A kit with a slide and an exercise for every div, and a slide for every class of a span."""
    kit, out = tmp_path_factory.mktemp("constructs"), tmp_path_factory.mktemp("out")
    (kit / "exercises").mkdir()
    (kit / "kit.yaml").write_text(KIT)
    (kit / "01-all.md").write_text(SECTION + "".join(map(a_slide, ON_SLIDES)) + "".join(map(a_span, SPAN_CLASSES)))
    (kit / "exercises" / "01-all.md").write_text(SHEET + "".join(map(a_task, [*IN_TASKS, *IN_SOLUTIONS])))
    request = Request(cache=cache, only=("deck", "sheets", "answers"), profile="large")  # any number of pages
    build(kit, request, standard_registry(), base=None, out=out)
    slides = {slide.shapes.title.text: slide for slide in Presentation(str(out / "deck.pptx")).slides}
    sheets, answers = (
        " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
        for name in ("sheets", "answers")
        for file in out.glob(f"{name}*.pdf")
    )
    return Finished(slides, sheets, answers)


@pytest.mark.parametrize("div", ON_SLIDES, ids=lambda div: div.name)
def test_the_words_of_a_div_are_on_its_slide(finished: Finished, div: Construct) -> None:
    shown = finished.text(f"This is a {div.name}")
    missing = [word for word in words(div.example) if word not in shown]
    assert missing == ([] if div.slide is not unseen else words(div.example))


@pytest.mark.parametrize("div", IN_TASKS, ids=lambda div: div.name)
def test_the_words_of_a_div_are_on_its_sheet(finished: Finished, div: Construct) -> None:
    _, _, after = finished.sheets.partition(f"Task with {div.name}")
    printed = after.partition("Task with")[0]
    assert "Begin" in printed
    assert [word for word in words(div.example) if word not in printed] == []


@pytest.mark.parametrize("div", IN_SOLUTIONS, ids=lambda div: div.name)
def test_the_words_of_a_div_of_the_solution_are_only_in_the_key(finished: Finished, div: Construct) -> None:
    found = words(div.example)
    assert found
    assert all(word in finished.answers for word in found)
    assert not all(word in finished.sheets for word in found)


@pytest.mark.parametrize("name", SPAN_CLASSES)
def test_a_span_looks_different_from_the_text_around_it(finished: Finished, name: str) -> None:
    span = SPAN_CLASSES[name]
    slide = finished.slides[f"A span of {name}"]
    (body,) = [shape for shape in slide.placeholders if "Plain" in shape.text]
    runs = body.text_frame.paragraphs[0].runs
    looks = {re.sub(r"<a:t>.*?</a:t>", "", run._r.xml) for run in runs}
    look = replace(span.look(Run("")), tile="")  # a tile is one only in a scene
    unlike = replace(look, fraction=False) != Run("")  # a style used only on paper
    assert len(looks) == (2 if unlike else 1)
    (data,) = Galley(language="en", draw=lambda *_: b"").runs((span.look(Run("x / y")),))
    assert bool(data["is"] or "over" in data) is (look != Run(""))
    assert unlike or span.fixed or span.look(Run("")).tile


def test_every_type_of_block_can_be_shown_on_slides_and_on_paper() -> None:
    kinds = set(get_args(Block)) - {Panel, Drawn}
    assert kinds <= {*SETS, *BY_BLOCK}
    unread = {kind for kind in kinds if kind not in FITS and kind not in BY_BLOCK}
    assert {kind.__name__ for kind in unread} == {"Prose", "Choices"}  # these are read as lines


def test_everything_that_is_drawn_has_a_function_that_draws_it() -> None:
    assert {construct.block for construct in CONSTRUCTS if construct.slide is drawn} == set(DRAWS)


def test_the_templates_for_paper_know_every_type_of_data() -> None:
    source = (files("workshop.render.print") / "templates" / "blocks.typ").read_text("utf-8")
    (rarer,) = re.findall(r"^#let rarer = \((.*)\)$", source, re.MULTILINE)
    known = {*re.findall(r'd\.type == "(\w+)"', source), *re.findall(r"(\w+):", rarer)}
    galley = Galley(language="en", draw=lambda *_: b"")
    panels = [c.block for c in CONSTRUCTS if c.block is not None and issubclass(c.block, Panel)]
    made = galley.blocks(panel("title", (Prose((Line((Run("text"),)),)),)) for panel in panels)
    assert len(made) >= len(panels)
    assert {data["type"] for data in made} <= known


def test_a_block_without_a_look_on_slides_or_paper_is_refused() -> None:
    with pytest.raises(TypeError, match="doesn't say what slide makes of it"):
        Construct(name="new", example="", block=Hint, paper=lambda *_: [])
    with pytest.raises(TypeError, match="doesn't say what paper makes of it"):
        Construct(name="new", example="", block=Hint, slide=titled)


def test_every_construct_that_an_author_writes_is_tried() -> None:
    of_talks = {construct.name for construct in TALKS}  # what other tools' files become, see tests/dialects/
    assert {c.name for c in CONSTRUCTS if not c.fenced} == {*WRITTEN, "map", *of_talks}


def test_names_are_given_once() -> None:
    assert len(DIVS) == len([c for c in CONSTRUCTS if c.fenced])
    assert len(BY_BLOCK) == len([c for c in CONSTRUCTS if c.block])


def test_every_div_that_another_names_exists() -> None:
    named = [name for div in DIVS.values() for name in (*div.within, div.holds) if name]
    assert set(named) <= set(DIVS)


def test_a_panel_is_found_at_any_depth() -> None:
    hint = Hint("", ())
    assert has((Panel("", (Panel("", (hint,)),)),), Hint)
    assert not has((Panel("", ()),), Hint)


def test_the_title_of_a_panel_is_read_before_its_text() -> None:
    line = Line((Run("inside"),))
    lines = text_of((Hint("Help", (Prose((line,)),)), Prose((replace(line, step=1),))))
    assert [entry.text for entry in lines] == ["Help", "inside", "inside"]
    assert lines[0].runs[0].strong
