"""Fallbacks for a slide that fits no layout of a template: two slides instead of one, or a list instead of a drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from workshop.errors import At
from workshop.model.kit import Block, Diagram, Line, Map, Prose, Run, ShownCode, Slide

# (layout, its slot -> the original slot), one per slide
PARTS: Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]] = {
    "chart-and-text": (("chart", {"measure": "measure", "main": "main"}), ("content", {"main": "reading"})),
    "table-and-text": (("table", {"measure": "measure", "main": "main"}), ("content", {"main": "reading"})),
    "code": (("code", {"measure": "measure", "main": "main"}), ("content", {"main": "reading"})),
    "picture": (("picture", {"measure": "measure", "main": "main"}), ("content", {"main": "reading"})),
    "exercise": (
        ("exercise", {role: role for role in ("mode", "minutes", "unit", "main", "hint")}),
        ("table", {"main": "data"}),
    ),
}
LEAST_CODE = 8  # code with fewer lines isn't divided


def parts_of(slide: Slide) -> tuple[Slide, ...]:
    """Return other slides with the same content, in order; none if there is no other way to show it."""
    other = OTHERWISE.get(slide.layout)
    if other is not None and (found := tuple(other(slide))):
        return found
    made = []
    for layout, slots in PARTS.get(slide.layout, ()):
        kept = tuple((name, slide.slot(own)) for name, own in slots.items() if slide.slot(own))
        if "main" not in dict(kept):
            return ()
        made.append(replace(slide, layout=layout, slots=kept))
    return tuple(made)


def lines_of(block: Diagram | Map, at: At) -> list[Line]:
    """Return a diagram or a map as a numbered list."""
    if isinstance(block, Map):
        tiles = [tile for phase in block.phases for tile in phase.tiles]
        return [Line((Run(t.name, link=t.link),), marker="number", number=k, at=at) for k, t in enumerate(tiles, 1)]
    figures = (*block.figures, *[""] * len(block.steps))
    lines = [
        Line(_item(step.name, step.gloss, figure), marker="number", number=k, at=block.at)
        for k, (step, figure) in enumerate(zip(block.steps, figures, strict=False), 1)
    ]
    return [*lines, Line((Run(f"→ 1: {block.back}"),), at=block.at)] if block.back else lines


def _listed(slide: Slide) -> Iterator[Slide]:
    """Yield a diagram as a numbered list, for a narrow slide without room for boxes side by side."""
    drawn = [block for block in slide.slot("main") if isinstance(block, Diagram)]
    if len(drawn) != 1:
        return
    lines = lines_of(drawn[0], slide.at)
    lines += (line for role in ("measure", "caption") for line in _lines(slide.slot(role)))
    yield replace(slide, layout="content", slots=(("main", (Prose(tuple(lines)),)),))


def _item(name: str, gloss: str, figure: str) -> tuple[Run, ...]:
    rest = ", ".join(part.strip() for part in (gloss, *figure.split("|")) if part.strip())
    return (Run(name, strong=True), Run(f": {rest}")) if rest else (Run(name, strong=True),)


def _lines(blocks: tuple[Block, ...]) -> tuple[Line, ...]:
    return tuple(line for block in blocks if isinstance(block, Prose) for line in block.lines)


def _halved(slide: Slide) -> Iterator[Slide]:
    """Yield a slide of code in two halves, divided at the empty line nearest the middle."""
    blocks = slide.slot("main")
    if slide.slot("reading") or len(blocks) != 1 or not isinstance(blocks[0], ShownCode):
        return
    code = blocks[0]
    lines = code.text.split("\n")
    if len(lines) < LEAST_CODE:
        return
    middle = len(lines) // 2
    empty = [k for k, line in enumerate(lines) if not line.strip() and LEAST_CODE // 4 <= k < len(lines) - 1]
    cut = min(empty, key=lambda k: abs(k - middle), default=middle)
    for half in (code.part(0, cut), code.part(cut, len(lines))):
        slots = tuple((r, (half,) if r == "main" else own) for r, own in slide.slots)
        yield replace(slide, slots=slots)


def _plainer_map(slide: Slide) -> Iterator[Slide]:
    """Yield a map with only the names of the stages; if it already is one, yield it as a list of links."""
    drawn = [block for block in slide.slot("main") if isinstance(block, Map)]
    if len(drawn) != 1:
        return
    tiles = [tile for phase in drawn[0].phases for tile in phase.tiles]
    if any(tile.gloss for tile in tiles):
        phases = tuple(
            replace(phase, tiles=tuple(replace(tile, gloss="") for tile in phase.tiles)) for phase in drawn[0].phases
        )
        slots = tuple((r, (replace(drawn[0], phases=phases),) if r == "main" else own) for r, own in slide.slots)
        yield replace(slide, slots=slots)
        return
    lines = tuple(lines_of(drawn[0], slide.at))
    yield replace(slide, layout="content", slots=(("main", (Prose(lines),)),))


OTHERWISE: Mapping[str, Callable[[Slide], Iterator[Slide]]] = {
    "diagram": _listed,
    "code": _halved,
    "map": _plainer_map,
}
