"""What holds for every editable twin, measured by independent readers."""

import io
import re
import zipfile
from collections import Counter

import pytest
from docx import Document
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from tests.render.print import kits
from workshop.addons.docx.writers import SHEETS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_an_independent_validator_finds_nothing(name, twins, tmp_path):
    path = tmp_path / f"{name}.docx"
    path.write_bytes(twins[name])
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


# Each page of the key has its heading, and small slides say much of the script again
SAID_AGAIN = ("answers", "facilitator")


def words(text: str) -> set[str]:
    return set(text.split())


# what the reader of the PDF finds in pictures, and what only pages have: room to work, page numbers, the legend of the run sheet
ON_ANY_PAGE = words("page of 1 2 3 4 5 6 7 8 0 cc by")
IN_PICTURES = words("before 00 01 02 03 05 26 93 98")
ONLY_ON_PAPER = {
    "sheets": words("room to work"),
    "answers": words("answer room work name date 20"),
    "quiz": set(),
    "quiz-key": words("answer"),
    "facilitator": words("stage whole group numbers are bars scale took what happened in this room slide minutes"),
}


def test_a_twin_says_what_the_printed_file_says(name, twins, printed, words_of):
    paper, twin = (Counter(word.casefold() for word in words_of(file[name])) for file in (printed, twins))
    missing = set(paper - twin)
    if name in SAID_AGAIN:
        missing = set(paper) - set(twin)
    if name == "facilitator":  # small slides have numbers
        missing = {word for word in missing if not word.isdigit()}
    assert missing - ONLY_ON_PAPER[name] - IN_PICTURES - ON_ANY_PAGE == set()


def test_the_same_bytes_come_out_of_each_build(name, twin, laid, twins):
    assert twin.render(laid) == twins[name]


def test_every_table_has_a_header_row_that_is_repeated(name, twins, page_of):
    tables = Document(io.BytesIO(twins[name])).tables
    assert all(table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None for table in tables)
    page = page_of(twins[name])
    assert len(page.findall(".//table")) == len(page.findall(".//table/thead"))


def test_every_picture_in_the_text_has_its_text_or_is_marked_as_decoration(name, twins):
    with zipfile.ZipFile(io.BytesIO(twins[name])) as package:
        xml = " ".join(
            package.read(part).decode()
            for part in package.namelist()
            if part.startswith("word/") and part.endswith(".xml")
        )
    shapes = re.findall(r"<wp:docPr [^>]*?(?:/>|>.*?</wp:docPr>)", xml, re.DOTALL)
    assert [shape for shape in shapes if 'descr=""' in shape and "decorative" not in shape] == []


def test_title_and_language_are_set_and_there_is_no_date_and_nobody_else(name, twins, laid):
    core = Document(io.BytesIO(twins[name])).core_properties
    with zipfile.ZipFile(io.BytesIO(twins[name])) as package:
        styles = package.read("word/styles.xml").decode()
        dates = {entry.date_time for entry in package.infolist()}
    assert laid.kit.title in core.title
    assert (core.author, core.last_modified_by, core.language) == (laid.kit.author, "", "en-GB")
    assert (core.created, core.modified) == (None, None)
    assert 'w:lang w:val="en-GB"' in styles
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_no_paragraph_uses_a_style_that_is_not_there(name, twins):
    with zipfile.ZipFile(io.BytesIO(twins[name])) as package:
        known = set(re.findall(r'w:styleId="(\w+)"', package.read("word/styles.xml").decode()))
        text = " ".join(
            package.read(part).decode()
            for part in package.namelist()
            if re.match(r"word/(doc|head|foot)", part) and part.endswith(".xml")
        )
    assert set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="(\w+)"', text)) <= known


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 210, 297), ("letter", 215.9, 279.4)])
def test_the_page_has_the_size_that_was_asked_for(paper, width, height, kept):
    laid = replace(kits.laid(kits.kit(titles=kits.TITLES[:1], paper=paper)), kept=kept)
    section = Document(io.BytesIO(SHEETS.render(laid))).sections[0]
    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(width, abs=0.1),
        pytest.approx(height, abs=0.1),
    )


def test_a_reading_profile_sets_larger_text_in_its_own_typeface(kept):
    laid = replace(kits.laid(kits.kit(titles=kits.TITLES[:1], profile="large")), kept=kept)
    document = Document(io.BytesIO(SHEETS.render(laid)))
    fonts = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert fonts.find(f"{W}sz").get(f"{W}val") == "34"
    assert fonts.find(f"{W}rFonts").get(f"{W}ascii") == "Atkinson Hyperlegible"
    assert SHEETS.name_for(laid.kit) == "sheets-large.docx"
