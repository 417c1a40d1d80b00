"""Masters, layouts and charts are kept from build to build; a deck is the same with and without them."""

import pytest
from msgspec.structs import replace

from tests.charts.samples import laid, surprise
from tests.render.pptx.hosted import blank_deck
from workshop.render.pptx import base, chart
from workshop.render.pptx.deck import write_deck


@pytest.fixture
def made(monkeypatch):
    """Return the names of what is made from now on."""
    names = []
    for room, name in ((base, "_blobs"), (chart, "_written")):
        real = getattr(room, name)

        def listening(*arguments, real=real, name=name):
            names.append(name)
            return real(*arguments)

        monkeypatch.setattr(room, name, listening)
    return names


def test_a_deck_from_kept_parts_is_the_same_and_makes_none(full, tmp_path, made):
    fresh = write_deck(full)
    keeping = replace(full, kept=tmp_path / "cache")
    assert write_deck(keeping) == fresh
    made.clear()
    assert write_deck(keeping) == fresh
    assert made == []


def test_parts_that_are_damaged_are_made_again(full, tmp_path, made):
    fresh = write_deck(full)
    keeping = replace(full, kept=tmp_path / "cache")
    write_deck(keeping)
    (kept,) = (tmp_path / "cache").glob("*.masters")
    kept.write_bytes(kept.read_bytes()[:-1])
    made.clear()
    assert write_deck(keeping) == fresh
    assert made == ["_blobs"]


def test_another_theme_has_masters_of_its_own(full, tmp_path, made):
    write_deck(replace(full, kept=tmp_path / "cache"))
    made.clear()
    other = replace(full, theme=replace(full.theme, colors={**full.theme.colors, "accent": "123456"}))
    assert write_deck(replace(other, kept=tmp_path / "cache")) == write_deck(other)
    assert "_blobs" in made


def drawn(spec, cache):
    """Return the bytes of a chart's part and of its workbook."""
    deck = blank_deck()
    deck.cache = cache
    part = chart.new_chart_part(spec, deck, "en-GB")
    return part.blob, part.chart_workbook.xlsx_part.blob


def test_a_kept_chart_is_the_same_until_it_is_damaged(tmp_path, made):
    spec = laid(surprise())
    fresh = drawn(spec, None)
    assert drawn(spec, tmp_path / "cache") == fresh
    made.clear()
    assert drawn(spec, tmp_path / "cache") == fresh
    assert made == []
    (kept,) = (tmp_path / "cache").glob("*.chart")
    kept.write_bytes(b"nonsense")
    assert drawn(spec, tmp_path / "cache") == fresh
    assert made == ["_written"]


def test_a_chart_of_a_plugin_is_not_kept(tmp_path):
    spec = laid(surprise())
    drawn(replace(spec, kind=replace(spec.kind)), tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*.chart"))
