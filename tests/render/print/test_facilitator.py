from dataclasses import replace

from workshop.model.kit import Note, Run, RunRow, Slide, Stage
from workshop.render.print.blocks import Galley
from workshop.render.print.document import slide_numbers
from workshop.render.print.facilitator import WRITER, facilitator_data, render_facilitator

from . import kits


def data(made):
    return facilitator_data(kits.laid(made), Galley("en", kits.drawn, key=True))


def test_page_one_is_for_a_nervous_facilitator(read):
    page = " ".join(read(render_facilitator(kits.laid(kits.kit()))).pages[0].extract_text().split())
    for part in (
        "A week before",
        "A day before",
        "Ten minutes before",
        "Print sheets.pdf 24 times",
        "8 leaves a person, 192 in all",
        "Surprise is the score.",
        "The projector",
        "page 1 of",
    ):
        assert part in page, part


def test_the_run_sheet_is_one_page_with_clock_times(read):
    page = read(render_facilitator(kits.laid(kits.kit()))).pages[1].extract_text()
    for part in ("Run sheet", "09:10", "09:30", "10:33", "10:42", "24 people", "72 minutes in all"):
        assert part in page, part


def test_every_stage_begins_on_a_left_page(read):
    pdf = read(render_facilitator(kits.laid(kits.kit())))
    starts = [n for n, page in enumerate(pdf.pages, start=1) if "FACILITATOR GUIDE · STAGE" in page.extract_text()]
    assert len(starts) == 8
    assert all(n % 2 == 0 for n in starts)


def test_long_notes_take_pages_as_they_come_and_leave_none_empty(read):
    talk = Note("say", kits.say("Let us play a game that a model plays a trillion times. " * 40))
    stages = tuple(
        replace(kits.stage(n, f"Stage {n}"), slides=tuple(kits.slide(i, n, f"Slide {i}", talk) for i in range(6)))
        for n in (1, 2)
    )
    pdf = read(render_facilitator(kits.laid(kits.kit(("Stage 1", "Stage 2"), stages=stages))))
    assert all(len(page.extract_text()) > 40 for page in pdf.pages)


def test_lines_for_what_happened_stand_where_a_page_has_room(read):
    pages = [page.extract_text() for page in read(render_facilitator(kits.laid(kits.kit()))).pages]
    asked = [text for text in pages if "What happened in this room" in text]
    assert len(asked) == 8
    assert all("Script" in text or "Misconceptions" in text for text in asked)


def test_a_column_that_says_the_same_in_every_row_is_left_out(words_of):
    rows = tuple(replace(row, who="everybody") for row in kits.kit().run_sheet)
    words = words_of(render_facilitator(kits.laid(kits.kit(run_sheet=rows))))
    assert "Clock Minutes What Material 09:10" in words
    assert "everybody" not in words


def test_pages_are_counted_through(read):
    pdf = read(render_facilitator(kits.laid(kits.kit())))
    total = len(pdf.pages)
    assert f"page {total} of {total}" in pdf.pages[-1].extract_text()


def test_the_script_has_clock_slide_what_to_say_and_what_to_do(words_of):
    words = words_of(render_facilitator(kits.laid(kits.kit())))
    assert (
        "5 Pretraining: each count is a vote Let us play a game that a model plays a trillion times. Do Cover" in words
    )
    assert "09:42 3 min" in words
    assert "Next So far it continues text." in words


def test_questions_carry_answer_wrong_answer_and_reply():
    script = data(kits.kit())["stages"][1]["script"]
    (ask,) = script[0]["asks"]
    assert script[0]["number"] == "4"
    texts = {kind: ask[kind][0]["runs"][-1]["t"] for kind in ("ask", "expect", "wrong", "reply")}
    assert texts == {
        "ask": "What is the chance of a word that it has never seen?",
        "expect": "Small, but not zero.",
        "wrong": "Zero, because it is not in the log.",
        "reply": "One sixteenth of an example is shared by all.",
    }


def test_two_questions_of_one_slide_stay_apart():
    notes = tuple(Note(kind, kits.say(kind + n)) for n in "12" for kind in ("ask", "expect"))
    one = Stage("stage-1", "A", (kits.slide(1, 1, "Slide", *notes),), number=1)
    asks = data(kits.kit(("A",), stages=(one,)))["stages"][0]["script"][0]["asks"]
    assert [a["expect"][0]["runs"][0]["t"] for a in asks] == ["expect1", "expect2"]


def test_a_split_slide_is_numbered_from_to():
    laid = kits.laid(kits.kit(("A",)))
    first, *others = laid.slides
    split = (first, replace(first, id=f"{first.id}-2", number=2), *(replace(s, number=s.number + 1) for s in others))
    assert slide_numbers(replace(laid, slides=split))[first.slide.id] == "1–2"


def test_spare_slides_are_named_on_the_run_sheet_with_what_they_save(words_of):
    stage = kits.stage(1, "Only")
    slides = (stage.slides[0], *(replace(slide, spare=True) for slide in stage.slides[1:3]))
    made = kits.kit(("Only",), stages=(replace(stage, slides=slides),))
    (row,) = [r for r in data(made)["run"]["rows"] if r["kind"] == "stage"]
    assert row["cut"] == "2 and 3"
    assert row["saves"] == "6"
    words = words_of(render_facilitator(kits.laid(made)))
    assert "Leave out slides 2 and 3, saves 6 min" in words


def test_unnumbered_stages_find_their_row_by_title():
    opening = replace(kits.stage(1, "Opening"), id="opening", number=None)
    rows = (RunRow("stage", "08:00", 9, "Closing"), RunRow("stage", "08:30", 9, "Opening"))
    (stage,) = data(kits.kit((), stages=(opening,), run_sheet=rows, sheets=()))["stages"]
    assert (stage["clock"], stage["end"]) == ("08:30", "08:39")


def test_glossary_and_references_carry_scope_and_caveat(words_of):
    words = words_of(render_facilitator(kits.laid(kits.kit())))
    assert "held-out text text that the model has never been trained on" in words
    assert "Lee et al. 2021 Deduplicating training data arXiv 2107.06499 v2 C4, English one data set" in words


def test_a_kit_of_nothing_still_has_a_guide(read):
    bare = Stage("talk", "Talk", (Slide("s", "content", (Run("One slide"),), ()),))
    empty = {"stages": (bare,), "marks": (), "sheets": (), "run_sheet": (), "glossary": (), "references": ()}
    pdf = read(render_facilitator(kits.laid(kits.kit((), **empty))))
    assert len(pdf.pages) == 3
    assert "sheets.pdf" not in pdf.pages[0].extract_text()


def test_twelve_stages_fit_on_the_run_sheet(read):
    titles = tuple(f"Verstärkendes Lernen aus Rückmeldungen {n}" for n in range(1, 13))
    pdf = read(render_facilitator(kits.laid(kits.kit(titles))))
    pages = [p.extract_text() for p in pdf.pages]
    (run,) = [text for text in pages if "Clock\nMinutes\nWhat" in text or "Clock Minutes What" in text]
    assert "End." in run


def test_the_guide_is_tagged_and_named(read, tags_of):
    raw = render_facilitator(kits.laid(kits.kit()))
    assert read(raw).metadata.title == "Facilitator guide: How AI models are made"
    assert [role for role, _ in tags_of(raw)].count("/H1") == 1 + 1 + 1 + 1 + 8 + 1 + 1


def test_the_same_kit_gives_the_same_bytes():
    laid = kits.laid(kits.kit())
    assert render_facilitator(laid) == render_facilitator(laid)


def test_the_writer_also_serves_kits_without_sheets():
    assert not WRITER.needs_sheets
    assert WRITER.filename == "facilitator.pdf"
