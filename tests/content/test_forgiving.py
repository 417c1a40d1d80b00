"""Tests that a single file becomes a deck whatever is wrong with it, apart from what could show private notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.content.conftest import problems_of
from tests.content.outline import outline
from workshop.content import load
from workshop.errors import Problems
from workshop.model.markup import Box, Picture

Talk = Callable[[str], Any]
Write = Callable[[Mapping[str, str | bytes]], None]


def test_a_picture_that_is_missing_leaves_a_box_with_its_name_and_its_words(talk: Talk) -> None:
    content, found = talk("## One\n\n![A map](maps/no.png)\n")
    (box,) = content.stages[0].slides[0].blocks
    assert isinstance(box, Box)
    assert (box.title[0].text, box.blocks[0].children[0].text) == ("A map", "maps/no.png")
    assert [(p.at.line, p.severity.name, p.code) for p in found] == [(3, "WARNING", "missing-file")]


def test_a_missing_picture_stops_a_kit(section: Callable[[str], list[str]]) -> None:
    assert section("## It rises {#rises}\n\n![A map](no.png)\n")[0].startswith("7: there is no file 'no.png'")


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("%C5%82.png", "ł.png"),
        ("a.png?width=300", "a.png"),
        ("/a.png", "public/a.png"),
        ("/a.png", "a.png"),
        ("a%20b.png", "a%20b.png"),
    ],
)
def test_a_file_is_looked_up_as_written_then_decoded_and_in_the_public_folder(
    talk: Talk, write: Write, written: str, there: str
) -> None:
    write({there: b"x"})
    (picture,) = talk(f"## One\n\n![]({written})\n")[0].stages[0].slides[0].blocks
    assert isinstance(picture, Picture)
    assert picture.target == there


@pytest.mark.parametrize("name", ["/../secret.png", "%2E%2E/secret.png", "../secret.png", "/etc/hostname"])
def test_nothing_outside_of_the_folder_is_found(talk: Talk, folder: Path, name: str) -> None:
    (folder.parent / "secret.png").write_bytes(b"x")
    (block,) = talk(f"## One\n\n![]({name})\n")[0].stages[0].slides[0].blocks
    assert isinstance(block, Box)


def test_an_unclosed_fence_or_div_ends_with_its_slide_and_is_named(talk: Talk) -> None:
    content, found = talk("## One\n\n```\ncode\n\n## Two\n\n::: aside\nwords\n\n## Three\n\ntext\n")
    assert [slide.id for slide in content.stages[0].slides] == ["one", "two", "three"]
    assert [(p.at.line, p.message.partition(" (")[0]) for p in found] == [
        (3, "the code fence opened here is not closed: it ends with its slide"),
        (8, "the div opened here"),
    ]


def test_an_unclosed_tag_is_its_content(talk: Talk) -> None:
    content, found = talk("## One\n\n<center>\n\ntext\n\n## Two\n\n</div>\n\nmore\n")
    assert [line for slide in content.stages[0].slides for line in outline(slide)] == [
        "slide 1 one: One", "  paragraph 5: text", "slide 7 two: Two", "  paragraph 11: more",
    ]  # fmt: skip
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "## One\n\n<!-- private\n",
        "---\ntitle: [a\n---\n\n## One\n",
        "---\ntitle: a\n\n## One\n",
        "## One\n\n" + "x" * 30_000 + "\n",
    ],
)
def test_a_comment_without_an_end_broken_yaml_and_limits_stop_it(talk: Talk, text: str) -> None:
    with pytest.raises(Problems):
        talk(text)


def test_a_control_character_is_left_out_with_a_warning(talk: Talk) -> None:
    content, found = talk("## One\n\na\x08b\n")
    assert content.stages[0].slides[0].blocks[0].children[0].text == "ab"
    assert [p.severity.name for p in found] == ["WARNING"]


def test_slides_with_one_name_get_two(talk: Talk) -> None:
    content, found = talk("## One {#a}\n\n## Two {#a}\n")
    assert len({slide.id for slide in content.stages[0].slides}) == 2
    assert [p.severity.name for p in found] == ["WARNING"]


def test_notes_before_the_first_slide_belong_to_the_cover(talk: Talk) -> None:
    content, _ = talk("---\ntitle: T\n---\n\n::: notes\nSay **hello**.\n:::\n\n## One\n\na\n")
    assert content.notes == ("Say hello.",)
    assert [slide.id for slide in content.stages[0].slides] == ["one"]


def test_markdown_and_shortcodes_in_front_matter_are_read_as_in_text(talk: Talk) -> None:
    front = 'title: "A **bold** {{< meta date >}}"\nsubtitle: "with `code`, x^2^ and {{ var.n }}"\ndate: May\nauthor: "[Ann](https://a.b)"\n'
    content, _ = talk(f"---\n{front}---\n\n## One\n\na\n")
    assert (content.meta.title, content.meta.author) == ("A bold May", "Ann")
    assert content.meta.subtitle == "with `code`, x^2^ and {{ var.n }}"


def test_both_captions_of_a_table_are_shown(talk: Talk) -> None:
    (table,) = talk("## One\n\nTable: one\n\n| a |\n|---|\n| b |\n: two\n")[0].stages[0].slides[0].blocks
    assert "".join(node.text for node in table.caption) == "one · two"


def test_a_space_behind_a_backslash_doesnt_break_and_code_for_another_format_is_named(talk: Talk) -> None:
    content, found = talk("## One\n\n10\\ km `x`{=openxml}\n")
    assert content.stages[0].slides[0].blocks[0].children[0].text.startswith("10\N{NO-BREAK SPACE}km")
    assert [p.message for p in found] == ["source for another format (`…`{=openxml}) is left out"]


def test_bars_without_a_row_of_dashes_look_like_a_table(talk: Talk) -> None:
    assert problems_of(lambda: talk("## One\n\n| a | b |\n| 1 | 2 |\n")) == ["3: this looks like a table"]


def test_a_citation_never_lists_the_keys_of_another_kit(write: Write) -> None:
    write({"base/kit.yaml": "title: B\nsections: []\n", "base/sources.yaml": "- {key: lee-2021, who: L, work: W}\n"})
    write({"talk.md": "## One\n\n[@le-2021]\n"})
    _, found = load(Path("talk.md"), Path("base"))
    assert ["lee-2021" in str(p) for p in found if p.code == "unknown-source"] == [False]
