"""What the room needs on paper: how much of it, in which order, and that no line to write on has lost its question."""

import io

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from tests.contract import kits
from tests.render.print.measured import sizes_of
from tests.tiers import few
from workshop.model.blocks import ShownChart
from workshop.model.prints import LETTERS
from workshop.render.print.answer_keys import render_answers
from workshop.render.print.booklet import class_pages, has_cover, page_data, render_booklet
from workshop.render.print.figures import galley_for
from workshop.render.print.guide import render_facilitator
from workshop.render.print.handout import render_handout
from workshop.render.print.print_all import jobs, render_print_all
from workshop.render.print.print_list import print_rows
from workshop.render.print.sheets import render_sheets

NEAR = 75.0  # points, 26 mm: a question is at most this far above the first line for its answer
PITCH = 50.0  # points between lines of one answer, at most


@pytest.fixture(scope="module")
def general(cache):
    laid = kits.laid_out("general", None, cache)[0]
    return replace(laid, kit=replace(laid.kit, people=24), kept=cache / "print")


@pytest.mark.broad
@pytest.mark.long
def test_24_people_at_180_minutes_need_at_most_165_sheets_of_paper(general):
    assert (general.kit.people, general.kit.plan.slot) == (24, 180)
    rows, _ = print_rows(general, galley_for(general))
    counted = 0
    for job in jobs(general.kit):  # from the finished files
        pages = job.last or len(PdfReader(io.BytesIO(job.writer.render(general))).pages)
        sides = pages - job.first + 1
        counted += job.copies * (-(-sides // 2) if job.duplex else sides)
    assert counted == sum(row["total"] for row in rows) <= 165
    assert len(PdfReader(io.BytesIO(render_print_all(general))).pages) == 2 * counted
    assert {"booklet.pdf", "quiz.pdf", "ballots.pdf", "name-tag.pdf"} <= {
        job.writer.filename for job in jobs(general.kit)
    }


@pytest.mark.long
def test_the_guide_of_180_minutes_has_at_most_48_pages_and_no_type_below_nine_points(general):
    guide = render_facilitator(general)
    assert len(PdfReader(io.BytesIO(guide)).pages) <= 48
    assert min(size for size, _ in sizes_of(guide)) >= 9


@pytest.mark.long
def test_no_type_of_the_key_is_below_nine_points_and_each_bet_has_its_letter(general):
    pdf = render_answers(general)
    assert min(size for size, _ in sizes_of(pdf)) >= 9
    boxes = [
        box
        for page in class_pages(general.kit)
        for box in page_data(general, page, galley_for(general, key=True))["bets"]
    ]
    assert len(boxes) > 8
    assert all(box["right"] in LETTERS for box in boxes)


@pytest.mark.parametrize("audience", kits.few_at_work())
def test_a_booklet_fits_letter_paper_too(audience, cache):
    laid = kits.laid_out(audience, None, cache)[0]
    pdf = render_booklet(replace(laid, kit=replace(laid.kit, paper="letter"), kept=None))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == len(class_pages(laid.kit)) + has_cover(laid.kit)


@pytest.mark.parametrize("audience", kits.few_at_work())
def test_a_stage_of_a_plan_has_its_page_with_all_its_bets(audience, cache):
    kit = kits.laid_out(audience, None, cache)[0].kit
    pages = class_pages(kit)
    numbers = [page.stage.number for page in pages]
    assert sorted(set(numbers)) == [stage.number for stage in kit.stages if stage.number]
    assert numbers == sorted(numbers)
    bets = [slide.id for stage in kit.stages for slide in stage.slides if slide.layout == "predict" and not slide.quiz]
    assert [bet.id for page in pages for bet in page.bets] == [name for name in bets if name]
    assert all(page.tasks or page.vote or page.bets or page.polls or page.finishes for page in pages)


@pytest.mark.parametrize("audience", kits.few_at_work())
def test_at_home_everybody_reads_a_chart_in_five_stages_and_each_sheet_is_one_leaf_on_letter_too(audience, cache):
    laid = kits.laid_out(audience, None, cache)[0]
    read = {
        sheet.stage
        for sheet in laid.kit.sheets
        if any(isinstance(block, ShownChart) for _, exercise in sheet.for_home for block in exercise.task)
    }
    assert read >= {"training-data", "pretraining", "alignment", "evals", "limits"}
    for paper in ("a4", "letter"):
        on_paper = replace(laid, kit=replace(laid.kit, paper=paper), kept=None)
        assert len(PdfReader(io.BytesIO(render_sheets(on_paper, home=True))).pages) == 2 * len(laid.kit.sheets)


@pytest.mark.long
@pytest.mark.parametrize("make", few((render_booklet, render_sheets, render_handout), render_booklet))
def test_no_line_to_write_on_stands_without_its_question(make, general):
    seen = 0
    for number, page in enumerate(PdfReader(io.BytesIO(make(general))).pages, start=1):
        texts, lines = drawn(page)
        for line in answer_lines(lines):
            seen += 1
            assert any(line < text < line + NEAR for text in texts), f"{make.__name__}, page {number}"
    assert seen > 2


def drawn(page):
    """The heights of texts and of long horizontal strokes on a page, in points from its foot."""
    texts, strokes, path = [], [], []

    def operand(operator, args, cm, tm):
        if operator in (b"Tj", b"TJ"):
            texts.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
        elif operator in (b"m", b"l"):
            path.append([float(value) for value in args])
        elif operator == b"S" and len(path) == 2:  # one line, not the edge of a box
            (x, y), (right, end) = path
            if abs(y - end) < 0.1 and abs(right - x) * abs(cm[0]) > 200:
                strokes.append(y * cm[3] + cm[5])
        if operator in (b"S", b"s", b"f", b"n", b"B", b"h"):
            path.clear()

    page.extract_text(visitor_operand_before=operand)
    return texts, strokes


def answer_lines(strokes):
    """The first line of each group of lines."""
    ordered = sorted(strokes, reverse=True)
    return [y for before, y in zip([10_000.0, *ordered], ordered, strict=False) if before - y > PITCH]
