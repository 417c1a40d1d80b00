"""Tests a whole kit laid out: every layout, continuation slides, the map, the source line."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout.samples import AT, all_slides, bullets, kit, map_slide, numbers, prose, runs, slide, table
from workshop.errors import At
from workshop.layout import body_words, overlaps
from workshop.layout.laid import LaidOut, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.model.blocks import Diagram, Map, Phase, Step
from workshop.model.exhibits import Honesty
from workshop.model.kit import Slide, SourceLine
from workshop.model.theme import inches
from workshop.themes.beds import dark, light


def laid_of(*slides: Slide) -> LaidOut:
    laid, problems = lay_out(kit(*slides), light())
    assert [str(p) for p in (*problems, *overlaps(laid))] == []
    return laid


def text(laid: LaidSlide, role: str) -> LaidText:
    return next(i for i in laid.items if isinstance(i, LaidText) and i.placeholder.role == role)


def shapes(laid: LaidSlide) -> LaidShapes:
    return next(i for i in laid.items if isinstance(i, LaidShapes))


@pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
def test_a_slide_of_every_layout_is_laid_out_without_a_problem(theme: object) -> None:
    laid, problems = lay_out(kit(), theme)  # type: ignore[arg-type]
    assert problems == ()
    assert overlaps(laid) == ()
    roles = {key for key in light().layouts if "/" not in key}
    assert {s.layout.role for s in laid.slides} == roles
    assert [s.number for s in laid.slides] == list(range(1, len(laid.slides) + 1))
    assert all(s.items for s in laid.slides)


def test_columns_without_headings_take_the_layout_without_rules() -> None:
    slide = next(s for s in kit().slides if s.layout == "two-content")
    bare = replace(slide, slots=tuple((name, blocks) for name, blocks in slide.slots if not name.endswith("heading")))
    assert [s.layout.role for s in laid_of(slide).slides] == ["two-content"]
    assert [s.layout.name for s in laid_of(bare).slides] == ["Two columns, no headings"]


def test_reading_order_is_title_first_and_source_last() -> None:
    for laid in laid_of(*all_slides()).slides:
        roles = [getattr(getattr(item, "placeholder", None), "role", "shapes") for item in laid.items]
        assert roles[0] == "title"
        assert "source" not in roles[:-1]


def test_the_same_kit_is_laid_out_the_same_twice() -> None:
    assert lay_out(kit(), light())[0].slides == lay_out(kit(), light())[0].slides


def test_a_long_list_goes_on_under_a_title_that_says_so() -> None:
    lines = bullets(*[f"line {n}" for n in range(20)])
    laid = laid_of(slide("content", "A long list", (("main", (lines,)),), minutes=3))
    assert [s.id for s in laid.slides] == ["content", "content-2", "content-3"]
    assert [s.slide.title_text for s in laid.slides] == [
        "A long list",
        "A long list (continued)",
        "A long list (continued) 3",
    ]
    assert tuple(line for s in laid.slides for line in text(s, "main").lines) == lines.lines
    assert len({text(s, "main").size for s in laid.slides}) == 1
    assert [s.slide.minutes for s in laid.slides] == [3, 0, 0]
    assert [s.slide.continued for s in laid.slides] == [False, True, True]


def test_titles_and_ids_of_continuations_are_unique() -> None:
    lines = bullets(*[f"line {n}" for n in range(12)])
    laid = laid_of(
        slide("content", "A list", (("main", (lines,)),), name="a"),
        slide("content", "A list (continued)", (("main", (lines,)),), name="a-2"),
    )
    titles = [s.slide.title_text for s in laid.slides]
    assert len(set(titles)) == len(titles) == 4
    assert len({s.id for s in laid.slides}) == 4


def test_a_long_table_goes_on_with_measure_and_source() -> None:
    rows = table("what|how many", *[f"bread {n}|{n}" for n in range(12)], aligns="lr")
    slots = (("measure", (prose("Loaves a day"),)), ("main", (rows,)))
    laid = laid_of(slide("table", "Loaves", slots, source=SourceLine(Honesty.SUPPLIED, "the oven's book")))
    tables = [next(i for i in s.items if isinstance(i, LaidTable)) for s in laid.slides]
    assert [len(t.table.rows) for t in tables] == [6, 6]
    assert all(text(s, "measure").lines[0].text == "Loaves a day" for s in laid.slides)
    assert all(text(s, "source") for s in laid.slides)


def test_a_continued_activity_does_not_start_its_timer_twice() -> None:
    steps = numbers(*["read one more of the sentences aloud"] * 9)
    slots = (
        ("mode", (prose("Activity"),)),
        ("minutes", (prose("12"),)),
        ("unit", (prose("minutes"),)),
        ("main", (steps,)),
    )
    first, second = laid_of(slide("activity", "Read", slots)).slides
    assert text(first, "minutes").lines[0].text == "12"
    assert {i.placeholder.role for i in second.items if isinstance(i, LaidText)} == {"title", "mode", "main"}


@pytest.mark.parametrize(
    ("honesty", "start"),
    [
        (Honesty.REAL, "■ Real run, seed 7   thirty items"),
        (Honesty.SIMULATED, "□ Simulated   thirty items"),
        (Honesty.ILLUSTRATIVE, "□ Illustrative   thirty items"),
        (Honesty.SUPPLIED, "■ Data supplied   thirty items"),
        (None, "thirty items"),
    ],
)
def test_the_source_line_says_where_the_slides_numbers_come_from(honesty: Honesty | None, start: str) -> None:
    source = SourceLine(honesty, "thirty items", 7)
    (laid,) = laid_of(slide("content", "Thirty", (("main", (prose("items"),)),), source=source)).slides
    assert text(laid, "source").lines[0].text == start


def test_a_long_source_line_takes_two_rows_that_touch_nothing() -> None:
    source = SourceLine(Honesty.REAL, "a basis of many words " * 9)
    (laid,) = laid_of(replace(next(s for s in all_slides() if s.layout == "chart"), source=source)).slides
    assert text(laid, "source").height <= text(laid, "source").placeholder.box.h


def test_unused_placeholders_get_no_item() -> None:
    (laid,) = laid_of(slide("content", "Nothing but a title")).slides
    assert len(laid.items) == 1


def test_an_unknown_layout_is_a_problem_with_the_nearest_name() -> None:
    _, problems = lay_out(kit(slide("chart-and-txt", "A title")), light())
    assert "chart-and-text" in problems[0].hint
    assert problems[0].at == AT


def test_text_and_an_exhibit_in_one_slot_are_a_problem() -> None:
    _, problems = lay_out(kit(slide("two-content", "Two", (("left", (prose("text"), table("a|b", "1|2"))),))), light())
    assert [p.code for p in problems] == ["crowded"]


# ---------------------------------------------------------------- exercise
def exercise(task: str, rows: int = 2, hint: str = "*Hint * look at the table") -> Slide:
    slots = [("mode", (prose("Exercise"),)), ("main", (prose(task),))]
    slots.append(("data", (table("word|a|b", *["bread|1|?"] * rows, aligns="lrr"),)))
    if hint:
        slots.append(("hint", (prose(hint),)))
    return slide("exercise", "How likely?", tuple(slots))


@pytest.mark.parametrize("words", [3, 25, 50])
def test_a_table_moves_down_for_a_longer_task(words: int) -> None:
    (laid,) = laid_of(exercise("word " * words)).slides
    data = next(i for i in laid.items if isinstance(i, LaidTable))
    assert data.placeholder.box.y >= text(laid, "main").placeholder.box.bottom
    assert data.placeholder.box.y + sum(data.heights) <= text(laid, "hint").placeholder.box.y


def test_an_exercise_that_cannot_fit_is_a_problem() -> None:
    _, problems = lay_out(kit(exercise("word " * 120, rows=6)), light())
    assert problems


# ---------------------------------------------------------------- drawn
@pytest.mark.parametrize("count", range(1, 13))
def test_a_map_of_any_number_of_stages_fits(count: int) -> None:
    (laid,) = laid_of(map_slide(count)).slides
    tiles = [s for s in shapes(laid).shapes if s.kind == "rect"]
    assert len(tiles) == count
    assert all(inches(1.4) <= t.box.y and t.box.bottom <= inches(6.66) for t in tiles)
    assert [t.lines[0].text.split()[0] for t in tiles[:8]] == [str(n) for n in range(1, min(count, 8) + 1)]


def test_thirteen_stages_are_a_problem() -> None:
    _, problems = lay_out(kit(map_slide(13)), light())
    assert any("13 stages" in p.message for p in problems)


def test_a_tile_leads_to_a_section_of_this_deck_only() -> None:
    tiles = (Step("Pretraining", "", "accent", link="#pretraining"), Step("Limits", "", "open", link="#limits"))
    both = Map((Phase("All", tiles),), "the map")
    here = slide("section", "Pretraining", (("numeral", (prose("2"),)),), name="pretraining")
    first, _ = laid_of(slide("map", "The map", (("main", (both,)),)), here).slides
    links = [(s.link, s.alt) for s in shapes(first).shapes if s.kind == "rect"]
    assert links == [("#pretraining", "Go to stage 2, Pretraining"), ("", "")]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_a_diagram_joins_its_boxes_in_order_and_back(count: int) -> None:
    steps = tuple(Step(f"Step {n}", "a few words of gloss") for n in range(count))
    figures = tuple(f"{n} | a note" for n in range(count))
    block = Diagram(steps=steps, alt="a chain", back="once more", figures=figures)
    (laid,) = laid_of(slide("diagram", "A chain", (("main", (block,)),))).slides
    drawn = shapes(laid)
    assert [s.ends for s in drawn.shapes if s.kind == "arrow"] == [(k, k + 1) for k in range(count - 1)]
    assert [s.ends for s in drawn.shapes if s.kind == "arrow-back"] == [(count - 1, 0)]
    boxes = [s.box for s in drawn.shapes if s.kind == "rect"]
    assert len({b.y for b in boxes}) == len({b.h for b in boxes}) == 1
    assert drawn.alt == "a chain"


def test_a_diagram_of_six_boxes_is_a_problem() -> None:
    steps = tuple(Step(f"S{n}") for n in range(6))
    _, problems = lay_out(kit(slide("diagram", "A chain", (("main", (Diagram(steps=steps, alt="x"),)),))), light())
    assert "two to 5 boxes" in problems[0].message


# ---------------------------------------------------------------- the basis of checks
def test_what_overlaps_is_named_with_its_slide() -> None:
    laid = laid_of(slide("content", "A title", (("main", (prose("text"),)),), name="here"))
    title, main = laid.slides[0].items
    assert isinstance(title, LaidText)
    assert isinstance(main, LaidText)
    crowded = replace(main, placeholder=replace(main.placeholder, box=title.placeholder.box))
    moved = replace(laid, slides=(replace(laid.slides[0], items=(title, crowded)),))
    (problem,) = overlaps(moved)
    assert "'here'" in problem.message
    assert problem.at == AT


def test_words_of_the_body_leave_title_and_source_out() -> None:
    source = SourceLine(Honesty.REAL, "some basis")
    (laid,) = laid_of(slide("content", "A title", (("main", (bullets("one two", "three"),)),), source=source)).slides
    assert body_words(laid) == 3


def test_a_section_title_of_two_lines_moves_the_question_down() -> None:
    question = ("question", (prose("What follows?"),))
    short, long = (
        laid_of(slide("section", title, (question,))).slides[0]
        for title in ("Limits", "Fine-tuning on instructions and preferences")
    )
    assert text(long, "title").lines[0].text.count("\v") == 1
    assert text(long, "question").placeholder.box.y > text(short, "question").placeholder.box.y


def test_code_without_a_reading_takes_the_whole_width() -> None:
    from workshop.model.blocks import ShownCode

    wide = ShownCode("x" * 60, "python", "a long line", AT)
    (laid,) = laid_of(slide("code", "Code", (("main", (wide,)),))).slides
    assert text(laid, "main").placeholder.box.w == 10_972_800


def test_options_stand_in_their_own_places_with_letters() -> None:
    (laid,) = laid_of(slide("predict", "What follows?", (("options", (prose("one", "two"),)),))).slides
    assert [text(laid, f"letter-{k}").lines[0].text for k in "ab"] == ["A", "B"]
    assert [text(laid, f"option-{k}").lines[0].text for k in "ab"] == ["one", "two"]
    assert not any(getattr(getattr(i, "placeholder", None), "role", "") == "option-c" for i in laid.items)


def test_a_title_keeps_its_runs() -> None:
    (laid,) = laid_of(slide("content", "A *very* short title")).slides
    assert text(laid, "title").lines[0].runs == runs("A *very* short title")


def test_a_reading_and_a_column_of_one_item_have_no_bullets() -> None:
    slots = (("left", (bullets("one quote"),)), ("right", (bullets("one", "two"),)))
    (laid,) = laid_of(slide("two-content", "Two", slots)).slides
    assert [line.marker for line in text(laid, "left").lines] == ["none"]
    assert [line.marker for line in text(laid, "right").lines] == ["bullet", "bullet"]


def test_two_columns_of_text_share_one_size() -> None:
    short, long = numbers("one", "two"), numbers(*["a line that goes on to a second row of its column"] * 4)
    (laid,) = laid_of(slide("closing", "The end", (("left", (long,)), ("right", (short,))))).slides
    assert text(laid, "left").size == text(laid, "right").size == 24  # the larger steps are only for the shorter column


def _big(number: str) -> LaidSlide:
    slots = (("number", (prose(number),)), ("unit", (prose("of all"),)), ("main", (prose("So it is"),)))
    shown = slide("big-number", "A share", slots)
    laid, problems = lay_out(kit(shown), light())
    assert not problems
    return laid.slides[0]


@pytest.mark.parametrize(("number", "filled", "total"), [("16%", 16, 100), ("62.5%", 62.5, 100), ("1 in 7", 1, 7)])
def test_a_big_share_is_drawn_as_squares_filled_from_the_foot(number: str, filled: float, total: int) -> None:
    found = _big(number)
    (drawn,) = [item for item in found.items if isinstance(item, LaidShapes)]
    high = max(shape.box.h for shape in drawn.shapes)
    area = {full: sum(s.box.w * s.box.h for s in drawn.shapes if bool(s.fill) is full) for full in (True, False)}
    assert area[True] / high**2 == pytest.approx(filled, rel=0.01)
    assert (area[True] + area[False]) / high**2 == pytest.approx(total, rel=0.001)
    assert drawn.alt == f"{filled:g} of {total} squares are filled"
    lowest = max(shape.box.bottom for shape in drawn.shapes)
    assert next(shape for shape in drawn.shapes if shape.box.bottom == lowest).fill == "accent"
    texts = [i.placeholder.box for i in found.items if isinstance(i, LaidText) and i.placeholder.role != "title"]
    assert not any(shape.box.overlaps(box) for shape in drawn.shapes for box in texts)


@pytest.mark.parametrize("number", ["1,234", "0%", "100%", "3 in 2", "1 in 1000", "<1%"])
def test_a_number_that_is_not_a_share_is_not_drawn(number: str) -> None:
    assert not [item for item in _big(number).items if isinstance(item, LaidShapes)]


def test_an_exhibit_without_a_measure_begins_where_the_measure_would() -> None:
    with_line = slide("table", "A table", (("measure", (prose("In bits"),)), ("main", (table("a|b", "x|1"),))))
    laid, _ = lay_out(kit(with_line, replace(with_line, id="n", slots=with_line.slots[1:])), light())
    tops = [item.placeholder.box.y for page in laid.slides for item in page.items if isinstance(item, LaidTable)]
    assert tops[0] - tops[1] == inches(0.38)


def test_two_short_texts_side_by_side_are_set_large_and_lists_are_not() -> None:
    short = slide("two-content", "Which?", (("left", (prose("Never alone."),)), ("right", (prose("Any time."),))))
    lists = slide("two-content", "Both", (("left", (bullets("a", "b"),)), ("right", (bullets("c"),))), name="lists")
    laid, _ = lay_out(kit(short, lists), light())
    sizes = [
        {i.size for i in page.items if isinstance(i, LaidText) and i.placeholder.role != "title"}
        for page in laid.slides
    ]
    assert sizes == [{36.0}, {28}]


def test_a_box_of_a_diagram_without_a_figure_leaves_its_place_empty() -> None:
    steps = (Step("Picks"), Step("Reward"), Step("Policy"))
    diagram = Diagram(steps=steps, alt="A chain", back="again", figures=("9 to 3 | votes", "", "0.75"))
    laid, problems = lay_out(kit(slide("diagram", "A chain", (("main", (diagram,)),))), light())
    assert not problems
    (drawn,) = [item for item in laid.slides[0].items if isinstance(item, LaidShapes)]
    words = [shape.lines[0].text for shape in drawn.shapes if shape.kind == "text"]
    assert words == ["again", "9 to 3", "votes", "0.75"]


def test_a_deck_whose_layout_takes_too_long_stops_at_the_slide_where_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    slides = [
        slide("content", f"Slide {k}", (("main", (bullets(*[f"some words {k}"] * 3),)),), name=f"s{k}")
        for k in range(300)
    ]
    slides = [replace(one, at=At("talk.md", k)) for k, one in enumerate(slides)]
    monkeypatch.setattr("workshop.limits.WORK", 3_000)
    laid, problems = lay_out(kit(*slides), light())
    (problem,) = [p for p in problems if p.code == "too-large"]
    assert problem.message == "laying out the slides up to here takes too long"
    assert problem.at is not None
    assert 0 < len(laid.slides) == problem.at.line < 300
