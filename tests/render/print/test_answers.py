from workshop.constructs.answers import Wrong
from workshop.model.blocks import Run
from workshop.render.print.sheets import KEY, render_answers, render_sheets

from . import kits


def test_the_key_is_the_sheet_filled_in_side_by_side(read):
    sheets = read(render_sheets(kits.laid(kits.kit())))
    pdf = read(render_answers(kits.laid(kits.kit())))
    assert len(pdf.pages) == len(sheets.pages) == 16
    titles = ("Bet first", "Count", "From counts to a guess", "Read the chart", "Say it in your own words")
    for side in (2, 3):  # a task is on the same side of key and sheet
        asked, solved = sheets.pages[side].extract_text(), pdf.pages[side].extract_text()
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
