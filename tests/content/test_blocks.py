"""Tests mistakes in blocks, in a kit: the body of a section begins on line 5 of its file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.content.conftest import problems_of

Section = Callable[[str], list[str]]
HEAD = "## It rises {#rises}\n\n"  # lines 5 and 6: what follows begins on line 7


def test_an_unclosed_div_names_the_line_it_opened_on(section: Section) -> None:
    body = HEAD + "::: notes\nSay this.\n\n## Next {#next}\n\n::: hint\nx\n:::\n"
    assert section(body) == ["7: the div opened here (::: notes) is not closed"]


def test_a_slide_inside_a_div_is_told_from_a_div_left_open(section: Section) -> None:
    body = HEAD + "::: notes\nSay this.\n\n## Next {#next}\n\ntext\n:::\n"
    assert section(body) == ["10: a slide begins inside the div opened on line 7"]


def test_a_slide_break_inside_a_div_is_a_slide_inside_a_div(section: Section) -> None:
    assert section(HEAD + "::: hint\na\n\n---\n\nb\n:::\n") == ["10: a slide begins inside the div opened on line 7"]


def test_each_of_two_open_divs_is_named(section: Section) -> None:
    assert section(HEAD + "::: columns\n::: column\na\n") == [
        "7: the div opened here (::: columns) is not closed",
        "8: the div opened here (::: column) is not closed",
    ]


def test_a_div_left_open_in_an_item_ends_with_it(section: Section) -> None:
    assert section(HEAD + "- a\n\n  ::: hint\n  b\n\n- c\n") == ["9: the div opened here (::: hint) is not closed"]


def test_a_bare_fence_without_a_div_closes_nothing(section: Section) -> None:
    assert section(HEAD + "text\n\n:::\n") == ["9: this ::: closes nothing"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("::: note\na\n:::\n", "7: no div is named 'note'"),
        ("::: {.callout-nope}\na\n:::\n", "7: there is no class '.callout-nope'"),
        ("::: footer\na\n:::\n", "7: no div is named 'footer'"),
        ("Write \\emph{this}.\n", "7: TeX outside of a formula isn't supported: \\emph"),
        ("\\begin{tabular}{l}\na\n\\end{tabular}\n", "7: TeX outside of a formula isn't supported: \\begin{tabular}"),
        ("::: hint and more\na\n:::\n", "7: a div cannot open with 'hint and more'"),
        ("::: {.hint a=}\na\n:::\n", "7: there is no value after a="),
        ("::: column\na\n:::\n", "7: ::: column is outside of ::: columns"),
        ("::: columns\na\n:::\n", "8: ::: columns can only hold ::: column"),
        ("::: hint\n::: notes\na\n:::\n:::\n", "8: ::: notes is inside another div"),
        ("::: task\na\n:::\n", "7: ::: task is on a slide"),
        ("```python\nx\n", "7: the code fence opened here is not closed"),
        ("```{=html}\n<b>\n```\n", "7: there is no raw block '```{=html}'"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", "9: this row has 3 cells, and the header 2"),
        ("Table: one\n\n| a |\n|---|\n: two\n", "9: this table has two captions"),
        ("> a\n>\n> ---\n", "9: a slide break is inside a list or a quote"),
        ("- a\n\n  ## b\n", "9: a slide begins inside a list or a quote"),
        ("text\n---\n", "7: dashes right under text make it a heading"),
        ("text ![a](b.png) text\n", "7: a picture is inside text"),
        ("| ![a](b.png) |\n|---|\n", "7: a picture is inside text"),
        ("<!-- a\n\nb\n", "7: the comment opened here is not closed"),
        ("x <!-- a\n\nb -->\n", "7: the comment opened here is not closed"),
        ("- a {.opne}\n", "7: there is no class '.opne'"),
        ("- a {claim=\n", "7: there is no value after claim="),
        ("[^1]\n\n[^1]: a\n\n    b\n", "9: the footnote [^1] is not one paragraph"),
        ("[^1]\n\n[^1]: a\n\n[^1]: b\n", "11: there are two footnotes [^1]"),
        ("# Part {#part}\n", "7: a heading with one # means nothing in a kit"),
        (" ".join(["word"] * 5000) + "\n", "7: one paragraph has 24,999 characters"),
    ],
)
def test_a_mistake_is_reported_once_at_its_line(section: Section, body: str, error: str) -> None:
    found = section(HEAD + body)
    assert error in found
    assert len([line for line in found if line.startswith(error.split(":", maxsplit=1)[0] + ":")]) == len(found)


def test_endless_nesting_is_refused_at_its_line(section: Section) -> None:
    deep = "".join("  " * level + "- a\n" for level in range(40))
    assert section(HEAD + deep) == ["18: lists and quotes are nested too deep here"]
    assert section(HEAD + ">" * 5000 + " a\n") == ["7: lists and quotes are nested too deep here"]
    assert section(HEAD + "::: hint\n" * 30 + ":::\n" * 30)[0] == "15: divs are nested more than 8 deep"


def test_six_mistakes_give_six_problems_each_at_its_line(kit: Callable[..., object], section: Section) -> None:
    body = (
        "## It rises {#rises minuts=3}\n\n"  # 5
        "- {{ dough.height\n\n"  # 7
        "![](chart:dough.height.cm){kind=bar width=}\n\n"  # 9
        "Found by [@lee-2020].\n\n"  # 11
        "See [there](#nowhere).\n\n"  # 13
        "::: notse\nSay it.\n:::\n"  # 15
    )
    assert section(body) == [
        "5: there is no attribute 'minuts='",
        "7: a value {{ is not closed",
        "9: there is no value after width=",
        "11: there is no source with the key 'lee-2020'",
        "13: no slide is named 'nowhere'",
        "15: no div is named 'notse'",
    ]


def test_the_place_of_malformed_attributes_has_a_column(kit: Callable[..., object]) -> None:
    from workshop.errors import Problems

    body = "---\ntitle: Dough\n---\n\n## It {{ rises }} {#rises minutes=}\n\n- a\n\n  - b\n    c {.x y}\n"
    with pytest.raises(Problems) as caught:
        kit({"01-dough.md": body})
    places = [(p.at.line, p.at.column, p.message) for p in caught.value.problems if p.at and p.code == "attributes"]
    assert places == [(5, 35, "there is no value after minutes="), (10, 11, "'y' is not an attribute")]


def test_an_unused_footnote_is_a_warning(kit: Callable[..., object]) -> None:
    body = "---\ntitle: Dough\n---\n\n## It rises {#rises}\n\na\n\n[^1]: b\n"
    assert problems_of(lambda: kit({"01-dough.md": body})) == ["9: nothing refers to the footnote [^1]"]  # type: ignore[arg-type, return-value]
