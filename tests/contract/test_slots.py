"""Tests the built-in kit in every usual slot, for every audience."""

import io
import re
from functools import cache as once
from itertools import groupby

import pytest
from pypdf import PdfReader

from tests.contract import kits
from tests.contract.reach import LEAST, MADE_SO, reach
from tests.tiers import few
from workshop.check.package import check_package
from workshop.errors import Report, Severity
from workshop.layout.laid import LaidText
from workshop.model.request import Request
from workshop.model.slot import IN_ROOM
from workshop.plan.plan_kit import decide
from workshop.plan.slot.check_slots import SLOTS, check_slots
from workshop.plan.slot.cut import fit_day
from workshop.plan.slot.reword import links_of
from workshop.plugins.registry import standard_registry
from workshop.render.print.run_sheet_data import doing

SECTION = "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"
IN_A_ROW = 3  # slides of one layout
SHORT = 45  # minutes of the deck that is checked as a whole
WITHOUT_ALL = 10  # minutes of a plan that leaves stages out


@once
def fitted_to(audience, slot, cache):
    return fit_day(kits.day(audience, cache), slot)


@pytest.fixture(params=few(kits.AUDIENCES, "general", "executives"))
def audience(request):
    return request.param


@pytest.fixture
def day(audience, cache):
    """The data from which every slot of an audience is filled."""
    return kits.day(audience, cache)


@pytest.fixture
def fit(audience, cache):
    """The function that chooses an audience's slides for a slot."""
    return lambda slot: fitted_to(audience, slot, cache)


@pytest.fixture
def short(cache):
    return kits.laid_out("general", SHORT, cache)[0]


@pytest.fixture
def deck(cache):
    return kits.opened("general", SHORT, "light", cache)


@pytest.fixture(params=SLOTS)
def fitted(request, day, fit):
    chosen = fit(request.param)
    assert chosen is not None
    return chosen, day


def test_a_plan_fills_its_slot(fitted):
    fit, _ = fitted
    plan = fit.report
    assert plan.total == plan.slot
    assert plan.stretch <= IN_ROOM.sitting


def test_no_slide_is_in_without_what_it_needs(fitted):
    fit, _ = fitted
    shown = [slide for stage in fit.stages for slide in stage.slides]
    missing = [(s.id, n) for s in shown for n in s.needs if n not in fit.shown]
    assert missing == []


def test_a_moment_is_in_as_a_whole_and_its_slides_are_in_its_order(fitted):
    fit, day = fitted
    moments = {moment.id: moment for own in day.moments.values() for moment in own}
    there = {slide.id for stage in day.stages for slide in stage.slides}
    shown: dict[str, list[str]] = {}
    for stage in fit.stages:
        for slide in stage.slides:
            if slide.moment and not slide.continued:
                shown.setdefault(slide.moment, []).append(slide.id)
    for name, slides in shown.items():
        wanted = [slide for slide in moments[name].names(fit.report.slot) if slide in there]
        assert slides == wanted, name


def test_a_longer_slot_has_no_fewer_stages(fit):
    kept = [len(fit(slot).stages) for slot in SLOTS]
    assert kept == sorted(kept)


def test_check_has_no_warnings_about_any_slot(day):
    assert [str(problem) for problem in check_slots(day, "anybody")] == []


def test_a_short_deck_has_nothing_to_fix_and_passes_the_check_of_packages(cache):
    _, problems = kits.laid_out("general", SHORT, cache)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    assert [str(p) for p in check_package(kits.deck("general", SHORT, "light", cache))] == []


def test_what_is_left_out_is_hidden_in_the_last_section(short, deck):
    sections = [(s.get("name"), len(s[0])) for s in deck.element.iter(SECTION)]
    hidden = [slide for slide in deck.slides if slide._element.get("show") == "0"]
    assert sections[-1] == ("Appendix", len(hidden))
    assert len(hidden) >= len(short.kit.appendix)
    assert len(sections) == len(short.kit.stages) + 1
    assert [slide.hidden for slide in short.kit.slides] == sorted(slide.hidden for slide in short.kit.slides)


def test_nothing_is_lost_between_the_deck_and_its_appendix_if_all_of_it_is_asked_for(cache):
    request = Request(audience="general", minutes=SHORT, cache=cache, appendix="all")
    short = decide(kits.ready("general", cache), request, Report())
    full = kits.laid_out("general", kits.ALL, cache)[0].kit
    assert sorted(slide.id for slide in short.slides) == sorted(slide.id for slide in full.slides)


@pytest.mark.parametrize("slot", SLOTS)
def test_the_appendix_has_the_toy_tables_of_the_plan_and_a_third_of_what_is_shown_at_the_most(slot, audience, cache):
    plan = kits.tried(audience, slot, cache).plan
    hidden = {slide.id: slide for slide in plan.kit.appendix if not slide.works}  # nobody leads to the list of sources
    written = [slide for stage in plan.day.stages for slide in stage.slides if slide.layout == "toy-stops"]
    due = [s.id for s in written if s.stage in {stage.id for stage in plan.stages} and s.id not in plan.shown]
    most = len(plan.slides) // 3
    assert len(hidden) <= most
    assert hidden.keys() >= set(due[:most])
    assert len(hidden) == most or hidden.keys() >= set(due)


@pytest.mark.parametrize("slot", SLOTS)
def test_what_a_note_offers_to_show_is_hidden_in_this_deck(slot, audience, cache):
    plan = kits.tried(audience, slot, cache).plan
    hidden = {slide.id for slide in plan.kit.appendix}
    shown = {stage.id for stage in plan.kit.stages}  # a tile leads to its stage
    offered = {name for slide in plan.slides for name in links_of(slide)} - shown
    assert offered <= hidden
    assert offered or slot <= 60  # the appendix of so few slides has room for the toy tables only


def test_the_closing_slide_has_a_line_for_each_stage_that_is_in(short):
    closing = next(slide for slide in short.kit.slides if slide.layout == "closing")
    numbers = [line.number for side in ("left", "right") for block in closing.slot(side) for line in block.lines]
    assert numbers == [stage.number for stage in short.kit.stages if stage.number]


def test_a_tile_of_the_map_leads_to_its_stage_if_that_is_in_and_nowhere_if_not(cache):
    short = kits.laid_out("general", WITHOUT_ALL, cache)[0]
    (drawn,) = [
        block
        for slide in short.kit.slides
        if slide.layout == "map" and not slide.hidden
        for block in slide.slot("main")
    ]
    tiles = [tile for phase in drawn.phases for tile in phase.tiles]
    assert len(tiles) == len(short.kit.marks)
    inside = {mark.short for mark in short.kit.marks if mark.id in {stage.id for stage in short.kit.stages}}
    ids = {slide.id for slide in short.kit.slides}
    assert all(tile.link.removeprefix("#") in ids for tile in tiles if tile.name in inside)
    assert [tile.link for tile in tiles if tile.name not in inside] == [""] * (len(tiles) - len(inside))
    assert 0 < len(inside) < len(tiles)
    assert drawn.today == f"8 stages, today {len(inside)} of them"


def test_every_stage_that_is_in_has_its_page_in_the_booklet_and_its_sheet_for_home(short, cache):
    pages = {name: len(kits.pages(name, "general", SHORT, cache)) for name in ("booklet.pdf", "home.pdf")}
    numbered = [stage.id for stage in short.kit.stages if stage.number]
    assert [sheet.stage for sheet in short.kit.sheets] == numbered
    writing = [
        stage.id
        for stage in short.kit.stages
        if any(doing(slide) in ("predict", "task", "talk") for slide in stage.slides)
    ]
    written = len([s for s in writing if s in numbered])
    assert pages == {
        "booklet.pdf": written + written % 2,
        "home.pdf": 2 * len(numbered),
    }  # with a cover if they are odd


def test_the_run_sheet_takes_the_slot_and_names_the_buffer(short):
    rows = short.kit.run_sheet
    assert sum(row.minutes for row in rows) == SHORT
    assert [row.what for row in rows if row.kind == "buffer"] == ["Buffer"]
    assert rows[-1].what == short.kit.stages[-1].title


@pytest.fixture
def usual(audience, cache):
    """An audience's kit in the kit's own slot."""
    return kits.laid_out(audience, None, cache)[0]


def test_the_quiz_is_asked_twice_or_not_at_all(fit):
    for slot in SLOTS:
        shown = fit(slot).shown
        assert ("pre-quiz" in shown) is ("post-quiz" in shown) is ("quiz-answers" in shown), slot


def test_material_names_no_file_that_the_build_does_not_make(usual):
    named = {name for stage in usual.kit.stages for item in stage.material for name in re.findall(r"\S+\.pdf", item)}
    registry = standard_registry()
    writers = [registry.get("writer", name) for name in registry.names("writer")]
    assert named <= {w.filename for w in writers if w.is_due(usual.kit) and not w.missing(usual.kit)}


def test_no_slide_is_empty_in_its_lower_part(usual):
    slides = [s for s in usual.slides if s.layout.role not in MADE_SO and not s.slide.hidden]
    assert {s.id: round(reach(s), 2) for s in slides if reach(s) < LEAST} == {}


def test_no_layout_is_used_more_than_three_times_in_a_row(usual):
    names = (s.layout.name.removesuffix(", short title") for s in usual.slides if not s.slide.hidden)
    rows = [(name, len(list(some))) for name, some in groupby(names)]
    assert [row for row in rows if row[1] > IN_A_ROW] == []


def test_every_task_has_its_tag_and_its_answer_later(usual):
    slides = [s for s in usual.slides if not s.slide.hidden]
    tagged = {s.id for s in slides if any(isinstance(i, LaidText) and i.placeholder.role == "tag" for i in s.items)}
    for place, task in enumerate(slides):
        if task.layout.role == "exercise":
            assert task.id in tagged
            assert [s.id for s in slides[place:] if task.id in s.slide.answers]


@pytest.mark.parametrize("audience", few(kits.AUDIENCES, "general"))
def test_the_guide_begins_with_three_single_pages_and_then_the_script(usual):
    writer = standard_registry().get("writer", "facilitator")
    pages = PdfReader(io.BytesIO(writer.render(usual))).pages[:4]
    titles = ("If this is your first time", "Run sheet", "Print list", "Welcome")
    for page, title in zip(pages, titles, strict=True):
        assert title in page.extract_text(), title
