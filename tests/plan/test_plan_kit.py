"""What the room bet: in the deck and in the handout, and told if a name or a letter doesn't fit."""

import pytest
from pptx import Presentation
from pypdf import PdfReader

from workshop.build import build, prepare
from workshop.model.bets import Placed
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

TALK = """---
title: A talk
---

## How much did it fall? {#how-much layout=predict minutes=1}

- By half
- By a sixth, as for all models before it {right=yes}
- Nobody can say it

## It fell by a sixth {#fell answers=how-much}

| model | loss |
|---|---|
| small | 2.1 |
| large | 1.8 |
"""


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.md"
    path.write_text(TALK)
    return path


def test_deck_and_handout_show_what_the_room_bet_in_both_rounds(talk, tmp_path):
    request = Request(bets={"how-much": Placed((4, 15, 5), (1, 20, 3))}, only=("deck", "handout"))
    made = build(talk, request, standard_registry(), base=None, out=tmp_path / "out")
    paths = {written.path.name: written.path for written in made.written}
    shapes = Presentation(paths["deck.pptx"]).slides[-1].shapes
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    said = [shape._element._nvXxPr.cNvPr.get("descr", "") for shape in shapes]
    printed = " ".join(page.extract_text() for page in PdfReader(paths["handout.pdf"]).pages)
    for count in ("4 → 1", "15 → 20", "5 → 3"):
        assert count in texts
        assert count in printed.replace("\xa0", " ")
    assert "You bet A 4 → 1, B 15 → 20, C 5 → 3: B is right" in said


@pytest.mark.parametrize(
    ("bets", "told"),
    [
        ({"how-mutch": Placed((1, 2))}, "no bet has this name"),
        ({"how-much": Placed((1, 2, 3, 4))}, "3 options, and 4 letters have counts"),
    ],
)
def test_a_name_or_a_letter_that_no_bet_has_is_told(talk, bets, told):
    _, problems = prepare(talk, Request(bets=bets), standard_registry(), base=None)
    assert any(told in problem.message for problem in problems)


def test_counts_of_a_bet_that_is_not_shown_change_nothing(talk):
    plain, _ = prepare(talk, Request(), standard_registry(), base=None)
    same, _ = prepare(talk, Request(bets={"gone": Placed((1, 2))}), standard_registry(), base=None)
    assert plain.slides == same.slides
