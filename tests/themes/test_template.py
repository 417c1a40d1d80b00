"""Tests any template: a slide of each role fits it, in real placeholders, within the slide, and the file is valid."""

import io

import pytest
from msgspec.structs import replace
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.oxml.ns import qn

from tests.layout.samples import all_slides, kit, prose, slide
from tests.templates.conftest import NAMES, in_words, template_file
from tests.templates.maker import png
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.layout import ladder, lay_out
from workshop.layout.laid import LaidChart, LaidTable, LaidText
from workshop.layouts import LAYOUTS, traits
from workshop.model.blocks import Diagram, Map, Phase, Run, ShownCode, ShownPicture, ShownTable, Step
from workshop.model.kit import Note
from workshop.render.pptx.deck import write_deck
from workshop.themes.beds import light
from workshop.themes.template import template_theme

BODIES = frozenset({"main", "options", "finding", "claim", "left"})


@pytest.fixture(params=NAMES, scope="module")
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


@pytest.fixture(scope="module")
def laid(theme, slides):
    found, problems = lay_out(kit(*slides), theme)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    assert max(s.step for s in found.slides) <= ladder.Step.OTHERWISE
    return found


@pytest.fixture(scope="module")
def blob(laid):
    return write_deck(laid)


@pytest.mark.parametrize("role", LAYOUTS)
def test_the_fullest_layout_of_a_role_has_a_place_for_each_slot_of_ours(theme, role):
    under = {"tag", "steps"}  # on a template they are under the minutes
    slots = {p.role for p in light().layouts[role].placeholders} - under
    if any(slot.startswith("option-") for slot in slots):
        slots = {s for s in slots if not s.startswith(("option-", "letter-", "toy-", "room-"))} | {"options"}
    without_source = {"section", "source", "closing", "map", "cover"}
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
        if isinstance(item, LaidText)
        and item.placeholder.role in BODIES
        and item.placeholder.idx < 0
        and not (item.placeholder.role == "options" and "polls" in traits(s.layout.role))  # beside its steps
        and (not s.layout.look or (item.placeholder.role == "main" and "hands-on" in traits(s.layout.role)))
    ]
    assert loose == []


def test_nothing_is_outside_the_slide(theme, blob):
    deck = Presentation(io.BytesIO(blob))
    for number, native in enumerate(deck.slides, 1):
        for shape in native.shapes:
            assert shape.left >= 0, (number, shape.name)
            assert shape.top >= 0, (number, shape.name)
            assert shape.left + shape.width <= theme.width, (number, shape.name)
            assert shape.top + shape.height <= theme.height, (number, shape.name)


def test_example_slides_are_gone_and_masters_stay(theme, blob):
    before, after = Presentation(io.BytesIO(theme.template.package)), Presentation(io.BytesIO(blob))
    assert not any("Example" in s.shapes.title.text_frame.text for s in after.slides if s.shapes.title is not None)
    assert [m.part.blob for m in before.slide_masters] == [m.part.blob for m in after.slide_masters]
    assert [x.name for m in before.slide_masters for x in m.slide_layouts] == [
        x.name for m in after.slide_masters for x in m.slide_layouts
    ]


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


def steps_in(problems):
    """Return what the summary says about slides without room."""
    (told,) = [p.message for p in problems if p.code == "template"]
    return told.partition(": ")[2].split("; ")


def test_a_slide_that_fits_nowhere_becomes_two(tmp_path):
    theme = template_theme(template_file("bare", tmp_path)).theme
    base = next(s for s in all_slides() if s.layout == "chart-and-text")
    long = prose(*["Every word keeps a crumb of probability, a share of one phantom example, in all of the rounds"] * 6)
    slots = tuple((role, (long,) if role == "reading" else blocks) for role, blocks in base.slots)
    laid, problems = lay_out(kit(replace(base, slots=slots)), theme)
    assert steps_in(problems) == ["2 are divided or composed otherwise (1, 2)"]
    assert [s.slide.layout for s in laid.slides] == ["chart", "content"]
    assert laid.slides[1].slide.title_text.endswith("(continued)")


def test_a_diagram_whose_words_do_not_fit_side_by_side_becomes_a_list(tmp_path):
    theme = template_theme(template_file("bare", tmp_path)).theme
    steps = tuple(Step(f"Step {k}", "softmax over the whole vocabulary of word pieces") for k in range(1, 6))
    drawn = Diagram(steps=steps, alt="Five steps", back="corrected", figures=("16 | words",))
    slots = (("main", (drawn,)), ("caption", (prose("And so on"),)))
    laid, problems = lay_out(kit(slide("diagram", "Five steps", slots)), theme)
    assert steps_in(problems) == ["1 is divided or composed otherwise (1)"]
    assert [line.text.replace("\xa0", " ") for item in laid.slides[0].items[1:] for line in item.lines] == [
        "Step 1: softmax over the whole vocabulary of word pieces, 16, words",
        *(f"Step {k}: softmax over the whole vocabulary of word pieces" for k in range(2, 6)),
        "→ 1: corrected",
        "And so on",
    ]


def test_code_too_long_for_a_template_goes_on_at_an_empty_line(tmp_path):
    theme = template_theme(template_file("bare", tmp_path)).theme
    text = "\n".join([f"first = {k}" for k in range(10)] + [""] + [f"second = {k}" for k in range(11)])
    laid, problems = lay_out(kit(slide("code", "Code", (("main", (ShownCode(text, "python", "Code"),)),))), theme)
    assert steps_in(problems) == ["2 are divided or composed otherwise (1, 2)"]
    main = [[line.text for line in item.lines] for s in laid.slides for item in s.items if item.placeholder.mono]
    assert [lines[0] for lines in main] == ["first = 0", "second = 0"]
    assert laid.slides[1].slide.title_text.endswith("(continued)")


def test_titles_of_one_deck_have_one_size(tmp_path):
    theme = template_theme(template_file("corporate", tmp_path)).theme
    slides = [slide("content", f"Title number {k}", (("main", (prose("Text"),)),)) for k in range(12)]
    long = slide("content", "A much longer title that takes up two whole lines of this template at its own size and a little more", (("main", (prose("Text"),)),))  # fmt: skip
    laid, _ = lay_out(kit(*slides, long), theme)
    sizes = {item.size for s in laid.slides[:-1] for item in s.items if item.placeholder.role == "title"}
    assert len(sizes) == 1


def test_options_without_a_composition_are_a_lettered_list(theme, slides):
    found, _ = lay_out(kit(*slides), in_words(theme))
    place = next(k for k, s in enumerate(found.slides) if s.slide.layout == "predict")
    holders = Presentation(io.BytesIO(write_deck(found))).slides[place].placeholders
    marks = [mark for holder in holders for mark in holder._element.xpath(".//a:buAutoNum/@type")]
    assert set(marks) == {"alphaUcPeriod"}


def narrowed(name, tmp_path, share):
    """Return a template whose placeholders take only a share of the width."""
    deck = Presentation(template_file(name, tmp_path))
    holders = [holder for layout in (deck.slide_master, *deck.slide_layouts) for holder in layout.placeholders]
    boxes = [(holder.left, holder.top, round(holder.width * share), holder.height) for holder in holders]
    for holder, box in zip(holders, boxes, strict=True):
        holder.left, holder.top, holder.width, holder.height = box
    path = tmp_path / "narrow.pptx"
    deck.save(path)
    return template_theme(path).theme


def test_a_map_in_a_narrow_template_says_the_names_alone_or_becomes_a_list(tmp_path):
    tiles = tuple(Step(f"Stage {k}", "What does a deployment layer need?", link="#one") for k in range(1, 9))
    drawn = Map((Phase("All of them", tiles),), "Eight stages")
    one = slide("content", "One", (("main", (prose("Text"),)),))
    shown = slide("map", "Map", (("main", (drawn,)),))
    for share, layout in ((0.7, "map"), (0.5, "content")):
        laid, problems = lay_out(kit(shown, replace(one, id="one")), narrowed("python-pptx", tmp_path, share))
        assert steps_in(problems) == ["1 is divided or composed otherwise (1)"]
        assert laid.slides[0].slide.layout == layout


def test_a_table_with_too_many_columns_is_told_in_lines_and_counted(tmp_path):
    theme = narrowed("python-pptx", tmp_path, 0.3)
    header = tuple((Run(f"A long heading {k}"),) for k in range(9))
    table = ShownTable(header=header, rows=(header,), aligns=("left",) * 9, alt="A table")
    laid, problems = lay_out(kit(slide("table", "Wide", (("main", (table,)),))), theme)
    assert steps_in(problems) == ["1 is a plain title and text (1)"]
    (main,) = [item for item in laid.slides[0].items if item.placeholder.role == "main"]
    told = " ".join(line.text for line in main.lines).replace("\xa0", " ")
    assert all(f"A long heading {k}" in told for k in range(9))


def test_text_of_any_length_is_on_slides_somehow(tmp_path):
    words = [f"word{k}" for k in range(900)]
    for layout in ("statement", "predict", "exercise", "activity", "content"):
        role = "options" if layout == "predict" else "title" if layout == "statement" else "main"
        shown = slide(layout, " ".join(words) if role == "title" else "Long", () if role == "title" else ((role, (prose(" ".join(words)),)),))  # fmt: skip
        laid, problems = lay_out(kit(shown), template_theme(template_file("bare", tmp_path)).theme)
        assert all(p.severity is Severity.ADVICE for p in problems), layout
        assert steps_in(problems), layout
        told = " ".join(line.text for s in laid.slides for i in s.items if isinstance(i, LaidText) for line in i.lines)
        assert [word for word in words if word not in told.replace("\xa0", " ").split()] == [], layout


def test_a_title_that_would_be_white_on_white_gets_another_colour(tmp_path):
    deck = Presentation(template_file("python-pptx", tmp_path))
    style = deck.slide_master._element.find(qn("p:txStyles")).find(qn("p:titleStyle"))
    fill = style.find(qn("a:lvl1pPr")).find(qn("a:defRPr")).find(qn("a:solidFill"))
    fill.find(qn("a:schemeClr")).set("val", "bg1")
    deck.save(tmp_path / "white.pptx")
    theme = template_theme(tmp_path / "white.pptx").theme
    laid, _ = lay_out(kit(slide("content", "Can it be read?", (("main", (prose("Text"),)),))), theme)
    title = Presentation(io.BytesIO(write_deck(laid))).slides[0].shapes.title
    (color,) = title._element.xpath(".//a:rPr/a:solidFill/a:schemeClr/@val")
    assert color == "tx1"
