"""Tests mistakes within text, in a kit: the body of a section begins on line 5 of its file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.content.conftest import problems_of
from workshop.content.inline_reader import plain
from workshop.errors import At
from workshop.model.markup import Strong, Text, Value

Section = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a {{ b", "7: a value {{ is not closed"),
        ("a {{ b\nc }}", "7: a value {{ … }} spans more than one line"),
        ("{% if x %}a{% endif %}", "7: statements {% … %} can't be used here"),
        ("a <br> b", "7: raw HTML isn't supported: <br>"),
        ("<div class='x'>", "7: raw HTML isn't supported: <div class='x'>"),
        ("</div>", "7: raw HTML isn't supported: </div>"),
        ("[a](javascript:alert)", "7: a link cannot go to 'javascript:alert'"),
        ("[a](file:///etc/passwd)", "7: a link cannot go to 'file:///etc/passwd'"),
        ("[a]()", "7: this link goes nowhere"),
        ("[a](https://x.org/{{b)", "7: a value {{ is not closed"),
        ("[a](#nowhere)", "7: no slide is named 'nowhere'"),
        ("[@nobody]", "7: there is no source with the key 'nobody'"),
        ("[see @lee-2021, p. 3]", "7: [see @lee-2021, p. 3] isn't a citation"),
        ("[^1]", "7: there is no footnote [^1]"),
        ("[a]{.fixd}", "7: there is no class '.fixd'"),
        ("[a]{else=b}", "7: else= has no claim="),
        ("[a]{for=everyone}", "7: there is no audience 'everyone'"),
        ("[a]{for=general,-students}", "7: for='general,-students' both chooses and excludes"),
        ("[a]{for=,}", "7: for=',' names no audience"),
        ('[a]{claim="{{ b"}', "7: the value {{ in claim= is not closed"),
        ("[a](https://x.org){target=_blank}", "7: there is no attribute of a link or of code named 'target='"),
        ("`a`{.python}", "7: there is no attribute of a link or of code named '.python'"),
    ],
)
def test_a_mistake_in_text_is_an_error_at_its_line(section: Section, text: str, error: str) -> None:
    found = section(f"## It rises {{#rises}}\n\n{text}\n")
    assert error in found
    assert {line.split(":")[0] for line in found} == {"7"}


def test_an_unclosed_value_in_a_table_a_title_and_an_alt_text_is_found(section: Section) -> None:
    body = "## It {{ rises {#rises}\n\n| a | b |\n|---|---|\n| {{ x | y |\n\n![a {{ b](chart:a.b)\n"
    assert section(body) == [f"{line}: a value {{{{ is not closed" for line in (5, 9, 11)]


def test_text_knows_its_line(talk: Callable[..., object]) -> None:
    content, _ = talk("## A\n\none\n**two\n{{ three }}** four\n")  # type: ignore[misc]
    first, strong, four = content.stages[0].slides[0].blocks[0].children
    assert first == Text("one ", At("talk.md", 3))
    assert strong == Strong((Text("two ", At("talk.md", 4)), Value("three", At("talk.md", 5, 1))))
    assert four == Text(" four", At("talk.md", 5))


def test_tags_of_a_single_file_have_their_meaning_and_others_are_named_once(talk: Callable[..., object]) -> None:
    content, found = talk("## A\n\na <b>b</b> <blink>c</blink> <blink>d</blink> {% d %}\n")  # type: ignore[misc]
    children = content.stages[0].slides[0].blocks[0].children
    assert plain(children) == "a b c d {% d %}"
    assert [plain(node.children) for node in children if isinstance(node, Strong)] == ["b"]
    said = "talk.md:3: advice: names that mean nothing here are ignored: <blink>"
    assert [str(p).partition(" — ")[0] for p in found] == [said]


def test_an_unknown_citation_is_shown_as_written_in_a_single_file(talk: Callable[..., object]) -> None:
    content, found = talk("## A\n\nb [@smith-1999]\n")  # type: ignore[misc]
    assert plain(content.stages[0].slides[0].blocks[0].children) == "b [@smith-1999]"
    assert [(p.severity.name, p.code) for p in found] == [("WARNING", "unknown-source")]


def test_a_footnote_may_not_refer_to_itself(section: Section) -> None:
    assert "9: a footnote refers to a footnote" in section("## A {#a}\n\nb[^1]\n\n[^1]: c[^1]\n")


def test_a_line_of_stars_does_not_nest_thousands_deep(talk: Callable[..., object]) -> None:
    content, _ = talk("## A\n\n" + "**a " * 2000 + "b** " * 2000 + "\n")  # type: ignore[misc]
    blocks = content.stages[0].slides[0].blocks
    assert repr(blocks).count("Strong(") == 1


def test_a_message_shows_values_and_not_what_masks_them(section: Section) -> None:
    assert section("## A {#a}\n\n::: {{ b }}\n:::\n") == ["7: a div cannot open with '{{ b }}'"]


def test_problems_of_a_talk_are_listed_by_line(talk: Callable[..., object]) -> None:
    assert problems_of(lambda: talk("## A\n\n{{ b\n\n[c](#d)\n")) == [  # type: ignore[arg-type, return-value]
        "3: a value {{ is not closed",
        "5: no slide is named 'd'",
    ]
