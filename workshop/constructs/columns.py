"""Two columns of a slide, one under the other on paper."""

from __future__ import annotations

from msgspec import Struct

from workshop.constructs.declared import Construct, Resolving, inline, titled
from workshop.model import markup
from workshop.model.blocks import Block, Panel, plain
from workshop.model.numbers import measure


class Columns(Panel, Struct, frozen=True):
    """The columns of a slide; each of its blocks is a ``Column``."""


class Column(Panel, Struct, frozen=True):
    """One column; its title is its first heading, ``width`` its share of the slide in percent, 0 for none given."""

    width: float = 0


def _columns(div: markup.Div, resolving: Resolving, _step: int) -> tuple[Block, ...]:
    found = tuple(block for block in resolving.blocks(div.blocks) if isinstance(block, Column))
    return (Columns("", found, div.at),)


def _column(div: markup.Div, resolving: Resolving, _step: int) -> tuple[Block, ...]:
    first, rest = div.blocks[:1], div.blocks
    head: tuple[markup.Inline, ...] = ()
    if first and isinstance(first[0], markup.Heading):
        head, rest = first[0].children, div.blocks[1:]
    share, unit = measure(div.attrs.get("width")) or (0, "")
    share = share if unit in ("%", "") else 0
    return (Column(plain(resolving.runs(head)), resolving.blocks(rest), div.at, width=share),)


COLUMNS = (
    Construct(
        name="columns",
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
        example="One side",
        keys=("width",),
        within="columns",
        block=Column,
        resolve=_column,
        slide=titled,
        paper=inline,
    ),
)
