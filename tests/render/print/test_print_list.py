import math

from msgspec.structs import replace

from workshop.model.check_letters import checked
from workshop.render.print.guide import render_facilitator
from workshop.render.print.handout import handout_pages
from workshop.render.print.print_list import print_list_data

from . import kits
from .test_ballot_sheets import ballots
from .test_cards import deck
from .test_quiz import question


def listed(**changes):
    return print_list_data(kits.laid(kits.kit(**changes)), kits.galley())


def totals(rows):
    return {name: sum(row["total"] for row in rows if row["file"] == name) for name in (row["file"] for row in rows)}


def test_sheets_are_counted_for_every_person():
    data = listed(people=24)
    assert totals(data["always"])["sheets.pdf"] == 24 * 8
    assert (data["person"], data["total"]) == ("8", "192")


def test_ballots_count_one_page_per_table_and_one_ballot_per_person():
    assert checked(4, 1) == "01E"
    assert totals(listed(people=20, ballots=ballots(20))["always"])["ballots.pdf"] == 5 + 3


def test_what_is_made_on_request_is_added_up_apart():
    data = listed(people=20, decks=(deck(10),), quiz=(question(1),))
    handout = math.ceil(handout_pages(kits.kit()) / 2)
    assert totals(data["asked"]) == {
        "name-tag.pdf": 10,
        "cards.pdf": 10,
        "quiz.pdf": 20,
        "quiz-key.pdf": 0,
        "handout.pdf": handout,
        "feedback.pdf": 20,
        "certificate.pdf": 20,
    }
    assert data["total_all"] == str(160 + 10 + 10 + 20 + handout + 20 + 20)


def test_material_is_listed_once_with_its_stages_and_our_sheets_are_left_out():
    bring = {row["what"]: row["where"] for row in listed(decks=(deck(3),), people=20)["bring"]}
    assert bring["pencils"] == "1–8"
    assert bring["scissors, one pair: you cut beforehand"] == "before it begins"
    assert not any("S1" in what for what in bring)


def test_the_guide_has_the_list_and_ends_with_access_and_licence(read):
    pages = [" ".join(page.extract_text().split()) for page in read(render_facilitator(kits.laid(kits.kit()))).pages]
    assert "Print list" in pages[2]
    assert "CC BY 4.0" in pages[-1]
    assert "PDF/UA-1" in pages[-1]


def test_no_licence_no_sentence_about_one(words_of):
    words = words_of(render_facilitator(kits.laid(kits.kit(licence="", author=""))))
    assert "To name the authors" not in words
    assert "PDF/UA-1" in words


def test_ballots_are_listed_page_by_page_and_the_sum_follows_from_what_is_shown():
    rows = [row for row in listed(people=30, ballots=ballots(30))["always"] if row["file"] == "ballots.pdf"]
    assert [(r["pages"], r["copies"], r["leaves"], r["shown"]) for r in rows] == [
        ("1", "8", "1", "8"),
        ("2–5", "1", "4", "4"),
        ("from 6", "1", "", ""),
    ]
    assert [r["cut"] for r in rows] == [False, True, False]
    assert listed(people=30)["tables"] == 8


def test_a_file_that_the_material_names_is_made_by_this_build():
    stage = replace(kits.stage(1, "Only"), material=("quiz.pdf, the sheet BEFORE", "sheet S1", "pencils"))
    data = listed(stages=(stage,), quiz=(question(1),), people=20)
    assert totals(data["always"])["quiz.pdf"] == 20
    assert "quiz-key.pdf" in totals(data["always"])
    assert "quiz.pdf" not in totals(data["asked"])
    assert [row["what"] for row in data["order"]] == ["quiz.pdf, the sheet BEFORE; sheet S1"]


def test_what_is_handed_out_is_in_the_order_of_the_day():
    order = listed()["order"]
    assert [row["what"] for row in order] == [f"sheet S{n}" for n in range(1, 9)]
    assert order[0]["clock"] == "09:30"


def test_a_sheet_is_handed_out_even_if_no_material_names_it():
    stage = replace(kits.stage(2, "Only"), material=())
    assert [row["what"] for row in listed(stages=(stage,))["order"]] == ["S2-07Y"]


def test_the_list_says_which_sheets_are_for_class_and_which_go_home():
    sheets = tuple(
        replace(sheet, in_class=("count",)) if sheet.number in (2, 5) else sheet for sheet in kits.kit().sheets
    )
    (row,) = [row for row in listed(sheets=sheets)["always"] if row["file"] == "sheets.pdf"]
    assert row["how"].endswith("S2 and S5 for class; the rest go home, and can be left unprinted")
    (plain,) = [row for row in listed()["always"] if row["file"] == "sheets.pdf"]
    assert "home" not in plain["how"]


def test_a_sheet_that_no_slide_works_on_is_handed_out_to_take_home():
    stage = kits.stage(2, "Only")
    planned = replace(stage, material=(), slides=(replace(stage.slides[0], moment="m"), *stage.slides[1:]))
    assert [row["what"] for row in listed(stages=(planned,))["order"]] == ["S2-07Y, to take home"]


def test_the_list_says_so_if_the_plan_works_on_no_sheet_in_class():
    stage = kits.stage(2, "Only")
    planned = replace(stage, slides=(replace(stage.slides[0], moment="m"), *stage.slides[1:]))
    (row,) = [row for row in listed(stages=(planned,))["always"] if row["file"] == "sheets.pdf"]
    assert row["how"].endswith("none is needed in class; they go home, and can be left unprinted")
