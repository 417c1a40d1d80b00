"""Drawings: a diagram under its title, and the map of all sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from workshop.errors import At
from workshop.layouts.bench import LEAST, Bench, Used, framed
from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, measured, prose
from workshop.layouts.grid import BODY_END, BODY_TOP, MARGIN, TITLE_TOP, column, span, upto
from workshop.layouts.looks import NOW_SEE, now_see, raised
from workshop.layouts.parts import SMALL, body, exhibit_title, layout, look, measure, source, title
from workshop.model import blocks, kit
from workshop.model.theme import Box, LayoutSpec, inches
from workshop.wording.messages import say

SCENE = upto(MARGIN, inches(1.32), span(12), inches(6.44))
SCENE_SOURCE = upto(MARGIN, inches(6.48), span(12), inches(6.72))
CAPTION_HEIGHTS = (inches(0.5), inches(0.75))  # for one line and for two


# ---------------------------------------------------------------- a diagram
def _draw(draft: Draft, _: Arranging) -> Slots:
    diagram = draft.first(blocks.Diagram)
    if diagram is not None and any(step.shown for step in diagram.steps) and "measure" not in draft.attrs:
        draft = replace(draft, measure="")  # that of a chart in it, which the name of its step replaces
    return [measured(draft), ("main", draft.of(blocks.Drawn)[:1]), ("caption", prose(draft.prose))]


def _own() -> LayoutSpec:
    caption = Box(column(0), inches(5.75), span(11), inches(0.5))
    foot = body(15, "Caption", "caption", caption, SMALL, "muted")
    made = layout("diagram", "Diagram", exhibit_title(), measure(), foot, source())
    return replace(made, area=upto(column(0), BODY_TOP, span(12), BODY_END))


def steps(spec: LayoutSpec) -> LayoutSpec:
    """Return the steps of a diagram as a scene: what there is to see under the name of each, the last one a band."""
    places = (title(Box(MARGIN, TITLE_TOP, span(12), inches(0.62))), replace(source(), box=SCENE_SOURCE))
    return look(spec, "Steps", places, area=SCENE, scene=True)


def _composed(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield a drawing on the free area below a title."""
    for high in CAPTION_HEIGHTS if "caption" in used else (0,):
        yield _free(bench, "diagram", used, high)


def _free(bench: Bench, role: str, used: Used, high: int = 0) -> LayoutSpec:
    """Return a title over a free area, and a caption of some height under it."""
    pick = bench.bare()
    top, area, foot = framed(bench, pick, used)
    grid = bench.grid(pick)
    free = Box(grid.x, area.y, grid.w, area.h - high)
    caption = None
    if high:
        at = Box(grid.x, free.bottom, grid.w, high)
        caption = bench.text("caption", "Caption", at, (LEAST,), color="muted", anchor="b")
    return bench.spec(pick, role, bench.title(pick), top, caption, foot, area=free)


def lines_of(block: blocks.Diagram | blocks.Map, at: At) -> list[blocks.Line]:
    """Return a diagram or a map as a numbered list."""
    if isinstance(block, blocks.Map):
        tiles = [tile for phase in block.phases for tile in phase.tiles]
        return [
            blocks.Line((blocks.Run(t.name, link=t.link),), marker="number", number=k, at=at)
            for k, t in enumerate(tiles, 1)
        ]
    figures = (*block.figures, *[""] * len(block.steps))
    lines = [
        blocks.Line(_item(step.name, step.words, figure), marker="number", number=k, at=block.at)
        for k, (step, figure) in enumerate(zip(block.steps, figures, strict=False), 1)
    ]
    return [*lines, blocks.Line((blocks.Run(f"→ 1: {block.back}"),), at=block.at)] if block.back else lines


def _item(name: str, gloss: str, figure: str) -> blocks.Runs:
    rest = ", ".join(part.strip() for part in (gloss, *figure.split("|")) if part.strip())
    return (blocks.Run(name, strong=True), blocks.Run(f": {rest}")) if rest else (blocks.Run(name, strong=True),)


def _listed(slide: kit.Slide) -> Iterator[kit.Slide]:
    """Yield a diagram as a numbered list, for a narrow slide without room for boxes side by side."""
    drawn = [block for block in slide.slot("main") if isinstance(block, blocks.Diagram)]
    if len(drawn) == 1:
        texts = [
            block for role in ("measure", "caption") for block in slide.slot(role) if isinstance(block, blocks.Prose)
        ]
        lines = (*lines_of(drawn[0], slide.at), *(line for block in texts for line in block.lines))
        yield replace(slide, layout="content", slots=(("main", (blocks.Prose(lines),)),))


DIAGRAM = Layout(
    name="diagram",
    example="::: diagram\n- **Picks**: which answer is better?\n- **Learns**: from the pick\n:::",
    arrange=_draw,
    own=_own,
    looks={NOW_SEE: now_see, "steps": steps},
    raised=raised,
    kept=("steps",),
    composed=_composed,
    optional=("measure", "caption", "source"),
    made_on=("title-only", {}),
    otherwise=(_listed,),
    traits=frozenset({"by-hand"}),
)


# ---------------------------------------------------------------- the map
def _tiles(draft: Draft, _: Arranging) -> Slots:
    by_number = {mark.number: mark for mark in draft.marks}
    learnt = dict(zip(by_number, draft.learnt, strict=False)) if "learnt" in draft.attrs.classes else {}

    def tile(number: int) -> blocks.Step:
        mark = by_number[number]
        if mark.id in draft.cut:
            return blocks.Step(mark.short, learnt.get(number) or mark.question, "panel", stage=mark.id)
        role = "open" if number == max(by_number) else "field"
        return blocks.Step(mark.short, learnt.get(number) or mark.question, role, link=f"#{mark.id}", stage=mark.id)

    phases = tuple(
        blocks.Phase(title, tuple(tile(n) for n in numbers if n in by_number)) for title, numbers in draft.phases
    ) or (blocks.Phase("", tuple(tile(n) for n in by_number)),)
    alt = say(draft.language, "map-alt", total=len(by_number))
    count = sum(mark.id not in draft.cut for mark in draft.marks)
    today = say(draft.language, "map-today", total=len(by_number), count=count) if draft.cut else ""
    return [("main", (blocks.Map(tuple(p for p in phases if p.tiles), alt, today),))]


def _own_map() -> LayoutSpec:
    return layout("map", "Map", title(Box(column(0), TITLE_TOP, span(11), inches(0.7))))


def _composed_map(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield a title over a free area."""
    yield _free(bench, "map", used)


def _plainer(slide: kit.Slide) -> Iterator[kit.Slide]:
    """Yield a map with only the names of the sections; if it already is one, yield it as a list of links."""
    drawn = [block for block in slide.slot("main") if isinstance(block, blocks.Map)]
    if len(drawn) != 1:
        return
    phases = drawn[0].phases
    if any(tile.gloss for phase in phases for tile in phase.tiles):
        bare = tuple(replace(p, tiles=tuple(replace(tile, gloss="") for tile in p.tiles)) for p in phases)
        slots = tuple((r, (replace(drawn[0], phases=bare),) if r == "main" else own) for r, own in slide.slots)
        yield replace(slide, slots=slots)
        return
    lines = blocks.Prose(tuple(lines_of(drawn[0], slide.at)))
    yield replace(slide, layout="content", slots=(("main", (lines,)),))


MAP = Layout(
    name="map",
    example="",
    arrange=_tiles,
    own=_own_map,
    composed=_composed_map,
    optional=(),
    made_on=("title-only", {}),
    otherwise=(_plainer,),
    weight=130,
    traits=frozenset({"apart", "bare", "maps", "unsourced"}),
)
