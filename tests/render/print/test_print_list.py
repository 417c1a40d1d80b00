from workshop.plan.codes import checked
from workshop.render.print.blocks import Galley
from workshop.render.print.facilitator import render_facilitator
from workshop.render.print.print_list import print_list_data

from . import kits
from .test_ballots import ballots
from .test_cards import deck
from .test_quiz import question


def listed(**changes):
    return print_list_data(kits.laid(kits.kit(**changes)), Galley("en", kits.drawn))


def totals(rows):
    return {row["file"]: row["total"] for row in rows}


def test_sheets_are_counted_for_every_person():
    data = listed(people=24)
    assert totals(data["always"])["sheets.pdf"] == 24 * 8
    assert (data["person"], data["total"]) == ("8", "192")


def test_ballots_count_a_page_a_table_a_ballot_a_person_and_a_tally():
    assert checked(4, 1) == "01E"
    assert totals(listed(people=20, ballots=ballots(20))["always"])["ballots.pdf"] == 7 + 3 + 1


def test_what_is_made_on_request_is_added_up_apart():
    data = listed(people=20, decks=(deck(10),), quiz=(question(1),))
    assert totals(data["asked"]) == {
        "cards.pdf": 10,
        "quiz.pdf": 40,
        "quiz-key.pdf": 0,
        "handout.pdf": 80,
        "feedback.pdf": 20,
        "certificate.pdf": 20,
    }
    assert data["total_all"] == str(160 + 10 + 40 + 80 + 20 + 20)


def test_material_stands_once_with_its_stages_and_our_sheets_are_left_out():
    bring = {row["what"]: row["where"] for row in listed(decks=(deck(3),), people=20)["bring"]}
    assert bring["pencils"] == "1, 2, 3, 4, 5, 6, 7 and 8"
    assert bring["scissors, 7 pairs"] == "before it begins"
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
