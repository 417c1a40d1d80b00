"""Places for answers: lines to write on, scales to read off, tables to look things up, wrong answers."""

from __future__ import annotations

from msgspec import Struct, to_builtins

from workshop.constructs.construct import Construct, Data, Paper, Resolving, inline, titled, unseen
from workshop.errors import At
from workshop.model import markup
from workshop.model.blocks import (
    AnswerLines,
    Block,
    Line,
    Panel,
    Prose,
    RulerScale,
    Run,
    ValueTable,
)
from workshop.model.numbers import decimal

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
