"""All constructs by name and by the type they become, and their text on a slide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from workshop.constructs.answer_divs import ANSWERS
from workshop.constructs.boxes import PANELS
from workshop.constructs.column_divs import COLUMNS
from workshop.constructs.construct import Construct, Lines, SpanClass
from workshop.constructs.drawings import DRAWINGS
from workshop.constructs.simple import PARTS
from workshop.constructs.talk_divs import TALKS
from workshop.model.blocks import Block, Choices, Line, Panel, Prose

# Classes of a span: places to write in, answers, marked words, digits that need no source.
SPANS = (
    SpanClass(name="fixed", example="3", look=lambda run: run, fixed=True),
    SpanClass(name="fraction", example="(a + 1) / (b + 1)", look=lambda run: replace(run, fraction=True), fixed=True),
    SpanClass(name="blank", example=" ", look=lambda run: replace(run, blank=True), asks=True),
    SpanClass(name="answer", example="mat", look=lambda run: replace(run, accent=True)),
    SpanClass(name="mark", example="on the", look=lambda run: replace(run, mark=True)),
    SpanClass(name="accent", example="below two bits", look=lambda run: replace(run, accent=True)),
    SpanClass(name="tile", example="pond", look=lambda run: replace(run, tile=run.tile or "panel")),
    SpanClass(name="open", example="?", look=lambda run: replace(run, tile="open")),
)


# if two ask for a layout, the first one gets it
CONSTRUCTS: tuple[Construct, ...] = (*COLUMNS, *PANELS, *DRAWINGS, *ANSWERS, *PARTS, *TALKS)
DIVS: Mapping[str, Construct] = {construct.name: construct for construct in CONSTRUCTS if construct.fenced}
BY_BLOCK: Mapping[type, Construct] = {construct.block: construct for construct in CONSTRUCTS if construct.block}
SPAN_CLASSES: Mapping[str, SpanClass] = {span.name: span for span in SPANS}


def text_of(blocks: Iterable[Block]) -> Lines:
    """Return all text of some blocks as lines of a slide, except exhibits and what is only for paper."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Prose):
            lines += block.lines
        elif isinstance(block, Choices):
            lines += (Line(option, marker="bullet", at=block.at) for option in block.options)
        elif (construct := BY_BLOCK.get(type(block))) and construct.slide:
            lines += construct.slide(block, text_of)
    return tuple(lines)


def has(blocks: Iterable[Block], kind: type[Block]) -> bool:
    """Whether there is a block of a type among some blocks, at any depth."""
    return any(isinstance(b, kind) or (isinstance(b, Panel) and has(b.blocks, kind)) for b in blocks)
