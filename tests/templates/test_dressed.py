"""Tests the cover in a client's look: our words are large, and away from the client's art."""

import pytest

from tests.templates.maker import Block, Layout, Master, Ph, foot, pptx
from workshop.model.theme import Box, inches
from workshop.themes.template import template_theme

CELL = inches(0.11)  # the places of art are known to a cell of a grid


def words(folder, title, *blocks):
    """Return the places of words on the cover of a template with a blue cover, on which the title has a place, in inches, and some art is."""
    end = foot(13.333, 6.95)
    holders = (Ph("title", 0, "Title", (0.6, 0.4, 9, 1.0)), Ph("body", 1, "Text", (0.6, 1.7, 12, 4.2)), *end)
    layouts = (
        Layout(
            "Cover", (Ph("ctrTitle", 0, "Title", title, 44, True, "bg1"),), "title", ground="accent1", blocks=blocks
        ),
        Layout("Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Text"), *end), "obj"),
    )
    path = folder / "client.pptx"
    path.write_bytes(pptx(Master(holders, layouts)))
    dressed = template_theme(path).theme.template.dressed
    cover = dressed.layouts["cover"]
    assert dressed.dress.cover
    return cover, {place.role: place for place in cover.placeholders}


def test_the_title_may_be_as_large_as_on_our_own_cover(tmp_path):
    _, places = words(tmp_path, (0.6, 2.2, 12, 0.9))
    assert max(places["title"].sizes) == 80
    assert places["title"].box.h >= inches(2.4)


@pytest.mark.parametrize("art", [(4.2, 1.5, 0.02, 4), (5.0, 3.0, 2, 2.2), (0, 4.4, 13.333, 3.1), (0.3, 2.5, 5, 0.05)])
def test_words_are_beside_the_art_of_a_cover(tmp_path, art):
    cover, places = words(tmp_path, (0.6, 2.2, 6, 2), Block(art, "accent2"))
    at = Box(*map(inches, art))
    assert not any(place.box.overlaps(at, CELL) for place in places.values())
    assert cover.decor == ()


def test_words_without_a_free_place_are_on_a_block(tmp_path):
    stripes = [Block((0, y, 13.333, 0.3), "accent2") for y in range(8)]
    cover, places = words(tmp_path, (0.6, 2.2, 6, 2), *stripes)
    (block,) = cover.decor
    assert block.color == "field"
    assert {place.color for place in places.values()} == {"on_field"}
    assert all(block.box.y <= place.box.y and place.box.bottom <= block.box.bottom for place in places.values())
