from pathlib import Path

import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st

from workshop.charts.estimate import contrast, text_width, wrap
from workshop.themes.beds import LIGHT, light


@pytest.fixture(scope="module")
def arimo():
    theme = light()
    return uharfbuzz.Font(uharfbuzz.Face(Path(theme.measure_fonts[theme.font, False]).read_bytes()))


@pytest.mark.parametrize(
    "text", ["Irrigation notes", "34  keeps 30% real text", "WORKSHOP", "–0.333 (12)", "“not sure”"]
)
def test_the_estimate_is_close_to_what_a_shaper_measures(arimo, text):
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(arimo, buffer)
    measured = sum(p.x_advance for p in buffer.glyph_positions) / arimo.face.upem * 20
    assert text_width(text, 20) == pytest.approx(measured, rel=0.05)


@given(st.lists(st.text("abcdefg", min_size=1, max_size=8), min_size=1, max_size=12), st.floats(20, 300))
def test_wrapping_loses_no_word_and_overfills_only_with_single_words(words, width):
    lines = wrap(" ".join(words), width, 18)
    assert " ".join(lines).split() == words
    assert all(text_width(line, 18) <= width or " " not in line for line in lines)


def test_contrast_agrees_with_the_design_s_table():
    assert contrast(LIGHT["accent"], LIGHT["bg"]) == pytest.approx(9.2, abs=0.05)
    assert contrast(LIGHT["c2"], LIGHT["bg"]) == pytest.approx(3.06, abs=0.05)
