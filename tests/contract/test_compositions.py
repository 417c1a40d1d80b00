"""Tests what our own layouts draw in the look of templates of every origin, from the XML of the finished deck: contrast, edges, looks."""

from collections.abc import Iterator
from functools import cache as once
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from lxml import etree
from pptx import Presentation

from tests.contract import kits
from tests.laying import lay_out
from tests.templates.conftest import template_file
from tests.tiers import few_rows
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.files.color_arithmetic import contrast
from workshop.files.package_file import NAMESPACES
from workshop.files.presentation_colors import paint_of, scheme_of
from workshop.layouts import traits
from workshop.model.theme import Box, Paint
from workshop.render.pptx.deck import write_deck
from workshop.themes.beds import light
from workshop.themes.template import template_theme

SHOWN = (("general", 60), ("executives", 45))
NAMES = ("corporate", "german", "dark", "two-masters", "bare", "narrow", "python-pptx", "libreoffice")
LEAST, SLACK = 4.5, 12_700
TRIED = [(name, *shown) for name in NAMES for shown in SHOWN]
ROWS = few_rows(TRIED, TRIED[0], ci=TRIED[::3])


@once
def made(name, audience, minutes, cache):
    """Return a deck in the look of a template, laid out and as a file."""
    with TemporaryDirectory() as folder:
        theme = template_theme(template_file(name, Path(folder))).theme
    kit = kits.laid_out(audience, minutes, cache)[0].kit
    laid, problems = lay_out(kit, theme)
    return laid, problems, write_deck(laid)


def boxes(part) -> list[tuple[object, Box]]:
    """Return the shapes of a slide or layout with a place, in the order in which they are drawn; none that are turned."""
    return [(s, Box(s.left, s.top, s.width, s.height)) for s in part.shapes if s.left is not None and not s.rotation]


def middle_in(box: Box, other: Box) -> bool:
    x, y = box.x + box.w // 2, box.y + box.h // 2
    return other.x <= x <= other.right and other.y <= y <= other.bottom


def colors_of(page):
    """Return the colours of a slide's master."""
    master = page.slide_layout.slide_master
    theme = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    return scheme_of(etree.fromstring(theme.blob), master._element.find("p:clrMap", NAMESPACES))


def fill_of(shape) -> Paint | None:
    properties = shape._element.find("p:spPr", NAMESPACES)
    fill = properties.find("a:solidFill", NAMESPACES) if properties is not None else None
    return None if fill is None or fill.find("*/a:alpha", NAMESPACES) is not None else paint_of(fill)


def ink_of(shape, run, layout) -> Paint | None:
    """Return the colour of a run: its own, or that of the layout's placeholder."""
    own = paint_of(run.find("a:rPr/a:solidFill", NAMESPACES))
    if own is not None or not shape.is_placeholder:
        return own
    idx = shape.placeholder_format.idx
    theirs = next((h for h in layout.placeholders if h.placeholder_format.idx == idx), None)
    return None if theirs is None else paint_of(theirs._element.find(".//a:lvl1pPr/a:defRPr/a:solidFill", NAMESPACES))


def ratios(page) -> Iterator[tuple[str, float]]:
    """Yield the words of each run on a filled shape of the slide or of its layout, with their contrast to it."""
    scheme, layout = colors_of(page), page.slide_layout
    behind = [(s, box) for s, box in boxes(layout) if fill_of(s) is not None]
    shapes = boxes(page)
    for place, (shape, box) in enumerate(shapes):
        if not shape.has_text_frame:
            continue
        under = [fill_of(s) for s, at in behind if middle_in(box, at)]
        under += [fill_of(s) for s, at in shapes[: place + 1] if s is shape or middle_in(box, at)]
        grounds = [paint for paint in under if paint is not None]
        for run in shape._element.iterfind(".//a:r", NAMESPACES):
            ink = ink_of(shape, run, layout)
            lit = paint_of(run.find("a:rPr/a:highlight", NAMESPACES))
            if ink is not None and (grounds or lit) and "".join(run.itertext()).strip():
                yield "".join(run.itertext()), contrast(scheme.hex(ink), scheme.hex(lit or grounds[-1]))


@pytest.mark.broad
@pytest.mark.parametrize(("name", "audience", "minutes"), ROWS)
def test_words_on_panels_have_a_contrast_of_at_least_4_5(name, audience, minutes, cache):
    laid, _, blob = made(name, audience, minutes, cache)
    pages = zip(laid.slides, Presentation(BytesIO(blob)).slides, strict=True)
    found = [(slide.id, *pair) for slide, page in pages for pair in ratios(page)]
    assert len(found) > 40
    assert [one for one in found if one[2] < LEAST] == []


@pytest.mark.parametrize(("name", "audience", "minutes"), ROWS)
def test_what_is_drawn_is_inside_the_page(name, audience, minutes, cache):
    _, _, blob = made(name, audience, minutes, cache)
    deck = Presentation(BytesIO(blob))
    for page in deck.slides:
        for shape, box in boxes(page):
            where = page.slide_id, shape.name
            assert min(box.x, box.y) >= 0, where
            assert box.right <= deck.slide_width + SLACK, where
            assert box.bottom <= deck.slide_height + SLACK, where


@pytest.mark.parametrize(("name", "audience", "minutes"), ROWS)
def test_every_slide_has_the_look_that_it_has_in_our_light_theme(name, audience, minutes, cache):
    laid, problems, blob = made(name, audience, minutes, cache)
    ours, _ = lay_out(laid.kit, light())
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    assert [str(problem) for problem in check_package(blob)] == []

    def looks(deck):
        return [(s.id, s.layout.name) for s in deck.slides if "covers" not in traits(s.layout.role)]

    assert looks(laid) == looks(ours)
    assert [len(s.items) for s in laid.slides[1:]] == [len(s.items) for s in ours.slides[1:]]


@pytest.mark.parametrize(("name", "audience", "minutes"), ROWS)
def test_the_masters_and_layouts_of_the_client_are_kept_beside_ours(name, audience, minutes, cache):
    laid, _, blob = made(name, audience, minutes, cache)
    before, after = Presentation(BytesIO(laid.theme.dress.package)), Presentation(BytesIO(blob))
    theirs = list(before.slide_masters)[:-1]
    assert len(after.slide_masters) == len(theirs) + 1
    for old, new in zip(theirs, after.slide_masters, strict=False):
        assert [x.name for x in old.slide_layouts] == [x.name for x in new.slide_layouts]
    assert {page.slide_layout.slide_master.part for page in after.slides} == {list(after.slide_masters)[-1].part}
