import re

from workshop.constructs.answers import Wrong
from workshop.model.kit import Run
from workshop.render.print.answers import WRITER, render_answers

from . import kits


def test_the_key_has_one_page_per_sheet_with_the_same_numbers(read):
    pdf = read(render_answers(kits.laid(kits.kit())))
    assert len(pdf.pages) == 8
    text = pdf.pages[1].extract_text()
    assert [int(n) for n in re.findall(r"^(\d)$", text, re.MULTILINE) if n in "12345"][:5]
    for title in ("Bet first", "Count", "From counts to a guess", "Read the chart", "Say it in your own words"):
        assert title in text, title


def test_the_key_holds_answers_working_and_what_is_accepted(words_of):
    words = words_of(render_answers(kits.laid(kits.kit())))
    for part in ("27", "working 13 + 14", "−log₂ 0.4125", "1.28 bits", "accept 1.2 to 1.4", "2.07 bits"):
        assert part in words, part


def test_wrong_answers_are_in_one_table_with_cause_and_reply(words_of, tags_of):
    pdf = render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2),))))
    assert "Task On the sheet Because Say 2 31 for mat counted every “the” Point at the word before “the”." in words_of(
        pdf
    )
    assert [role for role, _ in tags_of(pdf)].count("/TH") == 4


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
    working = tuple(kits.say(f"step {n}") for n in range(60))
    task = kits.Exercise(id="a", title="Why?", minutes=3, level=1, calculator=False, task=(), hint=(), solution=working)
    pdf = read(render_answers(kits.laid(kits.kit(sheets=(kits.sheet(2, task),)))))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert len(pdf.pages) == 2
    assert all(f"step {n}" in text for n in range(60))
    assert "page 2 of 2" in text


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
    assert WRITER.needs_sheets
    assert WRITER.filename == "answers.pdf"


def test_a_sheet_and_its_key_share_a_mark_that_follows_their_numbers():
    from dataclasses import replace

    from workshop.model.kit import Exercise, Line, Prose, Run, Sheet
    from workshop.render.print.run_mark import run_mark

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
