"""Tests what a deck may contain besides slides: each kind is planted into a valid deck and reported."""

import io

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from tests.check.mutants import talk
from tests.check.test_package import SLIDE, SOUND, changed, rezipped
from workshop.check.package import check_package
from workshop.errors import Severity

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"
RELS = "ppt/slides/_rels/slide1.xml.rels"
MAIN = "ppt/presentation.xml"


def messages(blob, code):
    return [problem.message for problem in check_package(blob) if problem.code == code]


def with_relation(kind, target, *, owner=RELS, external=False, parts=(), content_type=""):
    """Return the deck with one more relationship, the parts it leads to and their content type."""

    def edit(entries):
        mode = ' TargetMode="External"' if external else ""
        link = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}"{mode}/></Relationships>'
        entries[owner] = entries[owner].replace(b"</Relationships>", link.encode())
        for name, content in dict(parts).items():
            entries[name] = content
            override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
            entries["[Content_Types].xml"] = entries["[Content_Types].xml"].replace(b"</Types>", override.encode())

    return rezipped(edit)


def in_part(name, old, new):
    def edit(entries):
        assert old in entries[name]
        entries[name] = entries[name].replace(old, new, 1)

    return rezipped(edit)


@pytest.mark.parametrize(
    ("kind", "content_type", "what"),
    [
        (MICROSOFT + "vbaProject", "application/vnd.ms-office.vbaProject", "macros"),
        (OFFICE + "image", "application/vnd.ms-office.vbaProject", "macros"),
        (
            OFFICE + "oleObject",
            "application/vnd.openxmlformats-officedocument.oleObject",
            "an object of another program",
        ),
        (OFFICE + "control", "application/vnd.ms-office.activeX+xml", "a control that runs code"),
        (
            OFFICE + "package",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "an embedded file",
        ),
    ],
    ids=["macros", "macros by another name", "object", "control", "embedded file"],
)
def test_active_content_is_named_with_its_part(kind, content_type, what):
    part = "ppt/embeddings/odd.bin"
    blob = with_relation(kind, "../embeddings/odd.bin", parts={part: b"x"}, content_type=content_type)
    (found,) = messages(blob, "active-content")
    assert found == f"it has {what}: {part}"


def test_an_object_of_an_old_program_is_recognised_by_its_bytes():
    part = "ppt/media/image9.png"
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
    blob = with_relation(OFFICE + "image", "../media/image9.png", parts={part: old}, content_type="image/png")
    assert messages(blob, "active-content") == [f"it has an object of another program: {part}"]


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ("ppaction://program", "a click that starts a program"),
        ("ppaction://macro?name=Go", "a click that starts a macro"),
        ("ppaction://hlinkpres?slideindex=1", "a click that opens another presentation"),
        ("PPACTION://Program", "a click that starts a program"),
    ],
)
def test_a_click_that_starts_something_is_named_with_its_slide(action, what):
    link = b'<a:hlinkClick r:id="" action="%s"/></p:cNvPr>' % action.encode()

    def edit(entries):
        start = entries[SLIDE].index(b"<p:cNvPr", entries[SLIDE].index(b"<p:sp>"))
        end = entries[SLIDE].index(b"/>", start)
        entries[SLIDE] = entries[SLIDE][:end] + b">" + link + entries[SLIDE][end + 2 :]

    assert messages(rezipped(edit), "active-content") == [f"it has {what}: {SLIDE}"]


@pytest.mark.parametrize(
    "action", ["ppaction://hlinksldjump", "ppaction://hlinkshowjump?jump=nextslide", "ppaction://media"]
)
def test_clicks_within_a_deck_are_not_active_content(action):
    def act(deck):
        shape = deck.slides[0].shapes[0]
        shape.click_action.target_slide = deck.slides[1]
        shape._element.xpath(".//a:hlinkClick")[0].set("action", action)

    assert messages(changed(act), "active-content") == []


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "https://example.org/pixel.png"),
        ("oleObject", "file:///C:/budget.xlsx"),
        ("video", r"\\server\share\film.mp4"),
        ("attachedTemplate", "https://example.org/corp.potx"),
    ],
)
def test_what_is_fetched_when_a_deck_is_opened_is_named_with_its_address(kind, target):
    blob = with_relation(OFFICE + kind, target, external=True)
    (found,) = messages(blob, "external-content")
    assert kind in found
    assert found.endswith(target)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", r"\\server\share\x.docx", "budget.xlsx", "javascript:alert(1)"]
)
def test_a_link_to_a_file_is_named(target):
    (found,) = messages(with_relation(OFFICE + "hyperlink", target, external=True), "external-content")
    assert found == f"a link opens a file, not a web page: {target}"


@pytest.mark.parametrize("target", ["https://example.org/a?b=c", "mailto:a@example.org", "HTTP://EXAMPLE.ORG"])
def test_links_to_pages_and_addresses_are_fine(target):
    assert messages(with_relation(OFFICE + "hyperlink", target, external=True), "external-content") == []


def test_of_many_addresses_the_first_three_are_named():
    def edit(entries):
        links = b"".join(
            b'<Relationship Id="x%d" Type="%simage" TargetMode="External" Target="http://a.org/%d"/>'
            % (n, OFFICE.encode(), n)
            for n in range(5)
        )
        entries[RELS] = entries[RELS].replace(b"</Relationships>", links + b"</Relationships>")

    (found,) = messages(rezipped(edit), "external-content")
    assert found.endswith("http://a.org/0, http://a.org/1, http://a.org/2 and 2 more")


def test_people_who_commented_are_named():
    authors = b'<p:cmAuthorLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    authors += b'<p:cmAuthor id="0" name="Ada L." initials="A" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'
    blob = with_relation(
        OFFICE + "commentAuthors",
        "commentAuthors.xml",
        owner="ppt/_rels/presentation.xml.rels",
        parts={"ppt/commentAuthors.xml": authors},
        content_type="application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml",
    )
    assert messages(blob, "people") == ["it names people who commented on it: Ada L."]


def test_the_last_person_to_save_it_is_named_unless_it_was_the_author():
    def by(name):
        return messages(changed(lambda deck: setattr(deck.core_properties, "last_modified_by", name)), "people")

    assert by("Grace H.") == ["its properties name the person who saved it last: Grace H."]
    assert by("Us") == []


def test_none_of_it_stops_a_check():
    blob = with_relation(OFFICE + "image", "https://example.org/pixel.png", external=True)
    assert all(problem.severity < Severity.ERROR for problem in check_package(blob))


def test_a_chart_with_its_numbers_in_a_workbook_is_not_active_content():
    def add(deck):
        data = CategoryChartData()
        data.categories = ["a", "b"]
        data.add_series("s", (1, 2))
        deck.slides[0].shapes.add_chart(XL_CHART_TYPE.LINE, Inches(1), Inches(3), Inches(4), Inches(3), data)

    assert messages(changed(add), "active-content") == []


def test_a_series_without_points_is_named():
    def add(deck):
        data = CategoryChartData()
        data.categories = ["a", "b"]
        data.add_series("full", (1, 2))
        data.add_series("empty", (None, None))
        deck.slides[0].shapes.add_chart(XL_CHART_TYPE.LINE, Inches(1), Inches(3), Inches(4), Inches(3), data)

    assert messages(changed(add), "no-points") == ["slide 1: the series 'empty' has no points"]


# ---------------------------------------------------------------- the presentation's own lists
def test_a_notes_master_without_its_list_is_named():
    def edit(entries):
        text = entries[MAIN]
        start, end = text.index(b"<p:notesMasterIdLst>"), text.index(b"</p:notesMasterIdLst>") + 21
        entries[MAIN] = text[:start] + text[end:]

    (found,) = messages(rezipped(edit), "unlisted")
    assert found == f"it has a notesMaster that {MAIN} does not list"


def test_a_deck_of_python_pptx_with_notes_lacks_the_list():
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).notes_slide.notes_text_frame.text = "Say it"
    out = io.BytesIO()
    deck.save(out)
    assert len(messages(out.getvalue(), "unlisted")) == 1


def test_a_valid_deck_has_none_of_it():
    assert check_package(SOUND) == ()


def test_a_metafile_that_says_more_than_it_shows_is_named():
    metafile = b"\xd7\xcd\xc6\x9a" + bytes(18) + b"\1\0\x09\0\0\3\x0c\0\0\0\0\0\3\0\0\0\0\0" + b"\3\0\0\0\0\0"

    def told(blob):
        def edit(entries):
            entries["ppt/media/image1.png"] = blob
            types = entries["[Content_Types].xml"]
            override = b'<Override PartName="/ppt/media/image1.png" ContentType="image/x-wmf"/></Types>'
            entries["[Content_Types].xml"] = types.replace(b"</Types>", override)

        return [p.message for p in check_package(rezipped(edit, talk())) if p.code == "picture-data"]

    assert told(metafile) == []
    assert told(metafile + b"a note") == ["ppt/media/image1.png contains more than its picture: bytes behind the end"]
