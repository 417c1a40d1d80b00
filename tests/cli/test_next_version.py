"""A kit, an overlay and edits that version 0.1 read and wrote, untouched since: each later version has to build them."""

import shutil
from pathlib import Path

import pytest
from pptx import Presentation

OF_0_1 = Path(__file__).parents[1] / "fixtures" / "0.1"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(OF_0_1, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_a_kit_of_0_1_with_its_overlay_and_edits_is_built_without_a_warning(run, folder):
    code, _, said = run(
        "build", "kit", "--overlay", "client", "--trust", "--only", "deck,sheets,answers", "--out", "out"
    )
    assert (code, [line for line in said.splitlines() if "warning" in line or "error" in line]) == (0, [])
    assert {path.name for path in (folder / "out").glob("*.*") if path.name[0] != "."} >= {"sheets.pdf", "answers.pdf"}
    slides = list(Presentation(folder / "out" / "deck.pptx").slides)
    assert [slide.shapes.title.text_frame.text.replace("\v", " ") for slide in slides] == [
        "Bread that rises",
        "The dough",
        "A warm dough doubles sooner than a cold one",
        "Each flour drinks its own share of water",
        "How much water does this dough need?",
        "The oven",
        "A crust that forms late lets the loaf grow",
        "The knife does not make it rise",
    ]
    (chart,) = (shape.chart for shape in slides[2].shapes if shape.has_chart)
    assert chart.value_axis.maximum_scale == 12
    (text,) = (shape.text_frame for shape in slides[6].shapes if shape.name == "Content 1")
    assert text.paragraphs[0].runs[0].font.bold
    assert text.paragraphs[1].text == "A soft skin stretches like a balloon"


def test_edits_of_0_1_are_listed_and_taken_back(run, folder):
    code, said, _ = run("adopt", "client", "--list")
    assert code == 0
    assert ["warm" in said, "crust" in said] == [True, True]
    assert run("adopt", "client", "--undo")[0] == 0
    assert not (folder / "client" / "edits" / "warm.yaml").exists()
    code, _, said = run("build", "kit", "--overlay", "client", "--trust", "--only", "deck", "--out", "out")
    assert code == 0, said
    (text,) = (
        shape.text_frame
        for slide in Presentation(folder / "out" / "deck.pptx").slides
        for shape in slide.shapes
        if shape.name == "Content 1"
    )
    assert text.paragraphs[1].text == "A soft skin stretches"
