"""Constructs that only exercises have: lines to write on, scales to read off, wrong answers in the key."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from workshop.constructs.declared import Construct, Data, Paper, Resolving, titled, unseen
from workshop.errors import At
from workshop.model import markup
from workshop.model.blocks import AnswerLines, Block, Line, Panel, Prose, Run
from workshop.model.scales import RulerScale, ValueTable

LINES = 2  # if the author gives no number


@dataclass(frozen=True, slots=True)
class Ruler(Panel):
    """A ruler to read values off."""

    scale: RulerScale | None = None


@dataclass(frozen=True, slots=True)
class Lookup(Panel):
    """A table to look values up in."""

    scale: ValueTable | None = None


@dataclass(frozen=True, slots=True)
class Wrong(Panel):
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
    return (Ruler(*_inside(div, resolving), scale),) if scale is not None else ()


def _lookup(div: markup.Div, resolving: Resolving, _step: int) -> tuple[Block, ...]:
    scale = resolving.scale(div.attrs.get("of", div.name), ValueTable, div.at)
    return (Lookup(*_inside(div, resolving), scale),) if scale is not None else ()


def _inside(div: markup.Div, resolving: Resolving) -> tuple[str, tuple[Block, ...], At]:
    return resolving.fill(div.attrs.get("title"), div.at), resolving.blocks(div.blocks), div.at


def _ruler_on_paper(panel: Ruler, _page: Paper, _at: At) -> list[Data]:
    if (scale := panel.scale) is None:
        return []
    return [{"type": "ruler"} | asdict(scale) | {"named": [mark._asdict() for mark in scale.named]}]


def _lookup_on_paper(panel: Lookup, _page: Paper, _at: At) -> list[Data]:
    if (scale := panel.scale) is None:
        return []
    return [{"type": "lookup"} | asdict(scale) | {"rows": [row._asdict() for row in scale.rows]}]


def _wrong(div: markup.Div, resolving: Resolving, _step: int) -> tuple[Block, ...]:
    because = resolving.fill(div.attrs.get("because"), div.at)
    cause = Prose((Line((Run(because),), at=div.at),))
    seen = resolving.fill(div.attrs.get("see"), div.at)
    return (Wrong(seen, (cause, *resolving.blocks(div.blocks)), div.at),)


ANSWERS = (
    Construct(
        name="home",
        example="Why? Give a reason.",
        within="task",
    ),
    Construct(
        name="lines",
        example="",
        keys=("count",),
        block=AnswerLines,
        resolve=_lines,
        slide=unseen,
        paper=_lines_on_paper,
    ),
    Construct(
        name="lookup",
        example="",
        keys=("title", "of"),
        block=Lookup,
        resolve=_lookup,
        slide=unseen,
        paper=_lookup_on_paper,
    ),
    Construct(
        name="ruler",
        example="",
        keys=("title", "of"),
        block=Ruler,
        resolve=_ruler,
        slide=unseen,
        paper=_ruler_on_paper,
    ),
    Construct(
        name="wrong",
        example="Look at the tie again.",
        keys=("see", "because"),
        within="solution",
        block=Wrong,
        resolve=_wrong,
        slide=titled,
        paper=lambda panel, page, _at: [wrong_data(panel, page)],
    ),
)
