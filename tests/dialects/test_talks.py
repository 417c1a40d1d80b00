"""Whole talks as people write them for pandoc, Quarto and Marp: all build, all words are there, what is lost is named."""

from __future__ import annotations

from tests.dialects.judge import HERE, built, talk_faults, talks

FOLDER = HERE / "talks"


def test_each_talk_builds_and_shows_all_that_it_says():
    decks = built([FOLDER / name for name in talks()])
    found = {name: talk_faults(decks[FOLDER / name], want) for name, want in talks().items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_talk_has_an_expectation():
    found = {path for suffix in ("*.md", "*.qmd") for path in FOLDER.glob(f"*/{suffix}")}
    assert {p.relative_to(FOLDER).as_posix() for p in found if not p.name.startswith("_")} == set(talks())
