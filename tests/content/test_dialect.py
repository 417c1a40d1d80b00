"""Fixtures are plain text: a title, a line with a dot, the input, a dot, the outline it must give, a dot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.outline import inline, outline
from workshop.content.markdown_file import parse_document
from workshop.content.reading import Scope
from workshop.errors import Report
from workshop.model.markup import Paragraph
from workshop.model.policy import KIT, TALK

FIXTURES = Path(__file__).parent / "fixtures"


def cases(name: str) -> list[object]:
    parts = (FIXTURES / name).read_text("utf-8").split("\n.\n")
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=False)
    return [pytest.param(given, wanted, id=title.strip()) for title, given, wanted in triples]


def parsed(text: str, *, is_kit: bool) -> tuple[list[object], Report]:
    report = Report()
    scope = Scope(policy=KIT if is_kit else TALK, root=Path(), sources=frozenset({"lee-2021", "b.2"}))
    document = parse_document(text, Path("talk.md"), scope, report, slide_level=2)
    assert document is not None
    return list(document.flow), report


@pytest.mark.parametrize(("given", "wanted"), cases("blocks.txt"))
def test_blocks_become_what_the_fixture_says(given: str, wanted: str) -> None:
    flow, report = parsed(given, is_kit=True)
    assert [line for block in flow for line in outline(block)] == wanted.split("\n")
    assert not report.errors


@pytest.mark.parametrize(("given", "wanted"), cases("inline.txt"))
def test_inline_text_becomes_what_the_fixture_says(given: str, wanted: str) -> None:
    flow, report = parsed(given, is_kit=False)
    assert len(flow) == 1
    assert isinstance(flow[0], Paragraph)
    assert inline(flow[0].children) == wanted
    assert not report.errors
