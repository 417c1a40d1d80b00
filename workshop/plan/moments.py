"""Which moments a slot has: those that are due in it, and what the exact solver adds or takes away."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workshop.model.kit import Slide, Stage
from workshop.model.moments import Moment
from workshop.model.slot import TimeBlock
from workshop.plan.slot.choose import Item, Limits, Section, choose
from workshop.plan.slot.value import EDGE, FRAME, HANDS_ON, as_items, as_sections, kind_of

LEAST_BUFFER, MOST_BUFFER = 0.04, 0.06  # of the slot
FLOOR_BUFFER = 0.03  # of the slot, where the moments that are due leave no more
SPINE, DUE, LATER = 1000, 600, 300  # points a minute
ORDER = 0.2  # share of its points that the last moment of a stage loses against the first
TASKS, TASK_MINUTES, PER = 4, 20.0, 180.0  # pencil tasks and their minutes, for so many minutes of a slot
BOTH_EDGES = 180  # minutes from which each stage has a misconception slide
AWAITING = ("predict", "exercise")


@dataclass(frozen=True, slots=True)
class Group:
    """A moment as one slot, one audience and one set of runs have it.

    Attributes:
        id: the moment's; for a stage without moments, the slide's.
        slides: with those that continue them, in the order in which they are shown.
        extra: minutes of the blocks that come and go with it.
        moment: ``None`` for a slide of a stage without moments.
    """

    id: str
    stage: str
    slides: tuple[Slide, ...]
    extra: float = 0
    moment: Moment | None = None

    @property
    def minutes(self) -> float:
        """Its slides and blocks together."""
        return sum(slide.minutes for slide in self.slides) + self.extra

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its slides."""
        return frozenset(slide.id for slide in self.slides)

    def due(self, slot: float) -> bool:
        """Whether the slot has it by right."""
        return self.moment is not None and self.moment.due(slot)
