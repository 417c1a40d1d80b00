from workshop.constructs.answer_divs import Wrong
from workshop.model.blocks import Run
from workshop.render.print.sheets import KEY, render_answers, render_sheets

from . import kits
from .measured import sizes_of


def test_the_key_is_the_sheet_filled_in_side_by_side_and_then_its_working(read):
    sheets = read(render_sheets(kits.laid(kits.kit())))
    pdf = read(render_answers(kits.laid(kits.kit())))
    assert (len(sheets.pages), len(pdf.pages)) == (16, 24)
    titles = ("Bet first", "Count", "From counts to a guess", "Read the chart", "Say it in your own words")
    for side in (0, 1):  # a task is on the same side of key and sheet
        asked, solved = sheets.pages[2 + side].extract_text(), pdf.pages[3 + side].extract_text()
        solved = solved.partition("Wrong answers you will see")[0]
        assert [title for title in titles if title in asked] == [title for title in titles if title in solved]


def test_an_answer_is_written_into_its_blank(words_of):
    task = kits.Prose((kits.Line((Run("P = "), Run("", blank=True, answer="0.4125"), Run(" of one"))),))
    exercise = kits.Exercise(
        id="p", title="P", minutes=3, level=1, calculator=False, task=(task,), hint=(), solution=(kits.say("by hand"),)
    )
    made = kits.laid(kits.kit(sheets=(kits.sheet(2, exercise),)))
    assert "0.4125" in words_of(render_answers(made))
    assert "0.4125" not in words_of(render_sheets(made))


def test_the_key_holds_answers_working_and_what_is_accepted(words_of):
    words = words_of(render_answers(kits.laid(kits.kit())))
    for part in ("27", "working 13 + 14", "−log₂ 0.4125", "1.28 bits", "accept 1.2 to 1.4", "2.07 bits"):
        assert part in words, part


def test_wrong_answers_have_their_cause_and_what_to_say(words_of):
    pdf = render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2),))))
    assert "31 for mat counted every “the” Point at the word before “the”." in words_of(pdf)


def test_the_right_choice_says_so_aloud(tags_of):
    pdf = render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2),))))
    assert ("/Figure", "Answer:") in tags_of(pdf)


def test_a_task_without_a_key_says_that_own_words_count(words_of):
    task = kits.Exercise(
        id="free",
        title="Your view",
        minutes=3,
        level=1,
        calculator=False,
        task=(kits.say("What do you think?"),),
        hint=(),
        solution=(),
    )
    assert "Any answer in your own words counts." in words_of(
        render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2, task),))))
    )


def test_a_long_answer_and_an_empty_wrong_panel_are_set():
    long = kits.say("The text itself is not fully predictable: several words are really possible here", accent=True)
    task = kits.Exercise(
        id="a",
        title="Why?",
        minutes=3,
        level=1,
        calculator=False,
        task=(),
        hint=(),
        solution=(long, Wrong("no idea", ())),
    )
    assert render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2, task),)))).startswith(b"%PDF")


def test_a_key_too_long_for_a_page_goes_on_to_the_next(read):
    working = tuple(kits.say(f"step {n}") for n in range(160))
    task = kits.Exercise(id="a", title="Why?", minutes=3, level=1, calculator=False, task=(), hint=(), solution=working)
    pdf = read(render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2, task),)))))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert len(pdf.pages) > 1
    assert all(f"step {n}" in text for n in range(160))
    assert f"page 2 of {len(pdf.pages)}" in text


def test_nothing_in_the_key_is_smaller_than_nine_points_and_its_working_has_ten_and_a_half():
    found = sizes_of(render_answers(kits.laid(kits.kit())))
    assert min(size for size, _ in found) >= 9
    assert {size for size, text in found if "working 13 + 14" in text} == {10.5}


def places_of(page, *words):
    """The left edge and the height of the first text on a page with each of some words, in points."""
    found = {}

    def visit(text, cm, tm, _font, _size):
        for word in words:
            if word in text:
                found.setdefault(word, (tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

    page.extract_text(visitor_text=visit)
    return found


def test_the_working_is_one_column_and_no_block_of_it_is_torn(read):
    def task(n):
        return kits.Exercise(
            id=f"t{n}",
            title=f"Task {n}",
            minutes=3,
            level=1,
            calculator=False,
            task=(kits.say("Why?"),),
            hint=(),
            solution=tuple(kits.say(f"Begin{n} step {k} End{n}") for k in range(14)),
        )

    pages = read(render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2, *(task(n) for n in range(5))),))))).pages
    texts = [page.extract_text() for page in pages]
    for n in range(5):
        assert sorted(text.count(f"Begin{n}") for text in texts)[:-1] == [0] * (len(pages) - 1), n
    below = next(page for page in pages if len(places_of(page, "Begin1", "Begin2")) == 2)
    (left, high), (other, low) = places_of(below, "Begin1", "Begin2").values()
    assert abs(left - other) < 1
    assert high > low


def test_the_band_says_that_it_is_not_to_be_handed_out(read):
    # the band is decoration to a screen reader and ink to everybody else
    pdf = read(render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2),)))))
    assert "ANSWER KEY" in pdf.pages[0].extract_text()
    assert pdf.metadata.title == "Answer keys: How AI models are made"


def test_a_key_in_runs_of_many_looks_is_set(words_of):
    looks = ("strong", "emphasis", "code", "mark", "strike")
    line = kits.Prose((kits.Line(tuple(Run(f"{look} ", **{look: True}) for look in looks)),))
    task = kits.Exercise(id="a", title="Why?", minutes=3, level=1, calculator=False, task=(), hint=(), solution=(line,))
    assert "strong emphasis code mark strike" in words_of(
        render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2, task),))))
    )


def test_the_writer_needs_sheets():
    assert KEY.needs_sheets
    assert KEY.filename == "answers.pdf"


def test_a_sheet_and_its_key_share_a_mark_that_follows_their_numbers():
    from msgspec.structs import replace

    from workshop.model.blocks import Line, Prose, Run
    from workshop.model.kit import Exercise, Sheet
    from workshop.render.print.document import run_mark

    def sheet(number):
        task = (Prose((Line((Run(f"Add {number} and 1"),)),)),)
        return Sheet(
            id="S1-00J",
            stage="a",
            number=0,
            title="A",
            aim="",
            exercises=(
                Exercise(id="x", title="X", minutes=5, level=1, calculator=False, task=task, hint=(), solution=()),
            ),
        )

    assert run_mark(sheet("2")) == run_mark(sheet("2"))
    assert run_mark(sheet("2")) != run_mark(sheet("3"))
    assert run_mark(sheet("2")) == run_mark(replace(sheet("2"), id="S1-01K"))
