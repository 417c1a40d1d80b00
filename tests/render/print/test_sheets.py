import math
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.tiers import few
from workshop.ai_models.parts.scales import lookup
from workshop.constructs.answer_divs import Lookup
from workshop.constructs.boxes import Given
from workshop.errors import At, Problems
from workshop.model.blocks import AnswerLines, Choices, Prose, Run, ShownPicture
from workshop.model.kit import Exercise
from workshop.render.print.sheets import SHEETS, render_sheets, sheets_data

from . import kits

A4, LETTER = (595, 842), (612, 792)
ROOT = Path(__file__).parents[3]


def exercise(*task, hint=(), solution=(), **changes):
    wanted = {"title": "Try it", "minutes": 3, "calculator": False, "at": At("exercises/02.md", 7)} | changes
    return Exercise(id="try", level=1, task=task, hint=hint, solution=solution, **wanted)


def one(*exercises, **changes):
    return kits.laid(kits.kit(sheets=(kits.sheet(2, *exercises),), **changes))


def test_every_sheet_is_one_leaf_that_begins_on_an_odd_page(read):
    pdf = read(render_sheets(kits.laid(kits.kit())))
    starts = [n for n, page in enumerate(pdf.pages, start=1) if "Guess the next word" in page.extract_text()]
    assert starts == [1, 3, 5, 7, 9, 11, 13, 15]


def test_a_sheet_of_one_page_is_padded_to_a_leaf(read):
    short = (kits.sheet(1, kits.bet_exercise()), kits.sheet(2, kits.bet_exercise()))
    pdf = read(render_sheets(kits.laid(kits.kit(sheets=short))))
    assert len(pdf.pages) == 3
    assert "S2-07Y" in pdf.pages[2].extract_text()


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_the_paper_is_the_kits(read, paper, size):
    page = read(render_sheets(one(paper=paper))).pages[0]
    assert (math.floor(float(page.mediabox.width)), math.ceil(float(page.mediabox.height))) == size


def test_a_fraction_is_set_one_part_above_the_other_and_read_out_as_written(read, tags_of):
    task = kits.say("(votes + 1) / (all + 2)", fraction=True)
    printed = render_sheets(one(exercise(task)))
    height = {}
    read(printed).pages[0].extract_text(
        visitor_text=lambda text, page, line, *_: height.setdefault(text.strip(), page[5] + page[3] * line[5])
    )
    assert abs(height["votes + 1"] - height["all + 2"]) > 8
    assert ("/Formula", "(votes + 1) / (all + 2)") in tags_of(printed)


def test_the_head_holds_kicker_title_aim_and_the_sheets_code(words_of):
    words = words_of(render_sheets(one()))
    for part in (
        "HOW AI MODELS ARE MADE · PRETRAINING",
        "Guess the next word",
        "You are the model.",
        "Name",
        "Date",
        "S2-07Y",
        "20 MIN",
        "no calculator needed",
        "page 1 of 2",
        "CC BY 4.0",
    ):
        assert part in words, part


@pytest.mark.long
def test_answers_stay_out_of_the_sheets(words_of):
    words = words_of(render_sheets(kits.laid(kits.kit())))
    for secret in ("27", "1.28 bits", "2.07 bits", "mat is the best one", "31 for mat"):
        assert secret not in words, secret


def test_typst_does_not_get_the_right_choice():
    options = ((Run("mat"),), (Run("rug"),))
    made = one(exercise(Choices(options, (0,))))
    galley = kits.galley()
    task = sheets_data(made, galley)["sheets"][0]["tasks"][0]
    assert task["blocks"][0]["right"] == []


def test_the_document_is_tagged_named_and_in_its_language(read, tags_of):
    raw = render_sheets(kits.laid(kits.kit()))
    pdf = read(raw)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert pdf.metadata.title == "Exercise sheets: How AI models are made"
    assert pdf.metadata.author == "The community garden"
    assert b"pdfuaid" in raw
    roles = [role for role, _ in tags_of(raw)]
    assert roles.count("/H1") == 8
    assert roles.count("/TH") == 8 * 7
    assert {"/Table", "/L", "/Figure"} <= set(roles)
    assert ("/Figure", "Surprise falls round by round") in tags_of(raw)


def test_a_chart_that_is_on_every_sheet_is_drawn_once():
    galley = kits.galley()
    sheets_data(kits.laid(kits.kit()), galley)
    assert list(galley.files) == ["chart-1.svg"]


def test_a_chart_is_printed_with_its_values_and_names(words_of):
    words = words_of(render_sheets(one(kits.chart_exercise())))
    for text in ("4.00", "1.93", "before"):
        assert text in words, text


def dots(pdf, read):
    return [page.extract_text().count("Room to work") for page in read(pdf).pages]


def test_dots_to_work_on_are_only_under_a_task_that_asks_for_working(read):
    marked = exercise(kits.say("Mark it."), solution=(kits.say("The second."),))
    worked = exercise(kits.say("Add it up."), solution=(kits.say("1 + 1 = 2"),))
    reckoned = exercise(kits.say("Reckon."), calculator=True)
    found = [dots(render_sheets(one(marked, last)), read) for last in (marked, worked, reckoned)]
    assert found == [[0], [1], [1]]
    assert dots(render_sheets(one(worked, marked)), read) == [0]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_top_margin_is_16_mm_however_closely_a_sheet_is_set(read, paper):
    for lines in (1, 8):
        tasks = (exercise(kits.say(f"Begin{n}"), AnswerLines(lines), kits.say(f"End{n}")) for n in range(4))
        page = read(render_sheets(kits.laid(kits.kit(sheets=(kits.sheet(2, *tasks),), paper=paper)))).pages[0]
        tops = []
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size, tops=tops: (
                tops.append(tm[5] * cm[3] + cm[5] + 0.76 * size) if "HOW AI" in text else None
            )
        )
        assert 15.5 < (float(page.mediabox.height) - max(tops)) * 25.4 / 72 < 18.5


def test_a_sheet_of_three_pages_is_a_problem_at_its_place():
    many = [exercise(AnswerLines(10), title=f"Task {n}") for n in range(7)]
    with pytest.raises(Problems) as caught:
        render_sheets(one(*many))
    (problem,) = caught.value.problems
    assert str(problem.at) == "exercises/02-pretraining.md:1"
    assert re.search(r"needs [34] pages, and a leaf has 2", problem.message)
    assert "answer lines" in problem.hint


def pages_with(read, made, *words):
    """Return the page on which each of the words appears."""
    pages = [page.extract_text() for page in read(render_sheets(made)).pages]
    return [next(number for number, text in enumerate(pages, start=1) if word in text) for word in words]


@pytest.mark.parametrize("lines", few(range(5, 9), 7))
def test_a_task_stays_on_one_page_while_its_sheet_can_be_set_closer(read, lines):
    tasks = (exercise(kits.say(f"Begin{n}"), AnswerLines(lines), kits.say(f"End{n}")) for n in range(4))
    made = kits.laid(kits.kit(sheets=(kits.sheet(2, *tasks),)))
    for n in range(4):
        one, other = pages_with(read, made, f"Begin{n}", f"End{n}")
        assert one == other


def test_a_task_that_must_break_keeps_its_hint_with_its_last_question(read):
    def task(n):
        asked = (kits.say("Write."), AnswerLines(5), AnswerLines(5), kits.say(f"Last{n}"))
        return exercise(*asked, hint=(kits.say(f"Help{n}"),))

    made = kits.laid(kits.kit(sheets=(kits.sheet(2, *(task(n) for n in range(4)), toy=""),)))
    for n in range(4):
        asked, helped = pages_with(read, made, f"Last{n}", f"Help{n}")
        assert asked == helped


def test_a_sheet_says_which_task_is_done_in_class(words_of):
    tasks = tuple(exercise(kits.say("a"), minutes=n + 3, title=f"Task {n}") for n in range(3))
    tasks = tuple(replace(task, id=f"t{n}") for n, task in enumerate(tasks))

    def head(*in_class):
        asked = replace(kits.sheet(2, *tasks), in_class=in_class)
        return words_of(render_sheets(kits.laid(kits.kit(sheets=(asked,)))))

    assert head("t1").count("in class") == 1
    assert "Task 1 4 min · no calculator needed · in class" in head("t1")
    assert head("t0", "t2").count("in class") == 2
    assert "in class" not in head()


def test_a_sheet_a_little_too_long_lets_its_tasks_break_before_it_complains(read):
    task = (kits.say("Write."), AnswerLines(3), AnswerLines(3), AnswerLines(3))
    many = kits.sheet(2, *(exercise(*task, title=f"Task {n}") for n in range(4)), toy="")
    assert len(read(render_sheets(kits.laid(kits.kit(sheets=(many,))))).pages) == 2


@pytest.mark.parametrize(
    "text", ["#panic()", "$x$ \\ <label> @key", "*bold* _it_ `raw`", "= head", "- a // b /* c */", "~ --- ..."]
)
def test_markup_of_typst_is_only_text(words_of, text):
    made = one(exercise(kits.say(text), title=text))
    assert words_of(render_sheets(made)).count(" ".join(text.split())) == 2


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_text_is_printed_or_reported(text):
    made = one(exercise(kits.say(text), title=text))
    galley = kits.galley()
    sheets_data(made, galley)
    if galley.report.errors:
        assert {p.code for p in galley.report.errors} == {"unprintable"}
    else:
        assert render_sheets(made).startswith(b"%PDF")


def test_a_letter_that_no_font_has_is_a_problem_at_its_line():
    with pytest.raises(Problems) as caught:
        render_sheets(one(exercise(kits.say("the word 中"))))
    (problem,) = caught.value.problems
    assert problem.at == At("exercises/02.md", 7)
    assert "'中'" in problem.message


def test_a_symbol_that_no_font_has_is_named(words_of):
    assert "off [rocket]" in words_of(render_sheets(one(exercise(kits.say("off 🚀")))))


def test_a_table_that_no_page_can_hold_is_a_problem_with_its_place():
    wide = kits.table(tuple("?" * 14), head=tuple(f"Extraordinarily{n}" for n in range(14)))
    with pytest.raises(Problems) as caught:
        render_sheets(one(exercise(wide)))
    assert "exercises/02.md:20" in str(caught.value)
    assert "fewer columns" in str(caught.value)


def test_a_file_that_is_not_a_picture_is_a_problem_without_a_traceback(tmp_path):
    (tmp_path / "photo.png").write_bytes(b"not a picture")
    picture = ShownPicture(path=tmp_path / "photo.png", alt="A shed", at=At("exercises/02.md", 9))
    with pytest.raises(Problems, match=r"the picture can't be shown: it isn't PNG, JPEG, GIF, WebP or SVG") as caught:
        render_sheets(one(exercise(picture)))
    assert "exercises/02.md:9" in str(caught.value)


def test_a_missing_picture_file_is_a_problem_at_its_line(tmp_path):
    picture = ShownPicture(path=tmp_path / "gone.png", alt="A shed", at=At("exercises/02.md", 9))
    with pytest.raises(Problems) as caught:
        render_sheets(one(exercise(picture)))
    assert caught.value.problems[0].at == At("exercises/02.md", 9)


@pytest.mark.long
def test_twelve_stages_and_long_titles_fit(read, words_of):
    titles = tuple(f"Verstärkendes Lernen mit menschlichen Rückmeldungen {n}" for n in range(1, 13))
    pdf = render_sheets(kits.laid(kits.kit(titles, language="de-DE")))
    assert len(read(pdf).pages) == 24
    assert "VERSTÄRKENDES LERNEN MIT MENSCHLICHEN RÜCKMELDUNGEN 12" in words_of(pdf)


def test_a_kit_without_numbered_stages_has_no_tab(words_of):
    assert "Guess the next word" in words_of(render_sheets(one(marks=())))


def test_empty_parts_leave_no_trace(words_of):
    bare = kits.sheet(2, exercise(Prose(()), Given("", ()), minutes=0), aim="", toy="")
    words = words_of(render_sheets(kits.laid(kits.kit(sheets=(bare,), licence="", author=""))))
    assert "Where the toy stops" not in words
    assert "0 min" not in words


def test_calculators_are_named_task_by_task_where_tasks_differ(words_of):
    made = one(exercise(kits.say("a"), calculator=True), exercise(kits.say("b")))
    words = words_of(render_sheets(made))
    assert "3 min · calculator allowed" in words
    assert "3 min · no calculator needed" in words


def test_a_table_to_look_values_up_in_is_printed_where_it_is_asked_for(words_of):
    made = one(exercise(Lookup("", (), scale=lookup())))
    assert words_of(render_sheets(made)).count("Surprise in bits for every chance") == 1


def test_a_dark_deck_prints_on_white(read):
    assert len(read(render_sheets(kits.laid(kits.kit(), dark=True))).pages) == 16


def test_the_writer_has_nothing_to_do_without_sheets():
    assert SHEETS.needs_sheets
    assert SHEETS.filename == "sheets.pdf"
