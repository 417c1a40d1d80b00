"""Tests that layouts are recognised by their placeholders, in any language."""

import io
import re
import zipfile

import pytest
from msgspec.structs import replace

from tests.templates.maker import MADE, zipped
from workshop.model.theme import Box
from workshop.templates.file import layout_parts, open_template
from workshop.templates.matching import match_layouts
from workshop.templates.user_layouts import completed, read_layouts
from workshop.themes.template import template_theme

EXPECTED = {
    "corporate": {
        "cover": "Title Slide",
        "section": "Section Header",
        "content": "Title and Content",
        "two": "Two Content",
        "comparison": "Comparison",
        "title-only": "Title Only",
        "picture": "Picture",
    },
    "german": {
        "cover": "Titelfolie",
        "section": "Kapitel",
        "content": "Inhalt einspaltig",
        "two": "Inhalt zweispaltig",
        "title-only": "Nur Titel",
    },
    "dark": {"cover": "A1", "content": "A2", "two": "A3", "title-only": "A4"},
    "two-masters": {
        "cover": "Opening",
        "section": "Chapter",
        "content": "One thing",
        "two": "Two things",
        "title-only": "Free",
    },
    "bare": {"cover": "Start", "content": "Text"},
}


def picks(path):
    file = open_template(path)
    return match_layouts(read_layouts(file), (file.width, file.height))


@pytest.mark.parametrize("name", MADE)
def test_each_kind_is_found_by_its_placeholders(made, name):
    assert {kind: pick.layout.name for kind, pick in picks(made(name)).items()} == EXPECTED[name]


@pytest.mark.parametrize("name", MADE)
def test_names_and_types_of_layouts_are_not_needed(name, tmp_path):
    with zipfile.ZipFile(io.BytesIO(MADE[name]())) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    for entry, content in parts.items():
        if entry.startswith("ppt/slideLayouts/slideLayout"):
            text = re.sub(rb'cSld name="[^"]*"', b'cSld name="x"', content)
            parts[entry] = re.sub(rb'(<p:sldLayout [^>]*?) type="\w+"', rb"\1", text)
    path = tmp_path / "nameless.pptx"
    path.write_bytes(zipped(parts))
    original = tmp_path / "original.pptx"
    original.write_bytes(MADE[name]())
    found = {kind: pick.layout.number for kind, pick in picks(path).items()}
    assert found == {kind: pick.layout.number for kind, pick in picks(original).items()}


def test_the_layouts_between_covers_come_from_one_master(made):
    found = picks(made("two-masters"))
    masters = {pick.layout.master for kind, pick in found.items() if kind not in ("cover", "section")}
    assert len(masters) == 1
    assert found["cover"].layout.master not in masters


def test_sizes_come_from_layout_then_master_then_text_style(made):
    found = picks(made("corporate"))
    assert found["content"].slots["main"].look.sizes == (28, 24, 20)
    assert found["two"].layout.title.look.sizes[0] == 32
    assert found["comparison"].slots["left-heading"].look.sizes[0] == 24
    assert found["cover"].layout.title.look.sizes[0] == 54


def test_a_placeholder_without_a_place_takes_the_masters(made):
    title = picks(made("corporate"))["content"].layout.title
    assert title.box == Box(685_800, 411_480, 10_789_920, 1_005_840)


def test_the_background_is_what_is_really_behind(made):
    found = picks(made("german"))
    content = found["content"].layout
    assert content.backdrop.ground(content.title.box) == "002B49"
    assert content.backdrop.ground(content.contents[0].box) == "FFFFFF"
    assert found["section"].layout.backdrop.ground(found["section"].slots["main"].box) == "00607A"


def test_placeholders_that_share_an_idx_get_their_own(made):
    file = open_template(made("libreoffice"))
    package = completed(file.package, [(m, layout_parts(file.package, m)) for m in file.masters])
    two = next(x for x in read_layouts(replace(file, package=package)) if x.name == "Two Content")
    numbers = [h.idx for h in two.contents]
    assert len(set(numbers)) == 2
    assert 0 not in numbers
    assert two.contents[0].look.sizes[0] == 28


def test_a_template_saved_by_libreoffice_is_read_as_the_one_it_was(made):
    found = {kind: pick.layout.name for kind, pick in template_theme(made("libreoffice")).picks.items()}
    assert {kind: name for kind, name in found.items() if kind in ("content", "two", "comparison", "title-only")} == {
        kind: EXPECTED["corporate"][kind] for kind in ("content", "two", "comparison", "title-only")
    }


def titled(made, name: str, box: Box):
    """Return a layout with nothing but a title."""
    layout = next(x for x in read_layouts(open_template(made("corporate"))) if x.name == "Title Only")
    return replace(layout, name=name, holders=(replace(layout.title, box=box),))


HIGH, MIDDLE = Box(500_000, 300_000, 8_000_000, 900_000), Box(500_000, 1_500_000, 8_000_000, 1_300_000)


@pytest.mark.parametrize("boxes", [(HIGH, MIDDLE), (MIDDLE, HIGH)])
def test_of_two_layouts_with_nothing_but_a_title_the_one_whose_title_is_higher_is_taken(made, boxes):
    layouts = [titled(made, str(number), box) for number, box in enumerate(boxes)]
    assert match_layouts(layouts, (9_144_000, 6_858_000))["title-only"].layout.title.box == HIGH


def test_a_layout_whose_title_ends_below_the_middle_is_not_one_for_exhibits(made):
    low = titled(made, "Title - Center", Box(500_000, 2_000_000, 8_000_000, 1_300_000))
    assert "title-only" not in match_layouts([low], (9_144_000, 6_858_000))
