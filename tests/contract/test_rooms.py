"""Tests that decks and guides for rooms without paper don't speak of any, and that guides speak to the size of a room."""

import re
from io import BytesIO

import pytest
from msgspec.structs import replace
from pptx import Presentation
from pypdf import PdfReader

from tests.contract import kits
from tests.tiers import few
from workshop.ai_models.register import kit_folder
from workshop.build import prepare
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.model.blocks import Panel, ShownTable, plain
from workshop.model.request import Request
from workshop.model.rooms import BOTH, NO_PRINTER, PHONES, REMOTE
from workshop.plugins.registry import standard_registry
from workshop.render.print.figures import galley_for
from workshop.render.print.guide_start import start_data
from workshop.render.writing import render
from workshop.steps import files_of

PAPER = re.compile(r"booklet(?! can also be sent by mail)|ballots\.pdf|quiz\.pdf|, cut\b|name tag", re.IGNORECASE)


@pytest.fixture(scope="module")
def made(cache):
    """Return a room's kit and its files, each made once."""
    kept = {}

    def make(room):
        if room not in kept:
            request = Request(
                audience="general",
                room=room,
                cache=cache,
                only=("deck", "facilitator", "polls")[: 2 + (room == REMOTE)],
            )
            laid, problems = prepare(kit_folder(), request, standard_registry(), base=None)
            assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
            kept[room] = laid, render(laid, request, standard_registry())
        return kept[room]

    return make


@pytest.fixture(params=few((NO_PRINTER, PHONES, REMOTE), NO_PRINTER))
def room(request):
    return request.param


def words_of(deck):
    for slide in Presentation(BytesIO(deck)).slides:
        yield from (shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        yield slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


@pytest.mark.broad
def test_the_deck_is_sound_and_each_part_of_a_task_has_a_title_of_its_own(room, made):
    _, files = made(room)
    assert [str(problem) for problem in check_package(files["deck.pptx"])] == []


@pytest.mark.broad
def test_whoever_has_no_die_finds_the_digits_under_what_to_do_with_them(made):
    laid, files = made(NO_PRINTER)
    (task,) = (task for sheet in laid.kit.sheets for task in sheet.exercises if task.id == "train-table")
    (given,) = (block for block in task.task if isinstance(block, Panel) and isinstance(block.blocks[0], ShownTable))
    digits = {plain(cell) for cell in given.blocks[0].rows[0]}
    tables = {
        frozenset(cell.text for row in shape.table.rows for cell in row.cells): slide
        for slide in Presentation(BytesIO(files["deck.pptx"])).slides
        for shape in slide.shapes
        if shape.has_table
    }
    (slide,) = (slide for cells, slide in tables.items() if digits <= cells)
    assert any(given.title in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.broad
def test_neither_deck_nor_guide_speaks_of_paper_that_nobody_has(room, made):
    _, files = made(room)
    guide = " ".join(page.extract_text() for page in PdfReader(BytesIO(files["facilitator.pdf"])).pages)
    for text in (" ".join(words_of(files["deck.pptx"])), " ".join(guide.split())):
        assert [text[max(0, m.start() - 60) : m.end() + 20] for m in PAPER.finditer(text)] == []


def test_only_what_needs_no_printer_is_made(room, made):
    files = files_of(made(room)[0].kit, standard_registry())
    expected = {"deck.pptx", "facilitator.pdf", "answers.pdf", "explore.html"}
    assert files == expected | ({"polls.csv"} if room == REMOTE else set())


def test_tasks_rounds_and_quiz_are_on_slides(room, made):
    kit = made(room)[0].kit
    shown = [slide.id for slide in kit.slides if not slide.hidden]
    more = () if room == PHONES else range(2, 7)  # phones have the rounds
    assert [name for name in shown if name.startswith("round-one")] == ["round-one", *(f"round-one-{n}" for n in more)]
    tasks = [slide.id for slide in kit.slides if slide.task and not slide.hidden]
    assert tasks
    assert all(f"{name}-task-1" in shown for name in tasks)
    asked = [name for name in shown if name.startswith("pre-quiz-")]
    assert len(asked) == (len(kit.quiz) if room == NO_PRINTER else 0)


@pytest.mark.broad
def test_a_call_has_a_poll_for_each_question_bet_and_round(made):
    laid, files = made(REMOTE)
    names = [line.partition(",")[0] for line in files["polls.csv"].decode().splitlines()[1:]]
    bets = [s.id for s in laid.kit.slides if s.layout == "predict" and not s.hidden]
    quiz = [f"{when}-{question.number}" for when in ("before", "after") for question in laid.kit.quiz]
    tries = [s.id for s in laid.kit.slides if s.layout == "poll" and not s.hidden and not s.each]
    assert sorted(names) == sorted((*bets, *tries, *quiz, *(f"round-{n}" for n in range(1, 7))))


TAPPED = {
    PHONES: ("Tap the letter of the better one, alone", "You need your phone"),
    BOTH: ("Circle or tap the better one, alone", "your phone, or the quiz, side BEFORE, and a pencil"),
}


@pytest.mark.broad
@pytest.mark.parametrize("room", TAPPED)
def test_a_deck_for_phones_says_tap_where_another_says_circle_and_asks_for_no_pencil_in_the_quiz(room, made):
    _, files = made(room)
    words = " ".join(" ".join(words_of(files["deck.pptx"])).split())
    vote, needs = TAPPED[room]
    assert vote in words
    assert needs in words
    assert "Circle the better one" not in words
    assert ("the quiz, side BEFORE, a pencil" in words, "Answer the poll" in words) == (False, False)


@pytest.mark.broad
def test_the_slide_on_which_hands_are_counted_shows_the_counts_once_they_are_known(cache, tmp_path):
    votes = tmp_path / "ballots.txt"
    votes.write_text("1 14 9\n2 10 13\n3 20 3\n4 11 12\n5 7 16\n6 18 5\n")
    for audience in ("general", "engineers"):
        request = Request(audience=audience, minutes=180, votes=votes, cache=cache, only=("deck",))
        laid, _ = prepare(kit_folder(), request, standard_registry(), base=None)
        deck = Presentation(BytesIO(render(laid, request, standard_registry())["deck.pptx"]))
        shown = [one.number for one in laid.slides if one.slide.id == "hands-count"]
        cells = [
            [cell.text for cell in row.cells][1:]
            for number in shown
            for shape in deck.slides[number - 1].shapes
            if shape.has_table and len(shape.table.rows) == 7 and len(shape.table.columns) == 3
            for row in list(shape.table.rows)[1:]
        ]
        assert cells == [["14", "9"], ["10", "13"], ["20", "3"], ["11", "12"], ["7", "16"], ["18", "5"]], audience


def test_the_guide_speaks_to_the_size_of_the_room(cache):
    laid = kits.laid_out("general", 45, cache)[0]
    said = set()
    for people in (8, 20, 120):
        sized = replace(laid, kit=replace(laid.kit, people=people))
        said.add(" ".join(start_data(sized, galley_for(sized))["lists"][2]["items"]))
    assert len(said) == 3
