"""Tests the advice on how slides look: each kind where it is due, and nothing where it isn't."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout.samples import TURN, bullets, chart, kit, numbers, prose, slide
from workshop.check.slide_looks import SAID, _hole, check_looks
from workshop.layout.laid import LaidOut, LaidPicture, LaidShapes, LaidText, Shape
from workshop.model.blocks import Line, Run, ShownChart, ShownPicture
from workshop.model.exhibits import Chart, ChartKind, Series
from workshop.model.kit import Slide
from workshop.model.meta import Look
from workshop.model.theme import Box, Placeholder, inches
from workshop.themes.beds import light

WORDS = "one two three four five six seven eight nine ten"


def laid(*slides: Slide) -> LaidOut:
    return lay_out(kit(*slides), light())[0]


def told(deck: LaidOut, *off: Look) -> dict[str, str]:
    found = check_looks(deck, off)
    assert all(problem.severity.name == "ADVICE" and problem.hint for problem in found)
    return {problem.code: problem.message for problem in found}


def with_items(deck: LaidOut, *items: object, at: int = 0) -> LaidOut:
    """Return a deck in which one slide also has other items."""
    page = deck.slides[at]
    changed = replace(page, items=(*page.items, *items))
    return replace(deck, slides=(*deck.slides[:at], changed, *deck.slides[at + 1 :]))


def text(words: str, box: Box, size: float = 24, *, role: str = "note") -> LaidText:
    place = Placeholder(idx=-1, type="body", name="Note", role=role, box=box, sizes=(size,))
    return LaidText(place, (Line((Run(words),)),), size, box.h)


def content(k: int, words: str = WORDS) -> Slide:
    return slide("content", f"Loaf {k} is baked", (("main", (bullets(words, words),)),), name=f"loaf-{k}")


def statement(k: int) -> Slide:
    return slide("statement", f"Loaf {k} rises, since warm dough is alive", name=f"said-{k}")


def activity(k: int) -> Slide:
    return slide("activity", f"Bake loaf {k}", (*TURN, ("main", (numbers(WORDS, WORDS),))), name=f"bake-{k}")


def test_each_kind_that_can_be_turned_off_has_its_sentence() -> None:
    assert set(SAID) == set(get_args(Look))


def test_three_slides_of_one_shape_are_fine_and_four_are_too_many() -> None:
    assert "alike" not in told(laid(*(content(k) for k in range(3)), activity(1), content(4)))
    message = told(laid(activity(1), *(content(k) for k in range(4))))["alike"]
    assert message == "slides 2 to 5: 4 slides in a row have the same shape"


def test_the_fifth_slide_without_a_picture_is_named_with_the_others() -> None:
    four = [content(0), statement(1), content(2), statement(3)]
    assert "no-picture" not in told(laid(*four))
    five = laid(*four, content(5))
    assert told(five)["no-picture"] == "slides 1 to 5: 5 slides in a row have no picture"
    place = Placeholder(
        idx=-1, type="pic", name="Photo", role="photo", box=Box(0, 0, inches(3), inches(3)), sizes=(18,)
    )
    photo = LaidPicture(place, ShownPicture(path=Path("loaf.jpg"), alt="a loaf", width_px=9, height_px=9), place.box)
    assert "no-picture" not in told(with_items(five, photo, at=2))


def shown(drawn: Chart) -> Slide:
    return slide("chart", "Dough rises", (("main", (ShownChart("d", drawn, "a chart"),)),), name="risen")


def test_a_plot_that_is_small_is_measured() -> None:
    page = laid(slide("chart", "Dough rises", (("main", (chart(),)),)))
    assert "small-plot" not in told(page)
    item = page.slides[0].items[1]
    plot = item.resolved.frame.plot  # type: ignore[union-attr]
    narrow = replace(item.resolved, frame=replace(item.resolved.frame, plot=replace(plot, width=240.0)))  # type: ignore[union-attr]
    small = replace(page, slides=(replace(page.slides[0], items=(replace(item, resolved=narrow),)),))
    assert told(small)["small-plot"].startswith("slide 1: a plot is small: 25% of the width")


def forest(*spans: float) -> Chart:
    return Chart(
        ChartKind.FOREST,
        "Loaves",
        measure="Change",
        finding="",
        series=(
            Series(
                "change",
                tuple(0.0 for _ in spans),
                low=tuple(-span / 2 for span in spans),
                high=tuple(span / 2 for span in spans),
            ),
        ),
        categories=tuple(f"loaf {k}" for k, _ in enumerate(spans)),
    )


def test_a_marker_shrinks_before_it_hides_its_interval_and_then_that_is_said() -> None:
    deck = laid(shown(forest(1.0, 0.02)))
    assert "hidden-interval" not in told(deck)
    assert deck.slides[0].items[1].resolved.series[0].marker_size < 14  # type: ignore[union-attr]
    assert "“loaf 1”" in told(laid(shown(forest(1.0, 0.002))))["hidden-interval"]


def strip() -> LaidShapes:
    return LaidShapes((Shape(kind="rect", box=Box(0, inches(6.2), light().width, inches(0.4)), fill="panel"),))


def test_a_strip_may_cover_the_end_of_a_panel_but_not_cut_it_or_touch_a_source() -> None:
    deck = with_items(laid(statement(1)), strip())
    assert "crossing" not in told(deck)
    low = LaidShapes((Shape(kind="rect", box=Box(0, inches(5), inches(3), inches(2)), fill="field"),))
    assert told(with_items(deck, low))["crossing"] == "slide 1: the strip at the foot crosses a panel"
    source = text("Loaf et al.", Box(0, inches(5.9), inches(3), inches(0.27)), 12, role="source")
    assert told(with_items(deck, source))["crossing"] == "slide 1: the strip at the foot crosses the source"


def test_small_type_is_named_with_its_size_but_a_source_may_be_small() -> None:
    at = Box(inches(1), inches(5), inches(6), inches(0.5))
    deck = laid(statement(1), content(2))
    assert "small-type" not in told(with_items(deck, text("fine print", at, 12, role="source")))
    assert told(with_items(deck, text("fine print", at, 14)))["small-type"] == "slide 1: there is text of 14 points"
    both = with_items(with_items(deck, text("fine print", at, 14)), text("finer print", at, 11), at=1)
    assert told(both)["small-type"] == "slides 1, 2: there is text of 11 points (slide 2)"


@pytest.mark.parametrize(
    ("rows", "share"),
    [
        ([0] * 18, 1.0),
        ([(1 << 32) - 1] * 18, 0.0),
        ([0] * 9 + [(1 << 32) - 1] * 9, 6 / 13),
        ([(1 << 16) - 1] * 18, 15 / 30),
    ],
)
def test_the_largest_hole_of_the_body_is_found(rows: list[int], share: float) -> None:
    assert _hole(sum(row << 32 * k for k, row in enumerate(rows))) == pytest.approx(share)


def test_a_hole_is_named_unless_few_words_are_the_layout() -> None:
    assert told(laid(slide("content", "A loaf", (("main", (prose("Bread"),)),))))["empty"].startswith("slide 1: ")
    assert "empty" not in told(laid(content(1, f"{WORDS} {WORDS} {WORDS}")))


def test_a_last_word_alone_is_said_only_under_a_row_of_several() -> None:
    wide = text("four words in front of", Box(inches(1), inches(5), inches(4.2), inches(1)), 24)
    deck = laid(content(1, f"{WORDS} {WORDS}"))
    assert "stranded" not in told(deck)
    alone = replace(wide, lines=(Line((Run("seven little words in this row alone"),)),))
    assert "“alone”" in told(with_items(deck, alone))["stranded"]
    narrow = replace(
        alone, placeholder=replace(alone.placeholder, box=Box(inches(1), inches(5), inches(1.6), inches(3)))
    )
    assert "stranded" not in told(with_items(deck, narrow))


def test_a_long_paragraph_is_counted() -> None:
    at = Box(inches(1), inches(2), inches(11), inches(4))
    deck = laid(statement(1))
    assert "long" not in told(with_items(deck, text(" ".join(["word"] * 50), at)))
    assert told(with_items(deck, text(" ".join(["word"] * 51), at)))["long"] == "slide 1: a paragraph has 51 words"


def test_a_kind_can_be_turned_off_and_hidden_slides_say_nothing() -> None:
    deck = laid(*(content(k) for k in range(4)))
    assert "alike" in told(deck)
    assert "alike" not in told(deck, "alike")
    hidden = tuple(replace(one, slide=replace(one.slide, hidden=True)) for one in deck.slides)
    assert told(replace(deck, slides=hidden)) == {}
