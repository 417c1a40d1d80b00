"""Tests what is kept of a client's slides at their edges: where bands and logos go, and what room rail and number have beside them; boxes are in inches."""

import io

import pytest
from pptx import Presentation

from tests.templates.maker import Block, Layout, Master, Ph, foot, pptx
from workshop.layouts.own import own_layouts
from workshop.model.theme import Box, Foot, inches
from workshop.templates.edges import Page, foot_of
from workshop.themes.logo import with_logo
from workshop.themes.template import template_theme

PAGE = Page(12_192_000, 6_858_000)
BAND = "0B5CAB"
LAST_WORDS = max(  # where what a client has at the edges is shown: on layouts with a rail
    place.box.bottom
    for spec in own_layouts().values()
    for place in spec.placeholders
    if place.role == "source" and spec.rail
)


def box(*sides):
    return Box(*map(inches, sides))


def dressed(folder, *blocks):
    """Return our layouts in the look of a template whose master has some blocks."""
    end = foot(13.333, 6.95)
    holders = (Ph("title", 0, "Title", (0.6, 0.4, 9, 1.0)), Ph("body", 1, "Text", (0.6, 1.7, 12, 4.2)), *end)
    layouts = (
        Layout("Cover", (Ph("ctrTitle", 0, "Title", (0.6, 2.2, 12, 1.6), 44),), "title"),
        Layout("Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Text"), *end), "obj"),
    )
    path = folder / "client.pptx"
    path.write_bytes(pptx(Master(holders, layouts, blocks=blocks)))
    return template_theme(path).theme.template.dressed


def at_edges(theme):
    """Return the boxes of what our master has of the client's, in inches."""
    (*_, master) = Presentation(io.BytesIO(theme.dress.package)).slide_masters
    return [tuple(round(side / 914_400, 2) for side in (s.left, s.top, s.width, s.height)) for s in master.shapes]


def test_without_anything_at_the_foot_rail_and_number_are_where_they_usually_are():
    assert foot_of([], PAGE) == Foot()


def test_rail_and_number_are_beside_a_logo_at_the_foot():
    logo = box(11.2, 6.8, 1.4, 0.5)
    room = foot_of([logo], PAGE)
    assert room.rail
    assert room.numbered
    assert room.number + inches(0.6) < logo.x
    assert room.left + room.width < room.number


def test_a_band_over_the_whole_foot_leaves_neither_rail_nor_number():
    room = foot_of([box(0, 6.7, 13.333, 0.8)], PAGE)
    assert not room.rail
    assert not room.numbered


def test_a_band_with_the_colour_of_the_ground_takes_no_room(tmp_path):
    assert dressed(tmp_path, Block((0, 6.75, 13.333, 0.75), "FFFFFF")).foot == Foot()


def test_a_ruler_beside_the_page_is_not_carried_over(tmp_path):
    theme = dressed(tmp_path, Block((-1.4, 0.4, 0.2, 5), BAND), Block((0, 7.3, 13.333, 0.2), BAND))
    assert at_edges(theme) == [(0, 7.3, 13.33, 0.2)]


@pytest.mark.parametrize(("at", "left"), [((10.9, 0.3, 2.1, 0.84), 10.72), ((0.6, 0.3, 1.6, 0.64), 0.67)])
def test_a_logo_beside_the_title_goes_to_the_foot_on_its_side(tmp_path, at, left):
    ((x, y, w, h),) = at_edges(dressed(tmp_path, Block(at, picture=True)))
    assert y >= 6.66
    assert y + h <= 7.5
    assert w / h == pytest.approx(at[2] / at[3], abs=0.05)
    assert x == pytest.approx(left, abs=0.3)


def test_two_logos_at_one_side_stand_beside_each_other(tmp_path):
    logos = Block((11.4, 0.3, 1.5, 0.6), picture=True), Block((9.6, 0.3, 1.5, 0.6), picture=True)
    first, second = at_edges(dressed(tmp_path, *logos))
    assert second[0] + second[2] < first[0]


def test_a_logo_on_a_band_that_becomes_slim_stays_on_it(tmp_path):
    theme = dressed(tmp_path, Block((0, 0, 13.333, 1.2), BAND), Block((11.4, 0.3, 1.5, 0.6), picture=True))
    band, logo = at_edges(theme)
    assert band == (0, 0, 13.33, 0.34)
    assert logo[1] > 0
    assert logo[1] + logo[3] < 0.34


def test_a_logo_that_is_given_is_after_the_number_beside_what_the_client_has_at_the_foot(tmp_path):
    theme = dressed(tmp_path, Block((0.6, 6.8, 1.4, 0.5), picture=True))
    given = with_logo(theme, tmp_path / "logo.png", (400, 200))
    assert given.foot.number + inches(0.6) <= given.logo.box.x
    assert given.foot.left + given.foot.width <= given.foot.number
    assert given.logo.box.y >= inches(6.66)


@pytest.mark.parametrize("band", [(0, 6.67, 13.333, 0.83), (0, 7.1, 13.333, 0.4), (0, 6.1, 13.333, 1.4)])
def test_a_band_at_the_foot_becomes_slim_under_rail_and_number(tmp_path, band):
    theme = dressed(tmp_path, Block(band, BAND))
    ((_, top, _, high),) = at_edges(theme)
    assert high == 0.26
    assert theme.foot.rail
    assert theme.foot.numbered
    assert theme.foot.top + inches(0.44) <= inches(top) + 10_000
    assert theme.foot.top >= LAST_WORDS


def test_a_band_with_a_logo_at_the_foot_is_below_our_last_words(tmp_path):
    theme = dressed(tmp_path, Block((0, 6.5, 13.333, 1.0), BAND), Block((11.4, 6.8, 1.5, 0.6), picture=True))
    band, logo = at_edges(theme)
    assert inches(band[1]) >= LAST_WORDS
    assert band[1] <= logo[1]
    assert logo[1] + logo[3] <= 7.5
    assert not theme.foot.rail
