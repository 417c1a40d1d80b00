"""Tests of reading a deck by meaning; python-pptx is the oracle."""

import io

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt

from tests.addons.back.talks import deck, edited, say, titled
from tests.photo import photo
from workshop.files.deck_file import read_deck

PHOTO = photo("PNG")


def read(blob):
    return read_deck(blob)


def slide(blob, title):
    return next(s for s in read(blob).slides if s.title == title)


def test_titles_words_notes_and_layouts_are_those_that_python_pptx_reads():
    for ours, theirs in zip(read(deck()).slides, Presentation(io.BytesIO(deck())).slides, strict=True):
        assert ours.title == theirs.shapes.title.text_frame.text.replace("\v", " ")
        assert ours.layout == theirs.slide_layout.name
        notes = theirs.notes_slide.notes_text_frame.text if theirs.has_notes_slide else ""
        assert list(ours.notes) == [line for line in notes.split("\n") if line]
        texts = [s for s in theirs.placeholders if s.placeholder_format.type not in (1, 3, 13, 15) and s.has_text_frame]
        said = [" ".join(p.text.split()) for shape in texts for p in shape.text_frame.paragraphs if p.text]
        assert [text for text in said if text not in ours.paragraphs] == []


def test_tables_are_read_cell_by_cell():
    assert slide(deck(), "What a loaf needs").tables == ((("Part", "Grams"), ("Flour", "500"), ("Water", "350")),)


def test_values_of_a_chart_are_read_as_numbers_whatever_their_digits():
    def chart(values):
        def change(presentation):
            data = CategoryChartData()
            data.categories = ["a", "b"]
            data.add_series("s", values)
            titled(presentation, "The oven is hot").shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 99, 99, data)

        return slide(edited(change), "The oven is hot").charts

    assert chart([0.3, 2]) == chart([0.1 + 0.2, 2.0]) == (("s", "a", "b", "0.3", "2"),)


def test_a_picture_is_known_by_its_bytes_and_its_crop():
    def change(crop):
        def put(presentation):
            picture = titled(presentation, "The oven is hot").shapes.add_picture(io.BytesIO(PHOTO), 0, 0)
            picture.crop_left = crop

        return slide(edited(put), "The oven is hot").pictures

    (whole,), (cropped,) = change(0), change(0.25)
    assert cropped.startswith(whole)
    assert cropped != whole


def test_a_deck_saved_by_another_program_means_the_same():
    again = read(edited(lambda _: None))
    assert again.slides == read(deck()).slides
    assert again.looks == read(deck()).looks
    assert again.build == read(deck()).build != ""


def test_spaces_and_fields_do_not_count():
    blob = edited(lambda p: say(titled(p, "Salt holds the water"), "Ten grams", "  Ten   grams"))
    assert slide(blob, "Salt holds the water") == slide(deck(), "Salt holds the water")


def test_a_look_is_what_a_run_says_of_itself():
    def bold(presentation):
        shape = titled(presentation, "Salt holds the water").placeholders[1]
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(22)

    was, now = slide(deck(), "Salt holds the water"), slide(edited(bold), "Salt holds the water")
    assert was.looks != now.looks
    assert was.paragraphs == now.paragraphs


def test_a_hidden_slide_is_read_as_hidden():
    blob = edited(lambda p: titled(p, "The oven is hot")._element.set("show", "0"))
    assert slide(blob, "The oven is hot").hidden
    assert not slide(deck(), "The oven is hot").hidden
