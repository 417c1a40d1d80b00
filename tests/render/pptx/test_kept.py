"""Tests slides that are kept as in PowerPoint: what moves into the new deck, and what is left out."""

import io
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from tests.laying import lay_out
from tests.png import png_of
from workshop.build import prepare
from workshop.check.package import check_package
from workshop.content.kept_slides import deck_name
from workshop.errors import Severity, WorkshopError
from workshop.model.exhibits import Honesty
from workshop.model.kept_slide import KeptSlide
from workshop.model.kit import SourceLine
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import checked, write_deck

TALK = """---
title: Bread
---

## It rises {#rises}

- Warm dough, see [the oven](#oven)
- Cold dough

::: notes
Say it.
:::

## Flours {#flours}

| flour | share |
|-------|-------|
| wheat | 60    |
| rye   | 40    |

## Oven {#oven}

Hot.

## Sold {#sold}

![](chart:sold.csv){kind=column x=day y=loaves unit=count}
"""
PNG = png_of(4, 3, zlib.compress((b"\x00" + b"\x33\x66\x99" * 4) * 3))


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """A talk of a cover and four slides, laid out."""
    file = tmp_path_factory.mktemp("talk") / "bread.md"
    file.with_name("sold.csv").write_text("day,loaves\nMonday,8\nTuesday,9\n", "utf-8")
    file.write_text(TALK, "utf-8")
    found = prepare(file, Request(), standard_registry(), base=None)[0]
    marked = SourceLine(Honesty.SUPPLIED, "sold.csv")  # as a kit has it
    stages = tuple(
        replace(stage, slides=tuple(replace(s, source=marked) if s.id == "sold" else s for s in stage.slides))
        for stage in found.kit.stages
    )
    return lay_out(replace(found.kit, stages=stages), found.theme)[0]


@pytest.fixture
def kept(laid, tmp_path):
    """Return the deck with slides kept that a function changed in python-pptx; ``at`` says which page is which slide."""

    def build(change, *names, deck=None, **more):
        edited = deck or Presentation(io.BytesIO(write_deck(laid)))
        for one, slide in zip(laid.slides, edited.slides, strict=False):
            slide._element.cSld.set("name", one.id)
        change(edited)
        held = io.BytesIO()
        edited.save(held)
        file = tmp_path / deck_name(held.getvalue())
        file.write_bytes(held.getvalue())
        pages = {slide.id: slide.number for slide in laid.slides}
        slides = {n: KeptSlide(id=n, deck=file, page=more.get(n, pages[n]), by_hand="by_hand" in more) for n in names}
        return write_deck(replace(laid, kit=replace(laid.kit, kept=slides)))

    return build


def opened(blob):
    return Presentation(io.BytesIO(blob))


def slide(deck, place):
    return deck.slides[place]


def said(one):
    return [shape.text_frame.text for shape in one.shapes if shape.has_text_frame]


def sound(blob, tmp_path):
    file = tmp_path / "new.pptx"
    file.write_bytes(blob)
    worst = [str(p) for p in check_package(blob) if p.severity is Severity.ERROR]
    found = map(str, validate_pptx(str(file)).errors)
    return worst + [
        error for error in found if "axId" not in error and "crossAx" not in error
    ]  # python-pptx's have a sign


def with_everything(deck):
    one = deck.slides[1]
    one.shapes.title.text_frame.text = "It doubles"
    one.shapes.add_picture(io.BytesIO(PNG), Inches(9), Inches(1), Inches(1))
    data = CategoryChartData()
    data.categories = ["warm", "cold"]
    data.add_series("hours", (1, 3))
    box = (Inches(7), Inches(2), Inches(4), Inches(3))
    one.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)
    one.notes_slide.notes_text_frame.text = "Theirs"


def test_a_kept_slide_has_its_words_pictures_and_charts_with_workbooks(kept, tmp_path):
    blob = kept(with_everything, "rises")
    assert sound(blob, tmp_path) == []
    one = slide(opened(blob), 1)
    assert one.shapes.title.text_frame.text == "It doubles"
    (picture,) = (shape for shape in one.shapes if shape.shape_type == 13)
    assert picture.image.blob == PNG
    (chart,) = (shape.chart for shape in one.shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [1, 3]
    assert zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).testzip() is None


def test_its_notes_are_those_of_the_kit_and_the_other_slides_stay_the_same(kept, laid):
    blob = kept(with_everything, "rises")
    new, plain = opened(blob), opened(write_deck(laid))
    assert "Say it." in slide(new, 1).notes_slide.notes_text_frame.text
    for place in (0, 2, 3):
        assert etree.tostring(slide(new, place)._element) == etree.tostring(slide(plain, place)._element)


def test_the_same_deck_has_the_same_bytes(kept):
    def change(deck):
        deck.slides[1].shapes.add_picture(io.BytesIO(PNG), 0, 0)

    assert kept(change, "rises") == kept(change, "rises")


def test_links_lead_to_the_same_slides_of_the_new_deck(kept, tmp_path):
    blob = kept(lambda deck: None, "rises")
    assert sound(blob, tmp_path) == []
    new = opened(blob)
    (target,) = (one.target_part for one in slide(new, 1).part.rels.values() if one.reltype == RT.SLIDE)
    assert target is slide(new, 3).part


def test_a_link_to_a_slide_that_the_deck_lacks_is_taken_out(kept, tmp_path):
    def rename(deck):
        deck.slides[3]._element.cSld.set("name", "gone")
        shape = deck.slides[1].shapes.add_textbox(0, 0, 99, 99)
        shape.click_action.target_slide = deck.slides[3]

    def rename_title(deck):
        del deck.slides[3]._element.cSld.attrib["name"]

    blob = kept(rename, "rises")
    assert sound(blob, tmp_path) == []
    links = [node.get("action", "") for node in slide(opened(blob), 1)._element.iter("{*}hlinkClick")]
    assert links == []
    found = slide(opened(kept(rename_title, "rises")), 1)._element.iter("{*}hlinkClick")
    assert len(list(found)) == 1  # a slide without a name is found by its title


@pytest.mark.parametrize(
    ("address", "stays"),
    [("https://example.org/a", True), ("javascript:alert(1)", False), ("file:///etc/passwd", False)],
)
def test_only_links_to_safe_addresses_stay(kept, address, stays, tmp_path):
    def link(deck):
        run = deck.slides[3].shapes.add_textbox(0, 0, 999, 999).text_frame.paragraphs[0].add_run()
        run.text, run.hyperlink.address = "here", address

    blob = kept(link, "oven")
    assert sound(blob, tmp_path) == []
    found = [one.target_ref for one in slide(opened(blob), 3).part.rels.values() if one.is_external]
    assert found == ([address] if stays else [])


def test_macros_objects_tags_and_films_elsewhere_are_left_out(kept, tmp_path):
    def spoil(deck):
        part = deck.slides[3].part
        tags = Part(PackURI("/ppt/tags/tag1.xml"), "application/vnd.openxmlformats-officedocument.presentationml.tags+xml", deck.part.package, b"<p:tagLst xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'/>")  # fmt: skip
        number = part.relate_to(tags, RT.TAGS)
        space = "http://schemas.openxmlformats.org/presentationml/2006/main"
        own = etree.SubElement(etree.SubElement(part._element.cSld, f"{{{space}}}custDataLst"), f"{{{space}}}tags")
        own.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", number)
        deck.slides[3].shapes.add_ole_object(
            io.BytesIO(b"anything"), "Package", 0, 0, 99, 99, icon_file=io.BytesIO(PNG)
        )
        film = deck.slides[3].shapes.add_picture(io.BytesIO(PNG), 0, 0)
        away = part.relate_to("https://example.org/film.mp4", RT.VIDEO, is_external=True)
        video = etree.SubElement(
            film._element.nvPicPr.nvPr, "{http://schemas.openxmlformats.org/drawingml/2006/main}videoFile"
        )
        video.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}link", away)
        run = deck.slides[3].shapes.add_textbox(0, 0, 999, 999)
        run.text_frame.text = "Run me"
        run.click_action.hyperlink.address = "https://example.org"
        run._element.find(".//{*}hlinkClick").set("action", "ppaction://macro?name=Go")

    blob = kept(spoil, "oven")
    assert sound(blob, tmp_path) == []
    one = slide(opened(blob), 3)
    assert {rel.reltype.rpartition("/")[2] for rel in one.part.rels.values()} <= {
        "image",
        "slideLayout",
        "slide",
        "hyperlink",
    }
    assert b"example.org/film" not in blob
    text = etree.tostring(one._element).decode()
    assert "macro" not in text
    assert "oleObj" not in text
    assert len([shape for shape in one.shapes if shape.shape_type == 13]) == 2  # the icon stays as a picture


def test_a_strangers_slide_brings_its_layout_and_master_along_once(kept, tmp_path):
    theirs = Presentation()
    for title in ("One", "Two"):
        made = theirs.slides.add_slide(theirs.slide_layouts[1])
        made.shapes.title.text_frame.text = title
    blob = kept(lambda deck: None, "rises", "oven", deck=theirs, rises=1, oven=2)
    assert sound(blob, tmp_path) == []
    new = opened(blob)
    assert [slide(new, place).shapes.title.text_frame.text for place in (1, 3)] == ["One", "Two"]
    assert len(new.slide_masters) == 2
    assert [layout.name for layout in new.slide_masters[1].slide_layouts] == ["Title and Content"]


def without_numbers(deck):
    for node in slide(deck, 4)._element.iter("{*}ph"):  # as LibreOffice saves them
        node.attrib.pop("idx", None)


@pytest.mark.parametrize("change", [lambda _: None, without_numbers])
def test_figures_that_nobody_checked_change_the_mark_of_honesty(kept, change):
    words = " ".join(said(slide(opened(kept(change, "sold", by_hand=True)), 4)))
    assert "Changed by hand: figures not checked" in words
    assert "Data supplied" not in words


def test_a_page_that_the_standard_excludes_is_refused(kept):
    def spoil(deck):
        etree.SubElement(
            deck.slides[3]._element.cSld, "{http://schemas.openxmlformats.org/presentationml/2006/main}nonsense"
        )

    with pytest.raises(WorkshopError, match=r"page 4 of powerpoint-\w+\.pptx can't be kept: .* is not valid"):
        kept(spoil, "oven")


def test_a_hidden_slide_of_the_plan_stays_hidden(laid, tmp_path):
    edited = opened(write_deck(laid))
    held = io.BytesIO()
    edited.save(held)
    file = Path(tmp_path / deck_name(held.getvalue()))
    file.write_bytes(held.getvalue())
    slides = tuple(replace(one, slide=replace(one.slide, hidden=one.id == "oven")) for one in laid.slides)
    one = KeptSlide(id="oven", deck=file, page=4)
    blob = write_deck(replace(laid, slides=slides, kit=replace(laid.kit, kept={"oven": one})))
    assert [page._element.get("show") for page in opened(blob).slides] == [None, None, None, "0", None]


# ---------------------------------------------------------------- figures and notes
@pytest.fixture
def told(laid, tmp_path):
    """Return the deck as it is checked, and what is said, after a function changed it in python-pptx; all slides are kept."""

    def check(change, **more):
        edited = opened(write_deck(laid))
        change(edited)
        held = io.BytesIO()
        edited.save(held)
        file = tmp_path / deck_name(held.getvalue())
        file.write_bytes(held.getvalue())
        slides = {one.id: KeptSlide(id=one.id, deck=file, page=one.number, **more) for one in laid.slides}
        made, problems = checked(replace(laid, kit=replace(laid.kit, kept=slides)))
        return made, [problem.message for problem in problems]

    return check


def test_a_slide_with_figures_of_its_own_is_named_with_them(told):
    def change(deck):
        table = next(shape.table for shape in deck.slides[2].shapes if shape.has_table)
        table.cell(1, 1).text, table.cell(2, 1).text = "61", "39"

    made, said = told(change)
    figures = "61 on the slide, 60 computed; 39 on the slide, 40 computed; guide and sheets say 60"
    assert said == [f"'flours' was changed by hand, so its figures aren't checked: {figures}"]
    assert {name for name, one in made.kit.kept.items() if one.by_hand} == {"flours"}


def test_figures_that_were_taken_out_or_words_that_were_changed_need_no_check(told):
    def change(deck):
        table = next(shape.table for shape in deck.slides[2].shapes if shape.has_table)
        table.cell(1, 1).text, table.cell(0, 0).text = "", "grain"

    assert told(change)[1] == []


def test_what_a_kept_slide_lacks_is_named(told):
    def change(deck):
        deck.slides[3].shapes.add_ole_object(io.BytesIO(b"any"), "Package", 0, 0, 9, 9, icon_file=io.BytesIO(PNG))

    (said,) = told(change)[1]
    assert said.startswith("page 4 of powerpoint-")
    assert said.endswith(" is kept as 'oven' without an embedded object")


def test_a_file_with_slides_of_another_size_is_named_once(told):
    def change(deck):
        deck.slide_width, deck.slide_height = Inches(10), Inches(7.5)

    (said,) = told(change)[1]
    assert said.startswith("the slides in powerpoint-")
    assert said.endswith(" have 720 × 540 points and not 960 × 540 points, and are kept as they are")


def test_notes_come_from_the_file_only_if_its_entry_says_so(told):
    def change(deck):
        deck.slides[1].notes_slide.notes_text_frame.text = "09:45, 3 min\nTheirs"

    def notes(made):
        blob = write_deck(made)
        return slide(opened(blob), 1).notes_slide.notes_text_frame.text

    assert notes(told(change)[0]) == "Say it."
    assert notes(told(change, notes=True)[0]) == "Theirs"


# ---------------------------------------------------------------- what LibreOffice leaves
def rewritten(blob, change):
    """Return a package after ``change``, a function of a part's name and content."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as old, zipfile.ZipFile(held, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, change(entry, old.read(entry)))
    return held.getvalue()


def test_links_that_libreoffice_empties_are_made_again(laid, tmp_path):
    def empty(entry, content):
        content = re.sub(rb'(<p:cSld) name="[^"]*"', rb"\1", content)
        return (
            re.sub(rb'Target="[^"]*slide4.xml"', b'Target=""', content)
            if entry.endswith("slide2.xml.rels")
            else content
        )

    blob = rewritten(write_deck(laid), empty)
    file = tmp_path / deck_name(blob)
    file.write_bytes(blob)
    one = KeptSlide(id="rises", deck=file, page=2)
    made = write_deck(replace(laid, kit=replace(laid.kit, kept={"rises": one})))
    assert sound(made, tmp_path) == []
    new = opened(made)
    assert [r.target_part for r in slide(new, 1).part.rels.values() if r.reltype == RT.SLIDE] == [slide(new, 3).part]


def test_what_is_at_the_foot_has_the_place_that_the_layout_has_for_it(kept, laid):
    def number(deck):
        return next(p for p in slide(deck, 3).placeholders if p.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER)

    def confuse(deck):  # LibreOffice counts the placeholders of its own layouts
        number(deck)._element.ph.set("idx", str(slide(deck, 3).placeholders[0].placeholder_format.idx + 1))

    ours = number(opened(write_deck(laid)))
    made = number(opened(kept(confuse, "oven")))
    assert made.placeholder_format.idx == ours.placeholder_format.idx


def test_the_text_of_a_label_of_a_chart_goes_where_the_standard_has_it(kept, tmp_path):
    def change(deck):
        with_everything(deck)
        chart = next(shape.chart for shape in deck.slides[1].shapes if shape.has_chart)
        chart.plots[0].series[0].points[0].data_label.text_frame.text = "one hour"
        label = next(chart._chartSpace.iter("{*}dLbl"))
        label.append(label.find("{*}tx"))

    assert sound(kept(change, "rises"), tmp_path) == []
