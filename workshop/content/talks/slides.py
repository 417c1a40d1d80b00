"""Slides of a talk: titles, pictures behind and beside them, slides that aren't shown."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.content.inline import plain
from workshop.content.reading import Reading
from workshop.content.talks.divs import stepped
from workshop.content.talks.marp import joined
from workshop.errors import At
from workshop.layouts.statements import STATEMENT
from workshop.model.markup import Attrs, Block, Div, Edge, Heading, Inline, Paragraph

BACKGROUND = (
    "background-color",
    "data-background-color",
    "background-video",
    "background-iframe",
    "background-gradient",
)

Titled = tuple[tuple[Inline, ...], Attrs]


def title_in(blocks: list[Block], title: tuple[Inline, ...], attrs: Attrs) -> Titled:
    """Take the first heading out of the blocks of a slide of Marp that has no title yet, and return title and attributes."""
    if title:
        return title, attrs
    place = next((k for k, block in enumerate(blocks) if isinstance(block, Heading)), None)
    if place is None:
        return title, attrs
    heading = blocks.pop(place)
    assert isinstance(heading, Heading)
    return heading.children, heading.attrs


def in_class(blocks: list[Block], attrs: Attrs) -> Attrs:
    """Give Marp's class "lead", and Quarto's "incremental", their effect on a slide."""
    lead = any(isinstance(block, Div) and block.name == "lead" for block in blocks)
    blocks[:] = [block for block in blocks if not (isinstance(block, Div) and block.name == "lead")]
    if lead and "layout" not in attrs and all(isinstance(b, Paragraph | Heading) or is_empty((b,)) for b in blocks):
        attrs = Attrs(attrs.id, attrs.classes, (*attrs.pairs, ("layout", STATEMENT.name)))
    if "incremental" in attrs.classes:
        blocks[:] = stepped(tuple(blocks))
        attrs = Attrs(attrs.id, tuple(name for name in attrs.classes if name != "incremental"), attrs.pairs)
    return attrs


def with_backgrounds(blocks: list[Block], attrs: Attrs) -> Attrs:
    """Take background pictures out of the blocks of a slide; one alone becomes ``background-image``, others stay one ``Edge``."""
    found = [block for block in blocks if isinstance(block, Edge)]
    blocks[:] = [block for block in blocks if not isinstance(block, Edge)]
    edge = joined(found)
    if edge is None:
        return attrs
    if edge.side == "all" and len(edge.pictures) == 1:
        return Attrs(attrs.id, attrs.classes, (*attrs.pairs, ("background-image", edge.pictures[0].target)))
    blocks.append(edge)
    return attrs


def is_shown(title: tuple[Inline, ...], attrs: Attrs, at: At, reading: Reading) -> bool:
    """Whether a slide is shown; one that is hidden is named."""
    if attrs.get("visibility", attrs.get("data-visibility")) != "hidden":
        return True
    reading.lose(f"the hidden slide “{plain(title)}” is left out", at)
    return False


def known(attrs: Attrs, at: At, reading: Reading) -> Attrs:
    """Return the attributes of a slide without those that mean nothing here; what would be seen is named."""
    pairs = []
    for key, value in attrs.pairs:
        if key in BACKGROUND:
            reading.lose(f"{key.removeprefix('data-')}= of a slide has no effect", at)
        elif key.startswith("data-background-image"):
            pairs.append(("background-image", value))
        else:
            pairs.append((key, value))
    return Attrs(attrs.id, attrs.classes, tuple(pairs))


def is_empty(blocks: Sequence[Block]) -> bool:
    """Whether nothing of some blocks is on the slide: they are notes, or there are none."""
    return all(isinstance(block, Div) and block.name == "notes" for block in blocks)
