"""What must be true of the built-in kit, for every audience, from the finished files."""

import io
import zipfile
from collections import Counter
from functools import cache as once
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from tests.render.pptx.read import read_chart
from workshop.ai_models.register import kit_folder
from workshop.build import prepare, render
from workshop.check.coverage import rows
from workshop.check.kit import MOST_WORDS, SAME_LAYOUT, body_words
from workshop.check.package import check_package
from workshop.content import load
from workshop.errors import Severity
from workshop.layout.laid import LaidChart, LaidTable, LaidText
from workshop.model.exhibits import Chart, ChartKind, Findings, Table
from workshop.model.request import Request
from workshop.model.walk import runs_needed
from workshop.plugins.registry import standard_registry
from workshop.runs.runner import RunRequest, run_demos
from workshop.wording.formats import show

AUDIENCES = ("general", "students", "executives", "engineers")
STAGES = 8


@once
def made(audience, kept):
    registry = standard_registry()
    request = Request(audience=audience, minutes=0, cache=Path(kept))
    laid, problems = prepare(kit_folder(), request, registry, base=None)
    return laid, problems


@once
def files(audience, kept):
    laid, _ = made(audience, kept)
    return render(laid, Request(audience=audience), standard_registry())


@once
def findings(kept) -> dict[str, Findings]:
    registry = standard_registry()
    content, _ = load(kit_folder())
    wanted = {}
    for audience in AUDIENCES:
        for spec in runs_needed(content, audience, (), registry.names("demo")):
            wanted[spec.name] = RunRequest(
                name=spec.name, demo=spec.demo, knobs=spec.knobs, data=content.data.get(spec.demo, {}), at=spec.at
            )
    found, problems = run_demos(tuple(wanted.values()), registry, seed=0, cache=Path(kept))
    assert not problems
    return found


@pytest.fixture(params=AUDIENCES)
def audience(request):
    return request.param


@pytest.fixture
def laid(audience, cache):
    return made(audience, str(cache))[0]


@pytest.fixture
def written(audience, cache):
    return files(audience, str(cache))


def test_nothing_is_to_be_mended(audience, cache):
    _, problems = made(audience, str(cache))
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []


def test_the_finished_deck_passes_an_independent_validator_and_our_own_checks(written, tmp_path):
    from openxml_audit import OpenXmlValidator

    deck = tmp_path / "deck.pptx"
    deck.write_bytes(written["deck.pptx"])
    assert [str(p) for p in check_package(deck)] == []
    assert OpenXmlValidator().validate(str(deck)).errors == []


def test_every_numbered_stage_has_its_section_with_a_native_chart_and_a_native_table(laid):
    for stage in laid.kit.stages:
        if stage.number is None:
            continue
        items = [type(item) for slide in laid.slides if slide.slide.stage == stage.id for item in slide.items]
        assert LaidChart in items, stage.id
        assert LaidTable in items, stage.id
    assert [s.number for s in laid.kit.stages if s.number] == list(range(1, STAGES + 1))


def test_every_native_chart_caches_the_demos_values(laid, written, cache):
    deck = Presentation(io.BytesIO(written["deck.pptx"]))
    compared = 0
    for slide, native in zip(laid.slides, deck.slides, strict=True):
        charts = [item for item in slide.items if isinstance(item, LaidChart)]
        shapes = [shape for shape in native.shapes if shape.has_chart]
        assert len(charts) == len(shapes)
        for item, shape in zip(charts, shapes, strict=True):
            run, _, name = item.shown.name.partition(".")
            source = item.shown.chart
            if run in findings(str(cache)):
                exhibit = findings(str(cache))[run].exhibits[name]
                assert isinstance(exhibit, Chart)
                assert source.series == exhibit.series
            cached = read_chart(shape.chart.part.blob)
            # a forest plot is a native scatter: its estimates are x values
            values = [v for series in cached.series for v in (*series.values, *series.x) if v is not None]
            for series in source.series:
                for value in series.values:
                    if value is None:
                        continue
                    # a waterfall's native bars stand on an invisible base: a step down is a bar of its height
                    height = abs(value) if source.kind is ChartKind.WATERFALL else value
                    assert any(abs(height - v) < 1e-9 for v in values), (slide.id, series.name, value)
            compared += 1
    assert compared >= STAGES


def test_every_native_table_shows_the_demos_cells(laid, written, cache):
    deck = Presentation(io.BytesIO(written["deck.pptx"]))
    compared = 0
    for slide, native in zip(laid.slides, deck.slides, strict=True):
        tables = [item for item in slide.items if isinstance(item, LaidTable) and item.table.name]
        shapes = [shape for shape in native.shapes if shape.has_table]
        for item, shape in zip(tables, shapes, strict=False):
            run, _, name = item.table.name.partition(".")
            exhibit = findings(str(cache))[run].exhibits[name]
            assert isinstance(exhibit, Table)
            shown = [[cell.text for cell in row.cells] for row in shape.table.rows][1:]
            expected = [
                [show(c, col.unit) for c, col in zip(row, exhibit.columns, strict=True)] for row in exhibit.rows
            ]
            assert all(row in expected for row in shown), slide.id
            compared += 1
    assert compared >= STAGES


def test_no_slide_has_more_words_than_a_room_can_read(laid):
    too_long = {
        slide.id: body_words(slide)
        for slide in laid.kit.slides
        if body_words(slide) > MOST_WORDS and slide.quiz != "answers"
    }
    assert too_long == {}


def test_no_layout_comes_more_than_four_times_in_a_row(laid):
    layouts = [slide.layout for slide in laid.kit.slides if not slide.hidden]
    longest, run = 0, 0
    for before, now in zip([None, *layouts], layouts, strict=False):
        run = run + 1 if before == now else 1
        longest = max(longest, run)
    assert longest <= SAME_LAYOUT


def test_no_text_is_under_its_floor(laid):
    for slide in laid.slides:
        for item in slide.items:
            if isinstance(item, LaidText):
                floor = 12 if item.placeholder.role == "source" else 18
                assert item.size >= floor, (slide.id, item.placeholder.role)
            if isinstance(item, LaidTable):
                assert min(item.size, item.header_size) >= 18, slide.id


def test_titles_are_unique_and_every_slide_but_a_divider_can_be_spoken(laid, written):
    deck = Presentation(io.BytesIO(written["deck.pptx"]))
    titles = Counter(slide.shapes.title.text_frame.text for slide in deck.slides)
    assert [title for title, count in titles.items() if count > 1] == []
    for slide in laid.kit.slides:
        if slide.layout not in ("cover", "section", "statement") and not slide.continued:
            assert {"say", "next"} <= {note.kind for note in slide.notes}, slide.id


def test_answers_stand_in_the_key_and_not_on_the_sheet(laid, written):
    sheets = PdfReader(io.BytesIO(written["sheets.pdf"]))
    answers = PdfReader(io.BytesIO(written["answers.pdf"]))
    assert len(sheets.pages) == 2 * len(laid.kit.sheets)
    key_text = "".join(page.extract_text() for page in answers.pages)
    for sheet in laid.kit.sheets:
        assert sheet.id in key_text
        assert len(sheet.exercises) >= 2


def words_on(text):
    return "".join(text.split()).replace("-", "")


def test_a_task_and_its_hint_stand_on_one_page_of_the_sheet_and_a_key_on_one_page(laid, written):
    pages = [words_on(page.extract_text()) for page in PdfReader(io.BytesIO(written["sheets.pdf"])).pages]
    for place, sheet in enumerate(laid.kit.sheets):
        sides = pages[2 * place : 2 * place + 2]
        for exercise in sheet.exercises:
            if exercise.hint:
                begins = words_on(exercise.title)
                ends = words_on(exercise.hint[-1].lines[-1].text)[-25:]
                assert any(begins in side and ends in side for side in sides), (sheet.id, exercise.id)
    assert len(PdfReader(io.BytesIO(written["answers.pdf"])).pages) == len(laid.kit.sheets)


def test_all_print_is_tagged_titled_and_in_the_kits_language(written):
    for name in ("sheets.pdf", "answers.pdf", "facilitator.pdf"):
        reader = PdfReader(io.BytesIO(written[name]))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], name
        assert root["/Lang"].lower().startswith("en"), name
        assert reader.metadata.title, name


def test_the_map_leads_to_every_section_and_every_section_back(laid, written):
    with zipfile.ZipFile(io.BytesIO(written["deck.pptx"])) as package:
        number = next(slide.number for slide in laid.slides if slide.slide.layout == "map")
        relations = package.read(f"ppt/slides/_rels/slide{number}.xml.rels").decode()
        sections = [slide.number for slide in laid.slides if slide.slide.layout == "section"]
        for section in sections:
            assert f"slide{section}.xml" in relations
            back = package.read(f"ppt/slides/_rels/slide{section}.xml.rels").decode()
            assert f"slide{number}.xml" in back


def test_every_point_of_the_subject_has_a_slide_that_claims_it():
    content, _ = load(kit_folder())
    assert [row.id for row in rows(content) if not row.slides] == []


def test_the_table_of_points_in_the_docs_is_the_one_that_the_command_prints():
    from workshop.check.coverage import as_markdown

    content, _ = load(kit_folder())
    page = (Path(__file__).resolve().parents[2] / "docs" / "points.md").read_text("utf-8")
    assert as_markdown(content) in page


def test_every_cited_figure_names_author_version_and_scope():
    content, _ = load(kit_folder())
    for work in content.sources:
        assert work.who, work.key
        assert work.version, work.key
        assert work.scope, work.key
        assert "not verified" not in work.verified, work.key
