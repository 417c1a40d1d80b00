import io
import re
import zipfile

import zxingcpp
from docx import Document
from PIL import Image


def test_each_sheet_has_a_title_and_each_task_a_heading(twins, page_of, laid):
    headings = [(node.tag, node.text_content()) for node in page_of(twins["sheets"]).iter("h1", "h2")]
    expected = []
    for sheet in laid.kit.sheets:
        expected.append(("h1", sheet.title))
        expected += [("h2", exercise.title) for exercise in sheet.exercises]
    assert [tag for tag, _ in headings] == [tag for tag, _ in expected]
    assert all(title in text for (_, text), (_, title) in zip(headings, expected, strict=True))


def test_the_id_and_the_mark_of_the_run_are_at_the_foot_of_each_sheet(twins, printed, words_of, laid):
    marks = re.findall(r"run ([A-Z]{4})", " ".join(words_of(printed["sheets"])))
    document = Document(io.BytesIO(twins["sheets"]))
    feet = [section.footer.paragraphs[0].text for section in document.sections]
    assert [foot.split("\t")[-1] for foot in feet] == [
        f"{sheet.id} · run {mark} · CC BY 4.0" for sheet, mark in zip(laid.kit.sheets, marks[::2], strict=True)
    ]


def test_a_chart_is_a_picture_with_the_text_of_the_printed_one(twins, page_of):
    texts = [image.get("alt") for image in page_of(twins["sheets"]).iter("img")]
    assert texts.count("Surprise falls round by round") == 2
    assert any("ruler" in (text or "").lower() for text in texts)


def test_a_chart_has_enough_pixels_to_be_read_on_paper(twins):
    document = Document(io.BytesIO(twins["sheets"]))
    widest = max((shape for shape in document.inline_shapes), key=lambda shape: shape.width)
    assert widest.width.mm > 150
    part = document.part.related_parts[widest._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert part.image.px_width / (widest.width.mm / 25.4) > 220


def test_the_code_of_each_stages_demo_is_a_picture_that_a_phone_reads(twins, laid):
    document = Document(io.BytesIO(twins["sheets"]))
    named = [s._inline.graphic.graphicData.pic.blipFill.blip.embed for s in document.inline_shapes]
    drawn = [Image.open(io.BytesIO(document.part.related_parts[name].blob)).convert("L") for name in named]
    found = [code.text for picture in drawn for code in zxingcpp.read_barcodes(picture)]
    assert found == [stage.slides[0].address for stage in laid.kit.stages if stage.number]


def test_lines_to_write_on_are_as_many_as_on_paper(twins, laid):
    document = Document(io.BytesIO(twins["sheets"]))
    lines = [p for p in document.paragraphs if p.style.style_id == "AnswerLine"]
    assert len(lines) == len(laid.kit.sheets) * 6
    assert all("underscore" in line.style.element.xml for line in lines)


def test_boxes_can_be_ticked_on_the_screen_and_are_named(twins):
    with zipfile.ZipFile(io.BytesIO(twins["sheets"])) as package:
        xml = package.read("word/document.xml").decode()
    assert re.findall(r'<w:alias w:val="(\w+)"/>', xml)[:4] == ["mat", "rug", "fence", "roof"]
    assert xml.count("<w14:checkbox>") == 8


def test_every_sheet_begins_on_a_right_page(twins):
    document = Document(io.BytesIO(twins["sheets"]))
    assert [str(section.start_type) for section in document.sections] == ["ODD_PAGE (4)"] * 2
