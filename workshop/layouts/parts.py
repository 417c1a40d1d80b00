"""Parts that several layouts of the Beds theme share: size steps, title, source, the marigold panel, looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from workshop.layouts.grid import BODY_END, MARGIN, PANEL_END, PANEL_WIDTH, TITLE_TOP, TURN_WIDTH, TURN_X, column, span
from workshop.model.theme import Box, Decor, LayoutSpec, PicturePlace, Placeholder, inches

# Size steps in points: the preferred size, then smaller ones to try before a text is split
TITLE = (32, 30, 28)
LEAD = (28, 26, 24)
BODY = (24, 22)
SMALL = (18,)
SOURCE = (12,)
CODE_SIZES = (24, 20, 18)
CELLS = (24, 22, 20)
LARGE_CELLS = (28, *CELLS)
HEAD = (44, 36)

MEASURE_TOP, SOURCE_TOP = inches(1.62), inches(6.4)


def layout(
    role: str,
    name: str,
    *placeholders: Placeholder,
    decor: tuple[Decor, ...] = (),
    kind: str = "",
    rail: bool = True,
    timer: Box | None = None,
    picture: PicturePlace | None = None,
) -> LayoutSpec:
    """Return a layout; give ``kind`` only if its placeholders are those of a standard layout."""
    return LayoutSpec(
        role=role, name=name, type=kind, placeholders=placeholders, decor=decor, rail=rail, timer=timer, picture=picture
    )


def body(
    idx: int, name: str, role: str, area: Box, sizes: tuple[float, ...], color: str = "ink", **look: Any
) -> Placeholder:
    """Return a placeholder for text."""
    of: dict[str, Any] = {"type": "body", "color": color, **look}
    return Placeholder(idx=idx, name=name, role=role, box=area, sizes=sizes, **of)


MODE = "mode"  # the word that says what is done on a slide


def same_letter(letter: str) -> str:
    """Return what the letter of an option is the same as, on a bet and on its answer."""
    return f"bet-{letter.upper()}"


def title(area: Box | None = None, sizes: tuple[float, ...] = TITLE) -> Placeholder:
    """Return the title of a slide with a body; its first line always has the same place."""
    area = area or Box(column(0), TITLE_TOP, span(11), inches(1.16))
    return body(0, "Title", "title", area, sizes, type="title", bold=True, line=95, track=-9)


def look(spec: LayoutSpec, name: str, places: Iterable[Placeholder] | None = None, **changes: Any) -> LayoutSpec:
    """Return a look of a layout: with a name of its own, and other places if there are any."""
    return replace(spec, name=name, type="", placeholders=tuple(places or spec.placeholders), **changes)


def changed(spec: LayoutSpec, others: Mapping[str, Mapping[str, Any]]) -> tuple[Placeholder, ...]:
    """Return the places of a layout, some with other properties by their role."""
    return tuple(replace(place, **others.get(place.role, {})) for place in spec.placeholders)


def exhibit_title() -> Placeholder:
    """Return a title that leaves room for the measure line."""
    return title(Box(column(0), TITLE_TOP, span(11), inches(1.06)))


def measure() -> Placeholder:
    """Return the line that says what is plotted and in which unit."""
    return body(13, "Measure", "measure", Box(column(0), MEASURE_TOP, span(11), inches(0.36)), SMALL, "muted")


def source(x: int = column(0), w: int = span(12), y: int = SOURCE_TOP) -> Placeholder:
    """Return the mark of honesty at the foot."""
    return body(14, "Source", "source", Box(x, y, w, inches(6.7) - y), SOURCE, "muted", anchor="b")


def turn_source() -> Placeholder:
    """Return the mark of honesty beside the marigold panel."""
    return source(TURN_X, TURN_WIDTH, inches(6.48))


def block(x: int, w: int, color: str) -> Decor:
    """Return a block from the upper edge of the slide to the end of panels."""
    return Decor("rect", Box(x, 0, w, PANEL_END), color)


def rule(x: int, y: int, w: int) -> Decor:
    """Return an ink rule."""
    return Decor("line", Box(x, y, w, 0), "ink", 1.5)


def tile(x: int, y: int, w: int) -> tuple[Decor, Decor]:
    """Return a panel down to the end of the body, with an edge at its top."""
    return Decor("rect", Box(x, y, w, BODY_END - y), "panel"), Decor("rect", Box(x, y, w, inches(0.09)), "accent")


TIMER_WIDTH, TIMER_HEIGHT, TIMER_ABOVE = inches(2.0), inches(0.1), inches(0.28)  # of a timer's bar over its minutes


def over_minutes(at: Box) -> Box:
    """Return the place of a timer's bar over the minutes."""
    return Box(at.x, at.y - TIMER_ABOVE, min(TIMER_WIDTH, at.w), TIMER_HEIGHT)


TURN_BLOCK = block(0, PANEL_WIDTH, "open")


def turn_panel() -> tuple[Placeholder, ...]:
    """Return the contents of the marigold panel: a word at the top, minutes and their unit at the foot."""
    mode = Box(MARGIN, TITLE_TOP, inches(2.2), inches(0.5))
    minutes = Box(MARGIN, inches(4.41), inches(2.2), inches(5.66) - inches(4.41))
    unit = Box(MARGIN, inches(5.72), inches(2.1), inches(0.7))
    numerals: dict[str, Any] = {"bold": True, "anchor": "b", "line": 85, "track": -17}
    return (
        body(15, "Mode", "mode", mode, LEAD, "on_open", bold=True, same=MODE),
        body(16, "Minutes", "minutes", minutes, (88, 66), "on_open", **numerals),
        body(17, "Unit", "unit", unit, SMALL, "on_open"),
    )


def turned(role: str, name: str, *places: Placeholder, head: Placeholder | None = None) -> LayoutSpec:
    """Return a layout beside the marigold panel, on which the picture of the stage is."""
    head = head or turn_title()
    return layout(
        role, name, head, *turn_panel(), *places, turn_source(), decor=(TURN_BLOCK,), picture=on_panel("open")
    )


def on_panel(ground: str) -> PicturePlace:
    """Return the place of a stage's picture on a panel."""
    side = inches(1.66)
    return PicturePlace(Box(MARGIN, inches(2.24), side, side), ground)


def turn_title() -> Placeholder:
    """Return the title beside a panel."""
    return title(Box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(1.16)))


def tag(color: str, fill: str) -> Placeholder:
    """Return the tag of a printed task, or the name of a bet, on a panel under the word at its top."""
    area, sizes = Box(MARGIN, inches(1.2), inches(2.0), inches(0.62)), (24, 22, 20, 18)
    return body(20, "Sheet tag", "tag", area, sizes, color, bold=True, anchor="ctr", align="ctr", fill=fill)


def turn_foot(name: str, role: str) -> Placeholder:
    """Return the small text at the foot of a your-turn slide: materials, a hint."""
    area = Box(TURN_X, inches(5.54), TURN_WIDTH, inches(0.78))
    return body(18, name, role, area, SMALL, "muted", anchor="b")
