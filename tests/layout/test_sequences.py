"""Sequence diagrams in Mermaid: lifelines, messages, notes and frames as native shapes."""

from __future__ import annotations

import pytest

from tests.layout.test_graphs import deck_of, drawn, words
from workshop.layout.laid import Shape
from workshop.layout.measure import Ruler, Style
from workshop.model.theme import EMU_PER_POINT
from workshop.themes.beds import light

ASKED = """sequenceDiagram
  autonumber
  actor G as Guest
  participant K as Kitchen
  G->>+K: Two coffees
  Note over K: Five minutes
  alt is ready
    K-->>-G: Here they are
  else is late
    G->>G: Waits
  end
"""


def arrows(shapes: tuple[Shape, ...]) -> list[Shape]:
    return [shape for shape in shapes if shape.bend is not None]


def test_who_takes_part_and_what_is_said_is_native_and_told() -> None:
    made = drawn(ASKED)
    assert [words(shape) for shape in made.shapes if shape.lines] == [
        *("alt [is ready]", "[is late]", "Guest", "Kitchen", "Five minutes"),
        *("1. Two coffees", "2. Here they are", "3. Waits"),
    ]
    assert [shape.dash for shape in arrows(made.shapes)] == [False, True, False]
    assert made.alt == (
        "Sequence: Guest → Kitchen: 1. Two coffees; Kitchen → Guest: 2. Here they are; Guest → Guest: 3. Waits"
    )


def test_each_message_goes_from_lifeline_to_lifeline_and_is_glued_at_both_ends() -> None:
    made = drawn(ASKED).shapes
    lines = [shape.box.x for shape in made if shape.kind == "line" and shape.box.w == 0]
    assert len(lines) == 2
    for arrow in arrows(made):
        assert arrow.bend is not None
        for end, site, (x, y) in zip(
            arrow.ends, arrow.bend.sites, (arrow.bend.path[0], arrow.bend.path[-1]), strict=True
        ):
            box = made[end].box
            assert abs(x - (box.x if site == 1 else box.right)) < EMU_PER_POINT
            assert abs(y - (box.y + box.h // 2)) < EMU_PER_POINT
            assert min(abs(box.x + box.w // 2 - line) for line in lines) < 10 * EMU_PER_POINT


def test_words_are_inside_of_their_boxes_and_large_enough() -> None:
    ruler = Ruler(light())
    for shape in (shape for shape in drawn(ASKED).shapes if shape.lines):
        assert min(shape.sizes) >= 12
        for line, size in zip(shape.lines, shape.sizes, strict=True):
            assert ruler.width(line.text, size, Style()) * EMU_PER_POINT <= shape.box.w


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("sequenceDiagram\n" + "A->>B: hi\n" * 41, "it has 41 messages and notes; the limit is 40"),
        ("sequenceDiagram\n" + "A->>B: hi\n" * 30, "it doesn't fit a slide in letters of 12 points"),
        ("sequenceDiagram\n  loop never closed\n  A->>B: hi\n", "it can't be read"),
    ],
)
def test_one_that_is_too_long_or_wrong_stays_code(text: str, why: str) -> None:
    _, told = deck_of(text)
    assert len(told) == 1
    assert why in told[0]


def test_metadata_above_a_diagram_does_not_hide_what_it_is() -> None:
    assert arrows(drawn("---\ntitle: Coffee\n---\n%% a comment\nsequenceDiagram\n  A->>B: hi\n").shapes)
    assert arrows(drawn("---\nconfig:\n  look: neo\n---\nflowchart LR\n  A --> B\n").shapes)
