"""Masters, layouts and charts are kept from build to build; a deck is the same with and without them."""

import pytest
from msgspec.structs import replace

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
    kept = list((tmp_path / "cache").iterdir())
    assert {path.suffix for path in kept} == {".masters", ".chart"}
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1])
    made.clear()
    assert write_deck(keeping) == fresh
    assert set(made) == {"_blobs", "_written"}


def test_another_theme_has_masters_of_its_own(full, tmp_path, made):
    write_deck(replace(full, kept=tmp_path / "cache"))
    made.clear()
    other = replace(full, theme=replace(full.theme, colors={**full.theme.colors, "accent": "123456"}))
    assert write_deck(replace(other, kept=tmp_path / "cache")) == write_deck(other)
    assert "_blobs" in made


def test_a_chart_of_a_plugin_is_not_kept(full, tmp_path, made):
    def with_plugin(item):
        return replace(item, kind=replace(item.kind)) if hasattr(item, "resolved") else item

    slides = tuple(replace(slide, items=tuple(map(with_plugin, slide.items))) for slide in full.slides)
    write_deck(replace(full, slides=slides, kept=tmp_path / "cache"))
    assert "_written" in made
    assert not list((tmp_path / "cache").glob("*.chart"))
