"""Tests that a template that breaks the standard is refused with the part and the fault, and what other programs write is mended."""

from dataclasses import replace

import pytest
from pptx import Presentation

from tests.templates.bad import LAYOUT, MAIN, MASTER
from tests.templates.maker import MADE, Layout, Master, Ph, pptx, unzipped, zipped
from workshop.build import build
from workshop.check.package import check_package
from workshop.errors import WorkshopError
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.templates.stripped import FARTHEST
from workshop.templates.user_layouts import read_layouts
from workshop.themes.template import open_template, template_theme

THEME = "ppt/theme/theme1.xml"
MASTER_RELS = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
LAYOUT_RELS = "ppt/slideLayouts/_rels/slideLayout2.xml.rels"


@pytest.fixture
def changed(tmp_path):
    """Return a function that writes the corporate template with one piece of a part replaced."""

    def write(part, old, new):
        parts = unzipped(MADE["corporate"]())
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
        path = tmp_path / "corp.pptx"
        path.write_bytes(zipped(parts))
        return path

    return write


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (LAYOUT, '<a:off x="', '<a:off x="99999999999999999999', "too far for any slide"),
        (LAYOUT, '<a:off x="', '<a:off x="nan', "too far for any slide"),
        (LAYOUT, '<p:ph idx="1"', '<p:ph idx="4294967296"', "ph has idx=4294967296"),
        (LAYOUT, "<p:cNvSpPr>", "<p:cNvSpPr/><p:cNvSpPr>", "cNvSpPr is in the wrong place"),
        (MASTER, "<p:clrMap ", "<p:hf/><p:clrMap ", "hf is in the wrong place"),
        (MASTER, ' sz="', ' sz="99', "sz=99"),
        (THEME, "<a:minorFont>", "<a:minorFont/><a:minorFont>", "minorFont"),
        (MAIN, "<p:sldSz ", "<p:sldSz/><p:sldSz ", "sldSz"),
        (MASTER_RELS, 'Id="rIdTheme"', 'Id="rId1"', "two relationships named 'rId1'"),
        (MASTER_RELS, 'Id="rIdTheme"', 'Id="a b"', "Id=a b"),
        (MASTER_RELS, "/theme/theme1.xml", "/theme/nothing.xml", "has no theme"),
    ],
)
def test_what_the_standard_does_not_allow_is_refused_with_its_part(changed, part, old, new, said):
    with pytest.raises(WorkshopError) as caught:
        template_theme(changed(part, old, new))
    (problem,) = caught.value.problems
    assert said in problem.message
    assert (part if ".rels" not in part else "ppt/slideMasters/slideMaster1.xml") in problem.message


def test_a_layout_that_is_its_own_master_is_left_out(changed):
    whole = open_template(changed(LAYOUT_RELS, "slideMaster1.xml", "slideMaster1.xml"))
    file = open_template(changed(LAYOUT_RELS, "../slideMasters/slideMaster1.xml", "slideLayout2.xml"))
    assert {layout.part for layout in read_layouts(whole)} - {layout.part for layout in read_layouts(file)} == {LAYOUT}
    assert LAYOUT not in file.package.blobs


def test_a_list_names_only_layouts(changed):
    file = open_template(changed(MASTER, 'r:id="rId2"', 'r:id="rIdTheme"'))
    assert b"rIdTheme" not in file.package.blobs[MASTER]
    assert LAYOUT not in file.package.blobs


@pytest.mark.parametrize("box", [(40, 1.75, 9, 4.95), (1, -20, 9, 4.95), (1, 1.75, 0, 4.95), (1, 1.75, 9, -1)])
def test_a_placeholder_without_extent_or_beyond_the_neighbouring_slides_is_not_used(tmp_path, box):
    title, body = Ph("title", 0, "Title", (0.5, 0.3, 9, 1.25)), Ph("body", 1, "Text", (0.5, 1.75, 9, 4.95))
    layouts = Layout("Text", (title, body)), Layout("Odd", (title, replace(body, box=box)))
    path = tmp_path / "corp.pptx"
    path.write_bytes(pptx(Master((title, body), layouts)))
    if min(box[2:]) < 0:
        with pytest.raises(WorkshopError, match="ext has cy=-914400"):
            open_template(path)
        return
    kinds = [[holder.type for holder in layout.holders] for layout in read_layouts(open_template(path))]
    assert kinds == [["title", "body"], ["title"]]


def test_a_theme_without_a_typeface_has_the_one_that_programs_show_then(changed):
    file = open_template(changed(THEME, '<a:latin typeface="Arial"/>', '<a:latin typeface=""/>'))
    assert b'<a:latin typeface=""' not in file.package.blobs[THEME]


def test_the_farthest_place_stays_within_32_bits_after_scaling():
    smallest_slide, height = 2_000_000, 6_858_000
    assert FARTHEST * height / smallest_slide < 2**31


def test_a_slide_that_is_listed_under_the_name_of_something_else_is_left_out(changed, tmp_path):
    path = changed(MAIN, 'r:id="rIdS1"', 'r:id="rIdM1"')
    talk = tmp_path / "talk.md"
    talk.write_text("# One\n\n## Two\n\nWords.\n", "utf-8")
    build(talk, Request(template=path, only=("deck",)), standard_registry(), base=None, out=tmp_path / "out")
    assert check_package(tmp_path / "out" / "deck.pptx") == ()
    assert [slide.shapes.title.text for slide in Presentation(tmp_path / "out" / "deck.pptx").slides] == ["One", "Two"]


def test_a_template_that_gives_no_size_of_its_slides_makes_a_deck_with_the_usual_one(changed, tmp_path):
    path = changed(MAIN, '<p:sldSz cx="12192000" cy="6858000"/>', "")
    talk = tmp_path / "talk.md"
    talk.write_text("# One\n\n## Two\n\nWords.\n", "utf-8")
    build(talk, Request(template=path, only=("deck",)), standard_registry(), base=None, out=tmp_path / "out")
    deck = Presentation(tmp_path / "out" / "deck.pptx")
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
