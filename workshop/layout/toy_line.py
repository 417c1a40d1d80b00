"""The line that says where the toy stops: a line at the foot of the last slide of a stage."""

from __future__ import annotations

import re
from dataclasses import replace

from workshop.layout.context import Desk
from workshop.layout.drawn import rows_of
from workshop.layout.laid import LaidShapes, Shape
from workshop.model.kit import Line, Run, Slide, SourceLine
from workshop.model.theme import Box, LayoutSpec, inches

STRIP = Box(609_600, inches(7.05), inches(11.2), inches(0.36))  # in the row of the stage's name, which it replaces
LABEL = re.compile(r"(\b\w+:)")
SIZES = (18.0, 16.0, 14.0)
TABLE = "toy-stops"  # the layout of a table of what the toy does and what a large model does


def has_strip(desk: Desk, spec: LayoutSpec, slide: Slide) -> bool:
    """Whether a slide has the strip; in a user's template the source line has the text instead."""
    return bool(_toy(slide)) and spec.rail and desk.theme.template is None


def lay_toy(desk: Desk, slide: Slide) -> LaidShapes:
    """Return the strip; report a text that is too long for it."""
    line = _labelled(slide.toy)
    size = next((size for size in SIZES if rows_of(desk.ruler, line, size, STRIP.w) == (1, False)), 0.0)
    if not size:
        desk.report.error(
            f"the line '{slide.toy}' is too long for its strip", slide.at, "shorten the toy: line of its section", "fit"
        )
    shape = Shape(kind="text", box=STRIP, lines=(line,), sizes=(size or SIZES[-1],))
    return LaidShapes((shape,))


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
    return "" if slide.layout == TABLE else slide.toy
