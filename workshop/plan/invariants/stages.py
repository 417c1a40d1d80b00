"""Rules about stages: each has something to remember and an edge, few slides are only lists, and the map is right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workshop.layouts import traits
from workshop.model.blocks import Map
from workshop.model.kit import Prose, Slide
from workshop.plan.invariants.finished import Breach, Finished
from workshop.plan.slot.moments import BOTH_EDGES, SHORT


def remembered(plan: Finished) -> Iterator[Breach]:
    """Each stage that is in has something to remember; in a short slot, at least its spine."""
    for stage in plan.stages:
        moments = list(plan.moments(stage))
        if any(moment.remember for moment in moments):
            continue
        due = [m for m in plan.day.moments.get(stage.id, ()) if m.spine and m.due(plan.slot)]
        if plan.slot < SHORT and due and all(moment in moments for moment in due):
            continue
        wanted = [m.id for m in plan.day.moments.get(stage.id, ()) if m.remember]
        if plan.day.moments.get(stage.id):
            yield plan.breach("P8", f"stage '{stage.id}' is shown without a moment to remember ({', '.join(wanted)})")


def edges(plan: Finished) -> Iterator[Breach]:
    """Each stage has a misconception or a line that says where the toy stops; in three hours or more it has both."""
    for stage in plan.stages:
        wrong = any("corrects" in traits(slide.layout) for slide in stage.slides)
        toy = any(slide.toy for slide in stage.slides)
        if not (wrong or toy):
            yield plan.breach("P10", f"stage '{stage.id}' has neither a misconception slide nor a toy line")
        elif plan.slot >= BOTH_EDGES and not (wrong and toy):
            missing = "toy line" if wrong else "misconception slide"
            yield plan.breach("P10", f"stage '{stage.id}' has no {missing}")


def lists(plan: Finished) -> Iterator[Breach]:
    """At most one slide of a stage is only a list, and never two in a row."""
    for stage in plan.stages:
        only = [slide.id for slide in stage.slides if is_list(slide)]
        if len(only) > 1:
            yield plan.breach(
                "P16", f"stage '{stage.id}' has {len(only)} slides that are only a list: {', '.join(only)}"
            )
    for before, slide in pairwise(plan.slides):
        if is_list(before) and is_list(slide):
            yield plan.breach("P16", f"is only a list, like '{before.id}' before it", slide)


def is_list(slide: Slide) -> bool:
    """Return whether a slide is nothing but a bulleted list."""
    blocks = slide.slot("main")
    return "lists" in traits(slide.layout) and all(
        isinstance(block, Prose) and all(line.marker == "bullet" for line in block.lines) for block in blocks
    )


def the_map(plan: Finished) -> Iterator[Breach]:
    """Tiles of stages that are out are pale and lead nowhere; the sentence under them has the right numbers."""
    ids = {f"#{stage.id}" for stage in plan.stages}
    short = {stage.short for stage in plan.stages}
    for slide in plan.slides:
        for block in (block for _, blocks in slide.slots for block in blocks if isinstance(block, Map)):
            for tile in (tile for phase in block.phases for tile in phase.tiles):
                inside = tile.name in short
                if inside and (tile.link not in ids or tile.role == "panel"):
                    yield plan.breach("P17", f"has a tile '{tile.name}' that does not lead to its stage", slide)
                if not inside and (tile.link or tile.role != "panel"):
                    yield plan.breach("P17", f"has a tile '{tile.name}' for a stage that is left out", slide)
            if len(plan.stages) < len(plan.kit.marks) and f"{len(plan.stages)}" not in block.today:
                yield plan.breach("P17", "does not say how many of the stages are for today", slide)
