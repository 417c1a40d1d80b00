"""Slides with formulas, read from the finished deck."""

import io

import pytest
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation

from tests.formulas import FORMULAS, NAMESPACES, laid_talk, slides_of, talk_of
from workshop.check.package import check_package
from workshop.model.request import Request
from workshop.render.pptx.deck import write_deck

TALK = """---
title: Formulas
---

# A title with $x^2$

Before $E = mc^2$, after.

$$\\frac{a}{b}$$

# A table

| formula | words |
|---|---|
| $\\sqrt{x}$ | a root |
"""


@pytest.fixture(scope="module")
def deck(tmp_path_factory):
    return write_deck(laid_talk(tmp_path_factory.mktemp("talk") / "talk.md", TALK))


@pytest.fixture(scope="module")
def thirty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("thirty")
    path = folder / "deck.pptx"
    path.write_bytes(write_deck(laid_talk(folder / "talk.md", talk_of(FORMULAS))))
    return path


def either(slide):
    return slide.findall(".//mc:AlternateContent", NAMESPACES)


def words(node):
    return "".join(t.text for t in node.iterfind(".//a:t", NAMESPACES))


@pytest.mark.broad
def test_validators_find_nothing_in_thirty_formulas(thirty):
    assert [str(problem) for problem in check_package(thirty)] == []
    assert validate_pptx(str(thirty)).errors == []
    assert len(Presentation(str(thirty)).slides) == len(FORMULAS) + 1


def test_each_formula_is_an_equation_in_its_line_and_in_the_text(thirty):
    for slide in slides_of(thirty.read_bytes())[1:]:
        chosen = [found.find("mc:Choice", NAMESPACES) for found in either(slide)]
        assert [choice.get("Requires") for choice in chosen] == ["a14", "a14"]
        assert all(choice.nsmap["a14"] == NAMESPACES["a14"] for choice in chosen)
        inline, display = (choice.find(".//a14:m", NAMESPACES) for choice in chosen)
        assert inline[0].tag.endswith("}oMath")
        assert display[0].tag.endswith("}oMathPara")
        assert inline.getparent().tag.endswith("}p")


def test_other_programs_get_the_same_shape_with_text_or_a_picture_that_says_the_same(deck):
    inline, display = either(slides_of(deck)[1])
    for found in (inline, display):
        own, other = (found.find(f"mc:{branch}//p:cNvPr", NAMESPACES) for branch in ("Choice", "Fallback"))
        assert (own.get("id"), own.get("name")) == (other.get("id"), other.get("name"))
    assert words(inline.find("mc:Fallback", NAMESPACES)) == "Before E = mc2, after."
    assert words(inline.find("mc:Choice", NAMESPACES)) == "Before , after."
    picture = display.find("mc:Fallback/p:pic", NAMESPACES)
    assert picture.find("p:nvPicPr/p:cNvPr", NAMESPACES).get("descr") == "a/b"
    assert display.find("mc:Choice//p:cNvPr", NAMESPACES).get("descr") == "a/b"


def test_a_title_stays_text_for_the_list_of_slides(deck):
    slide = Presentation(io.BytesIO(deck)).slides[1]
    assert slide.shapes.title.text_frame.text == "A title with x2"


def test_a_table_with_a_formula_is_there_for_all_programs(deck):
    (table,) = either(slides_of(deck)[2])
    assert table.find("mc:Choice//a:tbl//m:rad", NAMESPACES) is not None
    assert words(table.find("mc:Fallback//a:tbl", NAMESPACES)) == "formulawords√xa root"


@pytest.mark.parametrize(("theme", "light"), [("light", False), ("dark", True)])
def test_an_equation_has_the_size_and_colour_of_the_text_around_it(tmp_path, theme, light):
    made = write_deck(laid_talk(tmp_path / "talk.md", TALK, Request(theme=theme)))
    inline, display = either(slides_of(made)[1])
    size = inline.find("mc:Fallback//a:r/a:rPr", NAMESPACES).get("sz")
    style = inline.find("mc:Choice//a:lstStyle/a:lvl1pPr/a:defRPr", NAMESPACES)
    assert style.get("sz") == size
    assert style.find("a:solidFill/a:schemeClr", NAMESPACES).get("val") == "tx1"
    larger = display.find("mc:Choice//a:lstStyle/a:lvl1pPr/a:defRPr", NAMESPACES)
    assert int(size) < int(larger.get("sz")) <= int(size) + 200
    pictures = [
        part for part in Presentation(io.BytesIO(made)).part.package.iter_parts() if part.partname.endswith("png")
    ]
    (shown,) = [Image.open(io.BytesIO(part.blob)).convert("RGBA") for part in pictures]
    corner, darkest = (
        shown.getpixel((0, 0)),
        max((color for _, color in shown.getcolors(1 << 16)), key=lambda color: color[3]),
    )
    assert corner[3] == 0
    assert darkest[3] > 250
    assert (sum(darkest[:3]) > 600) is light


def test_a_list_with_formulas_states_the_size_of_each_level(tmp_path):
    text = "# Levels\n\n- one $x$\n    - two $y$\n\n$$z$$\n"
    (shape, _) = either(slides_of(write_deck(laid_talk(tmp_path / "talk.md", text)))[0])
    sizes = {
        node.tag.rpartition("}")[2]: node.find("a:defRPr", NAMESPACES).get("sz")
        for node in shape.find("mc:Choice//a:lstStyle", NAMESPACES)
    }
    runs = [run.get("sz") for run in shape.iterfind("mc:Choice//a:r/a:rPr", NAMESPACES)]
    assert list(sizes) == ["lvl1pPr", "lvl2pPr"]
    assert list(sizes.values()) == runs


def test_the_same_talk_gives_the_same_bytes(tmp_path, deck):
    assert write_deck(laid_talk(tmp_path / "talk.md", TALK)) == deck
