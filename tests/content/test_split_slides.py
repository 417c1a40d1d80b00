from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.content.outline import outline
from workshop.content import load
from workshop.content.split_slides import Names, slug

Talk = Callable[[str], Any]
Section = Callable[[str], list[str]]


def slides(loaded: Any) -> list[str]:
    return [line for stage in loaded[0].stages for slide in stage.slides for line in outline(slide)]


def test_the_slide_level_is_the_highest_heading_followed_by_text(talk: Talk) -> None:
    assert slides(talk("# Part\n\n## One\n\na\n\n### Sub\n\nb\n\n# Other part\n\n## Two\n\nc\n")) == [
        "slide 1 part: Part {.divider}",
        "slide 3 one: One",
        "  paragraph 5: a",
        "  heading 3 7: Sub",
        "  paragraph 9: b",
        "slide 11 other-part: Other part {.divider}",
        "slide 13 two: Two",
        "  paragraph 15: c",
    ]


def test_one_text_under_a_high_heading_makes_it_the_slide_level(talk: Talk) -> None:
    assert slides(talk("# One\n\na\n\n## Sub\n\nb\n")) == [
        "slide 1 one: One",
        "  paragraph 3: a",
        "  heading 2 5: Sub",
        "  paragraph 7: b",
    ]


def test_a_heading_in_a_div_does_not_decide_the_slide_level(talk: Talk) -> None:
    text = "## One\n\n::: columns\n::: column\n### Left\n\na\n:::\n:::\n"
    assert slides(talk(text))[0] == "slide 1 one: One"


def test_headings_alone_are_slides_at_the_lowest_level(talk: Talk) -> None:
    assert slides(talk("# A\n\n## B\n\n## C\n")) == ["slide 1 a: A {.divider}", "slide 3 b: B", "slide 5 c: C"]


def test_a_break_opens_a_slide_without_a_title(talk: Talk) -> None:
    assert slides(talk("## One {.optional for=-a minutes=2}\n\na\n\n---\n\nb\n\n---\n\nc\n")) == [
        "slide 1 one: One {.optional for='-a' minutes='2'}",
        "  paragraph 3: a",
        "slide 5 one-2:  {.optional for='-a'}",
        "  paragraph 7: b",
        "slide 9 one-3:  {.optional for='-a'}",
        "  paragraph 11: c",
    ]


def test_a_break_before_a_heading_or_another_break_makes_no_empty_slide(talk: Talk) -> None:
    text = "---\n\n## One\n\na\n\n---\n\n---\n\n## Two\n\nb\n\n---\n"
    assert [line for line in slides(talk(text)) if line.startswith("slide")] == [
        "slide 3 one: One",
        "slide 11 two: Two",
    ]


def test_text_before_the_first_heading_is_a_slide_without_a_title(talk: Talk) -> None:
    assert slides(talk("\nhello\n\n## One\n\na\n"))[:3] == [
        "slide 2 slide-1: ",
        "  paragraph 2: hello",
        "slide 4 one: One",
    ]


def test_ids_made_from_titles_are_unique_and_yield_to_written_ones(talk: Talk) -> None:
    text = "## One\n\na\n\n## One\n\na\n\n## Other {#one-2}\n\na\n\n## {{ x }}\n\na\n"
    assert [s.id for s in talk(text)[0].stages[0].slides] == ["one", "one-3", "one-2", "one-4"]


def test_notes_are_taken_off_the_slide_and_joined(talk: Talk) -> None:
    text = "## One\n\n::: notes\n**Say** a\n:::\n\nb\n\n::: {.notes for=-x}\nc\n:::\n"
    assert slides(talk(text)) == [
        "slide 1 one: One",
        "  paragraph 7: b",
        "  notes",
        "    paragraph 4: <strong Say> a",
        "    div 9 notes {.notes for='-x'}",
        "      paragraph 10: c",
    ]


def test_setext_headings_are_headings_in_a_single_file(talk: Talk) -> None:
    assert slides(talk("One {#a}\n---\n\ntext\n")) == ["slide 1 a: One", "  paragraph 4: text"]


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ("## It rises as it bakes\n\na\n", ["5: this slide has no name"]),
        ("a\n\n## B {#b}\n", ["5: this is before the first slide"]),
        ("## A {#a}\n\n## B {#a}\n", ["7: there are two slides named 'a', the first on line 5"]),
        (
            "## A {#a for=students}\n\n## B {#a for=-general}\n",
            ["7: there are two slides named 'a', the first on line 5"],
        ),
        ("## A {#a for=students}\n\n## B {#a for=-students}\n", []),
        ("## A {#a layout=statment}\n", ["5: there is no layout 'statment'"]),
        ("## A {#a minutes=two}\n", ["5: minutes=two is not a number of minutes"]),
        ("## A {#a minutes=-1}\n", ["5: minutes=-1 is not a number of minutes"]),
        ("## A {#a minutes=nan}\n", ["5: minutes=nan is not a number of minutes"]),
        ("## A {#a minutes=1.5}\n", []),
        ("## A {#a .cor}\n", ["5: there is no class '.cor'"]),
        ("## A {#a transition=zoom}\n", ["5: there is no attribute 'transition='"]),
        ("## A {#a background-image=sea.png}\n", ["5: there is no file 'sea.png'"]),
        ("", ["1: this file has no slides"]),
    ],
)
def test_a_kit_is_strict_about_its_slides(section: Section, body: str, errors: list[str]) -> None:
    assert section(body) == errors


def test_a_slide_without_a_name_gets_a_suggestion(kit: Any) -> None:
    from workshop.errors import Problems

    with pytest.raises(Problems) as caught:
        kit({"01-dough.md": "---\ntitle: Dough\n---\n\n## It rises, slowly\n"})
    assert caught.value.problems[0].hint == "add {#it-rises-slowly} after its title"


def test_in_a_single_file_unknown_names_are_one_note_but_misspelt_ones_are_warnings(talk: Talk) -> None:
    _, found = talk("---\ntoc: true\n---\n\n## A {.smaller data-x=1}\n\n::: {.shade}\nb\n:::\n")
    assert [str(p) for p in found] == [
        (
            "talk.md:2: advice: names that mean nothing here are ignored: .shade, .smaller, data-x=, toc:"
            " — docs/reference/divs.md and keys.md list the names that exist"
        )
    ]
    text = "---\nsubtitel: x\n---\n\n## A {minuts=1}\n\n::: note\nb\n:::\n\n::: {.hnit}\nc\n:::\n"
    assert [f"{p.at.line}: {p.message}" for p in talk(text)[1] if p.at and p.severity.name == "WARNING"] == [
        "2: there is no key 'subtitel'",
        "5: there is no attribute 'minuts='",
        "7: there is no kind of div named '.note'",
        "11: there is no kind of div named '.hnit'",
    ]


def test_slugs_are_short_plain_and_readable() -> None:
    assert slug("“What’s new?” – a Übersicht") == "whats-new-a-ubersicht"
    assert slug("数据") == "数据"
    assert len(slug("word " * 50)) <= 60


def test_names_count_on_without_looking_at_all_before() -> None:
    names = Names(["a-2"])
    assert [names.unique("a") for _ in range(3)] == ["a", "a-3", "a-4"]


def test_a_background_of_reveal_is_a_picture_or_else_named(write: Callable[..., None]) -> None:
    write(
        {
            "sea.png": b"x",
            "talk.md": "# A\n\n## {data-background=sea.png}\n\n## B {data-background=white}\n\nb\n\n## C {data-background=red}\n\nc\n",
        }
    )
    content, found = load(Path("talk.md"))
    assert [slide.attrs.get("background-image") for slide in content.stages[0].slides] == ["", "sea.png", "", ""]
    assert [(p.at.line, p.message) for p in found if "background" in p.message] == [
        (9, "background= of a slide has no effect")
    ]
