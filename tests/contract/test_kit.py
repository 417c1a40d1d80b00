"""Tests what must be true of the built-in kit, for every audience, in the finished files."""

import io
import re
import zipfile
from collections import Counter, defaultdict
from datetime import datetime
from functools import cache as once
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from pypdf import PdfReader

from tests.contract import kits
from tests.render.pptx.read import read_chart
from tests.tiers import few_rows
from workshop import steps
from workshop.ai_models.register import kit_folder
from workshop.build import plan
from workshop.check.coverage import rows
from workshop.check.slide_looks import check_looks
from workshop.check.style import MOST_WORDS, body_words
from workshop.constructs.answer_divs import Home
from workshop.errors import At, Severity
from workshop.layout.laid import LaidChart, LaidTable, LaidText
from workshop.model.blocks import Line
from workshop.model.exhibits import Chart, ChartKind, Findings, Table
from workshop.model.request import Request
from workshop.model.walk import runs_needed
from workshop.plugins.registry import standard_registry
from workshop.render.print.answer_keys import render_answers
from workshop.render.print.booklet import class_pages
from workshop.runs.runner import RunRequest, run_demos
from workshop.wording.formats import show

PLANS = (("general", 180), ("students", 90), ("executives", 45), ("engineers", 180))
STAGES = 8
NO_BREAK = "\N{NO-BREAK SPACE}"


@once
def findings(kept, audience) -> dict[str, Findings]:
    """Return what each run of an audience found, in its world."""
    registry = standard_registry()
    content = steps.load(kit_folder(), Request(audience=audience), registry, None).content
    wanted = {
        spec.name: RunRequest(
            name=spec.name, demo=spec.demo, knobs=spec.knobs, data=content.data.get(spec.demo, {}), at=spec.at
        )
        for spec in runs_needed(content, audience, (), registry.names("demo"))
    }
    found, problems = run_demos(tuple(wanted.values()), registry, seed=0, cache=Path(kept))
    assert not problems
    return found


@pytest.fixture(params=kits.few_at_work())
def audience(request):
    return request.param


@pytest.fixture
def laid(audience, cache):
    return kits.laid_out(audience, kits.ALL, cache)[0]


@pytest.fixture
def blob(audience, cache):
    """The finished deck."""
    return kits.deck(audience, kits.ALL, "light", cache)


@pytest.fixture
def deck(audience, cache):
    """The finished deck, opened."""
    return kits.opened(audience, kits.ALL, "light", cache)


@pytest.fixture
def pages(audience, cache):
    """The words on each page of a printed file."""
    return lambda name: [words_on(text) for text in kits.pages(name, audience, kits.ALL, cache)]


@pytest.mark.parametrize("audience", kits.AUDIENCES)
def test_there_is_nothing_to_fix(audience, cache):
    _, problems = kits.laid_out(audience, kits.ALL, cache)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []


def test_the_finished_deck_passes_our_own_checks(audience, cache):
    assert [str(p) for p in kits.problems(audience, kits.ALL, "light", cache)] == []


@pytest.mark.parametrize(
    "audience", [name if name == "general" else pytest.param(name, marks=pytest.mark.slow) for name in kits.AUDIENCES]
)
def test_the_finished_deck_passes_an_independent_validator(audience, blob, tmp_path):
    from openxml_audit import OpenXmlValidator

    deck = tmp_path / "deck.pptx"
    deck.write_bytes(blob)
    assert OpenXmlValidator().validate(str(deck)).errors == []


def test_every_numbered_stage_has_its_section_with_a_native_chart_and_a_native_table(laid):
    for stage in laid.kit.stages:
        if stage.number is None:
            continue
        items = [type(item) for slide in laid.slides if slide.slide.stage == stage.id for item in slide.items]
        assert LaidChart in items, stage.id
        assert LaidTable in items, stage.id
    assert [s.number for s in laid.kit.stages if s.number] == list(range(1, STAGES + 1))


def test_every_native_chart_caches_the_demos_values(laid, deck, cache):
    compared = set()
    for slide, native in zip(laid.slides, deck.slides, strict=True):
        charts = [item for item in slide.items if isinstance(item, LaidChart)]
        shapes = [shape for shape in native.shapes if shape.has_chart]
        for item, shape in zip(charts, shapes, strict=True):
            run, _, name = item.shown.name.partition(".")
            source = item.shown.chart
            if run in findings(str(cache), laid.kit.audience):
                exhibit = findings(str(cache), laid.kit.audience)[run].exhibits[name]
                assert isinstance(exhibit, Chart)
                assert source.series == exhibit.series
                compared.add(item.shown.name)
            cached = read_chart(shape.chart.part.blob)
            for series in source.series:
                if source.kind is ChartKind.WATERFALL:  # bars on an invisible base: a step down is a bar of its height
                    heights = [abs(value) for value in series.values]
                    assert cached.find("bar").values == pytest.approx(heights), (slide.id, series.name)
                    continue
                if source.kind is ChartKind.SQUARES:  # a point for each thing, the larger ones in a series of their own
                    drawn = [one for one in cached.series if one.name in (series.name, f"{series.name} (2)")]
                    points = {place for one in drawn for place in zip(one.x, one.values, strict=True)}
                    marked = sum(source.series[1].values) if series is source.series[0] else 0
                    assert len(points) == sum(series.values) - marked, (slide.id, series.name)
                    continue
                written_series = cached.find(series.name)
                # a forest plot is a native scatter: its estimates are x values
                forest = source.kind is ChartKind.FOREST
                values = written_series.x if forest else written_series.values
                if (
                    item.resolved.chart.kind is ChartKind.DOTS
                ):  # one panel after the other, with empty cells before and between
                    values = tuple(value for value in values if value is not None)
                hundred = 100 if source.unit == "points" else 1  # cells hold percentage points, not shares
                shown = [
                    value if value is None else round(value / hundred, 10) for value in values[: len(series.values)]
                ]
                expected = [value if value is None else round(value, 10) for value in series.values]
                assert shown == expected, (slide.id, series.name)
                assert forest or written_series.x[: len(series.x)] == series.x, (slide.id, series.name)
    assert len(compared) >= STAGES


def test_every_native_table_shows_the_demos_cells(laid, deck, cache):
    shown, expected = defaultdict(list), {}
    for slide, native in zip(laid.slides, deck.slides, strict=True):
        tables = [item.table for item in slide.items if isinstance(item, LaidTable)]
        shapes = [shape for shape in native.shapes if shape.has_table]
        for table, shape in zip(tables, shapes, strict=True):
            run, _, name = table.name.partition(".")
            if not name:
                continue  # written in the Markdown, not by a demo
            exhibit = findings(str(cache), laid.kit.audience)[run].exhibits[name]
            assert isinstance(exhibit, Table)
            # a no-break space may hold the last words of a cell together
            heads, *rows = ([cell.text.replace(NO_BREAK, " ") for cell in row.cells] for row in shape.table.rows)
            assert heads == [column.name.replace(NO_BREAK, " ") for column in exhibit.columns], slide.id
            shown[table.name] += rows
            expected[table.name] = [
                [
                    show(cell, column.unit).replace(NO_BREAK, " ")
                    for cell, column in zip(row, exhibit.columns, strict=True)
                ]
                for row in exhibit.rows
            ]
    assert dict(shown) == expected
    assert len(expected) >= STAGES


@pytest.mark.parametrize(("audience", "minutes"), few_rows(PLANS, PLANS[0]))
def test_no_slides_are_alike_and_nothing_crosses_hides_is_small_or_stands_alone(audience, minutes, cache):
    told = {problem.code for problem in check_looks(kits.laid_out(audience, minutes, cache)[0])}
    assert told & {"alike", "hidden-interval", "crossing", "small-type", "stranded", "long"} == set()


def test_no_slide_has_more_words_than_a_room_can_read(laid):
    too_long = {
        slide.id: body_words(slide)
        for slide in laid.kit.slides
        if body_words(slide) > MOST_WORDS and slide.quiz != "answers" and not slide.works
    }
    assert too_long == {}


def test_no_text_is_below_its_smallest_size(laid):
    for slide in laid.slides:
        for item in slide.items:
            if isinstance(item, LaidText):
                floor = 12 if item.placeholder.role == "source" or slide.slide.works else 18
                assert item.size >= floor, (slide.id, item.placeholder.role)
            if isinstance(item, LaidTable):
                assert min(item.size, item.header_size) >= 18, slide.id


def test_titles_are_unique_and_every_slide_except_dividers_has_something_to_say(laid, deck):
    titles = Counter(slide.shapes.title.text_frame.text for slide in deck.slides)
    assert [title for title, count in titles.items() if count > 1] == []
    for slide in laid.kit.slides:
        if slide.layout not in ("cover", "section", "statement") and not slide.continued and not slide.works:
            assert {"say", "next"} <= {note.kind for note in slide.notes}, slide.id


def words_on(text):
    return "".join(text.split()).replace("-", "")


def texts(thing):
    """Yield every text of an exercise's blocks; the runs of one line are one text."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Line):
        yield "".join(run.text for run in thing.runs)
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from texts(part)
    elif isinstance(thing, Struct) and not isinstance(thing, At):
        for name in thing.__struct_fields__:
            yield from texts(getattr(thing, name))


@pytest.mark.parametrize("audience", kits.few_first())
def test_every_line_of_a_solution_is_in_the_key_and_none_is_on_the_sheet(laid, pages):
    home, booklet, answers = map(pages, ("home.pdf", "booklet.pdf", "answers.pdf"))
    assert (
        len(home) == 2 * len(laid.kit.sheets) == 2 * STAGES <= 2 * len(booklet)
    )  # a poll or a strip may have a page of its own
    assert (
        len(booklet) + 2 * STAGES <= len(answers) <= 2 * (len(booklet) + len(home))
    )  # the working may take pages of its own
    compared, key = 0, "".join(answers)
    for place, sheet in enumerate(laid.kit.sheets):
        assert words_on(sheet.id) in key
        assert len(sheet.exercises) >= 2
        for exercise in sheet.exercises:
            here = exercise in sheet.for_class
            front = "".join((*home[2 * place : 2 * place + 2], booklet[exercise.page - 1 if exercise.page else place]))
            asked = " ".join(words_on(text) for text in texts((exercise.task, exercise.hint)))
            for block in exercise.solution:
                for said in map(words_on, texts(block)):
                    if here and isinstance(block, Home):
                        assert len(said) < 8 or said not in key, (sheet.id, exercise.id)  # not asked, so not solved
                        continue
                    assert said in key, (sheet.id, exercise.id)
                    if len(said) >= 8 and said not in asked:  # "Card B" may be named anywhere
                        assert said not in front, (sheet.id, exercise.id, said)
                        compared += 1
    assert compared >= 10 * STAGES


@pytest.mark.broad
def test_on_letter_paper_too_a_key_has_one_page_for_each_side(cache):
    on_a4 = kits.laid_out("students", None, cache)[0]
    laid = replace(on_a4, kit=replace(on_a4.kit, paper="letter"))
    pages, wanted = (len(PdfReader(io.BytesIO(render_answers(one))).pages) for one in (laid, on_a4))
    assert pages == wanted > len(laid.kit.sheets) + len(class_pages(laid.kit))


@pytest.mark.parametrize("audience", kits.few_first())
def test_the_key_of_a_vote_says_that_no_letter_is_right(laid, pages):
    voted = [page.stage.title for page in class_pages(laid.kit) if page.vote is not None]
    said = [page for page in pages("answers.pdf") if words_on("No letter is right or wrong here") in page]
    assert len(said) == len(voted) > 0
    assert all(words_on(title) in page for title, page in zip(voted, said, strict=True))


@pytest.mark.parametrize("audience", kits.few_first())
def test_a_task_and_its_hint_are_on_one_page(laid, pages):
    home, booklet = map(pages, ("home.pdf", "booklet.pdf"))
    for place, sheet in enumerate(laid.kit.sheets):
        for exercise in sheet.exercises:
            here = exercise in sheet.for_class
            sides = booklet if here else home[2 * place : 2 * place + 2]
            if exercise.hint:
                begins = words_on(exercise.title)
                ends = re.findall(r"\w+", exercise.hint[-1].lines[-1].text)  # a fraction is read in another order
                on = [begins in side and all(words_on(word) in side for word in ends) for side in sides]
                assert any(on), (sheet.id, exercise.id)


@pytest.mark.parametrize("audience", kits.few_first())
def test_all_print_is_tagged_titled_and_in_the_kits_language(audience, cache):
    for name in ("booklet.pdf", "home.pdf", "answers.pdf", "facilitator.pdf"):
        reader = PdfReader(io.BytesIO(kits.file(name, audience, kits.ALL, cache)))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], name
        assert root["/Lang"].lower().startswith("en"), name
        assert reader.metadata.title, name


def test_the_map_leads_to_every_section_and_every_section_back(laid, blob):
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        number = next(slide.number for slide in laid.slides if slide.slide.layout == "map")
        relations = package.read(f"ppt/slides/_rels/slide{number}.xml.rels").decode()
        sections = [slide.number for slide in laid.slides if slide.slide.layout == "section"]
        for section in sections:
            assert f"slide{section}.xml" in relations
            back = package.read(f"ppt/slides/_rels/slide{section}.xml.rels").decode()
            assert f"slide{number}.xml" in back


def test_every_point_of_the_subject_has_a_slide_that_claims_it():
    assert [row.id for row in rows(kits.content()) if not row.slides] == []


def test_the_table_of_points_in_the_docs_is_the_one_that_the_command_prints():
    from workshop.check.coverage import as_markdown

    page = (Path(__file__).resolve().parents[2] / "docs" / "points.md").read_text("utf-8")
    assert as_markdown(kits.content()) in page


def test_every_cited_figure_names_author_version_and_scope():
    for work in kits.content().sources:
        assert work.who, work.key
        assert work.version, work.key
        assert work.scope, work.key
        assert "not verified" not in work.verified, work.key


def test_a_figure_that_was_to_be_checked_again_is_named_at_its_line_and_nothing_else_changes(cache, monkeypatch):
    def planned(day):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp())))
        kit, problems = plan(kit_folder(), Request(minutes=kits.ALL, cache=cache), standard_registry(), base=None)
        return kit, [problem for problem in problems if problem.code == "out-of-date"]

    now, told_now = planned("2026-11-29")
    then, told = planned("2028-01-01")
    dated = {work.key: work for work in kits.content().sources if work.valid_until}
    cited = {reference.key for reference in now.references} & set(dated)
    assert told_now == []
    assert {problem.at.line for problem in told} == {dated[key].at.line for key in cited}
    assert {"deepseek-r1", "metr-2026", "lindsey-2025"} <= cited
    assert then == now


def test_a_dated_figure_says_of_which_month_it_is(cache):
    laid, _ = kits.laid_out("general", kits.ALL, cache)
    scopes = {reference.key: reference.scope for reference in laid.kit.references}
    assert scopes["metr-2026"].endswith("; as of May 2026")
    assert "as of" not in scopes["dosovitskiy-2020"]


# ---------------------------------------------------------------- sources
@pytest.mark.parametrize("audience", kits.few_at_work())
def test_a_source_line_has_at_most_eight_words_and_the_notes_name_each_work_in_full(audience, cache):
    kit = kits.laid_out(audience, kits.ALL, cache)[0].kit
    works = {reference.key: reference for reference in kit.references}
    lined = [slide for slide in kit.slides if slide.source is not None]
    said = [slide.source.text.partition("explore.html")[0] for slide in lined]  # then comes where the page shows more
    assert [text for text in said if len(text.replace(" · ", " ").split()) > 8] == []
    for slide in lined:
        told = " ".join(line.text for note in slide.told("Sources") for line in note.prose.lines)
        assert slide.continued or all(works[key].work in told for key in slide.cites)


def test_the_last_slide_is_hidden_and_lists_each_work_that_is_cited_once(cache):
    laid, _ = kits.laid_out("general", 180, cache)
    last = laid.slides[-1]
    ((_, (listed,)),) = last.slide.slots
    works = laid.kit.works
    assert (last.slide.hidden, last.slide.title_text, last.slide.continued) == (True, "Sources", False)
    assert [line.text.split()[0] for line in listed.lines] == [work.who.split()[0] for work in works]
    assert len({work.work for work in works}) == len(works) > 10
