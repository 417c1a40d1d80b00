"""Bets with short options: side by side over a band, and their answer over a band with the whole width for its exhibit."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout.samples import REAL, bars, chart, kit, numbers, prose, slide, table
from tests.layout.test_now_see import squares, text
from workshop.layout.laid import LaidSlide
from workshop.layout.rail import timer
from workshop.layouts.bands import BAND_TOP, LEAST_EXHIBIT
from workshop.model.blocks import Block, Prose
from workshop.model.kit import Slide
from workshop.model.theme import inches
from workshop.themes.beds import light

WORDS = ("By half", "By a sixth or so", "Nobody can say", "Not at all")
TITLE = "A title with so many words that it has to go on over a second line of the slide, as some do"


def a_bet(*options: str, twice: bool = False) -> Slide:
    lines = tuple(replace(line, right=k == 1) for k, line in enumerate(numbers(*options).lines))
    slots = (
        ("mode", (prose("Bet"),)),
        ("minutes", (prose("1"),)),
        ("unit", (prose("minute"),)),
        ("options", (Prose(lines),)),
    )
    return slide("predict", "How much?", slots, name="bet", bet="The loaf", twice=twice, minutes=1.0)


def an_answer(block: Block, title: str = "It fell", *reading: str) -> Slide:
    kind = "chart" if hasattr(block, "chart") else "table"
    slots = (
        ("measure", (prose("Bits"),)),
        ("main", (block,)),
        *((("reading", (prose(*reading),)),) if reading else ()),
    )
    return slide(f"{kind}-and-text" if reading else kind, title, slots, name="shown", answers=("bet",), source=REAL)


def laid(*slides: Slide) -> tuple[LaidSlide, ...]:
    deck, problems = lay_out(kit(*slides), light())
    assert problems == ()
    return deck.slides


@pytest.mark.parametrize("count", [2, 3, 4])
def test_short_options_stand_side_by_side_at_one_size_over_their_band(count: int) -> None:
    (page,) = laid(a_bet(*WORDS[:count]))
    assert page.layout.name == f"Bet, {count} options side by side"
    options = [text(page, f"option-{letter}") for letter in "abcd"[:count]]
    assert [one.lines[0].text.replace("\u00a0", " ") for one in options if one] == list(WORDS[:count])
    assert len({(one.size, one.placeholder.box.y) for one in options if one}) == 1
    rights = [one.placeholder.box.right for one in options if one]
    assert all(right < other.placeholder.box.x for right, other in zip(rights, options[1:], strict=False) if other)
    assert max(one.placeholder.box.bottom for one in options if one) < BAND_TOP


@pytest.mark.parametrize(("count", "most"), [(2, 30), (3, 30), (4, 24)])
def test_a_letter_more_and_they_stand_beside_a_panel(count: int, most: int) -> None:
    for more, beside in ((0, False), (1, True)):
        long = ("word " * 9)[: most + more - 1] + "."
        (page,) = laid(a_bet(*WORDS[: count - 1], long))
        assert len(text(page, f"option-{'abcd'[count - 1]}").lines[0].text) == most + more  # type: ignore[union-attr]
        assert ("side by side" not in page.layout.name) is beside


def test_the_band_says_what_is_done_by_whom_and_the_timer_is_as_wide_as_it() -> None:
    (page,) = laid(a_bet(*WORDS[:2], twice=True))
    assert text(page, "tag").lines[0].text == "The loaf · Alone · Talk · Again"  # type: ignore[union-attr]
    bar, minutes = timer(page)  # type: ignore[misc]
    assert (bar.x, bar.w) == (0, light().width)
    assert bar.y >= minutes.placeholder.box.bottom
    (once,) = laid(a_bet(*WORDS[:2]))
    assert text(once, "tag").lines[0].text == "The loaf"  # type: ignore[union-attr]


def test_its_answer_has_the_whole_width_over_a_band_with_the_right_letter_lit() -> None:
    _, page = laid(a_bet(*WORDS), an_answer(chart()))
    assert page.layout.name == "Chart, over a bet, short title"
    found = squares(page)
    assert [letter for letter, shape in found.items() if shape.fill] == ["B"]
    assert all(shape.box.y > BAND_TOP for shape in found.values())
    assert len({shape.box.y for shape in found.values()}) == 1
    main = page.layout.find("main")
    assert main is not None
    assert main.box.w > inches(11.9)
    assert main.box.bottom < BAND_TOP
    assert text(page, "right-option").lines[0].text == WORDS[1]  # type: ignore[union-attr]


def test_where_the_exhibit_would_be_too_low_the_answer_stands_beside_a_panel() -> None:
    _, low = laid(a_bet(*WORDS), an_answer(bars(), TITLE, "A row of text"))
    main = low.layout.find("main")
    assert main is not None
    assert "over a bet" not in low.layout.name or main.box.h >= LEAST_EXHIBIT


def test_a_table_answers_over_a_band_too_and_what_is_below_it_moves_up() -> None:
    _, page = laid(a_bet(*WORDS), an_answer(table("Model|Loss", "small|2.1")))
    assert page.layout.name == "Table, over a bet, short title"
    source = text(page, "source")
    assert source is not None
    assert source.placeholder.box.bottom <= BAND_TOP


def test_no_two_looks_of_our_themes_have_the_same_name() -> None:
    names = [spec.name for spec in light().layouts.values()]
    assert len(names) == len(set(names))
