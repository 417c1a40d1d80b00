import pytest
from msgspec.structs import replace

from workshop.constructs.answer_divs import Home
from workshop.model.blocks import Line, Prose, Run
from workshop.model.kit import Slide
from workshop.model.printing import Printing
from workshop.render.print.booklet import BOOKLET, class_pages, page_data, render_booklet
from workshop.render.print.figures import galley_for
from workshop.render.print.print_list import print_list_data
from workshop.render.print.sheets import HOME, SHEETS, render_sheets

from . import kits


def class_task(title="In class"):
    later = Home("", (kits.say("And the other half at home."),))
    return replace(
        kits.explain_exercise(), id="here", title=title, booklet=True, task=(kits.say("Only this half."), later)
    )


def bet(stage, number):
    options = Prose(tuple(Line((Run(text),), marker="bullet", right=text == "Fewer") for text in ("More", "Fewer")))
    return Slide(
        id=f"bet-{stage}-{number}",
        layout="predict",
        title=(Run(f"How many, {number}?"),),
        slots=(("options", (options,)),),
        stage=f"stage-{stage}",
        bet=f"Bet {stage}-{number}",
    )


def classed(**changes):
    sheets = tuple(
        replace(
            kits.sheet(n, kits.bits_exercise(), class_task()),
            gap=f"Stage {n} says",
            finish="that all is well.",
            in_class=("here",),
        )
        for n in (1, 2)
    )
    stages = tuple(replace(kits.stage(n, f"Stage {n}"), slides=(bet(n, 1), bet(n, 2))) for n in (1, 2))
    return kits.kit(sheets=sheets, stages=stages, people=24, **changes)


def pages_of(read, kit):
    return [" ".join(page.extract_text().split()) for page in read(render_booklet(kits.laid(kit))).pages]


def test_a_page_per_stage_has_the_bets_one_short_task_and_a_sentence_to_finish(read):
    pages = pages_of(read, classed())
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number}" in page
        assert page.count("right?") == 2
        assert f"Bet {number}-1" in page
        assert f"Bet {number}-2" in page
        assert "In class" in page
        assert "Only this half." in page
        assert f"Stage {number} says …" in page
        assert "that all is well" not in page
        assert "the other half" not in page


def test_the_key_has_the_right_letter_in_each_box():
    laid = kits.laid(classed())
    page = class_pages(laid.kit)[0]
    boxes = [page_data(laid, page, galley_for(laid, key=key))["bets"] for key in (False, True)]
    assert [[box["right"] for box in row] for row in boxes] == [["", ""], ["B", "B"]]
    assert [box["name"] for box in boxes[0]] == ["Bet 1-1", "Bet 1-2"]


def test_a_booklet_of_odd_pages_has_a_cover_that_takes_no_more_paper_and_another_one_if_asked_for(read):
    even = classed()
    odd = replace(even, stages=even.stages[:1], sheets=even.sheets[:1])
    asked = replace(even, printing=Printing(cover=True))
    pages = pages_of(read, odd)
    assert len(pages) == 2
    assert pages[0].startswith("CLASS BOOKLET How AI models are made")
    assert "Name number" in pages[0]
    assert "Name" not in pages[1]
    assert [len(pages_of(read, kit)) for kit in (even, asked)] == [2, 3]
    for kit, leaves in ((even, 1), (odd, 1), (asked, 2)):
        (row,) = [
            row for row in print_list_data(kits.laid(kit), kits.galley())["always"] if row["file"] == "booklet.pdf"
        ]
        assert row["total"] == 24 * leaves


@pytest.mark.parametrize(
    "title", ["What a model reads before it can say anything at all", "Round and round and round it goes again"]
)
def test_no_line_of_a_heading_is_left_with_one_word(read, title):
    kit = classed()
    kit = replace(kit, stages=tuple(replace(stage, title=title) for stage in kit.stages))
    lines = {}

    def visit(text, cm, tm, _font, size):
        if text.strip() and abs(size * cm[3] * tm[3]) > 25:
            lines.setdefault(round(tm[5] * cm[3] + cm[5]), []).append(text.strip())

    read(render_booklet(kits.laid(kit))).pages[0].extract_text(visitor_text=visit)
    told = [" ".join(words) for words in lines.values() if "".join(words) not in "12"]
    assert " ".join(told) == title
    assert len(told) > 1
    assert min(map(len, told)) > 0.7 * max(map(len, told))


def test_the_tasks_of_the_booklet_are_not_on_the_sheets_for_home_whose_tasks_are_numbered_from_1(words_of):
    kit = classed()
    first, *rest = kit.sheets
    kit = replace(kit, sheets=(replace(first, exercises=first.exercises[::-1]), *rest))
    home, full = (words_of(render_sheets(kits.laid(kit), home=home)) for home in (True, False))
    assert "In class" not in home
    assert "In class" in full
    assert "From counts to a guess" in home
    assert "1 From counts to a guess 6 min" in home
    assert "Page 1 In class 4 min" in full
    assert "Done in class: Page 1 of the booklet." in home
    assert "Done in class" not in full
    assert [number for number, _ in kit.sheets[0].numbered] == [0, 1]


def test_a_kit_with_class_tasks_makes_booklet_and_home_sheets_by_default_another_one_its_sheets():
    assert [writer.is_due(classed()) for writer in (BOOKLET, HOME, SHEETS)] == [True, True, False]
    plain = kits.kit()
    assert [writer.is_due(plain) for writer in (BOOKLET, HOME, SHEETS)] == [False, False, True]
    assert BOOKLET.missing(plain) == "tasks for the class"
    assert class_pages(plain) == ()


def test_the_print_list_counts_the_booklet_and_not_the_sheets_for_home():
    data = print_list_data(kits.laid(classed()), kits.galley())
    totals = {row["file"]: row["total"] for row in data["always"]}
    assert totals["booklet.pdf"] == 24
    assert totals["home.pdf"] == 0
    assert "sheets.pdf" not in totals


def test_a_sheet_opens_with_the_bet_of_its_stage_word_for_word(words_of):
    words = words_of(render_sheets(kits.laid(classed()), home=True))
    assert "Bet before you count How many, 1? A More B Fewer Now see" in words


def test_hints_can_be_left_out_and_a_key_put_in(words_of):
    task = replace(kits.count_exercise(), booklet=False)
    kit = kits.kit(sheets=(kits.sheet(2, task),))
    assert "No tally? Write 0." in words_of(render_sheets(kits.laid(kit)))
    alone = replace(kit, printing=Printing(hints=False, solutions=True))
    words = words_of(render_sheets(kits.laid(alone)))
    assert "No tally? Write 0." not in words
    assert "31 for mat" in words
