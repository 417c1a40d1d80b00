"""Tests talks for remark and xaringan: private notes, keys under a rule, steps, and classes in brackets."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.content.outline import outline
from workshop.content import load
from workshop.content.tools.remark import DEEPEST

Write = Callable[[Mapping[str, str | bytes]], None]


@pytest.fixture
def remark(write: Write) -> Callable[..., Any]:
    """Load a talk for remark."""

    def load_talk(text: str, name: str = "talk.md", tool: str = "remark") -> Any:
        write({name: text})
        content, found = load(Path(name), tool=tool)
        return content.stages[0].slides, [f"{p.at.line}: {p.message}" for p in found if p.at]

    return load_talk


def lines(slides: Any) -> list[str]:
    return [line for slide in slides for line in outline(slide)]


def test_all_that_follows_three_question_marks_is_notes_until_the_slide_goes_on(remark: Callable[..., Any]) -> None:
    slides, _ = remark("# One\n\ntext\n\n???\nprivate\n\n- list\n--\n\nmore\n\n???   \n```\n---\n```\n---\n\n# Two\n")
    assert lines(slides) == [
        "slide 1 one: One",
        "  paragraph 3: text",
        "  pause 9",
        "  paragraph 11: more",
        "  notes",
        "    paragraph 6: private",
        "    list 8",
        "      item 8",
        "        paragraph 8: list",
        "    code 14 : '---\\n'",
        "slide 17 two: Two",
    ]


def test_a_fence_left_open_in_notes_ends_with_its_slide(remark: Callable[..., Any]) -> None:
    slides, found = remark("# One\n\n???\n```\nprivate\n\n---\n\n# Two\n")
    assert [slide.id for slide in slides] == ["one", "two"]
    assert found == ["4: the code fence opened here is not closed: it ends with its slide"]


def test_keys_under_a_rule_are_never_text(remark: Callable[..., Any]) -> None:
    text = "class: center, middle\nname: x\n\n# One\n\n---\ntemplate: y\nany-key: z\n\ncount: false\n\n# Two\n\nNote: text\n"
    slides, _ = remark(text)
    assert lines(slides) == ["slide 1 one: One", "slide 6 two: Two", "  paragraph 14: Note: text"]


def test_layouts_and_excluded_slides_are_left_out(remark: Callable[..., Any]) -> None:
    slides, found = remark(
        "# One\n\n---\nlayout: true\n\n.foot[each]\n\n---\nexclude: true\n\n# Two\n\n---\nlayout: false\n\n# Three\n"
    )
    assert [slide.id for slide in slides] == ["one", "three"]
    assert found == [
        "3: what a layout (layout: true) repeats on each slide is left out",
        "8: the hidden slide “Two” is left out",
    ]


def test_classes_in_brackets_are_their_words_and_sides_are_columns(remark: Callable[..., Any]) -> None:
    slides, _ = remark(
        "# One\n\n.pull-left[\n- a [b](#one)\n]\n.pull-right[\n```r\nx[1]\n```\n]\n\nso .red[.bold[**it**] `]`] is .x[\n"
    )
    assert [line.strip() for line in lines(slides)][1:] == [
        "div 3 columns",
        "div 3 column",
        "list 4",
        "item 4",
        "paragraph 4: a <link #one b>",
        "div 6 column",
        "code 7 r: 'x[1]\\n'",
        "paragraph 12: so <strong it> <code ]> is .x[",
    ]


def test_a_footnote_in_brackets_is_a_note_at_the_foot(remark: Callable[..., Any]) -> None:
    slides, _ = remark("# One\n\n.footnote[[1] A book]\n")
    assert lines(slides)[1] == "  paragraph 3: <footnote [1] A book>"


def test_ticks_that_nothing_closes_dont_keep_a_bracket_open(remark: Callable[..., Any]) -> None:
    slides, _ = remark("# One\n\n.pull-left[\nuse `r ''````{r} here\n]\n\nafter `x`\n")
    assert [line.strip() for line in lines(slides)][1:] == [
        "paragraph 4: use `r ''````{r} here",
        "paragraph 7: after <code x>",
    ]


def test_a_scale_is_a_width(remark: Callable[..., Any], folder: Path) -> None:
    (folder / "a.png").write_bytes(b"x")
    assert lines(remark("# One\n\n![:scale 40%](a.png)\n")[0])[1] == "  picture 3 a.png:  {width='40%' alt='picture'}"


def test_a_line_of_question_marks_begins_notes_in_any_talk(remark: Callable[..., Any]) -> None:
    slides, _ = remark("## One\n\ntext\n\n???\n\nprivate\n\n## Two\n\nmore\n", tool="pandoc")
    assert lines(slides)[2:4] == ["  notes", "    paragraph 7: private"]
    assert lines(slides)[-1] == "  paragraph 11: more"


def test_cells_of_xaringan_are_cells(remark: Callable[..., Any]) -> None:
    front = "---\noutput:\n  xaringan::moon_reader:\n    lib_dir: libs\n---\n\n"
    slides, found = remark(front + "# One\n\n```{r plot, echo=FALSE}\nplot(1)\n```\n\n???\nprivate\n", "talk.Rmd", "")
    assert [type(block).__name__ for block in slides[0].blocks] == ["Box"]
    assert slides[0].notes
    assert any("aren't run" in line for line in found)


def test_brackets_in_brackets_end_at_a_depth_that_nobody_needs(remark: Callable[..., Any]) -> None:
    slides, _ = remark("# One\n\n" + ".a[\n" * (DEEPEST + 80) + "x\n" + "]\n" * (DEEPEST + 80))
    assert "x" in str(slides[0].blocks)


def test_a_web_page_is_told_from_a_talk(write: Write) -> None:
    from tests.content.conftest import problems_of

    write({"index.html": "<html><textarea id='source'>\n# One\n</textarea></html>\n"})
    assert problems_of(lambda: load(Path("index.html"))) == ["0: this is a web page of remark"]


def test_a_picture_behind_a_slide_that_is_missing_leaves_a_box_with_its_name(remark: Callable[..., Any]) -> None:
    slides, found = remark("# One\n\n---\nbackground-image: url(no.png)\n\n# Two\n\ntext\n")
    assert sorted(type(block).__name__ for block in slides[1].blocks) == ["Box", "Paragraph"]
    assert ["there is no file" in line for line in found] == [True]


def test_a_heading_needs_no_space_after_its_signs_and_code_stays_as_it_is(remark: Callable[..., Any]) -> None:
    slides, found = remark("#One\n\n#{-}\n\n```python\n#no\n```\n\n---\n\n##Two\n\n.red[#3]\n")
    assert lines(slides)[0] == "slide 1 one: One"
    assert [line for line in lines(slides) if line.startswith("slide")][1:] == ["slide 9 two: Two"]
    assert "#no" in str(slides[0].blocks)
    assert found == []


def test_classes_around_lines_of_a_list_are_no_words_of_it(remark):
    (slide, beside), _ = remark(
        "# One\n\n- first\n  .red[\n  inner\n\n  more\n  ] after\n- second\n\n---\n\n# Two\n\n- item\n.pull-right[\nright\n]\n"
    )
    shown = " ".join(lines([slide, beside]))
    assert all(word in shown for word in ("first", "inner", "more", "after", "second", "item", "right"))
    assert "[" not in shown
    assert ".red" not in shown
    assert ".pull" not in shown
