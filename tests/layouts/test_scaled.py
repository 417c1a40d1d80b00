"""Tests compositions of our own themes in a user's template: what is drawn, where, and when only the words are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests.layout.samples import REAL, chart, kit, numbers, prose, slide
from tests.templates.conftest import template_file
from tests.templates.maker import Layout, Master, Ph, pptx
from workshop.layout import lay_out
from workshop.layout.laid import LaidChart, LaidShapes, LaidText
from workshop.layout.measure import Ruler
from workshop.layout.scene import timer
from workshop.layouts.scaled import compositions
from workshop.model.blocks import Line, Prose, Run
from workshop.model.theme import Box, inches
from workshop.themes.template import template_theme

if TYPE_CHECKING:
    from pathlib import Path

    from workshop.layout.laid import LaidOut, LaidSlide
    from workshop.model.kit import Slide
    from workshop.model.theme import Theme

GREYS = ("6E6E6E", "8A8A8A", *["7C7C7C"] * 8)


def a_bet(*options: str) -> Slide:
    lines = tuple(replace(line, right=k == 1) for k, line in enumerate(numbers(*options).lines))
    slots = (("mode", (prose("Bet"),)), ("minutes", (prose("1"),)), ("unit", (prose("minute"),)))
    return slide("predict", "How much?", (*slots, ("options", (Prose(lines),))), name="bet", minutes=1.0)


SHORT = a_bet("By half", "By a sixth", "Not at all")
LONG = a_bet(*(f"It falls, since {reason} of the sentences are known" for reason in ("some", "most", "all")))
SHOWN = slide(
    "chart",
    "It fell by a sixth",
    (("measure", (prose("Bits"),)), ("main", (chart(),))),
    name="shown",
    answers=("bet",),
    source=REAL,
)


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    return template_theme(template_file("corporate", tmp_path)).theme


def laid(theme: Theme, *slides: Slide) -> tuple[LaidOut, tuple[str, ...]]:
    found, problems = lay_out(kit(*slides), theme)
    return found, tuple(f"{problem.code}: {problem.message}" for problem in problems)


def texts(page: LaidSlide) -> dict[str, LaidText]:
    return {item.placeholder.role: item for item in page.items if isinstance(item, LaidText)}


def lit(page: LaidSlide) -> list[str]:
    squares = [shape for item in page.items if isinstance(item, LaidShapes) for shape in item.shapes if shape.lines]
    return [shape.lines[0].text for shape in squares if shape.fill]


@pytest.mark.parametrize("bet", [SHORT, LONG])
def test_a_bet_has_a_block_with_a_letter_for_each_option_on_the_templates_title_only_layout(
    theme: Theme, bet: Slide
) -> None:
    (page,) = laid(theme, bet)[0].slides
    shown = texts(page)
    assert page.layout.name == "Title Only"
    assert [shown[f"letter-{letter}"].lines[0].text for letter in "abc"] == ["A", "B", "C"]
    assert all(shown[f"letter-{letter}"].placeholder.fill == "block" for letter in "abc")
    assert len({shown[f"option-{letter}"].size for letter in "abc"}) == 1
    assert shown["title"].placeholder.idx >= 0
    assert all(item.placeholder.idx < 0 for role, item in shown.items() if role != "title")


@pytest.mark.parametrize("bet", [SHORT, LONG])
def test_its_answer_has_the_letters_with_the_right_one_lit_and_says_so_nowhere_else(theme: Theme, bet: Slide) -> None:
    found, said = laid(theme, bet, SHOWN)
    page = found.slides[1]
    assert said == ()
    assert lit(page) == ["B"]
    assert "You bet ABC" not in texts(page)["source"].lines[0].text
    assert any(isinstance(item, LaidChart) and item.placeholder.box.h > inches(2) for item in page.items)


def test_a_composition_ends_where_the_content_area_does(theme: Theme) -> None:
    room = Box(inches(0.85), inches(1.75), inches(11.6), inches(4.85))
    for page in laid(theme, SHORT, LONG, SHOWN)[0].slides:
        assert page.layout.decor
        assert all(decor.box.x >= room.x - 1 and decor.box.right <= room.right + 1 for decor in page.layout.decor)
        assert all(decor.box.y >= room.y and decor.box.bottom <= room.bottom + 1 for decor in page.layout.decor)


def test_what_is_on_a_panel_stays_on_it_with_air_around(theme: Theme) -> None:
    (page,) = laid(theme, LONG)[0].slides
    (panel,) = [decor.box for decor in page.layout.decor]
    for role in ("mode", "minutes", "unit"):
        at = texts(page)[role].placeholder.box
        assert panel.x < at.x
        assert at.right < panel.right
        assert panel.y < at.y
        assert at.bottom < panel.bottom


def small(tmp_path: Path, width: float, height: float) -> Theme:
    end = (Ph("sldNum", 12, "Number", (12, 6.95, 0.8, 0.35), 12),)
    title, body = Ph("title", 0, "Title", (0.75, 0.45, 11.8, 1.1)), Ph("body", 1, "Body", (0.75, 1.75, width, height))
    layouts = (
        Layout("Text", (Ph("title", 0, "Title"), Ph("obj", 1, "Text"), *end), "obj"),
        Layout("Free", (Ph("title", 0, "Title"), *end), "titleOnly"),
    )
    path = tmp_path / "small.pptx"
    path.write_bytes(pptx(Master((title, body, *end), layouts)))
    return template_theme(path).theme


@pytest.mark.parametrize(("width", "height", "drawn"), [(7.6, 3.7, True), (7.3, 4.8, False), (11.8, 3.5, False)])
def test_in_a_small_area_slides_show_their_words_and_the_build_says_which(
    tmp_path: Path, width: float, height: float, drawn: bool
) -> None:
    found, said = laid(small(tmp_path, width, height), LONG)
    assert bool(found.slides[0].layout.look) == drawn
    told = [line.rpartition(": ")[2] for line in said if line.startswith("template-words")]
    assert told == ([] if drawn else ["1 since the content area is under 7.5 × 3.6 inches (1)"])


def test_where_no_colours_reach_the_contrast_slides_show_their_words(tmp_path: Path) -> None:
    end = (Ph("sldNum", 12, "Number", (12, 6.95, 0.8, 0.35), 12),)
    title, body = Ph("title", 0, "Title", (0.75, 0.45, 11.8, 1.1)), Ph("body", 1, "Body", (0.75, 1.75, 11.8, 4.8))
    layouts = (Layout("Text", (Ph("title", 0, "Title"), Ph("obj", 1, "Text"), *end), "obj"),)
    path = tmp_path / "grey.pptx"
    path.write_bytes(pptx(Master((title, body, *end), layouts, GREYS)))
    found, said = laid(template_theme(path).theme, LONG)
    assert found.slides[0].layout.look == ""
    assert any("1 since no colours of the template reach 4.5:1 in it (1)" in line for line in said)


def test_a_slide_whose_words_do_not_fit_beside_what_is_drawn_shows_them_alone(theme: Theme) -> None:
    found, said = laid(theme, a_bet(*[" ".join(["many words"] * 30)] * 4))
    assert found.slides[0].layout.look == ""
    assert any("1 since it has too little room for them (1)" in line for line in said)


def test_covers_sections_and_plain_text_are_no_compositions() -> None:
    keys = {key for key, _ in compositions()}
    assert {"predict", "predict/across-3", "chart/now-see-band", "content/tiles-3", "misconception/heard"} <= keys
    assert not [key for key in keys if key.split("/")[0] in ("cover", "section") or key in ("content", "chart")]


def test_no_word_is_broken_on_a_composition_and_its_band_has_one_line(tmp_path: Path) -> None:
    theme = small(tmp_path, 7.6, 3.9)
    found, _ = laid(theme, SHORT, SHOWN)
    for page in found.slides:
        assert page.layout.look
        for item in (item for item in page.items if isinstance(item, LaidText)):
            rows = Ruler(theme).prose(item.placeholder, item.lines, item.size)
            assert not rows.broken
            if item.placeholder.role == "mode":
                assert [len(one) for one in rows.rows] == [1]


def test_a_strip_over_an_exhibit_is_beside_the_panel_of_its_bet_too(theme: Theme) -> None:
    mark = Prose((Line((Run("Mind the last step", mark=True),)), Line((Run("It fell by a sixth."),))))
    shown = replace(SHOWN, layout="chart-and-text", slots=(*SHOWN.slots, ("reading", (mark,))))
    page = laid(theme, LONG, shown)[0].slides[1]
    strip, panel = texts(page)["strip"], page.layout.decor[0].box
    assert strip.lines[0].text == "Mind the last step"
    assert page.layout.look
    assert strip.placeholder.box.x > panel.right
    (drawn,) = [item for item in page.items if isinstance(item, LaidChart)]
    assert strip.placeholder.box.bottom <= drawn.placeholder.box.y


def test_the_bar_of_a_timer_is_clear_of_what_is_done_before_and_after(theme: Theme) -> None:
    (page,) = laid(theme, replace(LONG, bet="The loaf", twice=True))[0].slides
    found = timer(page)
    assert found is not None
    shown = texts(page)
    assert "steps" in shown
    assert not [role for role, item in shown.items() if item.placeholder.box.overlaps(found[0])]
