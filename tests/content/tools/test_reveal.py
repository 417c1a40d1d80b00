"""Tests talks for reveal.js and reveal-md: marks of their own between slides and before notes."""

from pathlib import Path

import pytest

from tests.content.outline import outline
from workshop.content import load

SLIDES = "# One\n\nalpha\n\n{mark}\n\n## Two\n\nbeta\n\n{note} quiet\n\n{mark}\n\n## Three\n\n```\n{mark}\n```\n"


@pytest.mark.parametrize(
    ("front", "mark", "note"),
    [
        ("", "<!--s-->", "Note:"),
        ("", "<!-- slide -->", "note:"),
        ("---\nseparator: '^===$'\n---\n", "===", "Note:"),
        ("---\nnotesSeparator: '^Speaker:'\n---\n", "---", "Speaker:"),
    ],
)
def test_marks_of_a_talks_own_begin_slides_and_notes_but_not_in_code(write, front, mark, note):
    write({"talk.md": front + SLIDES.format(mark=mark, note=note)})
    content, found = load(Path("talk.md"))
    slides = content.stages[0].slides
    assert len(slides) == 3
    assert outline(slides[1])[-2] == "  notes"
    assert "quiet" in outline(slides[1])[-1]
    assert mark in str(outline(slides[2]))
    assert not [problem.message for problem in found if "nowhere" in problem.message]
