"""Tests the recipe for a client: the client's template, three documents and logo, in two commands."""

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from docs.given import COLORS, DOCUMENTS, client_template, logo
from workshop.check.package import check_package

ROOT = Path(__file__).parents[2]
RECIPES, BUILD = ROOT / "docs" / "recipes.md", ROOT / "build_deck.py"
FOOT = (10, 11, 12)  # date, footer and number, whose boxes are wider than their words
pytestmark = pytest.mark.broad  # a client's template and documents: the longest build of all


def commands():
    """Return the words of both commands, as the recipes print them: the world from documents, and the build."""
    (row,) = re.findall(r"^All at once, for a client: .*?\n\n", RECIPES.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [shlex.split(typed) for typed in re.findall(r"`workshop ([^`]*)`", row)]


@pytest.fixture(scope="module")
def client(tmp_path_factory, cache):
    """Run the command in a client's folder; return the folder and the output."""
    folder = tmp_path_factory.mktemp("client")
    client_template(folder / "corp.pptx")
    (folder / "logo.png").write_bytes(logo())
    documents = folder / "documents"
    documents.mkdir()
    for name, text in DOCUMENTS.items():
        (documents / name).write_text(text, "utf-8")
    env = {**os.environ, "WORKSHOP_CACHE": str(cache)}
    drafted, built = commands()
    for words in (drafted, built):
        whole = [sys.executable, str(BUILD), *words]
        done = subprocess.run(whole, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        questions = folder / "acme" / "questions.yaml"  # each drafted card is taken as it is
        questions.write_text(questions.read_text("utf-8").replace("?, question", ", question"), "utf-8")
    return folder, done


@pytest.fixture(scope="module")
def deck(client):
    """The finished deck and its file."""
    (path,) = (client[0] / "dist").glob("*/deck.pptx")
    return Presentation(io.BytesIO(path.read_bytes())), path


def shown(deck):
    return [slide for slide in deck.slides if slide._element.get("show") != "0"]


def words(slide):
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_chart:
            texts += [str(category) for category in shape.chart.plots[0].categories]
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return " ".join(texts)


def test_the_command_makes_a_deck_of_forty_five_minutes_without_a_warning(client):
    _, done = client
    assert "plan: 45 of 45 minutes" in done.stdout
    assert "warning" not in done.stderr
    assert "error" not in done.stderr


def test_the_finished_deck_has_nothing_to_fix(deck):
    assert [str(p) for p in check_package(deck[1])] == []
    assert validate_pptx(str(deck[1])).errors == []


def test_every_slide_is_in_the_clients_colours(deck):
    theme = next(r.target_part for r in deck[0].slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    assert all(color.encode() in theme.blob for color in COLORS.values())


def test_with_three_documents_the_slides_about_search_show_one_of_them(client, deck):
    text = " ".join(words(slide) for slide in shown(deck[0]))
    titles = re.findall(r"^## (.+?) \{#", (client[0] / "acme" / "library.md").read_text("utf-8"), re.MULTILINE)
    assert len(titles) == len(DOCUMENTS)
    assert any(title in text for title in titles)
    assert not re.search("irrigation|garden|spade", text, re.IGNORECASE)


def logos(holder):
    pictures = (shape for shape in holder.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE)
    return [picture for picture in pictures if picture.image.blob == logo()]


def test_the_logo_is_seen_on_every_shown_slide_and_on_the_sheets(client, deck):
    for slide in shown(deck[0]):
        (logo,) = logos(slide.slide_layout) or logos(slide.slide_layout.slide_master)
        assert logo.width / logo.height == pytest.approx(3, rel=0.01)
        for shape in slide.shapes:
            beside = shape.left >= logo.left + logo.width or shape.left + shape.width <= logo.left
            above = shape.top >= logo.top + logo.height or shape.top + shape.height <= logo.top
            assert beside or above or (shape.is_placeholder and shape.placeholder_format.idx in FOOT), shape.name
    sheets = pypdf.PdfReader(deck[1].with_name("home.pdf"))
    fronts = [page for page in sheets.pages if "page 1 of" in page.extract_text()]
    assert fronts
    assert all(page.images for page in fronts)
