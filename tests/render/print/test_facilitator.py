import random
import re

import pytest
from msgspec.structs import replace

from workshop.model.blocks import Line, Prose, Run
from workshop.model.kit import GlossaryEntry, Note, Slide, Stage
from workshop.model.run_sheet import RunRow, Shortcut
from workshop.render.print.document import slide_numbers
from workshop.render.print.guide import WRITER, facilitator_data, render_facilitator
from workshop.render.print.run_sheet_data import happens

from . import kits
from .measured import sizes_of
from .test_ballot_sheets import ballots

pytestmark = pytest.mark.long


def data(made):
    return facilitator_data(kits.laid(made), kits.galley(key=True))


def test_page_one_is_for_a_nervous_facilitator(read):
    page = " ".join(read(render_facilitator(kits.laid(kits.kit()))).pages[0].extract_text().split())
    for part in (
        "A week before",
        "A day before",
        "Ten minutes before",
        "Print sheets.pdf 24 times and the rest as the print list says",
        "192 sheets of paper. If you expect a different number of people, build again with --people N.",
        "Surprise is the score.",
        "The projector",
        "page 1 of",
    ):
        assert part in page, part


def test_the_run_sheet_is_one_page_with_clock_times(read):
    page = read(render_facilitator(kits.laid(kits.kit()))).pages[1].extract_text()
    for part in (
        "Run sheet",
        "09:00",
        "Set up the room",
        "Tables of three",
        "09:30",
        "10:33",
        "10:42",
        "24 people",
        "72 minutes in all",
    ):
        assert part in page, part


def test_stages_of_two_pages_begin_on_a_left_page_and_shorter_ones_leave_none_empty(read):
    talk = Note("say", kits.say("Let us play a game that a model plays a trillion times. " * 8))
    long = tuple(
        replace(kits.stage(n, f"Stage {n}"), slides=tuple(kits.slide(i, n, f"Slide {i}", talk) for i in range(9)))
        for n in (1, 2)
    )
    pdf = read(render_facilitator(kits.laid(kits.kit(("Stage 1", "Stage 2"), stages=long))))
    starts = [n for n, page in enumerate(pdf.pages, start=1) if "FACILITATOR GUIDE · STAGE" in page.extract_text()]
    assert starts == [4, 6]
    short = read(render_facilitator(kits.laid(kits.kit())))
    assert all(len(page.extract_text()) > 40 for page in short.pages)


def test_the_script_has_a_row_for_a_block_between_its_stages_and_says_where_a_task_is_on_paper(words_of):
    first, second = (kits.stage(n, f"Stage {n}") for n in (1, 2))
    task = replace(first.slides[0], task="count")
    told = replace(first.slides[1], answers=(task.id,))
    first = replace(first, slides=(task, told, first.slides[2]))
    rows = (
        RunRow(
            kind="stage", clock="09:00", minutes=9, what="Stage 1", number=1, slides=tuple(s.id for s in first.slides)
        ),
        RunRow(kind="block", clock="09:09", minutes=3, what="Slip one", note="Who may stop it?"),
        RunRow(
            kind="stage", clock="09:12", minutes=9, what="Stage 2", number=2, slides=tuple(s.id for s in second.slides)
        ),
    )
    made = kits.kit(("Stage 1", "Stage 2"), stages=(first, second), run_sheet=rows)
    script = data(made)["stages"][0]["script"]
    assert [(row["number"], row["title"]) for row in script][-1] == ("", "Slip one")
    assert all(row["title"] != "Slip one" for row in data(made)["stages"][1]["script"])
    words = words_of(render_facilitator(kits.laid(made)))
    assert "On paper: S1-07Y, task 2. The answer is on slide 2." in words
    assert "09:09 3 min" in words


def test_long_notes_take_pages_as_they_come_and_leave_none_empty(read):
    talk = Note("say", kits.say("Let us play a game that a model plays a trillion times. " * 40))
    stages = tuple(
        replace(kits.stage(n, f"Stage {n}"), slides=tuple(kits.slide(i, n, f"Slide {i}", talk) for i in range(6)))
        for n in (1, 2)
    )
    pdf = read(render_facilitator(kits.laid(kits.kit(("Stage 1", "Stage 2"), stages=stages))))
    assert all(len(page.extract_text()) > 40 for page in pdf.pages)


def test_lines_for_what_happened_are_where_a_page_has_room(read):
    pages = [page.extract_text() for page in read(render_facilitator(kits.laid(kits.kit()))).pages]
    asked = [text for text in pages if "What happened in this room" in text]
    assert len(asked) == 8
    assert all("Script" in text for text in asked)


def test_a_column_that_says_the_same_in_every_row_is_left_out(words_of):
    rows = tuple(replace(row, who="the whole room") for row in kits.kit().run_sheet)
    words = words_of(render_facilitator(kits.laid(kits.kit(run_sheet=rows))))
    assert "Clock Minutes What Material 09:00" in words
    assert "the whole room" not in words


def test_pages_are_counted_through(read):
    pdf = read(render_facilitator(kits.laid(kits.kit())))
    total = len(pdf.pages)
    assert f"page {total} of {total}" in pdf.pages[-1].extract_text()


def test_the_script_has_clock_slide_what_to_say_and_what_to_do(words_of):
    second = kits.kit().stages[1].slides[1]
    words = words_of(render_facilitator(kits.laid(kits.kit(clocks={second.id: "09:42"}))))
    assert (
        "5 Pretraining: each count is a vote Let us play a game that a model plays a trillion times. Do Cover" in words
    )
    assert "09:42 3 min" in words
    assert "→ So far it continues text." in words


def test_the_script_is_large_enough_to_be_read_standing_up_and_nothing_is_smaller_than_nine_points():
    found = sizes_of(render_facilitator(kits.laid(kits.kit())))
    said = {size for size, text in found if "Let us play" in text}
    asked = {size for size, text in found if text.startswith(("What is the chance", "Zero, because", "Cover"))}
    assert min(said) >= 11.5
    assert len(asked) == 1
    assert min(asked) >= 11
    assert min(size for size, _ in found) >= 9


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
    one = Stage(id="stage-1", title="A", slides=(kits.slide(1, 1, "Slide", *notes),), number=1)
    asks = data(kits.kit(("A",), stages=(one,)))["stages"][0]["script"][0]["asks"]
    assert [a["expect"][0]["runs"][-1]["t"] for a in asks] == ["expect1", "expect2"]


def test_a_split_slide_is_numbered_from_to():
    laid = kits.laid(kits.kit(("A",)))
    first, *others = laid.slides
    split = (first, replace(first, id=f"{first.id}-2", number=2), *(replace(s, number=s.number + 1) for s in others))
    assert slide_numbers(replace(laid, slides=split))[first.slide.id] == "1–2"


def test_the_run_sheet_says_which_slides_to_leave_out_if_a_row_begins_late(words_of):
    made = kits.kit()
    ids = [slide.id for stage in made.stages for slide in stage.slides]
    late = (
        Shortcut(row=1, late=5, slides=(ids[6], ids[7]), saves=6),
        Shortcut(row=1, late=10, slides=(ids[6], ids[7], ids[8], ids[20]), saves=12),
        Shortcut(row=3, late=5, slides=(ids[10], ids[20]), saves=6),
    )
    behind = data(replace(made, shortcuts=late))["run"]["behind"]
    assert behind["late"] == [5, 10]
    assert [(row["clock"], row["cells"]) for row in behind["rows"]] == [
        ("09:39", ["7 and 8", "7–9 and 21"]),
        ("09:57", ["11 and 21", ""]),
    ]
    words = words_of(render_facilitator(kits.laid(replace(made, shortcuts=late))))
    assert "Leave out slides if this begins late by 5 min by 10 min" in words
    assert "7 and 8 7–9 and 21" in words
    assert "15 minutes can be left out" in words


def test_a_row_of_the_run_sheet_says_what_the_room_does_in_it():
    stage = kits.stage(1, "Only")
    bet = replace(stage.slides[0], layout="predict", bet="The rise")
    task = replace(stage.slides[1], task="count", minutes=6)
    made = kits.kit(("Only",), stages=(replace(stage, slides=(bet, task, replace(bet, id="again", bet="The proof"))),))
    (first,) = made.run_sheet
    row = replace(first, slides=("slide-1-1", "slide-1-2", "again"))
    assert happens(kits.laid(made), row) == "Bets: The rise and The proof; Pencils on 2 (6 min)"
    assert happens(kits.laid(made), replace(row, slides=())) == ""


def test_unnumbered_stages_find_their_row_by_title():
    opening = replace(kits.stage(1, "Opening"), id="opening", number=None)
    rows = (
        RunRow(kind="stage", clock="08:00", minutes=9, what="Closing"),
        RunRow(kind="stage", clock="08:30", minutes=9, what="Opening"),
    )
    (stage,) = data(kits.kit((), stages=(opening,), run_sheet=rows, sheets=()))["stages"]
    assert (stage["clock"], stage["end"]) == ("08:30", "08:39")


def test_glossary_and_references_carry_scope_and_caveat(words_of):
    words = words_of(render_facilitator(kits.laid(kits.kit())))
    assert "held-out text text that the model has never been trained on" in words
    assert "Lee et al. 2021 Deduplicating training data arXiv 2107.06499 v2 C4, English one data set" in words


def test_a_kit_of_nothing_still_has_a_guide(read):
    bare = Stage(
        id="talk", title="Talk", slides=(Slide(id="s", layout="content", title=(Run("One slide"),), slots=()),)
    )
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
    assert [role for role, _ in tags_of(raw)].count("/H1") == 1 + 1 + 1 + 8 + 1 + 1 + 1 + 1


def test_page_one_says_for_whom_the_workshop_is_held_or_else_its_title(read):
    kit = replace(kits.kit(), occasion="Workshop for everybody at Ulm GmbH")
    for made, head in ((kit, "Workshop for everybody at Ulm GmbH"), (replace(kit, occasion=""), kit.title)):
        first = read(render_facilitator(kits.laid(made))).pages[0].extract_text().replace("\n", " ")
        assert first.casefold().startswith(f"{head} · Facilitator guide".casefold())


def test_the_writer_also_serves_kits_without_sheets():
    assert not WRITER.needs_sheets
    assert WRITER.filename == "facilitator.pdf"


def test_what_is_done_before_it_is_said_is_printed_before_it():
    notes = (
        Note("do", kits.say("Ask for a number.")),
        Note("say", kits.say("It is six.")),
        Note("next", kits.say("On.")),
    )
    one = Stage(id="stage-1", title="A", slides=(kits.slide(1, 1, "Slide", *notes),), number=1)
    (row,) = data(kits.kit(("A",), stages=(one,)))["stages"][0]["script"]
    assert [note["kind"] for note in row["say"]] == ["do", "say", "next"]


def test_a_note_that_drops_the_whole_slide_is_left_to_the_run_sheet():
    notes = (Note("skip", kits.say("All of it, if behind.")), Note("skip", kits.say("The last row.")))
    one = Stage(id="stage-1", title="A", slides=(kits.slide(1, 1, "Slide", *notes),), number=1)
    (short,) = data(kits.kit(("A",), stages=(one,)))["stages"][0]["short"]
    assert short["blocks"][0]["runs"][-1]["t"] == "The last row."


def test_a_misconception_in_the_appendix_keeps_its_reply_in_the_guide(words_of):
    stage = kits.stage(1, "Only")
    hidden = replace(stage.slides[2], hidden=True)
    made = kits.kit(("Only",), stages=(replace(stage, slides=stage.slides[:2]),), appendix=(hidden,))
    words = words_of(render_facilitator(kits.laid(made)))
    assert "It looks the sentence up. Ask them to find the sentence. It is not there. hidden slide " in words
    assert "is hidden: it waits for questions." in words
    assert words.index("Script") < words.index("It looks the sentence up.") < words.index("held-out text")


def test_the_numbers_of_a_chart_are_under_the_script(words_of):
    stage = kits.stage(1, "Only")
    shown = replace(stage.slides[1], slots=(("main", (kits.ShownChart("t", kits.line_chart(), "alt"),)),))
    made = kits.kit(("Only",), stages=(replace(stage, slides=(stage.slides[0], shown)),))
    assert (
        "On the slide: Surprise a word on six held-out sentences: before 4.00, 1.93 at 1, 1.26 at 2, 1.01 at 3, 0.98 at 4"
        in words_of(render_facilitator(kits.laid(made)))
    )


def test_a_divider_has_a_row_with_what_participants_can_do_afterwards():
    lines = tuple(Line((Run(text),), level=0, marker="bullet") for text in ("count", "say why"))
    divider = Slide(
        id="stage-1", layout="section", title=(Run("Only"),), slots=(("main", (Prose(lines),)),), stage="stage-1"
    )
    stage = kits.stage(1, "Only")
    made = kits.kit(("Only",), stages=(replace(stage, slides=(divider, *stage.slides)),))
    first = data(made)["stages"][0]["script"][0]
    assert (first["number"], first["title"]) == ("1", "Only")
    assert first["say"][0]["blocks"][0]["runs"][0]["t"] == "After this stage you can count and say why."


def test_the_votes_of_the_room_are_built_with_the_options_of_this_build(words_of):
    made = kits.kit(ballots=ballots(20), again="--audience executives --out 'my kit'", people=30)
    (box,) = [stage["vote"] for stage in data(made)["stages"] if stage["vote"]]
    assert box["command"] == "python3 build_deck.py tally ballots.txt"  # if no slide mentions the votes
    first, *rest = made.stages
    voted = replace(first, slides=tuple(replace(slide, runs=("votes",)) for slide in first.slides))
    made = replace(made, stages=(voted, *rest), votes="votes")
    (box,) = [stage["vote"] for stage in data(made)["stages"] if stage["vote"]]
    assert box["command"] == (
        "python3 build_deck.py --audience executives --out 'my kit' --votes ballots.txt --only room"
    )
    words = words_of(render_facilitator(kits.laid(made)))
    assert "Round 1 with 18 for A and 12 for B is 1 18 12." in words
    assert "about 5 min for 30" in words
    assert box["command"] in words


def test_the_break_after_the_vote_and_page_one_say_who_types_the_votes(words_of):
    made = kits.kit(ballots=replace(ballots(20), stage="stage-4"))
    stages = [
        replace(s, slides=(replace(s.slides[0], does="vote"), *s.slides[1:])) if s.number == 4 else s
        for s in made.stages
    ]
    rows = [replace(row, slides=("slide-4-1",)) if row.number == 4 else row for row in made.run_sheet]
    made = replace(made, stages=tuple(stages), run_sheet=tuple(rows))
    assert [row["note"] for row in data(made)["run"]["rows"] if row["kind"] == "break"] == [
        "A helper types in the totals: see the end of stage 4"
    ]
    assert "Ask one person to type the votes at 10:06" in words_of(render_facilitator(kits.laid(made)))
    without = replace(made, ballots=None)
    assert all("helper" not in row["note"] for row in data(without)["run"]["rows"])


def test_the_marks_of_honesty_are_explained(read):
    last = " ".join(read(render_facilitator(kits.laid(kits.kit()))).pages[-1].extract_text().split())
    for part in ("Real run, seed 1: ", "Simulated: ", "Illustrative: ", "Data supplied: ", "or is marked simulated"):
        assert part in last, part


@pytest.mark.broad
def test_a_stage_that_would_end_in_an_almost_empty_page_is_set_smaller(read):
    talk = Note("say", kits.say("Let us play a game that a model plays a trillion times. " * 5))
    for count in range(4, 16):
        slides = tuple(kits.slide(i, 1, f"Slide {i}", talk) for i in range(count))
        one = replace(kits.stage(1, "Only"), slides=slides)
        pages = read(render_facilitator(kits.laid(kits.kit(("Only",), stages=(one,))))).pages
        begins = next(n for n, page in enumerate(pages) if "FACILITATOR GUIDE · STAGE" in page.extract_text())
        ends = next(n for n, page in enumerate(pages) if "\nWords\n" in page.extract_text())
        assert len(pages[ends - 1].extract_text()) > 250 or ends - begins == 1, count


def words_of_pages(read, definitions):
    """Return the words on each page of the guide that has any; they must be in order."""
    words = tuple(GlossaryEntry(f"word{n:03}", text) for n, text in enumerate(definitions))
    pages = [p.extract_text() for p in read(render_facilitator(kits.laid(kits.kit(("Only",), glossary=words)))).pages]
    found = [re.findall(r"word\d{3}", page) for page in pages]
    assert [w for page in found for w in page] == [entry.term for entry in words]
    return [page for page in found if page]


@pytest.mark.parametrize(("count", "sheets"), [(3, 1), (45, 1), (60, 2), (90, 2), (140, 3)])
def test_the_words_fill_as_few_pages_as_they_need_evenly_and_in_order(read, count, sheets):
    pages = words_of_pages(read, ["what it means, said in one sentence of a dozen words or so"] * count)
    assert len(pages[-1]) >= 0.75 * max(map(len, pages))
    assert len(pages) == sheets


def test_words_with_long_and_short_meanings_do_not_run_onto_one_more_page(read):
    lengths = random.Random(3)  # with less room for long meanings, its last word would be on a page of its own
    meanings = ["wordy " * lengths.choice([3, 6, 12, lengths.randint(2, 60)]) for _ in range(104)]
    pages = words_of_pages(read, meanings)
    assert len(pages[-1]) >= 0.5 * max(map(len, pages))


def test_a_bet_that_is_placed_again_has_its_box_in_persons(words_of):
    options = (("options", (Prose(tuple(Line((Run(text),)) for text in ("More", "Fewer", "Neither"))),)),)
    hint = Note("hint", kits.say("Think of rain."))
    stage = kits.stage(1, "Only")
    bet = replace(stage.slides[0], layout="predict", bet="The rise", slots=options, twice=True, notes=(hint,))
    made = kits.kit(("Only",), stages=(replace(stage, slides=(bet, *stage.slides[1:])),), people=20)
    words = words_of(render_facilitator(kits.laid(made)))
    assert "Bet: The rise." in words
    assert "Under 7 right: no talk yet." in words
    assert "7 to 14 right: “Find somebody with another letter." in words
    assert "Over 14 right: one person says why" in words
    assert "alone A ____ B ____ C ____; again A ____ B ____ C ____" in words
    assert "Hint Think of rain." in words
    called = words_of(render_facilitator(kits.laid(replace(made, room="remote"))))
    assert "7 to 14 right: rooms of two, 120 s" in called
    assert "fingers" in words
    assert "fingers" not in called
    once = replace(made, stages=(replace(stage, slides=(replace(bet, twice=False), *stage.slides[1:])),))
    assert "Under 7 right" not in words_of(render_facilitator(kits.laid(once)))
