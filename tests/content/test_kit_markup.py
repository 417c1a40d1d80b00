"""Tests that a kit says what a talk can: formulas, indices, definitions, drawn tables, lines, callouts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshop.errors import At
from workshop.model.formula import Fraction
from workshop.model.markup import Box, Div, ListBlock, Look, Math, Paragraph, TableBlock, Text, Value

Kit = Callable[..., Any]


def blocks_of(kit: Kit, body: str) -> tuple[Any, ...]:
    content, found = kit({"01-dough.md": f"---\ntitle: Dough\n---\n\n## It rises {{#rises}}\n\n{body}\n"})
    assert not found
    return content.stages[0].slides[0].blocks


def test_formulas_and_indices_have_their_meaning_and_prices_stay_text(kit: Kit) -> None:
    (paragraph,) = blocks_of(kit, "It is $x^2$, H~2~O or 10^3^, for $5 and $7.")
    kinds = [(node.kind if isinstance(node, Look) else type(node).__name__) for node in paragraph.children]
    assert kinds == ["Text", "Math", "Text", "sub", "Text", "super", "Text"]
    assert paragraph.children[-1].text == ", for $5 and $7."


def test_a_value_in_a_formula_stays_a_value_in_the_tree_and_in_its_text(kit: Kit) -> None:
    (paragraph,) = blocks_of(kit, r"$p = \frac{1}{{{ dough.n }}}$")
    (math,) = paragraph.children
    ((sign, value),) = math.values
    assert value == Value("dough.n", At("bread/01-dough.md", 7, 15))
    assert next(part.below.parts[0].text for part in math.formula.body.parts if isinstance(part, Fraction)) == sign
    assert math.children[-1] == value


def test_double_braces_in_a_formula_of_a_talk_are_texs_own_unless_there_are_spaces_in_them(talk: Kit) -> None:
    content, _ = talk("## One\n\n$x_{{ij}} + {{ var.n }}$\n")
    (math,) = content.stages[0].slides[0].blocks[0].children
    assert [value.expr for _, value in math.values] == ["var.n"]


def test_definitions_drawn_tables_and_lines_are_blocks(kit: Kit) -> None:
    terms, table, lines = blocks_of(
        kit, "Flour\n\n:   Milled.\n\n+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n\n| One\n|   two"
    )
    assert isinstance(terms, ListBlock)
    assert terms.style == "plain"
    assert isinstance(table, TableBlock)
    assert [len(row) for row in (table.header, *table.rows)] == [2, 2]
    assert isinstance(lines, Paragraph)
    assert len(lines.children) == 3


def test_a_callout_is_a_box_with_its_title(kit: Kit) -> None:
    (box,) = blocks_of(kit, '::: {.callout-tip title="Mind this"}\nYeast lives.\n:::')
    assert isinstance(box, Box)
    assert (box.kind, box.title[0].text) == ("callout", "Mind this")


def test_boxes_to_tick_stay_choices_and_footnotes_have_no_numbers(kit: Kit) -> None:
    choices, paragraph = blocks_of(kit, "- [ ] a\n- [x] b\n\nc^[d]")
    assert [item.checked for item in choices.items] == [False, True]
    assert paragraph.children[-1].number == 0


def test_a_div_without_a_name_is_for_those_whom_it_names_in_a_talk_too(kit: Kit, talk: Kit) -> None:
    content, _ = talk("## One\n\n::: {for=students}\na\n:::\n")
    for blocks in (content.stages[0].slides[0].blocks, blocks_of(kit, "::: {for=students}\na\n:::")):
        (div,) = blocks
        assert isinstance(div, Div)
        assert div.attrs.get("for") == "students"


def test_a_program_named_in_code_is_no_cell_unless_quarto_reads_it(talk: Kit) -> None:
    content, found = talk("## One\n\n`python build.py`\n")
    assert content.stages[0].slides[0].blocks[0].children[0].text == "python build.py"
    assert not found


def test_a_list_with_letters_keeps_its_letters(kit: Kit) -> None:
    (letters,) = blocks_of(kit, "a. one\nb. two")
    assert letters.style == "a."
    assert letters.items[0].blocks[0].children == (Text("one", At("bread/01-dough.md", 7)),)


def test_math_knows_its_line(kit: Kit) -> None:
    (paragraph,) = blocks_of(kit, "one\n$x$")
    assert next(node.at.line for node in paragraph.children if isinstance(node, Math)) == 8
