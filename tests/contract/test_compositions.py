"""Tests what our own themes draw in templates of every origin, from the XML of the finished deck: contrast, overlap, edges."""

from collections.abc import Iterator
from functools import cache as once
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pptx import Presentation

from tests.contract import kits
from tests.templates.conftest import template_file
from tests.tiers import few, few_rows
from workshop.check.package import check_package
from workshop.files.color_arithmetic import contrast
from workshop.files.package_file import NAMESPACES
from workshop.files.presentation_colors import paint_of, scheme_of
from workshop.layout import lay_out
from workshop.layout.laid import LaidShapes
from workshop.layouts import traits
from workshop.layouts.scaled import compositions
from workshop.model.theme import Box, Paint, inches
from workshop.render.pptx.deck import write_deck
from workshop.themes.beds import light
from workshop.themes.template import template_theme

SHOWN = (("general", 60), ("executives", 45))
NAMES = ("corporate", "german", "dark", "two-masters", "bare", "narrow")
LEAST, SHARE, SLACK = 4.5, 0.8, 12_700
TRIED = [(name, *shown) for name in NAMES for shown in SHOWN]
DRAWN = {spec.name for _, spec in compositions()}


@once
def made(name, audience, minutes, cache):
    """Return a deck in a template, laid out and as an opened file."""
    with TemporaryDirectory() as folder:
        theme = template_theme(template_file(name, Path(folder))).theme
    kit = kits.laid_out(audience, minutes, cache)[0].kit
    laid, problems = lay_out(kit, theme)
    return laid, problems, write_deck(laid)


def drawn_slides(name, audience, minutes, cache) -> Iterator[tuple[object, object]]:
    """Yield each slide with a composition, laid out and in the file."""
    laid, _, blob = made(name, audience, minutes, cache)
    for slide, page in zip(laid.slides, Presentation(BytesIO(blob)).slides, strict=True):
        if slide.layout.look:
            yield slide, page


def boxes(page) -> list[tuple[object, Box]]:
    """Return the shapes with a place of their own in the order in which they are drawn."""
    return [(s, Box(s.left, s.top, s.width, s.height)) for s in page.shapes if s.left is not None]


def middle_in(box: Box, other: Box) -> bool:
    x, y = box.x + box.w // 2, box.y + box.h // 2
    return other.x <= x <= other.right and other.y <= y <= other.bottom


def colors_of(page):
    """Return the colours of a slide's master."""
    master = page.slide_layout.slide_master
    theme = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    from lxml import etree

    return scheme_of(etree.fromstring(theme.blob), master._element.find("p:clrMap", NAMESPACES))


def fill_of(shape) -> Paint | None:
    properties = shape._element.find("p:spPr", NAMESPACES)
    return paint_of(properties.find("a:solidFill", NAMESPACES)) if properties is not None else None


def ratios(page) -> Iterator[tuple[str, float]]:
    """Yield the words of each run on a panel that is drawn on the slide, with their contrast to it."""
    scheme, shapes = colors_of(page), boxes(page)
    for place, (shape, box) in enumerate(shapes):
        if not shape.has_text_frame:
            continue
        under = [(own, fill_of(own)) for own, at in shapes[: place + 1] if own is shape or middle_in(box, at)]
        grounds = [paint for _, paint in under if paint is not None]
        for run in shape._element.iterfind(".//a:r", NAMESPACES):
            ink = paint_of(run.find("a:rPr/a:solidFill", NAMESPACES))
            lit = paint_of(run.find("a:rPr/a:highlight", NAMESPACES))
            if ink is not None and (grounds or lit) and "".join(run.itertext()).strip():
                yield "".join(run.itertext()), contrast(scheme.hex(ink), scheme.hex(lit or grounds[-1]))


@pytest.mark.parametrize(("name", "audience", "minutes"), few_rows(TRIED, TRIED[0], TRIED[-2], ci=TRIED[::3]))
def test_words_on_panels_have_a_contrast_of_at_least_4_5(name, audience, minutes, cache):
    found = [(slide.id, *pair) for slide, page in drawn_slides(name, audience, minutes, cache) for pair in ratios(page)]
    assert len(found) > 20
    assert [one for one in found if one[2] < LEAST] == []


@pytest.mark.parametrize(("name", "audience", "minutes"), few_rows(TRIED, TRIED[0], TRIED[-2], ci=TRIED[::3]))
def test_what_is_drawn_is_inside_the_slide_and_clear_of_the_title_and_the_foot(name, audience, minutes, cache):
    for slide, page in drawn_slides(name, audience, minutes, cache):
        title = page.shapes.title
        assert title is not None
        at = Box(title.left, title.top, title.width, title.height)
        foot = [s for s in page.placeholders if s.placeholder_format.type in (15, 13)]  # footer and number
        kept = [at, *(Box(s.left, s.top, s.width, s.height) for s in foot)]
        names = {title.shape_id, *(s.shape_id for s in foot)}
        for shape, box in boxes(page):
            if shape.shape_id in names:
                continue
            whole = Presentation().slide_width.__class__
            assert box.x >= 0, (slide.id, shape.name)
            assert box.y >= 0, (slide.id, shape.name)
            assert whole(box.right) <= page.part.package.presentation_part.presentation.slide_width + SLACK, slide.id
            assert [other for other in kept if box.overlaps(other, SLACK)] == [], (slide.id, shape.name)


@pytest.mark.parametrize(("name", "audience", "minutes"), few_rows(TRIED, TRIED[0], TRIED[-2], ci=TRIED[::3]))
def test_words_on_a_composition_overlap_no_others(name, audience, minutes, cache):
    for slide, page in drawn_slides(name, audience, minutes, cache):
        texts = [(shape, box) for shape, box in boxes(page) if shape.has_text_frame and shape.text_frame.text.strip()]
        for k, (shape, box) in enumerate(texts):
            crossed = [other.text_frame.text for other, at in texts[k + 1 :] if box.overlaps(at, SLACK)]
            assert crossed == [], (slide.id, shape.text_frame.text)


@pytest.mark.parametrize(("name", "audience", "minutes"), few_rows(TRIED, TRIED[0], TRIED[-2], ci=TRIED[::3]))
def test_four_in_five_slides_that_our_own_theme_draws_are_drawn_in_a_template_and_the_others_are_named(
    name, audience, minutes, cache
):
    laid, problems, blob = made(name, audience, minutes, cache)
    ours, _ = lay_out(laid.kit, light())
    names = {page.id for page in ours.slides if page.layout.name.removesuffix(", short title") in DRAWN}
    there = {page.id for page in laid.slides if page.layout.look}
    assert len(names) > 10
    assert len(names & there) >= SHARE * len(names)
    told = [problem.message for problem in problems if problem.code == "template-words"]
    wordy = [page.number for page in laid.slides if page.words]
    assert all(str(number) in told[0] for number in wordy[:6])
    assert bool(told) == bool(wordy)
    assert [str(problem) for problem in check_package(blob)] == []
    assert all("frames" not in traits(page.layout.role) for page in laid.slides if page.layout.look)


@pytest.mark.parametrize("name", few(NAMES, "dark", "german"))
def test_a_section_has_its_picture_where_a_place_of_its_layout_is_free(name, cache):
    laid, _, blob = made(name, *SHOWN[0], cache)
    pairs = zip(laid.slides, Presentation(BytesIO(blob)).slides, strict=True)
    sections = [(slide, page) for slide, page in pairs if "divides" in traits(slide.layout.role)]
    assert len(sections) == 8
    pictured = [slide.layout.picture is not None for slide, _ in sections]
    assert set(pictured) == {name in {"bare", "dark", "german"}}
    for slide, page in sections:
        assert (
            any(item.shapes[0].kind == "picture" for item in slide.items if isinstance(item, LaidShapes)) == pictured[0]
        )
        at = slide.layout.picture.box if slide.layout.picture else Box(0, 0, 0, 0)
        holders = [*page.placeholders, *page.slide_layout.placeholders]
        taken = [Box(s.left, s.top, s.width, s.height) for s in holders]
        assert [box for box in taken if at.overlaps(box)] == []
        assert min(at.w, at.h) >= inches(1.6) or not pictured[0]
