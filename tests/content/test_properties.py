"""Tests that any input gives either content or problems with places, and never another error."""

from __future__ import annotations

import pickle
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.content.markdown_file import parse_document
from workshop.content.read_front_matter import read_front_matter, read_talk
from workshop.content.reading import Scope
from workshop.content.split_slides import split_slides
from workshop.errors import Report
from workshop.model.meta import StageMeta
from workshop.model.policy import KIT, TALK
from workshop.model.source import SlideSource

PIECES = st.sampled_from(
    ["\n", "\n\n", " ", "  ", "    ", "a", "word ", "# ", "## ", "### ", "---", "- ", "1. ", "> ", "::: ", ":::", "notes", "columns",
     "{", "}", "{#id}", "{.x}", "{#a .b k=v}", '{claim="', '"', "'", "=", "{{", "}}", "{{ x | y }}", "{%", "%}", "[", "]", "(", ")", "![", "](",
     "chart:a.b", "[ ]", "[x]", "[@a]", "[@", "[^1]", "[^1]: ", "^[", "`", "```", "~~~", "~~", "*", "**", "_", "|", "|-|", "| a | b |\n|---|---|\n",
     ": ", "Table: ", "<!--", "-->", "<b>", "</b>", "<https://x.org>", "\\", "&amp;", "&#xE000;", "&#0;", ". . .", "\t", "marp: true\n",
     "(@x)", "(i) ", "a. ", "#. ", "$", "$$", "^", "~", ":   ", "| ", "+---+---+\n", "+===+\n", "--- ---\n", "-----\n", "<div>", "</div>", "<style>",
     "\\begin{x}", "\\end{x}", "\\emph{", "{{< x >}}", "::: {.callout-tip}\n", "::: aside\n", "```{python}\n", "#| echo: true\n", "![bg](a)",
     "<img src=a>", "<br>", "@fig-a", "{#fig-a}", "% ", "", "é", "🙂"]
)  # fmt: skip
MESS = st.lists(PIECES, max_size=40).map("".join)
ANYTHING = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=80)


def slides_of(text: str, *, is_kit: bool) -> tuple[tuple[SlideSource, ...], Report]:
    report = Report()
    scope = Scope(
        policy=KIT if is_kit else TALK, root=Path(), sources=frozenset({"a"}), audiences=frozenset({"general"})
    )
    path = Path("a.md")
    document = parse_document(text, path, scope, report, 2 if is_kit else 0)
    assert document is not None
    if is_kit:
        read_front_matter(document, StageMeta)
    else:
        read_talk(document)
    slides = split_slides(document)
    document.reading.close()
    return slides, report


@settings(deadline=None, max_examples=300)
@given(MESS | ANYTHING, st.booleans())
def test_any_text_gives_slides_and_problems_within_the_file(text: str, is_kit: bool) -> None:
    slides, report = slides_of(text, is_kit=is_kit)
    lines = text.count("\n") + 1
    assert all(p.at is not None and p.at.path == "a.md" and 0 <= p.at.line <= lines for p in report.found)
    assert all(1 <= slide.at.line <= lines for slide in slides)
    assert all("\n" not in p.message for p in report.found)
    assert pickle.loads(pickle.dumps(slides)) == slides


@settings(deadline=None, max_examples=100)
@given(MESS | ANYTHING)
def test_reading_twice_gives_the_same(text: str) -> None:
    first, second = slides_of(text, is_kit=False), slides_of(text, is_kit=False)
    assert first[0] == second[0]
    assert first[1].found == second[1].found


@settings(deadline=None, max_examples=100)
@given(MESS, st.integers(1, 5))
def test_empty_lines_before_a_text_move_every_place_by_as_many(text: str, moved: int) -> None:
    if text.startswith(("---", "%")):
        return
    before, after = slides_of(text, is_kit=False)[0], slides_of("\n" * moved + text, is_kit=False)[0]
    assert [(s.id, s.at.line + moved) for s in before] == [(s.id, s.at.line) for s in after]
