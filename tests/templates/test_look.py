"""Tests that text in a wide typeface is set so much smaller that it is no wider than in Arial, bold text among it."""

import struct

import pytest
import uharfbuzz as hb

from tests.templates.maker import Layout, Master, Ph, pptx
from workshop.fonts import ARIMO
from workshop.render.pptx.text import written_size
from workshop.templates.look import SAFE, width_of
from workshop.themes.template import template_theme

WORDS = ("Interpretability", "Moderation", "WHAT IS MEASURED", "1,234,567 rows", "illicit millilitre")
HEAD_UNITS = 18  # where the table "head" says how many units an em has


def wider(folder, by):
    """Return the file of a typeface that is like Arimo, and as many times wider and higher."""
    font = bytearray(ARIMO.read_bytes())
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * k) for k in range(tables))
    at = next(offset for tag, _, offset, _ in records if tag == b"head") + HEAD_UNITS
    (units,) = struct.unpack_from(">H", font, at)
    struct.pack_into(">H", font, at, round(units / by))
    path = folder / "wide.ttf"
    path.write_bytes(font)
    return path


def advance(path, words, size, weight):
    """Return the width of words in points."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    font.set_variations({"wght": float(weight)})
    line = hb.Buffer()
    line.add_str(words)
    line.guess_segment_properties()
    hb.shape(font, line)
    return sum(glyph.x_advance for glyph in line.glyph_positions) / font.face.upem * size


@pytest.mark.parametrize("by", [1.1, 1.25])
@pytest.mark.parametrize("weight", [400, 700])
def test_words_in_a_wide_typeface_are_no_wider_than_in_arial(tmp_path, by, weight):
    path = wider(tmp_path, by)
    width = width_of("Wide Sans", {("Wide Sans", False): path})
    assert width.known
    for words in WORDS:
        usual = advance(ARIMO, words, 32, weight)
        assert advance(path, words, written_size(32, width.factor) / 100, weight) <= usual
        assert advance(path, words, written_size(32, 1.0) / 100, weight) > usual  # without the factor it would be
    assert width.factor == pytest.approx(by * SAFE, rel=0.01)


def test_a_narrow_typeface_is_not_set_larger(tmp_path):
    assert width_of("Narrow Sans", {("Narrow Sans", False): wider(tmp_path, 0.8)}).factor == 1.0


@pytest.mark.parametrize("family", ["Verdana", "Noto Sans", "DejaVu Sans", "Montserrat"])
def test_wide_typefaces_that_are_known_count_as_wide_as_what_is_shown_in_their_place(family):
    assert width_of(family, {}).factor == 1.22  # DejaVu Sans in bold


def test_a_deck_in_a_clients_wide_typeface_has_its_factor(tmp_path):
    holders = (Ph("title", 0, "Title", (0.6, 0.4, 12, 1.0)), Ph("body", 1, "Text", (0.6, 1.7, 12, 4.6)))
    layouts = (Layout("Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Text")), "obj"),)
    (tmp_path / "wide.pptx").write_bytes(pptx(Master(holders, layouts, fonts=("Verdana", "Verdana"))))
    ours = template_theme(tmp_path / "wide.pptx").theme.template.dressed
    assert ours.font == "Verdana"
    assert ours.dress.narrowing == {"Verdana": 1.22}
