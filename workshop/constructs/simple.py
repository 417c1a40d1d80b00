"""Divs without a box: parts of an exercise, notes, lists and diagrams that appear part by part."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from workshop.constructs.boxes import emphasised
from workshop.constructs.declared import Construct, Place, Resolving, framed, inline, titled, unseen
from workshop.model import markup
from workshop.model.blocks import Block, Diagram, Panel, Prose, ShownPicture, plain
from workshop.model.numbers import measure


# ---------------------------------------------------------------- parts
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


# ---------------------------------------------------------------- talks
# What talks written for other tools bring along: callouts, stand-ins for what can't be shown, pictures at a slide's edge.
class Callout(Panel, frozen=True):
    """A box with a title."""


class StandIn(Panel, frozen=True):
    """A box that says what would be here: a diagram, the result of a program, a picture from the web."""


class Edge(Panel, frozen=True, kw_only=True):
    """Pictures that fill the left or right side of a slide; ``share`` is their part of its width."""

    side: str = "right"
    share: float = 50.0


TALKS = (
    Construct(name="callout", example="", fenced=False, block=Callout, slide=titled, paper=framed(style="tint")),
    Construct(name="stand-in", example="", fenced=False, block=StandIn, slide=emphasised, paper=framed(style="dash")),
    Construct(name="edge", example="", fenced=False, block=Edge, slide=unseen, paper=framed()),
)


# ---------------------------------------------------------------- columns
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
