import io
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from tests.tiers import few_rows
from workshop.render.print.answer_keys import render_answers
from workshop.render.print.guide import render_facilitator
from workshop.render.print.handout import render_handout
from workshop.render.print.print_all import jobs, render_print_all, render_printer
from workshop.render.print.print_list import print_rows
from workshop.render.print.sheets import render_sheets

from . import kits
from .test_booklet import classed
from .test_cards import deck
from .test_quiz import question

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[3]


def with_everything(**changes):
    kit = classed(quiz=tuple(question(n) for n in range(1, 5)), decks=(deck(3, sets=4), deck(9)), **changes)
    opening = replace(kits.stage(3, "Welcome"), material=("name-tag.pdf, cut", "quiz.pdf", "cards.pdf", "feedback.pdf"))
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
    laid = kits.laid(replace(kit, people=people, profile=profile))
    rows, _ = print_rows(laid, kits.galley())
    pages = PdfReader(io.BytesIO(render_print_all(laid))).pages
    assert len(pages) == 2 * sum(row["total"] for row in rows)


@pytest.mark.broad
def test_things_come_in_the_order_of_handing_out_each_copy_on_a_new_sheet():
    laid = kits.laid(with_everything())
    assert [job.writer.filename for job in jobs(laid.kit)][:3] == ["name-tag.pdf", "booklet.pdf", "quiz.pdf"]
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(render_print_all(laid))).pages]
    booklets = [n for n, text in enumerate(texts) if "Page 1" in " ".join(text.split())]
    assert len(booklets) == 24
    assert all(n % 2 == 0 for n in booklets)


def test_the_printer_is_told_pages_paper_and_what_is_cut(words_of):
    words = words_of(render_printer(kits.laid(with_everything())))
    assert "booklet.pdf 24 24 plain paper" in words
    assert "staple" not in words  # this booklet is a single sheet
    assert "thick paper cut on the lines" in words


def digests():
    laid = kits.laid(replace(with_everything(), people=1))
    makers = (render_print_all, render_sheets, render_answers, render_facilitator, render_handout)
    return [sha256(make(laid)).hexdigest() for make in makers]


@pytest.mark.broad
def test_another_process_makes_the_same_bytes():
    """It hashes words otherwise, and remembers no page."""
    script = "from tests.render.print.test_print_all import digests; print(*digests())"
    changed = {"PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **changed})
    assert done.stdout.split() == digests()
