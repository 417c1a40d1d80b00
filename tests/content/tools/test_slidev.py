"""Tests talks for Slidev: what becomes attributes, columns, notes and steps, and what is left out."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.content.outline import outline
from workshop.content import load
from workshop.content.tools.slidev import counted, region_of
from workshop.model.markup import CodeBlock, Edge

Write = Callable[[Mapping[str, str | bytes]], None]


@pytest.fixture
def slidev(write: Write) -> Callable[..., Any]:
    """Load a talk for Slidev, with files beside it."""

    def load_talk(text: str, files: Mapping[str, str | bytes] = {}) -> Any:
        write({"talk.md": text, **files})
        content, found = load(Path("talk.md"), tool="slidev")
        return content.stages[0].slides, [f"{p.at.line}: {p.message}" for p in found if p.at]

    return load_talk


def lines(slides: Any) -> list[str]:
    return [line for slide in slides for line in outline(slide)]


def test_keys_between_rules_are_never_text(slidev: Callable[..., Any]) -> None:
    slides, found = slidev("# One\n\n---\nlayout: center\nclass: text-center\nclicks:\n  - 1\n---\n\n# Two\n\ntext\n")
    assert lines(slides) == ["slide 1 one: One", "slide 3 two: Two", "  paragraph 12: text"]
    assert not found


def test_a_rule_right_under_text_begins_a_slide(slidev: Callable[..., Any]) -> None:
    assert [slide.at.line for slide in slidev("# One\n\ntext\n---\n\n# Two\n")[0]] == [1, 4]


def test_the_last_comment_of_a_slide_is_notes_and_others_vanish(slidev: Callable[..., Any]) -> None:
    slides, _ = slidev(
        "# One\n\n<!-- not this -->\n\ntext\n\n<!--\nSay it.\n\nThen that.\n-->\n\n---\n\n# Two\n\n<!-- x -->\n\nend\n"
    )
    assert lines(slides)[1:] == [
        "  paragraph 5: text",
        "  notes",
        "    paragraph 7: Say it.",
        "    paragraph 7: Then that.",
        "slide 13 two: Two",
        "  paragraph 19: end",
    ]


def test_text_before_the_right_slot_is_the_left_column_but_the_title_stays_above(slidev: Callable[..., Any]) -> None:
    text = "---\nlayout: {}\n---\n\n# One\n\nhead\n{}\n::right::\n\nright\n"
    kinds = [line.split()[2] for line in lines(slidev(text.format("two-cols", ""))[0]) if "div" in line]
    assert kinds == ["columns", "column", "column"]
    (slide,) = slidev(text.format("two-cols-header", "\n::left::\n\nleft\n"))[0]
    assert [type(block).__name__ for block in slide.blocks] == ["Paragraph", "Div"]
    assert slide.title[0].text == "One"


def test_clicks_are_steps_and_other_components_are_left_out_once(slidev: Callable[..., Any]) -> None:
    text = '# One\n\n<v-clicks>\n\n- a\n- b\n\n</v-clicks>\n\n<Arrow :x="1 > 0"\n  @click="go" />\n\n<v-click>\n\nlast\n\n</v-click>\n\n<Arrow />\n'
    slides, found = slidev(text)
    assert [line.split()[0] for line in lines(slides)].count("pause") == 3
    assert found == ["10: <Arrow> is left out (2 times, first here)"]


def test_a_picture_at_a_side_and_a_section(slidev: Callable[..., Any]) -> None:
    slides, _ = slidev(
        "# One\n\n---\nlayout: image-right\nimage: /p.png\n---\n\n# Two\n\ntext\n\n---\nlayout: section\n---\n\n# Part\n",
        {"public/p.png": "x"},
    )
    (edge,) = [block for block in slides[1].blocks if isinstance(block, Edge)]
    assert (edge.side, edge.pictures[0].target) == ("right", "public/p.png")
    assert "divider" in slides[2].attrs.classes


def test_slides_of_another_file_stand_where_it_is_named(slidev: Callable[..., Any]) -> None:
    part = "---\nlayout: center\n---\n\n# A\n\n---\n\n# B\n\n---\n\n# C\n"
    slides, _ = slidev("# One\n\n---\nsrc: ./pages/part.md#2-3\n---\n\n---\n\n# Last\n", {"pages/part.md": part})
    assert [slide.id for slide in slides] == ["one", "b", "c", "last"]
    assert slides[1].at.path == "pages/part.md"


def test_a_file_that_names_itself_ends_and_one_outside_is_never_read(slidev: Callable[..., Any], folder: Path) -> None:
    (folder.parent / "secret.md").write_text("# Secret\n")
    slides, found = slidev("# One\n\n---\nsrc: talk.md\n---\n\n---\nsrc: ../secret.md\n---\n")
    assert {slide.title[0].text for slide in slides} == {"One"}
    assert any("included too deep" in line for line in found)
    assert any("outside of the file's folder" in line for line in found)


def test_a_file_is_shown_as_code_and_steps_of_code_are_named(slidev: Callable[..., Any]) -> None:
    slides, found = slidev("# One\n\n<<< @/a.ts {2|3}\n\n```ts {1|2-3|all}\nx\n```\n", {"a.ts": "let a\n"})
    assert [(b.text, b.language) for b in slides[0].blocks if isinstance(b, CodeBlock)] == [
        ("let a\n", "ts"),
        ("x\n", "ts"),
    ]
    assert found == ["5: code that is shown in steps ({1|2-3}) is shown all at once"]


def test_of_code_that_moves_the_last_state_is_shown_and_the_others_are_named(slidev: Callable[..., Any]) -> None:
    text = "# One\n\n````md magic-move {lines: true}\n```js {1}\nlet a\n```\n\n```ts\nlet b\n```\n````\n"
    slides, found = slidev(text)
    assert [(b.text, b.language) for b in slides[0].blocks if isinstance(b, CodeBlock)] == [("let b\n", "ts")]
    assert found == ["3: code that moves through 2 states (magic-move) is shown in the last"]


def test_an_icon_is_a_component_and_an_address_in_angles_is_not(slidev: Callable[..., Any]) -> None:
    slides, found = slidev("# One\n\nOn <carbon:arrow-right /> to <tel:123> and <https://a.org/b>\n")
    assert "carbon" not in "".join(lines(slides))
    assert "tel:123" in "".join(lines(slides))
    assert "https://a.org/b" in "".join(lines(slides))
    assert [line for line in found if "carbon" in line] == [
        "3: names that mean nothing here are ignored: <carbon:arrow-right>"
    ]


def test_a_hidden_slide_is_named(slidev: Callable[..., Any]) -> None:
    slides, found = slidev("# One\n\n---\nhide: true\n---\n\n# Two\n\n<!-- private -->\n")
    assert len(slides) == 1
    assert found == ["3: the hidden slide “Two” is left out"]


def test_rules_and_slots_in_code_are_code(slidev: Callable[..., Any]) -> None:
    slides, _ = slidev("# One\n\n```md\n---\nlayout: x\n---\n\n::right::\n\n<!-- no -->\n```\n")
    assert [type(block) for block in slides[0].blocks] == [CodeBlock]


def test_numbers_and_regions_are_parts_of_a_file() -> None:
    assert counted("1,9-99999", 10) == {1, 9, 10}
    assert region_of("a\n// #region b\nc\n// #endregion\n", "b") == "c"


def test_a_picture_at_a_side_that_is_missing_leaves_a_box_with_its_name(slidev: Callable[..., Any]) -> None:
    slides, found = slidev("# One\n\n---\nlayout: image-right\nimage: /p.png\n---\n\n# Two\n\ntext\n")
    assert [type(block).__name__ for block in slides[1].blocks] == ["Box", "Paragraph"]
    assert ["there is no file" in line for line in found] == [True]
