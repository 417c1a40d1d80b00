"""The looks of our own layouts: which one a slide takes, and what is on it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout.samples import AT, bullets, kit, numbers, prose, slide, table
from workshop.layout.laid import LaidChart, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.model.blocks import Line, Prose, Run, ShownChart
from workshop.model.exhibits import Chart, ChartKind, Series
from workshop.model.kit import Exercise, Kit, Sheet, Slide, SourceLine
from workshop.model.stage_picture import Outline, StagePicture
from workshop.model.theme import inches
from workshop.themes.beds import light

SHORT, LONG = "Dough", "A title with so many words that it has to go on over a second line of the slide"


def laid(*slides: Slide, whole: Kit | None = None) -> tuple[LaidSlide, ...]:
    deck, problems = lay_out(whole or kit(*slides), light())
    assert problems == ()
    return deck.slides


def texts(page: LaidSlide) -> dict[str, str]:
    return {i.placeholder.role: " ".join(line.text for line in i.lines) for i in page.items if isinstance(i, LaidText)}


def content(lines: Prose, title: str = SHORT) -> Slide:
    return slide("content", title, (("main", (lines,)),))


THREE = ("*By hand*: train one", "*Really run*: all that is shown", "*At each stage* what the toy leaves out")


@pytest.mark.parametrize("count", [2, 3])
def test_statements_that_begin_in_bold_become_tiles_with_phrases_on_top(count: int) -> None:
    (page,) = laid(content(bullets(*THREE[:count])))
    assert page.layout.name == f"{count} tiles, short title"
    found = {i.placeholder.role: i for i in page.items if isinstance(i, LaidText)}
    assert not any(role.startswith("order") for role in found)
    assert len({found[f"phrase-{n}"].placeholder.box.y for n in range(1, count + 1)}) == 1
    lowest = max(found[f"phrase-{n}"].placeholder.box.y + found[f"phrase-{n}"].height for n in range(1, count + 1))
    assert all(lowest < found[f"sentence-{n}"].placeholder.box.y < lowest + inches(0.3) for n in range(1, count + 1))


@pytest.mark.parametrize("count", [2, 3])
def test_only_numbered_statements_have_numbers_on_their_tiles(count: int) -> None:
    lines = tuple(replace(line, marker="number", number=n) for n, line in enumerate(bullets(*THREE[:count]).lines, 1))
    (page,) = laid(content(Prose(lines)))
    found = texts(page)
    assert [found[f"order-{n}"] for n in range(1, count + 1)] == ["1", "2", "3"][:count]
    assert (found["phrase-1"], found["sentence-1"]) == ("By hand", "train one")


def test_a_figure_is_the_tile_itself() -> None:
    (page,) = laid(content(bullets("*30* at 0.45", "*20* at 0.80", "*9* above 0.93")))
    assert [texts(page)[f"order-{n}"] for n in (1, 2, 3)] == ["30", "20", "9"]
    assert "phrase-1" not in texts(page)


def leading(*stages: str) -> Prose:
    heads = ("You bet", "You train", "You vote", "You judge")
    runs = (
        (Run(head, strong=True, link=stage), Run(" with a pencil")) for head, stage in zip(heads, stages, strict=False)
    )
    return Prose(tuple(Line(pair, marker="bullet") for pair in runs))


def with_pictures(*slides: Slide) -> Kit:
    outline = Outline("figure", (("M", (0, 0)), ("L", (90, 0)), ("L", (90, 90)), ("Z", ())))
    picture = StagePicture(name="m", alt="A sheaf", width=100, height=100, outlines=(outline,))
    whole = kit(*slides)
    return replace(whole, marks=tuple(replace(mark, picture=picture) for mark in whole.marks))


@pytest.mark.parametrize("count", [2, 3, 4])
def test_tiles_whose_phrases_lead_to_stages_have_their_pictures(count: int) -> None:
    stage = f"#{kit().marks[0].id}"
    (page,) = laid(whole=with_pictures(content(leading(*[stage] * count))))
    assert page.layout.name == f"{count} pictures, short title"
    pictures = [shape for item in page.items if isinstance(item, LaidShapes) for shape in item.shapes]
    assert [(shape.kind, shape.link, shape.alt) for shape in pictures] == [("picture", stage, "A sheaf")] * count
    found = {i.placeholder.role: i.placeholder.box for i in page.items if isinstance(i, LaidText)}
    for n, shape in enumerate(pictures, 1):
        assert shape.box.bottom < found[f"phrase-{n}"].y < found[f"sentence-{n}"].y
        assert shape.box.x == found[f"phrase-{n}"].x


@pytest.mark.parametrize("link", ["", "#nowhere", "https://example.org"])
def test_tiles_of_which_one_leads_elsewhere_have_no_pictures(link: str) -> None:
    stage = f"#{kit().marks[0].id}"
    (page,) = laid(whole=with_pictures(content(leading(stage, link))))
    assert page.layout.name == "2 tiles, short title"


def test_all_phrases_have_one_size_and_all_sentences_have_one() -> None:
    (page,) = laid(content(bullets("*One* a b", "*Unquestionably so* " + "word " * 13, "*Three* c")))
    for kind in ("phrase", "sentence"):
        sizes = {i.size for i in page.items if isinstance(i, LaidText) and i.placeholder.role.startswith(kind)}
        assert len(sizes) == 1


@pytest.mark.parametrize(
    "lines",
    [
        bullets(*THREE[:1]),
        bullets(*THREE, *THREE),
        bullets(*THREE[:2], "not in bold"),
        bullets(*THREE, "- a second level"),
        bullets(*THREE[:2], "*Long* " + "word " * 15),
        prose(*THREE),
    ],
    ids=["one", "six", "plain", "levels", "long", "paragraphs"],
)
def test_any_other_list_stays_a_list(lines: Prose) -> None:
    (page,) = laid(content(lines))
    assert page.layout.name == "Title and text, short title"


def test_only_a_title_of_one_line_gives_its_space_away() -> None:
    low, high = (laid(a_table(title))[0] for title in (LONG, SHORT))
    assert (low.layout.name, high.layout.name) == ("Table", "Table, short title")
    tops = [next(i.placeholder.box.y for i in page.items if isinstance(i, LaidTable)) for page in (low, high)]
    assert tops[1] < tops[0]


def test_the_fewer_options_a_bet_has_the_larger_they_are() -> None:
    heights = []
    for count in (4, 3, 2):
        options = numbers(*[f"option {n}, which is too long to stand beside" for n in range(count)])
        (page,) = laid(slide("predict", SHORT, (("mode", (prose("Bet"),)), ("options", (options,)))))
        heights.append(next(p.box.h for p in page.layout.placeholders if p.role == "option-a"))
    assert heights == sorted(heights)
    assert len(set(heights)) == 3


@pytest.mark.parametrize(
    ("reading", "name"), [((), "Table, short title"), (("It rose.",), "Table and text, short title")]
)
def test_an_exhibit_without_a_text_beside_it_has_the_whole_width(reading: tuple[str, ...], name: str) -> None:
    beside = (("reading", (bullets(*reading),)),) if reading else ()
    (page,) = laid(slide("table-and-text", SHORT, (("main", (table("a|b", "x|1"),)), *beside)))
    assert page.layout.name == name


def a_table(title: str, name: str = "shown") -> Slide:
    return slide("table", title, (("main", (table("a|b", "x|1"),)),), name=name)


def _with_exercise(*slides: Slide) -> Kit:
    def exercise(name: str) -> Exercise:
        return Exercise(id=name, title=name, minutes=5, level=1, calculator=False, task=(), hint=(), solution=())

    whole = kit(*slides)
    sheet = Sheet(
        id="S2-00K", stage=whole.marks[1].id, number=0, title="Dough", aim="", exercises=(exercise("a"), exercise("b"))
    )
    return replace(whole, sheets=(sheet,))


def test_an_exercise_and_its_answer_have_the_tag_of_the_task_on_paper() -> None:
    asked = slide("exercise", SHORT, (("mode", (prose("Exercise"),)), ("main", (prose("Count."),))), name="asked")
    shown = a_table("Loaves")
    whole = _with_exercise(replace(asked, task="b"), replace(shown, answers=("asked",)))
    number = whole.marks[1].number
    pages = laid(whole=whole)
    assert [texts(page)["tag"] for page in pages] == [f"S{number} · task 2"] * 2
    assert pages[1].layout.name == "Table, answer, short title"
    assert texts(pages[1])["mode"] == "Answer"


def test_a_slide_that_answers_a_bet_or_a_question_is_no_answer_to_an_exercise() -> None:
    bet = slide("predict", SHORT, (("mode", (prose("Bet"),)), ("options", (numbers("a", "b"),))), name="bet")
    shown = a_table("Loaves")
    pages = laid(whole=_with_exercise(bet, replace(shown, answers=("bet", "q1"))))
    assert pages[1].layout.name == "Table, short title"


@pytest.mark.parametrize(
    ("finding", "figure"),
    [
        ("On new questions *about 6.5%* had an error", "About 6.5%"),
        ("A set holds *38,961 attacks* by people", "38,961 attacks"),
        ("*38%* were right and *61%* wrong", ""),
        ("The price *fell a lot*", ""),
    ],
    ids=["share", "one", "two", "no-digit"],
)
def test_the_one_figure_of_a_finding_is_large_over_its_sentence(finding: str, figure: str) -> None:
    parts = (("finding", (prose(finding),)), ("who", (prose("*Lee 2021*"),)), ("scope", (prose("*Measured on* C4"),)))
    (page,) = laid(slide("source", SHORT, parts))
    found = texts(page)
    assert found.get("figure", "") == figure
    assert found["finding"].replace("\v", " ") == finding.replace("*", "")
    name = "Figure, field and source" if "%" in figure else "Figure and source" if figure else "Published finding"
    assert page.layout.name == f"{name}, short title"


def shares(*items: str) -> Slide:
    parts = (("finding", (bullets(*items),)), ("who", (prose("*Lee 2021*"),)), ("scope", (prose("*Measured on* C4"),)))
    return slide("source", SHORT, parts)


def test_two_shares_of_a_finding_are_fields_of_squares_side_by_side() -> None:
    (page,) = laid(shares("*42%* of the one", "*6.2%* of the other"))
    assert page.layout.name == "Two shares and source"
    found = texts(page)
    assert [found[f"figure-{n}"] for n in (1, 2)] == ["42%", "6.2%"]
    assert [found[f"meaning-{n}"] for n in (1, 2)] == ["of the one", "of the other"]
    fields = [item for item in page.items if isinstance(item, LaidShapes)]
    for item, share in zip(fields, (42, 6.2), strict=True):
        side = max(shape.box.w for shape in item.shapes)
        filled = sum(shape.box.w for shape in item.shapes if shape.fill) / side
        assert filled == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("items", [("*42%* of it",), ("*42%* of it", "*7,000* words"), ("*42%* of it", "*7%*")])
def test_any_other_list_of_figures_is_a_list(items: tuple[str, ...]) -> None:
    (page,) = laid(shares(*items))
    assert "shares" not in page.layout.name


def two_answers(title: str = SHORT, does: str = "vote") -> Slide:
    sides = (("left-heading", (prose("Answer A"),)), ("left", (bullets("Never alone."),)))
    sides += (("right-heading", (prose("Answer B"),)), ("right", (bullets("Any time."),)))
    return replace(slide("two-content", title, sides, name="vote"), does=does, minutes=4)


def test_two_answers_to_vote_on_have_large_letters_and_a_band_with_the_minutes() -> None:
    (page,) = laid(two_answers())
    found = texts(page)
    assert [found[f"letter-{letter}"] for letter in "ab"] == ["A", "B"]
    assert (found["left"], found["right"]) == ("Never alone.", "Any time.")
    assert "4 minutes" in found["minutes"]
    sides = [i for i in page.items if isinstance(i, LaidText) and i.placeholder.role in ("left", "right")]
    assert len({(i.placeholder.box.y, i.size) for i in sides}) == 1
    assert found["mode"]


@pytest.mark.parametrize("other", [two_answers(does=""), two_answers(LONG)], ids=["no-vote", "long-title"])
def test_other_columns_and_a_vote_under_a_long_title_have_panels(other: Slide) -> None:
    (page,) = laid(other)
    assert page.layout.name.startswith("Two statements")


def test_the_toy_and_the_real_model_are_on_both_sides_of_a_fence() -> None:
    shown = table("|Our toy|A large model", "Reads|16 sentences|trillions of tokens", "Keeps|counts|weights")
    (page,) = laid(slide("toy-stops", "Where the toy stops", (("main", (shown,)),)))
    (found,) = (item for item in page.items if isinstance(item, LaidTable))
    assert page.layout.name == "Toy and real model"
    fence = found.placeholder.fence
    assert found.placeholder.box.x + sum(found.widths[:2]) == fence
    assert next(decor.box.x for decor in page.layout.decor if decor.color == "field") == fence


@pytest.mark.parametrize(("layout", "shown"), [("toy-stops", False), ("table", True)])
def test_the_toy_line_is_left_out_under_the_table_that_says_the_same(layout: str, shown: bool) -> None:
    whole = table("|Our toy|A large model", "Reads|16 sentences|trillions of tokens")
    (page,) = laid(
        replace(slide(layout, "Where the toy stops", (("main", (whole,)),)), toy="Toy: counts. Real: weights.")
    )
    strips = [s for item in page.items if isinstance(item, LaidShapes) for s in item.shapes if s.lines]
    assert any("Toy:" in s.lines[0].text for s in strips) is shown


@pytest.mark.parametrize("parts", [("It never read them.",), ("It never read them.", "*1.68 bits* per word")])
def test_everything_on_the_slide_ends_above_the_band_that_says_where_the_toy_stops(parts: tuple[str, ...]) -> None:
    (page,) = laid(replace(wrong(*parts), toy="Toy: counts. Real: weights."))
    texts_of_slide = [item.placeholder.box for item in page.items if isinstance(item, LaidText)]
    (band,) = (s for item in page.items if isinstance(item, LaidShapes) for s in item.shapes if s.lines)
    assert band.lines[0].text == "Toy: counts. Real: weights."
    assert max(box.bottom for box in texts_of_slide) <= band.box.y
    assert band.box.bottom <= inches(6.67)  # above the rail and the name of the stage


def test_where_there_is_no_room_for_the_band_the_source_line_says_it() -> None:
    places = []
    for words in range(40, 200, 4):
        plain = slide("content", SHORT, (("main", (prose("word " * words),)),))
        one = replace(plain, toy="Toy: counts. Real: weights.", source=SourceLine(None, "Lee 2021"))
        deck, problems = lay_out(kit(one), light())
        if problems:
            break
        (page,) = deck.slides
        places.append("source" if "Toy:" in texts(page).get("source", "") else "band")
    assert places == sorted(places)  # the band as long as there is room, then the source line
    assert set(places) == {"band", "source"}


LINES = Chart(
    ChartKind.LINE,
    "Rise",
    measure="Rise by hours in the oven",
    finding="Both rise",
    series=tuple(
        Series(name, (0.1, 0.4, 0.9), x=(1.0, 2.0, 3.0), role=role)
        for name, role in (("rye", "accent"), ("wheat", "context"))
    ),
    x_label="hours in the oven",
)


@pytest.mark.parametrize(("measure", "named"), [("Rise by hours in the oven", ""), ("Rise", "hours in the oven")])
def test_an_axis_has_a_name_only_if_the_line_under_the_title_doesnt_say_it(measure: str, named: str) -> None:
    main = (ShownChart(name="rise", chart=LINES, alt="Both rise", at=AT),)
    (page,) = laid(slide("chart", SHORT, (("measure", (prose(measure),)), ("main", main))))
    (shown,) = (item for item in page.items if isinstance(item, LaidChart))
    assert shown.resolved.chart.x_label == named


def test_a_text_under_its_exhibit_moves_up_for_the_band_and_keeps_its_lines() -> None:
    slots = (("measure", (prose("Rise"),)), ("main", (ShownChart(name="rise", chart=LINES, alt="Both rise", at=AT),)))
    slots += (("reading", (prose("*Rye*: a slow rise", "*Wheat*: a fast one", "*Both*: until the heat stops it"),)),)
    one = replace(
        slide("chart-and-text", SHORT, slots), toy="Toy: one loaf. Real: a bakery.", source=SourceLine(None, "Lee 2021")
    )
    (page,) = laid(one)
    (shown,) = (item for item in page.items if isinstance(item, LaidChart))
    (read,) = (i for i in page.items if isinstance(i, LaidText) and i.placeholder.role == "reading")
    (band,) = (s for item in page.items if isinstance(item, LaidShapes) for s in item.shapes if s.lines)
    assert shown.placeholder.box.w > inches(11)
    assert shown.placeholder.box.bottom < read.placeholder.box.y < read.placeholder.box.bottom < band.box.y


def wrong(*reply: str) -> Slide:
    parts = (("claim-label", (prose("You may hear"),)), ("claim", (prose("“It looks it up.”"),)))
    parts += (("reply-label", (prose("Reply"),)), ("reply", (prose(*reply),)))
    return slide("misconception", SHORT, parts)


def test_a_figure_at_the_end_of_a_reply_is_its_proof() -> None:
    (page,) = laid(wrong("It never read them.", "*1.68 bits* per word"))
    found = texts(page)
    assert (found["reply"], found["proof"], found["proof-unit"]) == ("It never read them.", "1.68 bits", "per word")


@pytest.mark.parametrize(
    "reply",
    [("*1.68 bits* per word",), ("It never read them.", "*Nothing* is stored"), ("It never read them.", "*1.68*")],
    ids=["alone", "no-digit", "no-unit"],
)
def test_any_other_reply_is_text(reply: tuple[str, ...]) -> None:
    (page,) = laid(wrong(*reply))
    assert "proof" not in texts(page)


def learnt(*numbers_: int) -> Slide:
    lines = tuple(Line((Run(f"Stage {n} in a line"),), marker="number", number=n) for n in numbers_)
    half = (len(lines) + 1) // 2
    slots = (
        ("left", (Prose(lines[:half]),)),
        ("right", (Prose(lines[half:]),)),
        ("exit-ticket", (prose("One thing"),)),
    )
    return slide("closing", "What stays", slots)


def test_what_was_learnt_stands_beside_the_picture_of_its_section_under_the_sections_own_number() -> None:
    (page,) = laid(whole=with_pictures(learnt(1, 3, 4)))
    assert page.layout.name == "Closing with pictures"
    found = texts(page)
    assert [found[f"order-{n}"] for n in (1, 2, 3)] == ["1", "3", "4"]
    assert found["sentence-2"].replace("\u00a0", " ") == "Stage 3 in a line"
    shown = [shape for i in page.items if isinstance(i, LaidShapes) for shape in i.shapes if shape.kind == "picture"]
    assert [shape.box for shape in shown] == [place.box for place in page.layout.pictures[:3]]


def test_without_a_picture_for_each_line_what_was_learnt_is_two_lists() -> None:
    (page,) = laid(learnt(1, 2))
    assert page.layout.name == "Closing"
    (more,) = laid(whole=with_pictures(learnt(*range(1, 8), 99)))
    assert more.layout.name == "Closing"


# ---------------------------------------------------------------- squares and their count
def squares_and(*reading: str) -> Slide:
    series = (Series("pages", (12.0, 5.0)), Series("lost", (0.0, 4.0)))
    drawn = Chart(
        ChartKind.SQUARES, "Price", measure="Pages", finding="Four lost", series=series, categories=("copies", "a word")
    )
    slots = (("main", (ShownChart("demo.price", drawn, "Four lost", AT),)), ("reading", (prose(*reading),)))
    return slide("chart-and-text", SHORT, slots)


def test_a_number_in_bold_beside_squares_is_large_over_what_it_counts() -> None:
    (page,) = laid(squares_and("*4* pages lost to one word"))
    assert (texts(page)["count"], texts(page)["count-unit"]) == ("4", "pages lost to one\u00a0word")
    sizes = {i.placeholder.role: i.size for i in page.items if isinstance(i, LaidText)}
    assert sizes["count"] == 120


@pytest.mark.parametrize("reading", [("Four pages lost",), ("*Pages* lost: 4",), ("*4* pages lost", "*2* kept")])
def test_any_other_text_beside_squares_stays_as_it_is(reading: tuple[str, ...]) -> None:
    (page,) = laid(squares_and(*reading))
    assert "count" not in texts(page)
