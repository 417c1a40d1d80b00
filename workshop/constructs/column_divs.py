"""Columns side by side on a slide and on paper."""

from __future__ import annotations

from msgspec import Struct

from workshop.constructs.construct import Construct, Resolving, inline, titled
from workshop.model import markup
from workshop.model.blocks import (
    Block,
    Panel,
    ShownPicture,
    plain,
)
from workshop.model.numbers import measure

# Two columns of a slide, one under the other on paper.
WRITTEN = ("page", "chat")  # classes of a column


class Columns(Panel, Struct, frozen=True):
    """The columns of a slide; each of its blocks is a ``Column``."""


class Column(Panel, Struct, frozen=True):
    """One column; its title is its first heading, ``width`` its share of the slide in percent, 0 for none given.

    ``look`` is "page" for words that stand on a page, "chat" for what is said in turn, "" for any other; ``drawing`` is beside its title.
    """

    width: float = 0
    look: str = ""
    drawing: ShownPicture | None = None


def _columns(div: markup.Div, resolving: Resolving, _step: int) -> tuple[Block, ...]:
    found = tuple(block for block in resolving.blocks(div.blocks) if isinstance(block, Column))
    return (Columns("", found, div.at),)


def _column(div: markup.Div, resolving: Resolving, _step: int) -> tuple[Block, ...]:
    drawings = tuple(block for block in div.blocks if isinstance(block, markup.Picture) and block.is_drawing)[:1]
    drawings = drawings if len(div.blocks) > 1 else ()
    rest = tuple(block for block in div.blocks if block not in drawings)
    head: tuple[markup.Inline, ...] = ()
    if rest and isinstance(rest[0], markup.Heading):
        head, rest = rest[0].children, rest[1:]
    share, unit = measure(div.attrs.get("width")) or (0, "")
    share = share if unit in ("%", "") else 0
    look = next((name for name in WRITTEN if name in div.attrs.classes), "")
    drawn = next((block for block in resolving.blocks(drawings) if isinstance(block, ShownPicture)), None)
    title = plain(resolving.runs(head))
    return (Column(title, resolving.blocks(rest), div.at, width=share, look=look, drawing=drawn),)


COLUMNS = (
    Construct(
        name="columns",
        meaning="two columns of a slide, one under the other on paper",
        example="::: column\nOne side\n:::\n\n::: column\nThe other\n:::",
        holds="column",
        block=Columns,
        resolve=_columns,
        layout="two-content",
        slide=titled,
        paper=inline,
    ),
    Construct(
        name="column",
        meaning="one of them; a heading in it is its head",
        example="One side",
        keys=("width",),
        within=("columns",),
        looks=WRITTEN,
        block=Column,
        resolve=_column,
        slide=titled,
        paper=inline,
    ),
)
