"""Single constructs of pandoc, Quarto, Marp, Slidev, remark and Deckset: each file shows what its tool's manual says, or a warning names what is lost."""

from __future__ import annotations

import pytest

from docs.make_coming_from import PAGES, TOOLS, page
from tests.dialects.judge import HERE, Deck, built, constructs, faults

FOLDER = HERE / "constructs"
ENTRIES = {entry["file"]: entry for entry in constructs()}


@pytest.fixture(scope="module")
def decks() -> dict[str, Deck]:
    """The deck of each file."""
    return {path.name: deck for path, deck in built([FOLDER / name for name in ENTRIES]).items()}


def test_each_construct_shows_what_the_manual_says(decks):
    found = {name: faults(decks[name], entry) for name, entry in ENTRIES.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_file_has_an_expectation():
    files = {path.name for path in FOLDER.glob("*.md") if not path.name.startswith("_")}
    assert files == set(ENTRIES)


def test_the_judge_finds_what_is_wrong(decks):
    entry = {
        "slides": [{"title": "Powers", "super": ["3"], "text": ["not there"], "pictures": 1}],
        "named": ["nothing"],
    }
    assert faults(decks["superscript.md"], entry) == [
        "no warning says 'nothing'",
        "slide 1: no super '3'",
        "slide 1: 'not there' is missing",
        "slide 1: it has 0 pictures",
    ]


@pytest.mark.parametrize("tool", TOOLS)
def test_the_page_for_those_who_come_from_a_tool_is_current(decks, tool):
    text = (PAGES / f"{tool}.md").read_text("utf-8")
    assert text == page(tool, list(ENTRIES.values()), decks), "run python docs/make_coming_from.py"
