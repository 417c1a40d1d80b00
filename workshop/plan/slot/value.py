"""The value of a slide, its kind, and the spine of a stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from workshop.model.kit import ShownChart, ShownCode, ShownTable, Slide, Stage
from workshop.plan.slot.choose import Item, Section

# points per minute: a minute of core is worth more than any minute of optional, and so on
PRIORITY = MappingProxyType({"core": 1000, "optional": 300, "deep": 50})
# factors in percent, for slides of the same priority
KIND = MappingProxyType(
    {
        "map": 130,
        "closing": 120,
        "exercise": 115,
        "activity": 115,
        "demo": 115,
        "predict": 110,
        "misconception": 110,
        "text": 100,
        "toy-stops": 90,
        "source": 85,
    }
)
HANDS_ON = ("exercise", "activity", "predict")
TURN = ("exercise", "misconception")
FRAME = ("cover", "section")  # slides that are in exactly if their stage is
BRIEF = 0.1  # minutes for which a slide without minutes counts
OWN = 150  # factor in percent for slides that show the user's own data
EDGE = 0.5  # weight of a section without a number; a stage has 1


def kind_of(slide: Slide) -> str:
    """Return the purpose of a slide; a "demo" shows a chart, a table or code that wasn't written by hand."""
    if slide.layout in KIND:
        return slide.layout
    blocks = [block for _, blocks in slide.slots for block in blocks]
    if any(isinstance(b, ShownChart | ShownCode) or (isinstance(b, ShownTable) and b.name) for b in blocks):
        return "demo"
    return "text"


def to_choose(stage: Stage) -> tuple[Slide, ...]:
    """Return a stage's slides without its divider and the cover."""
    return tuple(slide for slide in stage.slides if slide.layout not in FRAME)


def as_items(stages: Iterable[Stage]) -> tuple[Item, ...]:
    """Return all slides in the form that the choice needs."""
    return tuple(_item(slide, stage.id) for stage in stages for slide in to_choose(stage))


def _item(slide: Slide, stage: str) -> Item:
    kind = kind_of(slide)
    percent = KIND[kind] * (OWN if slide.own else 100) / 100
    value = round(max(slide.minutes, BRIEF) * PRIORITY[slide.priority] * percent / 100)
    return Item(
        id=slide.id,
        section=stage,
        minutes=slide.minutes,
        value=value,
        needs=slide.needs,
        hands_on=kind in HANDS_ON,
        paper=kind == "exercise",
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
        _best(slide for slide in slides if kind_of(slide) == "demo"),
        _best(slide for slide in slides if kind_of(slide) in TURN),
        _best(slide for slide in slides if kind_of(slide) in HANDS_ON),
        own[:1],
        own[1:],
    )
    return tuple(group for group in groups if group)


def _short_form(slides: Sequence[Slide]) -> tuple[tuple[str, ...], ...]:
    """Return the spine of an opening or closing section: the closing slide, else the first core slide; and the map."""
    last = tuple(slide.id for slide in slides if slide.layout == "closing")
    shown = tuple(slide.id for slide in slides if slide.layout == "map")
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
        slides = tuple(slide for slide in stage.slides if slide.layout in FRAME or slide.id in shown)
        if not choice or any(slide.id in shown for slide in choice):
            kept.append(replace(stage, slides=slides))
    return tuple(kept)
