"""Steps down for a slide that has too little room in a user's template: nothing stops a build there, and each step is counted.

Smaller text comes first, then another composition, then one on the roomiest layout, and last a plain title and text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import islice

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.errors import At, Problem, Severity
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.layouts import LAYOUTS
from workshop.layouts.content import CONTENT
from workshop.layouts.diagram import lines_of
from workshop.model.kit import (
    Block,
    Diagram,
    Line,
    Map,
    Prose,
    Run,
    Runs,
    ShownChart,
    ShownCode,
    ShownPicture,
    ShownTable,
    Slide,
)
from workshop.model.theme import LayoutSpec, Placeholder
from workshop.wording.formats import show


class Step(IntEnum):
    """What a slide did to find room; a higher value is worse."""

    USUAL = 0
    SMALLER = 1
    OTHERWISE = 2
    COMPOSED = 3
    PLAIN = 4
    OVER = 5


WORDS = {
    Step.SMALLER: ("has smaller text", "have smaller text"),
    Step.OTHERWISE: ("is divided or composed otherwise", "are divided or composed otherwise"),
    Step.COMPOSED: ("is composed on the roomiest layout", "are composed on the roomiest layout"),
    Step.PLAIN: ("is a plain title and text", "are a plain title and text"),
    Step.OVER: ("still has more text than room", "still have more text than room"),
}
SIZES = (
    60.0,
    54.0,
    48.0,
    44.0,
    40.0,
    36.0,
    32.0,
    28.0,
    26.0,
    24.0,
    22.0,
    20.0,
    18.0,
    16.0,
    14.0,
    12.0,
    11.0,
    10.0,
    9.0,
)
# Smallest sizes of titles, texts and source lines, in points, one row per step down
FLOORS = ((20.0, 16.0, 11.0), (18.0, 14.0, 10.0), (14.0, 12.0, 9.0), (9.0, 9.0, 9.0))
NAMED = 6  # numbers of slides that a message lists
ASIDE = ("minutes", "unit", "mode")  # short slots that share a line
MOST_WORDS = 40  # of a paragraph that is on a plain slide


def shrunk(spec: LayoutSpec, depth: int) -> LayoutSpec:
    """Return a layout whose places may have smaller text; 0 is the layout itself."""
    if not depth:
        return spec
    title, body, source = FLOORS[depth - 1]
    floors = {"title": title, "source": source}
    return replace(spec, placeholders=tuple(_shrunk(p, floors.get(p.role, body)) for p in spec.placeholders))


def _shrunk(place: Placeholder, floor: float) -> Placeholder:
    least = place.sizes[-1]
    return replace(place, sizes=(*place.sizes, *(size for size in SIZES if floor <= size < least)))


# ---------------------------------------------------------------- otherwise
def parts_of(slide: Slide) -> tuple[Slide, ...]:
    """Return other slides with the same content, in order; none if there is no other way to show it."""
    ways = LAYOUTS[slide.layout].otherwise if slide.layout in LAYOUTS else ()
    return next((found for way in ways if (found := tuple(way(slide)))), ())


# ---------------------------------------------------------------- plain
def as_plain(slide: Slide) -> Slide:
    """Return a slide with the same words as a title and text: a table as lines, a chart as its finding and values."""
    lines: list[Line] = []
    aside = [line.text.strip() for role in ASIDE for line in _lines(slide.slot(role), slide.at)]
    if any(aside):
        lines.append(Line((Run(" · ".join(filter(None, aside)), strong=True),), at=slide.at))
    for role, blocks in slide.slots:
        if role not in ASIDE:
            lines += _lines(blocks, slide.at)
    cut = tuple(piece for line in lines for piece in _cut(line))
    return replace(slide, layout=CONTENT.name, slots=(("main", (Prose(cut),)),))


def _lines(blocks: Iterable[Block], at: At) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, ShownTable):
            yield from (Line(_row(block.header, row), marker="bullet", at=block.at) for row in block.rows)
        elif isinstance(block, ShownChart):
            yield Line((Run(block.chart.finding),), at=block.at)
            yield from _values(block)
        elif isinstance(block, ShownCode):
            yield from (Line((Run(text, code=True),), at=block.at) for text in block.text.split("\n") if text.strip())
        elif isinstance(block, ShownPicture):
            yield Line((Run(block.alt, emphasis=True),))
        elif isinstance(block, Diagram | Map):
            yield from lines_of(block, at)
        else:
            yield from text_of((block,))


def _row(header: tuple[Runs, ...], cells: tuple[Runs, ...]) -> Runs:
    """Return a row as one line: its first cell, then each other cell after its heading."""
    runs: list[Run] = [replace(run, strong=True) for run in cells[0]] if cells else []
    for k, (head, cell) in enumerate(zip(header[1:], cells[1:], strict=False)):
        runs += (Run("; " if k else ": "), *head, Run(" "), *cell)
    return tuple(runs)


def _values(shown: ShownChart) -> Iterator[Line]:
    """Yield a line for each series of a chart over categories."""
    chart = shown.chart
    for series in chart.series:
        pairs = zip(chart.categories, series.values, strict=False)
        told = [f"{name} {show(value, chart.unit, chart.decimals)}" for name, value in pairs if value is not None]
        if told:
            yield Line((Run(f"{series.name}: ", strong=True), Run("; ".join(told))), marker="bullet", at=shown.at)


def _cut(line: Line) -> Iterator[Line]:
    """Yield a line in pieces that can continue on another slide."""
    if len(line.text.split()) <= MOST_WORDS:
        yield line
        return
    words = [(word, run) for run in line.runs for word in run.text.split()]
    rest = iter(words)
    first = True
    while piece := list(islice(rest, MOST_WORDS)):
        runs = tuple(replace(run, text=f"{word} ") for word, run in piece)
        yield replace(line, runs=runs, marker=line.marker if first else "none")
        first = False


# ---------------------------------------------------------------- what is said about it
def summary(laid: LaidOut) -> tuple[Problem, ...]:
    """Return one piece of advice that says how many slides took which step, and which ones; none if all have their usual look."""
    told = []
    for step in WORDS:
        numbers = [slide.number for slide in laid.slides if slide.step == step]
        if numbers:
            more = f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
            told.append(f"{len(numbers)} {WORDS[step][len(numbers) > 1]} ({_listed(numbers[:NAMED])}{more})")
    if not told:
        return ()
    message = f"this template has too little room for some of the {len(laid.slides)} slides: {'; '.join(told)}"
    return (
        Problem(
            message, hint="'list layouts' shows the layouts that were used", code="template", severity=Severity.ADVICE
        ),
    )


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def stepped(made: Iterable[LaidSlide], step: Step) -> list[LaidSlide]:
    """Return slides that took a step, unless they took a worse one already."""
    return [replace(slide, step=max(slide.step, step)) for slide in made]
