"""Which slots show each slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.model.kit import Slide
from workshop.plan.slot.check import SLOTS
from workshop.plan.slot.cut import fit_day
from workshop.plan.slot.moments import Day
from workshop.plan.slot.value import to_choose

__all__ = ["SLOTS", "shown_in"]


def shown_in(day: Day, slots: Sequence[float]) -> Iterator[tuple[str, Slide, tuple[bool, ...]]]:
    """Yield every slide in the order of the kit: its stage's title, the slide, and whether each slot (in minutes) shows it."""
    plans = [fit.shown if (fit := fit_day(day, slot)) else frozenset[str]() for slot in slots]
    for stage in day.stages:
        for slide in to_choose(stage):
            yield stage.title, slide, tuple(slide.id in shown for shown in plans)
