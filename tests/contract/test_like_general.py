"""Tests an audience that is like the built-in kit's own: the same plans, and with ten lines more a kit of its own."""

import io
import shutil
from functools import cache as once
from pathlib import Path

import pypdf
import pytest
from pptx import Presentation

from tests.contract import kits
from workshop import steps
from workshop.ai_models.register import kit_folder
from workshop.build import prepare
from workshop.check.package import check_package
from workshop.cli.new import new_overlay
from workshop.errors import Report, Severity
from workshop.model.request import Request
from workshop.plan.invariants.reports import try_plan
from workshop.plugins.registry import standard_registry
from workshop.render.writing import render

SLOT = 75
SLOTS = (25, 45, SLOT, 120, 180, 360)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A working folder with the overlay that ``new audience nurses --like general`` writes, and a bare one."""
    folder = tmp_path_factory.mktemp("ward")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        new_overlay("nurses", kit_folder(), "general")
    bare = folder / "bare" / "audiences"
    bare.mkdir(parents=True)
    (bare / "nurses.yaml").write_text("title: Nurses\nlike: general\n", "utf-8")
    with_slide = shutil.copytree(folder / "nurses", folder / "with-slide")
    (slides,) = with_slide.glob("*.md")
    lines = slides.read_text("utf-8").splitlines(keepends=True)
    slides.write_text("".join(line for line in lines if not line.startswith(("<!--", "-->"))), "utf-8")
    return folder


@once
def ready(overlay: Path, cache):
    request = Request(audience="nurses", minutes=kits.ALL, cache=cache, overlays=(overlay,))
    loaded = steps.load(kit_folder(), request, standard_registry(), None)
    return steps.get_ready(loaded, steps.run(loaded), loaded.audiences[0])[0]


def tried(overlay, slot, cache):
    report = Report()
    plan = try_plan(ready(overlay, cache), Request(audience="nurses", minutes=slot, cache=cache), report)
    assert report.found == []
    return plan


def shown(plan):
    return [(slide.id, slide.minutes) for slide in plan.plan.slides]


@pytest.mark.broad
def test_an_audience_that_is_like_general_and_says_nothing_has_the_plans_of_general(folder, cache):
    for slot in SLOTS:
        assert shown(tried(folder / "bare", slot, cache)) == shown(kits.tried("general", slot, cache)), slot


@pytest.mark.broad
def test_the_ready_overlay_keeps_every_rule_and_its_slide_is_in_every_plan_once_it_is_taken_out_of_its_comment(
    folder, cache
):
    for slot in SLOTS:
        for overlay, has_slide in (("nurses", False), ("with-slide", True)):
            plan = tried(folder / overlay, slot, cache)
            assert [breach.message for breach in plan.breaches] == []
            assert ("your-work" in plan.plan.shown) is has_slide, slot


@pytest.fixture(scope="module")
def built(folder, cache):
    """Return the kit of the ready overlay, its problems and its files."""
    request = Request(audience="nurses", cache=cache, overlays=(folder / "with-slide",))
    laid, problems = prepare(kit_folder(), request, standard_registry(), base=None)
    return laid, problems, render(laid, request, standard_registry())


def test_the_ready_overlay_is_about_ten_lines(folder):
    lines = [line for path in (folder / "nurses").rglob("*.*") for line in path.read_text("utf-8").splitlines()]
    assert len([line for line in lines if line and not line.startswith("#")]) <= 15


@pytest.mark.broad
def test_it_builds_every_file_of_its_slot_without_a_problem(built, tmp_path):
    laid, problems, files = built
    assert [str(problem) for problem in problems if problem.severity > Severity.ADVICE] == []
    assert (laid.kit.plan.total, laid.kit.plan.slot) == (SLOT, SLOT)
    assert {"deck.pptx", "booklet.pdf", "home.pdf", "answers.pdf", "facilitator.pdf"} <= files.keys()
    path = tmp_path / "deck.pptx"
    path.write_bytes(files["deck.pptx"])
    assert [str(problem) for problem in check_package(path)] == []


@pytest.mark.broad
def test_deck_and_sheets_say_whom_they_are_for(built):
    _, _, files = built
    deck = Presentation(io.BytesIO(files["deck.pptx"]))
    texts = [
        " ".join(shape.text_frame.text.split())
        for slide in list(deck.slides)[:3]
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    assert {"Workshop for nurses", "Where does a model already meet your work?"} <= set(texts)
    guide = pypdf.PdfReader(io.BytesIO(files["facilitator.pdf"]))
    assert any("Where does a model already meet your work?" in page.extract_text() for page in guide.pages)
