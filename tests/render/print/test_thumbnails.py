import base64
import io

import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from tests.render.svg.drawing import SVG, WHOLE, deck, place, slide, texts
from tests.render.svg.drawing import theme as screen_theme
from workshop.layout.laid import LaidPicture, LaidText
from workshop.model.blocks import Line, Run, ShownPicture
from workshop.model.theme import Decor
from workshop.render.print.figures import galley_for
from workshop.render.print.handout import render_handout
from workshop.render.print.on_paper import Thumbnails

from . import kits


def picture_of(made, **look):
    laid = deck(made, screen_theme(**look))
    galley = galley_for(laid)
    name = Thumbnails(laid, galley).of("a")
    return etree.fromstring(galley.files[name]), galley


def text(*lines, **changes):
    spot = place(**changes)
    return slide(LaidText(spot, lines, 24, 0), places=(spot,))


def test_a_slide_is_drawn_once_and_only_if_it_is_asked_for():
    laid = deck(text(Line((Run("one"),))))
    galley = galley_for(laid)
    small = Thumbnails(laid, galley)
    assert not galley.files
    assert small.of("a") == small.of("a") == "slide-7.svg"
    assert list(galley.files) == ["slide-7.svg"]
    assert small.of("not in the deck") == ""


def test_of_a_split_slide_the_first_part_is_shown():
    made = text(Line((Run("first"),)))
    laid = deck(made)
    second = replace(text(Line((Run("second"),))), id="a-2", number=8)
    laid = replace(laid, slides=(made, replace(second, slide=replace(made.slide, id="a-2"))))
    galley = galley_for(laid)
    Thumbnails(laid, galley).of("a")
    assert b"first" in galley.files["slide-7.svg"]


def test_a_dark_deck_is_shown_on_white():
    root, _ = picture_of(slide(decor=(Decor("rect", WHOLE, "bg"),)), dark=True)
    assert {node.get("fill") for node in root.iter(f"{SVG}rect")} == {"#FFFFFF"}


def test_a_picture_is_itself_but_no_larger_than_it_is_printed(tmp_path):
    photo = Image.radial_gradient("L").resize((1800, 1200)).convert("RGB")
    photo.save(tmp_path / "wide.jpg")
    shown = ShownPicture(path=tmp_path / "wide.jpg", alt="a")
    root, galley = picture_of(slide(LaidPicture(place(), shown, WHOLE)))
    (image,) = root.iter(f"{SVG}image")
    head, _, code = image.get("href").partition(",")
    small = Image.open(io.BytesIO(base64.b64decode(code)))
    assert head == "data:image/jpeg;base64"
    assert small.size == (800, 533)
    assert abs(small.getpixel((400, 266))[0] - photo.getpixel((900, 600))[0]) < 8
    assert not galley.report.found


def test_a_letter_that_paper_cannot_show_is_reported_at_its_place():
    _, galley = picture_of(text(Line((Run("ab \u0f40"),), at=kits.AT)))
    (problem,) = galley.report.found
    assert (problem.code, problem.at) == ("unprintable", kits.AT)


def test_a_symbol_that_paper_cannot_show_is_named():
    root, galley = picture_of(text(Line((Run("a \U0001f9a2"),))))
    assert "[swan]" in "".join(texts(root))
    assert not galley.report.found


@pytest.mark.parametrize("dark", [False, True])
def test_the_handout_has_the_words_of_each_slide_in_their_places(read, dark):
    made = kits.kit(("One",))
    laid = kits.laid(made, dark=dark)
    lines = (Line((Run("a first point"),), marker="bullet"), Line((Run("and → a ✓ second"),), marker="bullet"))
    item = LaidText(place(), lines, 24, 0)
    laid = replace(laid, slides=tuple(replace(one, items=(item,)) for one in laid.slides))
    page = read(render_handout(laid)).pages[0].extract_text()
    assert "a first point" in page
    assert "→" in page
    assert "✓" in page
    assert page.index("a first point") < page.index("second")
