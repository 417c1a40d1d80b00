"""Tests how written text becomes the text shown: each case is Markdown, which is really parsed, and the expected result."""

from pathlib import Path

import pytest

from workshop.constructs.boxes import Hint, Quoted
from workshop.content.markdown_file import parse_document
from workshop.content.reading import Scope as Reading
from workshop.errors import At, Report
from workshop.model.blocks import Choices, Line, Prose, Run, ShownCode, ShownTable, plain
from workshop.model.exhibits import Findings
from workshop.model.frozen import Frozen
from workshop.model.policy import KIT
from workshop.plan.resolve import Resolver, all_figures, one_line, with_signs
from workshop.plan.scope import Scope

FACTS = Frozen({"share": 0.625, "word": "mat", "lead": True, "gone": False})


class Case:
    """The result of resolving a text for an audience, and the problems noted on the way."""

    def __init__(self, text, *, audience="general", digits=False, varied="", picture=None):
        self.report = Report()
        reading = Reading(policy=KIT, root=Path(), sources=frozenset({"lee-2021", "b.2"}))
        document = parse_document(text, Path("talk.md"), reading, self.report, slide_level=2)
        self.scope = Scope(
            root=Path(),
            audience=audience,
            names={"toy": FACTS},
            findings={"toy": Findings(FACTS)},
            failed=frozenset(),
            sources={},
            report=self.report,
            digits=digits,
            varied=varied,
        )
        self.asked = []

        def find(node, scope):
            self.asked.append(node.target)
            return picture

        self.blocks = Resolver(self.scope, find).blocks(tuple(document.flow))

    @property
    def codes(self):
        return [problem.code for problem in self.report.found]

    @property
    def lines(self):
        return [line for block in self.blocks if isinstance(block, Prose) for line in block.lines]

    @property
    def runs(self):
        (line,) = self.lines
        return line.runs

    @property
    def texts(self):
        return [line.text for line in self.lines]


# ---------------------------------------------------------------- looks
@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("**a**", Run("a", strong=True)),
        ("*a*", Run("a", emphasis=True)),
        ("~~a~~", Run("a", strike=True)),
        ("`a`", Run("a", code=True)),
        ("[a](#slide)", Run("a", link="#slide")),
        ("[a]{.mark}", Run("a", mark=True)),
        ("[a]{.accent}", Run("a", accent=True)),
        ("[a]{.answer}", Run("a", accent=True)),
        ("[ ]{.blank}", Run("", blank=True)),
        ("[a]{.fixed}", Run("a")),
    ],
)
def test_a_mark_gives_one_look_and_no_other(text, run):
    assert Case(text).runs == (run,)


def test_looks_inside_each_other_add_up():
    assert Case("**a *b*{.x}**".replace("{.x}", "")).runs == (
        Run("a ", strong=True),
        Run("b", strong=True, emphasis=True),
    )
    assert Case("[**a**]{.mark}").runs == (Run("a", strong=True, mark=True),)
    assert Case("**[a `b`](#x)**").runs == (
        Run("a ", strong=True, link="#x"),
        Run("b", strong=True, code=True, link="#x"),
    )


def test_neighbours_of_one_look_are_joined_and_others_are_not():
    assert Case("one {{ toy.word }} two").runs == (Run("one mat two"),)
    assert Case("a **b** c").runs == (Run("a "), Run("b", strong=True), Run(" c"))


def test_places_to_write_in_stay_apart():
    assert Case("[ ]{.blank}[ ]{.blank}").runs == (Run("", blank=True), Run("", blank=True))
    assert Case("a [ ]{.blank} b").runs == (Run("a "), Run("", blank=True), Run(" b"))


def test_a_hard_break_stays_within_its_line():
    assert Case("one\\\ntwo").texts == ["one\vtwo"]


def test_quotes_are_set_with_the_characters_beside_them_but_not_in_code():
    assert Case("the *raters*' `'own'` answer").runs == (
        Run("the "),
        Run("raters", emphasis=True),
        Run("’ "),
        Run("'own'", code=True),
        Run(" answer"),
    )


# ---------------------------------------------------------------- values, claims, audiences
def test_a_value_is_printed_and_its_run_is_known_to_be_used():
    case = Case("{{ toy.share | percent }} said so")
    assert case.texts == ["63% said so"]
    assert case.scope.used == ["toy"]


def test_what_is_for_another_audience_is_left_out_and_white_space_with_it():
    assert Case("a [b]{for=students} c", audience="students").texts == ["a b c"]
    assert Case("[b]{for=students} c").texts == ["c"]
    text = "- one\n- two {for=students}\n\n::: {.hint for=students}\nhelp\n:::\n"
    assert Case(text).texts == ["one"]
    assert len(Case(text, audience="students").blocks) == 2


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ('a [b]{claim="toy.CLAIM" else="c"}', ["a b"], ["a c"]),
        ('a [b]{claim="toy.CLAIM" else=""}', ["a b"], ["a"]),
        ('- a\n- b {claim="toy.CLAIM" else="c"}', ["a", "b"], ["a", "c"]),
        ('- a\n- b {claim="toy.CLAIM" else=""}', ["a", "b"], ["a"]),
        ('a\n\n::: {claim="toy.CLAIM" else="c"}\nb\n:::', ["a", "b"], ["a", "c"]),
        ('a\n\n::: {claim="toy.CLAIM" else=""}\nb\n:::', ["a", "b"], ["a"]),
    ],
)
def test_a_false_claim_takes_its_neutral_wording_or_nothing(text, holds, fails):
    assert Case(text.replace("CLAIM", "lead")).texts == holds
    assert Case(text.replace("CLAIM", "gone")).texts == fails


@pytest.mark.parametrize(
    "text",
    ['a [b]{claim="toy.gone"}', '- a\n- b {claim="toy.gone"}', 'a\n\n::: {claim="toy.gone"}\nb\n:::'],
)
def test_a_false_claim_without_one_stops_the_kit_s_own_run_and_is_left_out_of_others(text):
    assert Case(text).codes == ["false-claim"]
    other = Case(text, varied="with seed 3")
    assert other.texts == ["a"]
    assert other.codes == []


def test_a_neutral_wording_stands_for_the_first_paragraph_of_an_item_alone():
    text = '- b {claim="toy.gone" else="c"}\n\n  more\n'
    assert Case(text).texts == ["c", "more"]


def test_the_neutral_wording_of_a_box_comes_on_the_click_of_the_box():
    case = Case('. . .\n\n::: {claim="toy.gone" else="c"}\nb\n:::')
    assert case.lines == [Line((Run("c"),), step=1, at=At("talk.md", 3))]


def test_a_span_that_needs_slides_remembers_which_inside_and_out():
    assert Case("[a [b]{needs=two}]{needs=one}").runs == (
        Run("a ", needs=("one",)),
        Run("b", needs=("one", "two")),
    )


# ---------------------------------------------------------------- digits, sources, footnotes
def test_a_digit_in_prose_without_a_source_is_a_warning():
    case = Case("It took 346 pages.", digits=True)
    assert case.codes == ["stray-digit"]
    assert "'It took 346 pages.'" in case.report.found[0].message
    assert str(case.report.found[0].at) == "talk.md:1"
    assert Case("It took 346 pages.").codes == []


@pytest.mark.parametrize(
    "text",
    [
        "It took [3]{.fixed} pages.",
        "It took 3 pages [@lee-2021].",
        "It took **3** pages [@lee-2021].",
        "It took ~~3~~ *3* [3](#x) pages [@lee-2021].",
        "[It took **3**]{.fixed} pages.",
        "`3` pages",
        "{{ toy.share }} of them",
        "| a |\n|---|\n| 3 |\n\n: Pages [@lee-2021]\n",
        "| in 2021 |\n|---|\n| a |\n\n: Pages [@lee-2021]\n",
    ],
)
def test_a_digit_that_is_marked_cited_code_or_a_value_is_not(text):
    assert Case(text, digits=True).codes == []


def test_a_digit_beside_a_marked_one_and_in_a_table_without_a_source_still_is():
    assert Case("[3]{.fixed} of 4", digits=True).codes == ["stray-digit"]
    assert Case("| a |\n|---|\n| 3 |\n", digits=True).codes == ["stray-digit"]


def test_the_words_around_a_digit_are_quoted_from_a_little_before_it():
    case = Case("a long sentence with words before the number 346 and many more words after it", digits=True)
    assert case.report.found[0].message.startswith("'before the number 346 and many more word'")


def test_a_source_is_noted_and_leaves_no_gap_before_the_full_stop():
    case = Case("It is so [@lee-2021]. And so [@lee-2021; @b.2].")
    assert case.texts == ["It is so. And so."]
    assert case.scope.cited == ["lee-2021", "lee-2021", "b.2"]


def test_a_footnote_is_kept_apart_from_its_sentence():
    case = Case("It is so[^1].\n\n[^1]: In **most** cases, {{ toy.word }}.\n")
    assert case.texts == ["It is so."]
    assert case.scope.footnotes == ["In most cases, mat."]


# ---------------------------------------------------------------- blocks
def test_paragraphs_and_lists_are_one_text_until_something_else_comes():
    case = Case("a\n\n- b\n\n```\ncode\n```\n\nc")
    assert [type(block) for block in case.blocks] == [Prose, ShownCode, Prose]
    assert case.texts == ["a", "b", "c"]


def test_a_numbered_list_counts_from_its_first_number_and_bullets_have_none():
    case = Case("3. a\n4. b\n\n   more\n5. c\n")
    assert [(line.marker, line.number, line.text) for line in case.lines] == [
        ("number", 3, "a"),
        ("number", 4, "b"),
        ("none", 0, "more"),
        ("number", 5, "c"),
    ]
    assert [line.marker for line in Case("- a\n- b\n").lines] == ["bullet", "bullet"]


def test_items_that_are_left_out_take_no_number():
    text = '1. a\n2. b {for=students}\n3. c {claim="toy.gone" else=""}\n4. d\n'
    assert [(line.number, line.text) for line in Case(text).lines] == [(1, "a"), (2, "d")]


def test_a_list_in_a_list_is_one_level_deeper():
    case = Case("- a\n  1. b\n     - c\n- d\n")
    assert [(line.level, line.marker, line.text) for line in case.lines] == [
        (0, "bullet", "a"),
        (1, "number", "b"),
        (2, "bullet", "c"),
        (0, "bullet", "d"),
    ]


def test_other_blocks_in_an_item_come_after_the_list():
    case = Case("- a\n\n  ```\n  code\n  ```\n- b\n")
    assert [type(block) for block in case.blocks] == [Prose, ShownCode]
    assert case.texts == ["a", "b"]


def test_boxes_to_tick_are_choices_and_the_ticked_ones_right():
    (choices,) = Case("- [ ] a\n- [x] **b**\n- [x] c\n").blocks
    assert isinstance(choices, Choices)
    assert choices.options == ((Run("a"),), (Run("b", strong=True),), (Run("c"),))
    assert choices.right == (1, 2)


def test_choices_for_others_are_left_out_before_the_right_ones_are_counted():
    (choices,) = Case("- [ ] a {for=students}\n- [x] b\n").blocks
    assert (choices.options, choices.right) == (((Run("b"),),), (0,))


def test_a_list_with_one_box_among_bullets_is_no_choice():
    assert [type(block) for block in Case("- [ ] a\n- b\n").blocks] == [Prose]


def test_what_follows_a_pause_comes_one_click_later_each_time():
    case = Case("a\n\n. . .\n\nb\n\n- c\n\n. . .\n\n### d\n")
    assert [(line.step, line.text) for line in case.lines] == [(0, "a"), (1, "b"), (1, "c"), (2, "d")]
    assert case.lines[3].runs == (Run("d", strong=True),)


def test_a_pause_after_lines_that_come_one_by_one_goes_on_counting():
    case = Case("::: incremental\n- a\n- b\n:::\n\n. . .\n\nc\n")
    assert [line.step for line in case.lines] == [1, 2, 3]


def test_lines_know_where_they_were_written():
    assert [line.at.line for line in Case("a\n\n- b\n- c\n").lines] == [1, 3, 4]


def test_an_empty_paragraph_leaves_nothing():
    assert Case("[b]{for=students}").blocks == ()
    assert Case("[@lee-2021]").blocks == ()


def test_a_quote_is_what_somebody_says_and_a_div_without_a_meaning_is_its_content():
    (quote,) = Case("> a **b**\n").blocks
    assert isinstance(quote, Quoted)
    assert quote.blocks == (Prose((Line((Run("a "), Run("b", strong=True)), at=At("talk.md", 1)),)),)
    assert Case("::: {}\na\n:::").texts == ["a"]


def test_a_div_with_a_meaning_is_what_its_construct_makes():
    (hint,) = Case("::: hint\nLook at {{ toy.word }}.\n:::").blocks
    assert isinstance(hint, Hint)
    assert hint.blocks[0].lines[0].text == "Look at mat."


# ---------------------------------------------------------------- code and pictures
def test_code_is_untouched_and_named_by_its_first_line_unless_it_has_an_alternative_text():
    (code,) = Case("```python\n\n  x = '1'\n\n```").blocks
    assert (code.text, code.language) == ("\n  x = '1'", "python")
    assert code.alt == "Code that begins: x = '1'"
    (named,) = Case('``` {.python alt="adds {{ toy.word }}"}\nx\n```').blocks
    assert named.alt == "adds mat"


def test_a_picture_is_asked_for_and_one_that_is_not_found_leaves_nothing():
    found = ShownCode("x", "", "alt")
    assert Case("![](code:toy.loop)", picture=found).blocks == (found,)
    missing = Case("![](code:toy.loop)")
    assert missing.blocks == ()
    assert missing.asked == ["code:toy.loop"]


@pytest.mark.parametrize("attrs", ["for=students", 'claim="toy.gone"'])
def test_a_picture_that_is_not_shown_is_not_even_looked_for(attrs):
    case = Case(f"![](code:toy.loop){{{attrs}}}", picture=ShownCode("x", "", "alt"), varied="with seed 3")
    assert case.blocks == ()
    assert case.asked == []


# ---------------------------------------------------------------- tables
def test_a_table_is_resolved_cell_by_cell_with_its_highlight_and_its_caption():
    case = Case("| word | share |\n|---|---|\n| {{ toy.word }} | **b** |\n\n: Votes of the *room* {highlight=1}\n")
    (table,) = case.blocks
    assert isinstance(table, ShownTable)
    assert table.header == ((Run("word"),), (Run("share"),))
    assert table.rows == (((Run("mat"),), (Run("b", strong=True),)),)
    assert table.highlight == 0
    assert table.caption == table.alt == "Votes of the room"
    assert table.at.line == 1


def test_a_table_without_a_caption_is_described_by_its_heads_or_its_own_text():
    (plain_,) = Case("| word |  | share |\n|---|---|---|\n| a | b | c |\n").blocks
    assert (plain_.alt, plain_.caption, plain_.highlight) == ("Table: word, share", "", -1)
    (named,) = Case('| a |\n|---|\n| b |\n\n: What it says {alt="all of {{ toy.word }}"}\n').blocks
    assert (named.alt, named.caption) == ("all of mat", "What it says")


@pytest.mark.parametrize("highlight", ["first", "0", "-1"])
def test_a_highlight_beyond_the_rows_is_ignored(highlight):
    (table,) = Case(f"| a |\n|---|\n| b |\n\n: c {{highlight={highlight}}}\n").blocks
    assert table.highlight == -1


def test_columns_of_figures_are_flush_right_unless_they_come_first_or_are_aligned_by_hand():
    (table,) = Case("| a | b | c | d |\n|---|---|:-:|---|\n| 1 | 2 | 3 | x |\n| 4 | – | 5 | 6 |\n").blocks
    assert table.aligns == ("left", "right", "center", "left")


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (["1", "2.5", "1,000"], True),
        (["63%", "−0.5", "+12"], True),
        (["1 bit", "2.5 bits", "–"], True),
        (["3×", "< 5"], False),
        (["3×", "<5", "≥7", "±1"], True),
        (["½", "1/2", "3½"], True),
        (["", "-", "7"], True),
        (["–", ""], False),
        (["1a", "2"], False),
        (["12", "mat"], False),
    ],
)
def test_figures_are_numbers_with_their_signs_and_units(cells, figures):
    assert all_figures([(Run(cell),) for cell in cells]) is figures


def test_one_line_is_a_plain_paragraph():
    assert one_line((Run("a"),), At("x.md", 3)) == Prose((Line((Run("a"),), at=At("x.md", 3)),))
    assert plain(one_line((Run("a"), Run("b")), At("x.md", 3)).lines[0].runs) == "ab"


def test_text_without_looks_keeps_raised_figures_and_only_those():
    assert with_signs((Run("10"), Run("6", script=1), Run(" atoms of H"), Run("2", script=-1))) == "10⁶ atoms of H2"
