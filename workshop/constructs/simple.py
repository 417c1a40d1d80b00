"""Divs without a box: parts of an exercise; notes, lists and diagrams that appear part by part."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.constructs.construct import Construct, Place, Resolving
from workshop.model import markup
from workshop.model.blocks import (
    Block,
    Diagram,
    Prose,
)


def _stepwise(div: markup.Div, resolving: Resolving, step: int) -> tuple[Block, ...]:
    """Return blocks whose first-level lines, or the boxes of a diagram, appear one click after the other."""
    found: list[Block] = []
    for block in resolving.blocks(div.blocks):
        if isinstance(block, Prose):
            lines = []
            for line in block.lines:
                step += line.level == 0
                lines.append(replace(line, step=step))
            found.append(Prose(tuple(lines)))
        elif isinstance(block, Diagram):
            found.append(replace(block, stepwise=True))
        else:
            found.append(block)
    return tuple(found)


PARTS = (
    Construct(
        name="notes",
        meaning="what is for the presenter alone",
        example="**Say** Read from left to right.",
        place=Place.NOTES,
    ),
    Construct(name="task", meaning="what people do", example="How alike are they?", place=Place.EXERCISE),
    Construct(
        name="solution",
        meaning="the answer with its working, for the key",
        example="They are alike.",
        place=Place.EXERCISE,
    ),
    Construct(
        name="incremental",
        meaning="list items, or boxes of a diagram, that appear click by click",
        example="- first\n- second",
        resolve=_stepwise,
    ),
    Construct(name="nonincremental", meaning="accepted as pandoc's, and changes nothing", example="- first\n- second"),
)
