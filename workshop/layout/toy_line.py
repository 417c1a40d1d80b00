"""The line that says where the toy stops: a band at the foot of the last slide of a stage."""

from __future__ import annotations

import re

from msgspec.structs import replace

from workshop.layout.context import Desk
from workshop.layout.drawn import rows_of
from workshop.layout.laid import LaidShapes, Shape
from workshop.layouts import traits
from workshop.model.kit import Line, Run, Slide, SourceLine
from workshop.model.theme import Box, LayoutSpec, Placeholder, inches

STRIP = Box(0, inches(6.25), 12_192_000, inches(0.41))  # up to the end of panels
INSET = 609_600  # the margin of our own grid
RAISE = inches(0.5)  # how much higher everything ends above the band
FOOT = inches(5.45)  # a text that begins below is at the foot, and moves; any other becomes lower
END, OVER_BAND = inches(6.32) - RAISE, inches(6.13)  # of what is over a source line, and of anything else
LABEL = re.compile(r"(\b\w+:)")
SIZES = (18.0, 16.0, 14.0)


def has_strip(desk: Desk, spec: LayoutSpec, slide: Slide) -> bool:
    """Whether a slide has the band; in a user's template, or if there is no room for it, the source line has the text."""
    return desk.strip and takes_strip(desk, slide) and spec.rail


def takes_strip(desk: Desk, slide: Slide) -> bool:
    """Whether a slide should have the band."""
    return bool(_toy(slide)) and desk.theme.template is None


def above_strip(spec: LayoutSpec, slide: Slide) -> LayoutSpec:
    """Return a layout whose contents end above the band."""
    source = spec.find("source") if slide.source is not None else None

    def end(at: Box) -> int:
        under = source is not None and at.x < source.box.right and source.box.x < at.right
        return END if under else OVER_BAND

    def raised(place: Placeholder) -> Placeholder:
        at = place.box
        if at.bottom <= end(at):
            return place
        if place.anchor == "b" or at.y >= FOOT:
            return replace(place, box=Box(at.x, at.y - RAISE, at.w, at.h))
        return replace(place, box=Box(at.x, at.y, at.w, max(1, end(at) - at.y)))

    area = spec.area
    if area is not None and area.bottom > end(area):
        area = Box(area.x, area.y, area.w, end(area) - area.y)
    return replace(spec, placeholders=tuple(map(raised, spec.placeholders)), area=area)


def lay_toy(desk: Desk, slide: Slide) -> LaidShapes:
    """Return the strip; report a text that is too long for it."""
    line = _labelled(slide.toy)
    size = next((size for size in SIZES if rows_of(desk.ruler, line, size, STRIP.w - 2 * INSET) == (1, False)), 0.0)
    if not size:
        desk.report.error(
            f"the line '{slide.toy}' is too long for its strip", slide.at, "shorten the toy: line of its section", "fit"
        )
    band = Shape(kind="rect", box=STRIP, fill="panel", lines=(line,), sizes=(size or SIZES[-1],), inset=INSET)
    edge = Shape(kind="line", box=Box(STRIP.x, STRIP.y, STRIP.w, 0), fill="ink", weight=1.5)
    return LaidShapes((band, edge))


def _labelled(text: str) -> Line:
    """Return the line with its labels in bold: the words that end with a colon."""
    parts = LABEL.split(text)
    return Line(tuple(Run(part, strong=part.endswith(":")) for part in parts if part))


def with_toy(slide: Slide, source: SourceLine | None) -> SourceLine | None:
    """Return the source line of a slide in a template, preceded by the text on where the toy stops."""
    toy = _toy(slide)
    if not toy:
        return source
    if source is None:
        return SourceLine(None, toy)
    return replace(source, text=" · ".join(filter(None, (toy, source.text))))


def _toy(slide: Slide) -> str:
    """Return the line of a slide; "" if its table says the same at length."""
    return "" if "stops" in traits(slide.layout) else slide.toy
