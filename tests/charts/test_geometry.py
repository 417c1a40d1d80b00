"""Tests boxes, segments and centres that are spread apart."""

import itertools
from pathlib import Path

import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st

from workshop.charts.geometry import Rect, contrast, spread, text_width, wrap
from workshop.themes.beds import LIGHT, light

PLACE = st.floats(0, 1000)


@given(st.lists(st.tuples(PLACE, st.floats(1, 40)), min_size=1, max_size=10))
def test_spread_centres_leave_no_overlap_and_keep_their_order(items):
    centers, heights = [c for c, _ in items], [h for _, h in items]
    placed = spread(centers, heights, -1e4, 1e4)
    order = sorted(range(len(items)), key=lambda i: (centers[i], i))
    for one, two in itertools.pairwise(order):
        assert placed[two] - placed[one] >= (heights[one] + heights[two]) / 2 - 1e-6


@given(st.lists(PLACE, min_size=1, max_size=6))
def test_spread_keeps_within_its_range_when_all_fit(centers):
    placed = spread(centers, [20] * len(centers), 0, 400)
    assert min(placed) >= 10 - 1e-6
    assert max(placed) <= 390 + 1e-6


def test_boxes_that_are_already_apart_are_not_moved():
    assert spread([10, 100, 50], [20, 20, 20], 0, 200) == [10, 100, 50]


def test_a_segment_through_a_box_is_crossed_for_its_length_inside():
    box = Rect(0, 0, 10, 10)
    assert box.crossed(((-5, 5), (15, 5))) == 10
    assert box.crossed(((-5, 20), (15, 20))) == 0
    assert box.crossed(((2, 2), (2, 6))) == 4


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
