"""The strip over an exhibit: a first paragraph that is wholly marked, or on tiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.layout.scenes import SLIDES, baked, named
from workshop.layout.laid import LaidChart, LaidOut, LaidShapes, LaidText
from workshop.model.theme import inches


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> LaidOut:
    return baked(tmp_path_factory.mktemp("bread"))[0]


def test_a_marked_first_paragraph_is_a_marigold_strip_over_the_exhibit(deck: LaidOut) -> None:
    items = named(deck, "strip").items
    (strip,) = (item for item in items if isinstance(item, LaidText) and item.placeholder.role == "strip")
    (chart,) = (item for item in items if isinstance(item, LaidChart))
    assert (strip.placeholder.fill, strip.placeholder.box.h, strip.size) == ("open", inches(0.8), 28)
    assert strip.placeholder.box.bottom <= chart.placeholder.box.y
    assert not any(run.mark for line in strip.lines for run in line.runs)


def test_a_first_paragraph_on_tiles_is_a_row_of_tiles(deck: LaidOut) -> None:
    items = named(deck, "tiled").items
    (strip,) = (item for item in items if isinstance(item, LaidShapes) and any(s.fill == "open" for s in item.shapes))
    assert [shape.lines[0].text for shape in strip.shapes] == ["the", "flour", "is", "?"]


def test_a_paragraph_with_other_words_stays_beside_the_exhibit(tmp_path: Path) -> None:
    text = SLIDES.replace("[asked: which flour?]{.mark}", "It asked [which flour?]{.mark}")
    laid, _ = baked(tmp_path, {"01-dough.md": text})
    roles = [item.placeholder.role for item in named(laid, "strip").items if isinstance(item, LaidText)]
    assert "strip" not in roles
    assert "reading" in roles


def test_a_text_beside_an_exhibit_goes_under_it_if_a_strip_is_over_both(deck: LaidOut) -> None:
    items = named(deck, "tiled").items
    (chart,) = (item for item in items if isinstance(item, LaidChart))
    (reading,) = (i for i in items if isinstance(i, LaidText) and i.placeholder.role == "reading")
    assert reading.placeholder.box.y >= chart.placeholder.box.bottom
