"""Tests any template: a slide of each role fits it, in real placeholders, within the slide, and the file is valid."""

import io

import pytest
from msgspec.structs import replace
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.oxml.ns import qn

from tests.laying import lay_out
from tests.layout.samples import all_slides, kit, prose, slide, talk
from tests.templates.conftest import NAMES, template_file
from tests.templates.maker import png
from tests.tiers import few
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.layout.laid import LaidChart, LaidTable, LaidText
from workshop.layouts import all_layouts
from workshop.model.blocks import ShownPicture
from workshop.model.kit import Note
from workshop.render.pptx.deck import write_deck
from workshop.themes.beds import light
from workshop.themes.template import template_theme

BODIES = frozenset({"main", "options", "finding", "claim", "left"})


@pytest.fixture(params=few(NAMES, "corporate", "libreoffice", "two-masters"), scope="module")
def theme(request, tmp_path_factory):
    return template_theme(template_file(request.param, tmp_path_factory.mktemp("templates"))).theme


@pytest.fixture(scope="module")
def slides(tmp_path_factory):
    """Return one slide of each role, with an existing picture."""
    path = tmp_path_factory.mktemp("pictures") / "beds.png"
    path.write_bytes(png(600, 400))
    return tuple(
        replace(s, slots=tuple((role, tuple(_found(block, path) for block in blocks)) for role, blocks in s.slots))
        for s in all_slides()
    )


def _found(block, path):
    return replace(block, path=path) if isinstance(block, ShownPicture) else block


@pytest.fixture(scope="module", params=["kit", "talk"])
def laid(request, theme, slides):
    """Return a kit with a slide of each role, on our layouts in a template's look; or a talk on those of the template that fit it."""
    if request.param == "kit":
        made = kit(*slides)
    else:
        fitting = [s for s in slides if lay_out(talk(s), theme)[0].theme.template is not None]
        assert {"cover", "content", "two-content", "chart"} <= {s.layout for s in fitting}
        made = talk(*fitting)
    found, problems = lay_out(made, theme)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    assert (found.theme.template is None) == (request.param == "kit")
    return found


@pytest.fixture(scope="module")
def blob(laid):
    return write_deck(laid)


@pytest.mark.parametrize("role", [role for role, one in all_layouts().items() if one.composed is not None])
def test_the_fullest_layout_of_a_role_has_a_place_for_each_slot_of_ours(theme, role):
    slots = {p.role for p in light().layouts[role].placeholders}
    without_source = {"section", "source", "cover"}
    best = max(theme.template.variants[role], key=lambda spec: len(spec.placeholders))
    places = {p.role for p in best.placeholders} | {name for _, names in best.joins for name in names}
    assert slots - places <= ({"source"} if role in without_source else set())


def test_notes_bring_a_notes_master_that_the_presentation_lists(theme):
    noted = slide("closing", "The end", (("main", (prose("Thank you"),)),), notes=(Note("say", prose("Say it")),))
    found, _ = lay_out(kit(noted), theme)
    blob = write_deck(found)
    assert [str(p) for p in check_package(blob) if p.code in ("unlisted", "schema")] == []
    main = Presentation(io.BytesIO(blob)).part
    (listed,) = main._element.findall(f"{qn('p:notesMasterIdLst')}/{qn('p:notesMasterId')}")
    assert main.related_part(listed.get(qn("r:id"))).partname.startswith("/ppt/notesMasters/")


def test_the_package_is_valid(blob, tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(blob)
    assert [str(p) for p in check_package(path)] == []
    assert validate_pptx(str(path)).errors == []


def test_the_same_input_gives_the_same_bytes(laid, blob):
    assert write_deck(laid) == blob


def test_every_title_is_in_a_title_placeholder_of_its_layout(laid, blob):
    deck = Presentation(io.BytesIO(blob))
    assert len(deck.slides) == len(laid.slides)
    for own, native in zip(laid.slides, deck.slides, strict=True):
        assert native.shapes.title is not None, own.id
        assert own.slide.title_text.replace(" ", "")[:12] in native.shapes.title.text_frame.text.replace(
            " ", ""
        ).replace("\v", ""), own.id
        assert native.slide_layout.name == own.layout.name
        known = {p.placeholder_format.idx for p in native.slide_layout.placeholders}
        assert {p.placeholder_format.idx for p in native.placeholders} <= known


def test_main_texts_are_in_placeholders(laid):
    loose = [
        (s.id, item.placeholder.role)
        for s in laid.slides
        for item in s.items
        if isinstance(item, LaidText) and item.placeholder.role in BODIES and item.placeholder.idx < 0
    ]
    assert loose == []


def test_nothing_is_outside_the_slide(laid, blob):
    theme = laid.theme
    deck = Presentation(io.BytesIO(blob))
    for number, native in enumerate(deck.slides, 1):
        for shape in native.shapes:
            assert shape.left >= 0, (number, shape.name)
            assert shape.top >= 0, (number, shape.name)
            assert shape.left + shape.width <= theme.width, (number, shape.name)
            assert shape.top + shape.height <= theme.height, (number, shape.name)


def test_example_slides_are_gone_and_masters_stay(laid, blob):
    package = (laid.theme.template or laid.theme.dress).package
    before, after = Presentation(io.BytesIO(package)), Presentation(io.BytesIO(blob))
    assert not any("Example" in s.shapes.title.text_frame.text for s in after.slides if s.shapes.title is not None)
    count = len(before.slide_masters) - (laid.theme.dress is not None)  # the last one is ours
    for old, new in list(zip(before.slide_masters, after.slide_masters, strict=True))[:count]:
        assert old.part.blob == new.part.blob
        assert [x.part.blob for x in old.slide_layouts] == [x.part.blob for x in new.slide_layouts]


def test_no_text_is_below_the_smallest_size(laid):
    small = [
        (s.id, item.placeholder.role, item.size)
        for s in laid.slides
        for item in s.items
        if isinstance(item, LaidText) and item.size < (12 if item.placeholder.role == "source" else 18)
    ]
    assert small == []


def test_charts_and_tables_are_native_and_in_placeholders_that_can_hold_them(laid, blob):
    deck = Presentation(io.BytesIO(blob))
    for own, native in zip(laid.slides, deck.slides, strict=True):
        charts = sum(isinstance(item, LaidChart) for item in own.items)
        tables = sum(isinstance(item, LaidTable) for item in own.items)
        assert charts == sum(shape.has_chart for shape in native.shapes)
        assert tables == sum(shape.has_table for shape in native.shapes)
        kinds = {p.placeholder_format.idx: p.element.ph.get("type", "obj") for p in native.slide_layout.placeholders}
        for item in own.items:
            if isinstance(item, LaidChart | LaidTable) and item.placeholder.idx >= 0:
                assert kinds[item.placeholder.idx] in ("obj", "chart", "tbl")


def test_titles_of_one_deck_have_one_size(tmp_path):
    theme = template_theme(template_file("corporate", tmp_path)).theme
    slides = [slide("content", f"Title number {k}", (("main", (prose("Text"),)),)) for k in range(12)]
    long = slide("content", "A much longer title that takes up two whole lines of this template at its own size and a little more", (("main", (prose("Text"),)),))  # fmt: skip
    laid, _ = lay_out(talk(*slides, long), theme)
    assert laid.theme.template is not None
    sizes = {item.size for s in laid.slides[:-1] for item in s.items if item.placeholder.role == "title"}
    assert len(sizes) == 1


def test_a_talk_with_a_slide_that_fits_no_layout_is_on_ours_as_a_whole_and_one_line_says_which(tmp_path):
    theme = template_theme(template_file("corporate", tmp_path)).theme
    fitting = [slide("content", f"Title {k}", (("main", (prose("One", "Two"),)),)) for k in range(11)]
    bet = next(s for s in all_slides() if s.layout == "predict")
    laid, problems = lay_out(talk(*fitting, bet), theme)
    (told,) = [p.message for p in problems if p.code == "template"]
    assert told.startswith("our layouts in this template's look, since slide 12 doesn't fit its own")
    assert {s.layout.part for s in laid.slides} == {""}
    alone, problems = lay_out(talk(*fitting), theme)
    assert [p for p in problems if "look" in p.message] == []
    assert "" not in {s.layout.part for s in alone.slides}


def test_a_title_that_would_be_white_on_white_gets_another_colour(tmp_path):
    deck = Presentation(template_file("python-pptx", tmp_path))
    style = deck.slide_master._element.find(qn("p:txStyles")).find(qn("p:titleStyle"))
    fill = style.find(qn("a:lvl1pPr")).find(qn("a:defRPr")).find(qn("a:solidFill"))
    fill.find(qn("a:schemeClr")).set("val", "bg1")
    deck.save(tmp_path / "white.pptx")
    theme = template_theme(tmp_path / "white.pptx").theme
    laid, _ = lay_out(talk(slide("content", "Can it be read?", (("main", (prose("Text"),)),))), theme)
    title = Presentation(io.BytesIO(write_deck(laid))).slides[0].shapes.title
    (color,) = title._element.xpath(".//a:rPr/a:solidFill/a:schemeClr/@val")
    assert color == "dk1"
