"""Follows the recipes of the manual to the letter."""

import io
import math
import re
import runpy
import shlex
from pathlib import Path

import pypdf
import pytest
from pptx import Presentation

from workshop.cli.app import main
from workshop.expressions import Evaluator
from workshop.render.office import find_office

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.long


def commands(page, recipe):
    """Return the commands below a heading of a page, each as its words after the program's name."""
    found, heading, fenced = [], "", False
    for line in (ROOT / "docs" / page).read_text("utf-8").splitlines():
        fenced ^= line.startswith("```")
        heading = line if line.startswith("## ") and not fenced else heading
        if fenced and heading == f"## {recipe}" and line.startswith("workshop "):
            found.append(shlex.split(line)[1:])
    assert found
    return found


@pytest.fixture
def follow(cache, tmp_path, monkeypatch, capsys, write_examples):
    """Type the commands of a recipe in an empty folder that has its files; return what was printed."""
    monkeypatch.setenv("WORKSHOP_CACHE", str(cache))
    monkeypatch.chdir(tmp_path)

    def type_them(page, recipe):
        write_examples(page, tmp_path)
        for words in commands(page, recipe):
            try:
                main(words)
            except SystemExit as ended:
                code = ended.code
            else:
                code = None
            assert not code, capsys.readouterr()
        return capsys.readouterr()

    return type_them


def texts(slide):
    return " ".join(" ".join(shape.text_frame.text.split()) for shape in slide.shapes if shape.has_text_frame)


def titles(deck):
    return [
        " ".join(slide.shapes.title.text_frame.text.split())
        for slide in Presentation(io.BytesIO(deck.read_bytes())).slides
        if slide.shapes.title
    ]


@pytest.mark.broad
def test_my_own_audience(follow, tmp_path):
    printed = follow("overlays.md", "An audience of your own")
    assert "no problems" in printed.out
    assert "plan: 75 of 75 minutes" in printed.out
    made = {path.name for path in (tmp_path / "dist" / "nurses").iterdir()}
    assert {"deck.pptx", "booklet.pdf", "home.pdf", "answers.pdf", "facilitator.pdf"} <= made
    assert "Where does a model already meet your work?" not in titles(tmp_path / "dist" / "nurses" / "deck.pptx")


@pytest.mark.broad
def test_change_a_sentence_for_executives(follow, tmp_path):
    printed = follow("write/slides.md", "The slides of one audience")
    assert "no problems" in printed.out
    (deck,) = tmp_path.glob("dist/*/deck.pptx")
    slides = [slide for slide in Presentation(deck).slides if "Our doctors rate it" in texts(slide)]
    assert [slide.has_notes_slide for slide in slides] == [True]
    assert "Raters rarely can." in slides[0].notes_slide.notes_text_frame.text


@pytest.mark.broad
@pytest.mark.skipif(not find_office(), reason="LibreOffice isn't installed")
def test_replace_one_slide_and_make_a_pdf(follow, tmp_path):
    printed = follow("recipes.md", "Replace one slide")
    assert re.search(r"^only-its-text +2 .*A model can learn only what it reads", printed.out, re.MULTILINE)
    found = titles(tmp_path / "dist" / "client-general" / "deck.pptx")
    assert "Your pages hold more than they seem to" in found
    assert not any("only what it reads" in title for title in found)
    folder = tmp_path / "dist" / "client-general"
    shown = [s for s in Presentation(folder / "deck.pptx").slides if s._element.get("show") != "0"]
    pdf = pypdf.PdfReader(folder / "deck.pdf")
    assert len(pdf.pages) == len(shown)
    assert any("Your pages hold more than they seem to" in page.extract_text() for page in pdf.pages)


def test_the_demo_of_the_page_computes_the_chance_that_counting_gives_and_its_slide_says_so(write_examples, tmp_path):
    (path,) = (path for path in write_examples("demos.md", tmp_path) if path.name == "birthdays.py")
    names = runpy.run_path(str(path))
    facts = names["birthdays"].function(people=23).facts
    assert facts["chance"] == pytest.approx(1 - math.perm(365, 23) / 365**23, rel=1e-6)
    slide = (ROOT / "docs" / "demos.md").read_text("utf-8").partition("```markdown\n")[2].partition("```")[0]
    assert Evaluator({"birthdays": facts}).claim(re.search('claim="([^"]+)"', slide)[1])
    assert {Evaluator({"birthdays": facts}).text(one) for one in re.findall(r"{{ (.+?) }}", slide)} == {"23", "51%"}


@pytest.mark.broad
def test_a_figure_for_your_own_paper(follow, tmp_path):
    follow("demos.md", "A figure for your own paper")
    assert {path.suffix for path in (tmp_path / "figures").iterdir()} == {".svg", ".png", ".pdf"}
