"""Follows the recipes of docs/recipes.md to the letter."""

import io
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pypdf
import pytest
from pptx import Presentation

from workshop.cli.app import main
from workshop.render.office import find_office

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "recipes.md").read_text("utf-8")
pytestmark = pytest.mark.long


def commands(recipe):
    """Return the commands of a recipe, each as its words after the program's name."""
    found, heading, fenced = [], "", False
    for line in PAGE.splitlines():
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
    write_examples("recipes.md", tmp_path)

    def type_them(recipe):
        for words in commands(recipe):
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
    printed = follow("My own audience")
    assert "no problems" in printed.out
    assert "plan: 75 of 75 minutes" in printed.out
    made = {path.name for path in (tmp_path / "dist" / "nurses").iterdir()}
    assert {"deck.pptx", "booklet.pdf", "home.pdf", "answers.pdf", "facilitator.pdf"} <= made
    assert "Where does a model already meet your work?" not in titles(tmp_path / "dist" / "nurses" / "deck.pptx")


@pytest.mark.broad
def test_change_a_sentence_for_executives(follow, tmp_path):
    printed = follow("Change a sentence for executives")
    assert "no problems" in printed.out
    (deck,) = tmp_path.glob("dist/*/deck.pptx")
    slides = [slide for slide in Presentation(deck).slides if "Our doctors rate it" in texts(slide)]
    assert [slide.has_notes_slide for slide in slides] == [True]
    assert "Raters rarely can." in slides[0].notes_slide.notes_text_frame.text


def test_replace_one_slide(follow, tmp_path):
    printed = follow("Replace one slide")
    assert re.search(r"^only-its-text +2 .*A model can learn only what it reads", printed.out, re.MULTILINE)
    found = titles(tmp_path / "dist" / "client-general" / "deck.pptx")
    assert "Your pages hold more than they seem to" in found
    assert not any("only what it reads" in title for title in found)


@pytest.mark.broad
def test_see_my_slides(follow, cache, tmp_path):
    (words,) = commands("See my slides")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "WORKSHOP_CACHE": str(cache)}
    command = [sys.executable, str(ROOT / "build_deck.py"), *words, "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path) as shown:
        try:
            address = shown.stdout.readline().split()[-1]
            assert b"<html" in urlopen(address).read()
        finally:
            shown.send_signal(signal.SIGINT)


@pytest.mark.broad  # tests/render/test_office.py tries it with a talk
@pytest.mark.skipif(not find_office(), reason="LibreOffice isn't installed")
def test_a_pdf_of_the_deck(follow, tmp_path):
    printed = follow("A PDF of the deck")
    assert "dist/client-general/deck.pdf" in printed.out
    folder = tmp_path / "dist" / "client-general"
    shown = [s for s in Presentation(folder / "deck.pptx").slides if s._element.get("show") != "0"]
    pdf = pypdf.PdfReader(folder / "deck.pdf")
    assert len(pdf.pages) == len(shown)
    assert any("Your pages hold more than they seem to" in page.extract_text() for page in pdf.pages)


def test_a_figure_for_your_own_paper(follow, tmp_path):
    follow("A figure for your own paper")
    assert {path.suffix for path in (tmp_path / "figures").iterdir()} == {".svg", ".png", ".pdf"}
    command = [sys.executable, tmp_path / "law.py"]
    subprocess.run(command, check=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    (page,) = pypdf.PdfReader(tmp_path / "law.pdf").pages
    (ours,) = pypdf.PdfReader(tmp_path / "figures" / "law.pdf").pages
    labels = set(ours.extract_text().split())
    assert labels <= set(page.extract_text().split())
