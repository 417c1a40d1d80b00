"""Tests ``kept.yaml``: what it names, and what is said if it is wrong."""

import io
from copy import copy
from pathlib import Path

import pytest
from pptx import Presentation

from workshop import limits
from workshop.content.kept_slides import deck_name, kept_file, kept_yaml, read_kept
from workshop.errors import Report
from workshop.model.kept_slide import KeptSlide


@pytest.fixture(scope="module")
def deck():
    """A deck of two slides."""
    made = Presentation()
    for _ in range(2):
        made.slides.add_slide(made.slide_layouts[5])
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


@pytest.fixture
def kept(tmp_path, deck, monkeypatch):
    """Return what a kept.yaml lists beside that deck, and what is said about it; ``DECK`` in it is the deck's name."""
    monkeypatch.chdir(tmp_path)
    Path("client").mkdir()
    Path("client", deck_name(deck)).write_bytes(deck)

    def read(text):
        Path("client/kept.yaml").write_text(text.replace("DECK", deck_name(deck)), "utf-8")
        report = Report()
        return read_kept(Path("client/kept.yaml"), report), [str(problem) for problem in report.found]

    return read


def test_each_entry_names_a_page_of_a_deck(kept, deck):
    slides, problems = kept("falls: {deck: DECK, page: 2, for: general, why: picture added, notes: yes}\n")
    assert problems == []
    (one,) = slides
    assert (one.id, one.deck, one.page) == ("falls", Path("client", deck_name(deck)), 2)
    assert (one.audience, one.why, one.notes, one.at.line) == ("general", "picture added", True, 1)


def test_two_audiences_may_keep_the_same_slide(kept):
    slides, problems = kept("falls:\n- {deck: DECK, page: 1, for: general}\n- {deck: DECK, page: 2, for: students}\n")
    assert problems == []
    assert [(one.id, one.page, one.audience) for one in slides] == [("falls", 1, "general"), ("falls", 2, "students")]


def test_what_is_written_reads_the_same(kept, deck):
    there = Path("client", deck_name(deck))
    given = [
        KeptSlide(id="votes", deck=there, page=1, audience="students", why='"9 999" was {{ x }}'),
        KeptSlide(id="falls", deck=there, page=2, audience="general", why="über: 5 % # more", notes=True),
        KeptSlide(id="votes", deck=there, page=2, audience="general"),
    ]
    slides, problems = kept(kept_yaml(given).decode())
    assert problems == []
    assert {(s.id, s.page, s.audience, s.why, s.notes) for s in slides} == {
        (s.id, s.page, s.audience, s.why, s.notes) for s in given
    }


def test_a_folder_without_the_file_keeps_nothing(tmp_path):
    report = Report()
    assert read_kept(tmp_path / "kept.yaml", report) == ()
    assert report.found == []


def test_each_talk_of_a_folder_has_a_list_of_its_own():
    assert kept_file(Path("notes/talk-adopted.md")) == Path("notes/talk-adopted.kept.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- falls\n", "this file must have one entry per slide"),
        ("falls: yes\n", "this must be keys with values"),
        ("falls: {deck: DECK}\n", "page is missing"),
        ("falls: {deck: DECK, page: two}\n", "page"),
        ("falls: {deck: DECK, page: 3}\n", "has 2 slides, and no slide 3"),
        ("falls: {deck: DECK, page: -1}\n", "has 2 slides, and no slide -1"),
        ("falls: {deck: ../other.pptx, page: 1}\n", "isn't the name of an adopted deck"),
        ("falls: {deck: powerpoint-0123456789ab.pptx, page: 1}\n", "there is no file"),
        ("falls: {deck: DECK, page: 1\n", "client/kept.yaml:2"),
    ],
)
def test_a_wrong_entry_is_an_error_at_its_line(kept, text, said):
    slides, problems = kept(text)
    assert slides == ()
    assert len(problems) == 1
    assert problems[0].startswith("client/kept.yaml:")
    assert "error" in problems[0]
    assert said in problems[0]


def test_a_key_that_does_not_exist_is_an_error(kept):
    _, problems = kept("falls: {deck: DECK, page: 1, colour: red}\n")
    assert ["there is no key 'colour'" in problem for problem in problems] == [True]


def test_a_deck_that_was_changed_is_refused(kept, deck):
    Path("client", deck_name(deck)).write_bytes(deck + b" ")
    slides, problems = kept("falls: {deck: DECK, page: 1}\n")
    assert slides == ()
    assert "was changed: its digest isn't the one in its name" in problems[0]


def test_a_page_that_is_no_slide_is_refused(kept):
    made = Presentation()
    made.slides.add_slide(made.slide_layouts[5])
    listed = made.slides._sldIdLst
    listed.append(copy(listed[0]))
    listed[1].rId = next(r.rId for r in made.part.rels.values() if r.reltype.endswith("/theme"))
    held = io.BytesIO()
    made.save(held)
    Path("client", deck_name(held.getvalue())).write_bytes(held.getvalue())
    _, problems = kept(f"falls: {{deck: {deck_name(held.getvalue())}, page: 2}}\n")
    assert ["has 1 slides, and no slide 2" in problem for problem in problems] == [True]


def test_a_deck_that_is_no_presentation_is_refused(kept):
    broken = b"PK\x03\x04 not a zip file"
    Path("client", deck_name(broken)).write_bytes(broken)
    slides, problems = kept(f"falls: {{deck: {deck_name(broken)}, page: 1}}\n")
    assert slides == ()
    assert "can't be read: this is not a presentation that can be read" in problems[0]


def test_no_more_decks_are_read_than_the_limit(kept):
    text = "".join(f"s{k}: {{deck: powerpoint-{k:012x}.pptx, page: 1}}\n" for k in range(limits.KEPT_DECKS + 5))
    slides, problems = kept(text)
    assert slides == ()
    assert len(problems) == limits.KEPT_DECKS + 1
    assert f"more than {limits.KEPT_DECKS}" in problems[-1]
