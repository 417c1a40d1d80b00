"""Drawings: a diagram under its title, and the map of all sections."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from workshop.layouts.bench import LEAST, Bench, Used, framed
from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, measured, prose
from workshop.layouts.grid import BODY_END, BODY_TOP, MARGIN, TITLE_TOP, column, span, upto
from workshop.layouts.looks import NOW_SEE, now_see, raised
from workshop.layouts.parts import SMALL, body, exhibit_title, layout, look, measure, source, title
from workshop.model import blocks
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


MAP = Layout(
    name="map",
    example="",
    arrange=_tiles,
    own=_own_map,
    optional=(),
    made_on=("title-only", {}),
    weight=130,
    traits=frozenset({"apart", "bare", "maps", "unsourced"}),
)
