"""Sequence diagrams in Mermaid as native shapes: who takes part is a box over a dashed line, and each message an arrow from line to line.

mermaid2pptx, an extra, reads them and says where everything goes, our ruler how wide words are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as replaced
from importlib import import_module
from typing import Any

from workshop.layout.context import one
from workshop.layout.graph_shapes import AIR, LEAST, SLACK, arrow, box, label, placed, small
from workshop.layout.laid import Shape
from workshop.layout.measure import Ruler, Style
from workshop.model.theme import Box

LEFT, RIGHT = 1, 3  # connection sites of a box
ANCHOR = (0.4, 0.7)  # width and height of what an arrow is glued to, in letters


def parsed(text: str) -> Any:
    """Return a sequence diagram whose messages carry their numbers; its title and colours are left out, as the slide has its own."""
    diagram = import_module("mermaid2pptx.sequence").parse(text)
    messages = [event for event in diagram.events if type(event).__name__ == "Message"]
    if diagram.autonumber:
        for number, message in enumerate(messages, 1):
            message.text = f"{number}. {message.text}".strip()
    diagram.autonumber, diagram.title, diagram.groups = False, "", []
    for person in diagram.participants.values():
        person.kind = "participant"
    return diagram


def wider(diagram: Any, ruler: Ruler) -> float:
    """Return by how much words are wider than the estimate of the package, at most; at least 1."""
    estimate = import_module("mermaid2pptx.text").text_width
    said = (getattr(event, "text", "") or getattr(event, "label", "") for event in diagram.events)
    lines = [*(person.label for person in diagram.participants.values()), *said]
    words = [line for text in lines for line in text.split("\n") if line]
    shares = (AIR * ruler.width(line, LEAST, Style()) / (estimate(line, LEAST) + SLACK * LEAST) for line in words)
    found: float = max(1.0, *shares)
    return found


def layout(diagram: Any, size: float) -> Any:
    """Return where everything goes; the boxes at the lower ends of the lines are left out."""
    found = import_module("mermaid2pptx.sequence").layout(diagram, size)
    lowest = max(bottom for _, _, bottom in found.lifelines.values())
    return replaced(found, height=lowest)


def told(diagram: Any) -> list[str]:
    """Return the messages in words."""
    names = {key: " ".join(person.label.split()) for key, person in diagram.participants.items()}
    return [
        f"{names[event.src]} → {names[event.dst]}" + (f": {' '.join(event.text.split())}" if event.text else "")
        for event in diagram.events
        if type(event).__name__ == "Message"
    ]


# ---------------------------------------------------------------- shapes
def shapes(found: Any, size: float, origin: tuple[int, int]) -> list[Shape]:
    """Return a sequence diagram as shapes: lines and frames behind, then boxes and notes, then arrows with their words."""

    def moved(area: Any) -> Box:
        return placed(origin, area.x, area.y, area.w, area.h)

    lines = (placed(origin, x, top, 0, bottom - top) for x, top, bottom in found.lifelines.values())
    made = [Shape(kind="line", box=line, fill="muted", weight=1, dash=True) for line in lines]
    made += [shape for block in found.blocks for shape in _frame(block, moved, size)]
    made += [box("rect", moved(head), found.lines[key], size) for key, (head, _) in found.heads.items()]
    made += [Shape(kind="rect", box=moved(bar), outline="muted", weight=1) for _, bar in found.activations]
    made += [box("rect", moved(note), lines, small(size)) for note, lines in found.notes]
    for message in found.messages:
        made += _message(message, len(made), size, origin)
    made += [label(moved(message.label), message.lines, small(size)) for message in found.messages if message.label]
    return made


def _message(geometry: Any, place: int, size: float, origin: tuple[int, int]) -> Iterator[Shape]:
    """Yield what an arrow is glued to, on both lines, and the arrow."""
    (x1, y1), (x2, y2) = geometry.points[0], geometry.points[-1]
    wide, high = (share * size for share in ANCHOR)
    again = geometry.message.src == geometry.message.dst
    sites = (RIGHT, RIGHT) if again else (RIGHT, LEFT) if x1 < x2 else (LEFT, RIGHT)
    points = list(geometry.points)
    for end, (x, y), site in ((0, (x1, y1), sites[0]), (-1, (x2, y2), sites[1])):
        points[end] = (x + (wide / 2 if site == RIGHT else -wide / 2), y)
        area = placed(origin, x - wide / 2, y - high / 2, wide, high)
        yield Shape(kind="rect", box=area, fill="ink")
    line, head = geometry.message.line, "none" if geometry.message.end == "none" else "arrow"
    yield arrow(points, (place, place + 1), sites, origin, line=line, head=head)


def _frame(block: Any, moved: Any, size: float) -> Iterator[Shape]:
    """Yield the frame around messages that are repeated or depend on something, with what is said of each part."""
    yield Shape(kind="rect", box=moved(block.box), outline="muted", weight=1, dash=True)
    for at, _, _ in block.dividers:
        yield Shape(kind="line", box=moved(replaced(block.box, y=at, h=0)), fill="muted", weight=1, dash=True)
    first = block.tab.w + (block.label.w if block.label else 0)
    parts = [(block.tab.y, " ".join([block.kind, *block.lines]), first)]
    parts += [(at, " ".join(lines), place.w) for at, lines, place in block.dividers if place]
    for at, words, wide in parts:
        place = moved(replaced(block.tab, x=block.tab.x + 0.2 * size, y=at + 0.2 * size, w=wide, h=1.2 * size))
        text = (one(words),)
        yield Shape(kind="rect", box=place, fill="bg", color="muted", lines=text, sizes=(small(size),), inset=25_400)
