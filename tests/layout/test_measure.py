"""Compares measured text with the font's own advances, read by another library."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from random import Random
from string import ascii_letters

import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from hypothesis import given
from hypothesis import strategies as st

from workshop.layout.measure import SLACK, Ruler, Style, indent, level_size
from workshop.model.blocks import Line, Run
from workshop.model.theme import EMU_PER_POINT, inches
from workshop.themes.beds import light

THEME = light()
RULER = Ruler(THEME)
WORDS = st.text(alphabet="abcdefghij -ABC123\u00e9\u2013", max_size=80)


@cache
def oracle(bold: bool) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    font = TTFont(THEME.measure_fonts["Arial", bold])
    if bold:
        instantiateVariableFont(font, {"wght": 700}, inplace=True)
    return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm


def advance(text: str, bold: bool = False) -> float:
    cmap, metrics, upem = oracle(bold)
    return sum(metrics[cmap[ord(c)]][0] for c in text) / upem


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", ["Surprise is", "noon", "16%", "minutes", "0123456789", "−33", "■"])
def test_a_width_is_the_sum_of_the_fonts_advances(text: str, bold: bool) -> None:
    assert RULER.width(text, 1000, Style(bold)) == pytest.approx(1000 * advance(text, bold), abs=1.5)


def test_known_advances_of_arial() -> None:
    # Arial's own metrics in units of 1/2048 em: digits 1139, also in bold, space 569, m 1706, bold m 1821
    assert RULER.width("8", 2048) == pytest.approx(1139, abs=0.5)
    assert RULER.width("8", 2048, Style(bold=True)) == pytest.approx(1139, abs=0.5)
    assert RULER.width(" ", 2048) == pytest.approx(569, abs=0.5)
    assert RULER.width("m", 2048) == pytest.approx(1706, abs=0.5)
    assert RULER.width("m", 2048, Style(bold=True)) == pytest.approx(1821, abs=0.5)


def test_kerning_brings_a_pair_closer() -> None:
    assert RULER.width("AV", 100) < 100 * advance("AV")


def test_every_character_of_code_is_six_tenths_of_an_em() -> None:
    assert RULER.width("model.feed(x)", 20, Style(mono=True)) == pytest.approx(13 * 12)


@pytest.mark.parametrize("size", [20, 60])
def test_tracking_is_a_share_of_the_size_for_each_letter(size: float) -> None:
    assert RULER.width("abc", size, Style(track=-30)) == pytest.approx(RULER.width("abc", size) - 3 * 0.03 * size)


def test_a_character_the_font_lacks_has_a_width_too() -> None:
    assert RULER.width("字", 10) == pytest.approx(10)
    assert RULER.width("☐", 10) == pytest.approx(6)


def rows(*parts: Run, width: float = 100, size: float = 20) -> list[str]:
    return [row.text for row in RULER.rows(parts, width, size, Style())]


def test_lines_break_at_spaces_and_after_hyphens() -> None:
    assert rows(Run("a nearest-neighbour search"), width=110) == ["a nearest-", "neighbour", "search"]


def test_a_range_or_a_negative_number_is_not_broken_after_its_hyphen() -> None:
    assert rows(Run("pages 1000-2000"), width=100) == ["pages", "1000-2000"]


def test_a_space_that_does_not_break_holds_two_words_together() -> None:
    assert rows(Run("a round\u00a0four is"), width=100) == ["a", "round\u00a0four", "is"]


def test_no_break_between_runs_without_a_space() -> None:
    assert rows(Run("aaaa bbbb", strong=True), Run(": cccc"), width=60) == ["aaaa", "bbbb:", "cccc"]


def test_a_soft_break_and_a_hard_one_begin_a_row() -> None:
    assert rows(Run("one\vtwo\nthree"), width=500) == ["one", "two", "three"]


def test_a_word_longer_than_the_row_is_broken_and_says_so() -> None:
    found = RULER.rows((Run("m" * 30),), 100, 20, Style())
    assert "".join(row.text for row in found) == "m" * 30
    assert [row.broken for row in found] == [True] * (len(found) - 1) + [False]


@given(st.text("mil-AVé", min_size=1, max_size=400), st.floats(5, 300), st.sampled_from([Style(), Style(mono=True)]))
def test_each_row_of_a_broken_word_holds_all_that_fits(word: str, width: float, style: Style) -> None:
    found = RULER.rows((Run(word),), width, 20, style)
    for row, following in pairwise(found):
        fits = RULER.width(row.text, 20, style) <= width * SLACK
        assert row.width == pytest.approx(RULER.width(row.text, 20, style))
        assert fits or len(row.text) == 1
        if row.broken:
            assert RULER.width(row.text + following.text[0], 20, style) > width * SLACK


def test_a_word_of_thousands_of_letters_is_not_measured_again_for_each_row() -> None:
    class Counting(Ruler):
        letters = 0

        def _shape(self, family: str, bold: bool, text: str) -> float:
            self.letters += len(text)
            return super()._shape(family, bold, text)

    ruler, letter = Counting(THEME), Random(1)
    word = "".join(letter.choice(ascii_letters) for _ in range(20_000))
    found = ruler.rows((Run(word),), 600, 20, Style())
    assert "".join(row.text for row in found) == word
    assert ruler.letters < 15 * len(word)


def test_east_asian_text_breaks_between_characters() -> None:
    assert [len(row) for row in rows(Run("字" * 12), width=101)] == [5, 5, 2]


@given(WORDS, st.floats(30, 400), st.sampled_from([12, 18, 24, 32]))
def test_no_row_is_wider_than_its_box_and_no_character_is_lost(text: str, width: float, size: int) -> None:
    found = RULER.rows((Run(text),), width, size, Style())
    assert all(row.width <= width or len(row.text) == 1 for row in found)
    assert "".join("".join(row.text for row in found).split()) == "".join(text.split())


@given(st.lists(WORDS, max_size=5), st.sampled_from([28, 26, 24]))
def test_the_height_is_rows_times_pitch_plus_the_space_before(texts: list[str], size: int) -> None:
    placeholder = THEME.layouts["content"].find("main")
    assert placeholder is not None
    measured = RULER.prose(placeholder, [Line((Run(text),)) for text in texts], size)
    expected = sum(len(found) for found in measured.rows) * 1.2 * size + 16 * max(0, len(texts) - 1)
    assert measured.height == pytest.approx(expected)


def test_a_second_level_is_smaller_and_set_in() -> None:
    assert level_size(28, 1) == 24
    assert level_size(18, 1) == 18
    assert level_size(12, 1) == 12
    assert indent(Line((), level=0, marker="bullet")) == (inches(0.34), inches(0.34))
    assert indent(Line((), level=0, marker="number")) == (inches(0.5), inches(0.5))
    assert indent(Line((), level=1, marker="bullet")) == (inches(0.56) + inches(0.3), inches(0.3))
    assert indent(Line((), level=0, marker="none")) == (0, 0)
    assert indent(Line((), level=1, marker="none")) == (inches(0.34), 0)
    assert inches(1) == EMU_PER_POINT * 72


def test_a_text_measures_the_same_after_others_have_taken_its_place_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.layout.measure.MOST_KEPT", 50)
    ruler = Ruler(THEME)
    paragraphs = [(Run(f"{'word ' * k}and a number, {k}"),) for k in range(40)]
    once = [ruler.rows(runs, 120, 18, Style()) for runs in paragraphs]
    again = [ruler.rows(runs, 120, 18, Style()) for runs in paragraphs]
    alone = [Ruler(THEME).rows(runs, 120, 18, Style()) for runs in paragraphs]
    assert once == again == alone
    assert sum(map(len, once)) > 50
