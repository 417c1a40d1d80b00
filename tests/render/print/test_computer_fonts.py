"""Tests of typefaces of this computer that set names in letters that ours lack."""

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from workshop.render.print import computer_fonts
from workshop.render.print.computer_fonts import borrowed_for


def a_font(path, letters):
    """Write a typeface that has a box for each letter."""
    names = [".notdef", *(f"u{ord(letter):X}" for letter in letters)]
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for x, y in ((50, 700), (900, 700), (900, 0)):
        pen.lineTo((x, y))
    pen.closePath()
    box, build = pen.glyph(), FontBuilder(1000)
    build.setupGlyphOrder(names)
    build.setupCharacterMap({ord(letter): f"u{ord(letter):X}" for letter in letters})
    build.setupGlyf(dict.fromkeys(names, box))
    build.setupHorizontalMetrics(dict.fromkeys(names, (1000, 50)))
    build.setupHorizontalHeader(ascent=800, descent=-200)
    build.setupNameTable({"familyName": path.stem, "styleName": "Regular", "psName": path.stem})
    build.setupOS2(sTypoAscender=800)
    build.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    build.save(path)


@pytest.fixture
def computer(monkeypatch, tmp_path):
    """Return the folder in which a computer has its typefaces."""
    folder = tmp_path / "typefaces"
    monkeypatch.setattr(computer_fonts, "folders", lambda: (folder,))
    for kept in (computer_fonts._files, computer_fonts._face, computer_fonts._with_all):
        kept.cache_clear()
    yield folder
    for kept in (computer_fonts._files, computer_fonts._face, computer_fonts._with_all):
        kept.cache_clear()


def test_a_typeface_with_all_letters_of_a_name_is_found_in_any_folder_and_one_that_is_damaged_is_passed_over(computer):
    a_font(computer / "a" / "One.ttf", "王小")
    a_font(computer / "b" / "Whole.ttf", "王小明")
    (computer / "Broken.ttf").write_bytes(b"no font")
    assert borrowed_for("王小明").path.name == "Whole.ttf"


def test_a_name_that_our_typefaces_have_borrows_none_and_one_that_none_has_gets_none(computer):
    a_font(computer / "One.ttf", "王")
    assert borrowed_for("Łukasz Ζωή Ольга أمينة") is None
    assert borrowed_for("李") is None
