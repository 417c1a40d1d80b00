from pathlib import Path

from msgspec.structs import replace

from workshop.constructs.answer_divs import Wrong
from workshop.constructs.column_divs import Column, Columns
from workshop.errors import At, WorkshopError
from workshop.model.blocks import Diagram, Line, Map, Phase, Prose, Run, ShownCode, ShownPicture, Step
from workshop.model.theme import Outline, StagePicture
from workshop.render.print.block_data import Galley

from . import kits


def made(*blocks, key=False):
    return kits.galley(key=key).blocks(blocks)


def line(text, level=0, marker="bullet", number=0):
    return Line((Run(text),), level=level, marker=marker, number=number)


def test_lists_nest_by_level_and_split_by_kind():
    first, second = made(
        Prose((line("a"), line("a1", 1), line("a2", 1), line("b"), line("one", marker="number", number=3)))
    )
    assert [item["runs"][0]["t"] for item in first["items"]] == ["a", "b"]
    assert [item["runs"][0]["t"] for item in first["items"][0]["items"][0]["items"]] == ["a1", "a2"]
    assert second["ordered"]
    assert second["start"] == 3


def test_a_second_paragraph_of_an_item_stays_in_it():
    (listing,) = made(Prose((line("a"), line("more", 1, "none"))))
    assert [run["t"] for run in listing["items"][0]["runs"]] == ["a", "\n", "more"]


def test_a_level_without_a_parent_becomes_a_list_of_its_own():
    (listing,) = made(Prose((line("deep", 2),)))
    assert listing["items"][0]["runs"][0]["t"] == "deep"


def test_a_drawing_is_a_file_of_its_outlines_in_black_and_white():
    path = (("M", (0.0, 0.0)), ("L", (9.0, 0.0)), ("L", (9.0, 9.0)), ("Z", ()))
    drawing = StagePicture(name="loaf", alt="A loaf", width=100, height=100, outlines=(Outline("figure", path),))
    galley = kits.galley()
    (data,) = galley.blocks((ShownPicture(path=Path(), alt="A loaf", width_px=100, height_px=100, drawing=drawing),))
    assert (data["type"], data["alt"], data["file"]) == ("picture", "A loaf", "picture-1.svg")
    assert b"<svg" in galley.files["picture-1.svg"]
    assert b"#000000" in galley.files["picture-1.svg"]


def test_the_steps_of_a_scene_are_its_words_on_paper():
    tiles = (Run("the bread", tile="panel"), Run(" "), Run("", tile="panel", blank=True, answer="oven"))
    diagram = Diagram(steps=(Step("Hide", tiles=tiles), Step("Guess", gloss="a share")), alt="A game")
    (data,) = made(diagram)
    assert [(step["name"], step["gloss"]) for step in data["steps"]] == [("Hide", "the bread"), ("Guess", "a share")]


def test_only_web_links_are_kept():
    runs = kits.galley().runs((Run("a", link="#slide"), Run("b", link="https://example.org")))
    assert [run.get("link") for run in runs] == [None, "https://example.org"]


def bound_texts(*runs):
    return [run["t"] for run in kits.galley().runs(runs)]


def test_a_blank_stays_with_the_last_word_before_it_and_its_sign():
    blank = Run("", blank=True)
    assert bound_texts(Run("Read off the surprise: "), blank, Run(" bits"))[::2] == [
        "Read off the surprise:\xa0",
        "\xa0bits",
    ]
    assert bound_texts(Run("For shed: P = "), blank)[0] == "For shed: P\xa0=\xa0"
    assert bound_texts(Run("Share "), blank, Run(" of all the votes"))[2] == " of all the votes"


def test_two_blanks_in_a_row_may_part():
    blank = Run("", blank=True)
    assert bound_texts(Run("Sizes: "), blank, Run(" "), blank)[2] == " "


def test_a_cell_is_blank_only_if_nothing_is_printed_in_it():
    table = kits.table(("a", "?"), head=("x", "y"))
    (data,) = made(table)
    assert [cell["blank"] for cell in data["rows"][0]] == [False, True]
    assert data["fill"]


def test_a_wrong_panel_gives_cause_and_reply_apart():
    (wrong,) = made(Wrong("31", (kits.say("forgot the tie"), kits.say("Look again."))), key=True)
    assert wrong["because"][0]["runs"][0]["t"] == "forgot the tie"
    assert wrong["say"][0]["runs"][0]["t"] == "Look again."


def test_diagrams_maps_columns_and_code_are_set_too():
    steps = (Step("Picks", "which?"), Step("Learns"))
    kinds = made(
        Diagram(steps=steps, alt="two boxes", back="again"),
        Map((Phase("One", steps),), "map"),
        Columns("", (Column("Left", (kits.say("text"),)),)),
        ShownCode("x = 1", "python", "Code"),
    )
    assert [block["type"] for block in kinds] == ["steps", "steps", "para", "para", "code"]


def test_a_charts_caption_says_what_it_is_based_on():
    shown = kits.ShownChart("trigram.surprise", kits.line_chart(), "")
    chart = kits.galley(seed=4).chart(shown)
    assert chart["caption"] == "Surprise a word on six held-out sentences. Real run, seed 4"
    assert chart["alt"] == "Surprise falls from 4.00 to 0.98 bits"


def test_charts_that_cannot_be_drawn_are_all_reported_at_their_places():
    def refuse(chart, width, height):
        raise WorkshopError("too many series")

    galley = Galley(language="en", draw=refuse)
    for line_number in (3, 9):
        chart = replace(kits.line_chart(), title=f"chart {line_number}")
        galley.chart(kits.ShownChart("a", chart, "", At("exercises/02.md", line_number)))
    assert [str(p.at) for p in galley.report.errors] == ["exercises/02.md:3", "exercises/02.md:9"]


def test_code_is_printed_in_runs_of_its_classes_and_code_without_a_language_as_text():
    code = ShownCode(
        "def f():\n\t# a\n", "python", "Code", At("a", 1, 1), classes=b"kkk d   \n\tccc\n".replace(b"\n", b" ")
    )
    coloured, plain = made(code, replace(code, classes=b""))
    assert [[run["kind"] for run in row] for row in coloured["lines"]] == [
        ["keyword", "defined", ""],
        ["", "comment"],
        [],
    ]
    assert ["".join(run["t"] for run in row) for row in coloured["lines"]] == ["def f():", "    # a", ""]
    assert "lines" not in plain
