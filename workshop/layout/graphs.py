"""Flowcharts and sequence diagrams in Mermaid as native shapes; mermaid2pptx, an extra, reads them and says where everything goes, our ruler how wide words are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace as replaced
from importlib import import_module
from itertools import chain
from typing import Any, NamedTuple

from msgspec.structs import replace

from workshop import limits
from workshop.errors import At, Problem, Severity
from workshop.layout import sequences
from workshop.layout.context import Desk, one
from workshop.layout.diagrams import AREA
from workshop.layout.graph_shapes import AIR, LEAST, SLACK, NotDrawnError, arrow, box, label, placed, simplified, small
from workshop.layout.laid import LaidShapes, Shape
from workshop.layout.measure import Ruler, Style, pitch
from workshop.layouts.diagram import DIAGRAM
from workshop.model.blocks import Block, Graph, Prose, ShownCode
from workshop.model.kit import Kit, Slide
from workshop.model.theme import EMU_PER_POINT, Box, Theme

LANGUAGE = "mermaid"
LONGEST = 5  # steps from layer to layer of an arrow
SIZES = (20.0, 18.0, 16.0, 14.5, 12.0)
TURNED = {"TB": "LR", "BT": "LR", "LR": "TB", "RL": "TB"}
KINDS = {"diamond": "diamond", "hexagon": "diamond", "cylinder": "cylinder"}  # any other box is a rectangle
FIRST_WORDS, SEQUENCE = ("flowchart", "graph"), "sequenceDiagram"
_METADATA = re.compile(r"\A\s*---\n.*?^---$", re.DOTALL | re.MULTILINE)


class Found(NamedTuple):
    """A layout at a size of letters."""

    size: float
    diagram: Any
    layout: Any


# ---------------------------------------------------------------- which slides
def settled(kit: Kit, theme: Theme) -> tuple[Kit, tuple[Problem, ...]]:
    """Return a kit in which each slide with one flowchart shows it as a drawing; why another diagram isn't drawn is told."""
    told: list[Problem] = []
    ruler = Ruler(theme)

    def drawn(slide: Slide) -> Slide:
        codes = [block for block in _blocks(slide) if _is_diagram(block)]
        try:
            return _as_drawing(slide, codes, ruler) if codes else slide
        except NotDrawnError as error:
            what = f"this diagram is shown as code: {error}"
            told.append(Problem(what, codes[0].at or slide.at, code="not-shown", severity=Severity.WARNING))
            return slide

    if not any(_is_diagram(block) for slide in kit.slides for block in _blocks(slide)):
        return kit, ()
    stages = tuple(replace(stage, slides=tuple(map(drawn, stage.slides))) for stage in kit.stages)
    return replace(kit, stages=stages, appendix=tuple(map(drawn, kit.appendix))), tuple(told)


def _blocks(slide: Slide) -> Iterator[Any]:
    return chain.from_iterable(blocks for _, blocks in slide.slots)


def _is_diagram(block: Block) -> bool:
    return isinstance(block, ShownCode) and block.language == LANGUAGE


def _as_drawing(slide: Slide, codes: list[ShownCode], ruler: Ruler) -> Slide:
    others = [block for block in _blocks(slide) if not _is_diagram(block)]
    lines = [line for block in others if isinstance(block, Prose) for line in block.lines]
    if len(codes) > 1 or len(lines) > 1 or not all(isinstance(block, Prose) for block in others):
        raise NotDrawnError("give it a slide of its own, with one line of text at most")
    found = laid_out(codes[0].text, ruler, AREA)
    graph = Graph(code=codes[0], alt=_alt(found), at=codes[0].at, step=codes[0].step)
    above = (("measure", (Prose(tuple(lines)),)),) if lines else ()
    return replace(slide, layout=DIAGRAM.name, slots=(*above, ("main", (graph,))))


# ---------------------------------------------------------------- layout
def laid_out(text: str, ruler: Ruler, area: Box) -> Found:
    """Return the layout in which a flowchart fits an area with the largest letters; it is turned only if it fits in no other way.

    Raises:
        NotDrawnError: if it can't be read, or doesn't fit.
    """
    if (found := _sequence(text, ruler, area)) is not None:
        return found
    diagram = _parsed(text)
    wider = _wider(diagram, ruler)
    for direction in (diagram.direction, TURNED[diagram.direction]):
        diagram.direction = direction
        if _fitting(diagram, ruler, SIZES[-1], wider, area) is not None:
            tries = (_fitting(diagram, ruler, size, wider, area) for size in SIZES)
            return next(found for found in tries if found is not None)
    raise NotDrawnError(f"it doesn't fit a slide in letters of {LEAST:g} points")


def _sequence(text: str, ruler: Ruler, area: Box) -> Found | None:
    """Return the layout of a sequence diagram in the largest letters that fit; ``None`` for any other diagram."""
    if _first_word(text) != SEQUENCE:
        return None
    diagram = _read(text, "sequence", sequences.parsed)
    wider, most = sequences.wider(diagram, ruler), limits.GRAPH_BOXES
    if len(diagram.events) > most:
        raise NotDrawnError(f"it has {len(diagram.events)} messages and notes; the limit is {int(most)}")
    for size in SIZES:
        layout = sequences.layout(diagram, size * wider)
        if layout.width * EMU_PER_POINT <= area.w and layout.height * EMU_PER_POINT <= area.h:
            return Found(size, diagram, layout)
    raise NotDrawnError(f"it doesn't fit a slide in letters of {LEAST:g} points")


def _fitting(diagram: Any, ruler: Ruler, size: float, wider: float, area: Box) -> Found | None:
    """Return the layout at a size, whose boxes grow by as much as words are wider than their estimate; ``None`` if it doesn't fit."""
    layout = import_module("mermaid2pptx.flowchart").layout(diagram, size * wider)
    fits = layout.width * EMU_PER_POINT <= area.w and layout.height * EMU_PER_POINT <= area.h
    return Found(size, diagram, layout) if fits and _is_drawable(layout, ruler, size) else None


def _wider(diagram: Any, ruler: Ruler) -> float:
    """Return by how much words are wider than the estimate of the package, at most; at least 1."""
    estimate = import_module("mermaid2pptx.text").text_width
    measured = import_module("mermaid2pptx.flowchart.layout.ranking").measure(diagram, LEAST)
    lines = [*chain.from_iterable(measured.lines.values()), *chain.from_iterable(measured.label_lines)]
    shares = (AIR * ruler.width(line, LEAST, Style()) / (estimate(line, LEAST) + SLACK * LEAST) for line in lines)
    wider: float = max(1.0, *shares)
    return wider


def _first_word(text: str) -> str:
    """Return the first word of a diagram, below its metadata and comments."""
    lines = _METADATA.sub("", text).split("\n")
    first = next((line for line in lines if line.strip() and not line.strip().startswith("%%")), "")
    return "".join(first.split(maxsplit=1)[:1])


def _read(text: str, kind: str, parse: Callable[[str], Any]) -> Any:
    """Return what the package makes of a diagram.

    Raises:
        NotDrawnError: if the package isn't there, or can't read it.
    """
    try:
        package = import_module("mermaid2pptx")
        import_module(f"mermaid2pptx.{kind}")
    except ImportError:
        raise NotDrawnError("install workshop-kit[diagrams] to have it drawn") from None
    if len(text) > limits.GRAPH_LETTERS:
        raise NotDrawnError(f"it has {len(text):,} characters; the limit is {limits.GRAPH_LETTERS}")
    try:
        return parse(text)
    except (package.MermaidError, RecursionError) as error:
        raise NotDrawnError(f"it can't be read ({error})") from None


def _parsed(text: str) -> Any:
    if _first_word(text) not in FIRST_WORDS:
        raise NotDrawnError("only flowcharts and sequence diagrams are drawn")
    diagram = _read(text, "flowchart", lambda text: import_module("mermaid2pptx.flowchart").parse(text))
    most = limits.GRAPH_BOXES
    if not 1 < len(diagram.nodes) <= most or len(diagram.edges) > 2 * most:
        raise NotDrawnError(f"it has {len(diagram.nodes)} boxes and {len(diagram.edges)} arrows; the limit is {most}")
    if any(edge.minlen > LONGEST for edge in diagram.edges):
        raise NotDrawnError("it has an arrow of more than five lengths")
    if any(edge.start == "arrow" for edge in diagram.edges):
        raise NotDrawnError("it has arrows with a head at each end")
    for node in diagram.nodes.values():
        node.shape, node.icon = KINDS.get(node.shape, "rect"), None
    return diagram


def _is_drawable(layout: Any, ruler: Ruler, size: float) -> bool:
    """Whether each arrow is one connector, and each group as wide as its name."""
    bends = (len(simplified(route.points)) - 1 for route in layout.routes)
    named = ((" ".join(title), box.w) for _, box, title in layout.clusters)
    labels = [_grown(route, ruler, size) for route in layout.routes if route.label]
    if any(_covers(label, box) for label in labels for box in layout.boxes.values()):
        return False
    return all(1 <= count <= 5 for count in bends) and all(
        ruler.width(name, small(size), Style(bold=True)) * AIR <= wide - 0.3 * size for name, wide in named
    )


def _grown(route: Any, ruler: Ruler, size: float) -> Any:
    """Return the box of the words at an arrow, as large as they are."""
    lines, points, box = route.label_lines, small(size), route.label
    wide = max(box.w, max(ruler.width(line, points, Style()) for line in lines) * AIR + 2)
    high = max(box.h, pitch(points, 100) * len(lines))
    return replaced(box, x=box.cx - wide / 2, y=box.cy - high / 2, w=wide, h=high)


def _covers(label: Any, other: Any) -> bool:
    apart = label.x + label.w <= other.x or other.x + other.w <= label.x
    return not (apart or label.y + label.h <= other.y or other.y + other.h <= label.y)


def _alt(found: Found) -> str:
    """Return the arrows in words."""
    if hasattr(found.diagram, "participants"):
        return f"Sequence: {'; '.join(sequences.told(found.diagram))}"
    names = {key: " ".join(node.text.split()) or key for key, node in found.diagram.nodes.items()}
    arrows = [
        f"{names[edge.src]} → {names[edge.dst]}" + (f" ({' '.join(edge.text.split())})" if edge.text else "")
        for edge in found.diagram.edges
        if edge.line != "invisible"
    ]
    return f"Flowchart: {'; '.join(arrows or names.values())}"


# ---------------------------------------------------------------- shapes
def lay_graph(desk: Desk, graph: Graph, at: At, area: Box | None = None) -> LaidShapes:
    """Return a flowchart in the middle of its area; if it doesn't fit, that is reported."""
    area = area or AREA
    try:
        found = laid_out(graph.code.text, desk.ruler, area)
    except NotDrawnError as error:
        desk.report.error(f"a diagram isn't drawn: {error}", graph.at or at, "shorten its words", "fit")
        return LaidShapes((), graph.alt)
    size, layout = found.size, found.layout
    left = area.x + (area.w - round(layout.width * EMU_PER_POINT)) // 2
    top = area.y + (area.h - round(layout.height * EMU_PER_POINT)) // 2
    if hasattr(found.diagram, "participants"):
        return LaidShapes(tuple(sequences.shapes(layout, size, (left, top))), graph.alt, graph.step)

    def moved(box: Any) -> Box:
        return placed((left, top), box.x, box.y, box.w, box.h)

    groups = [shape for _, box, title in layout.clusters for shape in _group(moved(box), " ".join(title), size)]
    places = {key: len(groups) + place for place, key in enumerate(layout.boxes)}
    nodes = [
        box(found.diagram.nodes[key].shape, moved(place), layout.lines[key], size)
        for key, place in layout.boxes.items()
    ]
    arrows = [
        arrow(
            route.points,
            (places[route.edge.src], places[route.edge.dst]),
            (route.src_site, route.dst_site),
            (left, top),
            line=route.edge.line,
            head=route.edge.end,
        )
        for route in layout.routes
        if route.edge.line != "invisible"
    ]
    words = [
        label(moved(_grown(route, desk.ruler, size)), route.label_lines, small(size))
        for route in layout.routes
        if route.label
    ]
    return LaidShapes((*groups, *nodes, *arrows, *words), graph.alt, graph.step)


def _group(box: Box, title: str, size: float) -> list[Shape]:
    """Return an outline around boxes, and its name at its top, beside the arrows that come in there."""
    high, inset = round(1.5 * size * EMU_PER_POINT), round(0.3 * size * EMU_PER_POINT)
    place = Box(box.x + inset, box.y, box.w - inset, high)
    name = Shape(kind="text", box=place, color="muted", lines=(one(title, strong=True),), sizes=(small(size),))
    return [Shape(kind="rect", box=box, outline="muted", weight=1, dash=True), *([name] if title else [])]
