import re

import pytest

from tests.tiers import few
from workshop.model.blocks import AnswerLines
from workshop.model.kit import Exercise
from workshop.model.request import Request
from workshop.render.print import print_fonts
from workshop.render.print.ballot_sheets import answer_pages, ballot_pages, render_ballots
from workshop.render.print.cards import render_cards, sheets_of_paper
from workshop.render.print.forms import render_quiz, render_quiz_key
from workshop.render.print.print_list import print_list_data
from workshop.render.print.sheets import SHEETS, render_sheets

from . import kits
from .measured import sizes_of
from .test_ballot_sheets import ballots
from .test_cards import deck
from .test_quiz import question

PROFILES = ("large", "dyslexia")


def laid(profile, *exercises, **changes):
    return kits.laid(kits.kit(sheets=(kits.sheet(2, *exercises),), profile=profile, **changes))


def faces(pdf):
    found = set()
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    return found


@pytest.mark.parametrize("profile", few(PROFILES, "large"))
@pytest.mark.parametrize("paper", few(["a4", "letter"], "a4"))
def test_a_reading_profile_has_the_same_sheet_in_another_face(read, words_of, profile, paper):
    plain, other = (render_sheets(laid(p, paper=paper)) for p in ("standard", profile))
    assert any("Atkinson" in face for face in faces(read(other)))
    assert not any("Atkinson" in face for face in faces(read(plain)))
    assert "S2-07Y" in words_of(plain)
    assert "S2-07Y" in words_of(other)
    numbers = [re.findall(r"\d+", title) for title in re.findall(r"Task \d+:", words_of(other))]
    assert numbers == [[str(n)] for n in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_is_in_capitals(words_of, profile):
    words = words_of(render_sheets(laid(profile)))
    assert "Pretraining · 20 min" in words
    assert "PRETRAINING" not in words


def test_a_sheet_in_large_print_may_have_as_many_pages_as_it_takes(read):
    many = [
        Exercise(
            id=f"e{n}",
            title=f"Task {n}",
            minutes=3,
            level=1,
            calculator=False,
            task=(kits.say("Write."), AnswerLines(9)),
            hint=(),
            solution=(),
        )
        for n in range(6)
    ]
    assert len(read(render_sheets(laid("large", *many))).pages) == 6


def test_a_task_longer_than_a_page_goes_on_on_the_next(words_of):
    long = Exercise(
        id="e",
        title="Much",
        minutes=3,
        level=1,
        calculator=False,
        task=tuple(kits.say(f"Line {n} to read.") for n in range(80)),
        hint=(),
        solution=(),
    )
    words = words_of(render_sheets(laid("large", long)))
    assert "Line 0 to read." in words
    assert "Line 79 to read." in words


def test_a_table_too_wide_for_large_print_is_read_row_by_row(words_of):
    wide = kits.table(
        *[(f"Row {n}", *"?" * 6) for n in range(3)], head=("Which", *(f"Rather long heading{n}" for n in range(6)))
    )
    words = words_of(
        render_sheets(
            laid(
                "large",
                Exercise(
                    id="e", title="Fill in", minutes=3, level=1, calculator=False, task=(wide,), hint=(), solution=()
                ),
            )
        )
    )
    assert words.count("heading5") == 3


@pytest.mark.parametrize("profile", few(PROFILES, "large"))
def test_a_reading_profile_is_tagged(tags_of, profile):
    pdf = render_sheets(laid(profile))
    assert b"pdfuaid" in pdf
    roles = [role for role, _ in tags_of(pdf)]
    assert roles.count("/H1") == 1
    assert "/H2" in roles


def asked(profile):
    """A kit with quiz, cards and ballots."""
    return kits.laid(
        kits.kit(
            profile=profile,
            quiz=tuple(question(n) for n in range(1, 9)),
            decks=(deck(10),),
            ballots=ballots(20),
            people=20,
        )
    )


@pytest.mark.broad
@pytest.mark.parametrize("profile", few(PROFILES, "large"))
@pytest.mark.parametrize("make", [render_quiz, render_quiz_key, render_cards, render_ballots])
def test_quiz_cards_and_ballots_have_their_profile_too(read, words_of, make, profile):
    plain, other = (make(asked(name)) for name in ("standard", profile))
    assert any("Atkinson" in face for face in faces(read(other)))
    assert not any("Atkinson" in face for face in faces(read(plain)))
    assert set(re.findall(r"Question \d|Page number \d+|0\d[A-Z]", words_of(other))) == set(
        re.findall(r"Question \d|Page number \d+|0\d[A-Z]", words_of(plain))
    )


def test_in_large_print_what_participants_read_has_17_points():
    wanted = (
        (render_quiz, "It looks it up", 16),
        (render_cards, "Page number", 10),  # the facilitator's list has them once more
        (render_cards, "Back of", 10),
        (render_ballots, "Eighty-two", 6),
    )
    for make, words, times in wanted:
        assert sum(size >= 17 for size, text in sizes_of(make(asked("large"))) if words in text) == times, words


@pytest.mark.parametrize("profile", few(["standard", *PROFILES], "large"))
def test_the_print_list_counts_the_pages_of_a_profile(read, profile):
    laid = asked(profile)
    data = print_list_data(laid, kits.galley())
    totals = {}
    for row in (*data["always"], *data["asked"]):
        totals[row["file"]] = totals.get(row["file"], 0) + row["total"]
    assert totals["quiz.pdf"] == 20 * -(-len(read(render_quiz(laid)).pages) // 2)
    assert totals["cards.pdf"] == 5 * sheets_of_paper(deck(10), profile)
    assert sheets_of_paper(deck(10), profile) == (2 if profile == "standard" else 3)
    pages = len(read(render_ballots(laid)).pages)
    assert totals["ballots.pdf"] == 5 * answer_pages(laid.kit) + ballot_pages(laid.kit)
    assert pages == answer_pages(laid.kit) + ballot_pages(laid.kit) + 1


def test_nothing_in_the_key_of_the_quiz_and_on_the_ballots_is_smaller_than_nine_points():
    for make in (render_quiz_key, render_ballots):
        assert min(size for size, _ in sizes_of(make(asked("standard")))) >= 9


def test_the_file_says_its_profile():
    assert SHEETS.name_for(kits.kit()) == "sheets.pdf"
    assert SHEETS.name_for(kits.kit(profile="large")) == "sheets-large.pdf"
    assert Request().profile == "standard"


def test_the_reading_face_is_there():
    assert all(file.is_file() for file in print_fonts.reading_font_files())
