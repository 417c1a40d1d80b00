from pathlib import Path

import pytest

from tests.plan.conftest import words
from workshop.errors import Severity
from workshop.model.blocks import Choices, Diagram, Panel, ShownChart, ShownCode, ShownTable, plain
from workshop.model.exhibits import Honesty


@pytest.mark.parametrize(
    ("body", "layout"),
    [
        ("- a\n- b\n", "content"),
        ("", "statement"),
        ("![](chart:toy.surprise)\n", "chart"),
        ("![](chart:toy.surprise)\n\n- a short reading\n", "chart-and-text"),
        ("![](table:toy.votes)\n", "table"),
        ("![](table:toy.votes)\n\nRead it.\n", "table-and-text"),
        ("![](code:toy.loop)\n", "code"),
        ("| a | b |\n|---|---|\n| c | d |\n", "table"),
        ("```python\nx\n```\n", "code"),
        ("::: columns\n::: column\n- a\n:::\n::: column\n- b\n:::\n:::\n", "two-content"),
        ("![](chart:toy.surprise)\n\n![](table:toy.votes)\n", "two-content"),
        ("::: misconception\n> wrong\n\nright\n:::\n", "misconception"),
        ("::: diagram\n- **A**: one\n- **B**: two\n:::\n", "diagram"),
    ],
)
def test_the_layout_follows_from_what_is_on_the_slide(plan, body, layout):
    planned = plan(f"## A finding in words\n\n{body}")
    assert planned.slide().layout == layout
    assert not [p for p in planned.problems if p.severity is Severity.ERROR]


def test_values_are_printed_and_claims_hold(plan):
    planned = plan(
        '## From {{ toy.bits.first | bits }} down\n\n- to {{ toy.bits.last | bits }}, [below two]{claim="toy.bits.last < 2" else="x"}\n'
    )
    assert planned.slide().title_text == "From 4.00 down"
    assert words(planned.slide().slot("main")) == ["to 1.46, below two"]


def test_a_false_claim_takes_its_neutral_wording(plan):
    planned = plan(
        '## Title stays {claim="toy.bits.last > 2" else="What {{ toy.rounds }} rounds do"}\n\n'
        '- [above two]{claim="toy.bits.last > 2" else="it stops at {{ toy.bits.last | bits }}"}\n'
        '- gone {claim="toy.rounds > 9" else=""}\n'
    )
    assert planned.slide().title_text == "What 4 rounds do"
    assert words(planned.slide().slot("main")) == ["it stops at 1.46"]


def test_a_false_claim_without_neutral_wording_stops_with_the_kits_own_data(plan):
    planned = plan('## It rises with each round {claim="toy.bits.last > toy.bits.first"}\n\n- a\n')
    assert [(p.at.line, p.code) for p in planned.problems] == [(1, "false-claim")]
    values = ("toy.bits.last is 1.46", "toy.bits.first is 4")
    assert all(value in planned.problems[0].message for value in values)


def test_a_slide_for_another_case_is_left_out_and_the_build_says_so(plan):
    text = '---\ntitle: T\n---\n# One\n\ntext\n\n# Two {when="toy.rounds > 9"}\n\n{{ toy.nothing }}\n'
    made = plan(text, data={("toy", "words"): Path("own.txt")})
    assert [slide.title_text for slide in made.kit.slides][1:] == ["One"]
    assert made.messages == ["slide 'two' is left out: meant for other data than yours"]
    assert plan(text).messages == []


def test_a_slide_knows_the_runs_that_it_speaks_of_and_the_kit_those_with_own_data(plan):
    text = "# One\n\n{{ toy.rounds | count }}\n\n# Two\n\ntext\n\n# Three\n\n![](chart:toy.surprise)\n"
    made = plan(text, data={("toy", "words"): Path("own.txt")})
    assert [slide.runs for slide in made.kit.slides] == [("toy",), (), ("toy",)]
    assert made.kit.own == ("toy",)
    assert plan(text).kit.own == ()


@pytest.mark.parametrize(
    "body",
    [
        "![](chart:toy.surprise)\n\n" + " ".join(["word"] * 50),
        "![](chart:toy.surprise)\n\n![](chart:toy.surprise)\n\ntext",
        "::: columns\n::: column\n- a\n:::\n:::",
        "::: columns\n::: column\ntext\n\n![](chart:toy.surprise)\n:::\n::: column\nb\n:::\n:::",
    ],
)
def test_what_no_layout_is_made_for_is_put_together_freely_in_a_talk(plan, body):
    planned = plan(f"## A finding in words\n\n{body}\n")
    assert [s.layout for s in planned.kit.slides] == ["free"]


def test_an_exhibit_brings_its_measure_its_alternative_text_and_its_honesty(plan):
    slide = plan("## A finding in words\n\n![](chart:toy.surprise)\n").slide()
    (chart,) = slide.slot("main")
    assert isinstance(chart, ShownChart)
    assert chart.alt == "Surprise falls"
    assert words(slide.slot("measure")) == ["Mean surprise, in bits"]
    assert (slide.source.honesty, slide.source.text) == (Honesty.REAL, "two rounds")


def test_brackets_and_measure_override_what_the_exhibit_brings(plan):
    slide = plan(
        '## A finding in words\n\n![Falls to {{ toy.bits.last | bits }}](chart:toy.surprise){measure="Bits a word"}\n'
    ).slide()
    assert slide.slot("main")[0].alt == "Falls to 1.46"
    assert words(slide.slot("measure")) == ["Bits a word"]


def test_a_slide_has_the_mark_of_its_weakest_exhibit(plan):
    slide = plan("## A finding in words\n\n![](chart:toy.surprise)\n\n![](table:toy.votes)\n").slide()
    assert slide.source.honesty is Honesty.SIMULATED


def test_a_slide_that_only_prints_values_says_which_run_they_come_from(plan):
    slide = plan("## A finding in words\n\n- {{ toy.bits.last | bits }}\n").slide()
    assert slide.source.text == "two rounds"
    assert plan("## A finding in words\n\n- no value\n").slide().source is None


def test_a_tables_numbers_are_printed_in_its_columns_units(plan):
    (table,) = plan("## A finding in words\n\n![](table:toy.votes)\n").slide().slot("main")
    assert isinstance(table, ShownTable)
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["mat", "63%"],
        ["rug", "–"],
    ]
    assert table.aligns == ("left", "right")
    assert table.highlight == 0


def test_a_wrong_kind_of_exhibit_says_how_to_write_it(plan):
    planned = plan("## A finding in words\n\n![](table:toy.surprise)\n")
    assert planned.problems[0].hint == "it is a chart: write chart:toy.surprise"


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("chart:toy.surprize", "'surprise'"),
        ("chart:tay.surprise", "'toy'"),
        ("chart:data/no.csv", "/data is missing, too: make it and put no.csv there"),
    ],
)
def test_a_reference_to_nothing_names_the_nearest(plan, reference, hint):
    planned = plan(f"## A finding in words\n\n![]({reference})\n")
    problem = next(p for p in planned.problems if p.severity is Severity.WARNING)
    assert problem.at.line == 3
    assert hint in problem.hint


def test_a_chart_of_an_unregistered_kind_is_a_problem_where_it_is_shown(plan):
    planned = plan("## A finding in words\n\n![](chart:toy.pie)\n")
    (problem,) = planned.problems
    assert problem.message == "toy.pie is a chart of an unknown kind, 'pie'"
    assert problem.hint == "there are: bar, column, dots, forest, line, scatter, squares, stacked, …"
    assert problem.at.line == 3


def test_a_csv_becomes_a_native_chart_and_table_without_python(plan):
    csv = {"data/survey.csv": "answer,count,share\nyes,12,80%\nno,3,20%\n"}
    planned = plan(
        "## A finding in words\n\n![](chart:data/survey.csv){kind=bar x=answer y=count unit=count}\n\n## Another one\n\n![](table:data/survey.csv)\n",
        csv,
    )
    chart = planned.slide(0).slot("main")[0].chart
    assert chart.categories == ("yes", "no")
    assert chart.series[0].values == (12, 3)
    assert planned.slide(0).source is None  # in a talk, all data are its author's
    assert [plain(c) for c in planned.slide(1).slot("main")[0].rows[0]] == [
        "yes",
        "12",
        "80%",
    ]


@pytest.mark.parametrize(
    ("csv", "attributes", "message"),
    [
        ("a,b\nx,many\n", "", "'many' where a number is needed"),
        ("a,b\nx,1,2\n", "", "3 cells for 2 columns"),
        ("a,b\n", "", "no rows"),
        ("a,b,b\nx,1,2\n", "", "two columns are named 'b'"),
        ("a,b\nx,1\n", "{y=c}", "no column is named 'c'"),
        ("a,b\nx,1\n", "{kind=cake}", "no kind of chart for a CSV file is named 'cake'"),
    ],
)
def test_a_bad_csv_is_one_clear_problem(plan, csv, attributes, message):
    planned = plan(f"## A finding in words\n\n![](chart:t.csv){attributes}\n", {"t.csv": csv})
    assert any(message in m for m in planned.messages), planned.messages


def test_quotes_tables_and_code_in_notes_are_spoken_line_by_line(plan):
    inside = "**Say** Look.\n\n> A quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nf()\n\ng()\n```\n\nThe end.\n"
    slide = plan(f"## A finding in words\n\n- a\n\n::: notes\n{inside}:::\n").slide()
    (said,) = slide.notes
    assert [line.text for line in said.prose.lines] == [
        "Look.", "A quote", "a | b", "1 | 2", "f()", "g()", "The end.",
    ]  # fmt: skip
    assert [run.code for line in said.prose.lines for run in line.runs if "()" in run.text] == [True, True]


def test_notes_are_told_apart_by_their_labels(plan):
    slide = plan(
        "## A finding in words\n\n- a\n\n::: notes\n**Say** Hello.\n\nAnd more.\n\n**Ask** Why?\n\n**Next** On.\n:::\n"
    ).slide()
    assert [(n.kind, [plain(x.runs) for x in n.prose.lines]) for n in slide.notes] == [
        ("say", ["Hello.", "And more."]),
        ("ask", ["Why?"]),
        ("next", ["On."]),
    ]


def test_list_items_come_one_by_one_in_an_incremental_div(plan):
    slide = plan("## A finding in words\n\n::: incremental\n- a\n- b\n  - deeper\n- c\n:::\n").slide()
    assert [line.step for line in slide.slot("main")[0].lines] == [1, 2, 2, 3]


def test_what_follows_a_pause_comes_on_a_click(plan):
    slide = plan("## A finding in words\n\nfirst\n\n. . .\n\nsecond\n").slide()
    assert [line.step for line in slide.slot("main")[0].lines] == [0, 1]


def test_a_your_turn_slide_has_mode_minutes_and_unit(plan):
    slide = plan("## What comes next? {layout=predict minutes=2}\n\n- one\n- two\n").slide()
    assert words(slide.slot("mode")) == ["Bet"]
    assert words(slide.slot("minutes")) == ["2"]
    assert words(slide.slot("unit")) == ["minutes"]
    assert words(slide.slot("options")) == ["one", "two"]
    assert words(plan("## Next? {layout=predict minutes=1}\n\n- a\n- b\n").slide().slot("unit")) == ["minute"]


def test_a_your_turn_slide_may_say_what_the_room_does_in_its_own_words(plan):
    slide = plan('## Next? {layout=predict mode="Check" minutes=1}\n\n- a\n- b\n').slide()
    assert words(slide.slot("mode")) == ["Check"]


def test_a_bet_knows_which_of_its_options_is_right(plan):
    slide = plan('## Next? {layout=predict minutes=1}\n\n- a {right="1 > 2"}\n- b {right=yes}\n- c\n').slide()
    assert [line.right for line in slide.slot("options")[0].lines] == [False, True, None]


@pytest.mark.parametrize(("one", "other", "count"), [("yes", "yes", 2), ("'1 > 2'", "'2 > 3'", 0)])
def test_exactly_one_option_of_a_bet_is_right(plan, one, other, count):
    planned = plan(f"## Next? {{layout=predict minutes=1}}\n\n- a {{right={one}}}\n- b {{right={other}}}\n")
    assert any(f"{count} options of this bet are right" in m for m in planned.messages), planned.messages


OPENING = "## Try it {opens=toy minutes=2}\n\n1. Type\n2. Bet\n\n::: offline\nLook on\n:::\n"


def test_a_slide_that_opens_the_companion_page_names_the_file_and_the_section(plan):
    slide = plan(OPENING + "\n## Shown\n\n![](chart:toy.surprise)\n").slide()
    assert (slide.layout, slide.address) == ("activity", "")
    assert words(slide.slot("mode")) == ["Live"]
    assert words(slide.slot("main")) == ["explore.html, “The toy itself”", "Type", "Bet"]
    assert words(slide.slot("materials")) == ["No phone? Look on"]


def test_a_published_page_is_named_by_its_address(plan):
    published = "---\nexplore_url: https://garden.example/7\n---\n"
    slide = plan(published + OPENING + "\n## Shown\n\n![](chart:toy.surprise)\n").slide()
    assert slide.address == "https://garden.example/7#toy"
    (line, *_) = slide.slot("main")[0].lines
    assert (line.runs[0].text, line.runs[0].link) == ("garden.example/7", "https://garden.example/7#toy")


def test_a_slide_may_open_a_demo_in_a_state(plan):
    published = "---\nexplore_url: https://garden.example/7\n---\n"
    opening = OPENING.replace("opens=toy", "opens=toy?picks=ABA")
    slide = plan(published + opening + "\n## Shown\n\n![](chart:toy.surprise)\n").slide()
    assert slide.address == "https://garden.example/7#toy?picks=ABA"
    assert words(slide.slot("main"))[0] == "garden.example/7, “The toy itself”"


def test_a_slide_with_an_exhibit_keeps_it_and_the_script_says_what_to_do_on_the_page(plan):
    notes = "\n::: notes\n**Say** Look.\n\n**Show** 20 seconds: turn it.\n:::\n"
    slide = plan(f"## It falls {{opens=toy minutes=1}}\n\n![](chart:toy.surprise)\n{notes}").slide()
    assert slide.layout == "chart"
    (shown,) = [note for note in slide.notes if note.kind == "show"]
    assert words((shown.prose,)) == ["explore.html, “The toy itself”. 20 seconds: turn it."]
    assert slide.source.text.endswith("explore.html")


def test_the_foot_has_the_address_alone_and_the_notes_have_the_section(plan):
    published = "---\nexplore_url: https://garden.example/workshops/seven/spring\n---\n"
    notes = "\n::: notes\n**Show** 20 seconds: turn it.\n:::\n"
    slide = plan(f"{published}## It falls {{opens=toy minutes=1}}\n\n![](chart:toy.surprise)\n{notes}").slide()
    (shown,) = [note for note in slide.notes if note.kind == "show"]
    assert slide.source.text.endswith("· garden.example/workshops/seven/spring")
    assert words((shown.prose,)) == ["garden.example/workshops/seven/spring, “The toy itself”. 20 seconds: turn it."]


@pytest.mark.parametrize(
    ("slide", "message"),
    [
        (
            "## A {opens=toy minutes=1}\n\n![](chart:toy.surprise)\n",
            "opens= is on a slide that doesn't say what to do on the page",
        ),
        (
            "## A {opens=tyo}\n\n1. a\n\n## B\n\n![](chart:toy.surprise)\n",
            "opens=tyo: no run of this kit has that name",
        ),
        ("## A? {layout=predict}\n\n- only one\n", "two to four options, not 1"),
        ("## A finding\n\n::: misconception\nno claim\n:::\n", "a wrong claim and a reply"),
        ("## A finding {layout=toy-stops}\n\ntext\n", "one table"),
        ("## A finding {layout=source}\n\ntext\n", "cites nothing"),
        ("## A finding {layout=big-number}\n", "no number"),
        ("## A finding\n\n::: diagram\ntext\n:::\n", "a diagram is one list"),
    ],
)
def test_a_layout_that_lacks_something_says_what(plan, slide, message):
    assert any(message in m for m in plan(slide).messages)


def test_a_diagrams_items_are_boxes_with_a_gloss_and_a_role(plan):
    (diagram,) = (
        plan(
            '## A finding\n\n::: {.diagram back="again"}\n- **Picks**: which is better? {.open}\n- **Policy** {.accent}\n:::\n'
        )
        .slide()
        .slot("main")
    )
    assert isinstance(diagram, Diagram)
    assert [(s.name, s.gloss, s.role) for s in diagram.steps] == [
        ("Picks", "which is better?", "open"),
        ("Policy", "", "accent"),
    ]
    assert diagram.back == "again"


def test_boxes_to_tick_and_quotes_read_as_text_on_a_slide(plan):
    slide = plan("## A finding in words\n\n- [ ] one\n- [x] two\n\n> said\n").slide()
    assert words(slide.slot("main")) == ["☐ one", "☒ two", "said"]
    assert not any(isinstance(b, Choices | Panel) for b in slide.slot("main"))


def test_code_keeps_its_lines(plan):
    (code,) = plan("## A finding\n\n```python\na = 1\n\nb = {{ not.a.value }}\n```\n").slide().slot("main")
    assert isinstance(code, ShownCode)
    assert code.text == "a = 1\n\nb = {{ not.a.value }}"


def test_a_cover_is_made_from_the_front_matter(plan):
    planned = plan("---\ntitle: Talk\nauthor: Ada\ndate: today\n---\n\n## A finding\n\n- a\n")
    cover = planned.slide(0)
    assert (cover.layout, cover.title_text) == ("cover", "Talk")
    assert words(cover.slot("occasion")) == ["Ada · today"]


def test_a_slide_of_a_talk_without_a_heading_is_named_by_its_first_words(plan):
    planned = plan("## A finding in words\n\n- a\n\n---\n\n- b c d e f g h i j\n")
    assert [(s.title_text, s.continued, s.untitled) for s in planned.kit.slides] == [
        ("A finding in words", False, False),
        ("b c d e f g h i…", False, True),
    ]


TALKED = "## Next? {layout=predict minutes=%s again=%s}\n\n- a\n- b\n\n::: notes\n**Say** Bet.\n%s:::\n"
HINT = "\n**Hint** Think of rain.\n"


def test_a_bet_that_is_placed_again_has_three_minutes_and_its_hint(plan):
    slide = plan(TALKED % (3, "yes", HINT)).slide()
    assert (slide.twice, slide.minutes) == (True, 3)
    assert [note.kind for note in slide.notes] == ["say", "hint"]
    assert not plan(TALKED % (1, "no", "")).slide().twice


@pytest.mark.parametrize(("slot", "minutes"), [(30, 1), (90, 3)])
def test_a_bet_may_be_placed_again_only_from_a_slot_on(plan, slot, minutes):
    slide = plan(TALKED % (1, 60, HINT), minutes=slot).slide()
    assert (slide.twice, slide.minutes) == (minutes == 3, minutes)
    assert words(slide.slot("minutes")) == [str(minutes)]


@pytest.mark.parametrize(
    ("text", "said", "fix"),
    [
        (TALKED % (3, "yes", ""), "the room bets again here, and the notes have no Hint for it", "write **Hint**"),
        (TALKED % (2, "yes", HINT), "again=yes needs 3 minutes, and this bet has 2", "write minutes=3"),
        (
            "## Rain falls in spring {again=yes minutes=3}\n\nText\n",
            "again= is on a slide that asks for no bet",
            "take it out",
        ),
        (TALKED % (3, "often", HINT), "again=often is neither yes nor no nor a number of minutes", "write again=yes"),
    ],
)
def test_a_bet_that_cannot_be_placed_again_is_named_with_its_line_and_the_fix(plan, text, said, fix):
    (problem,) = plan(text).problems
    assert problem.message == said
    assert problem.hint.startswith(fix)
    assert problem.at.line == 1


def test_a_slide_that_asks_names_no_run_that_would_give_the_answer_away(plan):
    text = "## How low? {layout=predict minutes=1}\n\n- [1]{.fixed}\n- {{ toy.bits.last | bits }}\n"
    assert plan(text).slide().source is None


def test_typed_quotes_are_set_on_slides_and_in_notes_but_not_in_code(plan):
    text = (
        "## The *toy*'s \"answer\" {#q}\n\nIt isn't `print('x')`, \"**bold**\" or not\n\n"
        "::: notes\n**Say** Don't.\n\n**Next** On.\n:::\n"
    )
    slide = plan(text).slide()
    assert slide.title_text == "The toy’s “answer”"
    assert slide.slot("main")[0].lines[0].text == "It isn’t print('x'), “bold” or not"
    assert slide.notes[0].prose.lines[0].text == "Don’t."


def test_a_diagram_takes_a_figure_and_a_note_from_the_list_under_a_box(plan):
    text = (
        "## A chain\n\n::: diagram\n- **Picks**: which is better?\n  - **{{ toy.bits.last | bits }}** bits left\n"
        "- **Policy**: moved\n:::\n"
    )
    (diagram,) = plan(text).slide().slot("main")
    assert [step.name for step in diagram.steps] == ["Picks", "Policy"]
    assert diagram.figures == ("1.46 | bits left", "")
    assert diagram.alt == "Diagram: Picks (1.46, bits left), then Policy"


def test_a_diagram_without_figures_has_none(plan):
    (diagram,) = plan("## A chain\n\n::: diagram\n- **Picks**: a\n- **Policy**: b\n:::\n").slide().slot("main")
    assert diagram.figures == ()


@pytest.mark.parametrize(
    ("cells", "align"),
    [
        (("−33", "+9"), "right"),
        (("9%", "<1%"), "right"),
        (("½", "1½"), "right"),
        (("1/2", "–"), "right"),
        (("–", "–"), "left"),
        (("2 of 3", "1"), "left"),
    ],
)
def test_a_column_of_figures_is_right_aligned_but_never_the_first_one(plan, cells, align):
    rows = "".join(f"| {cell} | {cell} |\n" for cell in cells)
    text = "## A table {layout=table}\n\n| a | b |\n|---|---|\n" + rows
    (table,) = plan(text).slide().slot("main")
    assert table.aligns == ("left", align)


def test_a_piece_is_shown_only_with_the_slides_that_it_mentions(plan):
    text = (
        "# One {#one}\n\n- You vote[, and compare]{needs=two}\n- [Gone]{needs=-two}\n\n"
        "::: notes\n[**Say** Not now.]{needs=-two}\n\n**Do** Look[ at the next slide]{needs=two}.\n:::\n\n# Two {#two}\n\ntext\n"
    )
    slide = plan(text).slide(0)
    assert words(slide.slot("main")) == ["You vote, and compare"]
    assert [(note.kind, words((note.prose,))) for note in slide.notes] == [("do", ["Look at the next slide."])]


def test_a_piece_that_mentions_an_unknown_slide_is_an_error(plan):
    (message,) = plan("# One {#one}\n\nYou vote[, and compare]{needs=tow}\n\n# Two {#two}\n\ntext\n").messages
    assert message == "no slide is named 'tow'"


def test_a_column_without_numbers_is_left_out_of_a_chart_with_a_warning(plan):
    csv = {"t.csv": "year,full,empty\n2001,1,\n2002,2,\n"}
    made = plan("## A finding in words\n\n![](chart:t.csv){kind=line x=year y=full,empty}\n", csv)
    (block,) = (block for _, blocks in made.slide().slots for block in blocks if hasattr(block, "chart"))
    assert [series.name for series in block.chart.series] == ["full"]
    assert any("column 'empty' has no numbers, and the chart leaves it out" in m for m in made.messages)


def test_a_csv_without_any_number_is_not_a_chart(plan):
    csv = {"t.csv": "year,empty\n2001,\n"}
    made = plan("## A finding in words\n\n![](chart:t.csv){kind=line x=year y=empty}\n", csv)
    assert any("t.csv has no numbers to draw" in m for m in made.messages)


def test_cells_of_a_csv_are_shown_as_they_are_written(plan):
    made = plan("## A finding in words\n\n![](table:t.csv)\n", {"t.csv": "year;code;share;price\n2023;007;3%;1,50\n"})
    assert [plain(cell) for cell in made.slide().slot("main")[0].rows[0]] == ["2023", "007", "3%", "1,50"]


def test_a_misspelt_label_of_notes_is_reported_with_the_right_one(plan):
    made = plan("# One\n\ntext\n\n::: notes\n**Sya** Hello.\n\n**Water** is wet.\n:::\n")
    assert [(p.message, p.hint) for p in made.problems] == [("'Sya' isn't a label for notes", "did you mean 'Say'?")]


# ---------------------------------------------------------------- charts from a CSV that scale
ROWS = "day,price\n" + "".join(f"2026-{1 + k // 28 % 12:02}-{1 + k % 28:02},{1.01**k:.3f}\n" for k in range(300))
FILES = {
    "data/prices.csv": ROWS,
    "data/flats.csv": "area,size,rent\nNorth,40,820\nSouth,65,1010\nWest,80,1500\nEast,,900\n",
    "data/months.csv": "month,rent,food,other,share\nJan,900,300,200,64.3%\nFeb,900,310,150,66.2%\n",
}


def examples_of_csv() -> str:
    """Return the Markdown of the example in docs/write/exhibits.md."""
    text = (Path(__file__).parents[2] / "docs" / "write" / "exhibits.md").read_text("utf-8")
    return text.partition("## Charts from a CSV")[2].partition("```\n")[2].partition("```")[0]


def test_the_example_of_the_docs_gives_four_exhibits(plan):
    made = plan(examples_of_csv(), FILES)
    assert list(made.messages) == []
    flats, months, prices, table = (made.slide(k).slot("main")[0] for k in range(4))
    assert flats.chart.kind == "scatter"
    assert flats.chart.series[0].x == (40.0, 65.0, 80.0), "a row without a number along x is left out"
    assert flats.chart.series[0].labels == ("North", "South", "West")
    assert [s.name for s in months.chart.series] == ["rent", "food", "other"]
    assert prices.chart.y_log
    assert (prices.chart.decimals, len(prices.chart.categories)) == (1, 300)
    assert "300 rows: price from 1.0 to" in prices.alt
    assert [plain(row[-1]) for row in table.rows] == ["64.3%", "66.2%"]
    assert [plain(row[2]) for row in table.rows] == ["300", "310"]


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ("{kind=line unit=percnt}", "no unit is named 'percnt'"),
        ("{kind=line decimals=two}", "'two' isn't a number of decimals"),
        ("{kind=line unit=count decimals=1}", "have no decimals"),
        ('{kind=line unit="prise=count"}', "no column is named 'prise'"),
        ("{kind=column log=y}", "no logarithmic axis"),
        ("{kind=line log=z}", "names no axis"),
        ("{kind=scatter x=day y=price}", "has '2026-01-01' where a number is needed"),
        ("{kind=scatter x=price y=day}", "has '2026-01-01' where a number is needed"),
    ],
)
def test_an_attribute_that_does_not_fit_a_csv_is_one_clear_problem(plan, attributes, message):
    made = plan(f"## A finding in words\n\n![](chart:data/prices.csv){attributes}\n", FILES)
    assert any(message in said for said in made.messages), made.messages


def test_columns_of_different_units_are_not_drawn_on_one_axis(plan):
    attributes = '{kind=line y=rent,share unit="rent=count, share=percent"}'
    made = plan(f"## A finding in words\n\n![](chart:data/months.csv){attributes}\n", FILES)
    assert any("different units, count and percent" in said for said in made.messages)
