"""What each slide of a kit is worth when minutes are short, and what must come with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from workshop.layouts import all_layouts, traits
from workshop.model.blocks import ShownChart, ShownCode, ShownTable
from workshop.model.kit import Slide, Stage
from workshop.plan.slot.best_choice import Item, Section

# The value of a slide, and the spine of a stage.
# points per minute: a minute of core is worth more than any minute of optional, and so on
PRIORITY = MappingProxyType({"core": 1000, "optional": 300, "deep": 50})
DEMO, TEXT = 115, 100  # factors in percent of slides that show a run, and of any others whose layout has none
BRIEF = 0.1  # minutes for which a slide without minutes counts
OWN = 150  # factor in percent for slides that show the user's own data
EDGE = 0.5  # weight of a section without a number; a stage has 1


def weight_of(slide: Slide) -> int:
    """Return the factor in percent for slides of the same priority: that of its layout, or by what it shows."""
    return _declared(slide) or (DEMO if is_demo(slide) else TEXT)


def _declared(slide: Slide) -> int:
    layout = all_layouts().get(slide.layout)
    return layout.weight if layout is not None else 0


def is_demo(slide: Slide) -> bool:
    """Whether a slide shows a chart, a table or code that wasn't written by hand, on a layout for anything."""
    blocks = [block for _, blocks in slide.slots for block in blocks]
    return not _declared(slide) and any(
        isinstance(b, ShownChart | ShownCode) or (isinstance(b, ShownTable) and b.name) for b in blocks
    )


def to_choose(stage: Stage) -> tuple[Slide, ...]:
    """Return a stage's slides without its divider and the cover."""
    return tuple(slide for slide in stage.slides if "frames" not in traits(slide.layout))


def as_items(stages: Iterable[Stage]) -> tuple[Item, ...]:
    """Return all slides in the form that the choice needs."""
    return tuple(_item(slide, stage.id) for stage in stages for slide in to_choose(stage))


def _item(slide: Slide, stage: str) -> Item:
    percent = weight_of(slide) * (OWN if slide.own else 100) / 100
    value = round(max(slide.minutes, BRIEF) * PRIORITY[slide.priority] * percent / 100)
    return Item(
        id=slide.id,
        section=stage,
        minutes=slide.minutes,
        value=value,
        needs=slide.needs,
        hands_on="hands-on" in traits(slide.layout),
        paper="works" in traits(slide.layout),
        fixed=slide.must,
    )


def as_sections(stages: Iterable[Stage]) -> tuple[Section, ...]:
    """Return all stages that have slides, in the form that the choice needs; opening and closing must be in."""
    return tuple(
        Section(stage.id, stage.weight, spine=_spine(slides))
        if stage.number is not None
        else Section(stage.id, EDGE * stage.weight, keep=True, spine=_short_form(slides))
        for stage in stages
        if (slides := to_choose(stage))
    )


def _spine(slides: Sequence[Slide]) -> tuple[tuple[str, ...], ...]:
    """Return the spine of a stage, with core slides if possible.

    It is the opening, one demo, an exercise or a misconception, and something that participants do, at least a prediction.
    If the stage shows the user's own data, it is the first slide that shows them, and one more.
    """
    own = _best(slide for slide in slides if slide.own)
    groups = (
        _best(slides)[:1],
        _best(slide for slide in slides if is_demo(slide)),
        _best(slide for slide in slides if {"works", "corrects"} & traits(slide.layout)),
        _best(slide for slide in slides if "hands-on" in traits(slide.layout)),
        own[:1],
        own[1:],
    )
    return tuple(group for group in groups if group)


def _short_form(slides: Sequence[Slide]) -> tuple[tuple[str, ...], ...]:
    """Return the spine of an opening or closing section: the closing slide, else the first core slide; and the map."""
    last = tuple(slide.id for slide in slides if "closes" in traits(slide.layout))
    shown = tuple(slide.id for slide in slides if "maps" in traits(slide.layout))
    return tuple(group[:1] for group in (last or _best(slides), shown) if group)


def _best(slides: Iterable[Slide]) -> tuple[str, ...]:
    """Return the ids of the core slides, or of all slides if none is core."""
    given = tuple(slides)
    core = tuple(slide.id for slide in given if slide.priority == "core")
    return core or tuple(slide.id for slide in given)


def only(stages: Iterable[Stage], shown: frozenset[str]) -> tuple[Stage, ...]:
    """Return the stages with the slides that are shown; a stage without any is dropped, with its divider."""
    kept = []
    for stage in stages:
        choice = to_choose(stage)
        slides = tuple(slide for slide in stage.slides if "frames" in traits(slide.layout) or slide.id in shown)
        if not choice or any(slide.id in shown for slide in choice):
            kept.append(replace(stage, slides=slides))
    return tuple(kept)
