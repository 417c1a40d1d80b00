"""A slide that opens the companion page: its address, its steps and its QR code, which another program reads."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from msgspec.structs import replace
from pptx.oxml.ns import qn

from tests.laying import lay_out
from tests.layout.samples import TURN, chart, kit, numbers, slide
from workshop.layout.laid import LaidShapes, LaidSlide, LaidText
from workshop.layout.qr_code import QUIET, code_of
from workshop.model.blocks import Line, Prose, Run
from workshop.model.kit import Slide
from workshop.model.stage_picture import CODE, StagePicture
from workshop.model.theme import Box
from workshop.render.office_xml import parsed
from workshop.render.pptx.stage_shapes import Frame, stage_picture
from workshop.themes.beds import dark, light

PAGE = "https://garden.example/7"


def opening(page: str = PAGE) -> Slide:
    link = f"{page}#trigram" if page else ""
    named = Run(page.partition("://")[2] or "explore.html", strong=True, link=link)
    first = Line((named, Run(", “Guess the next word”")))
    steps = Prose((first, *numbers("Type two words", "Bet", "Press it").lines))
    parts = (*TURN, ("main", (steps,)))
    return replace(slide("activity", "What follows?", parts), opened=first)


def laid(one: Slide, theme=light) -> LaidSlide:
    deck, problems = lay_out(kit(one), theme())
    assert problems == ()
    return deck.slides[0]


def text(page: LaidSlide, role: str) -> list[str]:
    texts = (i for i in page.items if isinstance(i, LaidText) and i.placeholder.role == role)
    return [line.text.replace("\xa0", " ") for text in texts for line in text.lines]


def drawn(address: str, module: int = 6) -> np.ndarray:
    """Return the code of an address as pixels."""
    return pixels_of(code_of(address, "code"), module)


def pixels_of(picture: StagePicture, module: int = 6) -> np.ndarray:
    """Return a code as pixels, from the freeform that is written into the deck: dark is 0, everything else 255."""
    frame, box = Frame("code", "code", 2), Box(0, 0, 4_000_000, 4_000_000)
    group = parsed(stage_picture(picture, box, frame, lambda: 3, lambda: None))
    (path,) = group.iter(qn("a:path"))
    scale = int(path.get("w")) / picture.width / module
    pixels = np.full((round(picture.width) * module,) * 2, 255, np.uint8)
    corners: list[tuple[int, int]] = []
    for command in path:
        if command.tag == qn("a:close"):
            columns, rows = ([point[k] for point in corners] for k in (0, 1))
            pixels[min(rows) : max(rows), min(columns) : max(columns)] = 0
            corners = []
        corners += [(round(int(p.get("x")) / scale), round(int(p.get("y")) / scale)) for p in command.iter(qn("a:pt"))]
    return pixels


@pytest.mark.parametrize("address", [f"{PAGE}#trigram", "https://example.org/" + "a-long-path/" * 14 + "#retrieval"])
def test_the_code_in_the_deck_is_read_as_the_address(address: str) -> None:
    (found,) = zxingcpp.read_barcodes(drawn(address))
    assert found.text == address
    assert found.ec_level == "L"


def test_four_modules_around_the_code_are_blank() -> None:
    pixels = drawn(PAGE, module=1)
    dark_rows, dark_columns = np.nonzero(pixels == 0)
    assert (dark_rows.min(), dark_columns.min()) == (QUIET, QUIET)
    assert (dark_rows.max(), dark_columns.max()) == (len(pixels) - QUIET - 1,) * 2


@pytest.mark.parametrize("theme", [light, dark])
def test_a_published_page_has_its_address_and_its_code(theme) -> None:
    page = laid(opening(), theme)
    assert page.layout.name == "Live demo"
    assert text(page, "address") == ["garden.example/7"]
    assert text(page, "materials")[0] == "On the page: “Guess the next word”"
    assert text(page, "main") == ["Type two words", "Bet", "Press it"]
    (code,) = (shape for item in page.items if isinstance(item, LaidShapes) for shape in item.shapes)
    assert code.alt == "QR code for garden.example/7"
    assert page.layout.code == code.box
    assert code.link == f"{PAGE}#trigram"


def test_an_address_that_nobody_would_type_is_left_to_the_code() -> None:
    page = laid(opening("https://garden.example/" + "a-very-long-path/" * 8))
    assert text(page, "address") == []
    assert text(page, "materials")[0] == "The code opens “Guess the next word”"


@pytest.mark.parametrize("theme", [light, dark])
def test_any_other_slide_has_the_code_at_the_end_of_its_titles_line(theme) -> None:
    plain = slide("chart", "What follows two words is a bet", (("main", (chart(),)),))
    page = laid(replace(plain, opened=opening().opened), theme)
    shapes = [shape for item in page.items if isinstance(item, LaidShapes) for shape in item.shapes]
    ground, code = [shape for shape in shapes if shape.fill in ("on_field", CODE)]
    assert (code.box, code.link, code.alt) == (ground.box, f"{PAGE}#trigram", "QR code for garden.example/7")
    (title,) = (i for i in page.items if isinstance(i, LaidText) and i.placeholder.role == "title")
    assert title.placeholder.box.right < code.box.x
    assert text(page, "title") == [plain.title_text]
    assert not [item for item in laid(plain, theme).items if isinstance(item, LaidShapes)]


def test_without_an_address_the_slide_names_the_file() -> None:
    page = laid(opening(""))
    assert page.layout.name == "Activity, short title"
    assert text(page, "main")[0] == "explore.html, “Guess the next word”"
    assert not any(isinstance(item, LaidShapes) for item in page.items)
