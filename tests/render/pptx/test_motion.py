"""A bet turns into its answer, and the result grows: what is written into the deck, and when nothing of it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from lxml import etree
from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout.samples import bars, chart, kit, slide
from tests.layout.test_bands import WORDS, a_bet, an_answer
from tests.templates.conftest import template_file
from workshop.model.blocks import ShownChart
from workshop.model.exhibits import Chart, ChartKind, Series
from workshop.model.kit import Kit, Slide
from workshop.render.pptx.deck import write_deck
from workshop.themes.beds import light
from workshop.themes.template import template_theme

if TYPE_CHECKING:
    from pathlib import Path

    from workshop.model.theme import Theme

LONG = ("A sentence that is too long to stand beside three others", *WORDS[1:])


def xml(whole: Kit, theme: Theme | None = None) -> list[str]:
    """Return the XML of each slide."""
    laid, problems = lay_out(whole, theme or light())
    assert problems == ()
    with ZipFile(io.BytesIO(write_deck(laid))) as package:
        names = sorted((n for n in package.namelist() if n.startswith("ppt/slides/slide")), key=lambda n: (len(n), n))
        return [package.read(name).decode() for name in names]


def moving(*slides: Slide, motion: bool = True) -> list[str]:
    return xml(replace(kit(*slides), motion=motion))


def grown(page: str) -> list[str]:
    """Return which parts of a chart are wiped in, in order."""
    root = etree.fromstring(page.encode())
    parts = [part for wipe in root.iter("{*}animEffect") for part in wipe.iter("{*}chart")]
    return [
        f"{part.get('bldStep')} {part.get('seriesIdx' if part.get('bldStep') == 'series' else 'categoryIdx')}"
        for part in parts
    ]


@pytest.mark.parametrize("options", [WORDS, LONG], ids=["band", "panel"])
def test_a_bet_turns_into_its_answer_with_letters_of_the_same_names_on_both(options: tuple[str, ...]) -> None:
    bet, answer = moving(a_bet(*options), an_answer(chart()))
    assert "p159:morph" in answer
    assert "p:transition" not in bet
    for name in ("!!bet-A", "!!bet-B", "!!bet-C", "!!bet-D", "!!mode"):
        assert f'name="{name}"' in bet
        assert f'name="{name}"' in answer
    root = etree.fromstring(answer.encode())
    assert [g for g in root.iter("{*}grpSp") if "!!bet" in etree.tostring(g).decode()] == []
    order = [etree.QName(child).localname for child in root]
    assert order == ["cSld", "clrMapOvr", "AlternateContent", "timing"]


@pytest.mark.parametrize("options", [WORDS, LONG], ids=["band", "panel"])
def test_in_the_look_of_a_users_template_it_does_so_too(options: tuple[str, ...], tmp_path: Path) -> None:
    theme = template_theme(template_file("corporate", tmp_path)).theme
    slides = kit(a_bet(*options), an_answer(chart()))
    bet, answer = xml(replace(slides, motion=True), theme)
    assert "p159:morph" in answer
    assert all(f'name="{name}"' in page for page in (bet, answer) for name in ("!!bet-A", "!!bet-D", "!!mode"))


def test_a_slide_in_between_or_a_hidden_bet_leaves_no_morph_and_without_motion_there_is_nothing() -> None:
    bet, answer = a_bet(*WORDS), an_answer(chart())
    between = slide("content", "Something else", ())
    assert not any("p:transition" in page for page in moving(bet, between, answer))
    assert any("bldChart" in page for page in moving(bet, between, answer))
    assert not any("p:transition" in page for page in moving(replace(bet, hidden=True), answer))
    assert not any("p:transition" in page or "bldChart" in page for page in moving(bet, answer, motion=False))


def test_bars_grow_one_by_one_and_lines_after_their_references() -> None:
    assert grown(moving(a_bet(*WORDS), an_answer(bars()))[1]) == [f"category {k}" for k in range(5)]
    assert grown(moving(a_bet(*WORDS), an_answer(chart()))[1]) == ["series 0", "series 1"]


def test_a_chart_with_too_many_parts_and_one_that_answers_no_bet_appear_whole() -> None:
    names = tuple(f"loaf {k}" for k in range(9))
    many = Chart(
        ChartKind.COLUMN, "Loaves", measure="m", finding="f", series=(Series("s", (0.1,) * 9),), categories=names
    )
    assert grown(moving(a_bet(*WORDS), an_answer(ShownChart("c.c", many, "columns")))[1]) == []
    assert grown(moving(replace(an_answer(chart()), answers=()))[0]) == []
