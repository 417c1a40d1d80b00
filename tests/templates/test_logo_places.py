"""Tests a logo in templates of every origin: clear of everything, in the same place if possible, and never silently left out."""

import io

import pytest
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation

from tests.layout.samples import all_slides, kit, talk
from tests.templates.maker import png
from tests.tiers import few
from workshop.check.package import check_package
from workshop.layout import lay_out
from workshop.layout.overlap import areas
from workshop.render.pptx.deck import write_deck
from workshop.templates.logo_places import logos_of, seen_on, without_logo
from workshop.themes.beds import dark, light
from workshop.themes.logo import with_logo as own_logo
from workshop.themes.template import template_theme

SIZES = [(200, 60), (100, 100), (300, 50), (60, 120)]


@pytest.fixture
def with_logo(tmp_path):
    def make(template, size=(200, 60), rgb=b"\xb0\x20\x40"):
        path = tmp_path / "mark.png"
        path.write_bytes(png(*size, rgb))
        matched = template_theme(template)
        return matched, logos_of(matched.theme, matched.layouts, path, size)

    return make


@pytest.mark.parametrize("size", few(SIZES, SIZES[0]), ids=str)
def test_a_logo_is_on_the_slide_and_clear_of_every_placeholder_and_text(template, with_logo, size):
    matched, theme = with_logo(template, size)
    assert theme.template.logos
    by_part = {layout.part: layout for layout in matched.layouts}
    for part, logo in theme.template.logos.items():
        box, layout = logo.box, by_part[part]
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= theme.width
        assert box.bottom <= theme.height
        assert box.w / box.h == pytest.approx(size[0] / size[1], rel=0.01)
        taken = [holder.box for holder in layout.holders]
        taken += [
            p.box
            for s in theme.template.variants.values()
            for spec in s
            if spec.part == part
            for p in spec.placeholders
        ]
        assert not any(box.overlaps(other) for other in taken)


def test_all_slides_with_a_logo_make_a_valid_file_in_which_nothing_covers_it(template, with_logo, tmp_path):
    _, theme = with_logo(template)
    laid, _ = lay_out(kit(*(s for s in all_slides() if s.layout != "picture")), theme)
    logos = theme.template.logos
    for slide in laid.slides:
        logo = logos.get(slide.layout.part)
        assert not any(logo and box.overlaps(logo.box) for item in slide.items for _, box in areas(item))
    path = tmp_path / "deck.pptx"
    path.write_bytes(write_deck(laid))
    assert [str(p) for p in check_package(path)] == []
    assert validate_pptx(str(path)).errors == []
    assert write_deck(laid) == path.read_bytes()
    deck = Presentation(io.BytesIO(path.read_bytes()))
    shown = {s.slide_layout.part.partname.lstrip("/"): s.slide_layout for s in deck.slides}
    blob = (tmp_path / "mark.png").read_bytes()
    for part, layout in shown.items():
        pictures = [s.image.blob for s in layout.shapes if s.shape_type == 13]
        assert pictures.count(blob) == (part in logos)


def test_the_inner_layouts_of_a_corporate_template_have_it_in_one_place(made, with_logo):
    _, theme = with_logo(made("corporate"))
    covers = {spec.part for spec in theme.template.variants["cover"]}
    boxes = {logo.box for part, logo in theme.template.logos.items() if part not in covers}
    assert len(boxes) == 1


def test_a_logo_that_cannot_be_seen_on_a_background_is_not_put_there_and_one_message_says_so(made, with_logo):
    _, theme = with_logo(made("python-pptx"), rgb=b"\xff\xff\xff")
    assert theme.template.logos == {}
    laid, _ = lay_out(talk(*(s for s in all_slides() if s.layout == "content")), theme)
    (problem,) = without_logo(laid)
    assert "has no free place on" in problem.message
    assert "Title and Content" in problem.message
    assert problem.hint


def test_if_every_slide_has_it_nothing_is_reported(made, with_logo):
    matched, theme = with_logo(made("corporate"))
    laid, _ = lay_out(kit(*all_slides()[:1]), theme)
    assert without_logo(laid) == ()
    assert without_logo(lay_out(kit(*all_slides()[:1]), matched.theme)[0]) == ()


def test_in_a_theme_of_ours_a_logo_that_cannot_be_seen_is_named_too(tmp_path):
    path = tmp_path / "white.png"
    path.write_bytes(png(200, 60, b"\xff\xff\xff"))
    slides = kit(*all_slides()[:1])
    (problem,) = without_logo(lay_out(slides, own_logo(light(), path, (200, 60)))[0])
    assert "can hardly be seen on the background of the theme" in problem.message
    assert without_logo(lay_out(slides, own_logo(dark(), path, (200, 60)))[0]) == ()


def test_white_is_seen_on_black_and_not_on_white(tmp_path):
    path = tmp_path / "white.png"
    path.write_bytes(png(20, 20, b"\xff\xff\xff"))
    assert seen_on(path)("000000")
    assert not seen_on(path)("FDFDFD")


def test_dark_letters_of_a_transparent_logo_are_not_seen_on_a_dark_background_though_its_mark_is(tmp_path):
    path = tmp_path / "logo.png"
    for own, seen in (((0, 0, 0, 0), False), ((255, 255, 255, 255), True)):
        image = Image.new("RGBA", (60, 20), own)
        image.paste((220, 60, 60, 255), (0, 0, 20, 20))
        image.paste((20, 30, 50, 255), (25, 0, 60, 20))
        image.save(path)
        assert seen_on(path)("0F1A17") is seen
        assert seen_on(path)("FFFFFF")
