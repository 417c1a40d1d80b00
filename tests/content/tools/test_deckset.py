"""Tests talks for Deckset: private notes behind a caret, commands, headings that fill the slide, pictures."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.content.outline import outline
from workshop.content import load
from workshop.model.markup import Edge

Write = Callable[[Mapping[str, str | bytes]], None]


@pytest.fixture
def deckset(write: Write) -> Callable[[str], Any]:
    """Load a talk for Deckset, beside which there are two pictures."""

    def load_talk(text: str) -> Any:
        write({"talk.md": text, "a.png": b"x", "b.png": b"x"})
        return load(Path("talk.md"), tool="deckset")[0].stages[0].slides

    return load_talk


def lines(slides: Any) -> list[str]:
    return [line for slide in slides for line in outline(slide)]


def test_what_stands_behind_a_caret_is_notes_up_to_an_empty_line(deckset: Callable[[str], Any]) -> None:
    slides = deckset("# One\n\n^ private\nand this\n^and that\n\nshown^[a note]\n\n^- also\n")
    assert lines(slides) == [
        "slide 1 one: One {layout='statement'}",
        "  paragraph 7: shown<footnote a note>",
        "  notes",
        "    paragraph 3: private<break>and this<break>and that",
        "    list 9",
        "      item 9",
        "        paragraph 9: also",
    ]


def test_carets_in_code_are_code(deckset: Callable[[str], Any]) -> None:
    assert lines(deckset("# One\n\n```\n^ code\n---\n```\n"))[1:] == ["  code 3 : '^ code\\n---\\n'"]


def test_a_line_of_carets_is_one_note(deckset: Callable[[str], Any]) -> None:
    assert lines(deckset("# One\n\n" + "^" * 5000 + " private\n"))[1:] == ["  notes", "    paragraph 3: private"]


def test_commands_and_keys_on_the_first_lines_are_never_text(deckset: Callable[[str], Any]) -> None:
    slides = deckset(
        "theme: Next\nautoscale: true\nbuild-lists: true\n\n# One\n\n[.background-color: #000]\n\n- a\n- b\n\n---\n\n[.build-lists: false]\n\n- c\n"
    )
    assert [line.strip() for line in lines(slides)] == [
        "slide 5 one: One",
        *("pause 9", "list 9", "item 9", "paragraph 9: a", "pause 10", "list 10", "item 10", "paragraph 10: b"),
        *("slide 12 one-2:", "list 16", "item 16", "paragraph 16: c"),
    ]


def test_headings_that_fill_the_slide_are_one_title(deckset: Callable[[str], Any]) -> None:
    slides = deckset("# [fit] Big\n#[fit] Title\n\ntext\n\n---\n\n## Small\n")
    assert lines(slides)[0] == "slide 1 bigtitle: Big<break>Title {layout='statement'}"


def test_columns_are_columns(deckset: Callable[[str], Any]) -> None:
    slides = deckset("# One\n\n[.column]\n\na\n\n[.column]\n\nb\n")
    assert [line.split()[2] for line in lines(slides) if "div" in line] == ["columns", "column", "column"]


def test_a_picture_lies_behind_the_words_or_at_a_side_unless_it_is_inline(deckset: Callable[[str], Any]) -> None:
    behind, side, inline = deckset(
        "# One\n\ntext\n\n![](a.png)\n\n---\n\n# Two\n\n![fit right 80%](a.png)\n\ntext\n\n---\n\n![inline 50%](a.png) ![inline](b.png)\n"
    )
    assert behind.attrs.get("background-image") == "a.png"
    assert [(b.side, b.share) for b in side.blocks if isinstance(b, Edge)] == [("right", 50.0)]
    assert [picture.attrs.get("width") for picture in inline.blocks] == ["50%", ""]


def test_slide_dividers_say_which_headings_begin_slides(deckset: Callable[[str], Any]) -> None:
    assert [slide.id for slide in deckset("slide-dividers: #, ##\n\n# One\n\n## Two\n\ntext\n")] == ["one", "two"]
