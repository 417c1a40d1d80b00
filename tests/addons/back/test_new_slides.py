"""Tests of new slides, copies and shapes with parts of their own: each later build has them as somebody made them."""

import io
import struct
import zipfile
from copy import deepcopy
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt

from tests.addons.back.talks import move, titled
from tests.addons.back.test_adopt import KIT, by_slide, change, place, put, taken  # noqa: F401 - a fixture
from tests.photo import photo
from tests.tiers import few
from workshop.addons.back.match import match
from workshop.addons.back.seen import seen
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.files.deck_file import read_deck
from workshop.render.pptx.carrier import OpenDeck

HOT = "The oven is hot"


def data(*values):
    found = CategoryChartData()
    found.categories = ["Mon", "Tue"]
    found.add_series("Loaves", values)
    return found


def charted(slide):
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Pt(100), Pt(200), Pt(300), Pt(200), data(3, 4))


def with_film(slide):
    film = io.BytesIO(struct.pack(">I", 20) + b"ftypisom" + bytes(8))
    slide.shapes.add_movie(film, Pt(10), Pt(300), Pt(90), Pt(60), io.BytesIO(photo("PNG")), "video/mp4")


def starred(slide):
    shape = slide.shapes.add_shape(12, Pt(500), Pt(300), Pt(90), Pt(90))
    shape.text_frame.text = "34 grams"


def tabled(slide):
    table = slide.shapes.add_table(2, 2, Pt(20), Pt(250), Pt(300), Pt(90)).table
    table.cell(1, 1).text = "rye"


def pictured(slide):
    slide.shapes.add_picture(io.BytesIO(photo("PNG")), Pt(30), Pt(30), Pt(80))


def grouped(slide):
    group = slide.shapes.add_group_shape()
    for left in (300, 400):
        group.shapes.add_shape(1, Pt(left), Pt(100), Pt(50), Pt(50))


BROUGHT = [charted, with_film, starred, tabled, pictured, grouped]


def built_again(run, theirs, name, *more):
    """Build with the overlay; return what differs on a slide from somebody's deck, and the problems of the new deck."""
    code, _, err = run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new", "--force", *more)
    assert code == 0, err
    assert [str(p) for p in check_package(Path("new/deck.pptx")) if p.severity is Severity.ERROR] == []
    made = read_deck(Path("new/deck.pptx"))
    number = next(slide.number for slide in made.slides if slide.id == name)
    old = read_deck(theirs)
    matched = match(made, old)
    other = next((new.number for one, new in matched.pairs if one.number == number), 0)
    everything = seen(Path("new/deck.pptx"), theirs, matched)
    return everything.slides.get(other, ()), err


@pytest.mark.parametrize("bring", BROUGHT)
def test_what_somebody_put_on_a_slide_is_on_it_in_each_later_build(run, place, bring):  # noqa: F811
    deck = change(place, lambda p: bring(titled(p, HOT)))
    said = by_slide(taken(run))["hot"]
    assert "not adopted" not in said
    left, err = built_again(run, deck, "hot")
    assert left == ()
    assert "isn't repeated" not in err


def new_slide(presentation, *bring):
    made = presentation.slides.add_slide(titled(presentation, HOT).slide_layout)
    made.shapes.title.text = "Yeast is alive"
    for one in bring:
        one(made)
    return made


@pytest.mark.parametrize("bring", few(BROUGHT, charted, grouped))
def test_a_new_slide_that_markdown_cannot_say_is_a_heading_with_shapes(run, place, bring):  # noqa: F811
    change(place, lambda p: new_slide(p, bring))
    taken(run)
    text = (place / "client" / "adopted.md").read_text()
    assert "## [Yeast is alive]{.fixed} {#yeast-is-alive after=week minutes=0 for=general}" in text
    assert run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new")[0] == 0
    made = {s._element.cSld.get("name"): s for s in Presentation("new/deck.pptx").slides}["yeast-is-alive"]
    mine = io.BytesIO((place / "dist" / "deck.pptx").read_bytes())
    theirs = titled(Presentation(mine), "Yeast is alive")
    kinds = [
        [(s.shape_type, s.left, s.width) for s in slide.shapes if not s.is_placeholder and s.name != "Current stage"]
        for slide in (made, theirs)
    ]
    assert kinds[0] == kinds[1]
    before = {path: path.read_bytes() for path in (place / "client").rglob("*") if path.is_file()}
    taken(run)
    assert {path: path.read_bytes() for path in (place / "client").rglob("*") if path.is_file()} == before


def test_a_copy_is_its_originals_source_under_a_new_id_with_what_was_changed_on_it(run, place):  # noqa: F811
    def edit(presentation):
        original = titled(presentation, HOT)
        made = presentation.slides.add_slide(original.slide_layout)
        content = deepcopy(original._element.cSld)
        made._element.replace(made._element.cSld, content)
        next(content.iter("{*}sp")).y = Pt(300)
        move(presentation, len(presentation.slides) - 1, 3)

    change(place, edit)
    taken(run)
    text = (place / "client" / "adopted.md").read_text()
    assert (
        f"## {HOT} {{#the-oven-is-hot after=wheat minutes=0 for=general}}\n\n- The crust browns above 140 degrees\n"
        in text
    )
    assert (place / "client" / "edits" / "the-oven-is-hot.yaml").is_file()
    assert run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new")[0] == 0
    tops = [s.shapes.title.top for s in Presentation("new/deck.pptx").slides if s.shapes.title.text_frame.text == HOT]
    assert tops[0] == Pt(300) != tops[1]


def test_a_chart_that_was_added_follows_into_another_slot_and_stays_sound(run, place):  # noqa: F811
    change(place, lambda p: charted(titled(p, HOT)))
    taken(run)
    code, _, err = run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new", "--minutes", "4")
    assert code == 0, err
    assert [str(p) for p in check_package(Path("new/deck.pptx")) if p.severity is Severity.ERROR] == []
    slide = next(s for s in Presentation("new/deck.pptx").slides if s._element.cSld.get("name") == "hot")
    chart = next(s.chart for s in slide.shapes if s.has_chart)
    assert list(chart.plots[0].series[0].values) == [3, 4]
    assert chart.part.chart_workbook.xlsx_part is not None


def test_a_file_of_parts_that_was_damaged_is_named_and_the_slide_is_the_kits(run, place):  # noqa: F811
    change(place, lambda p: charted(titled(p, HOT)))
    taken(run)
    (path,) = (place / "client" / "edits" / "media").glob("*.parts")
    path.write_bytes(b"nothing")
    code, _, err = run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new")
    assert code == 0
    assert "edits/hot.yaml:3: warning: an edit of 'hot' isn't repeated" in err
    assert "can't be read" in err


def test_an_embedded_object_is_named_and_the_rest_adopted(run, place):  # noqa: F811
    def edit(presentation):
        slide = titled(presentation, HOT)
        slide.shapes.add_ole_object(io.BytesIO(b"anything"), "Package", Pt(20), Pt(20), Pt(50), Pt(50))
        slide.shapes.title.top = 0

    change(place, edit)
    said = by_slide(taken(run))["hot"]
    assert "repeated on each new slide: boxes" in said
    assert "not adopted: an embedded object, which isn't taken along" in said


def with_second_theme(blob):
    """Return a package with another part of the name of one that it has."""
    made = io.BytesIO(blob)
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("ppt/theme/theme1.xml", archive.read("ppt/theme/theme1.xml"))
    return made.getvalue()


def test_a_deck_that_is_not_sound_is_never_handed_over_and_the_edits_are_named(run, place, monkeypatch):  # noqa: F811
    change(place, lambda p: setattr(titled(p, HOT).shapes.title, "top", 0))
    taken(run)
    build = ("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new")
    assert run(*build)[0] == 0
    before = (place / "new" / "deck.pptx").read_bytes()
    monkeypatch.setattr(OpenDeck, "freeze", lambda deck, own=OpenDeck.freeze: with_second_theme(own(deck)))
    code, _, err = run(*build, "--seed", "3")
    assert code == 1
    assert "the new deck isn't sound: two parts are named ppt/theme/theme1.xml" in err
    assert "client/edits/hot.yaml:3" in err
    assert (place / "new" / "deck.pptx").read_bytes() == before


@pytest.mark.parametrize("name", ["Title and text", "Two columns"])
def test_a_new_slide_on_another_layout_keeps_it_or_the_report_names_it(run, place, name):  # noqa: F811
    def edit(presentation):
        made = presentation.slides.add_slide(next(one for one in presentation.slide_layouts if one.name == name))
        made.shapes.title.text = "Yeast is alive"
        made.placeholders[1].text_frame.text = "It eats sugar"

    change(place, edit)
    said = by_slide(taken(run))["Yeast"]
    assert run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new")[0] == 0
    made = {s._element.cSld.get("name"): s for s in Presentation("new/deck.pptx").slides}["yeast-is-alive"]
    assert made.slide_layout.name.startswith(name) == ("another layout" not in said)
    assert made.slide_layout.name.startswith(name) == (name == "Title and text")
