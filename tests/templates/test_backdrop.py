"""Tests what is known of the ground behind a text: colours, what crosses it, where it is free; boxes are in inches."""

import itertools

import pytest
from lxml import etree
from PIL import Image

from workshop.files.color_arithmetic import contrast
from workshop.files.package_file import NAMESPACES
from workshop.model.theme import Box, inches
from workshop.templates.backdrop import Canvas, _opacity, largest

SIZE = inches(13.333), inches(7.5)


def box(*sides):
    return Box(*map(inches, sides))


def corners(at):
    return [(at.x, at.y), (at.right, at.y), (at.right, at.bottom), (at.x, at.bottom)]


@pytest.fixture
def canvas():
    return Canvas(*SIZE, "FFFFFF")


def test_a_shape_is_the_ground_of_what_it_is_mostly_behind(canvas):
    canvas.fill("0B3C5D", corners(box(0, 0, 13.333, 1.3)), 1.0, ground=False)
    made = canvas.done()
    assert made.ground(box(0.5, 0.2, 12, 1)) == "0B3C5D"
    assert made.ground(box(0.5, 1.0, 12, 4)) == "FFFFFF"
    assert made.least_contrast(box(0.5, 2, 12, 4), "767676") == pytest.approx(contrast("767676", "FFFFFF"))


def test_a_text_that_a_picture_would_cross_keeps_the_part_beside_it(canvas):
    canvas.fill(Image.new("RGBA", (4, 4), "#224466"), corners(box(9, 0, 4.333, 7.5)), 1.0, ground=False, bitmap=True)
    made = canvas.done()
    free = made.clear(box(1, 2, 11, 4))
    assert (free.x, free.y, free.h) == (inches(1), inches(2), inches(4))
    assert inches(8.5) < free.right <= inches(9)
    assert made.is_picture(box(9.5, 1, 3, 3))
    assert not made.is_picture(box(1, 1, 3, 3))


def test_a_text_that_nothing_crosses_keeps_its_place(canvas):
    canvas.fill("0B3C5D", corners(box(0, 7, 13.333, 0.5)), 1.0, ground=False)
    assert canvas.done().clear(box(1, 1, 11, 5)) == box(1, 1, 11, 5)


def test_a_title_across_the_edge_of_its_band_is_moved_onto_it(canvas):
    canvas.fill("444444", corners(box(1, 0.5, 11, 1)), 1.0, ground=False)
    moved = canvas.done().onto_band(box(1, 0.2, 11, 0.8))
    assert moved == box(1, 0.5, 11, 0.8)


def test_a_photograph_of_light_and_dark_places_is_no_ground_for_text(canvas):
    chequered = Image.new("RGBA", (8, 8), "#FFFFFF")
    for x, y in itertools.product(range(8), range(8)):
        if (x + y) % 2:
            chequered.putpixel((x, y), (0, 0, 0, 255))
    canvas.fill(chequered, corners(Box(0, 0, *SIZE)), 1.0, ground=True, bitmap=True)
    assert not canvas.done().is_calm(box(1, 1, 10, 5))
    even = Canvas(*SIZE, "FFFFFF")
    even.fill(Image.new("RGBA", (8, 8), "#102030"), corners(Box(0, 0, *SIZE)), 1.0, ground=True, bitmap=True)
    assert even.done().is_calm(box(1, 1, 10, 5))


def test_a_picture_of_an_unknown_format_is_no_ground_for_text(canvas):
    canvas.fill(None, corners(box(0, 0, 6, 7.5)), 1.0, ground=False, bitmap=True)
    made = canvas.done()
    assert not made.is_calm(box(1, 1, 4, 4))
    assert made.is_calm(box(7, 1, 4, 4))


def test_the_largest_free_rectangle_is_that_of_trying_them_all():
    grids = itertools.islice(itertools.product((False, True), repeat=12), 0, 4096, 7)
    for cells in grids:
        rows = [list(cells[k : k + 4]) for k in range(0, 12, 4)]
        areas = [
            (b - a) * (d - c)
            for a, b in itertools.combinations(range(5), 2)
            for c, d in itertools.combinations(range(4), 2)
            if all(rows[y][x] for x in range(a, b) for y in range(c, d))
        ]
        x, y, w, h = largest(rows)
        assert w * h == max(areas, default=0)
        assert all(rows[j][i] for i in range(x, x + w) for j in range(y, y + h))


def test_a_picture_of_the_background_that_lets_light_through_is_as_light_as_it_is_seen():
    seen = '<a:blip xmlns:a="{a}" xmlns:r="{r}" r:embed="rId1"><a:alphaModFix amt="65000"/></a:blip>'
    blip = etree.fromstring(seen.format(**NAMESPACES))
    assert _opacity(blip) == 0.65
    assert _opacity(etree.fromstring(f'<a:blip xmlns:a="{NAMESPACES["a"]}"/>')) == 1
