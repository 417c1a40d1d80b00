"""Tests slides on templates that give trouble: one thing in each, checked in the written file."""

import io

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.oxml.ns import qn

from tests.laying import lay_out
from tests.layout.samples import all_slides, kit, prose, slide, talk
from tests.templates.conftest import template_file
from tests.templates.maker import unzipped, zipped
from tests.templates.odd import ODD
from tests.tiers import few
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.files.color_arithmetic import contrast
from workshop.model.kit import Note
from workshop.model.theme import Paint, inches
from workshop.render.pptx.deck import write_deck
from workshop.templates.overrides import overrides_path
from workshop.themes.template import template_theme

TEXT = slide("content", "A few words", (("main", (prose("One", "Two"),)),))
SHOWN = ("cover", "section", "content", "predict", "chart-and-text", "statement", "exercise", "map")


@pytest.fixture(scope="module")
def matched(tmp_path_factory):
    """Return a function that reads one of the templates, once."""
    folder, found = tmp_path_factory.mktemp("odd"), {}

    def read(name):
        if name not in found:
            path = folder / f"{name}.pptx"
            path.write_bytes(ODD[name]())
            found[name] = template_theme(path)
        return found[name]

    return read


def deck_of(theme, *slides, made=kit):
    laid, problems = lay_out(made(*slides), theme)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    return laid, write_deck(laid)


def talk_of(theme, *slides):
    """Return a talk on the template's own layouts."""
    laid, blob = deck_of(theme, *slides, made=talk)
    assert laid.theme.template is not None
    return laid, blob


@pytest.mark.parametrize("name", few(ODD, *list(ODD)[::3]))
def test_each_is_built_and_valid(name, matched, tmp_path):
    slides = [s for s in all_slides() if s.layout in SHOWN]
    _, blob = deck_of(matched(name).theme, *slides)
    path = tmp_path / "deck.pptx"
    path.write_bytes(blob)
    assert [str(p) for p in check_package(path) if p.code != "small-text"] == []
    assert validate_pptx(str(path)).errors == []


def test_no_text_is_on_the_picture_at_the_side(matched):
    theme = matched("picture-beside").theme
    _, blob = talk_of(theme, TEXT)
    edge = inches(8.9)
    (native,) = Presentation(io.BytesIO(blob)).slides
    assert [s.name for s in native.shapes if s.has_text_frame and s.left + s.width > edge] == []


def test_free_text_has_the_colour_of_the_text_beside_it(matched):
    theme = matched("panel-behind").theme
    assert theme.dark
    assert contrast(theme.colors["ink"], "0B3C5D") > 7
    assert contrast(theme.colors["muted"], "0B3C5D") >= 4.5


def test_text_on_a_photograph_is_light_without_a_ground(matched):
    content = matched("photo").theme.template.variants["content"][0]
    assert [place.fill for place in content.placeholders] == ["", ""]
    assert [place.color for place in content.placeholders] == ["ink", "ink"]  # as the layout has it


@pytest.mark.parametrize("name", ["one-layout", "blank"])
def test_a_talk_is_on_our_layouts_if_the_template_has_none_for_text(matched, name):
    laid, blob = deck_of(matched(name).theme, TEXT, made=talk)
    (native,) = Presentation(io.BytesIO(blob)).slides
    assert laid.theme.dress is not None
    assert native.shapes.title.text_frame.text == "A few words"
    assert native.slide_layout.name == laid.slides[0].layout.name


def test_a_bright_brand_colour_fills_areas_as_it_is(matched):
    theme = matched("orange").theme
    paints = theme.template.paints
    assert paints["accent/area"] == paints["field"] == Paint("accent1")
    assert contrast(theme.colors["on_field"], "FF7A00") >= 4.5
    assert contrast(theme.colors["accent"], "FFFFFF") >= 4.5


def words_of(blob):
    return " ".join(
        shape.text_frame.text
        for native in Presentation(io.BytesIO(blob)).slides
        for shape in native.shapes
        if shape.has_text_frame
    )


def test_sample_words_and_dates_stay_out_and_so_do_names(matched):
    _, blob = deck_of(matched("samples").theme, TEXT)
    assert "Confidential" not in words_of(blob)
    assert "March 2019" not in words_of(blob)
    assert not any(b"Jane Roe" in content for content in unzipped(blob).values())


def test_footers_are_kept_or_say_what_one_wants(tmp_path):
    path = tmp_path / "samples.pptx"
    path.write_bytes(ODD["samples"]())
    overrides_path(path).write_text("footer: keep\n", "utf-8")
    assert "Client name | Confidential draft" in words_of(deck_of(template_theme(path).theme, TEXT)[1])
    assert "Client name | Confidential draft" in words_of(talk_of(template_theme(path).theme, TEXT)[1])
    assert "12 March 2019" in words_of(talk_of(template_theme(path).theme, TEXT)[1])
    overrides_path(path).write_text("footer: Our own\n", "utf-8")
    assert "Our own" in words_of(deck_of(template_theme(path).theme, TEXT)[1])


def test_text_boxes_have_the_typeface_of_the_placeholders(tmp_path):
    parts = unzipped(template_file("corporate", tmp_path).read_bytes())
    master = "ppt/slideMasters/slideMaster1.xml"
    parts[master] = parts[master].replace(b"+mn-lt", b"Verdana")
    path = tmp_path / "face.pptx"
    path.write_bytes(zipped(parts))
    noted = next(s for s in all_slides() if s.layout == "chart")
    _, blob = talk_of(template_theme(path).theme, noted)
    written = unzipped(blob)
    boxes = [
        b for s in Presentation(io.BytesIO(blob)).slides for b in s.shapes if b.has_text_frame and not b.is_placeholder
    ]
    assert boxes
    assert {face for box in boxes for face in box._element.xpath(".//a:rPr/a:latin/@typeface")} == {"Verdana"}
    charts = [content for name, content in written.items() if name.startswith("ppt/charts/chart")]
    assert all(b'typeface="Verdana"' in content and b"+mn-lt" not in content for content in charts)


def test_english_on_a_template_for_hebrew_runs_from_left_to_right(matched):
    _, blob = talk_of(matched("right-to-left").theme, TEXT)
    (native,) = Presentation(io.BytesIO(blob)).slides
    title, body = native.shapes.title._element, native.placeholders[1]._element
    for properties in (*title.iter(qn("a:pPr")), *body.iter(qn("a:pPr"))):
        assert (properties.get("rtl"), properties.get("algn")) == ("0", "l")
    assert len(list(body.iter(qn("a:pPr")))) == 2


def test_a_list_of_notes_masters_in_a_wrong_place_is_moved(tmp_path):
    deck = Presentation(template_file("python-pptx", tmp_path))
    relation = deck.part.relate_to(
        deck.notes_master.part, deck.part.rels[next(iter(deck.part.rels))].reltype.rpartition("/")[0] + "/notesMaster"
    )
    listed = deck.element.makeelement(qn("p:notesMasterIdLst"), {})
    listed.append(listed.makeelement(qn("p:notesMasterId"), {qn("r:id"): relation}))
    deck.element.find(qn("p:notesSz")).addnext(listed)
    path = tmp_path / "wrong.pptx"
    deck.save(path)
    assert [p.code for p in check_package(path) if p.code == "schema"]
    noted = slide("content", "Noted", (("main", (prose("Text"),)),), notes=(Note("say", prose("Say it")),))
    _, blob = deck_of(template_theme(path).theme, noted)
    assert [str(p) for p in check_package(blob) if p.code in ("unlisted", "schema")] == []
