import io
import re
import zipfile

import pytest
from lxml import etree
from msgspec.structs import replace
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.oxml.ns import qn

from workshop.charts.kind import BUILT_IN
from workshop.check.package import check_package
from workshop.layout.laid import LaidChart
from workshop.layouts import traits
from workshop.model.blocks import Line, Run
from workshop.model.policy import KIT, TALK
from workshop.model.theme import Box
from workshop.render.pptx.base import MASTER_ID
from workshop.render.pptx.deck import DECK, is_sure, slide_clocks, write_deck

P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"


def titled(deck, title):
    return next(s for s in deck.slides if s.shapes.title is not None and s.shapes.title.text_frame.text == title)


def part_of(blob, name):
    return zipfile.ZipFile(io.BytesIO(blob)).read(name)


def test_the_open_xml_schema_finds_nothing(full_bytes, tmp_path):
    file = tmp_path / "deck.pptx"
    file.write_bytes(full_bytes)
    assert [str(e) for e in validate_pptx(str(file)).errors] == []


def test_our_own_checks_find_nothing(full_bytes):
    assert check_package(full_bytes) == ()


def test_there_is_a_slide_for_each_laid_out_one_in_its_layout(full, opened):
    assert [s.slide_layout.name for s in opened.slides] == [s.layout.name for s in full.slides]


def test_nothing_can_go_wrong_any_more_with_a_deck_of_a_kit_without_a_template_or_a_plugins_chart(full):
    first, *others = full.slides

    def with_chart(kind):
        chart = LaidChart(placeholder=None, shown=None, resolved=None, kind=kind)
        return replace(full, kit=replace(full.kit, policy=KIT), slides=(replace(first, items=(chart,)), *others))

    assert is_sure(with_chart(BUILT_IN.get("bar")))
    assert not is_sure(with_chart(replace(BUILT_IN.get("bar"), native="a_plugin:bar")))
    assert not is_sure(replace(full, kit=replace(full.kit, policy=TALK)))
    assert not is_sure(replace(full, theme=replace(full.theme, template=object())))


def offered(laid):
    """Return number -> layout of the theme, of those that are used and those for somebody who adds a slide."""
    used = {slide.layout.name for slide in laid.slides}
    every = enumerate(laid.theme.layouts.items(), 1)
    return {number: spec for number, (key, spec) in every if spec.name in used or "by-hand" in traits(key)}


def test_a_deck_has_the_layouts_that_it_uses_and_at_most_fifteen_more(make, open_deck):
    make.slide("predict", "What comes next?", make.text("predict", "mode", "Bet"))
    deck = open_deck(make.deck())
    wanted = offered(make.deck())
    assert [layout.name for layout in deck.slide_layouts] == [spec.name for spec in wanted.values()]
    assert len(wanted) == 16
    numbers = [int(re.sub(r"\D", "", layout.part.partname)) for layout in deck.slide_layouts]
    assert numbers == list(wanted)
    ids = [int(node.get("id")) for node in deck.slide_master.element.sldLayoutIdLst]
    assert [one - MASTER_ID for one in ids] == numbers


def test_a_slide_can_be_added_by_hand_from_each_layout(full_bytes, tmp_path):
    deck = Presentation(io.BytesIO(full_bytes))
    for layout in deck.slide_layouts:
        slide = deck.slides.add_slide(layout)
        slide.shapes.title.text_frame.text = f"Added from {layout.name}"
    deck.save(tmp_path / "edited.pptx")
    again = Presentation(tmp_path / "edited.pptx")
    titles = [slide.shapes.title.text_frame.text for slide in again.slides][-len(again.slide_layouts) :]
    assert titles == [f"Added from {layout.name}" for layout in again.slide_layouts]
    assert [str(e) for e in validate_pptx(str(tmp_path / "edited.pptx")).errors] == []


def test_every_layout_of_a_deck_has_the_places_of_the_theme(full, opened):
    for layout, spec in zip(opened.slide_layouts, offered(full).values(), strict=True):
        own = {p.idx for p in spec.placeholders}
        foot = {11, 12} if spec.rail else set()
        assert {p.placeholder_format.idx for p in layout.placeholders} == own | foot


def test_a_placeholder_is_where_the_theme_says(full, opened):
    spec = full.theme.layouts["chart-and-text"]
    layout = opened.slide_layouts.get_by_name(spec.name)
    boxes = {p.placeholder_format.idx: (p.left, p.top, p.width, p.height) for p in layout.placeholders}
    for p in spec.placeholders:
        assert boxes[p.idx] == (p.box.x, p.box.y, p.box.w, p.box.h)


def test_the_dark_theme_inverts_the_color_map(full, opened):
    color_map = opened.slide_master._element.find(qn("p:clrMap"))
    assert color_map.get("bg1") == ("dk1" if full.theme.dark else "lt1")


def test_nothing_on_a_slide_names_a_color_by_its_value(full_bytes):
    names = [
        n for n in zipfile.ZipFile(io.BytesIO(full_bytes)).namelist() if n.startswith(("ppt/slides/", "ppt/slideL"))
    ]
    assert not [name for name in names if b"srgbClr" in part_of(full_bytes, name)]


def test_every_run_names_its_language(opened):
    for slide in opened.slides:
        for run in slide._element.iter(qn("a:r"), qn("a:fld")):
            assert run.find(qn("a:rPr")).get("lang") == "en-GB"


def test_reading_order_is_the_order_of_the_items(full, opened):
    laid = next(s for s in full.slides if s.layout.role == "exercise")
    wanted = [item.placeholder.idx for item in laid.items]
    found = [s.placeholder_format.idx for s in list(opened.slides)[laid.number - 1].shapes if s.is_placeholder]
    assert found == [*wanted, 11, 12]


def test_no_placeholder_without_an_item_is_left(full, opened):
    for laid, slide in zip(full.slides, opened.slides, strict=True):
        foot = {11, 12} if laid.layout.rail else set()
        items = {item.placeholder.idx for item in laid.items if hasattr(item, "placeholder")}
        assert {p.placeholder_format.idx for p in slide.placeholders} - foot == items


def test_the_stage_is_under_its_mark_and_the_block_leads_to_the_map(opened):
    slide = titled(opened, "Picks become a reward")
    block = next(s for s in slide.shapes if s.name == "Current stage")
    footer = next(p for p in slide.placeholders if p.placeholder_format.idx == 11)
    assert footer.text_frame.text == "2  Second"
    assert footer.left == block.left
    assert block._element.nvSpPr.cNvPr.get("descr") == "Stage 2 of 2. Back to the map"
    assert block.click_action.target_slide.shapes.title.text_frame.text == "Two stages"


def test_without_a_map_the_block_says_only_where_we_are(make, open_deck):
    make.slide("content", "Alone", make.text("content", "main", "x"))
    block = next(s for s in open_deck(make.deck()).slides[0].shapes if s.name == "Current stage")
    assert block._element.nvSpPr.cNvPr.get("descr") == "Stage 1 of 2"
    assert block.click_action.target_slide is None


def test_links_lead_to_slides_and_addresses(opened):
    slide = titled(opened, "Text of every kind")
    links = [r for p in slide.placeholders[1].text_frame.paragraphs for r in p.runs if r._r.rPr.hlinkClick is not None]
    inside, outside = links
    relation = slide.part.rels[inside._r.rPr.hlinkClick.get(qn("r:id"))]
    assert relation.target_part is titled(opened, "Two stages").part
    assert outside.hyperlink.address == "https://example.org/a%20b"


@pytest.mark.parametrize("target", ["#nobody", "javascript:alert(1)", "file:///etc/passwd", ""])
def test_a_link_that_leads_nowhere_or_is_not_safe_stays_plain_text(make, open_deck, target):
    make.slide("content", "A", make.text("content", "main", (Run("word", link=target),)))
    run = open_deck(make.deck()).slides[0].placeholders[1].text_frame.paragraphs[0].runs[0]
    assert run.text == "word"
    assert run._r.rPr.hlinkClick is None


def test_a_link_on_a_block_of_color_keeps_the_color_of_the_text(opened):
    slide = titled(opened, "No pages")
    reply = next(p for p in slide.placeholders if p.placeholder_format.idx == 2)
    link = reply._element.find(".//" + qn("a:hlinkClick"))
    assert link.xpath('.//*[local-name()="hlinkClr"]/@val') == ["tx"]
    assert reply._element.find(".//" + qn("a:schemeClr")) is None


def test_sections_follow_the_stages(opened):
    sections = opened.element.iter(f"{P14}section")
    found = {s.get("name"): len(list(s.iter(f"{P14}sldId"))) for s in sections}
    assert list(found) == ["A small kit", "The first stage", "The second stage"]
    assert sum(found.values()) == len(opened.slides)


def test_a_hidden_slide_is_hidden(opened):
    assert titled(opened, "You made one")._element.get("show") == "0"


def test_properties_name_title_author_and_language_but_no_day(opened):
    properties = opened.core_properties
    assert (properties.title, properties.author, properties.language) == ("A small kit", "The garden", "en-GB")
    assert (properties.created, properties.modified) == (None, None)


def test_the_file_tells_how_many_slides_it_has(opened):
    (part,) = (p for p in opened.part.package.iter_parts() if p.partname == "/docProps/app.xml")
    texts = {node.tag.rpartition("}")[2]: node.text for node in etree.fromstring(part.blob)}
    hidden = sum(slide._element.get("show") == "0" for slide in opened.slides)
    assert (texts["Slides"], texts["HiddenSlides"]) == (str(len(opened.slides)), str(hidden))
    assert texts["Notes"] == str(sum(slide.has_notes_slide for slide in opened.slides))


def test_notes_have_their_parts_under_bold_labels(opened):
    notes = titled(opened, "Text of every kind").notes_slide.notes_text_frame
    texts = [p.text for p in notes.paragraphs]
    assert texts == ["09:30, 3 min", "Say  Read it aloud.", "Then wait.", "Next  a", "b"]
    assert [p.runs[0].font.bold for p in notes.paragraphs] == [True, True, None, True, None]


def test_each_slide_has_the_clock_time_at_which_it_begins(make):
    text = make.text("content", "main", "x")
    for minutes in (5, 2.5):
        make.slide("content", f"For {minutes}", text, minutes=minutes)
    deck = make.deck()
    ids = [slide.id for slide in deck.kit.slides]
    deck = replace(deck, kit=replace(deck.kit, clocks=dict(zip(ids, ("09:55", "10:00"), strict=True))))
    assert slide_clocks(deck) == dict(zip(ids, ("09:55", "10:00"), strict=True))


def test_steps_become_clicks_by_paragraph(full, opened):
    slide = titled(opened, "You made one")
    targets = [(t.get("spid"), t.find(".//" + qn("p:pRg")).get("st")) for t in slide._element.iter(qn("p:spTgt"))]
    shape = next(p for p in slide.placeholders if p.placeholder_format.idx != 0)
    assert targets == [(str(shape.shape_id), "0"), (str(shape.shape_id), "1")]
    assert slide._element.find(".//" + qn("p:bldP")).get("build") == "p"


def test_the_timer_empties_in_the_minutes_of_the_slide(opened):
    slide = titled(opened, "Be the model")
    timer = next(s for s in slide.shapes if s.name == "Timer")
    wipe = slide._element.find(".//" + qn("p:animEffect"))
    assert wipe.find(".//" + qn("p:cTn")).get("dur") == str(12 * 60_000)
    assert wipe.find(".//" + qn("p:spTgt")).get("spid") == str(timer.shape_id)


def test_the_timer_waits_for_a_click_on_the_minutes_and_no_other_click_starts_it(opened):
    slide = titled(opened, "Be the model")
    timer = next(s for s in slide.shapes if s.name == "Timer")
    minutes = next(p for p in slide.placeholders if p.placeholder_format.idx == 16)
    sequences = {t.get("nodeType"): t for t in slide._element.iter(qn("p:cTn")) if "Seq" in t.get("nodeType", "")}
    assert set(sequences) == {"interactiveSeq"}
    start = sequences["interactiveSeq"].find(qn("p:stCondLst")).find(".//" + qn("p:spTgt"))
    assert start.get("spid") == str(minutes.shape_id)
    assert "12 min" in timer._element.nvSpPr.cNvPr.get("descr")


def test_a_soft_break_in_a_title_is_a_line_break(make, open_deck):
    make.slide("content", "", make.text("content", "title", "one\vtwo"))
    title = open_deck(make.deck()).slides[0].shapes.title
    assert title.text_frame.text == "one\vtwo"
    assert len(title._element.findall(".//" + qn("a:br"))) == 1


def test_a_placeholder_that_was_moved_has_its_own_position(make, open_deck):
    item = make.text("content", "main", "x")
    box = Box(700_000, 2_000_000, 5_000_000, 1_000_000)
    make.slide("content", "Moved", replace(item, placeholder=replace(item.placeholder, box=box)))
    body = open_deck(make.deck()).slides[0].placeholders[1]
    assert (body.left, body.top, body.width, body.height) == (box.x, box.y, box.w, box.h)


def test_characters_that_xml_cannot_carry_are_left_out(make):
    make.slide("content", "Bell\x07", make.text("content", "main", Line((Run("a\x00b\ud800c"),))))
    root = etree.fromstring(part_of(write_deck(make.deck()), "ppt/slides/slide1.xml"))
    assert "".join(root.itertext()).startswith("Bellabc")


def test_a_background_picture_is_behind_a_veil(make, open_deck, tmp_path):
    file = tmp_path / "back.png"
    file.write_bytes(make.png())
    make.slide("statement", "Over a picture", background=file)
    slide = open_deck(make.deck()).slides[0]
    assert slide._element.cSld[0].tag == qn("p:bg")
    assert slide.shapes[0].name == "Veil"


def test_a_kit_without_stages_has_neither_rail_nor_sections(make, open_deck):
    make.slide("content", "A", make.text("content", "main", "x"), stage="")
    deck = open_deck(make.deck(marks=(), stages=()))
    assert [s.name for s in deck.slide_master.shapes if s.name.startswith("Rail")] == []
    assert not list(deck.element.iter(f"{P14}section"))


def test_a_language_written_from_the_right_turns_its_paragraphs(make, open_deck):
    make.slide("content", "A", make.text("content", "main", "x"))
    slide = open_deck(make.deck(language="ar")).slides[0]
    assert slide.shapes.title._element.find(".//" + qn("a:pPr")).get("rtl") == "1"


def test_the_writer_says_what_it_writes(full):
    assert DECK.filename == "deck.pptx"
    assert Presentation(io.BytesIO(DECK.render(full))).slides
