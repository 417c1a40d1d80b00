"""The line that says where the toy stops: a band at the foot of the last slide of a stage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from workshop.layout.context import Desk, rows_of
from workshop.layout.extras import Extra, Put, has_band
from workshop.layout.laid import LaidShapes, Shape
from workshop.layouts import traits
from workshop.model.blocks import Line, Run
from workshop.model.kit import Kit, Slide, SourceLine
from workshop.model.theme import Box, LayoutSpec, Placeholder, inches

STRIP = Box(0, inches(6.25), 12_192_000, inches(0.41))  # up to the end of panels
LINE_INSET = 609_600  # the margin of our own grid
RAISE = inches(0.5)  # how much higher everything ends above the band
CLEAR = inches(0.05)  # and a text at the foot a little more, so that the band doesn't touch it
FOOT = inches(5.45)  # a text that begins below is at the foot, and moves; any other becomes lower
END, OVER_BAND = inches(6.32) - RAISE - CLEAR, inches(6.13)  # of what is over a source line, and of anything else
LINE_LABEL = re.compile(r"(\b\w+:)")
LINE_SIZES = (18.0, 16.0, 14.0)


def gather(kit: Kit) -> Mapping[str, str]:
    """Return the line of each slide that has one; not of one whose table says the same at length."""
    return {slide.id: slide.toy for slide in kit.slides if slide.toy and "stops" not in traits(slide.layout)}


def room(spec: LayoutSpec, slide: Slide) -> LayoutSpec:
    """Return a layout whose contents end above the band; a text under its exhibit moves up and keeps its height."""
    source = spec.find("source") if slide.source is not None else None
    main, below = spec.find("main"), spec.find("reading")
    under = below if main is not None and below is not None and below.box.y >= main.box.bottom else None

    def end(at: Box) -> int:
        over = source is not None and at.y < source.box.y and at.x < source.box.right and source.box.x < at.right
        return END if over else OVER_BAND

    lift = max(0, under.box.bottom - end(under.box)) if under is not None else 0

    def raised(place: Placeholder) -> Placeholder:
        at = place.box
        if place is under:
            return replace(place, box=Box(at.x, at.y - lift, at.w, at.h))
        if place is main and under is not None:
            return replace(place, box=Box(at.x, at.y, at.w, at.h - lift))
        if at.bottom <= end(at):
            return place
        if place.anchor == "b" or at.y >= FOOT:
            return replace(place, box=Box(at.x, at.y - RAISE - CLEAR, at.w, at.h))
        return replace(place, box=Box(at.x, at.y, at.w, max(1, end(at) - at.y)))

    area = spec.area
    if area is not None and area.bottom > end(area):
        area = Box(area.x, area.y, area.w, end(area) - area.y)
    return replace(spec, placeholders=tuple(map(raised, spec.placeholders)), area=area)


def _band(desk: Desk, slide: Slide) -> LaidShapes:
    """Return the strip; report a text that is too long for it."""
    line = _labelled(slide.toy)
    size = next(
        (size for size in LINE_SIZES if rows_of(desk.ruler, line, size, STRIP.w - 2 * LINE_INSET) == (1, False)), 0.0
    )
    if not size:
        desk.report.error(
            f"the line '{slide.toy}' is too long for its strip", slide.at, "shorten the toy: line of its section", "fit"
        )
    band = Shape(kind="rect", box=STRIP, fill="panel", lines=(line,), sizes=(size or LINE_SIZES[-1],), inset=LINE_INSET)
    edge = Shape(kind="line", box=Box(STRIP.x, STRIP.y, STRIP.w, 0), fill="ink", weight=1.5)
    return LaidShapes((band, edge))


def _labelled(text: str) -> Line:
    """Return the line with its labels in bold: the words that end with a colon."""
    parts = LINE_LABEL.split(text)
    return Line(tuple(Run(part, strong=part.endswith(":")) for part in parts if part))


def place(desk: Desk, spec: LayoutSpec, slide: Slide) -> Iterator[Put]:
    """Yield the band, if the slide has room for it."""
    if has_band(desk, spec):
        yield Put(_band(desk, slide))


def source(desk: Desk, spec: LayoutSpec, slide: Slide, source: SourceLine | None) -> SourceLine | None:
    """Return the source line of a slide without the band, preceded by the text on where the toy stops."""
    if has_band(desk, spec):
        return source
    if source is None:
        return SourceLine(None, slide.toy)
    return replace(source, text=" · ".join(filter(None, (slide.toy, source.text))))


TOY_LINE = Extra(name="toy-line", gather=gather, band=True, room=room, place=place, source=source)
