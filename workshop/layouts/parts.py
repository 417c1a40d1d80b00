"""Parts that several layouts of the Beds theme share: size steps, title, source, the marigold panel."""

from __future__ import annotations

from typing import Any

from workshop.layouts.grid import (
    BODY_END,
    MARGIN,
    MEASURE_TOP,
    PANEL_END,
    PANEL_WIDTH,
    SOURCE_TOP,
    TITLE_TOP,
    WIDTH,
    box,
    column,
    span,
    upto,
)
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches

# Size steps in points: the preferred size, then smaller ones to try before a text is split
TITLE = (32, 30, 28)
LEAD = (28, 26, 24)
BODY = (24, 22)
SMALL = (18,)
SOURCE = (12,)
CODE = (24, 20, 18)
CELLS = (24, 22, 20)
LARGE_CELLS = (28, *CELLS)
HEAD = (44, 36)

TURN_X, TURN_WIDTH = column(3), span(9)  # beside the marigold panel
HALF = span(5) + inches(0.4)  # width of one of two columns


def layout(
    role: str, name: str, *placeholders: Placeholder, decor: tuple[Decor, ...] = (), kind: str = "", rail: bool = True
) -> LayoutSpec:
    """Return a layout; give ``kind`` only if its placeholders are those of a standard layout."""
    return LayoutSpec(role=role, name=name, type=kind, placeholders=placeholders, decor=decor, rail=rail)


def body(
    idx: int, name: str, role: str, area: Box, sizes: tuple[float, ...], color: str = "ink", **look: Any
) -> Placeholder:
    """Return a placeholder for text."""
    return Placeholder(idx=idx, type="body", name=name, role=role, box=area, sizes=sizes, color=color, **look)


def title(area: Box | None = None, sizes: tuple[float, ...] = TITLE) -> Placeholder:
    """Return the title of a slide with a body; its first line always has the same place."""
    area = area or box(column(0), TITLE_TOP, span(11), inches(1.16))
    return Placeholder(
        idx=0, type="title", name="Title", role="title", box=area, sizes=sizes, bold=True, line=95, track=-30
    )


def exhibit_title() -> Placeholder:
    """Return a title that leaves room for the measure line."""
    return title(box(column(0), TITLE_TOP, span(11), inches(1.06)))


def measure() -> Placeholder:
    """Return the line that says what is plotted and in which unit."""
    return body(13, "Measure", "measure", box(column(0), MEASURE_TOP, span(11), inches(0.36)), SMALL, "muted")


def source(x: int = column(0), w: int = span(12), y: int = SOURCE_TOP) -> Placeholder:
    """Return the mark of honesty at the foot."""
    return body(14, "Source", "source", upto(x, y, w, inches(6.7)), SOURCE, "muted", anchor="b")


def turn_source() -> Placeholder:
    """Return the mark of honesty beside the marigold panel."""
    return source(TURN_X, TURN_WIDTH, inches(6.48))


def block(x: int, w: int, color: str) -> Decor:
    """Return a block from the upper edge of the slide to the end of panels."""
    return Decor("rect", box(x, 0, w, PANEL_END), color)


def rule(x: int, y: int, w: int) -> Decor:
    """Return an ink rule."""
    return Decor("line", box(x, y, w, 0), "ink", 1.5)


def tile(x: int, y: int, w: int) -> tuple[Decor, Decor]:
    """Return a panel down to the end of the body, with an edge at its top."""
    return (
        Decor("rect", box(x, y, w, BODY_END - y), "panel"),
        Decor("rect", box(x, y, w, inches(0.09)), "accent"),
    )


def field(top: int, end: int) -> Box:
    """Return a square at the right margin, for a share drawn as squares."""
    return Box(WIDTH - MARGIN - (end - top), top, end - top, end - top)


TURN_BLOCK = block(0, PANEL_WIDTH, "open")


def turn_panel() -> tuple[Placeholder, ...]:
    """Return the contents of the marigold panel: a word at the top, minutes and their unit at the foot."""
    mode = box(MARGIN, TITLE_TOP, inches(2.2), inches(0.5))
    minutes = upto(MARGIN, inches(4.41), inches(2.2), inches(5.66))
    unit = box(MARGIN, inches(5.72), inches(2.1), inches(0.7))
    numerals: dict[str, Any] = {"bold": True, "anchor": "b", "line": 85, "track": -150}
    return (
        body(15, "Mode", "mode", mode, LEAD, "on_open", bold=True),
        body(16, "Minutes", "minutes", minutes, (88, 66), "on_open", **numerals),
        body(17, "Unit", "unit", unit, SMALL, "on_open"),
    )


def turn_title() -> Placeholder:
    """Return the title beside a panel."""
    return title(box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(1.16)))


def tag(color: str, fill: str) -> Placeholder:
    """Return the tag of a printed task, on a panel under the word at its top."""
    look: dict[str, Any] = {"bold": True, "anchor": "ctr", "align": "ctr", "fill": fill}
    return body(
        20, "Sheet tag", "tag", box(MARGIN, inches(1.2), inches(2.0), inches(0.62)), (24, 22, 20, 18), color, **look
    )


def turn_foot(name: str, role: str) -> Placeholder:
    """Return the small text at the foot of a your-turn slide: materials, a hint."""
    area = box(TURN_X, inches(5.54), TURN_WIDTH, inches(0.78))
    return body(18, name, role, area, SMALL, "muted", anchor="b")
