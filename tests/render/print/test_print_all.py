import io

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from tests.tiers import few_rows
from workshop.model.kit import PersonalSet
from workshop.render.print.personal import personal_out
from workshop.render.print.print_all import jobs, render_print_all, render_printer
from workshop.render.print.print_list import print_list_data, print_rows

from . import kits
from .test_booklet import classed
from .test_cards import deck
from .test_quiz import question

pytestmark = pytest.mark.long


def with_everything(**changes):
    kit = classed(quiz=tuple(question(n) for n in range(1, 5)), decks=(deck(3, sets=4), deck(9)), **changes)
    opening = replace(
        kits.stage(3, "Welcome"), material=("name-card.pdf, cut", "quiz.pdf", "cards.pdf", "feedback.pdf")
    )
    return replace(kit, stages=(*kit.stages, opening))


@pytest.mark.parametrize(
    ("people", "profile"),
    few_rows(
        [(1, "standard"), (24, "standard"), (25, "standard"), (3, "large"), (3, "dyslexia")],
        (25, "standard"),
        (3, "large"),
    ),
)
def test_the_file_has_two_pages_for_every_sheet_of_the_print_list(people, profile):
    kit = with_everything()
    laid = kits.laid(replace(kit, people=people, profile=profile, personal=sets(kit, ("01",))))
    rows, _ = print_rows(laid, kits.galley())
    pages = PdfReader(io.BytesIO(render_print_all(laid))).pages
    assert len(pages) == 2 * sum(row["total"] for row in rows)


def test_things_come_in_the_order_of_handing_out_each_copy_on_a_new_sheet():
    laid = kits.laid(with_everything())
    assert [job.writer.filename for job in jobs(laid.kit)][:3] == ["name-card.pdf", "booklet.pdf", "quiz.pdf"]
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(render_print_all(laid))).pages]
    booklets = [n for n, text in enumerate(texts) if "B1" in text.split()]
    assert len(booklets) == 24
    assert all(n % 2 == 0 for n in booklets)


def test_the_printer_is_told_pages_paper_and_what_is_cut(words_of):
    words = words_of(render_printer(kits.laid(with_everything())))
    assert "booklet.pdf 24 24 plain paper" in words
    assert "staple" not in words  # this booklet is a single sheet
    assert "thick paper cut on the lines" in words


def test_two_builds_give_the_same_bytes():
    laid = kits.laid(with_everything())
    assert render_print_all(laid) == render_print_all(laid)


def sets(kit, labels):
    """Personal sheets for everybody, with the standard numbers."""
    return tuple(PersonalSet(label=label, name="", sheets=kit.sheets) for label in labels)


@pytest.mark.parametrize(("labels", "copies"), [(("01", "02", "03"), 1), (("A", "B"), 2)])
def test_personal_sheets_are_counted_and_printed_variants_as_often_as_people_need_them(labels, copies):
    kit = kits.kit(people=3)
    laid = kits.laid(replace(kit, personal=sets(kit, labels)))
    rows, _ = print_rows(laid, kits.galley())
    listed = next(row for row in rows if row["file"].startswith("personal-S1.pdf"))
    assert listed["total"] == len(labels) * len(kit.sheets) * copies
    assert listed["person"] == len(kit.sheets)
    pages = PdfReader(io.BytesIO(render_print_all(laid))).pages
    assert len(pages) == 2 * sum(row["total"] for row in rows)


def test_the_run_sheet_and_the_order_of_handing_out_name_personal_sheets():
    kit = kits.kit()
    laid = kits.laid(replace(kit, personal=sets(kit, ("01", "02"))))
    stage = kit.sheets[0].stage
    due = f"personal sheets {kit.sheets[0].id}"
    assert any(due in row["what"] for row in print_list_data(laid, kits.galley())["order"])
    assert personal_out(laid.kit, stage, kits.galley()) == due
    assert personal_out(kit, stage, kits.galley()) == ""
