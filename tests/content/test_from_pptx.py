"""Tests of decks as talks; the decks are python-pptx's."""

import io

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE

from tests.photo import photo
from workshop.check.package import check_package
from workshop.cli.app import main
from workshop.content.from_pptx import escaped, talk_of
from workshop.errors import errors_in
from workshop.files.deck_file import read_deck

PHOTO = photo("PNG")


def of(change):
    """Return a deck of one slide with a title and a body, after ``change``."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "What * a loaf needs"
    change(slide)
    written = io.BytesIO()
    presentation.save(written)
    return written.getvalue()


def listed(slide):
    frame = slide.placeholders[1].text_frame
    frame.text = "Flour"
    for text, level in (("500 grams", 1), ("Water", 0)):
        paragraph = frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
    frame.paragraphs[0].runs[0].font.bold = True
    slide.notes_slide.notes_text_frame.text = "Ask who bakes."


def shown(change, tmp_path):
    return talk_of(of(change), tmp_path / "talk.md")


def test_title_levels_of_lists_bold_words_and_notes_become_markdown(tmp_path):
    draft = shown(listed, tmp_path)
    assert (draft.plain, draft.drawn) == (1, 0)
    assert draft.files == {
        "talk.md": b"""## What \\* a loaf needs {#slide-1}

- **Flour**
   - 500 grams
- Water

::: notes
Ask who bakes.
:::
"""
    }


def test_tables_pictures_and_charts_become_markdown_with_their_files(tmp_path):
    def objects(slide):
        slide.placeholders[1]._element.getparent().remove(slide.placeholders[1]._element)
        table = slide.shapes.add_table(2, 2, 0, 0, 99, 99).table
        for row, column, text in ((0, 0, "Part"), (0, 1, "Grams"), (1, 0, "Flour"), (1, 1, "500")):
            table.cell(row, column).text = text
        slide.shapes.add_picture(io.BytesIO(PHOTO), 0, 0)
        data = CategoryChartData()
        data.categories = ["Mon", "Tue"]
        data.add_series("loaves", [3, 4])
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 99, 99, data)

    draft = shown(objects, tmp_path)
    assert (draft.plain, draft.drawn) == (1, 0)
    text = draft.files["talk.md"].decode()
    assert "| Part | Grams |\n|---|---|\n| Flour | 500 |" in text
    assert "(talk-1-1.png)" in text
    assert "(chart:talk-1-2.csv){kind=column x=x y=y1}" in text
    assert draft.files["talk-1-1.png"] == PHOTO
    assert draft.files["talk-1-2.csv"] == b"x,y1\nMon,3\nTue,4\n"


def made(tmp_path, draft, name="talk.md"):
    """Write a talk, build it, and return its deck."""
    for file, content in draft.files.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(content)
    main(["build", str(tmp_path / name), "--out", str(tmp_path / "out"), "--quiet"])
    assert errors_in(check_package(tmp_path / "out" / "deck.pptx")) == ()
    return Presentation(tmp_path / "out" / "deck.pptx")


def test_a_slide_with_a_drawing_is_a_heading_with_shapes(tmp_path):
    def drawn(slide):
        listed(slide)
        slide.shapes.add_shape(MSO_SHAPE.STAR_5_POINT, 0, 0, 99, 99).text_frame.text = "New!"

    draft = shown(drawn, tmp_path)
    assert (draft.plain, draft.drawn) == (0, 1)
    assert draft.files["talk.md"].startswith(b"## What \\* a loaf needs {#slide-1}\n\n::: notes\n")
    (slide,) = made(tmp_path, draft).slides
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert {"What *\va loaf needs", "Flour\n500 grams\nWater", "New!"} <= {*texts}


def test_a_slide_with_shapes_stays_one_slide_however_many_words_it_has(tmp_path, capsys):
    def crowded(slide):
        slide.placeholders[1].text_frame.text = "\n".join(
            f"Step {number} of forty: knead, fold and wait" for number in range(40)
        )
        slide.shapes.add_shape(MSO_SHAPE.STAR_5_POINT, 0, 0, 99, 99)

    made(tmp_path, shown(crowded, tmp_path))
    (slide,) = read_deck(tmp_path / "out" / "deck.pptx").slides
    assert len(slide.paragraphs) == 40
    assert "figures" not in capsys.readouterr().err  # in a talk none is computed


def test_slides_with_shapes_still_lead_to_each_other_and_their_charts_have_their_data(tmp_path):
    deck = Presentation()
    for number in (1, 2):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"Slide {number}"
        slide._element.cSld.set("name", f"page-{number}")
        data = CategoryChartData()
        data.categories = ["Mon", "Tue"]
        data.add_series("loaves", [3, 4])
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 999_999, 4_000_000, 3_000_000, data)
        for _ in range(2):  # two of one name
            slide.shapes.add_shape(MSO_SHAPE.STAR_5_POINT, 0, 0, 999_999, 999_999).name = "Star"
    deck.slides[0].shapes[-1].click_action.target_slide = deck.slides[1]
    deck.save(tmp_path / "old.pptx")
    draft = talk_of((tmp_path / "old.pptx").read_bytes(), tmp_path / "talk.md")
    first, second = made(tmp_path, draft).slides
    stars = [shape for shape in first.shapes if shape.name.startswith("Star")]
    assert [star.name for star in stars] == ["Star", "Star (2)"]
    assert stars[1].click_action.target_slide == second
    (chart,) = (shape.chart for shape in first.shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [3, 4]
    assert chart.part.chart_workbook.xlsx_part is not None


def test_what_is_not_taken_over_is_named(tmp_path):
    def embedded(slide):
        slide.shapes.add_ole_object(io.BytesIO(b"anything"), "Package", 0, 0, 999_999, 999_999)
        slide.shapes.add_shape(MSO_SHAPE.STAR_5_POINT, 0, 0, 99, 99)

    assert shown(embedded, tmp_path).left == ("slide 1: an embedded object",)


@pytest.mark.parametrize(
    "text", ["# 1", "- 5", "1. May", "> 3", "{{ 1 }}", "a_b_c", "$5 and $6", "[x](y)", "| a |", "<b>"]
)
def test_whatever_a_slide_says_is_no_mark(text, tmp_path):
    def said(slide):
        slide.placeholders[1].text_frame.text = text

    (tmp_path / "talk.md").write_bytes(shown(said, tmp_path).files["talk.md"])
    main(["build", str(tmp_path / "talk.md"), "--out", str(tmp_path / "out"), "--quiet"])
    (slide,) = read_deck(tmp_path / "out" / "deck.pptx").slides
    assert text in slide.paragraphs
    assert escaped("plain words") == "plain words"


def test_a_deck_becomes_a_talk_that_builds(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.pptx").write_bytes(of(listed))

    def typed(*words):
        try:
            main(list(words))
        except SystemExit as ended:
            return ended.code or 0
        else:
            return 0

    assert typed("new", "talk.md", "--from", "old.pptx") == 0
    assert "1 slide in Markdown, 0 with shapes that each build adds" in capsys.readouterr().out
    assert typed("build", "talk.md", "--template", "old.pptx") == 0
    assert [p for p in check_package(tmp_path / "dist" / "talk" / "deck.pptx") if p.severity.name == "ERROR"] == []
    (tmp_path / "broken.pptx").write_bytes(b"no zip")
    assert typed("new", "other.md", "--from", "broken.pptx") == 2
    assert not (tmp_path / "other.md").exists()
