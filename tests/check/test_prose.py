from tests.check.samples import FILE, exercise, note, prose, slide
from workshop.check.prose import in_exercise, in_notes, on_slide, sentences, unquoted
from workshop.constructs.boxes import Given
from workshop.errors import At
from workshop.model import blocks, kit


def texts(passages):
    return [passage.text for passage in passages]


def test_a_slide_is_read_from_its_title_on_line_by_line():
    found = list(on_slide(slide("Flour", "Water", line=7)))
    assert [(p.text, p.at.line, p.slot) for p in found] == [
        ("Warm dough rises", 7, "title"),
        ("Flour", 8, "main"),
        ("Water", 9, "main"),
    ]


def test_words_of_the_engine_and_of_the_sources_are_not_the_authors():
    assert texts(on_slide(slide("Exercise", slot="mode"))) == ["Warm dough rises"]
    assert texts(on_slide(slide("Lee et al.", slot="who"))) == ["Warm dough rises"]


def test_tables_written_in_the_file_are_read_and_those_of_a_demo_are_not():
    cells = ((blocks.Run("flour"),), (blocks.Run("water"),))
    for name, read in (("", ["flour", "water", "flour", "water"]), ("dough.table", [])):
        shown = blocks.ShownTable(
            header=cells, rows=(cells,), aligns=("left", "left"), alt="", name=name, at=At(FILE, 4)
        )
        made = kit.Slide(id="s", layout="table", title=(), slots=(("main", (shown,)),))
        assert texts(on_slide(made)) == read


def test_code_and_struck_out_words_are_not_prose_and_bold_words_are_marked():
    runs = (
        blocks.Run("Run "),
        blocks.Run("KNEAD", code=True),
        blocks.Run("now", strike=True),
        blocks.Run("dough", strong=True),
    )
    block = blocks.Prose((blocks.Line(runs),))
    (found,) = on_slide(kit.Slide(id="s", layout="content", title=(), slots=(("main", (block,)),)))
    assert "KNEAD" not in found.text
    assert "now" not in found.text
    assert found.marked == ("dough",)


def test_boxes_of_a_diagram_options_and_printed_matter_are_read():
    steps = blocks.Diagram(steps=(blocks.Step("Mix", "flour and water"),), alt="")
    choices = blocks.Choices(((blocks.Run("yes"),), (blocks.Run("no"),)))
    given = Given("Recipe", (prose("A pinch"),))
    made = kit.Slide(id="s", layout="content", title=(), slots=(("main", (steps, choices, given)),))
    assert [(p.text, p.slot) for p in on_slide(made)] == [
        ("Mix: flour and water", "main"),
        ("yes", "main"),
        ("no", "main"),
        ("A pinch", "given"),
    ]


def test_only_the_notes_asked_for_are_read():
    made = slide(notes=[note("say", "Now we weigh.", 9), note("wrong", "More is better.", 11)])
    assert [(p.text, p.at.line) for p in in_notes(made, "say")] == [("Now we weigh.", 9)]


def test_of_an_exercise_the_task_is_read_and_not_the_solution():
    made = kit.Exercise(
        id="e",
        title="E",
        minutes=1,
        level=1,
        calculator=False,
        task=(prose("Weigh"),),
        hint=(prose("Twice"),),
        solution=(prose("Half a pound"),),
    )
    assert [(p.text, p.slot) for p in in_exercise(made)] == [("Weigh", "task"), ("Twice", "hint")]
    assert texts(in_exercise(exercise("Weigh"))) == ["Weigh"]


def test_a_decimal_point_does_not_end_a_sentence_but_a_mark_in_quotes_does():
    assert sentences("It takes 2.5 hours. “Why?” Nobody asks") == ["It takes 2.5 hours.", "“Why?”", "Nobody asks"]
    assert sentences("") == []


def test_quotes_are_removed_and_an_apostrophe_is_not_a_quotation_mark():
    assert unquoted('the baker’s “it knows” and "it wants"') == "the baker’s … and …"
