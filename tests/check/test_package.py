import io
import re
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from tests.blank import kit_with
from tests.png import png_of
from workshop import limits
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.layout.laid import LaidOut, LaidSlide, LaidText
from workshop.model.blocks import Line, Run
from workshop.model.kit import Slide
from workshop.render.pptx.deck import write_deck
from workshop.themes.beds import light

pytestmark = pytest.mark.long

NAMES = ("title", "main")


def line(text):
    return (Line((Run(text),)),)


def own_deck(*titles):
    theme = light()
    spec = theme.layouts["content"]
    slides = []
    for number, title in enumerate(titles, 1):
        texts = (title, "What there is to say")
        items = tuple(
            LaidText(p, line(text), p.sizes[0], 1) for p, text in zip(map(spec.find, NAMES), texts, strict=True)
        )
        slide = Slide(id=f"s{number}", layout="content", title=(Run(title),), slots=())
        slides.append(LaidSlide(id=slide.id, number=number, slide=slide, layout=spec, items=items))
    kit = kit_with(
        title="Kit",
        author="Us",
    )
    return write_deck(LaidOut(kit=kit, theme=theme, slides=tuple(slides)))


SOUND = own_deck("One", "Two")


def changed(change, blob=SOUND):
    """Return the deck after ``change(presentation)``."""
    deck = Presentation(io.BytesIO(blob))
    change(deck)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def rezipped(edit, blob=SOUND, method=zipfile.ZIP_DEFLATED):
    """Return the deck after ``edit(entries)``, a dict of names to bytes."""
    archive = zipfile.ZipFile(io.BytesIO(blob))
    entries = {name: archive.read(name) for name in archive.namelist()}
    edit(entries)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return out.getvalue()


def codes(blob):
    return [problem.code for problem in check_package(blob)]


def replaced(name, old, new):
    def edit(entries):
        assert old in entries[name]
        entries[name] = entries[name].replace(old, new)

    return rezipped(edit)


SLIDE = "ppt/slides/slide1.xml"


def test_a_valid_deck_has_no_problem():
    assert check_package(SOUND) == ()


def test_neither_has_a_deck_saved_by_another_program():
    assert codes(changed(lambda deck: None)) == []


# ---------------------------------------------------------------- planted defects
def test_a_relationship_that_dangles_names_both_ends():
    blob = rezipped(lambda e: e.pop("ppt/slideLayouts/slideLayout3.xml"))
    found = [p for p in check_package(blob) if p.code == "dangling-relationship"]
    assert any("slideMaster1.xml refers to ppt/slideLayouts/slideLayout3.xml" in p.message for p in found)
    assert all(p.severity is Severity.ERROR for p in found)


def test_a_part_without_content_type_is_an_error():
    blob = replaced("[Content_Types].xml", b'<Default Extension="xml"', b'<Default Extension="xmx"')
    assert codes(blob) == []  # every part of ours is named there
    blob = rezipped(lambda e: e.update({"ppt/odd.bin": b"x"}))
    assert "content-type" in codes(blob)


def test_two_parts_of_one_name_are_an_error():
    out = io.BytesIO(SOUND)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as target:
        target.writestr(SLIDE, b"<x/>")
    assert "duplicate-part" in codes(out.getvalue())


@pytest.mark.parametrize("name", ["../../evil.xml", "/ppt/evil.xml", "ppt\\evil.xml"])
def test_a_name_that_leads_out_of_the_package_is_an_error(name):
    out = io.BytesIO(SOUND)
    with zipfile.ZipFile(out, "a") as target:
        target.writestr(name, b"<x/>")
    assert "part-name" in codes(out.getvalue())


def test_two_shapes_with_one_id_are_an_error():
    def change(deck):
        first, second, *_ = deck.slides[0].shapes
        second._element.nvSpPr.cNvPr.set("id", str(first.shape_id))

    assert codes(changed(change)) == ["duplicate-shape"]


def test_an_empty_placeholder_is_named():
    def change(deck):
        deck.slides[0].placeholders[1].text_frame.text = ""

    (problem,) = check_package(changed(change))
    assert problem.code == "empty-placeholder"
    assert problem.message.startswith("slide 1: the placeholder 'Content")


def add_chart(deck):
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", (1,))
    slide = deck.slides[0]
    slide.shapes._spTree.remove(slide.placeholders[1]._element)
    return slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(4), Inches(3), data)


def add_table(deck):
    slide = deck.slides[0]
    slide.shapes._spTree.remove(slide.placeholders[1]._element)
    return slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(3))


@pytest.mark.parametrize("add", [add_chart, add_table, lambda deck: deck.slides[0].shapes.add_group_shape()])
def test_everything_that_is_shown_needs_alternative_text(add):
    def with_text(deck):
        add(deck)._element.xpath("./*/p:cNvPr")[0].set("descr", "What it says")

    assert codes(changed(add)) == ["alt-text"]
    assert codes(changed(with_text)) == []


def test_missing_and_repeated_titles_are_warned_about():
    def change(deck):
        title = deck.slides[0].shapes.title
        title._element.getparent().remove(title._element)

    assert codes(changed(change)) == ["no-title"]
    (problem,) = check_package(own_deck("Same", "Same"))
    assert problem.message == "slide 2 has the same title as slide 1: 'Same'"


def test_text_without_language_is_one_piece_of_advice():
    def change(deck):
        for slide in deck.slides:
            for look in slide.shapes.title._element.iter(qn("a:rPr")):
                del look.attrib["lang"]

    (problem,) = check_package(changed(change))
    assert problem.severity is Severity.ADVICE
    assert problem.message == "2 pieces of text on 2 slides name no language, the first on slide 1"


def test_a_missing_header_row_and_merged_cells_are_warned_about():
    def change(deck):
        frame = add_table(deck)
        frame._element.xpath("./*/p:cNvPr")[0].set("descr", "A table")
        frame.table.first_row = False
        frame.table.cell(0, 0).merge(frame.table.cell(0, 1))

    assert sorted(codes(changed(change))) == ["merged-cells", "table-header"]


def test_links_that_lead_nowhere_are_errors():
    link = b'<a:rPr lang="en-GB"><a:hlinkClick xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="%s"%s/></a:rPr>'  # fmt: skip
    jump = b' action="ppaction://hlinksldjump"'
    for number, action in ((b"rId99", b""), (b"rId1", jump), (b"", b"")):
        blob = rezipped(
            lambda e, n=number, a=action: e.update(
                {SLIDE: e[SLIDE].replace(b'<a:rPr lang="en-GB"/>', link % (n, a), 1)}
            )
        )
        assert "link" in codes(blob), (number, action)


def test_media_that_nothing_shows_are_leftovers():
    def edit(entries):
        entries["ppt/media/image9.png"] = png_of(1, 1, zlib.compress(b"\0abc"))
        types = entries["[Content_Types].xml"]
        entries["[Content_Types].xml"] = types.replace(
            b"<Default ", b'<Default Extension="png" ContentType="image/png"/><Default ', 1
        )

    (problem,) = check_package(rezipped(edit))
    assert (problem.code, problem.message) == ("leftover", "nothing refers to ppt/media/image9.png")


def test_small_text_is_warned_about_whether_it_is_set_or_inherited():
    def set_small(deck):
        deck.slides[0].placeholders[1].text_frame.paragraphs[0].runs[0].font.size = Pt(12)

    def inherit_small(deck):
        layout = deck.slides[0].slide_layout
        body = next(p for p in layout.placeholders if p.placeholder_format.idx == 1)
        for look in body._element.iter(qn("a:defRPr")):
            look.set("sz", "1100")

    assert codes(changed(set_small)) == ["small-text"]
    assert codes(changed(inherit_small)) == ["small-text", "small-text"]
    assert "is 11 pt" in check_package(changed(inherit_small))[0].message


def test_text_that_a_program_has_shrunk_to_fit_counts_as_it_is_shown():
    def shrink(deck):
        frame = deck.slides[0].placeholders[1].text_frame
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        frame._txBody.bodyPr.find(qn("a:normAutofit")).set("fontScale", "50000")

    (problem,) = check_package(changed(shrink))
    assert problem.message == "slide 1: 'What there is to say' is 16 pt"


def test_the_source_line_and_the_foot_may_be_smaller():
    def change(deck):
        body = deck.slides[0].placeholders[1]
        body._element.xpath("./p:nvSpPr/p:nvPr/p:ph")[0].set("idx", "14")
        body.text_frame.paragraphs[0].runs[0].font.size = Pt(12)

    assert codes(changed(change)) == []


def test_text_of_a_hidden_slide_may_be_smaller():
    def change(deck):
        deck.slides[0]._element.set("show", "0")
        deck.slides[0].placeholders[1].text_frame.paragraphs[0].runs[0].font.size = Pt(12)

    assert codes(changed(change)) == []


def test_text_outside_the_slide_and_over_other_text_is_warned_about():
    def outside(deck):
        deck.slides[0].placeholders[1].left = Emu(-200_000)
        deck.slides[0].placeholders[1].top = Inches(2)
        deck.slides[0].placeholders[1].width = Inches(4)
        deck.slides[0].placeholders[1].height = Inches(1)

    def over(deck):
        box = deck.slides[0].shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
        box.text_frame.text = "On top"
        box._element.find(".//" + qn("a:r")).get_or_add_rPr().set("lang", "en-GB")

    assert codes(changed(outside)) == ["outside"]
    (problem,) = check_package(changed(over))
    assert problem.message == "slide 1: 'What there is to say' and 'On top' overlap"


@pytest.mark.parametrize(("boxes", "findings"), [(4, 10), (5, 11), (200, 11)])  # 4 boxes and the body: 10 pairs
def test_of_many_texts_over_each_other_ten_pairs_are_named(boxes, findings):
    def pile(deck):
        for _ in range(boxes):
            box = deck.slides[0].shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
            box.text = "On top"
            box._element.find(".//" + qn("a:r")).get_or_add_rPr().set("lang", "en-GB")

    found = [problem for problem in check_package(changed(pile)) if problem.code == "overlap"]
    assert len(found) == findings
    assert found[0].message == "slide 1: 'What there is to say' and 'On top' overlap"
    if findings > 10:
        assert found[-1].message == "slide 1: more shapes overlap"


# ---------------------------------------------------------------- files that aren't decks
def one_error(blob):
    (problem,) = check_package(blob, "talk.pptx")
    assert problem.severity is Severity.ERROR
    assert str(problem.at) == "talk.pptx"
    assert problem.message.startswith("this is not a presentation that can be read: ")
    return problem.message.partition(": ")[2]


def zipped(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("blob", [b"", b"not a zip", SOUND[: len(SOUND) // 2]])
def test_a_file_that_is_not_a_zip_gets_one_clean_problem(blob):
    assert one_error(blob) == "it is not a zip file"


def test_a_zip_of_something_else_gets_one_clean_problem():
    assert one_error(zipped(readme=b"hello")) == "it has no list of content types"


def test_another_office_document_is_refused():
    main = b"presentationml.presentation.main"
    assert (
        one_error(replaced("[Content_Types].xml", main, b"wordprocessingml.document.main"))
        == "it is another kind of document"
    )


def test_xml_that_declares_entities_is_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    reason = one_error(rezipped(lambda e: e.update({SLIDE: bomb})))
    assert reason == f"{SLIDE} declares a document type"


def test_broken_xml_names_its_part():
    assert one_error(rezipped(lambda e: e.update({SLIDE: b"<p:sld"}))) == f"{SLIDE} is not valid XML"


@pytest.mark.parametrize(
    "name", [n for n in zipfile.ZipFile(io.BytesIO(SOUND)).namelist() if n.endswith((".xml", ".rels"))]
)
@pytest.mark.parametrize("damage", [lambda old: old[:-9], lambda old: b"<!DOCTYPE x>" + old.partition(b"?>")[2]])
def test_any_part_that_cannot_be_read_is_one_problem_and_no_others_follow_from_it(name, damage):
    assert one_error(rezipped(lambda e: e.update({name: damage(e[name])}))).startswith(f"{name} ")


def test_parts_that_cannot_be_read_keep_no_others_from_being_checked():
    def edit(entries):
        entries[SLIDE] = b"<p:sld"
        entries["ppt/theme/theme1.xml"] = b"<!DOCTYPE x><x/>"
        entries["ppt/slides/slide2.xml"] = entries["ppt/slides/slide2.xml"].replace(b"Two", b"")
        entries["ppt/odd.bin"] = b"x"

    found = [problem.message for problem in check_package(rezipped(edit))]
    unread = "this is not a presentation that can be read: "
    assert f"{unread}{SLIDE} is not valid XML" in found
    assert f"{unread}ppt/theme/theme1.xml declares a document type" in found
    assert "slide 2 has no title" in found
    assert "ppt/odd.bin has no content type" in found


def test_an_entry_that_unpacks_to_hundreds_of_times_its_size_is_refused():
    reason = one_error(rezipped(lambda e: e.update({"ppt/media/image1.png": bytes(32 << 20)})))
    assert reason == "ppt/media/image1.png unpacks to 34 MB"


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "PACKAGE_PARTS", 5)
    assert one_error(SOUND).endswith("entries")


def test_too_much_in_all_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 10_000)
    assert "unpacks to" in one_error(SOUND)


def test_a_damaged_entry_is_named():
    spoilt = bytearray(SOUND)
    name = SLIDE.encode()
    start = spoilt.index(name) + len(name)
    spoilt[start + 20 : start + 60] = bytes(40)
    assert one_error(bytes(spoilt)) == f"{SLIDE} is damaged"


def contents(blob):
    """Return name -> bytes as the standard library reads them, or ``None`` if it can't."""
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except Exception:  # noqa: BLE001 - it has many ways to say no
        return None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_file_with_damaged_bytes_is_clean_only_if_its_parts_are_untouched(changes):
    spoilt = bytearray(SOUND)
    for place, value in changes:
        spoilt[place] = value
    found, read = check_package(bytes(spoilt)), contents(spoilt)
    if read is None:
        assert [problem.code for problem in found] == ["package"]
    if not found:
        assert read == contents(SOUND)
    assert {str(problem.at) for problem in found} <= {"deck.pptx"}


def unknown_relationships(entries):
    """Return (part, number) for every relationship that a part uses but doesn't have; ``None`` if XML is broken."""
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    unknown = set()
    for name, blob in entries.items():
        try:
            tree = etree.fromstring(blob) if name.endswith((".xml", ".rels")) else None
        except etree.XMLSyntaxError:
            return None
        if tree is not None and name.endswith(".xml") and name != "[Content_Types].xml":
            folder, _, file = name.rpartition("/")
            listed = entries.get(f"{folder}/_rels/{file}.rels", b"<none/>")
            known = set(re.findall(rb'\bId="([^"]*)"', listed))
            used = {value.encode() for value in tree.xpath("//@*[namespace-uri() = $r]", r=relation[1:-1]) if value}
            unknown |= {(name, number) for number in used - known}
    return unknown


@pytest.mark.broad
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([b"", b"-1", b"x", b"9" * 30, b"1.5", b"50%", b"../..", b"rId99"]))
def test_a_missing_relationship_is_found_in_any_attribute(place, value):
    parts = (SLIDE, "ppt/presentation.xml", "ppt/slideLayouts/slideLayout3.xml", "ppt/slides/_rels/slide1.xml.rels")
    after = {}

    def edit(entries):
        name = parts[place % len(parts)]
        found = list(re.finditer(rb'="([^"]*)"', entries[name]))
        one = found[place % len(found)]
        entries[name] = entries[name][: one.start(1)] + value + entries[name][one.end(1) :]
        after.update(entries)

    problems = check_package(rezipped(edit, method=zipfile.ZIP_STORED))
    unknown = unknown_relationships(after)
    if unknown is None:
        assert [problem.code for problem in problems] == ["package"]
    elif [problem.code for problem in problems] != ["package"]:
        linked = [
            problem.message
            for problem in problems
            if problem.code == "link" and " uses a relationship " in problem.message
        ]
        assert len(linked) == len(unknown)
        assert all(any(name in m and number.decode() in m for m in linked) for name, number in unknown)


def test_a_file_that_is_missing_is_one_clean_problem(tmp_path):
    (problem,) = check_package(tmp_path / "no.pptx")
    assert (problem.message, problem.hint) == ("there is no such file", "check its name and its folder")
    assert str(problem.at).endswith("no.pptx")
