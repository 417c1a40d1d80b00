"""Divs without a box: parts of an exercise, lines to write on, scales to read off; notes, lists and diagrams that appear part by part."""

from __future__ import annotations

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from workshop.constructs.boxes import emphasised
from workshop.constructs.construct import Construct, Data, Paper, Place, Resolving, framed, inline, titled, unseen
from workshop.errors import At
from workshop.model import markup
from workshop.model.blocks import (
    AnswerLines,
    Block,
    Diagram,
    Line,
    Panel,
    Prose,
    RulerScale,
    Run,
    ShownPicture,
    ValueTable,
    plain,
)
from workshop.model.numbers import decimal, measure


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


LINES = 2  # if the author gives no number
MOST_ANSWER = 1e9  # on a ruler


class Ruler(Panel, Struct, frozen=True):
    """A ruler to read values off; a key marks the ``answer`` on it, in units of its lower edge."""

    scale: RulerScale | None = None
    answer: float | None = None


class Lookup(Panel, Struct, frozen=True):
    """A table to look values up in."""

    scale: ValueTable | None = None


class Home(Panel, Struct, frozen=True):
    """A part of a task, or of its solution, that is left out if the class does the task in its booklet."""


class Wrong(Panel, Struct, frozen=True):
    """A wrong answer: the title is what the participant wrote, the first block its cause, the others what to say."""


def wrong_data(panel: Wrong, page: Paper) -> Data:
    """Return the wrong answer, its cause, and what to say."""
    cause, *reply = panel.blocks or (Prose(()),)
    return {
        "type": "wrong",
        "see": page.text(panel.title, panel.at),
        "because": page.blocks((cause,), panel.at),
        "say": page.blocks(reply, panel.at),
    }


def _lines(div: markup.Div, _resolving: Resolving, _step: int) -> tuple[Block, ...]:
    return (AnswerLines(int(div.attrs.number("count", LINES))),)


def _lines_on_paper(lines: AnswerLines, _page: Paper, _at: At) -> list[Data]:
    return [{"type": "lines", "count": lines.count}]


def _ruler(div: markup.Div, resolving: Resolving, _step: int) -> tuple[Block, ...]:
    scale = resolving.scale(div.attrs.get("of", div.name), RulerScale, div.at)
    return (Ruler(*_inside(div, resolving), scale, _marked(div, resolving)),) if scale is not None else ()


def _marked(div: markup.Div, resolving: Resolving) -> float | None:
    """Return the place that ``answer=`` gives; None if there is none, or if it isn't a number, which is reported."""
    said = resolving.fill(div.attrs.get("answer"), div.at).strip()
    if not said:
        return None
    number = decimal(said, -MOST_ANSWER, MOST_ANSWER)
    if number is None:
        resolving.error(f'a ruler\'s answer must be a number, not "{said}"', div.at, 'write one such as answer="1.3"')
    return number


def _lookup(div: markup.Div, resolving: Resolving, _step: int) -> tuple[Block, ...]:
    scale = resolving.scale(div.attrs.get("of", div.name), ValueTable, div.at)
    return (Lookup(*_inside(div, resolving), scale),) if scale is not None else ()


def _inside(div: markup.Div, resolving: Resolving) -> tuple[str, tuple[Block, ...], At]:
    return resolving.fill(div.attrs.get("title"), div.at), resolving.blocks(div.blocks), div.at


def _ruler_on_paper(panel: Ruler, page: Paper, _at: At) -> list[Data]:
    if (scale := panel.scale) is None:
        return []
    shown = page.key and panel.answer is not None and 0 <= panel.answer <= scale.length
    marks = {"named": [mark._asdict() for mark in scale.named], "points": [panel.answer] if shown else []}
    return [{"type": "ruler"} | to_builtins(scale) | marks]


def _lookup_on_paper(panel: Lookup, _page: Paper, _at: At) -> list[Data]:
    if (scale := panel.scale) is None:
        return []
    return [{"type": "lookup"} | to_builtins(scale) | {"rows": [row._asdict() for row in scale.rows]}]


def _wrong(div: markup.Div, resolving: Resolving, _step: int) -> tuple[Block, ...]:
    because = resolving.fill(div.attrs.get("because"), div.at)
    cause = Prose((Line((Run(because),), at=div.at),))
    seen = resolving.fill(div.attrs.get("see"), div.at)
    return (Wrong(seen, (cause, *resolving.blocks(div.blocks)), div.at),)


ANSWERS = (
    Construct(
        name="home",
        meaning="a part of a task, or of its solution, that is left out if the class does the task in its booklet",
        example="Why? Give a reason.",
        within=("task", "solution"),
        block=Home,
        slide=unseen,
        paper=inline,
    ),
    Construct(
        name="lines",
        meaning="ruled lines to write on",
        example="",
        keys=("count",),
        block=AnswerLines,
        resolve=_lines,
        slide=unseen,
        paper=_lines_on_paper,
    ),
    Construct(
        name="lookup",
        meaning="a table to look values up in",
        example="",
        keys=("title", "of"),
        block=Lookup,
        resolve=_lookup,
        slide=unseen,
        paper=_lookup_on_paper,
    ),
    Construct(
        name="ruler",
        meaning="a ruler to read values off; a key marks the answer on it",
        example="",
        keys=("title", "of", "answer"),
        block=Ruler,
        resolve=_ruler,
        slide=unseen,
        paper=_ruler_on_paper,
    ),
    Construct(
        name="wrong",
        meaning="a wrong answer with its cause, and what to say",
        example="Look at the tie again.",
        keys=("see", "because"),
        within=("solution",),
        block=Wrong,
        resolve=_wrong,
        slide=titled,
        paper=lambda panel, page, _at: [wrong_data(panel, page)],
    ),
)
