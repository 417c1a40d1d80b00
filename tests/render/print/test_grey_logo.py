"""Tests a logo on paper: grey, dark enough, and at the top of every sheet."""

import io

import pypdf
import pytest
from msgspec.structs import replace
from PIL import Image

from tests.render.print import kits
from workshop.model.theme import Box, Logo
from workshop.render.print.grey_logo import grey_logo
from workshop.render.print.sheets import render_sheets


@pytest.fixture
def picture(tmp_path):
    def make(color, ground=(0, 0, 0, 0)):
        image = Image.new("RGBA", (60, 20), ground)
        image.paste(color, (10, 5, 50, 15))
        image.save(tmp_path / "logo.png")
        return tmp_path / "logo.png"

    return make


def greys(blob):
    with Image.open(io.BytesIO(blob)) as image:
        assert image.mode == "L"
        return image.getpixel((0, 0)), image.getpixel((30, 10))


@pytest.mark.parametrize("color", [(15, 80, 60, 255), (255, 255, 255, 255), (250, 240, 120, 255)], ids=str)
def test_a_logo_is_dark_on_white_whatever_slide_it_was_drawn_for(picture, color):
    ground, mark = greys(grey_logo(picture(color)))
    assert ground == 255
    assert mark < 120


def test_the_contrast_of_a_pale_logo_with_its_own_background_is_stretched(picture):
    ground, mark = greys(grey_logo(picture((200, 200, 200, 255), (255, 255, 255, 255))))
    assert ground >= 254
    assert mark == 0


@pytest.mark.broad
@pytest.mark.long
def test_every_sheet_has_the_logo_once_and_as_many_pages_as_without(picture):
    laid = kits.laid(kits.kit())
    logo = Logo(picture((15, 80, 60, 255)), Box(0, 0, 1, 1))
    plain = pypdf.PdfReader(io.BytesIO(render_sheets(laid)))
    marked = pypdf.PdfReader(io.BytesIO(render_sheets(replace(laid, theme=replace(laid.theme, logo=logo)))))
    assert len(plain.pages) == len(marked.pages)
    added = [len(b.images) - len(a.images) for a, b in zip(plain.pages, marked.pages, strict=True)]
    assert sum(added) == len(laid.kit.sheets)
    assert [a.extract_text() for a in plain.pages] == [b.extract_text() for b in marked.pages]
